/* SPDX-License-Identifier: MIT */
#include "host/import/text/text.h"

#include "host/import/text/flatten.h"
#include "host/import/text/lines.h"
#include "host/import/text/parts.h"
#include "host/import/text/uri_scan.h"
#include "host/import/text/uris.h"
#include "src/otpauth.h"

#include <string.h>

static enum fob_status put_flat(const struct import_file *file, bool is_json,
                                struct import_sink *sink)
{
    static const struct uri_names none = {{0}, {0}};
    struct fob_secret flat = {0};
    enum fob_status status = is_json ? flatten_json(file->text, &flat)
                                     : flatten_markup(file->text, &flat);

    if (status != FOB_OK)
        return fob_error_no_memory(sink->error);
    status = uris_put((struct fob_span){(char *)flat.data, flat.len}, 1, &none,
                      sink);
    fob_secret_free(&flat);
    return status;
}

/* One line of base32, as a console shows it. */
static bool is_bare_secret(struct fob_span text)
{
    enum { SYMBOLS_MIN = 16 };

    text = fob_span_trim_blank(text);
    return text.len >= SYMBOLS_MIN && memchr(text.at, '\n', text.len) == NULL &&
           fob_otpauth_kind(text) == FOB_OTPAUTH_BARE;
}

static enum fob_status say_nothing_found(const struct import_file *file,
                                         bool is_markup,
                                         struct fob_error *error)
{
    if (file->json.at != NULL)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the file is JSON, but of no app whose files fob "
                             "reads, and no otpauth URI stands in it");
    if (is_markup)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the file is HTML or XML, and no otpauth URI "
                             "stands in it");
    if (is_bare_secret(file->text)) {
        fob_error_set(error, FOB_E_UNSUPPORTED,
                      "the file holds a secret without a name");
        fob_error_hint(error, "fob add --secret - NAME <FILE");
        return FOB_E_UNSUPPORTED;
    }
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the file is of no kind that fob knows, and no "
                         "otpauth URI stands in it");
}

/* Blank lines and comments are a list of nothing. */
static bool is_empty(struct fob_span text)
{
    while (text.at != NULL) {
        struct fob_span line = fob_span_trim_blank(fob_span_cut(&text, '\n'));

        if (line.len > 0 && line.at[0] != '#')
            return false;
    }
    return true;
}

static enum fob_status read_anywhere(const struct import_file *file,
                                     struct import_sink *sink)
{
    static const struct uri_names none = {{0}, {0}};
    bool is_json = file->json.at != NULL;
    bool is_markup = !is_json && flatten_is_markup(file->text);
    size_t before = sink->count + sink->parts->again;
    enum fob_status status = FOB_OK;

    if (!is_json && !is_markup)
        status = uris_put(file->text, 1, &none, sink);
    else if (uri_scan_may_find(file->text))
        status = put_flat(file, is_json, sink);
    if (status != FOB_OK || sink->count + sink->parts->again > before)
        return status;
    if (file->is_picture)
        return lines_read(file->text, sink);
    return say_nothing_found(file, is_markup, sink->error);
}

enum fob_status text_read(const struct import_file *file,
                          struct import_sink *sink)
{
    /* Beside an account's code there may be one of an app store's. */
    if (file->json.at == NULL && !file->is_picture &&
        (lines_is_list(file->text) || is_empty(file->text)))
        return lines_read(file->text, sink);
    if (file->json.at != NULL)
        sink->unit = "line";
    return read_anywhere(file, sink);
}
