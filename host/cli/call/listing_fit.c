/* SPDX-License-Identifier: MIT */
#include "host/cli/call/listing_fit.h"

#include "host/cli/ui/width.h"

#include <string.h>

enum { NARROW = 10 };

bool listing_fit_is_text(const struct listing_column *column)
{
    return column->kind == LISTING_TEXT || column->kind == LISTING_WHOLE ||
           column->kind == LISTING_SPARE;
}

static size_t narrowest(const struct listing_column *column)
{
    size_t len = strlen(column->title);

    return len > NARROW ? len : NARROW;
}

static bool may_narrow(const struct listing_column *column, size_t width)
{
    return width > 0 && listing_fit_is_text(column) &&
           width > narrowest(column);
}

/* The widest that gives way with the others or, when `is_whole`, after them; 0
 * when there is none but perhaps the first. */
static size_t find_widest(const struct listing_column *columns,
                          const size_t *width, bool is_whole)
{
    size_t widest = 0;

    for (size_t i = 1; columns[i].key != NULL; i++)
        if ((columns[i].kind == LISTING_WHOLE) == is_whole &&
            may_narrow(&columns[i], width[i]) &&
            (widest == 0 || width[i] > width[widest]))
            widest = i;
    return widest;
}

/* Text gives way, the widest first, down to its title, and what is copied from
 * a table after the rest; the first column, which is what one types next, is
 * the last to. */
static bool narrow(const struct listing_column *columns, size_t *width)
{
    size_t widest = find_widest(columns, width, false);

    if (widest == 0)
        widest = find_widest(columns, width, true);
    if (widest == 0 && !may_narrow(&columns[0], width[0]))
        return false;
    width[widest]--;
    return true;
}

static size_t add_up(const struct listing_column *columns, const size_t *width)
{
    size_t sum = 0;

    for (size_t i = 0; columns[i].key != NULL; i++)
        if (width[i] > 0)
            sum += width[i] + (sum > 0 ? LISTING_GAP : 0);
    return sum;
}

void listing_fit_columns(const struct listing_column *columns, size_t *width)
{
    size_t limit = width_find();

    for (size_t i = 0; columns[i].key != NULL; i++)
        if (columns[i].kind == LISTING_SPARE && add_up(columns, width) > limit)
            width[i] = 0;
    while (add_up(columns, width) > limit && narrow(columns, width))
        ;
}
