/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/renew.h"

#include <stdlib.h>
#include <time.h>

enum { PAUSE_S = 60 };

/* One that was asked to be short would be renewed for every caller. */
bool renew_is_due(uint32_t duration_s, int64_t left_s)
{
    return left_s < RENEW_BELOW_S &&
           (duration_s == 0 || duration_s >= 2 * RENEW_BELOW_S);
}

static bool take_turn(struct fob_agent *agent)
{
    bool is_mine;

    pthread_mutex_lock(&agent->mutex);
    is_mine = !agent->renewing && time(NULL) >= agent->renew_after_s;
    agent->renewing |= is_mine;
    pthread_mutex_unlock(&agent->mutex);
    return is_mine;
}

static void end_turn(struct fob_agent *agent, bool is_good)
{
    pthread_mutex_lock(&agent->mutex);
    agent->renewing = false;
    agent->renew_after_s = is_good ? 0 : time(NULL) + PAUSE_S;
    pthread_mutex_unlock(&agent->mutex);
}

struct renewal {
    struct fob_request request;
    enum fob_status (*serve)(struct fob_request *request);
};

static void free_renewal(struct renewal *renewal)
{
    request_free(&renewal->request);
    free(renewal);
}

static void *run_renewal(void *argument)
{
    struct renewal *renewal = argument;
    struct fob_request *request = &renewal->request;

    fob_message_start(&request->reply, FOB_REPLY_OK);
    end_turn(request->agent, renewal->serve(request) == FOB_OK);
    free_renewal(renewal);
    return NULL;
}

static struct renewal *
copy_request(const struct fob_request *from,
             enum fob_status (*serve)(struct fob_request *request))
{
    struct renewal *copy = calloc(1, sizeof(*copy));

    if (copy == NULL)
        return NULL;
    copy->serve = serve;
    copy->request.agent = from->agent;
    copy->request.fd = REQUEST_NOBODY;
    copy->request.is_remote = from->is_remote;
    copy->request.forward = from->forward;
    copy->request.has_no_commands = from->has_no_commands;
    copy->request.message.type = from->message.type;
    if (fob_secret_copy(&copy->request.message.fields,
                        from->message.fields.data,
                        from->message.fields.len) == FOB_OK &&
        client_environment_read(
            &copy->request.environment,
            from->is_remote ? NULL : &copy->request.message) == FOB_OK)
        return copy;
    free_renewal(copy);
    return NULL;
}

void renew_later(const struct fob_request *request,
                 enum fob_status (*serve)(struct fob_request *request))
{
    struct fob_agent *agent = request->agent;
    struct renewal *copy;
    pthread_t thread;

    if (!agent->is_shared || request->fd == REQUEST_NOBODY || !take_turn(agent))
        return;
    copy = copy_request(request, serve);
    if (copy != NULL && pthread_create(&thread, NULL, run_renewal, copy) == 0) {
        pthread_detach(thread);
        return;
    }
    if (copy != NULL)
        free_renewal(copy);
    end_turn(agent, false);
}
