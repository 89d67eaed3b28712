/* SPDX-License-Identifier: MIT */
#include "host/config/name_list.h"

#include <string.h>

static const char separators[] = ", \t\r\n";

bool fob_name_list_fits(const char *pattern, const char *name)
{
    const char *after_star = NULL, *taken = NULL;

    while (*name != '\0') {
        if (*pattern == '*') {
            after_star = ++pattern;
            taken = name;
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (after_star != NULL) {
            /* The star takes one letter more. */
            pattern = after_star;
            name = ++taken;
        } else
            return false;
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

/* The name at *text, which is left behind it; its quotes are no part of it. */
static enum fob_status name_list_take(const char **text, const char **name,
                                      size_t *len)
{
    const char *end;

    if (**text != '\'' && **text != '"') {
        *name = *text;
        *len = strcspn(*text, separators);
        *text += *len;
        return FOB_OK;
    }
    end = strchr(*text + 1, **text);
    if (end == NULL || end == *text + 1 ||
        (end[1] != '\0' && strchr(separators, end[1]) == NULL))
        return FOB_E_SYNTAX;
    *name = *text + 1;
    *len = (size_t)(end - *name);
    *text = end + 1;
    return FOB_OK;
}

static enum fob_status name_list_fill(const char *text,
                                      struct fob_name_list *list)
{
    size_t used = 0, len = 0;
    const char *name = NULL;

    for (;;) {
        text += strspn(text, separators);
        if (*text == '\0')
            return FOB_OK;
        if (name_list_take(&text, &name, &len) != FOB_OK)
            return FOB_E_SYNTAX;
        /* With its NUL, and the one that ends the list. */
        if (len + 2 > sizeof(list->names) - used)
            return FOB_E_TOO_LONG;
        memcpy(list->names + used, name, len);
        used += len + 1;
    }
}

enum fob_status fob_name_list_parse(const char *text,
                                    struct fob_name_list *list)
{
    enum fob_status status;

    *list = (struct fob_name_list){0};
    status = name_list_fill(text, list);
    if (status != FOB_OK)
        *list = (struct fob_name_list){0};
    return status;
}

const char *fob_name_list_next(const struct fob_name_list *list,
                               const char *name)
{
    name = name == NULL ? list->names : name + strlen(name) + 1;
    return *name == '\0' ? NULL : name;
}

bool fob_name_list_has(const struct fob_name_list *list, const char *name)
{
    const char *pattern = NULL;

    if (list->is_all)
        return true;
    while ((pattern = fob_name_list_next(list, pattern)) != NULL)
        if (fob_name_list_fits(pattern, name))
            return true;
    return false;
}
