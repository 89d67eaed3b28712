/* SPDX-License-Identifier: MIT */
/* A reply of the Query protocol to pairs. */
#ifndef FOB_HOST_NET_XML_H
#define FOB_HOST_NET_XML_H

#include "host/net/flat.h"

/* Every element without children gives a pair; attributes and namespaces are
 * passed over; the children named "member" and "entry" carry their index.
 * No document type, no entities but XML's own five.  A fault is recorded in
 * `flat`. */
void net_xml_flatten(struct net_flat *flat, const void *data, size_t len);

#endif
