/* SPDX-License-Identifier: MIT */
#include "host/qr/decode.h"

#include "host/qr/deadline.h"
#include "host/qr/search.h"

#include <string.h>
#include <strings.h>

/* Sizes at which a picture is looked at, until one shows what is wanted: as it
 * is; reduced, which takes away the noise and blur of a photograph; enlarged,
 * for modules of one or two pixels; with what is dark grown, over the seams
 * between modules that printing to a file leaves. */
struct look {
    struct fob_view view;
    uint32_t whole_max; /* pixels of the view that zbar is given at most, */
    uint32_t grids_max; /* and in which finder patterns are looked for */
};

static const struct look looks[] = {
    {{.enlarge = 1, .reduce = 1}, 24000000, 64000000},
    {{.enlarge = 1, .reduce = 2}, 24000000, 64000000},
    {{.enlarge = 1, .reduce = 3}, 24000000, 0},
    {{.enlarge = 1, .reduce = 4}, 24000000, 64000000},
    {{.enlarge = 1, .reduce = 6}, 24000000, 0},
    {{.enlarge = 1, .reduce = 8}, 24000000, 64000000},
    {{.enlarge = 2, .reduce = 1}, 4000000, 0},
    {{.enlarge = 2, .reduce = 1, .is_smooth = true}, 0, 64000000},
    {{.enlarge = 3, .reduce = 1}, 4000000, 0},
    {{.enlarge = 3, .reduce = 1, .is_smooth = true}, 0, 64000000},
    {{.enlarge = 1, .reduce = 1, .grow = 1}, 4000000, 16000000},
    {{.enlarge = 1, .reduce = 1, .grow = 2}, 4000000, 16000000},
};

enum {
    LAST_REDUCED = 8, /* enlarging takes longer than it is worth then */
    REDUCED_MIN = 120 /* pixels a side: no code is left below */
};

void fob_decode_prepare(void)
{
    fob_scan_prepare();
}

static bool has_otpauth(const struct fob_codes *codes)
{
    static const char start[] = "otpauth";

    for (size_t i = 0; i < codes->count; i++) {
        const struct fob_secret *text = &codes->list[i].text;

        if (text->len >= strlen(start) &&
            strncasecmp((const char *)text->data, start, strlen(start)) == 0)
            return true;
    }
    return false;
}

static enum fob_status take_look(struct fob_search *search,
                                 const struct look *look)
{
    uint32_t width = search->image->width / look->view.reduce;
    uint32_t height = search->image->height / look->view.reduce;
    uint64_t pixels =
        (uint64_t)width * height * look->view.enlarge * look->view.enlarge;
    enum fob_status status = FOB_OK;

    if (look->view.reduce > 1 && (width < REDUCED_MIN || height < REDUCED_MIN))
        return FOB_OK;
    if (pixels <= look->whole_max)
        status = fob_search_whole(search, &look->view);
    if (status == FOB_OK && pixels <= look->grids_max)
        status = fob_search_grids(search, &look->view);
    return status;
}

enum fob_status fob_decode_image(const struct fob_image *image,
                                 struct fob_codes *codes,
                                 struct fob_error *error)
{
    struct fob_search search = {.image = image,
                                .scanner = fob_scan_open(),
                                .codes = codes,
                                .error = error};
    enum fob_status status = FOB_OK;

    if (search.scanner == NULL)
        return fob_error_no_memory(error);
    for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
        size_t known = codes->count;
        bool was_incomplete = codes->is_incomplete;

        status = take_look(&search, &looks[i]);
        codes->is_incomplete = fob_search_is_incomplete(&search);
        if (status == FOB_OK && codes->count > 0 &&
            (codes->count > known || codes->is_incomplete != was_incomplete) &&
            fob_deadline_keep(codes) != FOB_OK)
            status = fob_error_no_memory(error);
        if (status != FOB_OK)
            break;
        if (has_otpauth(codes) &&
            (search.unread == 0 || looks[i].view.reduce == LAST_REDUCED))
            break;
    }
    fob_scan_close(search.scanner);
    if (status != FOB_OK)
        fob_codes_free(codes);
    else if (codes->count == 0)
        status = fob_error_set(error, FOB_E_UNSUPPORTED,
                               "no QR code was found in the image; cut it down "
                               "to the whole code, or make the code larger");
    return status;
}
