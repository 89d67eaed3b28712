/* SPDX-License-Identifier: MIT */
#include "host/import/entry/json_entry.h"

#include "host/base/text.h"
#include "host/import/entry/json_names.h"
#include "host/import/json/json_view.h"

#include <string.h>

enum { WORD_CAP = 32 };

bool json_entry_is_blank(struct fob_span value)
{
    return value.len == 0 || (value.len == 2 && value.at[0] == '"');
}

/* A string's text, or a number as it is written; "" when it is absent. */
static enum fob_status read_text(struct fob_span value, char *text, size_t cap)
{
    memset(text, 0, cap);
    if (value.at == NULL)
        return FOB_OK;
    if (fob_json_view_is_string(value))
        return fob_json_view_text(value, text, cap);
    if (value.len >= cap)
        return FOB_E_TOO_LONG;
    memcpy(text, value.at, value.len);
    return FOB_OK;
}

static enum fob_status read_names(const struct json_entry *entry,
                                  struct import_sink *sink)
{
    struct json_names names;

    json_names_read(entry->issuer, entry->label, &names);
    return json_names_put(&names, entry_names, sink);
}

enum word { TYPE, HASH, DIGITS, PERIOD, COUNTER, WORDS };

/* A word too long to be one is no word that anybody knows. */
static struct fob_span read_word(struct fob_span value,
                                 char word[static WORD_CAP])
{
    static const struct fob_span unknown = {"?", 1};

    if (read_text(value, word, WORD_CAP) != FOB_OK)
        return unknown;
    return fob_span_of(word, WORD_CAP);
}

static const char *read_kind(const struct json_entry *entry,
                             struct fob_account *account)
{
    char text[WORDS][WORD_CAP];
    const struct entry_words words = {
        .type = read_word(entry->type, text[TYPE]),
        .hash = read_word(entry->hash, text[HASH]),
        .digits = read_word(entry->digits, text[DIGITS]),
        .period_s = read_word(entry->period_s, text[PERIOD]),
        .counter = read_word(entry->counter, text[COUNTER]),
    };

    return entry_kind(&words, account);
}

static enum fob_status read_base32(struct fob_span value,
                                   struct fob_account *account,
                                   char fault[static ENTRY_FAULT_CAP])
{
    struct fob_secret text = {0};
    enum fob_status status = fob_secret_alloc(&text, value.len);

    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)text.data, text.cap);
    if (status == FOB_OK)
        status = sink_read_secret(fob_span_of((char *)text.data, text.cap),
                                  account, fault);
    fob_secret_free(&text);
    return status;
}

/* A byte of Java's, which has a sign; bytes from 128 to 255 are taken, too. */
static enum fob_status read_byte(struct fob_span value, uint8_t *byte)
{
    bool is_negative = value.len > 0 && value.at[0] == '-';
    uint64_t number;
    enum fob_status status;

    if (is_negative) {
        value.at++;
        value.len--;
    }
    status = fob_json_view_number(value, is_negative ? 128 : 255, &number);
    *byte = (uint8_t)(is_negative ? 256 - number : number);
    return status == FOB_OK ? FOB_OK : FOB_E_SYNTAX;
}

static enum fob_status read_bytes(struct fob_span array,
                                  struct fob_account *account)
{
    struct fob_span rest, element;
    enum fob_status status = fob_json_view_elements(array, &rest);
    size_t len = 0;

    while (status == FOB_OK && fob_json_view_next(&rest, &element))
        status = len < sizeof(account->secret)
                     ? read_byte(element, &account->secret[len++])
                     : FOB_E_TOO_LONG;
    account->secret_len = len;
    return status;
}

static enum fob_status read_secret(struct fob_span value,
                                   struct fob_account *account,
                                   char fault[static ENTRY_FAULT_CAP])
{
    if (fob_json_view_is_string(value))
        return read_base32(value, account, fault);
    return read_bytes(value, account);
}

static void say_why(char fault[static ENTRY_FAULT_CAP], const char *why)
{
    (void)!fob_text_copy(fault, ENTRY_FAULT_CAP, why);
}

enum fob_status json_entry_fill(const struct json_entry *entry,
                                struct import_sink *sink,
                                char fault[static ENTRY_FAULT_CAP])
{
    enum fob_status status = read_names(entry, sink);
    const char *why;

    fault[0] = '\0';
    if (status != FOB_OK)
        return status;
    why = read_kind(entry, sink->account);
    if (why != NULL) {
        say_why(fault, why);
        return FOB_E_UNSUPPORTED;
    }
    if (json_entry_is_blank(entry->secret)) {
        say_why(fault, "it has no secret");
        return FOB_E_SYNTAX;
    }
    return read_secret(entry->secret, sink->account, fault);
}

enum fob_status json_entry_end(size_t place, enum fob_status status,
                               const char *fault, struct import_sink *sink)
{
    return sink_put(sink, place, status, fault[0] != '\0' ? fault : NULL);
}

enum fob_status json_entry_put(const struct json_entry *entry, size_t place,
                               struct import_sink *sink)
{
    char fault[ENTRY_FAULT_CAP];
    enum fob_status status = json_entry_fill(entry, sink, fault);

    return json_entry_end(place, status, fault, sink);
}

enum fob_status json_entry_each(
    const char *app, struct fob_span array, struct import_sink *sink,
    enum fob_status (*read_one)(struct fob_span, size_t, struct import_sink *))
{
    struct fob_span rest, element;
    enum fob_status status = fob_json_view_elements(array, &rest);
    size_t place = 0;

    if (status != FOB_OK)
        return json_entry_strange(app, sink->error);
    sink->unit = "entry";
    while (status == FOB_OK && fob_json_view_next(&rest, &element))
        status = read_one(element, ++place, sink);
    return status;
}

struct fob_span json_entry_first(struct fob_span array)
{
    struct fob_span rest, element = {0};

    if (fob_json_view_elements(array, &rest) != FOB_OK ||
        !fob_json_view_next(&rest, &element))
        return (struct fob_span){0};
    return element;
}

enum fob_status json_entry_strange(const char *app, struct fob_error *error)
{
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the export of %s is of no shape that fob knows", app);
}
