/* SPDX-License-Identifier: MIT */
/* One touch, one code; and what the first seconds after power-up allow. */
#include "tests/lib/fixture.h"
#include "tests/lib/tap.h"

#define KEY "3132333435363738393031323334353637383930"
#define PUT_TOUCH "00010000 1d 710174 73162106" KEY "7802"
#define CODE "00a20001 0d 710174 7408 0000000000000001"

static uint8_t *command;
static size_t command_len;

static enum fob_interface other_face(void)
{
    return fixture_interface == FOB_INTERFACE_HID ? FOB_INTERFACE_CCID
                                                  : FOB_INTERFACE_HID;
}

/* Submit a command and leave it there. */
static void begin(const char *hex)
{
    free(command);
    command = exact_hex(hex, &command_len);
    if (fob_app_submit(&fixture_app, fixture_interface, command, command_len) !=
        FOB_OK)
        printf("# busy\n");
    fob_app_poll(&fixture_app);
}

static enum fob_progress progress(void)
{
    return fob_app_progress(&fixture_app, fixture_interface);
}

/* The status word of what is done. */
static unsigned end(void)
{
    size_t len =
        fob_app_collect(&fixture_app, fixture_interface, fixture_reply);

    return len < 2
               ? 0
               : (unsigned)fixture_reply[len - 2] << 8 | fixture_reply[len - 1];
}

static void open_late(void)
{
    fixture_open();
    fixture_pass_ms(PRESENCE_FRESH_MS);
    (void)fixture_select();
    (void)fixture_ask(PUT_TOUCH);
}

static void test_wait(void)
{
    open_late();
    begin(CODE);
    tap_ok(progress() == FOB_TOUCH, "a code of a touch account waits");
    fixture_pass_ms(PRESENCE_WAIT_MS - 1);
    tap_ok(progress() == FOB_TOUCH, "for 15 seconds");
    fixture_pass_ms(1);
    tap_ok(progress() == FOB_DONE && end() == 0x6982, "and no longer");
    begin(CODE);
    fixture_press();
    tap_ok(progress() == FOB_DONE && end() == 0x9000, "a press gives it");
    begin(CODE);
    fixture_pass_ms(1000);
    tap_ok(progress() == FOB_TOUCH, "the next one wants another press");
    fob_app_cancel(&fixture_app, fixture_interface);
    tap_ok(progress() == FOB_DONE && end() == 0x6982, "a wait is cancelled");
}

static void test_held(void)
{
    open_late();
    sim_board.button = true;
    fixture_pass_ms(1000);
    begin(CODE);
    fixture_pass_ms(1000);
    fixture_pass_ms(1000);
    tap_ok(progress() == FOB_TOUCH, "a button held from before is no touch");
    sim_board.button = false;
    fixture_pass_ms(1);
    fixture_pass_ms(PRESENCE_SETTLE_MS);
    tap_ok(progress() == FOB_TOUCH, "nor is letting it go");
    sim_board.button = true;
    fixture_pass_ms(PRESENCE_SETTLE_MS - 1);
    fixture_pass_ms(PRESENCE_SETTLE_MS - 1);
    sim_board.button = false;
    fixture_pass_ms(1);
    fixture_pass_ms(PRESENCE_SETTLE_MS);
    tap_ok(progress() == FOB_TOUCH, "nor is a bounce");
    fixture_press();
    tap_ok(progress() == FOB_DONE && end() == 0x9000, "pressing it anew is");
}

static void test_early(void)
{
    open_late();
    fixture_press();
    begin(CODE);
    fixture_pass_ms(100);
    tap_ok(progress() == FOB_TOUCH, "a press before the request is no touch");
    fixture_press();
    (void)end();
    fixture_press();
    begin(CODE);
    fixture_pass_ms(100);
    tap_ok(progress() == FOB_TOUCH, "nor does one serve two requests");
    fob_app_cancel(&fixture_app, fixture_interface);
    (void)end();
}

static void test_faces(void)
{
    uint8_t other[] = {0, 0xa1, 0, 0};

    open_late();
    begin(CODE);
    tap_ok(fob_app_submit(&fixture_app, other_face(), other, sizeof(other)) ==
               FOB_E_BUSY,
           "the other interface waits its turn");
    fob_app_cancel(&fixture_app, other_face());
    tap_ok(progress() == FOB_TOUCH, "and cannot cancel for this one");
    fob_app_forget(&fixture_app, fixture_interface);
    tap_ok(
        progress() == FOB_IDLE &&
            fixture_run(other_face(), other, sizeof(other)) == 0x6d00,
        "an interface that forgets leaves the token free, and no session over");
}

/* A command that was handed over and forgotten before it ran. */
static void test_forgotten(void)
{
    open_late();
    free(command);
    command = exact_hex("0004dead", &command_len);
    if (fob_app_submit(&fixture_app, fixture_interface, command, command_len) !=
        FOB_OK)
        printf("# busy\n");
    fob_app_forget(&fixture_app, fixture_interface);
    fixture_pass_ms(1);
    fixture_press();
    (void)fixture_select();
    tap_ok(fixture_ask("00a10000") == 0x9000 && fixture_reply_len > 0,
           "a touch serves no command that was forgotten");
}

static void test_light(void)
{
    unsigned lit = 0;

    open_late();
    begin(CODE);
    for (int i = 0; i < 16; i++) {
        fixture_pass_ms(125);
        lit += sim_board.led;
    }
    tap_ok(lit == 8, "the LED blinks while it waits");
    fob_app_cancel(&fixture_app, fixture_interface);
    (void)end();
    fixture_pass_ms(1);
    tap_ok(!sim_board.led, "and is dark again");
}

/* Reset, access key, passphrase, boot loader. */
static void test_fresh(void)
{
    static const char *const commands[] = {
        "0004dead",
        "00030000 33 7311 21 00000000000000000000000000000000 7408 "
        "0000000000000000 7514 dab69ad98e28764f977ee2487e4f3f6873b2a297",
        "00f20000 28 9004 01020304 7320 00000000000000000000000000000000"
        "00000000000000000000000000000000",
        "00f70001",
    };

    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        fixture_open();
        (void)fixture_select();
        fixture_pass_ms(PRESENCE_FRESH_MS - 1);
        begin(commands[i]);
        while (progress() == FOB_WORKING)
            fob_app_poll(&fixture_app);
        tap_ok(progress() == FOB_DONE && end() == 0x9000,
               "%.8s is allowed right after power-up", commands[i]);
        fixture_open();
        (void)fixture_select();
        fixture_pass_ms(PRESENCE_FRESH_MS);
        begin(commands[i]);
        tap_ok(progress() == FOB_TOUCH, "and waits for a touch later");
        sim_board.is_warm = true;
        fixture_power();
        (void)fixture_select();
        begin(commands[i]);
        tap_ok(progress() == FOB_TOUCH, "also after a restart");
        sim_board.is_warm = false;
    }
}

static void test_leave(void)
{
    fixture_open();
    (void)fixture_select();
    tap_ok(fixture_ask("00f70001") == 0x9000 && sim_board.start == SIM_RUNNING,
           "the answer goes out before the boot loader starts");
    fixture_pass_ms(300);
    tap_ok(sim_board.start == SIM_BOOT_LOADER, "then it starts");
    sim_board.start = SIM_RUNNING;
    fixture_power();
    (void)fixture_select();
    (void)fixture_ask("00f70000");
    fixture_pass_ms(150);
    tap_ok(fixture_ask("00f00000") == 0x9000,
           "other commands are answered still");
    fixture_pass_ms(150);
    tap_ok(sim_board.start == SIM_REBOOT, "and do not put a restart off");
}

static void run(void)
{
    test_wait();
    test_held();
    test_early();
    test_faces();
    test_forgotten();
    test_light();
    test_fresh();
    test_leave();
}

int main(void)
{
    fixture_on_both_interfaces(run);
    free(command);
    return tap_done();
}
