/* SPDX-License-Identifier: MIT */
#include "host/import/sink/sink.h"

#include "host/base/text.h"
#include "src/utf8.h"
#include "src/wipe.h"

#include <string.h>

enum fob_status sink_open(struct import_sink *sink,
                          const struct fob_import_callbacks *callbacks,
                          struct fob_error *error)
{
    *sink = (struct import_sink){
        .callbacks = &sink->own, .error = error, .own = *callbacks};
    if (fob_secret_alloc(&sink->room, sizeof(*sink->account)) != FOB_OK)
        return fob_error_no_memory(error);
    sink->account = (struct fob_account *)(void *)sink->room.data;
    return FOB_OK;
}

void sink_close(struct import_sink *sink)
{
    fob_secret_free(&sink->room);
    fob_secret_free(&sink->found);
    fob_secret_free(&sink->faults);
    sink->account = NULL;
}

void sink_start_file(struct import_sink *sink, const char *name,
                     const char *unit)
{
    sink->own.file = name;
    sink->unit = unit;
}

static enum fob_status copy_name(struct fob_span from, char *name, size_t cap)
{
    from = fob_span_trim(from, " \t\r\n");
    if (from.len >= cap)
        return FOB_E_TOO_LONG;
    if (from.len == 0)
        return FOB_OK;
    if (!fob_utf8_is_text(from.at, from.len))
        return FOB_E_SYNTAX;
    memmove(name, from.at, from.len); /* it may come of the account itself */
    return FOB_OK;
}

static void set_words(struct import_sink *sink, const char *words)
{
    (void)!fob_text_copy(sink->words, sizeof(sink->words), words);
}

enum fob_status sink_name_fault(struct import_sink *sink,
                                enum fob_status of_issuer,
                                enum fob_status of_label)
{
    static const char long_label[] = "its name is longer than 128 bytes";
    static const char long_issuer[] = "its issuer is longer than 128 bytes";
    static const char no_text[] = "its name or issuer holds a control "
                                  "character, or is not UTF-8";

    if (of_label == FOB_E_SYNTAX || of_issuer == FOB_E_SYNTAX)
        set_words(sink, no_text);
    else if (of_label != FOB_OK || of_issuer != FOB_OK)
        set_words(sink, of_label != FOB_OK ? long_label : long_issuer);
    return of_label != FOB_OK ? of_label : of_issuer;
}

enum fob_status sink_name(struct import_sink *sink, struct fob_span issuer,
                          struct fob_span label)
{
    struct fob_account *account = sink->account;
    enum fob_status of_issuer, of_label;

    of_issuer = copy_name(issuer, account->issuer, sizeof(account->issuer));
    of_label = copy_name(label, account->label, sizeof(account->label));
    if (of_label == FOB_OK && account->label[0] == '\0') {
        memcpy(account->label, account->issuer, sizeof(account->issuer));
        memset(account->issuer, 0, sizeof(account->issuer));
    }
    return sink_name_fault(sink, of_issuer, of_label);
}

enum fob_status sink_read_secret(struct fob_span base32,
                                 struct fob_account *account,
                                 char words[static FOB_OTPAUTH_WORDS_MAX])
{
    struct fob_otpauth_fault fault = {.wrong = FOB_OTPAUTH_SECRET};
    enum fob_status status = fob_base32_decode_lenient(
        base32.at, base32.len, account->secret, sizeof(account->secret),
        &account->secret_len);

    if (status == FOB_OK && account->secret_len == 0)
        status = FOB_E_SYNTAX;
    if (status == FOB_E_SYNTAX) {
        fault.secret = fob_base32_find_fault(base32.at, base32.len);
        fob_otpauth_words_put(&fault, words);
    }
    return status;
}

enum fob_status sink_secret(struct import_sink *sink, struct fob_span base32)
{
    return sink_read_secret(base32, sink->account, sink->words);
}

/* Of one that was filled in as far as it could be. */
static const char *malformed_words(const struct import_sink *sink,
                                   bool was_read)
{
    if (was_read && sink->account->label[0] == '\0')
        return "it has no name";
    if (was_read && sink->account->secret_len == 0)
        return "it has no secret";
    if (sink->account->label[0] != '\0' && sink->account->secret_len == 0)
        return "its secret is missing or broken";
    return "it is malformed";
}

static const char *fault_words(const struct import_sink *sink,
                               enum fob_status status, bool was_read)
{
    switch (status) {
    case FOB_OK:
        return "";
    case FOB_E_TOO_SHORT:
        return "its secret is shorter than 80 bits";
    case FOB_E_TOO_LONG:
        return "its secret is longer than 128 bytes";
    case FOB_E_UNSUPPORTED:
        return "its type, hash, digits or period are not for fob";
    case FOB_E_DUPLICATE:
        return "it says something twice";
    default:
        return malformed_words(sink, was_read);
    }
}

/* An item while the rest is read. */
struct kept {
    struct fob_account account;
    struct fob_import_item item; /* .account and .fault are set when given */
    size_t fault_at;             /* in sink->faults */
};

static enum fob_status keep_item(struct import_sink *sink,
                                 const struct fob_import_item *item)
{
    struct kept kept = {
        .account = *item->account, .item = *item, .fault_at = sink->faults.len};
    enum fob_status status =
        fob_secret_append(&sink->found, &kept, sizeof(kept));

    if (status == FOB_OK)
        status = fob_secret_append(&sink->faults, item->fault,
                                   strlen(item->fault) + 1);
    fob_wipe(&kept, sizeof(kept));
    return status == FOB_OK ? FOB_OK : fob_error_no_memory(sink->error);
}

enum fob_status sink_put(struct import_sink *sink, size_t place,
                         enum fob_status status, const char *fault)
{
    struct fob_import_item item = {.account = sink->account,
                                   .file = sink->own.file,
                                   .unit = sink->unit,
                                   .place = place};

    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(sink->error);
    if (sink->count == FOB_IMPORT_ACCOUNTS_MAX)
        return fob_error_set(sink->error, FOB_E_TOO_LONG,
                             "that is more than %d accounts",
                             FOB_IMPORT_ACCOUNTS_MAX);
    sink->count++;
    item.status = status == FOB_OK ? fob_account_check(sink->account) : status;
    if (fault == NULL && status != FOB_OK && sink->words[0] != '\0')
        fault = sink->words;
    item.fault = fault != NULL
                     ? fault
                     : fault_words(sink, item.status, status == FOB_OK);
    status = keep_item(sink, &item);
    sink->words[0] = '\0';
    fob_account_clear(sink->account);
    return status;
}

enum fob_status sink_give(struct import_sink *sink)
{
    const struct fob_import_callbacks *callbacks = sink->callbacks;
    struct kept *kept = (void *)sink->found.data;
    enum fob_status status = FOB_OK;

    if (callbacks->ready != NULL)
        status = callbacks->ready(callbacks->context, sink->count, sink->error);
    for (size_t i = 0; status == FOB_OK && i < sink->count; i++) {
        kept[i].item.account = &kept[i].account;
        kept[i].item.fault = (const char *)sink->faults.data + kept[i].fault_at;
        status =
            callbacks->take(callbacks->context, &kept[i].item, sink->error);
    }
    return status;
}
