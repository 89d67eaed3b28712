/* SPDX-License-Identifier: MIT */
#include "host/import/text/uris.h"

#include "host/import/text/uri_name.h"
#include "host/import/text/uri_scan.h"

static enum fob_status put_found(const struct uri_found *found,
                                 const struct uri_names *names,
                                 struct import_sink *sink)
{
    if (found->fault == NULL)
        return uri_put(found->uri, names, found->line, sink);
    uri_name_read(found->uri, sink->account);
    if (sink->account->label[0] == '\0')
        (void)!sink_name(sink, names->issuer, names->label);
    return sink_put(sink, found->line, FOB_E_UNSUPPORTED, found->fault);
}

enum fob_status uris_put(struct fob_span text, size_t line,
                         const struct uri_names *names,
                         struct import_sink *sink)
{
    struct uri_scan scan = {.text = text, .line = line};
    enum fob_status status = FOB_OK;
    struct uri_found found;

    while (status == FOB_OK && uri_scan_next(&scan, &found))
        status = put_found(&found, names, sink);
    return status;
}
