/* SPDX-License-Identifier: MIT */
#include "host/flash/update.h"

#include "host/base/version.h"
#include "host/flash/boot2.h"
#include "host/flash/layout.h"
#include "host/flash/picoboot.h"

#include <string.h>

enum { LOOK_FOR_VERSION = 64 * 1024 }; /* firmware is smaller than that */

struct update {
    struct picoboot board;
    const uint8_t *image;
    size_t len;
    const struct update_listener *listener;
    struct fob_error *error;
};

/* A piece of the image, of one sector at most. */
struct flash_piece {
    size_t at;
    size_t len;
};

static size_t count_sectors(const struct update *update)
{
    return (update->len + LAYOUT_SECTOR - 1) / LAYOUT_SECTOR;
}

/* Sector `number` as far as the image goes, without the first page. */
static struct flash_piece piece_of(const struct update *update, size_t number)
{
    struct flash_piece piece = {number * LAYOUT_SECTOR, LAYOUT_SECTOR};

    if (piece.len > update->len - piece.at)
        piece.len = update->len - piece.at;
    if (number == 0) {
        piece.at += LAYOUT_PAGE;
        piece.len -= LAYOUT_PAGE;
    }
    return piece;
}

/* The version on the board, unless its ROM would not run it. */
static enum fob_status read_version(struct update *update,
                                    char version[VERSION_MAX + 1])
{
    struct fob_secret old = {0};
    enum fob_status status = fob_secret_alloc(&old, LOOK_FOR_VERSION);

    version[0] = '\0';
    if (status != FOB_OK)
        return fob_error_no_memory(update->error);
    status = picoboot_read(&update->board, LAYOUT_FLASH, old.data,
                           LOOK_FOR_VERSION, update->error);
    if (status == FOB_OK && boot2_is_valid(old.data))
        version_find(old.data, LOOK_FOR_VERSION, version);
    fob_secret_free(&old);
    return status;
}

enum fob_status update_check_file(const struct firmware *firmware,
                                  struct fob_error *error)
{
    if (firmware->version[0] != '\0')
        return FOB_OK;
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "the file is firmware for the RP2040, but not a token's");
    fob_error_hint(error, "write it all the same with --force");
    return FOB_E_UNSUPPORTED;
}

static enum fob_status check_version(const char *version, const char *before,
                                     struct fob_error *error)
{
    if (!fob_version_is_before(version, before))
        return FOB_OK;
    fob_error_set(error, FOB_E_USAGE,
                  "the board has version %s, the file the older %s", before,
                  version);
    fob_error_hint(error, "write it all the same with --force");
    return FOB_E_USAGE;
}

static void tell_progress(const struct update *update, const char *step,
                          size_t done)
{
    update->listener->progress(update->listener->context, step, done,
                               count_sectors(update));
}

static enum fob_status erase_sector(struct update *update, size_t number)
{
    return picoboot_erase(&update->board,
                          (uint32_t)(LAYOUT_FLASH + number * LAYOUT_SECTOR),
                          LAYOUT_SECTOR, update->error);
}

static enum fob_status write_piece(struct update *update,
                                   struct flash_piece piece)
{
    return picoboot_write(&update->board, (uint32_t)(LAYOUT_FLASH + piece.at),
                          update->image + piece.at, piece.len, update->error);
}

static enum fob_status check_piece(struct update *update,
                                   struct flash_piece piece)
{
    uint8_t written[LAYOUT_SECTOR];
    enum fob_status status =
        picoboot_read(&update->board, (uint32_t)(LAYOUT_FLASH + piece.at),
                      written, piece.len, update->error);

    if (status == FOB_OK &&
        memcmp(written, update->image + piece.at, piece.len) != 0)
        status = fob_error_set(update->error, FOB_E_IO,
                               "the flash does not keep what is written to "
                               "it, at byte %zu and after",
                               piece.at);
    return status;
}

static enum fob_status write_sector(struct update *update, size_t number)
{
    return write_piece(update, piece_of(update, number));
}

static enum fob_status check_sector(struct update *update, size_t number)
{
    return check_piece(update, piece_of(update, number));
}

static enum fob_status each_sector(struct update *update, const char *step,
                                   enum fob_status (*work)(struct update *,
                                                           size_t))
{
    enum fob_status status = FOB_OK;

    tell_progress(update, step, 0);
    for (size_t i = 0; status == FOB_OK && i < count_sectors(update); i++) {
        status = work(update, i);
        if (status == FOB_OK)
            tell_progress(update, step, i + 1);
    }
    return status;
}

static enum fob_status replace_firmware(struct update *update)
{
    static const struct flash_piece first_page = {0, LAYOUT_PAGE};
    enum fob_status status = each_sector(update, "erase", erase_sector);

    if (status == FOB_OK)
        status = each_sector(update, "write", write_sector);
    if (status == FOB_OK)
        status = each_sector(update, "check", check_sector);
    if (status == FOB_OK)
        status = write_piece(update, first_page);
    if (status == FOB_OK)
        status = check_piece(update, first_page);
    return status;
}

/* A board that is gone already is what was asked for. */
static enum fob_status restart_board(struct update *update)
{
    enum fob_status status = picoboot_reboot(&update->board, update->error);

    if (status != FOB_E_TOKEN_ABSENT)
        return status;
    fob_error_clear(update->error);
    return FOB_OK;
}

static void hint_recovery(struct fob_error *error)
{
    if (error->hint[0] == '\0')
        fob_error_hint(error, "the boot loader cannot be lost: hold BOOTSEL "
                              "while plugging the board in, then run the "
                              "command again");
}

enum fob_status update_run(const struct usb *usb, const char *place,
                           const struct firmware *firmware, bool force,
                           const struct update_listener *listener,
                           char before[VERSION_MAX + 1],
                           struct fob_error *error)
{
    struct update update = {
        .image = firmware->image.data,
        .len = firmware->image.len,
        .listener = listener,
        .error = error,
    };
    enum fob_status status = picoboot_open(&update.board, usb, place, error);

    before[0] = '\0';
    if (status == FOB_OK) {
        status = read_version(&update, before);
        if (status == FOB_OK && !force)
            status = check_version(firmware->version, before, error);
        if (status == FOB_OK)
            status = replace_firmware(&update);
        if (status == FOB_OK)
            status = restart_board(&update);
        picoboot_close(&update.board);
    }
    if (status != FOB_OK)
        hint_recovery(error);
    return status;
}
