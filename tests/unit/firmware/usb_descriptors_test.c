/* SPDX-License-Identifier: MIT */
/* What the device says of itself, by USB 2.0 section 9.6 and HID 1.11, cut to
 * what is asked for. */
#include "firmware/port/sim/board.h"
#include "firmware/usb/device.h"
#include "tests/lib/tap.h"
#include "tests/lib/usb_host.h"

static struct fob_usb usb;

static bool turn(void)
{
    return fob_usb_poll(&usb);
}

/* --- descriptors, 9.6 ----------------------------------------------------*/

static void test_device(void)
{
    static const uint8_t wanted[18] = {18,   1,    0x00, 0x02, 0,    0,
                                       0,    64,   0x09, 0x12, 0x01, 0x00,
                                       0x00, 0x01, 1,    2,    3,    1};

    tap_ok(host_get(0x80, 6, 0x0100, 0, 18) == WIRE_ACK, "a device descriptor");
    tap_bytes(host_data, wanted, sizeof(wanted), "table 9-8");
}

static unsigned word(const uint8_t *at)
{
    return at[0] | at[1] * 256u;
}

/* Table 9-13: each number once, 64 bytes, the interval of its transfer. */
static bool is_endpoint(const uint8_t *at, unsigned *seen)
{
    unsigned bit = 1u << ((at[2] & 0x0f) + (at[2] & HOST_IN ? 8 : 0));
    bool good = at[0] == 7 && (*seen & bit) == 0 && (at[2] & 0x70) == 0 &&
                word(at + 4) == 64 &&
                ((at[3] == 2 && at[6] == 0) || (at[3] == 3 && at[6] == 1));

    *seen |= bit;
    return good;
}

static void test_tree(void)
{
    unsigned interfaces = 0, endpoints = 0, announced = 0, seen = 0;
    bool good;
    size_t at = 0;

    (void)host_get(0x80, 6, 0x0200, 0, 9);
    good = host_len == 9 && host_data[0] == 9 && host_data[1] == 2;
    (void)host_get(0x80, 6, 0x0200, 0, word(host_data + 2));
    tap_ok(good && word(host_data + 2) == host_len && host_data[5] == 1 &&
               host_data[7] == 0x80 && host_data[8] <= 250,
           "a configuration as long as it says, fed by the bus");
    for (; at < host_len && host_data[at] > 1; at += host_data[at]) {
        const uint8_t *part = host_data + at;

        if (part[1] == 4) {
            good = good && part[0] == 9 && part[2] == interfaces++ &&
                   part[3] == 0 && endpoints == announced;
            announced += part[4];
        } else if (part[1] == 5) {
            good = good && is_endpoint(part, &seen);
            endpoints++;
        }
    }
    tap_ok(good && at == host_len && interfaces == host_data[4] &&
               interfaces == 2 && endpoints == announced && endpoints == 4,
           "interfaces and endpoints are those it announces");
}

static void test_hid(void)
{
    unsigned len;

    (void)host_get(0x81, 6, 0x2100, 0, 9);
    len = word(host_data + 7);
    tap_ok(host_len == 9 && host_data[1] == 0x21 && host_data[5] == 1 &&
               host_data[6] == 0x22,
           "the HID descriptor names a report descriptor");
    tap_ok(host_get(0x81, 6, 0x2200, 0, 255) == WIRE_ACK && host_len == len &&
               host_data[0] == 0x06 && word(host_data + 1) == 0xff00 &&
               host_data[len - 1] == 0xc0,
           "which is as long as it says, of a page for vendors");
}

static void test_strings(void)
{
    static const uint8_t id[] = {0xfe, 0xdc, 0xba, 0x98,
                                 0x76, 0x54, 0x32, 0x10};
    const char *serial = "fedcba9876543210";
    bool good = true;

    memcpy(sim_board.unique_id, id, sizeof(id));
    tap_ok(host_get(0x80, 6, 0x0300, 0, 4) == WIRE_ACK &&
               host_has("\x04\x03\x09\x04", 4),
           "string 0 is the languages, US English");
    for (unsigned i = 1; i <= 3; i++)
        good = good && host_get(0x80, 6, 0x0300 | i, 0x0409, 255) == WIRE_ACK &&
               host_len > 2 && host_data[0] == host_len && host_data[1] == 3;
    tap_ok(good, "and there are the three that the device names");
    good = host_len == 2 + 2 * strlen(serial);
    for (size_t i = 0; i < strlen(serial); i++)
        good = good && word(host_data + 2 + 2 * i) == (unsigned char)serial[i];
    tap_ok(good, "the last of them the board's number");
}

/* --- lengths -------------------------------------------------------------*/

/* Nothing is left to come after a data stage. */
static bool is_over(void)
{
    uint8_t packet[FOB_USB_PACKET];
    size_t len;

    host_let_run();
    return wire_in(0, packet, &len) == WIRE_NAK;
}

/* Asked for each number of bytes, it gives the first of them. */
static bool is_cut_anywhere(unsigned type, unsigned value, size_t len)
{
    static uint8_t whole[HOST_DATA_MAX];
    bool good = host_get(type, 6, value, 0, len) == WIRE_ACK && host_len == len;

    memcpy(whole, host_data, len);
    for (size_t asked = 0; good && asked <= 300; asked++) {
        size_t wanted = asked < len ? asked : len;

        good = host_get(type, 6, value, 0, asked) == WIRE_ACK &&
               host_has(whole, wanted) && is_over();
        if (!good)
            printf("# asked for %zu of %04x: %zu\n", asked, value, host_len);
    }
    return good;
}

static void test_lengths(void)
{
    static const uint8_t empty[64];
    bool good = true;

    tap_ok(is_cut_anywhere(0x80, 0x0100, 18),
           "the device descriptor is cut to what is asked for,");
    tap_ok(is_cut_anywhere(0x80, 0x0200, 118), "and so are the configuration,");
    tap_ok(is_cut_anywhere(0x81, 0x2200, 34), "the report descriptor");
    tap_ok(is_cut_anywhere(0x80, 0x0303, 34), "and a string");
    for (size_t asked = 0; asked <= 200; asked++)
        good = good && host_get(0xa1, 1, 0x0100, 0, asked) == WIRE_ACK &&
               host_has(empty, asked < 64 ? asked : 64) && is_over();
    tap_ok(good, "64 bytes end with an empty packet if more is asked for");
}

int main(void)
{
    host_turn = turn;
    fob_usb_init(&usb);
    tap_ok(host_enumerate(), "it enumerates");
    test_device();
    test_tree();
    test_hid();
    test_strings();
    test_lengths();
    tap_ok(wire.lost == 0, "and no data toggle was ever wrong");
    return tap_done();
}
