/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/renew.h"

#include "host/agent/serve/handlers.h"

#include <stdlib.h>
#include <time.h>

enum { PAUSE_S = 60 };

static bool take_turn(struct fob_agent *agent)
{
    bool mine;

    pthread_mutex_lock(&agent->mutex);
    mine = !agent->renewing && time(NULL) >= agent->renew_after_s;
    agent->renewing |= mine;
    pthread_mutex_unlock(&agent->mutex);
    return mine;
}

static void end_turn(struct fob_agent *agent, bool good)
{
    pthread_mutex_lock(&agent->mutex);
    agent->renewing = false;
    agent->renew_after_s = good ? 0 : time(NULL) + PAUSE_S;
    pthread_mutex_unlock(&agent->mutex);
}

static void *renew(void *argument)
{
    struct fob_request *request = argument;

    fob_message_start(&request->reply, FOB_REPLY_OK);
    end_turn(request->agent, serve_credentials(request) == FOB_OK);
    fob_message_free(&request->reply);
    fob_message_free(&request->message);
    free(request);
    return NULL;
}

static struct fob_request *copy_request(const struct fob_request *from)
{
    struct fob_request *copy = calloc(1, sizeof(*copy));

    if (copy == NULL)
        return NULL;
    copy->agent = from->agent;
    copy->fd = REQUEST_NOBODY;
    copy->is_remote = from->is_remote;
    copy->message.type = from->message.type;
    if (fob_secret_copy(&copy->message.fields, from->message.fields.data,
                        from->message.fields.len) == FOB_OK)
        return copy;
    free(copy);
    return NULL;
}

void renew_later(const struct fob_request *request)
{
    struct fob_agent *agent = request->agent;
    struct fob_request *copy;
    pthread_t thread;

    if (!agent->is_shared || request->fd == REQUEST_NOBODY || !take_turn(agent))
        return;
    copy = copy_request(request);
    if (copy != NULL && pthread_create(&thread, NULL, renew, copy) == 0) {
        pthread_detach(thread);
        return;
    }
    if (copy != NULL)
        fob_message_free(&copy->message);
    free(copy);
    end_turn(agent, false);
}
