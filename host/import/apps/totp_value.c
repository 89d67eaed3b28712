/* SPDX-License-Identifier: MIT */
#include "host/import/apps/totp_value.h"

#include "host/import/entry/json_names.h"
#include "host/import/json/json_view.h"
#include "host/import/sink/otpauth_words.h"

#include <string.h>

static const char blank[] = " \t\r\n";

bool totp_value_is_there(struct fob_span totp)
{
    if (!fob_json_view_is_string(totp))
        return totp.at != NULL;
    return fob_span_trim((struct fob_span){totp.at + 1, totp.len - 2}, blank)
               .len > 0;
}

static enum fob_status put_names(const struct json_names *names,
                                 struct import_sink *sink)
{
    return json_names_put(names, sink_name, sink);
}

static enum fob_status read_bare(struct fob_span text,
                                 const struct json_names *names,
                                 struct import_sink *sink,
                                 struct fob_otpauth_fault *fault)
{
    struct fob_account *account = sink->account;
    enum fob_status status = put_names(names, sink);

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
        *fault = (struct fob_otpauth_fault){
            .wrong = FOB_OTPAUTH_SECRET,
            .secret = fob_base32_find_fault(text.at, text.len)};
    return status;
}

static enum fob_status read_uri(struct fob_span text,
                                const struct json_names *names,
                                struct import_sink *sink,
                                struct fob_otpauth_fault *fault)
{
    const char *name = names->label[0] != '\0' ? names->label : names->issuer;
    enum fob_status status = fob_otpauth_read(text, name, sink->account, fault);

    if (sink->account->label[0] == '\0')
        (void)!put_names(names, sink);
    return status;
}

static enum fob_status read_totp(struct fob_span text,
                                 const struct json_names *names,
                                 struct import_sink *sink,
                                 struct fob_otpauth_fault *fault)
{
    enum fob_otpauth_wrong kind = fob_otpauth_kind(text);

    if (kind == FOB_OTPAUTH_RIGHT)
        return read_uri(text, names, sink, fault);
    if (kind == FOB_OTPAUTH_BARE || kind == FOB_OTPAUTH_OTHER)
        return read_bare(text, names, sink, fault);
    (void)!put_names(names, sink);
    fault->wrong = kind;
    return fob_otpauth_status(kind);
}

static enum fob_status put_text(struct fob_span text,
                                const struct totp_value *value, size_t place,
                                struct import_sink *sink)
{
    char words[FOB_OTPAUTH_WORDS_MAX];
    struct fob_otpauth_fault fault = {0};
    struct json_names names;
    enum fob_status status;

    json_names_read(value->issuer, value->label, &names);
    status = read_totp(text, &names, sink, &fault);
    fob_otpauth_words_put(&fault, words);
    return sink_put(sink, place, status, words[0] != '\0' ? words : NULL);
}

static enum fob_status put_unread(enum fob_status status,
                                  const struct totp_value *value, size_t place,
                                  struct import_sink *sink)
{
    struct json_names names;

    json_names_read(value->issuer, value->label, &names);
    (void)!put_names(&names, sink);
    return sink_put(sink, place, status, NULL);
}

enum fob_status totp_value_put(const struct totp_value *value, size_t place,
                               struct import_sink *sink)
{
    struct fob_secret text = {0};
    enum fob_status status = fob_secret_alloc(&text, FOB_OTPAUTH_MAX);

    if (status != FOB_OK)
        return fob_error_no_memory(sink->error);
    status = fob_json_view_text(value->totp, (char *)text.data, text.cap + 1);
    if (status == FOB_OK)
        status = put_text(
            fob_span_trim(fob_span_of((char *)text.data, text.cap), blank),
            value, place, sink);
    else
        status = put_unread(status, value, place, sink);
    fob_secret_free(&text);
    return status;
}
