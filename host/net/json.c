/* SPDX-License-Identifier: MIT */
#include "host/net/json.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_MAX = 64 };

static void put_number(struct net_flat *flat, const json_t *value)
{
    char text[NUMBER_MAX];
    int len;

    if (json_is_integer(value))
        len = snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT,
                       json_integer_value(value));
    else
        len = snprintf(text, sizeof(text), "%.17g", json_real_value(value));
    net_flat_put(flat, text, (size_t)len);
}

static void put_scalar(struct net_flat *flat, const json_t *value)
{
    if (json_is_string(value))
        net_flat_put(flat, json_string_value(value), json_string_length(value));
    else if (json_is_number(value))
        put_number(flat, value);
    else if (json_is_true(value))
        net_flat_put(flat, "true", strlen("true"));
    else if (json_is_false(value))
        net_flat_put(flat, "false", strlen("false"));
}

/* Recursion ends at NET_FLAT_DEPTH_MAX, where `flat` has its fault. */
static void flatten_value(struct net_flat *flat, json_t *value)
{
    const char *name;
    json_t *child;
    size_t i;

    if (flat->fault != NULL)
        return;
    if (json_is_object(value)) {
        json_object_foreach(value, name, child)
        {
            net_flat_enter(flat, name);
            flatten_value(flat, child);
            net_flat_leave(flat);
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, child)
        {
            net_flat_enter_element(flat, "member", i);
            flatten_value(flat, child);
            net_flat_leave(flat);
        }
    } else {
        put_scalar(flat, value);
    }
}

static const char *first_string(const json_t *root, const char *const *names)
{
    const char *text = NULL;

    for (; *names != NULL && text == NULL; names++)
        text = json_string_value(json_object_get(root, *names));
    return text;
}

/* "com.amazonaws.cloudtrail.v20131101#AccessDeniedException:http://..." names
 * its code between the '#' and the ':'. */
static void put_error(struct net_flat *flat, const json_t *root)
{
    static const char *const codes[] = {"__type", "code", "Code", NULL};
    static const char *const messages[] = {"message", "Message", NULL};
    const char *code = first_string(root, codes);
    const char *message = first_string(root, messages);

    if (code == NULL)
        return;
    if (strchr(code, '#') != NULL)
        code = strchr(code, '#') + 1;
    net_flat_enter(flat, "Error");
    net_flat_enter(flat, "Code");
    net_flat_put(flat, code, strcspn(code, ":"));
    net_flat_leave(flat);
    net_flat_enter(flat, "Message");
    net_flat_put(flat, message != NULL ? message : "",
                 message != NULL ? strlen(message) : 0);
    net_flat_leave(flat);
    net_flat_leave(flat);
}

void net_json_flatten(struct net_flat *flat, const void *data, size_t len,
                      bool is_error)
{
    json_t *root = json_loadb(data, len, JSON_REJECT_DUPLICATES, NULL);

    if (root == NULL) {
        net_flat_fail(flat, "it is not well-formed");
        return;
    }
    if (is_error)
        put_error(flat, root);
    flatten_value(flat, root);
    json_decref(root);
}
