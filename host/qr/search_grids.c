/* SPDX-License-Identifier: MIT */
#include "host/qr/find/flatten.h"
#include "host/qr/find/trio.h"
#include "host/qr/search.h"

#include <math.h>

/* Less of a grid's patterns is no code; of so many, one that nobody can read.
 */
static const float FIT_MIN = 0.5F, FIT_SURE = 0.8F;

static void stretch_box(struct fob_code_box *box, uint32_t x, uint32_t y)
{
    box->left = x < box->left ? x : box->left;
    box->right = x > box->right ? x : box->right;
    box->top = y < box->top ? y : box->top;
    box->bottom = y > box->bottom ? y : box->bottom;
}

static struct fob_code_box find_box(const struct fob_grid *grid,
                                    const struct fob_view *view,
                                    const struct fob_image *image)
{
    struct fob_code_box box = {.left = image->width, .top = image->height};

    for (int i = 0; i < 4; i++) {
        float at[2];

        if (fob_grid_point(grid, (float)(i % 2 * grid->side),
                           (float)(i / 2 * grid->side), at) &&
            fabsf(at[0]) + fabsf(at[1]) < 1e6F)
            stretch_box(&box, fob_view_origin(view, (int)at[0], image->width),
                        fob_view_origin(view, (int)at[1], image->height));
    }
    return box;
}

static bool box_is_taken(const struct fob_codes *codes,
                         const struct fob_code_box *box)
{
    for (size_t i = 0; i < codes->count; i++) {
        const struct fob_code_box *known = &codes->list[i].box;

        if (box->left < known->right && known->left < box->right &&
            box->top < known->bottom && known->top < box->bottom)
            return true;
    }
    return false;
}

/* Whether a finder pattern is that of a code which was read. */
static bool is_read(const struct fob_search *search,
                    const struct fob_view *view,
                    const struct fob_finder *finder)
{
    uint32_t x = fob_view_origin(view, (int)finder->x, search->image->width);
    uint32_t y = fob_view_origin(view, (int)finder->y, search->image->height);
    const struct fob_code_box here = {x, y, x + 1, y + 1};

    return box_is_taken(search->codes, &here);
}

static void note_lost(struct fob_search *search, const struct fob_code_box *box)
{
    search->unread++;
    if (search->lost_count < FOB_SEARCH_LOST_MAX)
        search->lost[search->lost_count++] = *box;
}

bool fob_search_is_incomplete(const struct fob_search *search)
{
    for (size_t i = 0; i < search->lost_count; i++)
        if (!box_is_taken(search->codes, &search->lost[i]))
            return true;
    return false;
}

/* In one way after the other. */
static enum fob_status scan_grid(struct fob_search *search,
                                 const struct fob_ground *ground,
                                 const struct fob_grid *grid,
                                 const struct fob_code_box *box)
{
    static struct fob_codes seen;
    enum fob_status status = FOB_OK;

    for (int i = 0; i < FOB_FLATTEN_WAYS && status == FOB_OK && seen.count == 0;
         i++) {
        struct fob_image made = {0};

        status = fob_flatten(ground, grid, (enum fob_flatten_way)i, &made,
                             search->error);
        if (status == FOB_OK)
            status = fob_scan(search->scanner, &made, &seen, search->error);
        fob_image_free(&made);
    }
    if (status == FOB_OK && seen.count == 0 && grid->fit >= FIT_SURE)
        note_lost(search, box);
    for (size_t i = 0; i < seen.count && status == FOB_OK; i++) {
        status = fob_codes_add(search->codes, seen.list[i].text.data,
                               seen.list[i].text.len, box);
        if (status != FOB_OK)
            fob_error_set(search->error, status, "cannot look for QR codes");
    }
    fob_codes_free(&seen);
    return status;
}

static enum fob_status search_ground(struct fob_search *search,
                                     const struct fob_ground *ground,
                                     const struct fob_view *view)
{
    static struct fob_finders finders;
    static struct fob_trios trios;
    enum fob_status status = FOB_OK;

    fob_finders_find(ground, &finders);
    fob_trios_find(&finders, &trios);
    for (size_t i = 0; i < trios.count && status == FOB_OK; i++) {
        const struct fob_trio *trio = &trios.list[i];
        struct fob_grid grid = {
            .corner = trio->corner, .right = trio->right, .below = trio->below};
        struct fob_code_box box;

        if (is_read(search, view, trio->corner) &&
            is_read(search, view, trio->right) &&
            is_read(search, view, trio->below))
            continue;
        fob_grid_fit(ground, trio->side, &grid);
        if (grid.fit < FIT_MIN)
            continue;
        box = find_box(&grid, view, search->image);
        if (!box_is_taken(search->codes, &box))
            status = scan_grid(search, ground, &grid, &box);
    }
    return status;
}

enum fob_status fob_search_grids(struct fob_search *search,
                                 const struct fob_view *view)
{
    struct fob_image made = {0};
    struct fob_ground ground = {0};
    enum fob_status status =
        fob_view_make(search->image, view, &made, search->error);

    search->unread = 0;
    if (status == FOB_OK)
        status = fob_ground_make(&made, &ground, search->error);
    for (int i = 0; i < 2 && status == FOB_OK; i++) {
        ground.invert = i == 1;
        status = search_ground(search, &ground, view);
    }
    fob_ground_free(&ground);
    fob_image_free(&made);
    return status;
}
