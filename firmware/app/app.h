/* SPDX-License-Identifier: MIT */
/*
 * The token behind its faces: one command at a time, whichever face it comes
 * from.  A face submits a command, polls its progress - to tell its host to
 * wait, or for what - and collects the reply.  The main loop calls
 * fob_token_poll; nothing here blocks but flash operations.
 */
#ifndef FOB_FIRMWARE_APP_APP_H
#define FOB_FIRMWARE_APP_APP_H

#include "firmware/app/oath/oath.h"

enum fob_face { FOB_FACE_HID, FOB_FACE_CCID, FOB_FACES };

enum {
    FOB_TOKEN_DATA_MAX = 512, /* bytes of data of a command or an answer */
    FOB_TOKEN_COMMAND_MAX = FOB_TOKEN_DATA_MAX + FOB_APDU_OVERHEAD_MAX,
    FOB_TOKEN_REPLY_MAX = FOB_TOKEN_DATA_MAX + 2,
};

enum fob_progress {
    FOB_IDLE,    /* no command of this face's */
    FOB_WORKING, /* poll on */
    FOB_TOUCH,   /* waits for the button */
    FOB_DONE,    /* the reply is there */
};

struct fob_token {
    struct oath oath;
    struct session sessions[FOB_FACES];
    enum fob_progress progress;
    enum fob_face owner; /* of the command, unless idle */
    bool orphaned;       /* whose owner has forgotten it */
    size_t command_len;
    size_t reply_len;
    uint64_t leave_ms; /* when to restart, once the application is leaving */
    uint8_t command[FOB_TOKEN_COMMAND_MAX];
    uint8_t reply[FOB_TOKEN_REPLY_MAX];
};

/* As power arrives: whatever `token` held before. */
void fob_token_init(struct fob_token *token);

/* Do what is due; call it at least every few milliseconds. */
void fob_token_poll(struct fob_token *token);

/* Take a command APDU of any length, copied.  FOB_E_BUSY while one of either
 * face is under way. */
FOB_MUST_CHECK enum fob_status fob_token_submit(struct fob_token *token,
                                                enum fob_face face,
                                                const uint8_t *apdu,
                                                size_t len);

enum fob_progress fob_token_progress(const struct fob_token *token,
                                     enum fob_face face);

/* Move the reply of a command that is done to `reply`, which has room for
 * FOB_TOKEN_REPLY_MAX; its length, 0 when there is none. */
size_t fob_token_collect(struct fob_token *token, enum fob_face face,
                         uint8_t *reply);

/* Stop waiting for the button: the command is answered 6982. */
void fob_token_cancel(struct fob_token *token, enum fob_face face);

/* Blink for a person who wants to know which token this is. */
void fob_token_identify(struct fob_token *token);

/* Forget what the face's client had established, and its command: the card
 * was powered off, or another client took its place. */
void fob_token_forget(struct fob_token *token, enum fob_face face);

#endif
