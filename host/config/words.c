/* SPDX-License-Identifier: MIT */
#include "host/config/words.h"

#include <stddef.h>
#include <string.h>

/* A word shrinks while it is read: `to` never overtakes `from`. */
struct words {
    const char *from;
    char *to;
};

static bool words_is_blank(char character)
{
    return character != '\0' && strchr(" \t\r\n", character) != NULL;
}

static bool words_take_escaped(struct words *words)
{
    if (words->from[1] == '\0')
        return false;
    *words->to++ = words->from[1];
    words->from += 2;
    return true;
}

/* From an opening quote past the closing one.  Inside double quotes a
 * backslash is one unless it stands before itself or a double quote. */
static bool words_take_quoted(struct words *words)
{
    char quote = *words->from++;

    while (*words->from != quote) {
        bool escapes = quote == '"' && *words->from == '\\' &&
                       words->from[1] != '\0' &&
                       strchr("\"\\", words->from[1]) != NULL;

        if (*words->from == '\0')
            return false;
        if (escapes)
            words->from++;
        *words->to++ = *words->from++;
    }
    words->from++;
    return true;
}

static bool words_take(struct words *words)
{
    bool good = true;

    while (good && *words->from != '\0' && !words_is_blank(*words->from)) {
        if (*words->from == '\\')
            good = words_take_escaped(words);
        else if (*words->from == '\'' || *words->from == '"')
            good = words_take_quoted(words);
        else
            *words->to++ = *words->from++;
    }
    return good;
}

int words_split(char *text, char **words, int max)
{
    struct words at = {text, text};
    int count = 0;

    for (;;) {
        bool ends = false;

        while (words_is_blank(*at.from))
            at.from++;
        if (*at.from == '\0')
            return count;
        if (count < max)
            words[count] = at.to;
        count++;
        if (!words_take(&at))
            return -1;
        /* The NUL may fall on the blank just read: step over it first. */
        ends = *at.from == '\0';
        at.from += ends ? 0 : 1;
        *at.to++ = '\0';
        if (ends)
            return count;
    }
}
