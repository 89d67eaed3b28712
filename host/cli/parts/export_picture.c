/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/export_picture.h"

#include "host/base/file.h"
#include "host/base/file_new.h"
#include "host/cli/helper/qr.h"
#include "host/cli/ui/terminal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    QUIET = 8,     /* modules around a code, both sides together */
    KEPT_ROWS = 2, /* for what is said before and after it */
};

size_t export_picture_room(void)
{
    /* Bytes in a code of level M of each version, from 1: ISO/IEC 18004,
     * table 7. */
    static const uint16_t bytes[] = {
        14,  26,   42,   62,   84,   106,
        122, 152,  180,  213,  251,  287,
        331, 362,  412,  450,  504,  560,
        624, 666,  711,  779,  857,  911,
        997, 1059, 1125, 1190, 1264, EXPORT_PICTURE_URI_MAX};
    enum { VERSIONS = sizeof(bytes) / sizeof(*bytes) };
    struct winsize size = {0};
    int side, version;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        return EXPORT_PICTURE_URI_MAX;
    side = 2 * (size.ws_row - KEPT_ROWS);
    if (side > size.ws_col)
        side = size.ws_col;
    version = (side - QUIET - 17) / 4;
    if (version > VERSIONS)
        version = VERSIONS;
    return version < 1 ? bytes[0] : bytes[version - 1];
}

static bool may_colour(void)
{
    return isatty(STDOUT_FILENO) && !terminal_is_plain();
}

/* A code that is not all there to see cannot be scanned. */
static void note_size(struct command_call *call,
                      const struct fob_secret *drawing)
{
    struct winsize size = {0};
    unsigned rows = 1; /* the shell's prompt comes below */

    for (size_t i = 0; i < drawing->len; i++)
        rows += drawing->data[i] == '\n';
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
        (size.ws_row >= rows && size.ws_col >= 2 * (rows - 1)))
        return;
    ui_note(&call->ui,
            "The QR code takes %u rows and %u columns, and this terminal has "
            "%u and %u: make it larger, or %s",
            rows, 2 * (rows - 1), (unsigned)size.ws_row, (unsigned)size.ws_col,
            call->request.type == FOB_REQUEST_EXPORT
                ? "run: fob export --qr --png FILE NAME"
                : "run it again with --png FILE");
}

enum fob_status export_picture_draw(struct command_call *call,
                                    const struct fob_field *uri)
{
    struct fob_secret drawing = {0};
    enum fob_status status = qr_encode(
        uri->data, uri->len, may_colour() ? QR_COLOUR_LINES : QR_LINES,
        &drawing, &call->error);

    if (status != FOB_OK)
        return status;
    output_put(&call->output, drawing.data, drawing.len);
    status = output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);
    output_free(&call->output);
    if (status == FOB_OK)
        note_size(call, &drawing);
    fob_secret_free(&drawing);
    return status;
}

/* A device or a pipe cannot be replaced by a file: it is written to. */
static bool is_special(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

static enum fob_status write_special(struct command_call *call,
                                     const char *path,
                                     const struct fob_secret *png)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    enum fob_status status = FOB_E_IO;

    if (fd >= 0)
        status = fob_file_write_all(fd, png->data, png->len);
    if (status != FOB_OK)
        fob_error_errno(&call->error, FOB_E_IO, "cannot write %s", path);
    if (fd >= 0)
        close(fd);
    return status;
}

static enum fob_status replace_file(struct command_call *call, const char *path,
                                    const struct fob_secret *png)
{
    const struct fob_file_options private_file = {.mode = 0600};

    if (strcmp(path, "-") == 0) {
        output_put(&call->output, png->data, png->len);
        return FOB_OK;
    }
    if (is_special(path))
        return write_special(call, path, png);
    return fob_file_replace(path, png->data, png->len, &private_file,
                            &call->error);
}

enum fob_status export_picture_replace(struct command_call *call,
                                       const char *path,
                                       const struct fob_field *uri)
{
    struct fob_secret png = {0};
    enum fob_status status =
        qr_encode(uri->data, uri->len, QR_PNG, &png, &call->error);

    if (status == FOB_OK)
        status = replace_file(call, path, &png);
    fob_secret_free(&png);
    return status;
}

enum fob_status export_picture_make(struct command_call *call, const char *path,
                                    const struct fob_field *uri)
{
    struct fob_secret png = {0};
    struct fob_file_new file = {0};
    enum fob_status status =
        qr_encode(uri->data, uri->len, QR_PNG, &png, &call->error);

    if (status == FOB_OK)
        status =
            fob_file_new_write(&file, path, png.data, png.len, &call->error);
    if (status == FOB_OK)
        status = fob_file_new_place(&file, &call->error);
    fob_file_new_end(&file);
    fob_secret_free(&png);
    return status;
}
