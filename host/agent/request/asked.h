/* SPDX-License-Identifier: MIT */
/* What far sides asked for, for `fob agent status`: the latest, in memory. */
#ifndef FOB_HOST_AGENT_REQUEST_ASKED_H
#define FOB_HOST_AGENT_REQUEST_ASKED_H

#include "host/base/path.h"
#include "host/wire/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASKED_MAX = 32, ASKED_TYPE_MAX = 31, ASKED_PATH_MAX = FOB_PATH_MAX - 1 };

struct asked {
    int64_t at_s;                  /* when last, Unix time */
    uint64_t count;                /* how often in a row */
    char path[ASKED_PATH_MAX + 1]; /* of the socket */
    char type[ASKED_TYPE_MAX + 1]; /* such as "credentials" */
    char name[FOB_NAME_MAX + 1];   /* of the profile or account, or "" */
    enum fob_status status;        /* what it got */
};

struct asked_log {
    struct asked entries[ASKED_MAX];
    uint64_t count; /* ever */
};

/* Note `entry`, whose time and count are not looked at: as one more of the
 * last one if it differs in nothing else, else in the place of the oldest. */
void asked_log_note(struct asked_log *log, const struct asked *entry,
                    int64_t now_s);

/* The entry `age` after the newest one, or NULL. */
const struct asked *asked_log_find(const struct asked_log *log, size_t age);

#endif
