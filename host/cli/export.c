/* SPDX-License-Identifier: MIT */
#include "host/base/file.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/proof.h"
#include "host/cli/helper/qr.h"
#include "host/cli/ui/terminal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QR, PNG, URI, KEY_FILE };

static const struct command_option options[] = {
    [QR] = {"qr", NULL, "draw the QR code in the terminal"},
    [PNG] = {"png", "FILE", "with --qr: write a PNG instead; - is stdout"},
    [URI] = {"uri", NULL, "print the otpauth URI"},
    [KEY_FILE] = {"key-file", "FILE",
                  "prove by this key file that it is yours"},
    {0},
};

static enum fob_status check_options(struct command_call *call)
{
    if ((call->option[QR] == NULL) == (call->option[URI] == NULL))
        return command_usage(call, "one of --qr and --uri is needed");
    if (call->option[PNG] != NULL && call->option[QR] == NULL)
        return command_usage(call, "--png goes with --qr");
    return FOB_OK;
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

static enum fob_status write_png(struct command_call *call, const char *path,
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
            "%u and %u: make it larger, or run: fob export --qr --png FILE "
            "NAME",
            rows, 2 * (rows - 1), (unsigned)size.ws_row, (unsigned)size.ws_col);
}

static enum fob_status put_drawing(struct command_call *call,
                                   const struct fob_field *uri)
{
    const char *path = call->option[PNG];
    enum qr_form form = path != NULL   ? QR_PNG
                        : may_colour() ? QR_COLOUR_LINES
                                       : QR_LINES;
    struct fob_secret drawing = {0};
    enum fob_status status =
        qr_encode(uri->data, uri->len, form, &drawing, &call->error);

    if (status == FOB_OK && path != NULL)
        status = write_png(call, path, &drawing);
    else if (status == FOB_OK) {
        output_put(&call->output, drawing.data, drawing.len);
        status =
            output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);
        output_free(&call->output);
        if (status == FOB_OK)
            note_size(call, &drawing);
    }
    fob_secret_free(&drawing);
    return status;
}

static void put_uri(struct command_call *call, const struct fob_field *uri)
{
    static const struct listing_column members[] = {
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {"uri", NULL, FOB_TAG_URI, LISTING_TEXT},
        {0},
    };

    if (call->ui.is_json) {
        listing_put_one(call, members);
        return;
    }
    output_put(&call->output, uri->data, uri->len);
    output_put_char(&call->output, '\n');
}

static enum fob_status run_export(struct command_call *call)
{
    enum fob_status status = check_options(call);
    struct fob_field uri;

    if (status != FOB_OK)
        return status;
    fob_message_start(&call->request, FOB_REQUEST_EXPORT);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[0]);
    status = proof_put_file(call, FOB_TAG_PROOF, call->option[KEY_FILE]);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    if (!fob_message_find(&call->reply, FOB_TAG_URI, &uri))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the URI");
    if (call->option[QR] != NULL)
        return put_drawing(call, &uri);
    put_uri(call, &uri);
    return FOB_OK;
}

const struct command command_export = {
    .name = "export",
    .synopsis = "(--uri | --qr [--png FILE]) [--key-file FILE] NAME",
    .summary = "give a seed to another authenticator",
    .examples = "fob export --qr github\n"
                "fob export --uri github >github.txt",
    .options = options,
    .operand = COMMAND_ACCOUNT,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_export,
};
