/* SPDX-License-Identifier: MIT */
#include "host/cli/import/import_results.h"

#include <unistd.h>

static enum fob_status find_fault(const struct command_call *call)
{
    struct fob_reader at, fields;
    struct fob_field field;

    fob_message_fields(&call->reply, &at);
    while (fob_message_next(&at, &field)) {
        uint64_t status;

        if (field.tag != FOB_TAG_RECORD)
            continue;
        fob_field_fields(&field, &fields);
        status = fob_fields_number(&fields, FOB_TAG_STATUS, FOB_OK);
        if (status != FOB_OK)
            return (enum fob_status)status;
    }
    return FOB_OK;
}

enum fob_status import_results_put(struct command_call *call,
                                   const struct listing_column *columns)
{
    enum fob_status fault = find_fault(call), status;

    listing_put(call, columns);
    if (fault == FOB_OK)
        return FOB_OK;
    status = output_write(&call->output, STDOUT_FILENO, "stdout", &call->error);
    if (status != FOB_OK)
        return status;
    return fob_error_set(&call->error, fault,
                         "not all of them could be taken over: see the list");
}
