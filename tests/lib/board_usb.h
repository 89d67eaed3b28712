/* SPDX-License-Identifier: MIT */
/* The model of a board behind fob-flash's table of USB calls. */
#ifndef FOB_TESTS_LIB_BOARD_USB_H
#define FOB_TESTS_LIB_BOARD_USB_H

#include "tests/lib/board.h"

#define BOARD_PLACE "1-4.2"

/* Count a call, and make it fail when it is its turn. */
static enum usb_fault board_usb_call(struct board *board)
{
    board->calls++;
    if (board->is_unplugged)
        return USB_GONE;
    if (board->calls != board->fail_at)
        return USB_OK;
    board->is_unplugged = board->fail_with == USB_GONE;
    return board->fail_with;
}

static enum usb_fault board_usb_list(void *context, struct usb_device *devices,
                                     size_t *count)
{
    struct board *board = context;
    enum usb_fault fault = board_usb_call(board);
    bool is_there =
        !board->is_unplugged && (!board->is_away || board->looks_away-- <= 0);

    *count = 1;
    devices[0] = (struct usb_device){0x1d6b, 0x0002, "1-1"};
    if (fault != USB_OK && fault != USB_GONE)
        return fault;
    if (is_there && board->is_in_loader)
        devices[(*count)++] = (struct usb_device){0x2e8a, 3, BOARD_PLACE};
    else if (is_there)
        devices[(*count)++] = (struct usb_device){0x1209, 1, BOARD_PLACE};
    return USB_OK;
}

static enum usb_fault board_usb_serial(void *context, const char *place,
                                       char serial[USB_SERIAL_MAX + 1])
{
    struct board *board = context;
    enum usb_fault fault = board_usb_call(board);

    (void)place;
    if (fault == USB_OK)
        strcpy(serial, "0011223344556677");
    return fault;
}

static enum usb_fault board_usb_open(void *context, const char *place)
{
    struct board *board = context;
    enum usb_fault fault = board_usb_call(board);

    if (fault == USB_OK && board->is_denied)
        fault = USB_DENIED;
    if (fault == USB_OK && strcmp(place, BOARD_PLACE) != 0)
        fault = USB_GONE;
    board->is_open = fault == USB_OK;
    return fault;
}

static void board_usb_close(void *context)
{
    struct board *board = context;

    if (!board->is_open)
        abort();
    board->is_open = false;
}

static enum usb_fault board_usb_order(void *context, uint8_t request)
{
    enum usb_fault fault = board_usb_call(context);

    if (fault == USB_OK && request != 0x41)
        return USB_STALLED;
    if (fault == USB_OK)
        board_reset(context);
    return fault;
}

static enum usb_fault board_usb_ask(void *context, uint8_t request, void *data,
                                    size_t len)
{
    enum usb_fault fault = board_usb_call(context);

    if (fault == USB_OK && (request != 0x42 || len != 16))
        return USB_STALLED;
    if (fault == USB_OK)
        board_tell_status(context, data);
    return fault;
}

static enum usb_fault board_usb_send(void *context, const void *data,
                                     size_t len)
{
    enum usb_fault fault = board_usb_call(context);

    return fault == USB_OK ? board_out(context, data, len) : fault;
}

static enum usb_fault board_usb_receive(void *context, void *data, size_t len)
{
    enum usb_fault fault = board_usb_call(context);
    size_t got = 0;

    if (fault == USB_OK)
        fault = board_in(context, data, len, &got);
    return fault == USB_OK && got != len ? USB_FAILED : fault;
}

static enum usb_fault board_usb_clear(void *context)
{
    return board_usb_call(context);
}

static void board_usb_pause(void *context, int ms)
{
    (void)context;
    (void)ms;
}

__attribute__((unused)) static struct usb board_usb(struct board *board)
{
    return (struct usb){
        .context = board,
        .list = board_usb_list,
        .read_serial = board_usb_serial,
        .open = board_usb_open,
        .close = board_usb_close,
        .order = board_usb_order,
        .ask = board_usb_ask,
        .send = board_usb_send,
        .receive = board_usb_receive,
        .clear = board_usb_clear,
        .pause = board_usb_pause,
    };
}

#endif
