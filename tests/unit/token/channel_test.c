/* SPDX-License-Identifier: MIT */
/* A hostile device at the other end of a channel: whatever it says, and does
 * not say, has an end, and the end has a name.  Time is the pipe's. */
#include "host/token/channel.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

enum {
    CHANNEL = 5,
    QUEUE_MAX = 256,
    REPLY_CAP = 300,
    NEVER = -1,
};

/* What comes is said by hand or, when that is used up, without end. */
static struct {
    int64_t now_ms;
    struct {
        int64_t at_ms;
        uint8_t report[FOB_FRAME_REPORT];
    } queue[QUEUE_MAX];
    size_t next, count;
    void (*on_put)(const uint8_t *report);
    void (*endless)(uint8_t *report);
    int endless_ms; /* apart */
    int calls, fails_at;
    enum fob_status fault;
    unsigned puts[256]; /* initial reports, by command */
    int looks[3];       /* of the watcher, by reason */
    int patience;       /* looks until it gives up */
} device;

/* --- what the device says ------------------------------------------------*/

static void say_report(int after_ms, const uint8_t *report)
{
    if (device.count == QUEUE_MAX)
        exit(1);
    device.queue[device.count].at_ms = device.now_ms + after_ms;
    memcpy(device.queue[device.count++].report, report, FOB_FRAME_REPORT);
}

static void say_on(uint32_t channel, enum fob_frame_command command,
                   const char *hex)
{
    size_t len;
    uint8_t *data = exact_hex(hex, &len), report[FOB_FRAME_REPORT];
    struct fob_frame_sender sender;

    fob_frame_send(&sender, channel, command, data, len);
    while (fob_frame_next(&sender, report))
        say_report(0, report);
    free(data);
}

static void say(enum fob_frame_command command, const char *hex)
{
    say_on(CHANNEL, command, hex);
}

/* Bytes as they are, zeros after them. */
static void say_raw(const char *hex)
{
    size_t len;
    uint8_t *data = exact_hex(hex, &len), report[FOB_FRAME_REPORT] = {0};

    memcpy(report, data, len);
    say_report(0, report);
    free(data);
}

static void answer_init(const uint8_t *report)
{
    uint8_t answer[FOB_FRAME_REPORT] = {
        0xff, 0xff, 0xff, 0xff, FOB_FRAME_INIT, 0, FOB_FRAME_INIT_REPLY};

    if (report[4] != FOB_FRAME_INIT)
        return;
    memcpy(answer + 7, report + 7, FOB_FRAME_NONCE);
    answer[7 + FOB_FRAME_NONCE + 3] = CHANNEL;
    say_report(1, answer);
}

/* --- the pipe ------------------------------------------------------------*/

static bool fails_now(void)
{
    return device.calls++ == device.fails_at;
}

static enum fob_status put(void *context,
                           const uint8_t report[static FOB_FRAME_REPORT])
{
    uint8_t command;

    (void)context;
    if (fails_now())
        return device.fault;
    if (fob_frame_is_first(report, &command))
        device.puts[command]++;
    if (device.on_put != NULL)
        device.on_put(report);
    return FOB_OK;
}

static enum fob_status get(void *context,
                           uint8_t report[static FOB_FRAME_REPORT], int wait_ms)
{
    (void)context;
    if (fails_now())
        return device.fault;
    if (device.next < device.count &&
        device.queue[device.next].at_ms <= device.now_ms + wait_ms) {
        if (device.now_ms < device.queue[device.next].at_ms)
            device.now_ms = device.queue[device.next].at_ms;
        memcpy(report, device.queue[device.next++].report, FOB_FRAME_REPORT);
        return FOB_OK;
    }
    if (device.endless != NULL && device.next == device.count &&
        device.endless_ms <= wait_ms) {
        device.now_ms += device.endless_ms;
        device.endless(report);
        return FOB_OK;
    }
    device.now_ms += wait_ms;
    return FOB_E_BUSY;
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

static const struct channel_pipe pipe_of_test = {put, get, now_ms, pause_ms};

static bool look(void *context, enum fob_token_wait why)
{
    (void)context;
    device.looks[why]++;
    return device.patience == NEVER || device.patience-- > 0;
}

/* --- an exchange ---------------------------------------------------------*/

static struct channel channel;
static int64_t took_ms;
static size_t got_len;

static void plug(void (*on_put)(const uint8_t *report))
{
    memset(&device, 0, sizeof device);
    device.fails_at = NEVER;
    device.patience = NEVER;
    device.on_put = on_put;
}

static enum fob_status ask(void)
{
    static const struct fob_token_watch watch = {look, NULL};
    uint8_t *reply = exact_copy(NULL, REPLY_CAP);
    struct fob_token_exchange it = {.command = (const uint8_t *)"\0\xa1\0",
                                    .command_len = 4,
                                    .reply = reply,
                                    .reply_cap = REPLY_CAP,
                                    .watch = &watch};
    int64_t start_ms = device.now_ms;
    enum fob_status status = channel_exchange(&channel, &it);

    took_ms = device.now_ms - start_ms;
    got_len = it.reply_len;
    free(reply);
    return status;
}

/* A channel, and from then on what the test says. */
static void open_channel(void)
{
    plug(answer_init);
    if (channel_open(&channel, &pipe_of_test, NULL) != FOB_OK) {
        printf("Bail out! no channel\n");
        exit(1);
    }
    device.on_put = NULL;
}

/* --- a channel -----------------------------------------------------------*/

static void say_other_nonce(const uint8_t *report)
{
    (void)report;
    say_on(FOB_FRAME_BROADCAST, FOB_FRAME_INIT,
           "0000000000000000 00000007 0100000001");
}

static void say_short_init(const uint8_t *report)
{
    uint8_t answer[FOB_FRAME_REPORT] = {0xff,           0xff, 0xff, 0xff,
                                        FOB_FRAME_INIT, 0,    12};

    memcpy(answer + 7, report + 7, FOB_FRAME_NONCE);
    say_report(0, answer);
}

static void say_init_elsewhere(const uint8_t *report)
{
    answer_init(report);
    device.queue[device.count - 1].report[0] = 0;
}

static void say_long_init(const uint8_t *report)
{
    answer_init(report);
    device.queue[device.count - 1].report[5] = 0xff;
}

static void flood(uint8_t *report)
{
    memset(report, 0xa5, FOB_FRAME_REPORT);
}

static void test_open(void)
{
    static const struct {
        void (*on_put)(const uint8_t *report);
        const char *what;
    } bad[] = {
        {NULL, "silence"},
        {say_other_nonce, "an answer to somebody else"},
        {say_short_init, "an answer that is too short"},
        {say_long_init, "an answer that claims more than a report"},
        {say_init_elsewhere, "an answer on another channel"},
    };

    open_channel();
    tap_ok(channel.number == CHANNEL, "a channel is given");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        plug(bad[i].on_put);
        tap_ok(channel_open(&channel, &pipe_of_test, NULL) ==
                       FOB_E_TOKEN_ABSENT &&
                   device.now_ms == 2000,
               "INIT: %s is no token, after 2 s", bad[i].what);
    }
    plug(NULL);
    device.endless = flood;
    device.endless_ms = 1;
    tap_ok(channel_open(&channel, &pipe_of_test, NULL) == FOB_E_TOKEN_ABSENT &&
               device.now_ms == 2000,
           "INIT: nor is a flood");
}

/* --- answers -------------------------------------------------------------*/

static void test_answers(void)
{
    static const struct {
        enum fob_frame_command command;
        const char *hex;
        enum fob_status status;
        const char *what;
    } one[] = {
        {FOB_FRAME_APDU, "9000", FOB_OK, "a whole answer"},
        {FOB_FRAME_APDU, "90", FOB_E_DAMAGED, "one byte"},
        {FOB_FRAME_APDU, "", FOB_E_DAMAGED, "no byte"},
        {FOB_FRAME_PING, "9000", FOB_E_DAMAGED, "another command's"},
        {FOB_FRAME_WINK, "", FOB_E_DAMAGED, "another command's, empty"},
        {FOB_FRAME_INIT, "0000000000000000 00000007 0100000001", FOB_E_DAMAGED,
         "an INIT nobody asked for"},
        {FOB_FRAME_ERROR, "01", FOB_E_DAMAGED, "unknown command"},
        {FOB_FRAME_ERROR, "", FOB_E_DAMAGED, "an error without a number"},
        {FOB_FRAME_ERROR, "0606", FOB_E_DAMAGED, "an error with two"},
    };

    for (size_t i = 0; i < sizeof one / sizeof one[0]; i++) {
        open_channel();
        say(one[i].command, one[i].hex);
        tap_ok(ask() == one[i].status && took_ms == 0, "answered with %s",
               one[i].what);
    }
}

static void test_lengths(void)
{
    uint8_t last[FOB_FRAME_REPORT] = {0, 0, 0, CHANNEL, 4};

    open_channel();
    say_raw("00000005 83 012c");
    for (int i = 0; i < 4; i++) {
        uint8_t part[FOB_FRAME_REPORT] = {0, 0, 0, CHANNEL, (uint8_t)i};

        say_report(0, part);
    }
    say_report(0, last);
    tap_ok(ask() == FOB_OK && got_len == REPLY_CAP,
           "an answer that fills its room to the byte");
    open_channel();
    say_raw("00000005 83 012d");
    tap_ok(ask() == FOB_E_DAMAGED && got_len == 0, "one byte more is refused");
    open_channel();
    say_raw("00000005 83 ffff");
    tap_ok(ask() == FOB_E_DAMAGED, "so is all that a length can say");
    open_channel();
    say_raw("00000005 83 0064");
    say_raw("00000005 01");
    tap_ok(ask() == FOB_E_DAMAGED, "a part is missing");
    open_channel();
    say_raw("00000005 83 0064");
    say_raw("00000005 00");
    say_raw("00000005 01");
    tap_ok(ask() == FOB_OK && device.next == device.count - 1,
           "one part too many is left for nobody");
    open_channel();
    say_raw("00000005 83 0064");
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 3000 && took_ms < 4000,
           "half an answer, then silence");
    open_channel();
    say_raw("00000005 05");
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK, "the rest of an older answer is passed over");
    open_channel();
    say_raw("00000005 83 0064");
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK, "an answer that begins anew");
}

/* --- without end ---------------------------------------------------------*/

static void say_working(uint8_t *report)
{
    static const uint8_t keepalive[] = {
        0, 0, 0, CHANNEL, FOB_FRAME_KEEPALIVE, 0, 1, FOB_FRAME_WORKING};

    memcpy(report, keepalive, sizeof keepalive);
}

static void say_touch(uint8_t *report)
{
    say_working(report);
    report[7] = FOB_FRAME_TOUCH;
}

static void say_elsewhere(uint8_t *report)
{
    say_working(report);
    report[3]++;
}

static void say_busy(const uint8_t *report)
{
    (void)report;
    say(FOB_FRAME_ERROR, "06");
}

static void test_endless(void)
{
    open_channel();
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 3000 && took_ms < 4000,
           "silence is waited for 3 s");
    open_channel();
    device.endless = say_elsewhere;
    device.endless_ms = 100;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 3000 && took_ms < 4000,
           "what others are told is silence");
    open_channel();
    device.endless = say_elsewhere;
    device.endless_ms = 1;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms < 4000,
           "so is a flood of it");
    open_channel();
    device.endless = say_working;
    device.endless_ms = 100;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms >= 60000 && took_ms < 61000,
           "a token that works for ever does so for a minute");
    open_channel();
    device.endless = say_touch;
    device.endless_ms = 100;
    tap_ok(ask() == FOB_E_TOKEN_ABSENT && took_ms < 61000 &&
               device.looks[FOB_TOKEN_TOUCH] > 100,
           "one that waits for a touch as well, and the watcher knows");
    open_channel();
    device.on_put = say_busy;
    tap_ok(ask() == FOB_E_BUSY && took_ms >= 20000 && took_ms < 21000 &&
               device.looks[FOB_TOKEN_BUSY] > 100 &&
               device.puts[FOB_FRAME_APDU] > 100,
           "one that is busy for ever is asked for 20 s");
    open_channel();
    say(FOB_FRAME_ERROR, "06");
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK && device.puts[FOB_FRAME_APDU] == 2,
           "one that was busy is asked again");
    open_channel();
    device.on_put = say_busy;
    device.patience = 3;
    tap_ok(ask() == FOB_E_NOT_TOUCHED && took_ms < 1000,
           "the watcher ends that wait, too");
}

/* --- giving up -----------------------------------------------------------*/

static void refuse_cancel(const uint8_t *report)
{
    if (report[4] == FOB_FRAME_CANCEL)
        say(FOB_FRAME_APDU, "6982");
}

static void test_giving_up(void)
{
    open_channel();
    device.endless = say_touch;
    device.endless_ms = 100;
    device.patience = 5;
    tap_ok(ask() == FOB_E_NOT_TOUCHED && device.puts[FOB_FRAME_CANCEL] == 1 &&
               took_ms >= 1000 && took_ms < 2000,
           "who gives up says so once, and waits 1 s for the answer");
    open_channel();
    device.on_put = refuse_cancel;
    say_raw("00000005 bb 0001 02");
    device.patience = 0;
    tap_ok(ask() == FOB_E_NOT_TOUCHED && took_ms == 0,
           "which is the end of it");
    device.patience = NEVER;
    device.on_put = NULL;
    say(FOB_FRAME_APDU, "9000");
    tap_ok(ask() == FOB_OK, "the channel is good for another command");
    open_channel();
    say_raw("00000005 bb 0001 02");
    say(FOB_FRAME_APDU, "7605 06 00000539 9000");
    device.patience = 0;
    tap_ok(ask() == FOB_E_NOT_TOUCHED, "a code that comes all the same is not "
                                       "used");
}

/* --- faults of the pipe --------------------------------------------------*/

/* Open and ask, with an answer of several reports after a busy token. */
static enum fob_status whole(void)
{
    enum fob_status status = channel_open(&channel, &pipe_of_test, NULL);

    if (status != FOB_OK)
        return status;
    say(FOB_FRAME_ERROR, "06");
    say_raw("00000005 bb 0001 01");
    say_raw("00000005 83 0064");
    say_raw("00000005 00");
    return ask();
}

static void test_faults(void)
{
    static const enum fob_status faults[] = {FOB_E_TOKEN_ABSENT, FOB_E_DAMAGED,
                                             FOB_E_FAILED};
    int calls;

    plug(answer_init);
    tap_ok(whole() == FOB_OK, "no fault");
    calls = device.calls;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        for (int at = 0; at < calls; at++) {
            plug(answer_init);
            device.fails_at = at;
            device.fault = faults[i];
            tap_ok(whole() == faults[i] && got_len <= REPLY_CAP,
                   "call %d of the pipe fails with %#x, which is told", at,
                   (unsigned)faults[i]);
        }
}

int main(void)
{
    test_open();
    test_answers();
    test_lengths();
    test_endless();
    test_giving_up();
    test_faults();
    return tap_done();
}
