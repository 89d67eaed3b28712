/* SPDX-License-Identifier: MIT */
/* A reply of a JSON service to pairs. */
#ifndef FOB_HOST_NET_JSON_H
#define FOB_HOST_NET_JSON_H

#include "host/net/flat.h"

/* Strings, numbers and booleans give pairs, null none; the elements of NAME:
 * [...] are NAME/member[INDEX], as in XML.  With `is_error` the code and
 * message that JSON services send come first, as Error/Code and
 * Error/Message.  A fault is recorded in `flat`. */
void net_json_flatten(struct net_flat *flat, const void *data, size_t len,
                      bool is_error);

#endif
