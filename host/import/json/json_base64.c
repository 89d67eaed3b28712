/* SPDX-License-Identifier: MIT */
#include "host/import/json/json_base64.h"

#include "host/import/json/base64.h"
#include "host/import/json/json_view.h"

#include <string.h>

enum fob_status json_base64_read(struct fob_span value, struct fob_secret *data)
{
    enum fob_status status = fob_secret_alloc(data, value.len);
    char *text = (char *)data->data;

    if (status == FOB_OK)
        status = fob_json_view_text(value, text, data->cap);
    if (status == FOB_OK)
        status = base64_decode(text, strlen(text), data->data, &data->len);
    if (status != FOB_OK)
        fob_secret_free(data);
    return status;
}
