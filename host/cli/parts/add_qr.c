/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/add_qr.h"

#include "host/cli/helper/qr.h"
#include "host/cli/ui/input.h"
#include "src/otpauth.h"

#include <stdio.h>
#include <string.h>

static bool begins_with(const void *text, size_t len, const char *start)
{
    return len >= strlen(start) && memcmp(text, start, strlen(start)) == 0;
}

/* What an error text may say of a code: issuer and label, never more. */
static void describe_code(const void *text, size_t len, char *words, size_t cap)
{
    struct fob_account account = {0};
    enum fob_status status = fob_otpauth_parse(text, len, &account);

    if (begins_with(text, len, "otpauth-migration:"))
        snprintf(words, cap, "an export of Google Authenticator");
    else if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        snprintf(words, cap, "a code that is no otpauth URI");
    else
        snprintf(words, cap, "%s%s%s", account.issuer,
                 account.issuer[0] ? ":" : "", account.label);
    fob_account_clear(&account);
}

/* As an error text has it. */
static const char *name_of(const char *path)
{
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

static enum fob_status refuse_several(struct command_call *call,
                                      struct qr_codes *codes, const char *path)
{
    char list[FOB_ERROR_TEXT_MAX + 1] = "";
    size_t count = codes->count;
    const uint8_t *text;
    size_t len;

    while (qr_next(codes, &text, &len)) {
        char words[FOB_ISSUER_MAX + FOB_LABEL_MAX + 2];
        size_t used = strlen(list);

        describe_code(text, len, words, sizeof(words));
        snprintf(list + used, sizeof(list) - used, "%s%s", used ? ", " : "",
                 words);
    }
    fob_error_set(&call->error, FOB_E_DUPLICATE, "%s holds %zu codes: %s",
                  name_of(path), count, list);
    fob_error_hint(&call->error,
                   "cut the picture down to one of them, or "
                   "take all: fob import %s",
                   path);
    return FOB_E_DUPLICATE;
}

static enum fob_status put_code(struct command_call *call,
                                struct qr_codes *codes, const char *path)
{
    const uint8_t *text;
    size_t len;

    if (codes->count > 1)
        return refuse_several(call, codes, path);
    if (!qr_next(codes, &text, &len))
        return fob_error_set(&call->error, FOB_E_FAILED, "fob-qr failed at %s",
                             name_of(path));
    if (begins_with(text, len, "otpauth-migration:")) {
        fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                      "%s is an export of Google Authenticator, which may "
                      "hold several accounts",
                      name_of(path));
        fob_error_hint(&call->error, "fob import %s", path);
        return FOB_E_UNSUPPORTED;
    }
    fob_message_put(&call->request, FOB_TAG_URI, text, len);
    return FOB_OK;
}

enum fob_status add_qr_put(struct command_call *call, const char *path)
{
    struct fob_secret picture = {0};
    struct qr_codes codes = {0};
    enum fob_status status =
        input_read(path, QR_PICTURE_MAX, &picture, &call->error);

    if (status == FOB_OK)
        status = qr_decode(&picture, name_of(path), &codes, &call->error);
    fob_secret_free(&picture);
    if (status == FOB_OK)
        status = put_code(call, &codes, path);
    qr_free(&codes);
    return status;
}
