/* SPDX-License-Identifier: MIT */
#include "host/import/apps/totp_value.h"

#include "host/import/json/json_view.h"
#include "src/base32.h"
#include "src/otpauth.h"

#include <string.h>

enum { NAME_CAP = FOB_LABEL_MAX + 64 }; /* with white space to be trimmed */

static const char blank[] = " \t\r\n";

bool totp_value_is_there(struct fob_span totp)
{
    return totp.len > 2 &&
           fob_span_trim((struct fob_span){totp.at + 1, totp.len - 2}, blank)
                   .len > 0;
}

static enum fob_status read_text(struct fob_span value, char *text, size_t cap)
{
    text[0] = '\0';
    return value.at != NULL ? fob_json_view_text(value, text, cap) : FOB_OK;
}

static enum fob_status read_names(const struct totp_value *value,
                                  struct import_sink *sink)
{
    char issuer[NAME_CAP], label[NAME_CAP];
    enum fob_status status = read_text(value->issuer, issuer, sizeof(issuer));
    enum fob_status other = read_text(value->label, label, sizeof(label));
    enum fob_status named = sink_name(sink, fob_span_of(issuer, sizeof(issuer)),
                                      fob_span_of(label, sizeof(label)));

    return status != FOB_OK ? status : other != FOB_OK ? other : named;
}

static bool has_scheme(struct fob_span text, const char *scheme)
{
    return fob_span_is(fob_span_cut(&text, ':'), scheme) && text.at != NULL;
}

static enum fob_status read_bare(struct fob_span text,
                                 const struct totp_value *value,
                                 struct import_sink *sink, const char **fault)
{
    struct fob_account *account = sink->account;
    enum fob_status status = read_names(value, sink);

    if (status != FOB_OK)
        return status;
    account->type = FOB_TOTP;
    account->hash = FOB_SHA1;
    account->digits = FOB_DIGITS_MIN;
    account->period_s = FOB_PERIOD_S_DEFAULT;
    status = fob_base32_decode_lenient(text.at, text.len, account->secret,
                                       sizeof(account->secret),
                                       &account->secret_len);
    if (status == FOB_E_SYNTAX)
        *fault = "its secret is neither a key URI nor base32";
    return status;
}

static enum fob_status read_uri(struct fob_span text,
                                const struct totp_value *value,
                                struct import_sink *sink)
{
    enum fob_status status =
        fob_otpauth_parse(text.at, text.len, sink->account);

    if (sink->account->label[0] == '\0')
        (void)!read_names(value, sink);
    return status;
}

static enum fob_status read_totp(struct fob_span text,
                                 const struct totp_value *value,
                                 struct import_sink *sink, const char **fault)
{
    if (has_scheme(text, "otpauth"))
        return read_uri(text, value, sink);
    if (!has_scheme(text, "steam"))
        return read_bare(text, value, sink, fault);
    (void)!read_names(value, sink);
    *fault = "it makes codes of Steam's kind";
    return FOB_E_UNSUPPORTED;
}

enum fob_status totp_value_put(const struct totp_value *value, size_t place,
                               struct import_sink *sink)
{
    struct fob_secret text = {0};
    const char *fault = NULL;
    enum fob_status status = fob_secret_alloc(&text, FOB_OTPAUTH_MAX);

    if (status == FOB_OK)
        status =
            fob_json_view_text(value->totp, (char *)text.data, text.cap + 1);
    if (status == FOB_OK)
        status = read_totp(
            fob_span_trim(fob_span_of((char *)text.data, text.cap), blank),
            value, sink, &fault);
    else
        (void)!read_names(value, sink);
    fob_secret_free(&text);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(sink->error);
    return sink_put(sink, place, status, fault);
}
