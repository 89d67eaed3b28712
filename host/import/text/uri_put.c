/* SPDX-License-Identifier: MIT */
#include "host/import/text/uri_put.h"

#include "host/import/sink/otpauth_words.h"
#include "host/import/text/parts.h"
#include "host/import/text/uri_name.h"
#include "src/otpauth.h"

#include <string.h>

static enum fob_status say_broken(const struct import_sink *sink, size_t place,
                                  enum fob_status status)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(sink->error);
    return fob_error_set(sink->error, FOB_E_SYNTAX,
                         "%s %zu is not a whole otpauth-migration URI",
                         sink->unit, place);
}

static enum fob_status put_part(struct fob_span uri, size_t place,
                                struct import_sink *sink)
{
    struct fob_secret payload = {0};
    enum fob_status status = migration_open(uri, &payload);
    bool is_new = false;

    if (status == FOB_OK)
        status = parts_note(sink, &payload, place, &is_new);
    if (status != FOB_OK && sink->error->status == FOB_OK)
        status = say_broken(sink, place, status);
    if (is_new)
        status = migration_accounts(&payload, place, sink);
    fob_secret_free(&payload);
    return status;
}

/* A URI without a label is given one, and then the names in its place. */
static enum fob_status read_unnamed(struct fob_span uri,
                                    const struct uri_names *names,
                                    struct import_sink *sink,
                                    struct fob_otpauth_fault *fault)
{
    struct fob_account *account = sink->account;
    enum fob_status status = fob_otpauth_read(uri, "x", account, fault);
    struct fob_span issuer = names->issuer;
    enum fob_status named;

    if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        return status;
    if (account->issuer[0] != '\0')
        issuer = fob_span_of(account->issuer, sizeof(account->issuer));
    memset(account->label, 0, sizeof(account->label));
    named = sink_name(sink, issuer, names->label);
    return named != FOB_OK ? named : status;
}

/* Who an account that cannot be read is, as far as it is known. */
static void name_faulty(struct fob_span uri, const struct uri_names *names,
                        struct import_sink *sink)
{
    uri_name_read(uri, sink->account);
    if (sink->account->label[0] == '\0')
        (void)!sink_name(sink, names->issuer, names->label);
}

static enum fob_status put_account(struct fob_span uri,
                                   const struct uri_names *names, size_t place,
                                   struct import_sink *sink)
{
    char words[FOB_OTPAUTH_WORDS_MAX];
    struct fob_otpauth_fault fault;
    enum fob_status status = fob_otpauth_read(uri, NULL, sink->account, &fault);

    if (fault.wrong == FOB_OTPAUTH_NO_LABEL &&
        names->issuer.len + names->label.len > 0)
        status = read_unnamed(uri, names, sink, &fault);
    fob_otpauth_words_put(&fault, words);
    if (status != FOB_OK && status != FOB_E_TOO_SHORT)
        name_faulty(uri, names, sink);
    return sink_put(sink, place, status, words[0] != '\0' ? words : NULL);
}

enum fob_status uri_put(struct fob_span uri, const struct uri_names *names,
                        size_t place, struct import_sink *sink)
{
    return migration_is_uri(uri) ? put_part(uri, place, sink)
                                 : put_account(uri, names, place, sink);
}
