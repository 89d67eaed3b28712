/* SPDX-License-Identifier: MIT */
/* fob-agent --shared | --private, with descriptor 3 as docs/protocol.md says:
 * where readiness is told, or the one connection. */
#include "host/agent/server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { GIVEN_FD = 3, EXIT_USAGE = 2 };

static int stop_fd;

/* As STOP does. */
static void ask_to_stop(int number)
{
    const uint64_t one = 1;
    int fault = errno;

    (void)number;
    (void)!write(stop_fd, &one, sizeof(one));
    errno = fault;
}

/* The end of a login must not leave tokens open. */
static void stop_at_signals(struct fob_agent *agent)
{
    stop_fd = agent->stop_fd;
    signal(SIGTERM, ask_to_stop);
    signal(SIGHUP, ask_to_stop);
}

/* Two hundred callers, each with its socket, lock and pipes. */
static void raise_descriptor_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int main(int argc, char **argv)
{
    static struct fob_agent agent;
    bool is_shared = argc == 2 && strcmp(argv[1], "--shared") == 0;
    bool is_private = argc == 2 && strcmp(argv[1], "--private") == 0;
    enum fob_status status = fob_secret_start();

    if (status != FOB_OK)
        return fob_status_exit(status);
    if ((!is_shared && !is_private) ||
        fcntl(GIVEN_FD, F_SETFD, FD_CLOEXEC) != 0) {
        fputs("fob-agent: started by fob, see fob(1)\n", stderr);
        return EXIT_USAGE;
    }
    signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    agent_init(&agent, is_shared);
    if (is_shared)
        stop_at_signals(&agent);
    /* Threads may still be at work: no destructors under their feet. */
    _exit(is_shared ? server_run_shared(&agent, GIVEN_FD)
                    : server_run_private(&agent, GIVEN_FD));
}
