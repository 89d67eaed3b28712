/* SPDX-License-Identifier: MIT */
/*
 * A channel of the token's HID interface, docs/protocol.md section "HID", over
 * whatever moves reports of 64 bytes and lets time pass.
 */
#ifndef FOB_HOST_TOKEN_CHANNEL_H
#define FOB_HOST_TOKEN_CHANNEL_H

#include "host/token/transport.h"

#include "src/frame.h"

struct channel_pipe {
    enum fob_status (*put)(void *context,
                           const uint8_t report[static FOB_FRAME_REPORT]);
    /* FOB_E_BUSY when none comes within `wait_ms`. */
    enum fob_status (*get)(void *context,
                           uint8_t report[static FOB_FRAME_REPORT],
                           int wait_ms);
    int64_t (*now_ms)(void *context);
    void (*pause_ms)(void *context, int ms);
};

/* The time of pipes that lead to a real device. */
int64_t channel_now_ms(void *context);
void channel_pause_ms(void *context, int ms);

struct channel {
    const struct channel_pipe *pipe;
    void *context;
    uint32_t number;
    bool is_gone; /* the device at the other end */
};

/* Have the token hand out a channel. */
FOB_MUST_CHECK enum fob_status channel_open(struct channel *channel,
                                            const struct channel_pipe *pipe,
                                            void *context);

/* Carry an APDU there and its answer back.  The channel is of no use after a
 * fault other than FOB_E_NOT_TOUCHED and FOB_E_BUSY. */
FOB_MUST_CHECK enum fob_status channel_exchange(struct channel *channel,
                                                struct fob_token_exchange *it);

/* End what was established and is under way there, lest another program goes
 * on with it.  Of an all-zero channel nothing is. */
void channel_close(const struct channel *channel);

#endif
