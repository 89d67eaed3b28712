/* SPDX-License-Identifier: MIT */
#include "host/qr/search.h"

static enum fob_status take_codes(struct fob_search *search,
                                  const struct fob_codes *seen,
                                  const struct fob_view *view)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < seen->count && status == FOB_OK; i++) {
        const struct fob_code *code = &seen->list[i];
        uint32_t width = search->image->width, height = search->image->height;
        struct fob_code_box box = {
            .left = fob_view_origin(view, (int)code->box.left, width),
            .right = fob_view_origin(view, (int)code->box.right, width),
            .top = fob_view_origin(view, (int)code->box.top, height),
            .bottom = fob_view_origin(view, (int)code->box.bottom, height),
        };

        status =
            fob_codes_add(search->codes, code->text.data, code->text.len, &box);
    }
    if (status != FOB_OK)
        fob_error_set(search->error, status, "cannot look for QR codes");
    return status;
}

static enum fob_status scan_view(struct fob_search *search,
                                 const struct fob_view *view)
{
    static struct fob_codes seen;
    struct fob_image made = {0};
    enum fob_status status =
        fob_view_make(search->image, view, &made, search->error);

    if (status == FOB_OK)
        status = fob_scan(search->scanner, &made, &seen, search->error);
    if (status == FOB_OK)
        status = take_codes(search, &seen, view);
    fob_codes_free(&seen);
    fob_image_free(&made);
    return status;
}

/* With a white margin, for the code may end where the picture does. */
enum fob_status fob_search_whole(struct fob_search *search,
                                 const struct fob_view *view)
{
    struct fob_view shown = *view;
    enum fob_status status = FOB_OK;

    shown.margin = FOB_VIEW_MARGIN;
    for (int i = 0; i < 2 && status == FOB_OK; i++) {
        shown.invert = i == 1;
        status = scan_view(search, &shown);
    }
    return status;
}
