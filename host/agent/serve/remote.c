/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/remote.h"

static bool is_allowed(enum fob_message_type type)
{
    switch ((int)type) {
    case FOB_REQUEST_STATUS:
    case FOB_REQUEST_CODE:
    case FOB_REQUEST_PAIR:
    case FOB_REQUEST_LIST:
    case FOB_REQUEST_CREDENTIALS:
    case FOB_REQUEST_SESSIONS:
        return true;
    default:
        return false;
    }
}

/* Codes of any time that is asked for are as good as the seed. */
enum fob_status remote_check(struct fob_request *request)
{
    struct fob_field field;
    bool has_time = fob_message_find(&request->message, FOB_TAG_TIME, &field);

    if (is_allowed(request->message.type) && !has_time)
        return FOB_OK;
    fob_error_set(&request->error, FOB_E_FAILED,
                  "a forwarded agent gives sessions and %s only",
                  has_time ? "codes of this moment" : "codes");
    fob_error_hint(&request->error, "run it where the agent is");
    return FOB_E_FAILED;
}
