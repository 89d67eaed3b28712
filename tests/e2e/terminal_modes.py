# SPDX-License-Identifier: MIT
"""Look at a terminal's mode while a command asks for a passphrase there, and
while that is being checked.

usage: terminal_modes.py SCENARIO AGENT_PID PROMPT COMMAND ...  <ANSWER

A shell's part of job control, as in suspend.py.  The agent is stopped while
the answer is "checked", which so takes as long as the scenario wants.
Prints what is wrong; the exit status is 1 then.
"""
import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time

PATIENCE_S = 60
NEVER = {signal.SIGKILL, signal.SIGSTOP, signal.SIGCONT, signal.SIGCHLD,
         signal.SIGURG, signal.SIGWINCH, signal.SIGTSTP, signal.SIGTTIN,
         signal.SIGTTOU}
ENDING = sorted(n for n in signal.valid_signals() if n not in NEVER)


class Wrong(Exception):
    pass


def need(good, what):
    if not good:
        raise Wrong(what)


class Terminal:
    def __init__(self):
        self.leader, self.follower = pty.openpty()
        os.setsid()
        fcntl.ioctl(self.follower, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        self.mode = termios.tcgetattr(self.follower)
        self.shown = b""

    def echoes(self):
        return bool(termios.tcgetattr(self.follower)[3] & termios.ECHO)

    def read(self, seconds=0.05):
        if select.select([self.leader], [], [], seconds)[0]:
            self.shown += os.read(self.leader, 4096)

    def wait_for(self, text, times=1):
        end = time.monotonic() + PATIENCE_S
        while self.shown.count(text) < times:
            need(time.monotonic() < end, f"never saw {text!r} {times} times")
            self.read()

    def type(self, text):
        os.write(self.leader, text)

    def left(self):
        """What was typed and nobody has read."""
        os.set_blocking(self.follower, False)
        try:
            return os.read(self.follower, 4096)
        except BlockingIOError:
            return b""
        finally:
            os.set_blocking(self.follower, True)


class Job:
    def __init__(self, terminal, command):
        self.terminal = terminal
        terminal.shown = b""
        termios.tcsetattr(terminal.follower, termios.TCSAFLUSH, terminal.mode)
        self.pid = os.fork()
        if self.pid == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(terminal.follower, os.getpid())
            for number in ENDING:
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            for fd in range(3):
                os.dup2(terminal.follower, fd)
            os.execvp(command[0], command)

    def wait(self):
        """The signal that ended or stopped it, as a negative number; or its
        exit status."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WUNTRACED | os.WNOHANG)
            if pid:
                self.to_shell()
                if os.WIFSTOPPED(status):
                    return -os.WSTOPSIG(status)
                return os.waitstatus_to_exitcode(status)
            self.terminal.read(0.01)
        os.kill(self.pid, signal.SIGKILL)
        raise Wrong("the command hangs")

    def to_shell(self):
        os.tcsetpgrp(self.terminal.follower, os.getpgrp())

    def go_on(self):
        os.tcsetpgrp(self.terminal.follower, self.pid)
        os.killpg(self.pid, signal.SIGCONT)


def until(condition, what):
    end = time.monotonic() + PATIENCE_S
    while not condition():
        need(time.monotonic() < end, what)
        time.sleep(0.01)


class Scenario:
    def __init__(self, agent, prompt, command, answer):
        self.agent, self.prompt = agent, prompt.encode()
        self.command, self.answer = command, answer
        self.terminal = Terminal()

    def asked(self):
        job = Job(self.terminal, self.command)
        self.terminal.wait_for(self.prompt)
        need(not self.terminal.echoes(), "echo is on at the prompt")
        return job

    def checking(self, answer=None):
        """The answer is typed, and the agent has not yet had it.  A wrong one
        leaves the vault closed when the command ends before."""
        os.system("fob -q lock")
        job = self.asked()
        os.kill(self.agent, signal.SIGSTOP)
        before = len(self.terminal.shown)
        self.terminal.type(answer or self.answer)
        until(lambda: self.terminal.read() or
              len(self.terminal.shown) > before, "the answer was not taken")
        time.sleep(0.1)
        need(not self.terminal.echoes(), "echo is on while it is checked")
        return job

    def expect_ended(self, job, number):
        status = job.wait()
        faults = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL,
                  signal.SIGABRT)
        need(status == -number or (number in faults and status != 0),
             f"signal {number} gave {status}")
        need(self.terminal.echoes(), f"no echo after signal {number}")

    def signals_at_prompt(self):
        for number in ENDING:
            job = self.asked()
            os.kill(job.pid, number)
            self.expect_ended(job, number)

    def signals_while_checked(self):
        for number in ENDING:
            job = self.checking(b"wrong\n")
            os.kill(job.pid, number)
            self.expect_ended(job, number)
            os.kill(self.agent, signal.SIGCONT)

    def keys_while_checked(self):
        for key, number in ((b"\x03", signal.SIGINT), (b"\x1c", signal.SIGQUIT)):
            job = self.checking(b"wrong\n")
            self.terminal.type(b"hunter" + key)
            self.expect_ended(job, number)
            need(b"hunter" not in self.terminal.shown, "typed keys are shown")
            os.kill(self.agent, signal.SIGCONT)

    def ahead(self):
        job = self.checking()
        self.terminal.type(b"hunter2\nrm -rf x\n")
        time.sleep(0.2)
        self.terminal.read()
        os.kill(self.agent, signal.SIGCONT)
        need(job.wait() == 0, "the command failed")
        self.terminal.read(0.2)
        need(b"hunter2" not in self.terminal.shown,
             "what was typed ahead stands on the screen")
        need(self.terminal.echoes(), "no echo afterwards")
        need(self.terminal.left() == b"", "a shell would run what was typed")

    def stopped_while_checked(self):
        job = self.checking()
        self.terminal.type(b"\x1a")
        need(job.wait() == -signal.SIGTSTP, "^Z did not stop it")
        need(self.terminal.echoes(), "stopped without echo")
        job.go_on()
        until(lambda: not self.terminal.echoes(), "echo is on after fg")
        os.kill(self.agent, signal.SIGCONT)
        need(job.wait() == 0, "the command failed after fg")
        need(self.terminal.echoes(), "no echo afterwards")

    def stopped_from_outside(self):
        """SIGSTOP, which nothing catches: the shell puts echo on, fg comes."""
        for start, times in ((self.asked, 2), (self.checking, 1)):
            job = start()
            os.kill(job.pid, signal.SIGSTOP)
            need(job.wait() == -signal.SIGSTOP, "it did not stop")
            termios.tcsetattr(self.terminal.follower, termios.TCSADRAIN,
                              self.terminal.mode)
            job.go_on()
            self.terminal.wait_for(self.prompt, times)
            until(lambda: not self.terminal.echoes(), "echo is on after fg")
            if times == 2:
                self.terminal.type(self.answer)
            os.kill(self.agent, signal.SIGCONT)
            need(job.wait() == 0, "the command failed after fg")
            need(self.terminal.echoes(), "no echo afterwards")

    def together(self):
        """Several commands of one job ask at the same terminal: in turn, and
        none finds another's mode and puts that back.  One answer is for all;
        with a private agent each (no agent to stop) has its own."""
        job = Job(self.terminal, self.command)
        for turn in range(1, 2 if self.agent else 4):
            self.terminal.wait_for(self.prompt, turn)
            time.sleep(0.3)
            need(self.terminal.shown.count(self.prompt) == turn,
                 "two ask at once")
            need(not self.terminal.echoes(), "echo is on at the prompt")
            self.terminal.type(self.answer)
        need(job.wait() == 0, "a command failed")
        need(self.terminal.echoes(), "no echo afterwards")
        need(self.terminal.shown.count(self.prompt) == turn,
             "asked again for what was answered")

    def twice(self):
        """Between a question and the next there is no moment with echo."""
        job = self.asked()
        self.terminal.type(self.answer)
        while b"again" not in self.terminal.shown:
            need(not self.terminal.echoes(), "echo is on between questions")
            self.terminal.read(0)
        self.terminal.type(self.answer)
        need(job.wait() == 0, "the command failed")
        need(self.terminal.echoes(), "no echo afterwards")


def main(name, agent, prompt, *command):
    scenario = Scenario(int(agent), prompt, command,
                        sys.stdin.buffer.readline())
    try:
        getattr(scenario, name)()
    except Wrong as wrong:
        print(wrong)
        print(scenario.terminal.shown.decode(errors="replace"))
        return 1
    finally:
        if scenario.agent:
            os.kill(scenario.agent, signal.SIGCONT)
    return 0


sys.exit(main(*sys.argv[1:]))
