/* SPDX-License-Identifier: MIT */
/* A hostile HID device: the input is what it sends and when.  Every wait has
 * an end, and an answer lies in its room. */
#include "host/token/channel.h"
#include "src/bytes.h"
#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    CHANNEL = 5,
    REPLY_CAP = 200,
    EXCHANGES = 3,
    STEP_MS = 25,
    /* The longest that channel.c has for one exchange: the last attempt of a
     * busy token, whole, and the answer to CANCEL. */
    LIMIT_MS = 20000 + 60000 + 2000,
    RIGHT_CHANNEL = 0x80, /* flags of a step; the rest is its time */
    RIGHT_NONCE = 0x40,
};

static struct {
    struct fob_reader input;
    int64_t now_ms;
    uint8_t nonce[FOB_FRAME_NONCE];
    unsigned looks;
} device;

static enum fob_status put(void *context,
                           const uint8_t report[static FOB_FRAME_REPORT])
{
    (void)context;
    if (report[4] == FOB_FRAME_INIT)
        memcpy(device.nonce, report + 7, sizeof(device.nonce));
    return FOB_OK;
}

/* Random bytes seldom hit the channel or the nonce: flags put them there. */
static void aim(uint8_t *report, uint8_t flags)
{
    static const uint8_t init[] = {
        0xff, 0xff, 0xff, 0xff, FOB_FRAME_INIT, 0, FOB_FRAME_INIT_REPLY};

    if (flags & RIGHT_NONCE) {
        memcpy(report, init, sizeof(init));
        memcpy(report + sizeof(init), device.nonce, sizeof(device.nonce));
        memcpy(report + sizeof(init) + sizeof(device.nonce), "\0\0\0\5", 4);
    } else if (flags & RIGHT_CHANNEL) {
        memcpy(report, "\0\0\0\5", 4);
    }
}

/* A byte of flags and time, one of length, and so much of a report. */
static enum fob_status get(void *context,
                           uint8_t report[static FOB_FRAME_REPORT], int wait_ms)
{
    uint8_t flags = fob_get_u8(&device.input);
    size_t len = fob_get_u8(&device.input) % (FOB_FRAME_REPORT + 1);
    const uint8_t *bytes = fob_get_bytes(&device.input, len);
    int after_ms = (flags & 0x3f) * STEP_MS;

    (void)context;
    if (bytes == NULL || after_ms > wait_ms) {
        device.now_ms += wait_ms;
        return FOB_E_BUSY;
    }
    device.now_ms += after_ms;
    memset(report, 0, FOB_FRAME_REPORT);
    memcpy(report, bytes, len);
    aim(report, flags);
    return FOB_OK;
}

static int64_t now_ms(void *context)
{
    (void)context;
    return device.now_ms;
}

static void pause_ms(void *context, int ms)
{
    (void)context;
    device.now_ms += ms;
}

static bool look(void *context, enum fob_token_wait why)
{
    (void)context;
    return why != FOB_TOKEN_TOUCH || ++device.looks % 8 != 0;
}

static void check_exchange(struct channel *channel)
{
    static const struct fob_token_watch watch = {look, NULL};
    static const uint8_t command[100] = {0};
    uint8_t *reply = exact_copy(NULL, REPLY_CAP);
    struct fob_token_exchange it = {.command = command,
                                    .command_len = sizeof(command),
                                    .reply = reply,
                                    .reply_cap = REPLY_CAP,
                                    .watch = &watch};
    int64_t start_ms = device.now_ms;
    enum fob_status status = channel_exchange(channel, &it);

    if (device.now_ms - start_ms > LIMIT_MS)
        abort();
    if (status == FOB_OK && (it.reply_len < 2 || it.reply_len > REPLY_CAP))
        abort();
    free(reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct channel_pipe pipe = {put, get, now_ms, pause_ms};
    struct channel channel;

    memset(&device, 0, sizeof(device));
    fob_reader_init(&device.input, data, size);
    if (channel_open(&channel, &pipe, NULL) != FOB_OK)
        return 0;
    for (int i = 0; i < EXCHANGES; i++)
        check_exchange(&channel);
    return 0;
}
