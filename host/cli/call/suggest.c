/* SPDX-License-Identifier: MIT */
#include "host/cli/call/suggest.h"

#include "host/base/text.h"
#include "host/config/nearest.h"

#include <string.h>

void suggest_add(struct suggest *suggest, const char *name)
{
    if (suggest->count < SUGGEST_NAMES_MAX)
        suggest->name[suggest->count++] = name;
}

bool suggest_is_name(const char *word, size_t len)
{
    return len > 0 && len <= SUGGEST_WORD_LEN && word[0] != '-' &&
           strspn(word, "abcdefghijklmnopqrstuvwxyz-") >= len;
}

/* A third of the letters wrong, or some left out at an end. */
static bool is_near(const struct nearest *nearest, const char *name)
{
    return nearest->distances[0] * 3 <= strlen(name) + 2 ||
           fob_text_contains(nearest->names[0], name) ||
           fob_text_contains(name, nearest->names[0]);
}

void suggest_put(const struct suggest *suggest, const char *dashes,
                 const char *word, size_t len,
                 char text[static SUGGEST_TEXT_CAP])
{
    char name[SUGGEST_WORD_LEN + 1] = "";
    struct nearest nearest;
    enum fob_status status;

    text[0] = '\0';
    if (!suggest_is_name(word, len))
        return;
    memcpy(name, word, len);
    nearest = nearest_find(suggest->name, suggest->count, name);
    status =
        nearest.count > 0 && is_near(&nearest, name)
            ? fob_text_format(text, SUGGEST_TEXT_CAP,
                              " %s%s (did you mean %s%s?)", dashes, name,
                              dashes, nearest.names[0])
            : fob_text_format(text, SUGGEST_TEXT_CAP, " %s%s", dashes, name);
    if (status != FOB_OK)
        text[0] = '\0';
}
