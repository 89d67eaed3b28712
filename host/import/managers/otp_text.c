/* SPDX-License-Identifier: MIT */
#include "host/import/managers/otp_text.h"

#include "host/base/text.h"
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
                                struct fob_account *account,
                                char fault[static ENTRY_FAULT_CAP])
{
    struct fob_secret text = {0};
    enum fob_status status = fob_secret_alloc(&text, key.len);

    if (status == FOB_OK)
        status = fob_percent_decode(key.at, key.len, (char *)text.data,
                                    text.cap + 1);
    if (status == FOB_OK)
        status = sink_read_secret(fob_span_of((char *)text.data, text.cap),
                                  account, fault);
    fob_secret_free(&text);
    return status;
}

/* KeeOtp's; other encodings than base32 say so, and are as rare as they are
 * many. */
static const char *read_kind(struct fob_span text, struct fob_account *account)
{
    const struct entry_words words = {
        .type = find_param(text, "type"),
        .hash = find_param(text, "otphashmode"),
        .digits = find_param(text, "size"),
        .period_s = find_param(text, "step"),
        .counter = find_param(text, "counter"),
    };
    struct fob_span encoding = find_param(text, "encoding");
    const char *why = entry_kind(&words, account);

    if (why == NULL && encoding.len > 0 && !fob_span_is(encoding, "base32"))
        return "its secret is not in base32";
    return why;
}

static enum fob_status read_text(struct fob_span text,
                                 struct fob_account *account,
                                 char fault[static ENTRY_FAULT_CAP])
{
    struct fob_span key = find_param(text, "key");
    const char *why = read_kind(text, account);

    fault[0] = '\0';
    if (why != NULL) {
        (void)!fob_text_copy(fault, ENTRY_FAULT_CAP, why);
        return FOB_E_UNSUPPORTED;
    }
    return key.at != NULL ? read_key(key, account, fault)
                          : sink_read_secret(text, account, fault);
}

enum fob_status otp_text_put(struct fob_span text,
                             const struct uri_names *names, size_t place,
                             struct import_sink *sink)
{
    char fault[ENTRY_FAULT_CAP] = "";
    enum fob_status status;

    text = fob_span_trim_blank(text);
    /* Also what a URI of another scheme is, and why not. */
    if (memmem(text.at, text.len, "://", 3) != NULL)
        return uri_put(text, names, place, sink);
    status = sink_name(sink, names->issuer, names->label);
    if (status == FOB_OK)
        status = read_text(text, sink->account, fault);
    return sink_put(sink, place, status, fault[0] != '\0' ? fault : NULL);
}
