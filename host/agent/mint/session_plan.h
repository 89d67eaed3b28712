/* SPDX-License-Identifier: MIT */
/* Which calls to STS a chain of profiles costs, decided before any is made;
 * docs/architecture.md "Which calls a profile costs".  Pure. */
#ifndef FOB_HOST_AGENT_MINT_SESSION_PLAN_H
#define FOB_HOST_AGENT_MINT_SESSION_PLAN_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SESSION_PLAN_LINKS_MAX = 6, /* a profile and the five before it */
    SESSION_PLAN_USER_S = 12 * 60 * 60,
    SESSION_PLAN_ROLE_S = 60 * 60,
    /* A new session has so much more than must be left, or it would be of no
     * use to the next caller, and a code spent for each. */
    SESSION_PLAN_SHARED_S = 60,
    /* Who asks for a length gets a session from the cache that has lived for
     * no more than this part of it. */
    SESSION_PLAN_SLACK_PART = 10,
};

/* A profile of the chain; only the last one has no role. */
struct session_plan_link {
    bool has_role;
    uint32_t duration_s; /* its duration_seconds: of its own session, also where
                            that is the source of others; 0: not set */
};

/* What the caller wants of the session of the first profile. */
struct session_plan_limits {
    uint32_t duration_s; /* 0: the profile's, or the default */
    uint32_t left_s;     /* life it must have; 0: the least */
};

enum session_plan_call {
    SESSION_PLAN_GET_SESSION_TOKEN,   /* with a code */
    SESSION_PLAN_ASSUME_WITH_CODE,    /* AssumeRole by the long-term key */
    SESSION_PLAN_ASSUME_BY_LAST_STEP, /* AssumeRole by the session before */
};

struct session_plan_step {
    enum session_plan_call call;
    size_t link; /* whose session it makes */
    uint32_t duration_s;
    uint32_t left_s; /* the life that one from the cache must have */
    bool is_capped;  /* more was wanted than AWS gives a role by a role */
};

struct session_plan {
    struct session_plan_step steps[SESSION_PLAN_LINKS_MAX]; /* in order */
    size_t count;
};

/* Of `count` links, the profile that was asked for first, each followed by its
 * source.  FOB_E_USAGE when no session of the last step can have the life that
 * is wanted, or each call would cost a code; the plan is then whole all the
 * same. */
FOB_MUST_CHECK enum fob_status
session_plan_make(const struct session_plan_link *links, size_t count,
                  const struct session_plan_limits *limits,
                  struct session_plan *plan);

/* The first role of the plan by a code of its own instead of by a session;
 * false, and nothing is changed, when it has no such role. */
bool session_plan_go_straight(struct session_plan *plan);

/* The least life of a session that was asked for with that length. */
uint32_t session_plan_least_s(uint32_t duration_s);

#endif
