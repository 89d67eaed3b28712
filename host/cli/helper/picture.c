/* SPDX-License-Identifier: MIT */
#include "host/cli/helper/picture.h"

#include "host/base/path.h"

#include <stdio.h>
#include <string.h>

enum { SVG_HEAD_MAX = 1024, BRANDS_MAX = 64, BMP_HEAD_MIN = 26 };

struct mark {
    size_t at;
    const char *bytes;
    size_t len;
    enum picture_kind kind;
};

static const struct mark marks[] = {
    {0, "\x89PNG", 4, PICTURE_READ}, {0, "\xff\xd8\xff", 3, PICTURE_READ},
    {8, "WEBP", 4, PICTURE_READ}, /* and RIFF in front */
    {0, "GIF8", 4, PICTURE_GIF},     {0, "II*\0", 4, PICTURE_TIFF},
    {0, "MM\0*", 4, PICTURE_TIFF},   {0, "%PDF-", 5, PICTURE_PDF},
    {0, "\xff\x0a", 2, PICTURE_JXL}, {0, "\0\0\0\x0cJXL ", 8, PICTURE_JXL},
};

static const char *const kind_names[] = {
    [PICTURE_GIF] = "a GIF image",    [PICTURE_BMP] = "a BMP image",
    [PICTURE_TIFF] = "a TIFF image",  [PICTURE_HEIC] = "a HEIC image",
    [PICTURE_AVIF] = "an AVIF image", [PICTURE_JXL] = "a JPEG XL image",
    [PICTURE_PDF] = "a PDF document", [PICTURE_SVG] = "an SVG image",
};

static bool has_at(const struct fob_secret *content, size_t at,
                   const char *bytes, size_t len)
{
    return content->len >= at + len &&
           memcmp(content->data + at, bytes, len) == 0;
}

/* Whether a word stands within the first `max` bytes. */
static bool has_within(const struct fob_secret *content, size_t max,
                       const char *word)
{
    size_t len = content->len < max ? content->len : max;

    return memmem(content->data, len, word, strlen(word)) != NULL;
}

/* ISO/IEC 14496-12, 4.3: a box of brands comes first; a general one may stand
 * before that of the codec. */
static enum picture_kind kind_by_brand(const struct fob_secret *content)
{
    static const char *const heic[] = {"heic", "heix", "heim", "heis",
                                       "hevc", "mif1", "msf1"};

    if (!has_at(content, 4, "ftyp", 4))
        return PICTURE_NONE;
    if (has_within(content, BRANDS_MAX, "avif"))
        return PICTURE_AVIF;
    for (size_t i = 0; i < sizeof(heic) / sizeof(*heic); i++)
        if (has_at(content, 8, heic[i], 4))
            return PICTURE_HEIC;
    return PICTURE_NONE;
}

/* The root of an XML document, not a drawing within an HTML page. */
static bool is_svg(const struct fob_secret *content)
{
    size_t at = 0;

    if (has_at(content, 0, "\xef\xbb\xbf", 3))
        at = 3;
    while (at < content->len && strchr(" \t\r\n", content->data[at]) != NULL &&
           content->data[at] != '\0')
        at++;
    if (has_at(content, at, "<svg", 4))
        return true;
    return (has_at(content, at, "<?xml", 5) || has_at(content, at, "<!--", 4) ||
            has_at(content, at, "<!DOCTYPE svg", 13)) &&
           has_within(content, SVG_HEAD_MAX, "<svg") &&
           !has_within(content, SVG_HEAD_MAX, "<html");
}

/* Two letters are no mark: the four bytes behind the size are reserved. */
static bool is_bmp(const struct fob_secret *content)
{
    return content->len >= BMP_HEAD_MIN && has_at(content, 0, "BM", 2) &&
           has_at(content, 6, "\0\0\0\0", 4);
}

enum picture_kind picture_kind_of(const struct fob_secret *content)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (has_at(content, marks[i].at, marks[i].bytes, marks[i].len) &&
            (marks[i].at == 0 || has_at(content, 0, "RIFF", 4)))
            return marks[i].kind;
    if (is_bmp(content))
        return PICTURE_BMP;
    if (is_svg(content))
        return PICTURE_SVG;
    return kind_by_brand(content);
}

/* The same path with another ending; as it is when that does not fit. */
static void name_png(const char *path, const char *ending,
                     char png[static FOB_PATH_MAX])
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    bool has_ending =
        dot != NULL && dot != path && (slash == NULL || dot > slash + 1);
    size_t len = has_ending ? (size_t)(dot - path) : strlen(path);

    if (len + strlen(ending) >= FOB_PATH_MAX)
        len = FOB_PATH_MAX - 1 - strlen(ending);
    snprintf(png, FOB_PATH_MAX, "%.*s%s", (int)len, path, ending);
}

/* Each of these is in Debian, in the package that is named. */
static void hint_conversion(enum picture_kind kind, const char *path,
                            const char *png, struct fob_error *error)
{
    if (kind == PICTURE_HEIC)
        fob_error_hint(
            error, "make a PNG of it: heif-convert %s %s (libheif-examples)",
            path, png);
    else if (kind == PICTURE_AVIF)
        fob_error_hint(error, "make a PNG of it: avifdec %s %s (libavif-bin)",
                       path, png);
    else if (kind == PICTURE_JXL)
        fob_error_hint(error, "make a PNG of it: djxl %s %s (libjxl-tools)",
                       path, png);
    else if (kind == PICTURE_PDF)
        fob_error_hint(error,
                       "make PNGs of its pages: pdftoppm -png -r 200 %s %s "
                       "(poppler-utils)",
                       path, png);
    else if (kind == PICTURE_SVG)
        fob_error_hint(
            error,
            "make a PNG of it: rsvg-convert -w 1000 -b white %s -o %s "
            "(librsvg2-bin)",
            path, png);
    else
        fob_error_hint(error, "make a PNG of it: convert %s %s (imagemagick)",
                       path, png);
}

enum fob_status picture_refuse(enum picture_kind kind, const char *name,
                               struct fob_error *error)
{
    const char *path = strcmp(name, "stdin") == 0 ? "FILE" : name;
    char png[FOB_PATH_MAX];

    name_png(path, kind == PICTURE_PDF ? "" : ".png", png);
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "%s is %s, and fob reads PNG, JPEG and WebP", name,
                  kind_names[kind]);
    hint_conversion(kind, path, png, error);
    return FOB_E_UNSUPPORTED;
}
