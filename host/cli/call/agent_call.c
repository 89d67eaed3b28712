/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"

#include "host/cli/call/answer.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/ui/tty.h"
#include "host/client/client.h"

/* Requests that an agent answers at once. */
enum { TIMEOUT_MS = 10000 };

static void show_text(void *context, const char *text, bool is_note)
{
    struct command_call *call = context;

    tty_go_on();
    if (is_note)
        ui_note(&call->ui, "%s", text);
    else
        ui_progress(&call->ui, text);
}

static enum fob_status
answer_question(void *context, enum fob_question question, const char *text,
                struct fob_secret *answer, struct fob_client_source *source)
{
    struct command_call *call = context;

    if (call->is_unattended)
        return FOB_E_NOBODY;
    return answer_find(call, question, text, answer, source);
}

static enum fob_status call_agent(struct command_call *call, bool may_start)
{
    const struct fob_client_callbacks callbacks = {call, show_text,
                                                   answer_question};
    struct fob_error error = {0};
    struct fob_client *client = &call->client;
    enum fob_status status = caller_environment_put_token(call);

    if (status != FOB_OK)
        return status;
    if (may_start)
        client->place = 0;
    if (client->private_pid == 0)
        status = fob_client_open(client, &callbacks, may_start, &error);
    client->callbacks = &callbacks;
    client->timeout_ms = may_start ? 0 : TIMEOUT_MS;
    if (status == FOB_OK)
        status = fob_client_call(client, &call->request, &call->reply, &error);
    client->callbacks = NULL;
    tty_go_on();
    /* The shared agent disconnects who says nothing for long. */
    if (client->private_pid == 0 || status == FOB_E_AGENT)
        fob_client_close(client);
    ui_progress_end(&call->ui);
    /* The agent only knows that its question went unanswered; why, was set
     * on this side. */
    if (status != FOB_OK && call->error.status == FOB_OK)
        call->error = error;
    return status == FOB_OK ? FOB_OK : call->error.status;
}

enum fob_status agent_call_run(struct command_call *call)
{
    return call_agent(call, true);
}

/* No request of this kind names a thing that could be missing: so it was not
 * found that an agent runs. */
static enum fob_status call_next(struct command_call *call, bool *is_running)
{
    enum fob_status status = call_agent(call, false);

    *is_running = status != FOB_E_NOT_FOUND;
    if (*is_running)
        return status;
    fob_error_clear(&call->error);
    return FOB_OK;
}

enum fob_status agent_call_run_if_running(struct command_call *call,
                                          bool *is_running)
{
    call->client.place = 0;
    return call_next(call, is_running);
}

/* What one refuses, another may be the one to do. */
enum fob_status
agent_call_run_everywhere(struct command_call *call,
                          enum fob_status (*then)(struct command_call *call),
                          bool *is_running)
{
    struct fob_error first = {0};
    enum fob_status status;
    bool is_there;

    *is_running = false;
    call->client.place = 0;
    for (;;) {
        status = call_next(call, &is_there);
        if (status == FOB_OK && is_there && then != NULL)
            status = then(call);
        if (status != FOB_OK && first.status == FOB_OK)
            first = call->error;
        fob_error_clear(&call->error);
        *is_running |= is_there;
        if (!is_there || call->client.path[0] == '\0')
            break;
        call->client.place++;
    }
    call->error = first;
    return first.status;
}

void agent_call_end(struct command_call *call)
{
    if (call->client.private_pid != 0)
        fob_client_close(&call->client);
}
