/* SPDX-License-Identifier: MIT */
#include "host/cli/endpoint/endpoint.h"

#include "host/cli/endpoint/endpoint_default.h"
#include "host/cli/endpoint/endpoint_monitor.h"
#include "host/cli/helper/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What ties the keeper to us: our life, and one message. */
struct tie {
    int life; /* a pidfd of ours */
    int ours;
    int its;
};

static void tie_close(struct tie *tie)
{
    int *const all[] = {&tie->life, &tie->ours, &tie->its};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (*all[i] >= 0)
            close(*all[i]);
        *all[i] = -1;
    }
}

static enum fob_status tie_open(struct command_call *call, struct tie *tie)
{
    int pair[2];

    *tie = (struct tie){-1, -1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fob_error_errno(&call->error, FOB_E_FAILED, "no socket");
    *tie = (struct tie){descriptor_raise(pidfd_open(getpid(), 0)),
                        descriptor_raise(pair[0]), descriptor_raise(pair[1])};
    if (tie->life >= 0 && tie->ours >= 0 && tie->its >= 0)
        return FOB_OK;
    tie_close(tie);
    return fob_error_errno(&call->error, FOB_E_FAILED,
                           "cannot watch the command");
}

/* The child between us and the keeper ends at once, so that the command will
 * have no child that it did not make. */
static enum fob_status fork_keeper(struct command_call *call,
                                   const struct session_options *options,
                                   const struct tie *tie)
{
    const struct serve_watch watch = {.life = tie->life, .report = tie->its};
    int ended = 0;
    pid_t pid = fork();

    if (pid == 0) {
        close(tie->ours);
        pid = fork();
        if (pid == 0)
            serve_keeper_run(call, options, &watch);
        _exit(pid < 0);
    }
    while (pid > 0 && waitpid(pid, &ended, 0) < 0 && errno == EINTR)
        ;
    if (pid < 0 || ended != 0)
        return fob_error_set(&call->error, FOB_E_FAILED, "cannot fork");
    return FOB_OK;
}

static enum fob_status hear(struct command_call *call, int fd)
{
    if (fob_message_receive(fd, &call->reply) != FOB_OK)
        return fob_error_set(&call->error, FOB_E_FAILED,
                             "the endpoint ended before it was there");
    if (call->reply.type == FOB_REPLY_OK)
        return FOB_OK;
    return fob_message_take_error(&call->reply, &call->error);
}

enum fob_status serve_start(struct command_call *call,
                            const struct session_options *options)
{
    struct tie tie;
    enum fob_status status;

    serve_default_warn(call);
    status = tie_open(call, &tie);
    if (status != FOB_OK)
        return status;
    status = fork_keeper(call, options, &tie);
    close(tie.its);
    tie.its = -1;
    if (status == FOB_OK)
        status = hear(call, tie.ours);
    tie_close(&tie);
    return status;
}
