/* SPDX-License-Identifier: MIT */
/*
 * The ways to a token, each a table of four functions: simulated (a socket),
 * HID (the project's own) and PC/SC (any card that speaks YKOATH).  Faults
 * are statuses; the error is set by whoever knows which token was meant:
 *
 *   FOB_E_TOKEN_ABSENT  it is not there, or it went away
 *   FOB_E_BUSY          another program has it, and kept it
 *   FOB_E_NOT_TOUCHED   the watcher gave up, and the token was told
 *   FOB_E_DAMAGED       what it says is no answer
 *   FOB_E_FAILED        the system does not let us near it
 */
#ifndef FOB_HOST_TOKEN_TRANSPORT_H
#define FOB_HOST_TOKEN_TRANSPORT_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FOB_TOKEN_SERIAL_MAX = 64,
    FOB_TOKEN_PATH_MAX = 256,
    FOB_TOKEN_LOCATIONS_MAX = 16,
    FOB_TOKEN_COMMAND_MAX = 264, /* a short APDU */
    FOB_TOKEN_REPLY_MAX = 4096,  /* bytes of one part of an answer */
};

/* Where a token can be reached. */
struct fob_token_location {
    const struct fob_transport *transport;
    char path[FOB_TOKEN_PATH_MAX];         /* socket, device or reader */
    char serial[FOB_TOKEN_SERIAL_MAX + 1]; /* "": only it can tell */
    bool is_closed;                        /* and not ours to open */
};

struct fob_token_locations {
    struct fob_token_location location[FOB_TOKEN_LOCATIONS_MAX];
    size_t count;
    bool has_asked_pcsc; /* where its readers are then among them */
    /* Why some may be missing, each a whole line; NULL when none can be. */
    const char *fob_trouble;         /* of fob tokens */
    const char *third_party_trouble; /* of third-party tokens */
};

enum fob_token_wait {
    FOB_TOKEN_WORKING,
    FOB_TOKEN_TOUCH,
    FOB_TOKEN_BUSY, /* another program has it */
};

/* Who waits while a token works: called at least twice a second; false gives
 * up. */
struct fob_token_watch {
    bool (*wait)(void *context, enum fob_token_wait why);
    void *context;
};

struct fob_token_exchange {
    const uint8_t *command; /* an APDU */
    size_t command_len;
    uint8_t *reply;
    size_t reply_cap;
    size_t reply_len; /* at least the two bytes of the status, when FOB_OK */
    const struct fob_token_watch *watch;
    bool may_take_touch; /* else a card that is slow is only that */
};

struct fob_transport {
    const char *name;
    /* Append every location that may be a token; nobody is asked yet. */
    void (*list)(struct fob_token_locations *locations);
    /* *link is the transport's own, NULL on a fault.  `watch` may be NULL, as
     * that of an exchange. */
    enum fob_status (*open)(const char *path,
                            const struct fob_token_watch *watch, void **link);
    enum fob_status (*exchange)(void *link, struct fob_token_exchange *it);
    void (*close)(void *link);
};

extern const struct fob_transport fob_token_sim;
extern const struct fob_transport fob_token_hid;
extern const struct fob_transport fob_token_pcsc;

#endif
