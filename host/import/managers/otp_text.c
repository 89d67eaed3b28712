/* SPDX-License-Identifier: MIT */
#include "host/import/managers/otp_text.h"

#include "host/import/entry/entry.h"
#include "src/otpauth.h"
#include "src/percent.h"

#include <string.h>

/* The value of `name` in "name=value&...", or none. */
static struct fob_span find_param(struct fob_span query, const char *name)
{
    while (query.at != NULL) {
        struct fob_span value = fob_span_cut(&query, '&');

        if (fob_span_is(fob_span_cut(&value, '='), name))
            return value;
    }
    return (struct fob_span){0};
}

static enum fob_status read_key(struct fob_span key,
                                struct fob_account *account)
{
    struct fob_secret text = {0};
    enum fob_status status = fob_secret_alloc(&text, key.len);

    if (status == FOB_OK)
        status = fob_percent_decode(key.at, key.len, (char *)text.data,
                                    text.cap + 1);
    if (status == FOB_OK)
        status =
            entry_secret(fob_span_of((char *)text.data, text.cap), account);
    fob_secret_free(&text);
    return status;
}

/* KeeOtp's; other encodings than base32 say so, and are as rare as they are
 * many. */
static enum fob_status read_query(struct fob_span text,
                                  struct fob_account *account,
                                  const char **fault)
{
    const struct entry_words words = {
        .type = find_param(text, "type"),
        .hash = find_param(text, "otphashmode"),
        .digits = find_param(text, "size"),
        .period_s = find_param(text, "step"),
        .counter = find_param(text, "counter"),
    };
    struct fob_span encoding = find_param(text, "encoding");

    *fault = entry_kind(&words, account);
    if (*fault == NULL && encoding.len > 0 && !fob_span_is(encoding, "base32"))
        *fault = "its secret is not in base32";
    if (*fault != NULL)
        return FOB_E_UNSUPPORTED;
    return read_key(find_param(text, "key"), account);
}

static enum fob_status
read_bare(struct fob_span text, struct fob_account *account, const char **fault)
{
    static const struct entry_words usual = {0};
    enum fob_status status;

    *fault = entry_kind(&usual, account);
    status = entry_secret(text, account);
    if (status == FOB_E_SYNTAX)
        *fault = "its secret is neither a key URI nor base32";
    return status;
}

enum fob_status otp_text_put(struct fob_span text,
                             const struct uri_names *names, size_t place,
                             struct import_sink *sink)
{
    const char *fault = NULL;
    enum fob_status status;

    text = fob_span_trim_blank(text);
    /* Also what a URI of another scheme is, and why not. */
    if (memmem(text.at, text.len, "://", 3) != NULL)
        return uri_put(text, names, place, sink);
    status = sink_name(sink, names->issuer, names->label);
    if (status == FOB_OK && find_param(text, "key").at != NULL)
        status = read_query(text, sink->account, &fault);
    else if (status == FOB_OK)
        status = read_bare(text, sink->account, &fault);
    return sink_put(sink, place, status, fault);
}
