/* SPDX-License-Identifier: MIT */
/* The clock that codes of a device are typed by. */
#ifndef FOB_HOST_AGENT_STATE_DEVICE_CLOCK_H
#define FOB_HOST_AGENT_STATE_DEVICE_CLOCK_H

#include "host/aws/endpoint.h"

#include <stdint.h>

/* A session was made at `endpoint` with a code of the device `serial`: its
 * sessions are there.  Of several endpoints the first one stays, unless the
 * other is AWS. */
void device_clock_bind(const char *serial, const struct fob_endpoint *endpoint);

/* How far the clock of the device `serial` is ahead of local time, for codes
 * that a person types and for when sessions end: AWS's own, else that of the
 * endpoint where the device's sessions are, else none; never a far one. */
int64_t device_clock_offset_s(const char *serial);

#endif
