/* SPDX-License-Identifier: MIT */
/*
 * A tree flattened to (path, value) pairs while it is read: names joined by
 * '/', elements of a list as NAME[INDEX], the root left out.
 */
#ifndef FOB_HOST_NET_FLAT_H
#define FOB_HOST_NET_FLAT_H

#include "host/aws/exchange.h"

enum { NET_FLAT_DEPTH_MAX = 32 };

/* The first fault sticks and makes the other calls do nothing. */
struct net_flat {
    char path[FOB_EXCHANGE_PATH_MAX + 1];
    size_t path_len[NET_FLAT_DEPTH_MAX]; /* of the path at each depth */
    size_t depth;
    struct fob_secret room; /* of the pairs */
    struct fob_writer pairs;
    size_t pair_count;
    const char *fault; /* what is wrong with the tree, or NULL */
};

/* FOB_E_NO_MEMORY leaves `flat` empty. */
FOB_MUST_CHECK enum fob_status net_flat_init(struct net_flat *flat);
void net_flat_free(struct net_flat *flat);

/* Forget the pairs of a tree that turned out to be none. */
void net_flat_clear(struct net_flat *flat);

/* Go down to `name`, or to `name`[index]; and up again. */
void net_flat_enter(struct net_flat *flat, const char *name);
void net_flat_enter_element(struct net_flat *flat, const char *name,
                            size_t index);
void net_flat_leave(struct net_flat *flat);

/* The value of where we are; nothing at the root. */
void net_flat_put(struct net_flat *flat, const char *value, size_t len);

void net_flat_fail(struct net_flat *flat, const char *fault);

#endif
