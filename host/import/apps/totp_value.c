/* SPDX-License-Identifier: MIT */
#include "host/import/apps/totp_value.h"

#include "host/import/json/json_view.h"
#include "host/import/sink/otpauth_words.h"

#include <string.h>

enum { NAME_CAP = FOB_LABEL_MAX + 64 }; /* with white space to be trimmed */

static const char blank[] = " \t\r\n";

struct names {
    char issuer[NAME_CAP];
    char label[NAME_CAP];
    enum fob_status status; /* why one is not there, or FOB_OK */
};

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

static void read_names(const struct totp_value *value, struct names *names)
{
    enum fob_status issuer =
        read_text(value->issuer, names->issuer, sizeof(names->issuer));
    enum fob_status label =
        read_text(value->label, names->label, sizeof(names->label));

    names->status = issuer != FOB_OK ? issuer : label;
}

static enum fob_status put_names(const struct names *names,
                                 struct import_sink *sink)
{
    enum fob_status status =
        sink_name(sink, fob_span_of(names->issuer, sizeof(names->issuer)),
                  fob_span_of(names->label, sizeof(names->label)));

    return names->status != FOB_OK ? names->status : status;
}

static enum fob_status read_bare(struct fob_span text,
                                 const struct names *names,
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

static enum fob_status read_uri(struct fob_span text, const struct names *names,
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
                                 const struct names *names,
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
    struct names names;
    enum fob_status status;

    read_names(value, &names);
    status = read_totp(text, &names, sink, &fault);
    fob_otpauth_words_put(&fault, words);
    return sink_put(sink, place, status, words[0] != '\0' ? words : NULL);
}

static enum fob_status put_unread(enum fob_status status,
                                  const struct totp_value *value, size_t place,
                                  struct import_sink *sink)
{
    struct names names;

    read_names(value, &names);
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
