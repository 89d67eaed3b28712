/* SPDX-License-Identifier: MIT */
/* The agent's fields as people and programs read them: aligned columns, or
 * JSON. */
#ifndef FOB_HOST_CLI_CALL_LISTING_H
#define FOB_HOST_CLI_CALL_LISTING_H

#include "host/cli/call/command.h"
#include "host/cli/ui/json.h"

enum listing_kind {
    LISTING_TEXT,
    LISTING_WHOLE, /* text to be copied: the last to be elided */
    LISTING_SPARE, /* text, in a table only where all of it fits */
    LISTING_NUMBER,
    LISTING_TIME, /* Unix seconds: RFC 3339 in JSON, local time elsewhere */
    LISTING_DAY,  /* the same, without the time of the day */
    LISTING_LEFT, /* the same, shown as the time until then: "3h05m" */
    LISTING_FLAG,
};

/* One field of a record; an absent one is left out of JSON and "-" in a
 * table. */
struct listing_column {
    const char *key;   /* in JSON; a NULL key ends the columns */
    const char *title; /* over the column; NULL: in JSON only */
    enum fob_tag tag;
    enum listing_kind kind;
};

/* The records of call->reply into call->output: with --json an array of
 * objects, else a table no wider than the terminal, with
 * what is too long elided; nothing when there is no record. */
void listing_put(struct command_call *call,
                 const struct listing_column *columns);

/* Go to the next record of those at `at`: `fields` is set on it. */
bool listing_next(struct fob_reader *at, struct fob_reader *fields);

/* One line "title: value" for each that is there. */
void listing_put_lines(struct output *output, const struct fob_reader *fields,
                       const struct listing_column *columns);

/* The members of an open object from `fields`. */
void listing_put_members(struct json *json, const struct fob_reader *fields,
                         const struct listing_column *columns);

/* The records of `reply` as an array of objects. */
void listing_put_array(struct json *json, const char *name,
                       const struct fob_message *reply,
                       const struct listing_column *columns);

/* The fields of call->reply itself: with --json one object, else one line
 * "title: value" each. */
void listing_put_one(struct command_call *call,
                     const struct listing_column *columns);

/* How many records call->reply holds. */
size_t listing_count(const struct command_call *call);

#endif
