/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/dispatch.h"

#include "host/agent/serve/handlers.h"
#include "host/agent/serve/remote.h"

#define ROUTE(number, name, function, is_remote, fields, reply)                \
    {(number), serve_##function, (is_remote)},

static const struct route {
    int type;
    enum fob_status (*serve)(struct fob_request *request);
    bool is_remote; /* whether it may come by the forwarded socket */
} routes[] = {FOB_REQUESTS(ROUTE)};

static const struct route *find_route(enum fob_message_type type)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (routes[i].type == (int)type)
            return &routes[i];
    return NULL;
}

static enum fob_status serve_route(struct fob_request *request)
{
    const struct route *route = find_route(request->message.type);
    bool is_allowed = route != NULL && route->is_remote;
    /* A far side's variables do not count here. */
    const struct fob_message *told =
        request->is_remote ? NULL : &request->message;

    if (client_environment_read(&request->environment, told) != FOB_OK)
        return fob_error_no_memory(&request->error);
    if (request->is_remote && remote_check(request, is_allowed) != FOB_OK)
        return request->error.status;
    if (route != NULL)
        return route->serve(request);
    return fob_error_set(&request->error, FOB_E_AGENT,
                         "the agent does not know request %d",
                         (int)request->message.type);
}

/* What a peer that broke the framing is told before it is left. */
static void refuse_peer(struct fob_request *request, enum fob_status status)
{
    fob_error_set(&request->error, status,
                  status == FOB_E_VERSION ? "the agent is of another version"
                                          : "the request is malformed");
    fob_message_put_error(&request->reply, &request->error);
    if (fob_message_send(request->fd, &request->reply) != FOB_OK)
        fob_message_free(&request->reply);
}

/* false when the peer is gone. */
static bool answer_request(struct fob_request *request)
{
    enum fob_status status;
    bool is_there;

    fob_message_start(&request->reply, FOB_REPLY_OK);
    status = serve_route(request);
    if (status == FOB_OK && request->reply.status != FOB_OK)
        status = fob_error_set(&request->error, request->reply.status,
                               "the answer does not fit a message");
    if (status != FOB_OK)
        fob_message_put_error(&request->reply, &request->error);
    is_there = fob_message_send(request->fd, &request->reply) == FOB_OK;
    /* Only now: the last reply must be out before the process is gone. */
    if (status == FOB_OK && request->message.type == FOB_REQUEST_STOP)
        agent_stop(request->agent);
    return is_there;
}

bool dispatch_request(struct fob_agent *agent, int fd, bool is_remote)
{
    struct fob_request request = {
        .agent = agent, .fd = fd, .is_remote = is_remote};
    enum fob_status status = fob_message_receive(fd, &request.message);
    bool is_there = status == FOB_OK;

    if (status == FOB_E_VERSION || status == FOB_E_TOO_LONG)
        refuse_peer(&request, status);
    if (is_there)
        is_there = answer_request(&request);
    request_free(&request);
    return is_there;
}
