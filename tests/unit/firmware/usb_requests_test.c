/* SPDX-License-Identifier: MIT */
/* Endpoint 0: descriptors and requests, by the tables of USB 2.0 chapter 9,
 * HID 1.11 and CCID 1.1. */
#include "firmware/port/sim/board.h"
#include "firmware/usb/device.h"
#include "tests/lib/tap.h"
#include "tests/lib/usb_host.h"

static struct fob_usb usb;

static bool turn(void)
{
    return fob_usb_poll(&usb);
}

static bool stalls(unsigned type, unsigned code, unsigned value, unsigned index)
{
    return ((type & HOST_IN)
                ? host_get(type, code, value, index, 64)
                : host_set(type, code, value, index)) == WIRE_STALL;
}

static bool gives(unsigned type, unsigned code, unsigned value, unsigned index,
                  const char *bytes, size_t len)
{
    return host_get(type, code, value, index, len) == WIRE_ACK &&
           host_has(bytes, len);
}

/* --- descriptors, 9.6 ----------------------------------------------------*/

static void test_device(void)
{
    static const uint8_t wanted[18] = {18,   1,    0x00, 0x02, 0,    0,
                                       0,    64,   0x09, 0x12, 0x01, 0x00,
                                       0x00, 0x01, 1,    2,    3,    1};

    tap_ok(host_get(0x80, 6, 0x0100, 0, 18) == WIRE_ACK, "a device descriptor");
    tap_bytes(host_data, wanted, sizeof wanted, "table 9-8");
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

    memcpy(sim_board.unique_id, id, sizeof id);
    tap_ok(gives(0x80, 6, 0x0300, 0, "\x04\x03\x09\x04", 4),
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

/* --- the device, 9.4 -----------------------------------------------------*/

static void test_address(void)
{
    uint8_t setup[FOB_USB_SETUP_LEN];

    (void)host_enumerate();
    host_put_setup(setup, 0x00, 5, 77, 0);
    (void)wire_setup(setup);
    host_let_run();
    tap_ok(wire.address == 5, "an address waits for its status stage");
    tap_ok(host_status_in() == WIRE_ACK && wire.address == 5,
           "which goes to the old one");
    host_let_run();
    wire.host_address = 77;
    tap_ok(wire.address == 77 && host_get(0x80, 6, 0x0100, 0, 18) == WIRE_ACK,
           "then it counts");
    host_put_setup(setup, 0x00, 5, 78, 0);
    (void)wire_setup(setup);
    host_let_run();
    (void)host_get(0x80, 0, 0, 0, 2);
    host_let_run();
    tap_ok(wire.address == 77, "one whose status stage never came does not");
    tap_ok(stalls(0x00, 5, 128, 0), "there are none above 127");
    tap_ok(host_reset() && host_address(3) && host_address(0) &&
               wire.address == 0 && host_get(0x80, 6, 0x0100, 0, 8) == WIRE_ACK,
           "address 0 leads back to where it began");
}

static void test_unconfigured(void)
{
    (void)host_reset();
    (void)host_address(9);
    tap_ok(gives(0x80, 8, 0, 0, "\0", 1) && gives(0x80, 0, 0, 0, "\0\0", 2),
           "configuration 0 before one is chosen");
    tap_ok(gives(0x82, 0, 0, 0x00, "\0\0", 2) &&
               gives(0x82, 0, 0, 0x80, "\0\0", 2),
           "endpoint 0 has a status then");
    tap_ok(stalls(0x81, 0, 0, 0) && stalls(0x81, 10, 0, 0) &&
               stalls(0x01, 11, 0, 0) && stalls(0x82, 0, 0, 1) &&
               stalls(0x02, 1, 0, 1) && stalls(0x81, 6, 0x2200, 0) &&
               stalls(0xa1, 1, 0x0100, 0) && stalls(0x21, 10, 0, 0) &&
               stalls(0x21, 1, 0, 1),
           "there are no interfaces and no other endpoints");
    tap_ok(wire_ask(1, true) == WIRE_SILENCE &&
               wire_ask(2, false) == WIRE_SILENCE,
           "and no pipes");
}

static void test_configuration(void)
{
    tap_ok(host_configure(1) && gives(0x80, 8, 0, 0, "\1", 1),
           "a configuration is chosen");
    tap_ok(wire_ask(1, true) == WIRE_NAK && wire_ask(1, false) == WIRE_ACK &&
               wire_ask(2, true) == WIRE_NAK && wire_ask(2, false) == WIRE_ACK,
           "its pipes take data and have none");
    tap_ok(wire.transfer[1] == FOB_USB_INTERRUPT &&
               wire.transfer[2] == FOB_USB_BULK,
           "one for reports, one for messages");
    (void)fob_usb_has_begun_anew(&usb);
    tap_ok(host_configure(1) && fob_usb_has_begun_anew(&usb) &&
               !fob_usb_has_begun_anew(&usb),
           "the same one chosen again begins anew");
    tap_ok(stalls(0x00, 9, 2, 0) && gives(0x80, 8, 0, 0, "\1", 1),
           "another one is refused and changes nothing");
    tap_ok(host_configure(0) && gives(0x80, 8, 0, 0, "\0", 1) &&
               wire_ask(1, true) == WIRE_SILENCE &&
               !fob_pipe_is_free(&usb.hid) && !fob_pipe_is_free(&usb.ccid) &&
               fob_usb_has_begun_anew(&usb),
           "none shuts the pipes");
    tap_ok(host_configure(1) && fob_usb_has_begun_anew(&usb) && host_reset() &&
               usb.configuration == 0 && wire.address == 0 &&
               fob_usb_has_begun_anew(&usb),
           "a bus reset does all that, and forgets the address");
}

/* --- interfaces ----------------------------------------------------------*/

static void test_interfaces(void)
{
    (void)host_enumerate();
    tap_ok(gives(0x81, 0, 0, 0, "\0\0", 2) && gives(0x81, 0, 0, 1, "\0\0", 2) &&
               stalls(0x81, 0, 0, 2) && stalls(0x81, 0, 0, 0x0100),
           "both interfaces have a status, and no others");
    tap_ok(gives(0x81, 10, 0, 0, "\0", 1) && gives(0x81, 10, 0, 1, "\0", 1) &&
               stalls(0x81, 10, 0, 2),
           "and a setting");
    tap_ok(host_set(0x01, 11, 0, 0) == WIRE_ACK &&
               host_set(0x01, 11, 0, 1) == WIRE_ACK && stalls(0x01, 11, 1, 0) &&
               stalls(0x01, 11, 0, 2),
           "which can be chosen, as the only one");
    tap_ok(stalls(0x81, 6, 0x2200, 1) && stalls(0x81, 6, 0x2100, 1) &&
               stalls(0x81, 6, 0x2201, 0) && stalls(0x81, 6, 0x2300, 0) &&
               stalls(0x81, 6, 0x0100, 0),
           "only HID has descriptors of its own");
    tap_ok(host_set(0x21, 10, 0x0700, 0) == WIRE_ACK &&
               gives(0xa1, 2, 0, 0, "\7", 1) && stalls(0x21, 10, 0x0700, 1),
           "HID's idle rate is kept");
    tap_ok(stalls(0xa1, 1, 0x0200, 0) && stalls(0xa1, 1, 0x0101, 0) &&
               stalls(0xa1, 1, 0x0100, 1) && stalls(0xa1, 3, 0, 0) &&
               stalls(0x21, 11, 0, 0) && stalls(0xa1, 2, 0, 1),
           "it has one report to ask for, and no protocols");
    tap_ok(!fob_usb_is_aborted(&usb) &&
               host_set(0x21, 1, 0x0500, 1) == WIRE_ACK &&
               fob_usb_is_aborted(&usb) && !fob_usb_is_aborted(&usb) &&
               stalls(0x21, 1, 0, 0),
           "CCID's ABORT is told once");
}

/* --- everything else -----------------------------------------------------*/

/* What the chapters name and this device does (no remote wake-up, no test
 * modes, no isochronous endpoint, no descriptor to be set). */
static bool is_named(unsigned type, unsigned code)
{
    static const uint8_t named[][2] = {
        {0x80, 0}, {0x00, 5},  {0x80, 6},  {0x80, 8}, {0x00, 9}, {0x81, 0},
        {0x81, 6}, {0x81, 10}, {0x01, 11}, {0x82, 0}, {0x02, 1}, {0x02, 3},
        {0xa1, 1}, {0xa1, 2},  {0x21, 10}, {0x21, 1}};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i][0] == type && named[i][1] == code)
            return true;
    return false;
}

/* With a length whichever way the data would go. */
static enum wire_answer answer_to(unsigned type, unsigned code, unsigned len)
{
    uint8_t setup[FOB_USB_SETUP_LEN], packet[FOB_USB_PACKET];
    size_t got;

    host_put_setup(setup, type, code, 0, 1);
    setup[6] = (uint8_t)len;
    (void)wire_setup(setup);
    return host_in(0, packet, &got);
}

static void test_unknown(void)
{
    unsigned served = 0;

    (void)host_enumerate();
    for (unsigned type = 0; type <= 0xff; type++)
        for (unsigned code = 0; code <= 0xff; code++)
            if (!is_named(type, code))
                served += answer_to(type, code, 0) != WIRE_STALL ||
                          answer_to(type, code, 8) != WIRE_STALL;
    tap_ok(served == 0, "every other request is stalled (%u are not)", served);
    tap_ok(answer_to(0x00, 9, 1) == WIRE_STALL &&
               answer_to(0x21, 10, 1) == WIRE_STALL &&
               host_get(0x21, 9, 0x0200, 0, 0) == WIRE_STALL,
           "and so is any with data from the host");
    tap_ok(wire_out(0, NULL, 0) == WIRE_STALL, "in both directions");
    tap_ok(stalls(0x80, 6, 0x0600, 0) && stalls(0x80, 6, 0x0f00, 0) &&
               stalls(0x80, 6, 0x0101, 0) && stalls(0x80, 6, 0x0201, 0) &&
               stalls(0x80, 6, 0x0304, 0x0409) && stalls(0x80, 6, 0x0400, 0) &&
               stalls(0x80, 6, 0x0500, 0) && stalls(0x80, 6, 0x2200, 0),
           "and any descriptor there is none of");
    tap_ok(host_get(0x80, 6, 0x0100, 0, 18) == WIRE_ACK,
           "the next SETUP is served");
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
    test_address();
    test_unconfigured();
    test_configuration();
    test_interfaces();
    test_unknown();
    tap_ok(wire.lost == 0, "and no data toggle was ever wrong");
    return tap_done();
}
