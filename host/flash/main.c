/* SPDX-License-Identifier: MIT */
/* fob-flash: writes the firmware on stdin to a board in its boot loader. */
#include "host/base/secret.h"
#include "host/base/text.h"
#include "host/flash/board_choice.h"
#include "host/flash/board_wait.h"
#include "host/flash/firmware.h"
#include "host/flash/libusb.h"
#include "host/flash/limits.h"
#include "host/flash/report.h"
#include "host/flash/sandbox.h"
#include "host/flash/update.h"

#include <string.h>
#include <unistd.h>

struct options {
    struct board_options board;
    bool force;
    uint64_t
        wait_s; /* for the board to enter its boot loader; 0: it is there */
};

static enum fob_status print_usage(struct fob_error *error)
{
    return fob_error_set(error, FOB_E_USAGE,
                         "usage: fob-flash [--force] [--serial SERIAL] "
                         "[--bus PLACE [--wait SECONDS]] <FILE");
}

static enum fob_status read_options(char **words, struct options *options,
                                    struct fob_error *error)
{
    for (words += *words != NULL; *words != NULL; words++) {
        if (strcmp(*words, "--force") == 0)
            options->force = true;
        else if (strcmp(*words, "--bus") == 0 && words[1] != NULL)
            options->board.place = *++words;
        else if (strcmp(*words, "--serial") == 0 && words[1] != NULL)
            options->board.serial = *++words;
        else if (strcmp(*words, "--wait") != 0 || words[1] == NULL ||
                 fob_text_number(*++words, BOARD_WAIT_MAX_S,
                                 &options->wait_s) != FOB_OK)
            return print_usage(error);
    }
    if (options->wait_s > 0 && options->board.place == NULL)
        return print_usage(error);
    return FOB_OK;
}

static enum fob_status read_firmware(struct firmware *firmware,
                                     struct fob_error *error)
{
    struct fob_secret file = {0};
    enum fob_status status =
        fob_secret_read(&file, STDIN_FILENO, FIRMWARE_FILE_MAX);

    if (status == FOB_E_TOO_LONG)
        fob_error_set(error, status, "the file is larger than firmware can be");
    else if (status != FOB_OK)
        fob_error_set(error, status, "the file cannot be read");
    else
        status = firmware_read(file.data, file.len, firmware, error);
    if (status != FOB_OK)
        fob_error_hint(error, "nothing was written: take the .uf2 or .bin "
                              "file that make firmware makes");
    fob_secret_free(&file);
    return status;
}

static void tell_progress(void *context, const char *step, size_t done,
                          size_t total)
{
    (void)context;
    report_progress(step, done, total);
}

static enum fob_status write_board(const struct usb *usb, const char *place,
                                   const struct firmware *firmware, bool force,
                                   struct fob_error *error)
{
    static const struct update_listener listener = {tell_progress, NULL};
    char serial[USB_SERIAL_MAX + 1], before[VERSION_MAX + 1];
    enum fob_status status =
        update_run(usb, place, firmware, force, &listener, before, error);

    report_fact("before", before);
    if (status != FOB_OK)
        return status;
    report_progress("restart", 0, 1);
    status = board_wait_firmware(usb, place, serial, error);
    if (status != FOB_OK)
        return status;
    report_fact("serial", serial);
    report_fact("version", firmware->version);
    return FOB_OK;
}

/* A token that runs is not ours to talk to: whoever started us has it enter
 * its boot loader, and starts us again to wait for that. */
static enum fob_status flash_board(const struct usb *usb,
                                   const struct options *options,
                                   const struct firmware *firmware,
                                   struct fob_error *error)
{
    struct board_choice choice;
    enum fob_status status;

    if (options->wait_s > 0) {
        report_progress("enter", 0, 1);
        status = board_wait_loader(usb, options->board.place,
                                   (int)options->wait_s, error);
        if (status != FOB_OK)
            return status;
    }
    status = board_choice_make(usb, &options->board, &choice, error);
    if (status != FOB_OK)
        return status;
    report_fact("place", choice.place);
    report_fact("file", firmware->version);
    report_fact("leave", choice.serial);
    if (choice.serial[0] != '\0')
        return FOB_OK;
    return write_board(usb, choice.place, firmware, options->force, error);
}

static enum fob_status run_options(char **words, struct fob_error *error)
{
    struct options options = {0};
    struct firmware firmware = {0};
    struct usb usb = {0};
    enum fob_status status = read_options(words, &options, error);

    if (status == FOB_OK)
        status = read_firmware(&firmware, error);
    if (status == FOB_OK && !options.force)
        status = update_check_file(&firmware, error);
    if (status == FOB_OK)
        status = flash_libusb_start(&usb, error);
    if (status == FOB_OK) {
        status = flash_board(&usb, &options, &firmware, error);
        flash_libusb_end(&usb);
    }
    firmware_free(&firmware);
    return status;
}

int main(int argc, char **argv)
{
    struct fob_error error = {0};
    enum fob_status status = flash_limits_set();

    (void)argc;
    if (status == FOB_OK)
        status = fob_secret_start();
    if (status == FOB_OK)
        status = fob_sandbox_enter(&flash_sandbox, &error);
    else
        fob_error_set(&error, status, "fob-flash cannot give up its rights");
    if (status == FOB_OK)
        status = run_options(argv, &error);
    if (status != FOB_OK)
        report_fault(&error);
    return fob_status_exit(status);
}
