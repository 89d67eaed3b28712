/* SPDX-License-Identifier: MIT */
#include "firmware/app/transport/hid_channels.h"

#include "src/frame.h"

#include <string.h>

unsigned hid_channels_find(const struct hid_channels *channels,
                           uint32_t channel)
{
    unsigned i = 0;

    while (i < FOB_HID_CHANNELS && channels->known[i] != channel)
        i++;
    return channel == 0 ? FOB_HID_CHANNELS : i;
}

/* Put a channel at the front, in the place of the one at `i`. */
static void move_to_front(struct hid_channels *channels, unsigned i,
                          uint32_t channel)
{
    memmove(channels->known + 1, channels->known,
            i * sizeof(channels->known[0]));
    channels->known[0] = channel;
}

void hid_channels_use(struct hid_channels *channels, uint32_t channel)
{
    move_to_front(channels, hid_channels_find(channels, channel), channel);
}

static uint32_t draw_channel(const struct hid_channels *channels,
                             struct fob_app *app)
{
    uint32_t channel;

    do
        fob_app_draw(app, &channel, sizeof(channel));
    while (channel == 0 || channel == FOB_FRAME_BROADCAST ||
           hid_channels_find(channels, channel) < FOB_HID_CHANNELS);
    return channel;
}

uint32_t hid_channels_hand_out(struct hid_channels *channels,
                               struct fob_app *app, uint32_t kept,
                               uint32_t *dropped)
{
    uint32_t channel = draw_channel(channels, app);
    unsigned i = FOB_HID_CHANNELS - 1;

    if (channels->known[i] != 0 && channels->known[i] == kept)
        i--;
    *dropped = channels->known[i];
    move_to_front(channels, i, channel);
    return channel;
}
