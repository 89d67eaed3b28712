/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/dispatch.h"

#include "host/agent/remote/remote.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

/* How long a peer may take.  A program sends what it has to say at once; one
 * that does not hangs, or means harm. */
enum {
    REMOTE_LEN_MAX = 32 * 1024, /* of a request: a name, and variables that do
                                   not count */
    URGENT_LEN_MAX = 8 * 1024,
    REMOTE_FIRST_MS = 10 * 1000,
    REMOTE_SEND_MS = 10 * 1000,
    LOCAL_FIRST_MS = 600 * 1000,
    LOCAL_SEND_MS = 30 * 1000,
    HEAD_MS = 5 * 1000,
    FIELDS_MS = 10 * 1000,
    REPLY_HEAD_LEN = 2,
};

/* What requests leave of the memory for secrets, of 100: those of the far side
 * to the owner's, and those to the urgent ones. */
enum { REMOTE_LEAVES = 25, LOCAL_LEAVES = 5 };

static const struct fob_message_limits remote_limits = {.len_max =
                                                            REMOTE_LEN_MAX,
                                                        .first_ms =
                                                            REMOTE_FIRST_MS,
                                                        .head_ms = HEAD_MS,
                                                        .fields_ms = FIELDS_MS},
                                       local_limits = {.first_ms =
                                                           LOCAL_FIRST_MS,
                                                       .head_ms = HEAD_MS,
                                                       .fields_ms = FIELDS_MS},
                                       private_limits = {0};

#define ROUTE(number, name, function, is_remote, fields, reply)                \
    {(number), #name, serve_##function, (is_remote)},

static const struct route {
    int type;
    const char *name;
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
    if (request->is_remote &&
        remote_check(request, is_allowed,
                     field_read_has(request, FOB_TAG_TIME)) != FOB_OK)
        return request->error.status;
    if (!request->is_remote)
        agent_note_desktop(request->agent, request->environment.variables,
                           false);
    request->trusts_clock =
        !request->is_remote && field_read_flag(request, FOB_TAG_TRUST_CLOCK);
    if (route != NULL)
        return route->serve(request);
    return fob_error_set(&request->error, FOB_E_AGENT,
                         "the agent does not know request %d",
                         (int)request->message.type);
}

/* To look at the agent is told to nobody. */
static void note_asked(struct fob_request *request, enum fob_status status)
{
    const struct route *route = find_route(request->message.type);

    if (request->message.type != FOB_REQUEST_STATUS)
        remote_note_asked(request, route != NULL ? route->name : "unknown",
                          status);
}

/* Whether a request keeps the vault open.  Looking does not, for a shell's
 * prompt looks all the time; nor does anything that the far side asks. */
static bool counts_as_use(enum fob_message_type type, bool is_remote)
{
    switch (type) {
    case FOB_REQUEST_STATUS:
    case FOB_REQUEST_LOCK:
    case FOB_REQUEST_STOP:
    case FOB_REQUEST_LIST:
    case FOB_REQUEST_KEYS_LIST:
    case FOB_REQUEST_SESSIONS:
    case FOB_REQUEST_SESSIONS_CLEAR:
    case FOB_REQUEST_VAULT_STATUS:
    case FOB_REQUEST_TOKEN_LIST:
    case FOB_REQUEST_TOKEN_INFO:
    case FOB_REQUEST_DOCTOR:
        return false;
    default:
        return !is_remote;
    }
}

/* What the owner can always do, however many others wait: short, and done
 * without a turn. */
static bool is_urgent(const struct fob_message_head *head, bool is_remote)
{
    return !is_remote && head->fields_len <= URGENT_LEN_MAX &&
           (head->type == FOB_REQUEST_STATUS ||
            head->type == FOB_REQUEST_UNLOCK ||
            head->type == FOB_REQUEST_LOCK || head->type == FOB_REQUEST_STOP);
}

static const struct fob_message_limits *
limits_of(const struct dispatch_peer *peer)
{
    if (peer->is_private)
        return &private_limits;
    return peer->is_remote ? &remote_limits : &local_limits;
}

static bool send_reply(const struct dispatch_peer *peer,
                       struct fob_request *request)
{
    if (peer->is_private)
        return fob_message_send(request->fd, &request->reply) == FOB_OK;
    return fob_message_send_within(request->fd, &request->reply,
                                   peer->is_remote ? REMOTE_SEND_MS
                                                   : LOCAL_SEND_MS) == FOB_OK;
}

/* What a peer that broke the framing is told before it is left. */
static void refuse_peer(const struct dispatch_peer *peer,
                        struct fob_request *request, enum fob_status status)
{
    if (status == FOB_E_NO_MEMORY)
        fob_error_no_memory(&request->error);
    else
        fob_error_set(&request->error, status,
                      status == FOB_E_VERSION
                          ? "the agent is of another version"
                          : "the request is malformed");
    fob_message_put_error(&request->reply, &request->error);
    (void)send_reply(peer, request);
}

static enum fob_status check_reply(struct fob_request *request)
{
    enum fob_status status = request->reply.status;

    if (status == FOB_OK &&
        request->reply.fields.len > FOB_MESSAGE_MAX - REPLY_HEAD_LEN)
        status = FOB_E_TOO_LONG;
    return status == FOB_OK
               ? FOB_OK
               : fob_error_set(&request->error, status,
                               "the answer does not fit a message");
}

/* false when the peer is gone. */
static bool answer_request(const struct dispatch_peer *peer,
                           struct fob_request *request)
{
    struct fob_agent *agent = request->agent;
    enum fob_status status;
    bool is_there;

    agent_tick(agent);
    request->is_use = counts_as_use(request->message.type, request->is_remote);
    if (request->is_use)
        agent_note_use(agent);
    fob_message_start(&request->reply, FOB_REPLY_OK);
    status = serve_route(request);
    if (request->is_use)
        agent_note_use(agent);
    if (status == FOB_OK)
        status = check_reply(request);
    note_asked(request, status);
    if (status != FOB_OK)
        fob_message_put_error(&request->reply, &request->error);
    is_there = send_reply(peer, request);
    /* Only now: the last reply must be out before the process is gone.  But a
     * caller who does not read it must not keep the agent. */
    if (status == FOB_OK && request->message.type == FOB_REQUEST_STOP)
        agent_stop(agent);
    return is_there;
}

static bool take_request(struct fob_agent *agent, struct dispatch_peer *peer,
                         const struct fob_message_head *head)
{
    struct fob_request request = {.agent = agent,
                                  .fd = peer->fd,
                                  .turn = peer->turn,
                                  .is_remote = peer->is_remote,
                                  .forward = peer->forward,
                                  .has_no_commands = peer->is_remote};
    enum fob_status status = fob_message_receive_fields(
        peer->fd, limits_of(peer), head, &request.message);
    bool is_there = status == FOB_OK;

    if (is_there)
        is_there = answer_request(peer, &request);
    else if (status == FOB_E_NO_MEMORY)
        refuse_peer(peer, &request, status);
    request_free(&request);
    return is_there;
}

/* Nothing of the heap is taken before there is a turn for it. */
bool dispatch_request(struct fob_agent *agent, struct dispatch_peer *peer)
{
    struct fob_request request = {.agent = agent, .fd = peer->fd};
    struct fob_message_head head;
    bool is_there, urgent;
    enum fob_status status =
        fob_message_receive_head(peer->fd, limits_of(peer), &head);

    if (status == FOB_E_VERSION || status == FOB_E_TOO_LONG)
        refuse_peer(peer, &request, status);
    /* Who is slow keeps nobody from a turn. */
    if (status == FOB_OK && peer->turn != NULL)
        status = fob_message_await_fields(peer->fd, limits_of(peer), &head);
    request_free(&request);
    if (status != FOB_OK)
        return false;
    urgent = is_urgent(&head, peer->is_remote);
    if (peer->turn != NULL && !peer->turn->begin(peer->turn, urgent))
        return false;
    if (!peer->is_private)
        fob_secret_leave(urgent            ? 0
                         : peer->is_remote ? REMOTE_LEAVES
                                           : LOCAL_LEAVES);
    is_there = take_request(agent, peer, &head);
    fob_secret_leave(0);
    if (peer->turn != NULL)
        peer->turn->end(peer->turn);
    return is_there;
}
