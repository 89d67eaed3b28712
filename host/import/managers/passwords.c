/* SPDX-License-Identifier: MIT */
/* The CSV of password managers, known by a column for codes: KeePassXC,
 * Bitwarden, 1Password, Apple's, Proton Pass, LastPass and others. */
#include "host/import/managers/managers.h"
#include "host/import/managers/otp_text.h"
#include "host/import/text/csv.h"
#include "host/import/text/uri_scan.h"
#include "host/import/text/uris.h"
#include "src/otpauth.h"

#include <string.h>

enum { COLUMNS_MAX = 64 };

enum column { OTHER, TITLE, USER, EMAIL, CODES };

struct table {
    size_t count;
    enum column column[COLUMNS_MAX];
};

struct row {
    size_t count;
    struct csv_field field[COLUMNS_MAX];
};

static enum column read_column(struct fob_span name)
{
    static const struct {
        const char *name;
        enum column column;
    } known[] = {
        {"totp", CODES},        {"login_totp", CODES},
        {"otpauth", CODES},     {"otp", CODES},
        {"otpurl", CODES},      {"otpsecret", CODES},
        {"totp secret", CODES}, {"one-time password", CODES},
        {"totpsecret", CODES},  {"otp_secret", CODES},
        {"title", TITLE},       {"name", TITLE},
        {"account", TITLE},     {"password name", TITLE},
        {"username", USER},     {"login_username", USER},
        {"user name", USER},    {"login", USER},
        {"email", EMAIL},
    };

    name = fob_span_trim_blank(name);
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (fob_span_is(name, known[i].name))
            return known[i].column;
    return OTHER;
}

/* The next row's fields; false at the end.  FOB_E_TOO_LONG when there are too
 * many, FOB_E_SYNTAX for a broken one, which is then the last. */
static bool next_row(struct csv *csv, struct row *row, enum fob_status *status)
{
    struct csv_field field;

    row->count = 0;
    while (csv_next(csv, &field)) {
        if (row->count == COLUMNS_MAX) {
            *status = FOB_E_TOO_LONG;
            return false;
        }
        row->field[row->count++] = field;
        if (field.is_broken) {
            *status = FOB_E_SYNTAX;
            return false;
        }
        if (field.ends_row)
            return true;
    }
    return row->count > 0;
}

static bool read_head(struct csv *csv, struct table *table)
{
    enum fob_status status = FOB_OK;
    struct row row;
    bool has_codes = false;

    if (!next_row(csv, &row, &status))
        return false;
    table->count = row.count;
    for (size_t i = 0; i < row.count; i++) {
        table->column[i] = read_column(row.field[i].raw);
        has_codes |= table->column[i] == CODES;
    }
    return has_codes && row.count > 1;
}

static bool is_mine(const struct import_file *file)
{
    struct csv csv = csv_start(file->text);
    struct table table;

    return file->json.at == NULL && read_head(&csv, &table);
}

static struct fob_span view(const struct fob_secret *text)
{
    return fob_span_trim_blank(
        (struct fob_span){(const char *)text->data, text->len});
}

/* The first field of that column with anything in it, unescaped. */
static enum fob_status find_text(const struct table *table,
                                 const struct row *row, enum column column,
                                 struct fob_secret *text)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; status == FOB_OK && i < row->count; i++) {
        if (i >= table->count || table->column[i] != column ||
            fob_span_trim_blank(row->field[i].raw).len == 0)
            continue;
        return csv_text(&row->field[i], text);
    }
    return status;
}

/* What stands in one field: behind the column for codes an account in any
 * case, elsewhere only what is a URI. */
static enum fob_status put_field(const struct csv_field *field, bool is_code,
                                 const struct uri_names *names,
                                 struct import_sink *sink)
{
    struct fob_secret text = {0};
    size_t before = sink->count;
    enum fob_status status;

    if (fob_span_trim_blank(field->raw).len == 0 ||
        (!is_code && !uri_scan_may_find(field->raw)))
        return FOB_OK;
    if (csv_text(field, &text) != FOB_OK)
        return fob_error_no_memory(sink->error);
    status = uris_put(view(&text), field->line, names, sink);
    if (status == FOB_OK && is_code && sink->count == before)
        status = otp_text_put(view(&text), names, field->line, sink);
    fob_secret_free(&text);
    return status;
}

static enum fob_status put_row(const struct table *table, const struct row *row,
                               struct import_sink *sink)
{
    struct fob_secret title = {0}, user = {0};
    enum fob_status status = find_text(table, row, TITLE, &title);
    struct uri_names names;

    if (status == FOB_OK)
        status = find_text(table, row, USER, &user);
    if (status == FOB_OK && user.data == NULL)
        status = find_text(table, row, EMAIL, &user);
    if (status != FOB_OK)
        fob_error_no_memory(sink->error);
    names = (struct uri_names){view(&title), view(&user)};
    for (size_t i = 0; status == FOB_OK && i < row->count; i++)
        status = put_field(&row->field[i],
                           i < table->count && table->column[i] == CODES,
                           &names, sink);
    fob_secret_free(&title);
    fob_secret_free(&user);
    return status;
}

static enum fob_status read_rows(const struct import_file *file,
                                 struct import_sink *sink)
{
    struct csv csv = csv_start(file->text);
    enum fob_status status = FOB_OK;
    struct table table;
    struct row row;

    if (!read_head(&csv, &table))
        return FOB_OK;
    while (status == FOB_OK && next_row(&csv, &row, &status))
        status = put_row(&table, &row, sink);
    if (status == FOB_E_SYNTAX && sink->error->status == FOB_OK)
        return fob_error_set(sink->error, status,
                             "a quote in line %zu of the CSV is not closed, or "
                             "text stands behind the closed one",
                             row.field[row.count - 1].line);
    if (status == FOB_E_TOO_LONG && sink->error->status == FOB_OK)
        return fob_error_set(sink->error, status,
                             "a row of the CSV that ends before line %zu has "
                             "more than %d fields",
                             csv.line, COLUMNS_MAX);
    return status;
}

const struct import_format import_passwords = {
    .app = "a password manager", .is_mine = is_mine, .read = read_rows};
