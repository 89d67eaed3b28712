/* SPDX-License-Identifier: MIT */
/*
 * What AWS refused for a reason that stays - a policy, a role's trust, a
 * parameter, the wrong device - is refused again: it is answered from memory
 * for a minute, so that a program that asks and asks spends no code.  It is
 * kept beside the sessions, for all agents and commands, and goes with them
 * when they are cleared.  A session that was refused lately also leaves the
 * last code of a device to others.
 */
#ifndef FOB_HOST_AGENT_MINT_REFUSAL_MEMORY_H
#define FOB_HOST_AGENT_MINT_REFUSAL_MEMORY_H

#include "host/agent/mint/failure_cache.h"

enum {
    REFUSAL_MEMORY_S = 60, /* for so long it is answered */
    REFUSAL_LATELY_S = 180,
};

struct refusal_memory {
    int64_t at_s; /* Unix time */
    char text[FOB_ERROR_TEXT_MAX + 1];
    char hint[FOB_ERROR_HINT_MAX + 1];
};

/* Whether it would be refused again, asked with another code.  Pure. */
bool refusal_memory_stays(enum fob_refusal refusal);

/* Keep that the attempt was refused, for the reason in request->error.  That it
 * cannot be kept is no fault. */
void refusal_memory_put(struct fob_request *request,
                        const struct session_attempt *attempt);

/* How long ago the attempt was refused, in s; -1: not lately.  Below
 * REFUSAL_MEMORY_S request->error says so. */
int64_t refusal_memory_find(struct fob_request *request,
                            const struct session_attempt *attempt);

/* The record's content, docs/protocol.md "Files of the state folder".  false,
 * and `memory` is empty, for anything that fob did not write. */
bool refusal_memory_decode(struct refusal_memory *memory, const void *data,
                           size_t len);

/* Whether a record of the cache with this name is one. */
bool refusal_memory_is_name(const char *name);

#endif
