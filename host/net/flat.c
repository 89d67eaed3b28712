/* SPDX-License-Identifier: MIT */
#include "host/net/flat.h"

#include <stdio.h>
#include <string.h>

enum { HEAD_ROOM = 4096 }; /* for what stands before the pairs in a reply */

enum fob_status net_flat_init(struct net_flat *flat)
{
    const size_t cap = FOB_EXCHANGE_REPLY_MAX - HEAD_ROOM;
    enum fob_status status;

    memset(flat, 0, sizeof(*flat));
    status = fob_secret_alloc(&flat->room, cap);
    if (status == FOB_OK)
        fob_writer_init(&flat->pairs, flat->room.data, cap);
    return status;
}

void net_flat_free(struct net_flat *flat)
{
    fob_secret_free(&flat->room);
    memset(flat, 0, sizeof(*flat));
}

void net_flat_clear(struct net_flat *flat)
{
    fob_writer_init(&flat->pairs, flat->room.data, flat->room.cap);
    flat->pair_count = 0;
}

void net_flat_fail(struct net_flat *flat, const char *fault)
{
    if (flat->fault == NULL)
        flat->fault = fault;
}

/* A name may hold nothing that means something in a path. */
static bool is_name(const char *name)
{
    if (*name == '\0')
        return false;
    for (; *name != '\0'; name++)
        if (*name <= ' ' || *name > '~' || strchr("/[]", *name) != NULL)
            return false;
    return true;
}

static void enter_part(struct net_flat *flat, const char *name,
                       const char *index)
{
    size_t room = sizeof(flat->path) - flat->path_len[flat->depth];
    char *at = flat->path + flat->path_len[flat->depth];
    int len;

    if (flat->fault != NULL)
        return;
    if (flat->depth + 1 == NET_FLAT_DEPTH_MAX) {
        net_flat_fail(flat, "it is nested too deep");
        return;
    }
    if (!is_name(name)) {
        net_flat_fail(flat, "it holds an odd name");
        return;
    }
    len = snprintf(at, room, "%s%s%s", flat->depth > 0 ? "/" : "", name, index);
    if (len < 0 || (size_t)len >= room) {
        net_flat_fail(flat, "its names are too long");
        return;
    }
    flat->path_len[flat->depth + 1] = flat->path_len[flat->depth] + (size_t)len;
    flat->depth++;
}

void net_flat_enter(struct net_flat *flat, const char *name)
{
    enter_part(flat, name, "");
}

void net_flat_enter_element(struct net_flat *flat, const char *name,
                            size_t index)
{
    char text[sizeof("[18446744073709551615]")];

    snprintf(text, sizeof(text), "[%zu]", index);
    enter_part(flat, name, text);
}

void net_flat_leave(struct net_flat *flat)
{
    if (flat->fault != NULL || flat->depth == 0)
        return;
    flat->depth--;
    flat->path[flat->path_len[flat->depth]] = '\0';
}

void net_flat_put(struct net_flat *flat, const char *value, size_t len)
{
    if (flat->fault != NULL || flat->depth == 0)
        return;
    if (flat->pair_count == FOB_EXCHANGE_PAIRS_MAX) {
        net_flat_fail(flat, "it holds too many values");
        return;
    }
    fob_exchange_pair_put(&flat->pairs, flat->path, value, len);
    if (flat->pairs.status != FOB_OK)
        net_flat_fail(flat, "it is too long");
    flat->pair_count++;
}
