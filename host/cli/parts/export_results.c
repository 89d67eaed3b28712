/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/export_results.h"

#include "host/cli/call/listing.h"
#include "host/cli/parts/export_codes.h"

#include <string.h>

enum { REASON_MAX = 255 };

struct result {
    struct fob_reader fields;
    char name[FOB_NAME_MAX + 1];
    char word[16]; /* what became of it */
    char reason[REASON_MAX + 1];
    enum fob_status status;
    size_t code; /* 0: of no number */
};

static bool read_next(struct fob_reader *at, struct result *result)
{
    if (!listing_next(at, &result->fields))
        return false;
    (void)!fob_fields_text(&result->fields, FOB_TAG_NAME, result->name,
                           sizeof(result->name));
    (void)!fob_fields_text(&result->fields, FOB_TAG_RESULT, result->word,
                           sizeof(result->word));
    (void)!fob_fields_text(&result->fields, FOB_TAG_REASON, result->reason,
                           sizeof(result->reason));
    result->status = (enum fob_status)fob_fields_number(
        &result->fields, FOB_TAG_STATUS, FOB_E_AGENT);
    result->code =
        (size_t)fob_fields_number(&result->fields, FOB_TAG_NUMBER, 0);
    return true;
}

size_t export_results_count(const struct command_call *call)
{
    struct result result;
    struct fob_reader at;
    size_t count = 0;

    fob_message_fields(&call->reply, &at);
    while (read_next(&at, &result))
        count += result.status == FOB_OK;
    return count;
}

enum fob_status export_results_tell(struct command_call *call)
{
    size_t count = listing_count(call);
    size_t left_out = count - export_results_count(call);
    struct result result;
    struct fob_reader at;

    fob_message_fields(&call->reply, &at);
    while (read_next(&at, &result)) {
        if (result.status == FOB_OK)
            continue;
        if (left_out > 1)
            ui_note(&call->ui, "Left out: %s: %s.", result.name, result.reason);
        if (call->error.status != FOB_OK)
            continue;
        if (left_out == 1)
            fob_error_set(&call->error, result.status, "%s is left out: %s",
                          result.name, result.reason);
        else
            fob_error_set(&call->error, result.status,
                          "%zu of %zu accounts are left out, %s for one: %s",
                          left_out, count, result.name, result.reason);
    }
    return call->error.status;
}

/* Where the list is, of accounts whose codes come in the same order. */
struct place {
    struct export_codes codes;
    size_t at; /* the number of the code in codes.uri, 0 before the first */
    size_t count;
    const char *file;
};

/* To the code that the account is in, or is alone. */
static void go_to_code(struct place *place, const struct result *result)
{
    size_t wanted = result->code > 0 ? result->code : place->at + 1;

    while (place->at < wanted && export_codes_next(&place->codes))
        place->at++;
}

static enum fob_status put_result(struct command_call *call, struct json *json,
                                  struct place *place,
                                  const struct result *result)
{
    char path[FOB_PATH_MAX];
    enum fob_status status = FOB_OK;

    json_put_text(json, "name", result->name);
    json_put_text(json, "status", result->word);
    if (result->status != FOB_OK) {
        json_put_text(json, "reason", result->reason);
        return FOB_OK;
    }
    go_to_code(place, result);
    if (result->code > 0)
        json_put_number(json, "code", result->code);
    if (place->file == NULL) {
        json_put_bytes(json, "uri", place->codes.uri.data,
                       place->codes.uri.len);
        return FOB_OK;
    }
    status =
        export_codes_path(call, place->file, place->at, place->count, path);
    if (status == FOB_OK)
        json_put_text(json, "file", path);
    return status;
}

enum fob_status export_results_put(struct command_call *call, const char *file)
{
    struct place place = {.count = export_codes_count(call), .file = file};
    struct result result;
    struct fob_reader at;
    struct json json;
    enum fob_status status = FOB_OK;

    export_codes_start(call, &place.codes);
    fob_message_fields(&call->reply, &at);
    json_start(&json, &call->output);
    json_open_array(&json, NULL);
    while (status == FOB_OK && read_next(&at, &result)) {
        json_open_object(&json, NULL);
        status = put_result(call, &json, &place, &result);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_end(&json);
    return status;
}
