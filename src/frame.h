/* SPDX-License-Identifier: MIT */
/*
 * Messages over HID reports of 64 bytes, in the manner of CTAPHID: an initial
 * report (channel, command, length, data), then continuations (channel,
 * sequence number, data).  Both ends use this; docs/protocol.md has the rules
 * of who says what when.
 */
#ifndef FOB_SRC_FRAME_H
#define FOB_SRC_FRAME_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How long a token waits for a finger, which keepalives tell of. */
enum { FOB_TOUCH_WAIT_MS = 15000 };

enum {
    FOB_FRAME_REPORT = 64,
    FOB_FRAME_FIRST_DATA = FOB_FRAME_REPORT - 7,
    FOB_FRAME_NEXT_DATA = FOB_FRAME_REPORT - 5,
    FOB_FRAME_MESSAGE_MAX = FOB_FRAME_FIRST_DATA + 128 * FOB_FRAME_NEXT_DATA,
    FOB_FRAME_NONCE = 8,       /* bytes of INIT's question */
    FOB_FRAME_INIT_REPLY = 17, /* bytes of INIT's answer */
};

#define FOB_FRAME_BROADCAST UINT32_C(0xffffffff)

enum fob_frame_command {
    FOB_FRAME_PING = 0x81,
    FOB_FRAME_APDU = 0x83,
    FOB_FRAME_INIT = 0x86,
    FOB_FRAME_WINK = 0x88,
    FOB_FRAME_CANCEL = 0x91,
    FOB_FRAME_KEEPALIVE = 0xbb,
    FOB_FRAME_ERROR = 0xbf,
};

/* The byte of a KEEPALIVE. */
enum fob_frame_wait { FOB_FRAME_WORKING = 1, FOB_FRAME_TOUCH = 2 };

/* The byte of an ERROR. */
enum fob_frame_fault {
    FOB_FRAME_BAD_COMMAND = 0x01,
    FOB_FRAME_BAD_LENGTH = 0x03,
    FOB_FRAME_BAD_SEQUENCE = 0x04,
    FOB_FRAME_TIMED_OUT = 0x05,
    FOB_FRAME_BUSY = 0x06,
    FOB_FRAME_BAD_CHANNEL = 0x0b,
};

/* A message on its way into reports. */
struct fob_frame_sender {
    const uint8_t *data;
    size_t len;
    size_t sent;
    uint32_t channel;
    uint8_t command;
    uint8_t sequence;
    bool started;
};

/* `data` stays the caller's and unchanged until all is sent.  len is at most
 * FOB_FRAME_MESSAGE_MAX. */
void fob_frame_send(struct fob_frame_sender *sender, uint32_t channel,
                    enum fob_frame_command command, const void *data,
                    size_t len);

/* Fill the next report, padded with zeros; false when all are made. */
bool fob_frame_next(struct fob_frame_sender *sender,
                    uint8_t report[static FOB_FRAME_REPORT]);

/* A message on its way out of reports, into memory that the caller owns. */
struct fob_frame_receiver {
    uint8_t *data;
    size_t cap;
    size_t len;
    size_t have;
    uint32_t channel;
    uint8_t command;
    uint8_t sequence;
    bool busy; /* an initial report came, and not yet the last one */
};

void fob_frame_receiver_init(struct fob_frame_receiver *receiver, void *data,
                             size_t cap);

uint32_t fob_frame_channel(const uint8_t report[static FOB_FRAME_REPORT]);

/* Whether this is an initial report; *command is its command byte then. */
bool fob_frame_is_first(const uint8_t report[static FOB_FRAME_REPORT],
                        uint8_t *command);

/* Take a report of the channel that the receiver serves; an initial one
 * starts anew.  FOB_OK: the message is whole in data, len, command, channel.
 * FOB_E_BUSY: more must come.  FOB_E_TOO_LONG: over `cap`; FOB_E_SYNTAX: wrong
 * sequence number; FOB_E_NOT_FOUND: a continuation of nothing, to be passed
 * over in silence.  The message is dropped after a fault. */
FOB_MUST_CHECK enum fob_status
fob_frame_take(struct fob_frame_receiver *receiver,
               const uint8_t report[static FOB_FRAME_REPORT]);

#endif
