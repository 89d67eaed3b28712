/* SPDX-License-Identifier: MIT */
/*
 * Programs of a Linux machine to which the token is plugged: each way of
 * reaching it that a host program may take.  One point of TAP each, numbered
 * by whoever reads the console.
 *
 * usage: guest hidraw PATH | hidapi LIBRARY | libusb | pcsc | touch | restart
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <libusb-1.0/libusb.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <winscard.h>

enum {
    VENDOR = 0x1209,
    PRODUCT = 0x0001,
    REPORT = 64,
    ROUNDS = 50,
    WAIT_MS = 5000,
    TRIES = 150,
    PAUSE_US = 100000,
    CCID_INTERFACE = 1,
    CCID_OUT = 0x02,
    CCID_IN = 0x82,
};

static const uint8_t select_oath[] = {0x00, 0xa4, 0x04, 0x00, 0x07, 0xa0,
                                      0x00, 0x00, 0x05, 0x27, 0x21, 0x01};

static int tell_point(bool good, const char *what)
{
    printf("%sok - %s\n", good ? "" : "not ", what);
    return good ? 0 : 1;
}

/* --- HID: INIT on the broadcast channel, one report each way --------------*/

static void make_init(uint8_t *report, int round)
{
    memset(report, 0, REPORT);
    memset(report, 0xff, 4);
    report[4] = 0x86;
    report[6] = 8;
    report[7] = (uint8_t)round;
}

static bool is_init_reply(const uint8_t *report, int round)
{
    return report[4] == 0x86 && report[6] == 17 && report[7] == (uint8_t)round;
}

static bool exchange_hidraw(int fd, int round)
{
    uint8_t out[1 + REPORT] = {0}, in[REPORT];
    struct pollfd wait = {.fd = fd, .events = POLLIN};

    make_init(out + 1, round);
    return write(fd, out, sizeof(out)) == sizeof(out) &&
           poll(&wait, 1, WAIT_MS) == 1 &&
           read(fd, in, sizeof(in)) == sizeof(in) && is_init_reply(in, round);
}

static int test_hidraw(const char *path)
{
    int fd = open(path, O_RDWR);
    int good = 0;

    for (int i = 0; i < ROUNDS && fd >= 0; i++)
        good += exchange_hidraw(fd, i);
    return tell_point(good == ROUNDS, "usbhid and hidraw: 50 of 50 exchanges");
}

struct hid_device;
struct hid_info {
    char *path;
    unsigned short vendor, product;
    wchar_t *serial;
    unsigned short release;
    wchar_t *maker, *name;
};

struct hidapi {
    struct hid_info *(*enumerate)(unsigned short, unsigned short);
    struct hid_device *(*open)(const char *);
    int (*write)(struct hid_device *, const uint8_t *, size_t);
    int (*read)(struct hid_device *, uint8_t *, size_t, int);
};

static bool load_hidapi(struct hidapi *api, const char *library)
{
    void *handle = dlopen(library, RTLD_NOW);

    if (handle == NULL)
        return false;
    *(void **)&api->enumerate = dlsym(handle, "hid_enumerate");
    *(void **)&api->open = dlsym(handle, "hid_open_path");
    *(void **)&api->write = dlsym(handle, "hid_write");
    *(void **)&api->read = dlsym(handle, "hid_read_timeout");
    return api->enumerate && api->open && api->write && api->read;
}

static bool exchange_hidapi(const struct hidapi *api, struct hid_device *device,
                            int round)
{
    uint8_t out[1 + REPORT] = {0}, in[REPORT];

    make_init(out + 1, round);
    return api->write(device, out, sizeof(out)) == sizeof(out) &&
           api->read(device, in, sizeof(in), WAIT_MS) == sizeof(in) &&
           is_init_reply(in, round);
}

static int test_hidapi(const char *library)
{
    struct hidapi api = {0};
    struct hid_info *info =
        load_hidapi(&api, library) ? api.enumerate(VENDOR, PRODUCT) : NULL;
    struct hid_device *device = info != NULL ? api.open(info->path) : NULL;
    int good = 0;

    tell_point(info != NULL && info->serial != NULL && info->serial[0] == L'6',
               "hidapi tells the serial number");
    for (int i = 0; i < ROUNDS && device != NULL; i++)
        good += exchange_hidapi(&api, device, i);
    printf("# %s\n", library);
    return tell_point(good == ROUNDS, "hidapi: 50 of 50 exchanges");
}

/* --- CCID by libusb -------------------------------------------------------*/

static bool exchange_bulk(libusb_device_handle *device, const uint8_t *out,
                          int out_len, uint8_t *in, int in_cap)
{
    int len = 0;

    return libusb_bulk_transfer(device, CCID_OUT, (uint8_t *)out, out_len, &len,
                                WAIT_MS) == 0 &&
           libusb_bulk_transfer(device, CCID_IN, in, in_cap, &len, WAIT_MS) ==
               0 &&
           len > 10 && in[0] == 0x80;
}

static int test_libusb(void)
{
    static const uint8_t power_on[10] = {0x62};
    libusb_device_handle *device;
    uint8_t in[1024];
    int good = 0;

    if (libusb_init(NULL) != 0)
        return tell_point(false, "libusb starts");
    device = libusb_open_device_with_vid_pid(NULL, VENDOR, PRODUCT);
    if (device == NULL || libusb_claim_interface(device, CCID_INTERFACE) != 0)
        return tell_point(false, "libusb claims the CCID interface");
    for (int i = 0; i < ROUNDS; i++)
        good +=
            exchange_bulk(device, power_on, sizeof(power_on), in, sizeof(in)) &&
            in[10] == 0x3b;
    libusb_close(device);
    return tell_point(good == ROUNDS, "libusb, bulk: 50 of 50 exchanges");
}

/* --- CCID by pcscd and libccid --------------------------------------------*/

struct card {
    SCARDCONTEXT context;
    SCARDHANDLE handle;
    char reader[256];
};

static bool has_reader(struct card *card)
{
    DWORD len = sizeof(card->reader);

    return SCardListReaders(card->context, NULL, card->reader, &len) ==
               SCARD_S_SUCCESS &&
           card->reader[0] != '\0';
}

/* The daemon has been started just now. */
static bool find_reader(struct card *card)
{
    bool connected = false;

    for (int i = 0; i < TRIES; i++) {
        connected = connected ||
                    SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL,
                                          &card->context) == SCARD_S_SUCCESS;
        if (connected && has_reader(card))
            return true;
        usleep(PAUSE_US);
    }
    return false;
}

static bool open_card(struct card *card)
{
    DWORD protocol;

    return find_reader(card) &&
           SCardConnect(card->context, card->reader, SCARD_SHARE_SHARED,
                        SCARD_PROTOCOL_T1, &card->handle,
                        &protocol) == SCARD_S_SUCCESS;
}

/* The status word; the answer's data in `in`. */
static unsigned send_apdu(struct card *card, const uint8_t *apdu, size_t len,
                          uint8_t in[1024])
{
    DWORD got = 1024;

    if (SCardTransmit(card->handle, SCARD_PCI_T1, apdu, len, NULL, in, &got) !=
            SCARD_S_SUCCESS ||
        got < 2)
        return 0;
    return (unsigned)in[got - 2] << 8 | in[got - 1];
}

/* RFC 6238's first vector: PUT of 12345678901234567890, CALCULATE of step 1. */
static bool put_account(struct card *card, bool touch)
{
    uint8_t in[1024];
    uint8_t apdu[64] = {0x00, 0x01, 0x00, 0x00, 0x1b, 0x71,
                        0x01, 'a',  0x73, 0x16, 0x21, 0x08};
    size_t len = 32;

    memcpy(apdu + 12, "12345678901234567890", 20);
    if (touch) {
        apdu[4] += 2;
        apdu[len++] = 0x78;
        apdu[len++] = 0x02;
    }
    apdu[4] = (uint8_t)(len - 5);
    return send_apdu(card, apdu, len, in) == 0x9000;
}

static bool is_code_right(struct card *card)
{
    static const uint8_t apdu[] = {0x00, 0xa2, 0x00, 0x01, 0x0d, 0x71,
                                   0x01, 'a',  0x74, 0x08, 0,    0,
                                   0,    0,    0,    0,    0,    1};
    uint8_t in[1024];
    uint32_t code;

    if (send_apdu(card, apdu, sizeof(apdu), in) != 0x9000)
        return false;
    code = (uint32_t)in[3] << 24 | (uint32_t)in[4] << 16 |
           (uint32_t)in[5] << 8 | in[6];
    return in[0] == 0x76 && in[2] == 8 && code % 100000000 == 94287082;
}

static bool open_oath(struct card *card)
{
    uint8_t in[1024];

    return open_card(card) &&
           send_apdu(card, select_oath, sizeof(select_oath), in) == 0x9000;
}

static int test_pcsc(void)
{
    struct card card = {0};
    int good = 0;

    if (tell_point(open_oath(&card),
                   "pcscd and libccid bind the CCID interface"))
        return 1;
    printf("# reader: %s\n", card.reader);
    tell_point(put_account(&card, false), "an account is stored through pcscd");
    for (int i = 0; i < ROUNDS; i++)
        good += is_code_right(&card);
    return tell_point(good == ROUNDS,
                      "RFC 6238's code through pcscd, 50 times");
}

static int test_again(void)
{
    struct card card = {0};

    return tell_point(open_oath(&card) && is_code_right(&card),
                      "the same code after that, through a new pcscd");
}

/* The reader of this console presses the button when it sees the word. */
static int test_touch(void)
{
    struct card card = {0};
    bool ready = open_oath(&card) && put_account(&card, true);

    puts("PRESS");
    fflush(stdout);
    return tell_point(ready && is_code_right(&card),
                      "a touch within the time extensions of libccid");
}

static int test_restart(void)
{
    static const uint8_t restart[] = {0x00, 0xf7, 0x00, 0x00};
    struct card card = {0};
    uint8_t in[1024];
    bool ready = open_oath(&card);

    puts("PRESS");
    fflush(stdout);
    return tell_point(ready && send_apdu(&card, restart, sizeof(restart), in) ==
                                   0x9000,
                      "the token is told to restart");
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(what, "hidraw") == 0 && argc == 3)
        return test_hidraw(argv[2]);
    if (strcmp(what, "hidapi") == 0 && argc == 3)
        return test_hidapi(argv[2]);
    if (strcmp(what, "libusb") == 0)
        return test_libusb();
    if (strcmp(what, "pcsc") == 0)
        return test_pcsc();
    if (strcmp(what, "again") == 0)
        return test_again();
    if (strcmp(what, "touch") == 0)
        return test_touch();
    if (strcmp(what, "restart") == 0)
        return test_restart();
    return tell_point(false, "a known command");
}
