/* SPDX-License-Identifier: MIT */
#include "host/cli/import/import_told.h"

#include "host/cli/call/listing.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct listing_column columns[] = {
    {"name", "NAME", FOB_TAG_NAME, LISTING_TEXT},
    {"status", "STATUS", FOB_TAG_RESULT, LISTING_TEXT},
    {"was", NULL, FOB_TAG_OLD_NAME, LISTING_TEXT},
    {"issuer", NULL, FOB_TAG_ISSUER, LISTING_TEXT},
    {"label", NULL, FOB_TAG_LABEL, LISTING_TEXT},
    {"place", NULL, FOB_TAG_PLACE, LISTING_TEXT},
    {"file", NULL, FOB_TAG_FILE_NAME, LISTING_TEXT},
    {"at", NULL, FOB_TAG_WHERE, LISTING_TEXT},
    {"reason", "WHY", FOB_TAG_REASON, LISTING_TEXT},
    {0},
};

enum { SHORT_MAX = 40, WORDS_MAX = 320, TOLD_MAX = 1000 };

/* One record, as much of it as fits. */
struct told {
    char name[FOB_NAME_MAX + 1], was[FOB_NAME_MAX + 1], file[FOB_NAME_MAX + 1];
    char result[SHORT_MAX], where[SHORT_MAX], reason[WORDS_MAX];
    enum fob_status status;
    bool is_other_name, is_moved;
};

static void read_told(const struct fob_reader *fields, struct told *told)
{
    const struct {
        enum fob_tag tag;
        char *text;
        size_t cap;
    } texts[] = {
        {FOB_TAG_NAME, told->name, sizeof(told->name)},
        {FOB_TAG_OLD_NAME, told->was, sizeof(told->was)},
        {FOB_TAG_FILE_NAME, told->file, sizeof(told->file)},
        {FOB_TAG_RESULT, told->result, sizeof(told->result)},
        {FOB_TAG_WHERE, told->where, sizeof(told->where)},
        {FOB_TAG_REASON, told->reason, sizeof(told->reason)},
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        (void)!fob_fields_text(fields, texts[i].tag, texts[i].text,
                               texts[i].cap);
    told->status =
        (enum fob_status)fob_fields_number(fields, FOB_TAG_STATUS, FOB_OK);
    told->is_other_name = fob_fields_number(fields, FOB_TAG_OTHER_NAME, 0) != 0;
    told->is_moved = fob_fields_number(fields, FOB_TAG_MOVED, 0) != 0;
}

/* "Weak (line 3 of list.txt): its secret is shorter than 80 bits"; what has no
 * name is its place. */
static void word_left_out(const struct told *told, char text[TOLD_MAX])
{
    bool is_named = told->name[0] != '\0';

    snprintf(text, TOLD_MAX, "%s%s%s%s%s%s: %s", told->name,
             is_named ? " (" : "", told->where,
             told->file[0] != '\0' ? " of " : "", told->file,
             is_named ? ")" : "", told->reason);
}

static void note_told(struct command_call *call, const struct told *told)
{
    char text[TOLD_MAX];

    if (told->status != FOB_OK) {
        word_left_out(told, text);
        ui_note(&call->ui, "Left out: %s.", text);
    } else if (strcmp(told->result, "renamed") == 0) {
        ui_note(&call->ui, "%s of %s is %s here: another account has its name.",
                told->was, told->file, told->name);
    } else if (told->is_moved) {
        ui_note(&call->ui, "%s: %s.", told->name, told->reason);
    } else if (told->is_other_name) {
        ui_note(&call->ui,
                "%s of %s is there already, as %s, and keeps that name.",
                told->was, told->file, told->name);
    }
}

/* `first` becomes the first that was left out. */
static size_t count_left_out(const struct command_call *call,
                             struct told *first)
{
    struct fob_reader at, fields;
    size_t count = 0;

    fob_message_fields(&call->reply, &at);
    while (listing_next(&at, &fields))
        if (fob_fields_number(&fields, FOB_TAG_STATUS, FOB_OK) != FOB_OK &&
            count++ == 0)
            read_told(&fields, first);
    return count;
}

/* A single one that was left out is the error's own. */
static void note_all(struct command_call *call, size_t left_out)
{
    struct fob_reader at, fields;

    fob_message_fields(&call->reply, &at);
    while (listing_next(&at, &fields)) {
        struct told told;

        read_told(&fields, &told);
        if (told.status == FOB_OK || left_out > 1)
            note_told(call, &told);
    }
}

static enum fob_status say_left_out(struct command_call *call, size_t count,
                                    const struct told *first)
{
    char text[TOLD_MAX], more[SHORT_MAX] = "";

    word_left_out(first, text);
    if (count > 1)
        snprintf(more, sizeof(more), ", and %zu more", count - 1);
    fob_error_set(&call->error, first->status,
                  "not all of them could be taken over: %s%s", text, more);
    if (first->status == FOB_E_TOO_SHORT && call->operand_count == 1)
        fob_error_hint(&call->error, "fob import --force %s", call->operand[0]);
    else if (first->status == FOB_E_TOO_SHORT)
        fob_error_advise(&call->error, "if it is right: fob import --force, "
                                       "with the same files");
    return first->status;
}

enum fob_status import_told_put(struct command_call *call)
{
    struct told first = {0};
    size_t left_out = count_left_out(call, &first);
    enum fob_status status;

    listing_put(call, columns);
    status = output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);
    output_free(&call->output);
    if (status != FOB_OK)
        return status;
    note_all(call, left_out);
    return left_out > 0 ? say_left_out(call, left_out, &first) : FOB_OK;
}
