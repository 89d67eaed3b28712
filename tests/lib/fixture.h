/* SPDX-License-Identifier: MIT */
/* A token under test: APDUs in, a finger that is told when to
 * press, and time that passes on command. */
#ifndef FOB_TESTS_LIB_FIXTURE_H
#define FOB_TESTS_LIB_FIXTURE_H

#include "firmware/app/app.h"
#include "firmware/port/sim/board.h"
#include "tests/lib/exact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fob_app fixture_app;
static uint8_t fixture_flash[SIM_FLASH_LEN];
static uint8_t fixture_reply[FOB_APP_REPLY_MAX];
static size_t fixture_reply_len; /* without the status word */
static bool fixture_finger;      /* presses whenever the token waits for it */
static enum fob_interface fixture_interface =
    FOB_INTERFACE_HID; /* that fixture_ask asks on */

/* Power arrives; the flash stays as it is. */
__attribute__((unused)) static void fixture_power(void)
{
    sim_board.flash = fixture_flash;
    sim_board.clock_ms = 0;
    sim_board.button = false;
    memset(&fixture_app, 0xa5, sizeof(fixture_app));
    fob_app_init(&fixture_app);
}

/* A new board; random numbers repeat from run to run. */
__attribute__((unused)) static void fixture_open(void)
{
    memset(fixture_flash, 0xff, sizeof(fixture_flash));
    memset(&sim_board, 0, sizeof(sim_board));
    sim_board.seed = 1;
    fixture_power();
}

__attribute__((unused)) static void fixture_pass_ms(uint64_t ms)
{
    sim_board.clock_ms += ms;
    fob_app_poll(&fixture_app);
}

/* Up, down for a while, up again. */
__attribute__((unused)) static void fixture_press(void)
{
    sim_board.button = false;
    fixture_pass_ms(1);
    fixture_pass_ms(PRESENCE_SETTLE_MS);
    sim_board.button = true;
    fixture_pass_ms(1);
    fixture_pass_ms(PRESENCE_SETTLE_MS);
    sim_board.button = false;
    fixture_pass_ms(1);
}

/* Run a command to its end on one interface; the status word. */
__attribute__((unused)) static unsigned
fixture_run(enum fob_interface interface, const uint8_t *apdu, size_t len)
{
    size_t got;

    fixture_reply_len = 0;
    if (fob_app_submit(&fixture_app, interface, apdu, len) != FOB_OK)
        return 0;
    fob_app_poll(&fixture_app);
    while (fob_app_progress(&fixture_app, interface) != FOB_DONE) {
        if (fob_app_progress(&fixture_app, interface) == FOB_WORKING)
            fob_app_poll(&fixture_app);
        else if (fixture_finger)
            fixture_press();
        else
            fixture_pass_ms(1000);
    }
    got = fob_app_collect(&fixture_app, interface, fixture_reply);
    fixture_reply_len = got - 2;
    return (unsigned)fixture_reply[got - 2] << 8 | fixture_reply[got - 1];
}

/* The same for an APDU in hex. */
__attribute__((unused)) static unsigned fixture_ask(const char *hex)
{
    size_t len;
    uint8_t *apdu = exact_hex(hex, &len);
    unsigned sw = fixture_run(fixture_interface, apdu, len);

    free(apdu);
    return sw;
}

/* Run tests on one interface, then on the other. */
__attribute__((unused)) static void
fixture_on_both_interfaces(void (*tests)(void))
{
    static const char *const names[] = {"HID", "CCID"};

    for (fixture_interface = FOB_INTERFACE_HID;
         fixture_interface < FOB_INTERFACES; fixture_interface++) {
        printf("# over %s\n", names[fixture_interface]);
        tests();
    }
    fixture_interface = FOB_INTERFACE_HID;
}

/* Whether the last answer's data is this. */
__attribute__((unused)) static bool fixture_told(const char *hex)
{
    size_t len;
    uint8_t *wanted = exact_hex(hex, &len);
    bool same =
        len == fixture_reply_len && memcmp(wanted, fixture_reply, len) == 0;

    if (!same) {
        printf("# told ");
        for (size_t i = 0; i < fixture_reply_len; i++)
            printf("%02x", fixture_reply[i]);
        printf("\n");
    }
    free(wanted);
    return same;
}

__attribute__((unused)) static unsigned fixture_select(void)
{
    return fixture_ask("00a40400 07 a0000005272101");
}

#endif
