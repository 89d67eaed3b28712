/* SPDX-License-Identifier: MIT */
/* Requests on endpoint 0, by the tables of USB 2.0 chapter 9, HID 1.11 and
 * CCID 1.1. */
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
    (void)fob_usb_has_reenumerated(&usb);
    tap_ok(host_configure(1) && fob_usb_has_reenumerated(&usb) &&
               !fob_usb_has_reenumerated(&usb),
           "the same one chosen again begins anew");
    tap_ok(stalls(0x00, 9, 2, 0) && gives(0x80, 8, 0, 0, "\1", 1),
           "another one is refused and changes nothing");
    tap_ok(host_configure(0) && gives(0x80, 8, 0, 0, "\0", 1) &&
               wire_ask(1, true) == WIRE_SILENCE &&
               !fob_pipe_is_free(&usb.hid) && !fob_pipe_is_free(&usb.ccid) &&
               fob_usb_has_reenumerated(&usb),
           "none shuts the pipes");
    tap_ok(host_configure(1) && fob_usb_has_reenumerated(&usb) &&
               host_reset() && usb.configuration == 0 && wire.address == 0 &&
               fob_usb_has_reenumerated(&usb),
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

    for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
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
    test_address();
    test_unconfigured();
    test_configuration();
    test_interfaces();
    test_unknown();
    tap_ok(wire.lost == 0, "and no data toggle was ever wrong");
    return tap_done();
}
