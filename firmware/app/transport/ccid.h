/* SPDX-License-Identifier: MIT */
/*
 * The CCID interface (USB CCID 1.1, one slot, extended APDU level): messages of
 * the bulk pipes in and out, and the token as the card that is always in the
 * slot. Whoever moves the bytes calls fob_ccid_take for each packet that
 * arrives, once the interface is ready for it, and sends what fob_ccid_next
 * gives.
 */
#ifndef FOB_FIRMWARE_APP_TRANSPORT_CCID_H
#define FOB_FIRMWARE_APP_TRANSPORT_CCID_H

#include "firmware/app/app.h"

enum {
    FOB_CCID_HEAD = 10,
    FOB_CCID_PACKET = 64, /* a shorter one ends a transfer */
    /* dwMaxCCIDMessageLength */
    FOB_CCID_MESSAGE_MAX = FOB_CCID_HEAD + FOB_APP_COMMAND_MAX,
};

/* Where the interface's command is. */
enum fob_ccid_command {
    FOB_CCID_NONE,
    FOB_CCID_QUEUED, /* until the other interface is done with the token */
    FOB_CCID_RUNNING,
};

struct fob_ccid {
    struct fob_app *app;
    enum fob_ccid_command command;
    bool is_powered;      /* the card is active */
    uint8_t sequence;     /* bSeq of that command */
    uint64_t reported_ms; /* when the host was last told to wait */
    uint64_t received_ms; /* when the last packet came */
    size_t have;          /* bytes of the message that is arriving */
    uint32_t skip;        /* bytes of one too long, to be passed over */
    bool is_draining;     /* to the end of the transfer */
    size_t chained; /* bytes of the command APDU so far, or one over its room */
    size_t reply_len; /* of the message to send; 0 for none */
    uint8_t message[FOB_CCID_MESSAGE_MAX];
    uint8_t apdu[FOB_APP_COMMAND_MAX];
    uint8_t reply[FOB_CCID_HEAD + FOB_APP_REPLY_MAX];
};

void fob_ccid_init(struct fob_ccid *ccid, struct fob_app *app);

/* Whether a packet can be taken; what comes earlier has to wait. */
bool fob_ccid_is_ready(const struct fob_ccid *ccid);

/* Take a packet of the bulk OUT pipe, which may be empty.  A message begins
 * with a transfer, and ends with it: what is cut, too long or followed by
 * something is refused or passed over, and so is what does not go on for half
 * a second. */
void fob_ccid_take(struct fob_ccid *ccid, const uint8_t *packet, size_t len);

/* The message for the bulk IN pipe, or NULL.  It stays until it is sent. */
const uint8_t *fob_ccid_next(struct fob_ccid *ccid, size_t *len);
void fob_ccid_sent(struct fob_ccid *ccid);

/* The ABORT control request: stop waiting for the button. */
void fob_ccid_abort(struct fob_ccid *ccid);

#endif
