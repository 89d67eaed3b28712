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

/* What ties the monitor to us: our life, and one message. */
struct lifeline {
    int life; /* a pidfd of ours */
    int ours;
    int its;
};

static void close_lifeline(struct lifeline *lifeline)
{
    int *const all[] = {&lifeline->life, &lifeline->ours, &lifeline->its};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (*all[i] >= 0)
            close(*all[i]);
        *all[i] = -1;
    }
}

static enum fob_status open_lifeline(struct command_call *call,
                                     struct lifeline *lifeline)
{
    int pair[2];

    *lifeline = (struct lifeline){-1, -1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fob_error_errno(&call->error, FOB_E_FAILED, "no socket");
    *lifeline =
        (struct lifeline){descriptor_raise(pidfd_open(getpid(), 0)),
                          descriptor_raise(pair[0]), descriptor_raise(pair[1])};
    if (lifeline->life >= 0 && lifeline->ours >= 0 && lifeline->its >= 0)
        return FOB_OK;
    close_lifeline(lifeline);
    return fob_error_errno(&call->error, FOB_E_FAILED,
                           "cannot watch the command");
}

/* The child between us and the monitor ends at once, so that the command will
 * have no child that it did not make. */
static enum fob_status fork_monitor(struct command_call *call,
                                    const struct sdk_session_options *options,
                                    const char *listen,
                                    const struct lifeline *lifeline)
{
    const struct endpoint_watch watch = {
        .life = lifeline->life, .report = lifeline->its, .listen = listen};
    int ended = 0;
    pid_t pid = fork();

    if (pid == 0) {
        close(lifeline->ours);
        pid = fork();
        if (pid == 0)
            endpoint_monitor_run(call, options, &watch);
        _exit(pid < 0);
    }
    while (pid > 0 && waitpid(pid, &ended, 0) < 0 && errno == EINTR)
        ;
    if (pid < 0 || ended != 0)
        return fob_error_set(&call->error, FOB_E_FAILED, "cannot fork");
    return FOB_OK;
}

static enum fob_status hear_monitor(struct command_call *call, int fd)
{
    if (fob_message_receive(fd, &call->reply) != FOB_OK)
        return fob_error_set(&call->error, FOB_E_FAILED,
                             "the endpoint ended before it was there");
    if (call->reply.type == FOB_REPLY_OK)
        return FOB_OK;
    return fob_message_take_error(&call->reply, &call->error);
}

enum fob_status endpoint_start(struct command_call *call,
                               const struct sdk_session_options *options,
                               const char *listen)
{
    struct lifeline lifeline;
    enum fob_status status;

    endpoint_default_warn(call);
    status = open_lifeline(call, &lifeline);
    if (status != FOB_OK)
        return status;
    status = fork_monitor(call, options, listen, &lifeline);
    close(lifeline.its);
    lifeline.its = -1;
    if (status == FOB_OK)
        status = hear_monitor(call, lifeline.ours);
    close_lifeline(&lifeline);
    return status;
}
