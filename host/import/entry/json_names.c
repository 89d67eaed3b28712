/* SPDX-License-Identifier: MIT */
#include "host/import/entry/json_names.h"

#include "host/import/json/json_view.h"

#include <string.h>

static enum fob_status read_name(struct fob_span value,
                                 char name[static JSON_NAME_CAP])
{
    memset(name, 0, JSON_NAME_CAP);
    if (value.at == NULL)
        return FOB_OK;
    if (fob_json_view_is_string(value))
        return fob_json_view_text(value, name, JSON_NAME_CAP);
    if (value.len >= JSON_NAME_CAP)
        return FOB_E_TOO_LONG;
    memcpy(name, value.at, value.len);
    return FOB_OK;
}

void json_names_read(struct fob_span issuer, struct fob_span label,
                     struct json_names *names)
{
    names->of_issuer = read_name(issuer, names->issuer);
    names->of_label = read_name(label, names->label);
}

enum fob_status json_names_put(const struct json_names *names,
                               enum fob_status (*put)(struct import_sink *,
                                                      struct fob_span,
                                                      struct fob_span),
                               struct import_sink *sink)
{
    enum fob_status status =
        put(sink, fob_span_of(names->issuer, sizeof(names->issuer)),
            fob_span_of(names->label, sizeof(names->label)));

    if (names->of_issuer == FOB_OK && names->of_label == FOB_OK)
        return status;
    if (names->of_issuer == FOB_E_SYNTAX || names->of_label == FOB_E_SYNTAX)
        return FOB_E_SYNTAX; /* it is no text at all */
    return sink_name_fault(sink, names->of_issuer, names->of_label);
}
