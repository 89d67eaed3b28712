/* SPDX-License-Identifier: MIT */
/*
 * The sockets that are made to be forwarded: remote.sock, which is there as
 * long as the agent, and one for each `fob agent forward` as long as that
 * runs, with rules of its own that only take away.
 */
#ifndef FOB_HOST_AGENT_REQUEST_FORWARD_H
#define FOB_HOST_AGENT_REQUEST_FORWARD_H

#include "host/base/error.h"
#include "host/config/settings.h"

#include <stdint.h>

enum {
    FORWARD_MAX = 8,
    FORWARD_REMOTE = 0, /* the id of remote.sock, which has no rules */
    FORWARD_PATH_MAX = FOB_PATH_MAX - 1,
};

struct forward_rules {
    struct fob_name_list profiles;
    struct fob_name_list accounts;
    enum fob_remote_confirm confirm; /* NO: as the settings have it */
};

struct forward {
    uint64_t id; /* 0: the place is free; the first is remote.sock's own */
    bool is_ended;
    bool is_asking; /* `person` is in use */
    bool is_late;   /* ... no more, but the answer is still to come */
    int listener;
    int person;              /* the connection of the command */
    int64_t paused_until_ms; /* nothing is asked before: somebody said no */
    char path[FORWARD_PATH_MAX + 1];
    struct forward_rules rules;
};

struct fob_agent;

struct forward_wish {
    const char *path;
    const struct forward_rules *rules;
    int person;
};

/* Listen at the path, where nothing may be, for what the rules allow; questions
 * go to `person`, which stays the caller's.  FOB_E_EXISTS, FOB_E_BUSY when
 * there are too many, FOB_E_FAILED; the error is set. */
FOB_MUST_CHECK enum fob_status forward_open(struct fob_agent *agent,
                                            const struct forward_wish *wish,
                                            uint64_t *id,
                                            struct fob_error *error);

/* Nobody gets in any more, and who is in gets nothing; returns once `person`
 * is not used any more. */
void forward_end(struct fob_agent *agent, uint64_t id);

/* A copy of the rules, and of the path where it is wanted (or NULL); false
 * when it has ended.  FORWARD_REMOTE is not looked for. */
bool forward_find(struct fob_agent *agent, uint64_t id,
                  struct forward_rules *rules,
                  char path[static FORWARD_PATH_MAX + 1]);

/* The connection of whoever can be asked at a terminal: the command that
 * started `id`, or for FORWARD_REMOTE the one that was started last; -1 when
 * there is none.  To be given back; with an answer that is still to come,
 * `is_late`, it is given back once more by whoever has read that. */
int forward_take_person(struct fob_agent *agent, uint64_t id);
void forward_give_back(struct fob_agent *agent, int person, bool is_late);
bool forward_is_late(struct fob_agent *agent, uint64_t id);

/* After a no nothing is asked for a while: whether `id` is so paused, and to
 * have it so. */
bool forward_is_paused(struct fob_agent *agent, uint64_t id);
void forward_pause(struct fob_agent *agent, uint64_t id, int64_t pause_ms);

/* The agent ends: no path is left behind. */
void forward_unlink_all(struct fob_agent *agent);

/* For the server alone: the socket of a place, 1 to FORWARD_MAX - 1, and its
 * id; -1 where there is none.  A place that has ended is freed here. */
int forward_listener(struct fob_agent *agent, size_t place, uint64_t *id);

#endif
