#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run a command at a terminal and type what it asks for.

usage: at_terminal.py [--plain] [PROMPT[=ANSWER] ...] -- COMMAND ...

Each PROMPT is waited for, then ANSWER, if there is one, is typed and, unless
it ends in a control character such as ^C or ^D, Return.  An ANSWER `!COMMAND`
is what that shell command says, which has in $SCREEN what the terminal showed.
What the terminal showed is printed, then a line `echo: on` or `echo: off` for
the mode it was left in.  The exit status is the command's, 128 + N for signal
N.

By default the command's stdin, stdout and stderr are the terminal.  With
--plain they are the caller's, as under credential_process, and only /dev/tty
leads to the terminal; what it showed goes to the file $PTY_LOG.
"""
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time

PATIENCE_S = 60
HANG_S = 300


def start(command, plain):
    leader, follower = pty.openpty()
    kept = [os.dup(fd) for fd in range(3)]
    child = os.fork()
    if child == 0:
        os.setsid()
        fcntl.ioctl(follower, termios.TIOCSCTTY, 0)
        # As a login has them, whatever a job in the background has.
        for number in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        for fd in range(3):
            os.dup2(kept[fd] if plain else follower, fd)
        os.closerange(3, 256)
        try:
            os.execvp(command[0], command)
        except OSError:
            os._exit(127)
    for fd in kept:
        os.close(fd)
    return child, leader, follower


def typed(answer, screen):
    if answer.startswith("!"):
        said = subprocess.run(["sh", "-c", answer[1:]], check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              env=dict(os.environ, SCREEN=screen.text()))
        return said.stdout.strip() + b"\n"
    control = re.fullmatch(r"(.*)\^([A-Z\\])", answer, re.S)
    if control:
        return control[1].encode() + bytes([ord(control[2]) - 64])
    return answer.encode() + b"\n"


class Screen:
    def __init__(self, leader):
        self.leader, self.shown, self.seen = leader, b"", 0

    def wait_for(self, prompt, child):
        """Whether the prompt came up before the command ended."""
        end = time.monotonic() + PATIENCE_S
        while prompt not in self.shown[self.seen:]:
            if time.monotonic() > end:
                os.kill(child, signal.SIGKILL)
            if not self.read() and ended(child):
                return False
        self.seen = self.shown.index(prompt, self.seen) + len(prompt)
        return True

    def text(self):
        return self.shown.decode(errors="replace").replace("\r\n", "\n")

    def read(self):
        if not select.select([self.leader], [], [], 0.05)[0]:
            return False
        self.shown += os.read(self.leader, 4096)
        return True


def ended(child):
    """Looks without reaping."""
    state = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return state is not None


def main(args):
    plain = args[:1] == ["--plain"]
    split = args.index("--")
    dialogue = [a.partition("=") for a in args[int(plain):split]]
    child, leader, follower = start(args[split + 1:], plain)
    screen = Screen(leader)
    for prompt, equals, answer in dialogue:
        if not screen.wait_for(prompt.encode(), child):
            print(f"never asked: {prompt}", file=sys.stderr)
            break
        if equals:
            os.write(leader, typed(answer, screen))
    end = time.monotonic() + HANG_S
    while screen.read() or not ended(child):
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
    echo = termios.tcgetattr(follower)[3] & termios.ECHO
    text = screen.text() + f"\necho: {'on' if echo else 'off'}\n"
    if plain and "PTY_LOG" in os.environ:
        with open(os.environ["PTY_LOG"], "w") as log:
            log.write(text)
    elif not plain:
        print(text, end="")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if status >= 0 else 128 - status


sys.exit(main(sys.argv[1:]))
