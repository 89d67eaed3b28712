/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/cli/helper/qr.h"
#include "host/cli/parts/import_results.h"
#include "host/cli/ui/input.h"

#include <string.h>

enum { PASSWORD_FILE, FORCE };
enum { IMPORT_MAX = 64 << 20 };

static const struct command_option options[] = {
    [PASSWORD_FILE] = {"password-file", "FILE",
                       "holds the password of an encrypted export"},
    [FORCE] = {"force", NULL, "take secrets shorter than 80 bits"},
    {0},
};

/* The texts of all codes, a line each. */
static enum fob_status read_codes(const struct fob_secret *picture,
                                  const char *name, struct output *lines,
                                  struct fob_error *error)
{
    struct qr_codes codes = {0};
    enum fob_status status = qr_decode(picture, name, &codes, error);
    const uint8_t *text;
    size_t len;

    if (status != FOB_OK)
        return status;
    while (qr_next(&codes, &text, &len)) {
        output_put(lines, text, len);
        output_put_char(lines, '\n');
    }
    qr_free(&codes);
    return lines->status;
}

static enum fob_status put_bytes(struct command_call *call, const char *name,
                                 const struct fob_secret *content)
{
    if (content->len > IMPORT_MAX)
        return fob_error_set(&call->error, FOB_E_TOO_LONG,
                             "%s is longer than %d MiB", name,
                             IMPORT_MAX >> 20);
    fob_message_put(&call->request, FOB_TAG_DATA, content->data, content->len);
    return FOB_OK;
}

static enum fob_status put_file(struct command_call *call, const char *path)
{
    const char *name = strcmp(path, "-") == 0 ? "stdin" : path;
    struct fob_secret content = {0};
    struct output lines = {0};
    enum fob_status status =
        input_read(path, IMPORT_MAX, &content, &call->error);

    if (status == FOB_OK && qr_is_picture(&content) &&
        content.len > QR_PICTURE_MAX) {
        status = fob_error_set(&call->error, FOB_E_TOO_LONG,
                               "the picture %s is longer than %d MiB", name,
                               QR_PICTURE_MAX >> 20);
    } else if (status == FOB_OK && qr_is_picture(&content)) {
        status = read_codes(&content, name, &lines, &call->error);
        if (status == FOB_OK)
            status = put_bytes(call, name, &lines.data);
    } else if (status == FOB_OK) {
        status = put_bytes(call, name, &content);
    }
    output_free(&lines);
    fob_secret_free(&content);
    return status;
}

static const struct listing_column columns[] = {
    {"name", "NAME", FOB_TAG_NAME, LISTING_TEXT},
    {"result", "RESULT", FOB_TAG_RESULT, LISTING_TEXT},
    {0},
};

static enum fob_status run_import(struct command_call *call)
{
    enum fob_status status;

    call->password_file = call->option[PASSWORD_FILE];
    fob_message_start(&call->request, FOB_REQUEST_IMPORT);
    if (call->option[FORCE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    status = put_file(call, call->operand[0]);
    if (status == FOB_OK)
        status = agent_call_run(call);
    return status == FOB_OK ? import_results_put(call, columns, FOB_E_EXISTS)
                            : status;
}

const struct command command_import = {
    .name = "import",
    .synopsis = "[--password-file FILE] [--force] FILE",
    .summary = "take accounts over from another authenticator",
    .examples = "fob import aegis-export.json",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_import,
};
