/* SPDX-License-Identifier: MIT */
#include "host/cli/call/mark.h"

#include <stdlib.h>
#include <string.h>

static const char key_id[] = "AWS_ACCESS_KEY_ID";
/* Of the key whose id is marked. */
static const char *const of_key[] = {"AWS_SECRET_ACCESS_KEY",
                                     "AWS_SESSION_TOKEN"};

/* The name that is marked for this one. */
static const char *find_marked(const char *name)
{
    for (size_t i = 0; i < sizeof(of_key) / sizeof(of_key[0]); i++)
        if (strcmp(of_key[i], name) == 0)
            return key_id;
    return name;
}

/* Whether the first `len` bytes of a mark are NAME=VALUE. */
static bool is_pair(const char *mark, size_t len, const char *name,
                    const char *value)
{
    size_t name_len = strlen(name), value_len = strlen(value);

    return len == name_len + 1 + value_len &&
           memcmp(mark, name, name_len) == 0 && mark[name_len] == '=' &&
           memcmp(mark + name_len + 1, value, value_len) == 0;
}

bool mark_is_own(const char *name)
{
    const char *marked = find_marked(name);
    const char *value = getenv(marked), *at = getenv(MARK_NAME);

    if (value == NULL || at == NULL || getenv(name) == NULL)
        return false;
    while (*at != '\0') {
        size_t len = strcspn(at, " ");

        if (is_pair(at, len, marked, value))
            return true;
        at += len + strspn(at + len, " ");
    }
    return false;
}

static bool is_plain(const char *value, size_t len)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:";

    for (size_t i = 0; i < len; i++)
        if (value[i] == '\0' || strchr(plain, value[i]) == NULL)
            return false;
    return len > 0;
}

void mark_add(char text[static MARK_CAP], const char *name, const void *value,
              size_t len)
{
    size_t used = strlen(text), name_len = strlen(name);

    if (!is_plain(value, len) || used + name_len + len + 3 > MARK_CAP)
        return;
    if (used > 0)
        text[used++] = ' ';
    memcpy(text + used, name, name_len);
    used += name_len;
    text[used++] = '=';
    memcpy(text + used, value, len);
    text[used + len] = '\0';
}
