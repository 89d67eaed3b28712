/* SPDX-License-Identifier: MIT */
/* Requests about the agent itself. */
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/tokens/token_lock.h"

#include <unistd.h>

static const char *word_result(enum fob_status status)
{
    return status == FOB_OK            ? "given"
           : status == FOB_E_FORBIDDEN ? "refused"
                                       : "failed";
}

static void put_asked(struct fob_message *reply, const struct asked *asked)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_number(&record, FOB_TAG_TIME, (uint64_t)asked->at_s);
    fob_message_put_text(&record, FOB_TAG_PATH, asked->path);
    fob_message_put_text(&record, FOB_TAG_TYPE, asked->type);
    if (asked->name[0] != '\0')
        fob_message_put_text(&record, FOB_TAG_NAME, asked->name);
    fob_message_put_text(&record, FOB_TAG_RESULT, word_result(asked->status));
    fob_message_put_number(&record, FOB_TAG_NUMBER, asked->count);
    fob_message_put_record(reply, &record);
    fob_message_free(&record);
}

/* The newest first.  One far side is not told of another. */
static void put_all_asked(struct fob_request *request)
{
    struct fob_agent *agent = request->agent;
    const struct asked *asked;

    if (request->is_remote)
        return;
    pthread_mutex_lock(&agent->mutex);
    for (size_t age = 0; (asked = asked_log_find(&agent->asked, age)) != NULL;
         age++)
        put_asked(&request->reply, asked);
    pthread_mutex_unlock(&agent->mutex);
}

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
    put_all_asked(request);
    return FOB_OK;
}

enum fob_status serve_unlock(struct fob_request *request)
{
    enum fob_status status = vault_hold_open(request, false);
    int64_t locks_at = status == FOB_OK ? agent_locks_at(request->agent) : 0;

    agent_note_desktop(request->agent, request->environment.variables, true);
    if (locks_at != 0)
        fob_message_put_number(&request->reply, FOB_TAG_LOCKS_AT,
                               (uint64_t)locks_at);
    return status;
}

enum fob_status serve_lock(struct fob_request *request)
{
    agent_lock(request->agent, field_read_flag(request, FOB_TAG_ALL));
    token_lock_await(request, "is in use, and locked as soon as it is free");
    return FOB_OK;
}

/* answer_request stops the agent once the reply is sent. */
enum fob_status serve_stop(struct fob_request *request)
{
    agent_lock(request->agent, true);
    token_lock_await(request, "is in use and stays unlocked; run: fob token "
                              "lock");
    return FOB_OK;
}
