/* SPDX-License-Identifier: MIT */
#include "host/agent/connections.h"

#include "host/base/monotonic.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STACK_LEN = 512 * 1024 };

/* A request at work holds two AWS files and a session in the heap of secrets;
 * one that waits for its turn, and a connection that says nothing, a stack. */
static const struct limits {
    size_t count, at_work;
} local_limits = {.count = 512, .at_work = 64},
  remote_limits = {.count = 16, .at_work = 8};

enum state { IS_SILENT, IS_WAITING, IS_AT_WORK };

struct connection {
    struct request_turn turn; /* first: its calls are for the whole */
    struct dispatch_peer peer;
    struct connections *all;
    struct connections_queue *queue;
    size_t at_work_max;
    enum state state;
    int64_t since_ms; /* in that state; monotonic */
    bool has_turn;    /* counts among the queue's */
    bool is_leaving;
    struct connection *next;
};

static const struct limits *limits_of(enum connections_kind kind)
{
    return kind == CONNECTIONS_LOCAL ? &local_limits : &remote_limits;
}

void connections_init(struct connections *all, struct fob_agent *agent)
{
    *all = (struct connections){.agent = agent};
    pthread_mutex_init(&all->mutex, NULL);
    for (size_t i = 0; i < CONNECTIONS_KINDS; i++)
        pthread_cond_init(&all->queue[i].has_turn, NULL);
}

static void enter_state(struct connection *connection, enum state state)
{
    connection->state = state;
    connection->since_ms = fob_monotonic_ms();
}

static bool begin_work(struct request_turn *turn, bool is_urgent)
{
    struct connection *connection = (struct connection *)turn;
    struct connections_queue *queue = connection->queue;
    bool is_leaving;

    pthread_mutex_lock(&connection->all->mutex);
    enter_state(connection, IS_WAITING);
    while (!is_urgent && !connection->is_leaving &&
           queue->at_work >= connection->at_work_max)
        pthread_cond_wait(&queue->has_turn, &connection->all->mutex);
    is_leaving = connection->is_leaving;
    if (!is_leaving) {
        connection->has_turn = !is_urgent;
        queue->at_work += connection->has_turn;
        enter_state(connection, IS_AT_WORK);
    }
    pthread_mutex_unlock(&connection->all->mutex);
    return !is_leaving;
}

static void leave_work(struct connection *connection, enum state state)
{
    pthread_mutex_lock(&connection->all->mutex);
    enter_state(connection, state);
    if (connection->has_turn) {
        connection->queue->at_work--;
        pthread_cond_signal(&connection->queue->has_turn);
    }
    connection->has_turn = false;
    pthread_mutex_unlock(&connection->all->mutex);
}

static void pause_work(struct request_turn *turn)
{
    leave_work((struct connection *)turn, IS_WAITING);
}

static void end_work(struct request_turn *turn)
{
    leave_work((struct connection *)turn, IS_SILENT);
}

static void tell_count(struct connections *all)
{
    size_t count = 0;

    for (size_t i = 0; i < CONNECTIONS_KINDS; i++)
        count += all->queue[i].count;
    pthread_mutex_lock(&all->agent->mutex);
    all->agent->connections = count;
    pthread_mutex_unlock(&all->agent->mutex);
}

/* The descriptor is closed under the lock: nobody shuts one that is another's
 * by then. */
static void remove_connection(struct connection *connection)
{
    struct connections *all = connection->all;
    struct connections_queue *queue = connection->queue;
    struct connection **at = &queue->first;

    pthread_mutex_lock(&all->mutex);
    while (*at != connection)
        at = &(*at)->next;
    *at = connection->next;
    if (!connection->is_leaving)
        queue->count--;
    close(connection->peer.fd);
    tell_count(all);
    pthread_mutex_unlock(&all->mutex);
    free(connection);
}

static void *serve_connection(void *argument)
{
    struct connection *connection = argument;
    struct fob_agent *agent = connection->all->agent;

    while (dispatch_request(agent, &connection->peer))
        ;
    remove_connection(connection);
    return NULL;
}

static bool start_thread(struct connection *connection)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int fault;

    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_LEN);
    fault = pthread_create(&thread, &attributes, serve_connection, connection);
    pthread_attr_destroy(&attributes);
    return fault == 0;
}

bool connections_add(struct connections *all,
                     const struct connections_comer *comer)
{
    struct connection *connection = calloc(1, sizeof(*connection));
    struct connections_queue *queue = &all->queue[comer->kind];
    bool is_started;

    if (connection == NULL)
        return false;
    *connection = (struct connection){
        .peer = {.fd = comer->fd,
                 .is_remote = comer->kind != CONNECTIONS_LOCAL,
                 .forward = comer->forward,
                 .turn = &connection->turn},
        .turn = {.begin = begin_work, .pause = pause_work, .end = end_work},
        .all = all,
        .queue = queue,
        .at_work_max = limits_of(comer->kind)->at_work,
        .since_ms = fob_monotonic_ms()};
    pthread_mutex_lock(&all->mutex);
    is_started = start_thread(connection);
    if (is_started) {
        connection->next = queue->first;
        queue->first = connection;
        queue->count++;
        tell_count(all);
    }
    pthread_mutex_unlock(&all->mutex);
    if (!is_started)
        free(connection);
    return is_started;
}

/* Who has been in that state for longest, or, `is_last`, for the shortest. */
static struct connection *find_in_state(const struct connections_queue *queue,
                                        enum state state, bool is_last)
{
    struct connection *found = NULL;

    for (struct connection *at = queue->first; at != NULL; at = at->next)
        if (at->state == state && !at->is_leaving &&
            (found == NULL || (is_last ? at->since_ms > found->since_ms
                                       : at->since_ms < found->since_ms)))
            found = at;
    return found;
}

static bool send_away(struct connections *all, struct connections_queue *queue,
                      struct connection *connection)
{
    if (connection == NULL)
        return false;
    connection->is_leaving = true;
    queue->count--;
    tell_count(all);
    (void)shutdown(connection->peer.fd, SHUT_RDWR);
    pthread_cond_broadcast(&queue->has_turn);
    return true;
}

bool connections_make_room(struct connections *all, enum connections_kind kind)
{
    struct connections_queue *queue = &all->queue[kind];
    bool has_room;

    pthread_mutex_lock(&all->mutex);
    has_room = queue->count < limits_of(kind)->count ||
               send_away(all, queue, find_in_state(queue, IS_SILENT, false)) ||
               (kind == CONNECTIONS_LOCAL &&
                send_away(all, queue, find_in_state(queue, IS_WAITING, true)));
    pthread_mutex_unlock(&all->mutex);
    return has_room;
}
