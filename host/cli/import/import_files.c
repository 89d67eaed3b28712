/* SPDX-License-Identifier: MIT */
#include "host/cli/import/import_files.h"

#include "host/base/text.h"
#include "host/cli/helper/qr.h"
#include "host/cli/ui/input.h"

#include <errno.h>
#include <string.h>

enum {
    FILES_MAX_BYTES = 64 << 20, /* of all of them */
    PROGRESS_MAX = 200,
};

static bool is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* One code a line, so that a line's number is the code's. */
static void put_line(struct output *lines, const uint8_t *text, size_t len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    for (size_t i = 0; i < len; i++)
        output_put_char(lines, text[i] == '\n' ? ' ' : (char)text[i]);
    output_put_char(lines, '\n');
}

static enum fob_status read_codes(struct command_call *call, const char *name,
                                  const struct fob_secret *picture,
                                  struct output *lines)
{
    struct qr_codes codes = {0};
    enum fob_status status;
    const uint8_t *text;
    size_t len;
    bool has_seeds;

    if (picture->len > QR_PICTURE_MAX)
        return fob_error_set(&call->error, FOB_E_TOO_LONG,
                             "the picture %s is longer than %d MiB", name,
                             QR_PICTURE_MAX >> 20);
    status = qr_decode(picture, name, &codes, &call->error);
    if (status != FOB_OK)
        return status;
    qr_note_incomplete(&call->ui, &codes, name);
    has_seeds = qr_has_otpauth(codes);
    while (
        qr_next(&codes, &text, &len)) /* a store's is left out, its line not */
        put_line(lines, text, has_seeds && !qr_is_otpauth(text, len) ? 0 : len);
    qr_free(&codes);
    if (lines->status != FOB_OK)
        return fob_error_no_memory(&call->error);
    return FOB_OK;
}

static enum fob_status put_data(struct command_call *call, const char *name,
                                const struct fob_secret *content,
                                bool is_picture)
{
    struct fob_message *request = &call->request;

    if (request->fields.len + content->len > FILES_MAX_BYTES)
        return fob_error_set(&call->error, FOB_E_TOO_LONG,
                             call->operand_count == 1
                                 ? "%s is longer than %d MiB"
                                 : "with %s the files have more than %d MiB: "
                                   "import them one after the other",
                             name, FILES_MAX_BYTES >> 20);
    fob_message_put_text(request, FOB_TAG_FILE_NAME, name);
    if (is_picture)
        fob_message_put_text(request, FOB_TAG_TYPE, "picture");
    fob_message_put(request, FOB_TAG_DATA, content->data, content->len);
    return FOB_OK;
}

static enum fob_status put_content(struct command_call *call, const char *name,
                                   const struct fob_secret *content)
{
    struct output lines = {0};
    enum fob_status status;

    if (content->len == 0)
        return fob_error_set(&call->error, FOB_E_SYNTAX, "%s is empty", name);
    if (!qr_is_picture(content))
        return put_data(call, name, content, false);
    status = read_codes(call, name, content, &lines);
    if (status == FOB_OK)
        status = put_data(call, name, &lines.data, true);
    output_free(&lines);
    return status;
}

static enum fob_status put_file(struct command_call *call, const char *path)
{
    struct fob_secret content = {0};
    enum fob_status status;

    errno = 0;
    status = input_read(path, FILES_MAX_BYTES, &content, &call->error);
    if (status == FOB_E_IO && errno == EISDIR)
        fob_error_advise(&call->error, "name the files in it");
    if (status == FOB_OK)
        status = put_content(call, is_stdin(path) ? "stdin" : path, &content);
    fob_secret_free(&content);
    return status;
}

/* A picture may take a second. */
static void tell_progress(struct command_call *call, int i)
{
    char text[PROGRESS_MAX];

    if (call->operand_count > 1 &&
        fob_text_format(text, sizeof(text), "reading file %d of %d", i + 1,
                        call->operand_count) == FOB_OK)
        ui_progress(&call->ui, text);
}

enum fob_status import_files_put(struct command_call *call)
{
    enum fob_status status = FOB_OK;
    int stdins = 0;

    for (int i = 0; i < call->operand_count; i++)
        stdins += is_stdin(call->operand[i]);
    if (stdins > 1)
        return command_usage(call, "stdin can be read once only");
    for (int i = 0; status == FOB_OK && i < call->operand_count; i++) {
        tell_progress(call, i);
        status = put_file(call, call->operand[i]);
    }
    ui_progress_end(&call->ui);
    return status;
}
