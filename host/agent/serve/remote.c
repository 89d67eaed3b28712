/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/remote.h"

/* Codes of any time that is asked for are as good as the seed. */
enum fob_status remote_check(struct fob_request *request, bool is_allowed)
{
    struct fob_field field;
    bool has_time = fob_message_find(&request->message, FOB_TAG_TIME, &field);

    if (is_allowed && !has_time)
        return FOB_OK;
    fob_error_set(&request->error, FOB_E_FAILED,
                  "a forwarded agent gives sessions and %s only",
                  has_time ? "codes of this moment" : "codes");
    fob_error_hint(&request->error, "run it where the agent is");
    return FOB_E_FAILED;
}
