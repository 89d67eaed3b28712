/* SPDX-License-Identifier: MIT */
/*
 * A token while a request uses it.  One request at a time has a token, by a
 * lock of its own that dies with its holder; no other lock of the agent is
 * held over a touch.  A caller who hangs up ends the wait for one.
 */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_H

#include "host/agent/request/request.h"
#include "host/token/locations.h"
#include "host/token/token.h"

struct token_session {
    struct fob_request *request;
    struct fob_token_watch watch;
    struct fob_token token;
    struct fob_token_location place;
    int lock;              /* -1 while closed */
    bool is_taken;         /* it was not opened, for another request has it */
    bool touch_told;       /* in the command under way */
    int64_t touch_end_ms;  /* when it gives up; of our own tokens */
    uint32_t touch_left_s; /* as told last */
    unsigned touch;        /* which one is wanted, from 1 */
    unsigned touches; /* how many the caller knows to come; 0: it does not */
    bool busy_told;
    bool gave_password; /* YKOATH's, which it wanted */
};

/* Which token: by its serial or its id ("" is any), of those that are there. */
struct token_wish {
    const char *serial;
    const char *id;   /* of a fob token whose serial others may have, too */
    unsigned skip;    /* so many that fit are passed over */
    bool is_for_good; /* what is done to it cannot be undone: it must be the
                         only one that fits */
};

/* FOB_E_TOKEN_ABSENT and the like, error set; FOB_E_AMBIGUOUS; FOB_E_NOT_FOUND
 * when the serial is there, with another id.  Unless
 * `may_wait`, FOB_E_BUSY, error not set, when another request has it. */
FOB_MUST_CHECK enum fob_status token_open_wish(struct fob_request *request,
                                               const struct token_wish *wish,
                                               bool may_wait,
                                               struct token_session *session);

/* The token `serial`; "" is the one that FOB_TOKEN in the request's ENV names,
 * or the only one there is.  FOB_E_TOKEN_ABSENT and the like, error set.
 * `session` is closed on a fault. */
FOB_MUST_CHECK enum fob_status token_open(struct fob_request *request,
                                          const char *serial,
                                          struct token_session *session);

/* The token at a place.  Faults are error not set, but for those of the lock
 * when it may be waited for; otherwise FOB_E_BUSY, and is_taken, when another
 * request has it. */
FOB_MUST_CHECK enum fob_status
token_open_at(struct fob_request *request,
              const struct fob_token_location *place, bool may_wait,
              struct token_session *session);

/* Open, and ready for commands that need its passphrase or password, which
 * is asked for if need be. */
FOB_MUST_CHECK enum fob_status token_open_ready(struct fob_request *request,
                                                const char *serial,
                                                struct token_session *session);

FOB_MUST_CHECK enum fob_status
token_unlock_ready(struct token_session *session);

/* Give the PIN of a Nitrokey 3, asked for if need be, which opens it for the
 * next command; it takes a touch.  Error set. */
FOB_MUST_CHECK enum fob_status token_unlock_pin(struct token_session *session);

void token_close(struct token_session *session);

/* Before a command that may wait for a finger: the person is told anew. */
void token_expect_touch(struct token_session *session);

/* The places to look at for this request. */
void token_find_locations(struct fob_request *request,
                          struct fob_token_locations *places);

#endif
