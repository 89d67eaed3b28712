/* SPDX-License-Identifier: MIT */
/* A command's way to an agent: the shared one, started when there is none,
 * or with FOB_NO_AGENT=1 a private one that dies with the command. */
#ifndef FOB_HOST_CLIENT_CLIENT_H
#define FOB_HOST_CLIENT_CLIENT_H

#include "host/base/error.h"
#include "host/base/path.h"
#include "host/wire/message.h"

enum { FOB_CLIENT_SOURCE_MAX = 127 };

/* What an answer is from.  A file is told from others, and from what it was
 * before it was written anew, by where it is on its disk and by its times; ""
 * is a pipe, which looks like any other. */
struct fob_client_source {
    bool is_file;
    char file[FOB_CLIENT_SOURCE_MAX + 1];
};

/* How a command shows what the agent says meanwhile, and answers it. */
struct fob_client_callbacks {
    void *context;
    /* One line; `is_note` is to be kept on screen, else it is progress. */
    void (*say)(void *context, const char *text, bool is_note);
    /* Fill the empty `answer` and the zeroed `source`.  FOB_E_NOBODY when
     * nobody can be asked. */
    enum fob_status (*ask)(void *context, enum fob_question question,
                           const char *text, struct fob_secret *answer,
                           struct fob_client_source *source);
};

struct fob_client {
    int fd;          /* -1 while closed */
    int private_pid; /* of a private agent, else 0 */
    int timeout_ms;  /* until it must have said something; 0: for ever */
    unsigned place;  /* of fob_path_agent: to look from, then where it is */
    char path[FOB_PATH_MAX]; /* of the shared agent's socket, or "" */
    const struct fob_client_callbacks *callbacks;
};

/* Connect to the first agent from client->place on; `start` says whether an
 * agent is started when none is running (FOB_E_NOT_FOUND, with the error set,
 * otherwise).  A socket or its folder owned by someone else is refused. */
FOB_MUST_CHECK enum fob_status
fob_client_open(struct fob_client *client,
                const struct fob_client_callbacks *callbacks, bool start,
                struct fob_error *error);

/* Send `request` and serve the agent's questions until its last word, which
 * is left in `reply` (FOB_REPLY_OK).  An error of the agent's comes back as
 * this call's own, and so does, as FOB_E_AGENT, that it says nothing for
 * client->timeout_ms.  The
 * connection may then be used for the next call; after any other fault it is
 * only to be closed. */
FOB_MUST_CHECK enum fob_status
fob_client_call(struct fob_client *client, const struct fob_message *request,
                struct fob_message *reply, struct fob_error *error);

/* Hang up; a private agent is waited for. */
void fob_client_close(struct fob_client *client);

/* Wait until the agent that `client` reached, and told to stop, has gone: only
 * then can the next one take its place.  FOB_E_BUSY, with the error set, when
 * it takes too long. */
FOB_MUST_CHECK enum fob_status
fob_client_wait_stopped(const struct fob_client *client,
                        struct fob_error *error);

#endif
