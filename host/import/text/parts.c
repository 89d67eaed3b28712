/* SPDX-License-Identifier: MIT */
#include "host/import/text/parts.h"

#include "src/wipe.h"

#include <stdio.h>
#include <string.h>

enum { TOLD_MAX = 6, PLACE_MAX = 200 };

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

/* "2.png", "list.txt, line 3": a picture has one such code, mostly. */
static void put_place(const struct import_code *code, char text[PLACE_MAX])
{
    if (code->file == NULL)
        snprintf(text, PLACE_MAX, "%s %zu", code->unit, code->place);
    else if (strcmp(code->unit, "code") == 0)
        snprintf(text, PLACE_MAX, "%s", code->file);
    else
        snprintf(text, PLACE_MAX, "%s, %s %zu", code->file, code->unit,
                 code->place);
}

static enum fob_status say_other(const struct import_code *other,
                                 const struct import_code *code,
                                 struct fob_error *error)
{
    char place[PLACE_MAX];

    put_place(other, place);
    return fob_error_set(error, FOB_E_DUPLICATE,
                         "%s %zu is another code than %s, but both say that "
                         "they are code %u of %u of one export",
                         code->unit, code->place, place,
                         code->part.batch_index + 1, code->part.batch_size);
}

static enum fob_status add_code(struct import_parts *parts,
                                const struct import_code *code, bool *is_new,
                                struct fob_error *error)
{
    *is_new = false;
    for (size_t i = 0; i < parts->count; i++) {
        const struct import_code *held = &parts->held[i];

        if (fob_equal(held->digest, code->digest, sizeof(code->digest))) {
            parts->again++;
            return FOB_OK;
        }
        if (is_same_part(&held->part, &code->part))
            return say_other(held, code, error);
    }
    if (parts->count == PARTS_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "that is more than %d codes of exports",
                             PARTS_MAX);
    parts->held[parts->count++] = *code;
    *is_new = true;
    return FOB_OK;
}

enum fob_status parts_note(struct import_sink *sink,
                           const struct fob_secret *payload, size_t place,
                           bool *is_new)
{
    struct import_code code = {
        .file = sink->callbacks->file, .unit = sink->unit, .place = place};
    enum fob_status status = migration_part(payload, &code.part);
    struct fob_digest digest;

    *is_new = false;
    if (status != FOB_OK)
        return status;
    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, payload->data, payload->len);
    fob_digest_final(&digest, code.digest);
    status = add_code(sink->parts, &code, is_new, sink->error);
    fob_wipe(code.digest, sizeof(code.digest));
    return status;
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

/* "; 1.png is code 1, 3.png is code 3", as far as it goes. */
static void put_held(const struct import_parts *parts,
                     const struct migration_part *export, char *text,
                     size_t cap)
{
    size_t len = 0, told = 0;

    text[0] = '\0';
    for (size_t i = 0; i < parts->count && told < TOLD_MAX; i++) {
        char place[PLACE_MAX];
        int more;

        if (!is_same_export(&parts->held[i].part, export))
            continue;
        put_place(&parts->held[i], place);
        more = snprintf(text + len, cap - len, "%s %s is code %u",
                        told == 0 ? ";" : ",", place,
                        parts->held[i].part.batch_index + 1);
        if ((size_t)more >= cap - len) {
            text[len] = '\0';
            return;
        }
        len += (size_t)more;
        told++;
    }
}

static enum fob_status say_missing(struct import_sink *sink,
                                   const struct migration_part *missing)
{
    char held[FOB_ERROR_TEXT_MAX / 2], words[FOB_ERROR_TEXT_MAX];

    put_held(sink->parts, missing, held, sizeof(held));
    snprintf(words, sizeof(words), "code %u of the export's %u is missing%s",
             missing->batch_index + 1, missing->batch_size, held);
    if (sink->callbacks->takes_parts) {
        sink_start_file(sink, NULL, "code");
        return sink_put(sink, missing->batch_index + 1, FOB_E_DAMAGED, words);
    }
    fob_error_set(sink->error, FOB_E_TOO_SHORT, "%s", words);
    fob_error_advise(sink->error, "give all pictures of the export in one "
                                  "command; --force takes what is there");
    return FOB_E_TOO_SHORT;
}

/* Of an export with more parts than are held one of the first is missing, so
 * this ends soon however many it says it has. */
static enum fob_status check_export(struct import_sink *sink,
                                    struct migration_part part)
{
    for (part.batch_index = 0; part.batch_index < part.batch_size;
         part.batch_index++)
        if (!has_part(sink->parts, &part))
            return say_missing(sink, &part);
    return FOB_OK;
}

enum fob_status parts_check(struct import_sink *sink)
{
    const struct import_parts *parts = sink->parts;
    enum fob_status status = FOB_OK;

    for (size_t i = 0; status == FOB_OK && i < parts->count; i++)
        if (parts->held[i].part.batch_size > 1 && is_first(parts, i))
            status = check_export(sink, parts->held[i].part);
    return status;
}
