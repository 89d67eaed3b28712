/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/add_qr.h"

#include "host/cli/helper/qr.h"
#include "host/cli/ui/input.h"
#include "src/otpauth.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The codes of one picture by what they are. */
struct finds {
    size_t seeds;
    size_t exports;
    size_t others;
    const uint8_t *seed; /* the last one, in the codes' reply */
    size_t seed_len;
    const uint8_t *other;
    size_t other_len;
};

static bool begins_with(const void *text, size_t len, const char *start)
{
    return len >= strlen(start) && strncasecmp(text, start, strlen(start)) == 0;
}

static bool is_export(const void *text, size_t len)
{
    return begins_with(text, len, "otpauth-migration:");
}

static struct finds sort_codes(struct qr_codes codes)
{
    struct finds finds = {0};
    const uint8_t *text;
    size_t len;

    while (qr_next(&codes, &text, &len)) {
        if (is_export(text, len)) {
            finds.exports++;
        } else if (qr_is_otpauth(text, len)) {
            finds.seeds++;
            finds.seed = text;
            finds.seed_len = len;
        } else {
            finds.others++;
            finds.other = text;
            finds.other_len = len;
        }
    }
    return finds;
}

/* What an error text may say of a code: issuer and label, never more. */
static void describe_code(const void *text, size_t len, char *words, size_t cap)
{
    struct fob_account account = {0};
    enum fob_status status = fob_otpauth_parse(text, len, &account);

    if (is_export(text, len))
        snprintf(words, cap, "an export of Google Authenticator");
    else if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        snprintf(words, cap, "an otpauth code that fob does not read");
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
                                      struct qr_codes codes, size_t count,
                                      const char *path)
{
    char list[FOB_ERROR_TEXT_MAX + 1] = "";
    const uint8_t *text;
    size_t len;

    while (qr_next(&codes, &text, &len)) {
        char words[FOB_ISSUER_MAX + FOB_LABEL_MAX + 2];
        size_t used = strlen(list);

        if (!qr_is_otpauth(text, len))
            continue;
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

static enum fob_status refuse_export(struct command_call *call,
                                     const char *path)
{
    fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                  "%s is an export of Google Authenticator, which may hold "
                  "several accounts",
                  name_of(path));
    fob_error_hint(&call->error, "fob import %s", path);
    return FOB_E_UNSUPPORTED;
}

/* Links to an app's store, to a page, to a wireless network. */
static enum fob_status refuse_others(struct command_call *call, size_t count,
                                     const char *path)
{
    if (count > 1)
        fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                      "%s holds %zu QR codes, and none has a seed",
                      name_of(path), count);
    else
        fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                      "the QR code in %s is no otpauth URI, and has no seed",
                      name_of(path));
    fob_error_advise(&call->error,
                     "take a picture of the page that shows the code for an "
                     "authenticator app");
    return FOB_E_UNSUPPORTED;
}

/* Whether the agent has words for what it is, as for a URI of that kind. */
static bool is_known(const struct finds *finds)
{
    const struct fob_span text = {(const char *)finds->other, finds->other_len};
    enum fob_otpauth_wrong kind = fob_otpauth_kind(text);

    return kind != FOB_OTPAUTH_OTHER && kind != FOB_OTPAUTH_EMPTY;
}

/* A seed's code is often shown beside that of an app's store. */
static enum fob_status put_code(struct command_call *call,
                                const struct qr_codes *codes, const char *path)
{
    struct finds finds = sort_codes(*codes);

    if (finds.seeds + finds.exports > 1)
        return refuse_several(call, *codes, finds.seeds + finds.exports, path);
    if (finds.exports == 1)
        return refuse_export(call, path);
    if (finds.seeds == 0 &&
        (finds.others > 1 || (finds.others == 1 && !is_known(&finds))))
        return refuse_others(call, finds.others, path);
    if (finds.seeds == 0 && finds.others == 0)
        return fob_error_set(&call->error, FOB_E_FAILED, "fob-qr failed at %s",
                             name_of(path));
    if (finds.seeds == 1)
        fob_message_put(&call->request, FOB_TAG_URI, finds.seed,
                        finds.seed_len);
    else
        fob_message_put(&call->request, FOB_TAG_URI, finds.other,
                        finds.other_len);
    return FOB_OK;
}

/* A text of URIs, as a file or from a clipboard, is no picture. */
static enum fob_status check_picture(struct command_call *call,
                                     const struct fob_secret *picture,
                                     const char *path)
{
    const struct fob_span text = {(const char *)picture->data, picture->len};
    enum fob_otpauth_wrong kind = fob_otpauth_kind(text);

    if (kind != FOB_OTPAUTH_RIGHT && kind != FOB_OTPAUTH_MIGRATION)
        return FOB_OK;
    fob_error_set(&call->error, FOB_E_UNSUPPORTED,
                  "%s is no picture, but a text that begins with a URI",
                  name_of(path));
    fob_error_hint(&call->error, "fob import %s", path);
    return FOB_E_UNSUPPORTED;
}

enum fob_status add_qr_put(struct command_call *call, const char *path)
{
    struct fob_secret picture = {0};
    struct qr_codes codes = {0};
    enum fob_status status =
        input_read(path, QR_PICTURE_MAX, &picture, &call->error);

    if (status == FOB_OK)
        status = check_picture(call, &picture, path);
    if (status == FOB_OK)
        status = qr_decode(&picture, name_of(path), &codes, &call->error);
    fob_secret_free(&picture);
    if (status == FOB_OK)
        status = put_code(call, &codes, path);
    if (status == FOB_OK)
        qr_note_incomplete(&call->ui, &codes, name_of(path));
    qr_free(&codes);
    return status;
}
