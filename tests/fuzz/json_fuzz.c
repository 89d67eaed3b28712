/* SPDX-License-Identifier: MIT */
/* fob's JSON against jansson's: the same texts are JSON, and say the same. */
#include "host/import/json/json_view.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool good)
{
    if (!good)
        abort();
}

static unsigned depth_of(const json_t *value)
{
    unsigned deepest = 0;
    const char *name;
    json_t *child;
    size_t i;

    json_object_foreach((json_t *)(uintptr_t)value, name, child)
    {
        unsigned depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    json_array_foreach(value, i, child)
    {
        unsigned depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (json_is_object(value) || json_is_array(value));
}

static void compare(struct fob_span value, json_t *theirs);

static void compare_members(struct fob_span object, json_t *theirs)
{
    const char *name;
    json_t *child;

    json_object_foreach(theirs, name, child)
    {
        struct fob_span member;

        require(fob_json_view_members(object, &name, 1, &member) == FOB_OK);
        if (json_is_null(child))
            require(member.at == NULL);
        else
            compare(member, child);
    }
}

static void compare_elements(struct fob_span array, json_t *theirs)
{
    struct fob_span rest, element;
    json_t *child;
    size_t i;

    require(fob_json_view_elements(array, &rest) == FOB_OK);
    json_array_foreach(theirs, i, child)
    {
        require(fob_json_view_next(&rest, &element));
        compare(element, child);
    }
    require(!fob_json_view_next(&rest, &element));
}

static void compare_text(struct fob_span value, const json_t *theirs)
{
    char *text = malloc(value.len);

    require(text != NULL &&
            fob_json_view_text(value, text, value.len) == FOB_OK);
    require(strcmp(text, json_string_value(theirs)) == 0);
    free(text);
}

static void compare_number(struct fob_span value, const json_t *theirs)
{
    uint64_t number;
    bool is_whole = fob_json_view_number(value, INT64_MAX, &number) == FOB_OK;

    if (is_whole || (json_is_integer(theirs) && value.at[0] != '-'))
        require(is_whole && number == (uint64_t)json_integer_value(theirs));
}

static void compare(struct fob_span value, json_t *theirs)
{
    if (json_is_object(theirs))
        compare_members(value, theirs);
    else if (json_is_array(theirs))
        compare_elements(value, theirs);
    else if (json_is_string(theirs))
        compare_text(value, theirs);
    else if (json_is_number(theirs))
        compare_number(value, theirs);
}

/* What jansson refuses and fob leaves to those who read the value. */
static bool is_left_open(const json_error_t *error)
{
    enum json_error_code code = json_error_code(error);

    return code == json_error_numeric_overflow ||
           code == json_error_invalid_utf8 ||
           code == json_error_duplicate_key ||
           code == json_error_stack_overflow;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fob_span text = {(const char *)data, size}, value;
    json_error_t error;
    json_t *theirs = json_loadb(
        text.at, size, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    size_t line;
    bool is_good = fob_json_view_open(text, &value, &line) == FOB_OK;

    /* jansson passes over a NUL that follows a number. */
    if (size > 0 && memchr(data, '\0', size) != NULL)
        require(!is_good);
    else if (theirs == NULL)
        require(!is_good || is_left_open(&error));
    else if (is_good)
        compare(value, theirs);
    else
        require(depth_of(theirs) > FOB_JSON_VIEW_DEPTH_MAX);
    json_decref(theirs);
    return 0;
}
