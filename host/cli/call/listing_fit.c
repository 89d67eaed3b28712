/* SPDX-License-Identifier: MIT */
#include "host/cli/call/listing_fit.h"

#include "host/cli/ui/width.h"

#include <string.h>

enum { NARROW = 10 };

bool listing_fit_is_text(const struct listing_column *column)
{
    return column->kind == LISTING_TEXT || column->kind == LISTING_SPARE;
}

static size_t narrowest(const struct listing_column *column)
{
    size_t len = strlen(column->title);

    return len > NARROW ? len : NARROW;
}

/* Text gives way, the widest first, down to its title; the first column, which
 * is what one types next, is the last to. */
static bool narrow(const struct listing_column *columns, size_t *width)
{
    size_t widest = 0;

    for (size_t i = 1; columns[i].key != NULL; i++)
        if (width[i] > 0 && listing_fit_is_text(&columns[i]) &&
            width[i] > narrowest(&columns[i]) &&
            (widest == 0 || width[i] > width[widest]))
            widest = i;
    if (widest == 0 && (!listing_fit_is_text(&columns[0]) ||
                        width[0] <= narrowest(&columns[0])))
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
