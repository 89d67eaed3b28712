/* SPDX-License-Identifier: MIT */
/*
 * What `fob exec --server` feeds to `fob-net --serve`: messages on its stdin
 * for as long as it is to serve, see docs/protocol.md.
 */
#ifndef FOB_HOST_NET_FEED_H
#define FOB_HOST_NET_FEED_H

enum {
    FEED_LISTENER_FD = 3,
    FEED_HEAD = 13,        /* bytes: length, type, end */
    FEED_TEXT_MAX = 65536, /* bytes of a message's text */
    FEED_TOKEN_MAX = 128,  /* bytes of a token */
};

enum feed_type {
    FEED_TOKEN = 1,   /* what callers have to show */
    FEED_SESSION = 2, /* the answer, good until `end` (Unix s) */
    FEED_FAULT = 3,   /* the answer once the session has ended */
};

#endif
