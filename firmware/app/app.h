/* SPDX-License-Identifier: MIT */
/*
 * The token behind its interfaces: one command at a time, whichever interface
 * it comes from.  An interface submits a command, polls its progress - to tell
 * its host to wait, or for what - and collects the reply.  The main loop calls
 * fob_app_poll; nothing here blocks but flash operations.
 */
#ifndef FOB_FIRMWARE_APP_APP_H
#define FOB_FIRMWARE_APP_APP_H

#include "firmware/app/oath/call.h"
#include "firmware/app/upkeep.h"

enum fob_interface { FOB_INTERFACE_HID, FOB_INTERFACE_CCID, FOB_INTERFACES };

enum {
    FOB_APP_DATA_MAX = 512, /* bytes of data of a command or an answer */
    FOB_APP_COMMAND_MAX = FOB_APP_DATA_MAX + FOB_APDU_OVERHEAD_MAX,
    FOB_APP_REPLY_MAX = FOB_APP_DATA_MAX + 2,
};

enum fob_progress {
    FOB_IDLE,    /* no command of this interface's */
    FOB_WORKING, /* poll on */
    FOB_TOUCH,   /* waits for the button */
    FOB_DONE,    /* the reply is there */
};

struct fob_app {
    struct oath oath;
    struct oath_session sessions[FOB_INTERFACES];
    struct upkeep upkeep;
    enum fob_progress progress;
    enum fob_interface owner; /* of the command, unless idle */
    size_t command_len;
    size_t reply_len;
    uint64_t done_ms;  /* since when the reply is there */
    uint64_t leave_ms; /* when to restart, once the application is leaving */
    uint8_t command[FOB_APP_COMMAND_MAX];
    uint8_t reply[FOB_APP_REPLY_MAX];
};

/* As power arrives: whatever `token` held before. */
void fob_app_init(struct fob_app *app);

/* Do what is due; call it at least every few milliseconds. */
void fob_app_poll(struct fob_app *app);

/* Take a command APDU of any length, copied.  FOB_E_BUSY while one of either
 * interface is under way.  A reply that nobody has fetched for half a second
 * is lost to whoever comes on the other interface. */
FOB_MUST_CHECK enum fob_status fob_app_submit(struct fob_app *app,
                                              enum fob_interface interface,
                                              const uint8_t *apdu, size_t len);

enum fob_progress fob_app_progress(const struct fob_app *app,
                                   enum fob_interface interface);

/* Move the reply of a command that is done to `reply`, which has room for
 * FOB_APP_REPLY_MAX; its length, 0 when there is none. */
size_t fob_app_collect(struct fob_app *app, enum fob_interface interface,
                       uint8_t *reply);

/* Stop waiting for the button: the command is answered 6982. */
void fob_app_cancel(struct fob_app *app, enum fob_interface interface);

/* Bytes for numbers that are no secret, as random as they can be had. */
void fob_app_draw(struct fob_app *app, void *data, size_t len);

/* Blink for a person who wants to know which token this is. */
void fob_app_identify(struct fob_app *app);

/* Forget what the interface's client had established, and its command: the card
 * was powered off, or another client took its place.  A reset that has begun
 * goes on all the same, and other commands wait for its end. */
void fob_app_forget(struct fob_app *app, enum fob_interface interface);

/* The host is at work on the bus itself, enumerating maybe: give it the time,
 * and put off what takes long. */
void fob_app_give_way(struct fob_app *app);

#endif
