/* SPDX-License-Identifier: MIT */
/*
 * Programs that end in the middle of what they say, at every packet and every
 * byte of it, having read all, some or none of what they were told: the next
 * ones, without any help of the bus, are served a second later.
 */
#include "tests/lib/tap.h"
#include "tests/lib/usb_token.h"

enum { HID = TOKEN_HID, CCID = TOKEN_CCID };

#define SELECT "00a4040007a0000005272101"
#define PUT                                                                    \
    "00010000 5a 7140"                                                         \
    "616161616161616161616161616161616161616161616161616161616161616161616161" \
    "61"                                                                       \
    "616161616161616161616161616161616161616161616161616161"                   \
    "7316210661616161616161616161616161616161616161616161"

/* What a program says on one pipe, all of it. */
struct program {
    uint8_t endpoint;
    uint8_t bytes[1024];
    size_t len;
};

static void add(struct program *program, const char *hex, size_t padded)
{
    size_t len;
    uint8_t *bytes = exact_hex(hex, &len);

    memset(program->bytes + program->len, 0, padded);
    memcpy(program->bytes + program->len, bytes, len);
    program->len += len > padded ? len : padded;
    free(bytes);
}

static struct program ccid_program(void)
{
    struct program program = {.endpoint = CCID};

    add(&program, "62 00000000 00 01 000000", 0);
    add(&program, "6f 0c000000 00 02 00 0000" SELECT, 0);
    add(&program, "6f 5f000000 00 03 00 0000" PUT, 0);
    add(&program, "6f 04000000 00 04 00 0000 00a10000", 0);
    return program;
}

static struct program hid_program(void)
{
    struct program program = {.endpoint = HID};

    add(&program, "ffffffff 86 0008 0102030405060708", 64);
    add(&program, "00000001 83 000c" SELECT, 64);
    add(&program, "00000001 81 00ff 55", 64);
    for (int i = 0; i < 4; i++) {
        char hex[16];

        snprintf(hex, sizeof(hex), "00000001 %02x 55", i);
        add(&program, hex, 64);
    }
    add(&program, "00000001 83 0004 00a10000", 64);
    return program;
}

/* --- the bus ---------------------------------------------------------------*/

static void read_some(int packets)
{
    uint8_t packet[FOB_USB_PACKET];
    size_t len;

    for (int i = 0; i < packets; i++)
        for (uint8_t endpoint = HID; endpoint <= CCID; endpoint++) {
            if (wire_in(endpoint, packet, &len) == WIRE_ACK &&
                endpoint == HID && len == FOB_USB_REPORT)
                channels_in(packet);
            host_let_run();
        }
}

/* The first `end` bytes of a program, whose transfers are of so many bytes. */
static void speak(const struct program *program, size_t end, size_t transfer,
                  int reads)
{
    uint8_t packet[FOB_USB_PACKET];

    for (size_t at = 0, len; at < end; at += len) {
        len = program->endpoint == HID ? FOB_USB_REPORT
                                       : transfer - at % transfer;
        len = len < FOB_USB_PACKET ? len : FOB_USB_PACKET;
        len = len < end - at ? len : end - at;
        memcpy(packet, program->bytes + at, len);
        if (program->endpoint == HID && len == FOB_USB_REPORT)
            channels_out(packet);
        (void)host_out(program->endpoint, packet, len);
        host_let_run();
        read_some(reads);
    }
}

static bool are_served(void)
{
    bool good;

    token_pass_ms(1000);
    read_some(40);
    channels_forget();
    token_report("ffffffff 86 0008 0102030405060708");
    good = token_says(HID, "ffffffff 86 0011 0102030405060708 00000001");
    token_report("00000001 83 000c" SELECT);
    good = good && token_says(HID, "00000001 83 0011 79");
    token_message("62 00000000 00 21 000000");
    good = good && token_says(CCID, "80 0d000000 00 21 000000");
    token_message("6f 0c000000 00 22 00 0000" SELECT);
    return good && token_says(CCID, "80 11000000 00 22 000000 79");
}

static void test_program(const char *name, struct program program)
{
    static const size_t transfers[] = {1, 10, 22, 63, 64, 65, 1024};

    for (int reads = 0; reads <= 4; reads += 2) {
        size_t bad = 0, tries = 0;

        for (size_t i = 0; i < sizeof(transfers) / sizeof(*transfers); i++)
            for (size_t end = 1; end <= program.len; end++, tries++) {
                (void)token_replug();
                speak(&program, end, transfers[i], reads);
                bad += !are_served();
            }
        tap_ok(bad == 0, "%s, reading %d packets a time: %zu of %zu", name,
               reads, tries - bad, tries);
    }
}

/* --- one that is dead, and one that lives
 * ------------------------------------*/

/* Half a message of another's, and parts of it that come all the time. */
static void test_endless_parts(void)
{
    bool good = true;
    char hex[16];

    (void)token_plug_in();
    token_report("ffffffff 86 0008 0102030405060708");
    (void)token_says(HID, "ffffffff 86 0011");
    token_report("ffffffff 86 0008 0102030405060708");
    (void)token_says(HID, "ffffffff 86 0011");
    token_report("00000001 81 0200");
    for (int i = 0; i < 6; i++) {
        token_pass_ms(100);
        snprintf(hex, sizeof(hex), "00000001 %02x 55", i);
        token_report(hex);
    }
    (void)token_says(HID, "00000001 bf 0001 05");
    token_report("00000002 81 0001 55");
    good = token_says(HID, "00000002 81 0001 55");
    tap_ok(good, "whoever sends a part now and then holds nobody up");
}

int main(void)
{
    (void)token_plug_in();
    test_program("CCID", ccid_program());
    test_program("HID", hid_program());
    test_endless_parts();
    tap_ok(wire.lost == 0, "and no data toggle was ever wrong");
    return tap_done();
}
