/* SPDX-License-Identifier: MIT */
#include "host/flash/picoboot.h"

#include "host/flash/boards.h"
#include "host/flash/layout.h"
#include "host/flash/little.h"

#include <string.h>

enum command_id {
    COMMAND_EXCLUSIVE = 0x01,
    COMMAND_REBOOT = 0x02,
    COMMAND_ERASE = 0x03,
    COMMAND_WRITE = 0x05,
    COMMAND_EXIT_XIP = 0x06,
    COMMAND_READ = 0x84,
};

enum { REQUEST_RESET = 0x41, REQUEST_STATUS = 0x42 };

enum {
    COMMAND_LEN = 32,
    AT_MAGIC = 0,
    AT_TOKEN = 4,
    AT_ID = 8,
    AT_ARGUMENTS_LEN = 9,
    AT_DATA_LEN = 12,
    AT_ARGUMENTS = 16,

    STATUS_LEN = 16,
    AT_STATUS = 4,

    EXCLUSIVE_AND_EJECT = 2, /* a desktop has mounted its mass storage */
    REBOOT_DELAY_MS = 100,   /* time for its acknowledgement to get out */
};

#define MAGIC UINT32_C(0x431fd10b)

/* One command.  At most one of data_out and data_in is set. */
struct picoboot_command {
    enum command_id id;
    const char *doing; /* for texts: "erase the flash" */
    uint8_t arguments[16];
    uint8_t arguments_len;
    const void *data_out;
    void *data_in;
    size_t data_len;
};

/* The ROM's name for what it did not like; 2.8.5.4. */
static const char *refusal_text(uint32_t status)
{
    static const char *const texts[] = {
        "it says no more",       "unknown command",
        "bad command length",    "bad transfer length",
        "bad address",           "bad alignment",
        "another write goes on", "it is about to restart",
        "unknown error",
    };

    return status < sizeof(texts) / sizeof(*texts) ? texts[status]
                                                   : "unknown status";
}

/* It stalled: ask why, and make it listen again. */
static enum fob_status word_refused(struct picoboot *board, const char *doing,
                                    struct fob_error *error)
{
    const struct usb *usb = board->usb;
    uint8_t status[STATUS_LEN] = {0};
    uint32_t why = 0;

    if (usb->ask(usb->context, REQUEST_STATUS, status, sizeof(status)) ==
        USB_OK)
        why = little_get_u32(status + AT_STATUS);
    return fob_error_set(error, FOB_E_IO, "the board refuses to %s: %s", doing,
                         refusal_text(why));
}

static enum fob_status word_fault(struct picoboot *board, enum usb_fault fault,
                                  const char *doing, struct fob_error *error)
{
    switch (fault) {
    case USB_OK:
        return FOB_OK;
    case USB_STALLED:
        return word_refused(board, doing, error);
    case USB_GONE:
        return fob_error_set(error, FOB_E_TOKEN_ABSENT,
                             "cannot %s: the board was unplugged", doing);
    case USB_SLOW:
        return fob_error_set(error, FOB_E_IO,
                             "cannot %s: the board does not answer", doing);
    default:
        return fob_error_set(error, FOB_E_IO, "cannot %s: USB failed", doing);
    }
}

static void encode_command(const struct picoboot_command *command,
                           uint32_t token, uint8_t bytes[COMMAND_LEN])
{
    memset(bytes, 0, COMMAND_LEN);
    little_put_u32(bytes + AT_MAGIC, MAGIC);
    little_put_u32(bytes + AT_TOKEN, token);
    bytes[AT_ID] = (uint8_t)command->id;
    bytes[AT_ARGUMENTS_LEN] = command->arguments_len;
    little_put_u32(bytes + AT_DATA_LEN, (uint32_t)command->data_len);
    memcpy(bytes + AT_ARGUMENTS, command->arguments, command->arguments_len);
}

/* Command, data, and an empty packet against the direction of the data. */
static enum usb_fault transfer_data(const struct usb *usb,
                                    const struct picoboot_command *command,
                                    uint32_t token)
{
    uint8_t bytes[COMMAND_LEN];
    enum usb_fault fault;

    encode_command(command, token, bytes);
    fault = usb->send(usb->context, bytes, sizeof(bytes));
    if (fault == USB_OK && command->data_out != NULL)
        fault = usb->send(usb->context, command->data_out, command->data_len);
    if (fault == USB_OK && command->data_in != NULL)
        fault = usb->receive(usb->context, command->data_in, command->data_len);
    if (fault != USB_OK)
        return fault;
    return command->data_in != NULL ? usb->send(usb->context, NULL, 0)
                                    : usb->receive(usb->context, NULL, 0);
}

static enum fob_status run_command(struct picoboot *board,
                                   const struct picoboot_command *command,
                                   struct fob_error *error)
{
    return word_fault(board, transfer_data(board->usb, command, ++board->token),
                      command->doing, error);
}

static void add_argument(struct picoboot_command *command, uint32_t value)
{
    little_put_u32(command->arguments + command->arguments_len, value);
    command->arguments_len = (uint8_t)(command->arguments_len + 4);
}

static void add_range(struct picoboot_command *command, uint32_t address,
                      size_t len)
{
    add_argument(command, address);
    add_argument(command, (uint32_t)len);
}

static enum fob_status word_open(enum usb_fault fault, const char *place,
                                 struct fob_error *error)
{
    switch (fault) {
    case USB_OK:
        return FOB_OK;
    case USB_DENIED:
        return boards_word_denied(place, error);
    case USB_BUSY:
        fob_error_set(error, FOB_E_BUSY, "another program uses the board at %s",
                      place);
        fob_error_hint(error, "end it, then run the command again");
        return FOB_E_BUSY;
    case USB_GONE:
        return fob_error_set(error, FOB_E_TOKEN_ABSENT,
                             "the board at %s was unplugged", place);
    default:
        return fob_error_set(error, FOB_E_IO, "cannot open the board at %s",
                             place);
    }
}

/* An interface reset ends a command that was cut off, and clears both stalls
 * on the board's side; then the flash leaves the mode it runs code in. */
static enum fob_status prepare_board(struct picoboot *board,
                                     struct fob_error *error)
{
    static const struct picoboot_command exclusive = {
        .id = COMMAND_EXCLUSIVE,
        .doing = "take the flash over",
        .arguments = {EXCLUSIVE_AND_EJECT},
        .arguments_len = 1,
    };
    static const struct picoboot_command exit_xip = {
        .id = COMMAND_EXIT_XIP,
        .doing = "make the flash ready",
    };
    const struct usb *usb = board->usb;
    enum usb_fault fault = usb->order(usb->context, REQUEST_RESET);
    enum fob_status status;

    if (fault == USB_OK)
        fault = usb->clear(usb->context);
    status = word_fault(board, fault, "reset the boot loader", error);
    if (status == FOB_OK)
        status = run_command(board, &exclusive, error);
    if (status == FOB_OK)
        status = run_command(board, &exit_xip, error);
    return status;
}

enum fob_status picoboot_open(struct picoboot *board, const struct usb *usb,
                              const char *place, struct fob_error *error)
{
    enum fob_status status =
        word_open(usb->open(usb->context, place), place, error);

    if (status != FOB_OK)
        return status;
    *board = (struct picoboot){.usb = usb};
    status = prepare_board(board, error);
    if (status != FOB_OK)
        picoboot_close(board);
    return status;
}

void picoboot_close(struct picoboot *board)
{
    board->usb->close(board->usb->context);
}

enum fob_status picoboot_erase(struct picoboot *board, uint32_t address,
                               size_t len, struct fob_error *error)
{
    struct picoboot_command command = {.id = COMMAND_ERASE,
                                       .doing = "erase the flash"};

    add_range(&command, address, len);
    return run_command(board, &command, error);
}

enum fob_status picoboot_write(struct picoboot *board, uint32_t address,
                               const void *data, size_t len,
                               struct fob_error *error)
{
    struct picoboot_command command = {
        .id = COMMAND_WRITE,
        .doing = "write the flash",
        .data_out = data,
        .data_len = len,
    };

    add_range(&command, address, len);
    return run_command(board, &command, error);
}

enum fob_status picoboot_read(struct picoboot *board, uint32_t address,
                              void *data, size_t len, struct fob_error *error)
{
    struct picoboot_command command = {
        .id = COMMAND_READ,
        .doing = "read the flash",
        .data_in = data,
        .data_len = len,
    };

    add_range(&command, address, len);
    return run_command(board, &command, error);
}

/* A program counter of 0 asks for an ordinary start. */
enum fob_status picoboot_reboot(struct picoboot *board, struct fob_error *error)
{
    struct picoboot_command command = {
        .id = COMMAND_REBOOT,
        .doing = "restart the board",
    };

    add_argument(&command, 0);
    add_argument(&command, LAYOUT_RAM_END);
    add_argument(&command, REBOOT_DELAY_MS);
    return run_command(board, &command, error);
}
