/* SPDX-License-Identifier: MIT */
#include "host/qr/find/alignment.h"

/* From the last one backwards they are evenly spaced, by an even number of
 * modules; what is left over comes between the first two. */
int fob_alignment_places(int side, int places[static FOB_ALIGNMENT_MAX])
{
    int version = (side - 17) / 4, count = version / 7 + 2;
    int last = side - 7, gaps = count - 1;
    int step = (last - 6 + gaps * 2 - 1) / (gaps * 2) * 2;

    if (version < 2)
        return 0;
    if (version == 32)
        step = 26; /* the one exception of the table */
    places[0] = 6;
    for (int i = 1; i < count; i++)
        places[i] = last - (count - 1 - i) * step;
    return count;
}
