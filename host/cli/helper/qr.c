/* SPDX-License-Identifier: MIT */
#include "host/cli/helper/qr.h"

#include "host/base/child.h"
#include "host/base/path.h"
#include "host/cli/helper/picture.h"

#include <string.h>
#include <strings.h>

enum { DRAWING_MAX = 1 << 20, REPLY_MAX = 1 << 20, TIMEOUT_MS = 60 * 1000 };

/* fob-qr asks nothing of its environment. */
static const char *const no_environment[] = {NULL};

/* Run fob-qr with `words` after its name; words[0] is left for the name. */
static enum fob_status run_program(const char **words, const void *input,
                                   size_t input_len, size_t output_max,
                                   struct fob_secret *output, int *exit_status,
                                   struct fob_error *error)
{
    char program[FOB_PATH_MAX];
    struct fob_child child = {
        .argv = words,
        .envp = no_environment,
        .input = input,
        .input_len = input_len,
        .output_max = output_max,
        .timeout_ms = TIMEOUT_MS,
    };
    enum fob_status status = fob_path_program("fob-qr", program, error);

    if (status != FOB_OK)
        return status;
    words[0] = program;
    return fob_child_run(&child, output, exit_status, error);
}

static enum fob_status fail_unanswered(struct fob_error *error,
                                       const char *name)
{
    fob_error_set(error, FOB_E_FAILED, "fob-qr failed at %s", name);
    fob_error_hint(error, "try another picture, or install fob again");
    return FOB_E_FAILED;
}

static enum fob_status fail_refused(struct qr_codes *codes,
                                    enum fob_status status, const char *name,
                                    struct fob_error *error)
{
    const uint8_t *text;
    size_t len;

    if (!qr_next(codes, &text, &len))
        return fail_unanswered(error, name);
    return fob_error_set(error, status, "cannot read a QR code from %s: %.*s",
                         name, (int)len, (const char *)text);
}

enum fob_status qr_parse(struct qr_codes *codes, const char *name,
                         struct fob_error *error)
{
    uint8_t status;

    fob_reader_init(&codes->at, codes->reply.data, codes->reply.len);
    status = fob_get_u8(&codes->at);
    codes->count = fob_get_u16(&codes->at);
    codes->is_incomplete = fob_get_u8(&codes->at) != 0;
    if (codes->at.status != FOB_OK || codes->count == 0)
        return fail_unanswered(error, name);
    if (status != FOB_OK)
        return fail_refused(codes, (enum fob_status)status, name, error);
    return FOB_OK;
}

enum fob_status qr_decode(const struct fob_secret *picture, const char *name,
                          struct qr_codes *codes, struct fob_error *error)
{
    const char *words[] = {NULL, "decode", NULL};
    enum picture_kind kind = picture_kind_of(picture);
    int exit_status;
    enum fob_status status;

    if (kind != PICTURE_NONE && kind != PICTURE_READ)
        return picture_refuse(kind, name, error);
    status = run_program(words, picture->data, picture->len, REPLY_MAX,
                         &codes->reply, &exit_status, error);

    if (status == FOB_OK)
        status = exit_status == 0 ? qr_parse(codes, name, error)
                                  : fail_unanswered(error, name);
    if (status != FOB_OK)
        qr_free(codes);
    return status;
}

bool qr_next(struct qr_codes *codes, const uint8_t **text, size_t *len)
{
    if (codes->count == 0)
        return false;
    codes->count--;
    *len = fob_get_u32(&codes->at);
    *text = fob_get_bytes(&codes->at, *len);
    return *text != NULL;
}

void qr_free(struct qr_codes *codes)
{
    fob_secret_free(&codes->reply);
    *codes = (struct qr_codes){0};
}

enum fob_status qr_encode(const void *text, size_t len, enum qr_form form,
                          struct fob_secret *drawing, struct fob_error *error)
{
    const char *words[] = {NULL, "encode", form == QR_PNG ? "png" : "terminal",
                           form == QR_COLOUR_LINES ? "--ansi" : NULL, NULL};
    int exit_status;
    enum fob_status status = run_program(words, text, len, DRAWING_MAX, drawing,
                                         &exit_status, error);

    if (status == FOB_OK && exit_status != 0) {
        fob_secret_free(drawing);
        return fail_unanswered(error, "this account");
    }
    return status;
}

void qr_note_incomplete(struct ui *ui, const struct qr_codes *codes,
                        const char *name)
{
    if (codes->is_incomplete)
        ui_note(ui,
                "%s shows another QR code, which could not be read; cut the "
                "picture down to it",
                name);
}

bool qr_is_picture(const struct fob_secret *content)
{
    return picture_kind_of(content) != PICTURE_NONE;
}

bool qr_is_otpauth(const uint8_t *text, size_t len)
{
    static const char start[] = "otpauth";

    return len >= strlen(start) &&
           strncasecmp((const char *)text, start, strlen(start)) == 0;
}

bool qr_has_otpauth(struct qr_codes codes)
{
    const uint8_t *text;
    size_t len;

    while (qr_next(&codes, &text, &len))
        if (qr_is_otpauth(text, len))
            return true;
    return false;
}
