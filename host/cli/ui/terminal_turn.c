/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/terminal_turn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { CONSOLE_MAJOR = 4 }; /* the kernel's devices.txt */

static int turn = -1; /* flocked while it is ours; -1: not known how */

bool terminal_turn_is_front(int fd)
{
    if (tcgetpgrp(fd) == getpgrp())
        return true;
    raise(SIGTTOU);
    return tcgetpgrp(fd) == getpgrp();
}

/* The terminal's own device, for /dev/tty is one file for all; -1 when it is
 * none that a desktop has. */
static int open_device(int fd)
{
    char path[32];
    unsigned number;
    struct stat info;
    int device;

    if (ioctl(fd, TIOCGDEV, &number) != 0)
        return -1;
    snprintf(path, sizeof(path),
             major(number) == CONSOLE_MAJOR ? "/dev/tty%u" : "/dev/pts/%u",
             minor(number));
    device = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (device < 0 ||
        (fstat(device, &info) == 0 && info.st_rdev == (dev_t)number))
        return device;
    close(device);
    return -1;
}

bool terminal_turn_take(struct terminal *terminal)
{
    terminal->has_waited = false;
    if (turn < 0)
        turn = open_device(terminal->fd);
    while (terminal_turn_is_front(terminal->fd)) {
        if (turn < 0 || flock(turn, LOCK_EX | LOCK_NB) == 0)
            return true;
        terminal->has_waited = true;
        if (flock(turn, LOCK_EX) != 0 && errno != EINTR)
            return true;
        if (tcgetpgrp(terminal->fd) == getpgrp())
            return true;
        terminal_turn_end();
    }
    return false;
}

void terminal_turn_end(void)
{
    if (turn >= 0)
        (void)flock(turn, LOCK_UN);
}

void terminal_turn_retake(void)
{
    if (turn >= 0)
        (void)flock(turn, LOCK_EX | LOCK_NB);
}
