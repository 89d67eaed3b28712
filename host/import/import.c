/* SPDX-License-Identifier: MIT */
#include "host/import/import.h"

#include "host/import/aegis.h"
#include "host/import/lines.h"

#include <string.h>

/* Windows puts one before UTF-8. */
static struct fob_span skip_byte_order_mark(struct fob_span text)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t len = sizeof(mark) - 1;

    if (text.len >= len && memcmp(text.at, mark, len) == 0)
        return (struct fob_span){text.at + len, text.len - len};
    return text;
}

static enum fob_status read_any(struct fob_span text, struct import_sink *sink)
{
    struct fob_span inner = fob_span_trim(text, " \t\r\n");
    enum fob_status status = inner.len > 0 && inner.at[0] == '{'
                                 ? aegis_read(text, sink)
                                 : lines_read(text, sink);

    if (status == FOB_OK && sink->count == 0)
        return fob_error_set(sink->error, FOB_E_SYNTAX,
                             "the file holds no accounts");
    return status;
}

enum fob_status fob_import_read(const uint8_t *data, size_t len,
                                const struct fob_import_callbacks *callbacks,
                                struct fob_error *error)
{
    struct import_sink sink;
    enum fob_status status;

    if (len > FOB_IMPORT_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the file is longer than %d bytes",
                             FOB_IMPORT_MAX);
    status = sink_open(&sink, callbacks, error);
    if (status != FOB_OK)
        return status;
    status = read_any(
        skip_byte_order_mark((struct fob_span){(const char *)data, len}),
        &sink);
    sink_close(&sink);
    return status;
}
