/* SPDX-License-Identifier: MIT */
/* A token on the wire: the whole firmware but for a board's drivers, and a
 * host that speaks in hex to its two pipes. */
#ifndef FOB_TESTS_LIB_USB_TOKEN_H
#define FOB_TESTS_LIB_USB_TOKEN_H

#include "firmware/bus/bus.h"
#include "firmware/port/sim/board.h"
#include "tests/lib/channels.h"
#include "tests/lib/exact.h"
#include "tests/lib/usb_host.h"

enum { TOKEN_HID = 1, TOKEN_CCID = 2 };

static struct fob_bus token_bus;
static uint8_t token_flash[SIM_FLASH_LEN];

__attribute__((unused)) static bool token_turn(void)
{
    return fob_bus_turn(&token_bus);
}

/* The board is plugged in, with what its flash holds; random numbers repeat. */
__attribute__((unused)) static bool token_replug(void)
{
    memset(&sim_board, 0, sizeof(sim_board));
    memset(&wire, 0, sizeof(wire));
    channels_forget();
    sim_board.flash = token_flash;
    sim_board.seed = 1;
    host_turn = token_turn;
    fob_bus_init(&token_bus);
    return host_enumerate();
}

/* A new board. */
__attribute__((unused)) static bool token_plug_in(void)
{
    memset(token_flash, 0xff, sizeof(token_flash));
    return token_replug();
}

__attribute__((unused)) static void token_pass_ms(uint64_t ms)
{
    sim_board.clock_ms += ms;
    host_let_run();
}

/* Up, down, up again. */
__attribute__((unused)) static void token_press(void)
{
    for (int i = 0; i < 3; i++) {
        sim_board.button = i == 1;
        token_pass_ms(1);
        token_pass_ms(PRESENCE_SETTLE_MS);
    }
}

/* A report that begins so, the rest zeros. */
__attribute__((unused)) static void token_report(const char *hex)
{
    uint8_t report[FOB_USB_REPORT] = {0};
    size_t len;
    uint8_t *bytes = exact_hex(hex, &len);

    memcpy(report, bytes, len);
    free(bytes);
    channels_out(report);
    (void)host_out(TOKEN_HID, report, sizeof(report));
    host_let_run();
}

/* A message of any length on the CCID pipe. */
__attribute__((unused)) static void token_message(const char *hex)
{
    size_t len, at = 0;
    uint8_t *bytes = exact_hex(hex, &len);

    for (; at < len; at += FOB_USB_PACKET)
        (void)host_out(TOKEN_CCID, bytes + at,
                       len - at < FOB_USB_PACKET ? len - at : FOB_USB_PACKET);
    free(bytes);
    host_let_run();
}

/* Whether the next transfer of a pipe begins so; nothing, for "". */
__attribute__((unused)) static bool token_says(uint8_t endpoint,
                                               const char *hex)
{
    size_t len;
    uint8_t *wanted = exact_hex(hex, &len);
    enum wire_answer answer;
    bool good;

    answer = host_receive(endpoint, endpoint == TOKEN_HID ? FOB_USB_REPORT
                                                          : HOST_DATA_MAX);
    host_let_run();
    if (endpoint == TOKEN_HID && answer == WIRE_ACK &&
        host_len == FOB_USB_REPORT)
        channels_in(host_data);
    if (len == 0)
        good = answer == WIRE_NAK;
    else
        good = answer == WIRE_ACK && host_len >= len &&
               memcmp(host_data, wanted, len) == 0;
    for (size_t i = 0; !good && i < host_len; i++)
        printf("%s%02x%s", i == 0 ? "# " : "", host_data[i],
               i + 1 == host_len ? "\n" : "");
    free(wanted);
    return good;
}

#endif
