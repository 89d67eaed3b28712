/* SPDX-License-Identifier: MIT */
/* Transfers cut short, halted pipes, and packets of pipes: USB 2.0, 5.5, 5.8,
 * 8.5.3 and 9.4.5. */
#include "firmware/usb/device.h"
#include "tests/lib/tap.h"
#include "tests/lib/usb_host.h"

enum { HID = 1, CCID = 2, TREE_LEN = 118 };

static struct fob_usb usb;
static uint8_t packet[FOB_USB_PACKET];
static size_t len;

static bool turn(void)
{
    return fob_usb_poll(&usb);
}

static void ask_for_tree(void)
{
    uint8_t setup[FOB_USB_SETUP_LEN];

    host_put_setup(setup, 0x80, 6, 0x0200, 0);
    setup[6] = TREE_LEN;
    (void)wire_setup(setup);
}

static bool serves(void)
{
    return host_get(0x80, 6, 0x0100, 0, 18) == WIRE_ACK && host_len == 18 &&
           host_get(0x80, 6, 0x0200, 0, TREE_LEN) == WIRE_ACK &&
           host_len == TREE_LEN;
}

/* --- control transfers that do not end -----------------------------------*/

static void test_setup(void)
{
    ask_for_tree();
    tap_ok(serves(), "a SETUP ends one that was not even seen");
    ask_for_tree();
    host_let_run();
    tap_ok(serves(), "or whose data was not fetched");
    ask_for_tree();
    (void)host_in(0, packet, &len);
    tap_ok(serves(), "or has been in part, unseen,");
    ask_for_tree();
    (void)host_in(0, packet, &len);
    host_let_run();
    tap_ok(serves(), "or seen");
    (void)host_get(0x80, 6, 0x7700, 0, 18);
    tap_ok(serves(), "or that was stalled");
    ask_for_tree();
    (void)host_in(0, packet, &len);
    tap_ok(host_out(0, NULL, 0) == WIRE_ACK && serves(),
           "a host may go to the status stage early");
    (void)host_set(0x21, 10, 0, 0);
    host_let_run();
    tap_ok(wire_in(0, packet, &len) == WIRE_NAK,
           "after a status stage nothing more comes");
}

static void test_reset(void)
{
    ask_for_tree();
    (void)host_in(0, packet, &len);
    tap_ok(host_reset() && wire_in(0, packet, &len) == WIRE_NAK,
           "a reset ends a transfer as well");
    ask_for_tree();
    tap_ok(host_reset() && wire_in(0, packet, &len) == WIRE_NAK,
           "also one that was not seen");
    tap_ok(!fob_pipe_is_free(&usb.hid) && !fob_pipe_is_free(&usb.ccid),
           "it shuts the pipes");
    (void)host_enumerate();
    fob_pipe_send(&usb.ccid, host_data, 100);
    wire_reset();
    tap_ok(wire_in(CCID, packet, &len) == WIRE_SILENCE && host_enumerate() &&
               wire_in(CCID, packet, &len) == WIRE_NAK &&
               fob_pipe_is_free(&usb.ccid),
           "and ends what they were doing");
}

/* --- halt, 9.4.5 ---------------------------------------------------------*/

static bool is_halted(unsigned address)
{
    return host_get(0x82, 0, 0, address, 2) == WIRE_ACK && host_len == 2 &&
           host_data[0] == 1 && host_data[1] == 0;
}

static enum wire_answer ask(unsigned address)
{
    return wire_ask((uint8_t)(address & 0x0f), (address & HOST_IN) != 0);
}

static void test_halt(void)
{
    static const uint8_t all[] = {0x01, 0x81, 0x02, 0x82};
    bool good = true;

    for (size_t i = 0; i < sizeof(all); i++) {
        (void)host_set(0x02, 3, 0, all[i]);
        for (size_t j = 0; j < sizeof(all); j++)
            good = good && is_halted(all[j]) == (j == i) &&
                   (ask(all[j]) == WIRE_STALL) == (j == i);
        (void)host_set(0x02, 1, 0, all[i]);
        wire_restart(all[i]);
        good = good && !is_halted(all[i]) && ask(all[i]) != WIRE_STALL;
    }
    tap_ok(good, "each direction of a pipe is halted and cleared by itself");
    (void)host_set(0x02, 3, 0, 0x82);
    tap_ok(host_configure(1) && !is_halted(0x82) && ask(0x82) == WIRE_NAK,
           "a configuration clears a halt");
    (void)host_set(0x02, 3, 0, 0x82);
    (void)host_set(0x02, 3, 0, 0x02);
    (void)host_set(0x01, 11, 0, 0);
    tap_ok(is_halted(0x82) && is_halted(0x02), "another interface's does not");
    (void)host_set(0x01, 11, 0, 1);
    tap_ok(!is_halted(0x82) && !is_halted(0x02) && ask(0x02) == WIRE_ACK,
           "the setting of its interface does");
}

static bool refused(unsigned code, unsigned feature, unsigned address)
{
    return host_set(0x02, code, feature, address) == WIRE_STALL;
}

static void test_halt_refused(void)
{
    tap_ok(refused(3, 0, 0x00) && refused(3, 0, 0x80) && refused(1, 0, 0x00) &&
               !is_halted(0x00),
           "endpoint 0 is not halted");
    tap_ok(refused(3, 1, 0x81) && refused(1, 1, 0x81),
           "there is no other feature");
    tap_ok(refused(3, 0, 0x03) && refused(3, 0, 0x83) && refused(3, 0, 0x11) &&
               refused(3, 0, 0x0101) &&
               host_get(0x82, 0, 0, 0x83, 2) == WIRE_STALL,
           "and no other endpoint");
}

/* What the device has to say while it is halted must not end the halt. */
static void test_halted_pipe(void)
{
    static const uint8_t report[64] = {0x5a};

    (void)host_enumerate();
    fob_pipe_send(&usb.hid, report, 64);
    (void)host_set(0x02, 3, 0, 0x81);
    tap_ok(wire_in(HID, packet, &len) == WIRE_STALL, "a halted pipe is silent");
    (void)host_set(0x02, 1, 0, 0x81);
    wire_restart(0x81);
    tap_ok(wire_in(HID, packet, &len) == WIRE_ACK && packet[0] == 0x5a,
           "what it had to say comes when it is cleared");
    host_let_run();
    (void)host_set(0x02, 3, 0, 0x81);
    fob_pipe_send(&usb.hid, report, 64);
    host_let_run();
    tap_ok(wire_in(HID, packet, &len) == WIRE_STALL,
           "so does what comes later");
    (void)host_set(0x02, 1, 0, 0x81);
    wire_restart(0x81);
    tap_ok(wire_in(HID, packet, &len) == WIRE_ACK, "by the same rule");
    tap_ok(wire_out(HID, report, 64) == WIRE_ACK, "it hears with DATA0,");
    host_let_run();
    fob_pipe_use(&usb.hid);
    (void)host_set(0x02, 1, 0, 0x01);
    wire_restart(0x01);
    tap_ok(wire_out(HID, report, 64) == WIRE_ACK && wire.lost == 0,
           "and again with DATA0 when a halt is cleared that was none");
}

/* --- pipes ---------------------------------------------------------------*/

static const uint8_t *pattern(void)
{
    static uint8_t bytes[256];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)i;
    return bytes;
}

/* 5.8.3: a transfer ends with a packet below 64 bytes. */
static void test_bulk(void)
{
    static const size_t sizes[] = {0, 1, 63, 64, 65, 128, 200};
    bool good = true;

    (void)host_enumerate();
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        good = good && fob_pipe_is_free(&usb.ccid);
        fob_pipe_send(&usb.ccid, pattern(), sizes[i]);
        good = good && !fob_pipe_is_free(&usb.ccid) &&
               host_receive(CCID, HOST_DATA_MAX) == WIRE_ACK &&
               host_has(pattern(), sizes[i]);
        host_let_run();
        good = good && wire_in(CCID, packet, &len) == WIRE_NAK;
    }
    tap_ok(good, "a bulk transfer of any length ends");
}

static void test_reports(void)
{
    bool good = true;

    for (size_t i = 0; i < 3; i++) {
        fob_pipe_send(&usb.hid, pattern() + i, 64);
        good = good && host_in(HID, packet, &len) == WIRE_ACK && len == 64 &&
               packet[0] == i;
        host_let_run();
        good = good && fob_pipe_is_free(&usb.hid) &&
               wire_in(HID, packet, &len) == WIRE_NAK;
    }
    tap_ok(good, "a report is one packet");
}

static void test_received(void)
{
    const uint8_t *waits;

    (void)wire_out(CCID, pattern(), 10);
    host_let_run();
    waits = fob_pipe_received(&usb.ccid, &len);
    tap_ok(waits != NULL && len == 10 && waits[9] == 9, "a packet comes");
    tap_ok(wire_out(CCID, pattern(), 1) == WIRE_NAK,
           "and holds up the next one");
    fob_pipe_use(&usb.ccid);
    tap_ok(fob_pipe_received(&usb.ccid, &len) == NULL && len == 0 &&
               wire_out(CCID, pattern(), 64) == WIRE_ACK,
           "until it has been used");
    host_let_run();
    fob_pipe_use(&usb.ccid);
    (void)wire_out(CCID, NULL, 0);
    host_let_run();
    tap_ok(fob_pipe_received(&usb.ccid, &len) != NULL && len == 0,
           "an empty packet is one, too");
    fob_pipe_use(&usb.ccid);
}

/* A packet that came before the endpoint was shut is not told afterwards. */
static void test_stale(void)
{
    uint8_t setup[FOB_USB_SETUP_LEN];

    (void)host_enumerate();
    host_put_setup(setup, 0x00, 9, 1, 0);
    (void)wire_setup(setup);
    (void)wire_out(CCID, pattern(), 64);
    tap_ok(host_status_in() == WIRE_ACK &&
               fob_pipe_received(&usb.ccid, &len) == NULL,
           "what came before a configuration is void");
    host_restart_pipes();
    tap_ok(wire_out(CCID, pattern(), 3) == WIRE_ACK, "what comes after counts");
    host_let_run();
    tap_ok(fob_pipe_received(&usb.ccid, &len) != NULL && len == 3,
           "and is told");
}

int main(void)
{
    host_turn = turn;
    fob_usb_init(&usb);
    tap_ok(host_enumerate(), "it enumerates");
    test_setup();
    test_reset();
    test_halt();
    test_halt_refused();
    test_halted_pipe();
    test_bulk();
    test_reports();
    test_received();
    test_stale();
    tap_ok(wire.lost == 0, "no data toggle was ever wrong");
    return tap_done();
}
