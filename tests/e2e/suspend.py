# SPDX-License-Identifier: MIT
"""Stop a command that waits at its terminal, go on, and type what it wants.

usage: suspend.py PROMPT COMMAND ... <ANSWER

A shell's part of job control: the command has a process group of its own in
the foreground, ^Z gives the terminal back, `fg` hands it over again.  The
exit status is the command's, or 90 and more for what went wrong.
"""
import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time


def become_shell(follower):
    os.setsid()
    fcntl.ioctl(follower, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)


def start_job(command, follower):
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(follower, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(command[0], command)
    return job


def wait_for(prompt, leader):
    shown, end = b"", time.monotonic() + 60
    while prompt not in shown:
        if time.monotonic() > end:
            sys.exit(90)
        if select.select([leader], [], [], 1)[0]:
            shown += os.read(leader, 4096)


def echoes(follower):
    return bool(termios.tcgetattr(follower)[3] & termios.ECHO)


def main(prompt, *command):
    signal.alarm(120)
    answer = sys.stdin.buffer.readline()
    prompt = prompt.encode()
    leader, follower = pty.openpty()
    become_shell(follower)
    job = start_job(command, follower)
    wait_for(prompt, leader)
    if echoes(follower):
        return 91
    os.write(leader, b"\x1a")
    status = os.waitpid(job, os.WUNTRACED)[1]
    if not os.WIFSTOPPED(status):
        return 92
    os.tcsetpgrp(follower, os.getpgrp())
    if not echoes(follower):
        return 93
    os.tcsetpgrp(follower, job)
    os.killpg(job, signal.SIGCONT)
    wait_for(prompt, leader)
    if echoes(follower):
        return 94
    os.write(leader, answer)
    status = os.waitstatus_to_exitcode(os.waitpid(job, 0)[1])
    return status if echoes(follower) else 95


sys.exit(main(*sys.argv[1:]))
