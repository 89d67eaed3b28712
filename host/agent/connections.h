/* SPDX-License-Identifier: MIT */
/*
 * Who is connected to a shared agent.  Each socket has its own numbers: how
 * many connections there may be, and how many requests are at work at a time.
 * When there are too many connections, one that has not asked for anything
 * makes way, so that whoever comes is always heard.
 */
#ifndef FOB_HOST_AGENT_CONNECTIONS_H
#define FOB_HOST_AGENT_CONNECTIONS_H

#include "host/agent/serve/dispatch.h"

/* The two sockets of the agent's own, then one for each place of forward.h but
 * the first, which is remote.sock's. */
enum connections_kind { CONNECTIONS_LOCAL, CONNECTIONS_REMOTE };
enum { CONNECTIONS_KINDS = CONNECTIONS_REMOTE + FORWARD_MAX };

struct connections;
struct connection;

/* Of one socket. */
struct connections_queue {
    size_t count;            /* without those that were told to leave */
    size_t at_work;          /* urgent ones do not count */
    pthread_cond_t has_turn; /* one of `at_work` has ended */
    struct connection *first;
};

struct connections {
    struct fob_agent *agent;
    pthread_mutex_t mutex; /* guards all that follows */
    struct connections_queue queue[CONNECTIONS_KINDS];
};

void connections_init(struct connections *all, struct fob_agent *agent);

/* Whether one more may come; else one that only stands about is told to leave,
 * or, by the local socket, the last who waits for a turn.  false: all of them
 * are at work, and whoever comes has to wait outside. */
bool connections_make_room(struct connections *all, enum connections_kind kind);

/* Serve `fd`, which came by the socket `forward` (of a remote kind), in a
 * thread of its own, which closes it.  false: there can be none, and the
 * descriptor is the caller's still. */
struct connections_comer {
    enum connections_kind kind;
    uint64_t forward;
    int fd;
};
bool connections_add(struct connections *all,
                     const struct connections_comer *comer);

#endif
