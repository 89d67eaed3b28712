/* SPDX-License-Identifier: MIT */
/* The resource limits that keeping secrets changes, as the caller set them. */
#ifndef FOB_HOST_CLI_CALL_LIMITS_H
#define FOB_HOST_CLI_CALL_LIMITS_H

#include <sys/resource.h>

struct limits {
    struct rlimit core;
    struct rlimit memlock;
};

/* To be called before fob_secret_start. */
void limits_save(struct limits *limits);

/* Put them back for a program that takes this process over. */
void limits_restore(const struct limits *limits);

#endif
