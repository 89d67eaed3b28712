/* SPDX-License-Identifier: MIT */
/* A JSON writer (RFC 8259): one document, in the order of the calls. */
#ifndef FOB_HOST_CLI_UI_JSON_H
#define FOB_HOST_CLI_UI_JSON_H

#include "host/cli/ui/output.h"

#include <stdbool.h>

struct json {
    struct output *output;
    bool has_comma; /* something stands before, in the same object or array */
};

void json_start(struct json *json, struct output *output);

/* Each takes the member's name, or NULL inside an array and at the top. */
void json_open_object(struct json *json, const char *name);
void json_open_array(struct json *json, const char *name);
void json_put_text(struct json *json, const char *name, const char *text);
/* Bytes that are no UTF-8 become U+FFFD. */
void json_put_bytes(struct json *json, const char *name, const void *text,
                    size_t len);
void json_put_number(struct json *json, const char *name, uint64_t number);
void json_put_flag(struct json *json, const char *name, bool flag);

void json_close_object(struct json *json);
void json_close_array(struct json *json);

/* The newline after the document. */
void json_end(struct json *json);

#endif
