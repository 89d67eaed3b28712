/* SPDX-License-Identifier: MIT */
#include "host/import/text/parts.h"

#include <string.h>

static bool is_same_uri(struct fob_span a, struct fob_span b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static bool is_same_export(const struct migration_part *a,
                           const struct migration_part *b)
{
    return a->batch_id == b->batch_id && a->batch_size == b->batch_size;
}

/* Exports of one part may share an id: apps that write none say 0. */
static bool is_same_part(const struct migration_part *a,
                         const struct migration_part *b)
{
    return a->batch_size > 1 && is_same_export(a, b) &&
           a->batch_index == b->batch_index;
}

static enum fob_status add_part(struct import_parts *parts,
                                const struct migration_part *part,
                                struct fob_span uri, size_t line,
                                struct fob_error *error)
{
    if (parts->count == PARTS_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the file holds more than %d codes of exports",
                             PARTS_MAX);
    parts->held[parts->count].part = *part;
    parts->held[parts->count].uri = uri;
    parts->held[parts->count].line = line;
    parts->count++;
    return FOB_OK;
}

enum fob_status parts_note(struct import_parts *parts,
                           const struct migration_part *part,
                           struct fob_span uri, size_t line,
                           struct fob_error *error)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (is_same_uri(parts->held[i].uri, uri))
            return FOB_OK;
        if (is_same_part(&parts->held[i].part, part))
            return fob_error_set(error, FOB_E_DUPLICATE,
                                 "lines %zu and %zu differ, but both say that "
                                 "they are code %u of %u of one export",
                                 parts->held[i].line, line,
                                 part->batch_index + 1, part->batch_size);
    }
    return add_part(parts, part, uri, line, error);
}

bool parts_holds(const struct import_parts *parts, size_t line)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->held[i].line == line)
            return true;
    return false;
}

static bool has_part(const struct import_parts *parts,
                     const struct migration_part *part)
{
    for (size_t i = 0; i < parts->count; i++)
        if (is_same_part(&parts->held[i].part, part))
            return true;
    return false;
}

/* Whether no part before it is of the same export. */
static bool is_first(const struct import_parts *parts, size_t i)
{
    for (size_t before = 0; before < i; before++)
        if (is_same_export(&parts->held[before].part, &parts->held[i].part))
            return false;
    return true;
}

static size_t count_exports(const struct import_parts *parts)
{
    size_t exports = 0;

    for (size_t i = 0; i < parts->count; i++)
        exports += is_first(parts, i);
    return exports;
}

static enum fob_status say_missing(const struct import_parts *parts, size_t i,
                                   uint32_t index, struct fob_error *error)
{
    const struct migration_part *part = &parts->held[i].part;
    size_t exports = count_exports(parts);

    if (exports > 1)
        fob_error_set(error, FOB_E_TOO_SHORT,
                      "the file mixes codes of %zu exports, and of the one on "
                      "line %zu code %u of %u is missing",
                      exports, parts->held[i].line, index + 1,
                      part->batch_size);
    else
        fob_error_set(error, FOB_E_TOO_SHORT,
                      "code %u of the export's %u is missing", index + 1,
                      part->batch_size);
    fob_error_hint(error, "put all codes of the export in one file, a line "
                          "each");
    return FOB_E_TOO_SHORT;
}

/* Of an export with more parts than are held one of the first is missing, so
 * this ends soon however many it says it has. */
static enum fob_status check_export(const struct import_parts *parts, size_t i,
                                    struct fob_error *error)
{
    struct migration_part part = parts->held[i].part;

    for (part.batch_index = 0; part.batch_index < part.batch_size;
         part.batch_index++)
        if (!has_part(parts, &part))
            return say_missing(parts, i, part.batch_index, error);
    return FOB_OK;
}

enum fob_status parts_check(const struct import_parts *parts,
                            struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; status == FOB_OK && i < parts->count; i++)
        if (parts->held[i].part.batch_size > 1 && is_first(parts, i))
            status = check_export(parts, i, error);
    return status;
}
