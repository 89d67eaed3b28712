/* SPDX-License-Identifier: MIT */
/* From a request message to a reply message. */
#ifndef FOB_HOST_NET_ANSWER_H
#define FOB_HOST_NET_ANSWER_H

#include "host/net/flat.h"
#include "host/net/http.h"

/* Flatten the body by its Content-Type.  FOB_E_REPLY, error set, for a body of
 * HTTP 200 that cannot be read; with any other status such a body gives no
 * pairs. */
FOB_MUST_CHECK enum fob_status net_answer_flatten(const struct net_http *http,
                                                  struct net_flat *flat,
                                                  struct fob_error *error);

/* Close the sandbox and make the exchange: the reply message in the empty
 * `reply`, whatever came of it.  A fault means there is no reply: `message` is
 * no request, or there is no memory. */
FOB_MUST_CHECK enum fob_status net_answer(const struct fob_secret *message,
                                          struct fob_secret *reply);

#endif
