/* SPDX-License-Identifier: MIT */
/* What callers are answered, and from which feed. */
#ifndef FOB_HOST_NET_SERVE_REPLY_H
#define FOB_HOST_NET_SERVE_REPLY_H

#include "host/base/secret.h"
#include "host/net/feed.h"

/* What fob has told so far; starts as zeros. */
struct serve_feed {
    char token[FEED_TOKEN_MAX + 1];
    struct fob_secret session; /* JSON */
    struct fob_secret fault;   /* JSON */
    int64_t end_s;
};

/* Wait for the next message on `fd` and take it in.  FOB_E_NOT_FOUND at the
 * end of the feed; any other fault is one of the feed's. */
FOB_MUST_CHECK enum fob_status serve_feed_read(struct serve_feed *feed, int fd);
void serve_feed_free(struct serve_feed *feed);

/* The whole HTTP reply for a verdict of serve_request_judge in the empty
 * `reply`. */
FOB_MUST_CHECK enum fob_status serve_reply_make(const struct serve_feed *feed,
                                                int verdict,
                                                struct fob_secret *reply);

#endif
