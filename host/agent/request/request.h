/* SPDX-License-Identifier: MIT */
/* One request while it is served: who asked, what, and the way back. */
#ifndef FOB_HOST_AGENT_REQUEST_REQUEST_H
#define FOB_HOST_AGENT_REQUEST_REQUEST_H

#include "host/agent/request/agent.h"
#include "host/agent/request/client_environment.h"
#include "host/wire/message.h"

enum { REQUEST_NOBODY = -1 };

/* What the vault held when the request looked: accounts/vault_view.h. */
struct request_view {
    struct fob_vault_body body;
    bool is_current;
};

enum { REQUEST_FILE_MAX = 127 };

/* What the latest answer was from: a file, which is told from others by
 * `file`; "" is a pipe, and what is too long to be told. */
struct request_source {
    bool is_file;
    char file[REQUEST_FILE_MAX + 1];
};

/* A place among the requests at work, of which there are so many. */
struct request_turn {
    /* Takes one, and waits until there is one, but not when it is urgent: what
     * an owner must always be able to do.  false: the connection has ended. */
    bool (*begin)(struct request_turn *turn, bool is_urgent);
    /* Gives it up while a person is waited for, until `begin`. */
    void (*pause)(struct request_turn *turn);
    void (*end)(struct request_turn *turn);
};

struct fob_request {
    struct fob_agent *agent;
    int fd; /* REQUEST_NOBODY: no one to tell, no one to ask */
    /* As received, and FOB_REPLY_OK, being filled: serve/ alone knows them. */
    struct fob_message message;
    struct fob_message reply;
    struct client_environment environment;
    struct request_view view;
    struct request_turn *turn; /* NULL: none is needed */
    struct request_source source;
    struct fob_error error;
    bool is_remote;   /* see remote.h: its variables do not count */
    bool is_use;      /* keeps the vault open: see dispatch.c */
    uint64_t forward; /* which of the forwarded sockets: forward.h */
    /* No command of the AWS files is run for it. */
    bool has_no_commands;
    char about[FOB_NAME_MAX + 1]; /* the profile or account, for the record */
    bool clock_told;              /* that the clock is off: once a request */
    bool trusts_clock; /* a person's word: of an endpoint that is far off */
};

/* Wipe what the request has read of the vault: before a wait, since those who
 * wait hold no copies, and what was read may be out of date after it. */
void request_drop_view(struct fob_request *request);

/* Wipe and free what it holds. */
void request_free(struct fob_request *request);

/* Lines for the person at the other end while the request goes on. */
__attribute__((format(printf, 2, 3))) void
request_note(struct fob_request *request, const char *format, ...);
__attribute__((format(printf, 2, 3))) void
request_progress(struct fob_request *request, const char *format, ...);

/* Ask the person.  The answer fills the empty `answer`; FOB_E_NOBODY,
 * error set, when nobody can be asked. */
FOB_MUST_CHECK enum fob_status request_ask(struct fob_request *request,
                                           enum fob_question question,
                                           const char *text,
                                           struct fob_secret *answer);

/* Whether whoever asked has hung up; never of REQUEST_NOBODY. */
bool request_is_abandoned(const struct fob_request *request);

/* Let so much time pass; FOB_E_AGENT, with the error set, as soon as the caller
 * hung up.  The one way to wait; never between a step that cannot be undone
 * and the journal's word of it. */
FOB_MUST_CHECK enum fob_status request_wait(struct fob_request *request,
                                            int wait_ms);

#endif
