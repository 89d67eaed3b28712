/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/width.h"

#include "host/base/character.h"
#include "host/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char gap[] = "...";

static size_t ask_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size = {0};
    uint64_t number;

    if (columns != NULL &&
        fob_text_number(columns, UINT16_MAX, &number) == FOB_OK && number > 0)
        return (size_t)number;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return WIDTH_USUAL;
}

size_t width_find(void)
{
    size_t width = ask_width();

    return width < WIDTH_MIN ? WIDTH_MIN : width;
}

/* Bytes and cells of the character at `text`. */
static size_t measure(const char *text, size_t *cells)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t size = fob_character_size(at, strlen(text));

    *cells = size > 0 ? fob_character_width(fob_character_point(at, size)) : 1;
    return size > 0 ? size : 1;
}

void width_elide(char *text, size_t width)
{
    size_t all = fob_character_columns(text), head = 0, taken = 0, cells = 0;
    size_t room = width - strlen(gap), from;

    if (all <= width)
        return;
    for (;;) {
        size_t size = measure(text + head, &cells);

        if (taken + cells > room / 3)
            break;
        taken += cells;
        head += size;
    }
    from = head;
    for (size_t left = all - taken; left > room - taken; left -= cells)
        from += measure(text + from, &cells);
    /* What stands on top of a character goes with it. */
    while (text[from] != '\0') {
        size_t size = measure(text + from, &cells);

        if (cells > 0)
            break;
        from += size;
    }
    memmove(text + head + strlen(gap), text + from, strlen(text + from) + 1);
    memcpy(text + head, gap, strlen(gap));
}
