/* SPDX-License-Identifier: MIT */
#include "host/import/sink/sink.h"

#include "src/utf8.h"

#include <string.h>

enum fob_status sink_open(struct import_sink *sink,
                          const struct fob_import_callbacks *callbacks,
                          struct fob_error *error)
{
    *sink = (struct import_sink){.callbacks = callbacks, .error = error};
    if (fob_secret_alloc(&sink->room, sizeof(*sink->account)) != FOB_OK)
        return fob_error_no_memory(error);
    sink->account = (struct fob_account *)(void *)sink->room.data;
    return FOB_OK;
}

void sink_close(struct import_sink *sink)
{
    fob_secret_free(&sink->room);
    sink->account = NULL;
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
    memcpy(name, from.at, from.len);
    return FOB_OK;
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
    return of_label != FOB_OK ? of_label : of_issuer;
}

static const char *fault_words(enum fob_status status)
{
    switch (status) {
    case FOB_OK:
        return "";
    case FOB_E_TOO_SHORT:
        return "its secret is shorter than 80 bits";
    case FOB_E_TOO_LONG:
        return "its secret or a name is too long";
    case FOB_E_UNSUPPORTED:
        return "its type, hash, digits or period are not for fob";
    case FOB_E_DUPLICATE:
        return "it says something twice";
    default:
        return "it is malformed";
    }
}

enum fob_status sink_put(struct import_sink *sink, size_t place,
                         enum fob_status status, const char *fault)
{
    struct fob_import_item item = {.account = sink->account, .place = place};

    if (sink->count == FOB_IMPORT_ACCOUNTS_MAX)
        return fob_error_set(sink->error, FOB_E_TOO_LONG,
                             "the file holds more than %d accounts",
                             FOB_IMPORT_ACCOUNTS_MAX);
    sink->count++;
    item.status = status == FOB_OK ? fob_account_check(sink->account) : status;
    item.fault = fault != NULL ? fault : fault_words(item.status);
    status =
        sink->callbacks->take(sink->callbacks->context, &item, sink->error);
    fob_account_clear(sink->account);
    return status;
}
