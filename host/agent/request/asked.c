/* SPDX-License-Identifier: MIT */
#include "host/agent/request/asked.h"

#include <string.h>

static bool is_same(const struct asked *a, const struct asked *b)
{
    return a->status == b->status && strcmp(a->path, b->path) == 0 &&
           strcmp(a->type, b->type) == 0 && strcmp(a->name, b->name) == 0;
}

const struct asked *asked_log_find(const struct asked_log *log, size_t age)
{
    if (age >= ASKED_MAX || age >= log->count)
        return NULL;
    return &log->entries[(log->count - 1 - age) % ASKED_MAX];
}

void asked_log_note(struct asked_log *log, const struct asked *entry,
                    int64_t now_s)
{
    const struct asked *last = asked_log_find(log, 0);
    uint64_t count = 1;

    if (last != NULL && is_same(last, entry))
        count = last->count + 1;
    else
        log->count++;
    log->entries[(log->count - 1) % ASKED_MAX] = *entry;
    log->entries[(log->count - 1) % ASKED_MAX].at_s = now_s;
    log->entries[(log->count - 1) % ASKED_MAX].count = count;
}
