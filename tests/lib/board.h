/* SPDX-License-Identifier: MIT */
/*
 * A board in the boot loader of the RP2040's ROM, as its data sheet (2.8.5)
 * has it: PICOBOOT over flash that can only be cleared bit by bit until it is
 * erased.  It is told what a real one would be told over USB, and can be made
 * to fail.
 */
#ifndef FOB_TESTS_LIB_BOARD_H
#define FOB_TESTS_LIB_BOARD_H

#include "host/flash/boot2.h"
#include "host/flash/layout.h"
#include "host/flash/little.h"
#include "host/flash/usb.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BOARD_FLASH = 2 << 20, BOARD_AWAY_LOOKS = 3 };

enum board_state {
    BOARD_IDLE,
    BOARD_TAKES,     /* data of a WRITE */
    BOARD_GIVES,     /* data of a READ */
    BOARD_ACKS,      /* an empty packet to the host */
    BOARD_WANTS_ACK, /* an empty packet from it */
    BOARD_IS_STALLED,
};

enum board_error {
    BOARD_OK,
    BOARD_UNKNOWN_COMMAND,
    BOARD_BAD_LENGTH,
    BOARD_BAD_TRANSFER,
    BOARD_BAD_ADDRESS,
    BOARD_BAD_ALIGNMENT,
};

struct board {
    uint8_t *flash;
    enum board_state state;
    enum board_error error;
    uint32_t token;
    uint32_t address;
    size_t len;
    size_t moved;
    bool is_exclusive;
    bool is_out_of_xip;
    bool is_open;
    bool is_away; /* restarting */
    int looks_away;
    bool is_in_loader;
    uint8_t last_command[32];

    /* Faults. */
    size_t stuck_at; /* this byte of flash stays as it is; 0: none */
    int calls;       /* of USB so far */
    int fail_at;     /* this call fails, from 1 on; 0: none */
    enum usb_fault fail_with;
    bool is_unplugged; /* from that call on */
    bool is_denied;
    bool never_returns;
};

__attribute__((unused)) static void board_init(struct board *board)
{
    *board = (struct board){.is_in_loader = true};
    board->flash = malloc(BOARD_FLASH);
    if (!board->flash)
        abort();
    memset(board->flash, 0xff, BOARD_FLASH);
}

__attribute__((unused)) static void board_free(struct board *board)
{
    free(board->flash);
}

static enum usb_fault board_stall(struct board *board, enum board_error error)
{
    board->error = error;
    board->state = BOARD_IS_STALLED;
    return USB_STALLED;
}

/* --- commands -------------------------------------------------------------*/

static bool board_range_is_good(const struct board *board)
{
    return board->address >= LAYOUT_FLASH && board->len <= BOARD_FLASH &&
           board->address - LAYOUT_FLASH <= BOARD_FLASH - board->len;
}

static enum usb_fault board_erase(struct board *board)
{
    uint8_t stuck = board->flash[board->stuck_at];

    if (!board->is_out_of_xip || !board_range_is_good(board))
        return board_stall(board, BOARD_BAD_ADDRESS);
    if (board->address % LAYOUT_SECTOR || board->len % LAYOUT_SECTOR)
        return board_stall(board, BOARD_BAD_ALIGNMENT);
    memset(board->flash + (board->address - LAYOUT_FLASH), 0xff, board->len);
    if (board->stuck_at)
        board->flash[board->stuck_at] = stuck;
    board->state = BOARD_ACKS;
    return USB_OK;
}

static enum usb_fault board_transfer(struct board *board, uint32_t data_len,
                                     enum board_state state)
{
    if (!board->is_out_of_xip || !board_range_is_good(board))
        return board_stall(board, BOARD_BAD_ADDRESS);
    if (data_len != board->len)
        return board_stall(board, BOARD_BAD_TRANSFER);
    if (state == BOARD_TAKES &&
        (board->address % LAYOUT_PAGE || board->len % LAYOUT_PAGE))
        return board_stall(board, BOARD_BAD_ALIGNMENT);
    board->state = state;
    board->moved = 0;
    return USB_OK;
}

static enum usb_fault board_restart(struct board *board)
{
    board->state = BOARD_ACKS;
    board->is_away = true;
    board->looks_away = board->never_returns ? 1 << 30 : BOARD_AWAY_LOOKS;
    board->is_in_loader = !boot2_is_valid(board->flash);
    return USB_OK;
}

static enum usb_fault board_done(struct board *board)
{
    board->state = BOARD_ACKS;
    return USB_OK;
}

static enum usb_fault board_command(struct board *board, const uint8_t *bytes)
{
    static const struct {
        uint8_t id, arguments_len;
    } known[] = {{1, 1}, {2, 12}, {3, 8}, {5, 8}, {6, 0}, {0x84, 8}};
    uint32_t data_len = little_get_u32(bytes + 12);
    size_t i = 0;

    memcpy(board->last_command, bytes, sizeof board->last_command);
    board->token = little_get_u32(bytes + 4);
    board->address = little_get_u32(bytes + 16);
    board->len = little_get_u32(bytes + 20);
    while (i < sizeof known / sizeof *known && known[i].id != bytes[8])
        i++;
    if (i == sizeof known / sizeof *known)
        return board_stall(board, BOARD_UNKNOWN_COMMAND);
    if (known[i].arguments_len != bytes[9])
        return board_stall(board, BOARD_BAD_LENGTH);
    switch (bytes[8]) {
    case 0x02:
        return board_restart(board);
    case 0x03:
        return board_erase(board);
    case 0x05:
        return board_transfer(board, data_len, BOARD_TAKES);
    case 0x84:
        return board_transfer(board, data_len, BOARD_GIVES);
    default:
        board->is_exclusive |= bytes[8] == 1 && bytes[16] != 0;
        board->is_out_of_xip |= bytes[8] == 6;
        return board_done(board);
    }
}

/* --- packets --------------------------------------------------------------*/

static void board_program(struct board *board, const uint8_t *data, size_t len)
{
    size_t at = board->address - LAYOUT_FLASH + board->moved;

    for (size_t i = 0; i < len; i++)
        if (at + i != board->stuck_at || board->stuck_at == 0)
            board->flash[at + i] &= data[i];
}

/* A packet from the host. */
__attribute__((unused)) static enum usb_fault
board_out(struct board *board, const uint8_t *data, size_t len)
{
    switch (board->state) {
    case BOARD_IDLE:
        if (len != 32 || little_get_u32(data) != 0x431fd10b)
            return board_stall(board, BOARD_UNKNOWN_COMMAND);
        return board_command(board, data);
    case BOARD_TAKES:
        if (len == 0 || len > board->len - board->moved)
            return board_stall(board, BOARD_BAD_TRANSFER);
        board_program(board, data, len);
        board->moved += len;
        if (board->moved == board->len)
            board->state = BOARD_ACKS;
        return USB_OK;
    case BOARD_WANTS_ACK:
        if (len != 0)
            return board_stall(board, BOARD_BAD_TRANSFER);
        board->state = BOARD_IDLE;
        return USB_OK;
    default:
        return USB_STALLED;
    }
}

/* At most `cap` bytes to the host. */
__attribute__((unused)) static enum usb_fault
board_in(struct board *board, uint8_t *data, size_t cap, size_t *len)
{
    *len = 0;
    if (board->state == BOARD_ACKS) {
        board->state = BOARD_IDLE;
        return USB_OK;
    }
    if (board->state != BOARD_GIVES)
        return USB_STALLED;
    *len = board->len - board->moved < cap ? board->len - board->moved : cap;
    memcpy(data, board->flash + (board->address - LAYOUT_FLASH) + board->moved,
           *len);
    board->moved += *len;
    if (board->moved == board->len)
        board->state = BOARD_WANTS_ACK;
    return USB_OK;
}

__attribute__((unused)) static void board_reset(struct board *board)
{
    board->state = BOARD_IDLE;
    board->error = BOARD_OK;
    board->is_exclusive = false;
}

__attribute__((unused)) static void board_tell_status(const struct board *board,
                                                      uint8_t status[16])
{
    memset(status, 0, 16);
    little_put_u32(status, board->token);
    status[4] = (uint8_t)board->error;
    status[8] = board->last_command[8];
}

#endif
