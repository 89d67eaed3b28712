/* SPDX-License-Identifier: MIT */
/* A token on the desk of a test: APDUs in, a finger that is told when to
 * press, and time that passes on command. */
#ifndef FOB_TESTS_LIB_FIXTURE_H
#define FOB_TESTS_LIB_FIXTURE_H

#include "firmware/app/app.h"
#include "firmware/port/sim/board.h"
#include "tests/lib/exact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fob_app desk_app;
static uint8_t desk_flash[SIM_FLASH_LEN];
static uint8_t desk_reply[FOB_APP_REPLY_MAX];
static size_t desk_reply_len; /* without the status word */
static bool desk_finger;      /* presses whenever the token waits for it */
static enum fob_interface desk_face =
    FOB_INTERFACE_HID; /* that desk_ask asks on */

/* Power arrives; the flash stays as it is. */
__attribute__((unused)) static void desk_power(void)
{
    sim_board.flash = desk_flash;
    sim_board.clock_ms = 0;
    sim_board.button = false;
    memset(&desk_app, 0xa5, sizeof(desk_app));
    fob_app_init(&desk_app);
}

/* A new board; random numbers repeat from run to run. */
__attribute__((unused)) static void desk_open(void)
{
    memset(desk_flash, 0xff, sizeof(desk_flash));
    memset(&sim_board, 0, sizeof(sim_board));
    sim_board.seed = 1;
    desk_power();
}

__attribute__((unused)) static void desk_pass_ms(uint64_t ms)
{
    sim_board.clock_ms += ms;
    fob_app_poll(&desk_app);
}

/* Up, down for a while, up again. */
__attribute__((unused)) static void desk_press(void)
{
    sim_board.button = false;
    desk_pass_ms(1);
    desk_pass_ms(PRESENCE_SETTLE_MS);
    sim_board.button = true;
    desk_pass_ms(1);
    desk_pass_ms(PRESENCE_SETTLE_MS);
    sim_board.button = false;
    desk_pass_ms(1);
}

/* Run a command to its end on one interface; the status word. */
__attribute__((unused)) static unsigned
desk_run(enum fob_interface face, const uint8_t *apdu, size_t len)
{
    size_t got;

    desk_reply_len = 0;
    if (fob_app_submit(&desk_app, face, apdu, len) != FOB_OK)
        return 0;
    fob_app_poll(&desk_app);
    while (fob_app_progress(&desk_app, face) != FOB_DONE) {
        if (fob_app_progress(&desk_app, face) == FOB_WORKING)
            fob_app_poll(&desk_app);
        else if (desk_finger)
            desk_press();
        else
            desk_pass_ms(1000);
    }
    got = fob_app_collect(&desk_app, face, desk_reply);
    desk_reply_len = got - 2;
    return (unsigned)desk_reply[got - 2] << 8 | desk_reply[got - 1];
}

/* The same for an APDU in hex. */
__attribute__((unused)) static unsigned desk_ask(const char *hex)
{
    size_t len;
    uint8_t *apdu = exact_hex(hex, &len);
    unsigned sw = desk_run(desk_face, apdu, len);

    free(apdu);
    return sw;
}

/* Run tests on one interface, then on the other. */
__attribute__((unused)) static void desk_on_both_faces(void (*tests)(void))
{
    static const char *const names[] = {"HID", "CCID"};

    for (desk_face = FOB_INTERFACE_HID; desk_face < FOB_INTERFACES;
         desk_face++) {
        printf("# over %s\n", names[desk_face]);
        tests();
    }
    desk_face = FOB_INTERFACE_HID;
}

/* Whether the last answer's data is this. */
__attribute__((unused)) static bool desk_told(const char *hex)
{
    size_t len;
    uint8_t *wanted = exact_hex(hex, &len);
    bool same = len == desk_reply_len && memcmp(wanted, desk_reply, len) == 0;

    if (!same) {
        printf("# told ");
        for (size_t i = 0; i < desk_reply_len; i++)
            printf("%02x", desk_reply[i]);
        printf("\n");
    }
    free(wanted);
    return same;
}

__attribute__((unused)) static unsigned desk_select(void)
{
    return desk_ask("00a40400 07 a0000005272101");
}

#endif
