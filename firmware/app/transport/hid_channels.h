/* SPDX-License-Identifier: MIT */
/* The channels that programs were given. */
#ifndef FOB_FIRMWARE_APP_TRANSPORT_HID_CHANNELS_H
#define FOB_FIRMWARE_APP_TRANSPORT_HID_CHANNELS_H

#include "firmware/app/app.h"

enum { FOB_HID_CHANNELS = 8 }; /* programs at a time, more push others out */

struct hid_channels {
    uint32_t known[FOB_HID_CHANNELS]; /* the latest used first, 0 for none */
};

/* Where it is; FOB_HID_CHANNELS when it was not handed out, or is no longer
 * known. */
unsigned hid_channels_find(const struct hid_channels *channels,
                           uint32_t channel);

/* It is the latest used; must be known. */
void hid_channels_use(struct hid_channels *channels, uint32_t channel);

/* Hand out a new one.  *dropped is the one whose place it takes, the longest
 * unused but never `kept`; 0 when there was room.  Nobody can tell another
 * program's number from his own, or know it from the count of INITs; whoever
 * reads along has it all the same. */
uint32_t hid_channels_hand_out(struct hid_channels *channels,
                               struct fob_app *app, uint32_t kept,
                               uint32_t *dropped);

#endif
