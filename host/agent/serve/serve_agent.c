/* SPDX-License-Identifier: MIT */
/* Requests about the agent itself. */
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

#include <unistd.h>

enum fob_status serve_status(struct fob_request *request)
{
    struct fob_agent *agent = request->agent;
    struct fob_message *reply = &request->reply;
    int64_t locks_at = agent_locks_at(agent);
    bool is_open = agent_is_open(agent);

    fob_message_put_text(reply, FOB_TAG_VERSION, FOB_VERSION);
    fob_message_put_number(reply, FOB_TAG_PID, (uint64_t)getpid());
    fob_message_put_number(reply, FOB_TAG_LOCKED, !is_open);
    fob_message_put_number(reply, FOB_TAG_SWAPPABLE, !fob_secret_is_locked());
    fob_message_put_number(reply, FOB_TAG_CONNECTIONS, agent->connections);
    if (locks_at != 0)
        fob_message_put_number(reply, FOB_TAG_LOCKS_AT, (uint64_t)locks_at);
    return FOB_OK;
}

enum fob_status serve_unlock(struct fob_request *request)
{
    enum fob_status status = vault_hold_open(request, false);
    int64_t locks_at = status == FOB_OK ? agent_locks_at(request->agent) : 0;

    if (locks_at != 0)
        fob_message_put_number(&request->reply, FOB_TAG_LOCKS_AT,
                               (uint64_t)locks_at);
    return status;
}

enum fob_status serve_lock(struct fob_request *request)
{
    agent_lock(request->agent, field_read_flag(request, FOB_TAG_ALL));
    return FOB_OK;
}

/* request_serve stops the agent once the reply is sent. */
enum fob_status serve_stop(struct fob_request *request)
{
    (void)request;
    return FOB_OK;
}
