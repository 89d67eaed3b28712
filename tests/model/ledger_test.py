#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ledger of a device against an independent model, and both against the
local AWS's own idea of a device, under random use by fob and by a person; and
as agents share it that are killed at any moment."""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading

TOP = pathlib.Path(__file__).resolve().parents[2]
UNIT = (pathlib.Path(os.environ.get("O", TOP / "build")).resolve()
        / "asan/tests/unit")
DRIVER, AGENT = UNIT / "aws/ledger_driver", UNIT / "agent/ledger_file_driver"
PERIOD_S, WINDOW_S, BUDGET, AWS_BUDGET = 30, 180, 7, 9
REMEMBERED_STEPS, REMEMBERED_CHECKS = 64, 16


class Model:
    """The same rules, written from the design and not from the code."""

    def __init__(self):
        self.used, self.checks = [], []

    def window(self, now):
        return [at for at in self.checks[-REMEMBERED_CHECKS:]
                if at // WINDOW_S == now // WINDOW_S]

    def choose(self, now):
        if len(self.window(now)) >= BUDGET:
            return f"spent {WINDOW_S - now % WINDOW_S}"
        present = now // PERIOD_S
        free = [present + shift for shift in (0, 1, -1, 2, -2)
                if present + shift not in self.used[-REMEMBERED_STEPS:]]
        return f"step {free[0]}" if free else f"spent {PERIOD_S - now % PERIOD_S}"

    def spend(self, step, now, checked):
        if step not in self.used[-REMEMBERED_STEPS:]:
            self.used.append(step)
        if checked:
            self.checks.append(now)
        return f"checks {len(self.window(now))}"


class Device:
    """AWS's side: each code once, five of them, nine verifications."""

    def __init__(self):
        self.taken, self.attempts = set(), {}

    def verify(self, step, now):
        window = now // WINDOW_S
        self.attempts[window] = self.attempts.get(window, 0) + 1
        good = (abs(step - now // PERIOD_S) <= 2 and step not in self.taken
                and self.attempts[window] <= AWS_BUDGET)
        self.taken.add(step)
        return good


class Ledger:
    """The code under test."""

    def __init__(self):
        self.process = subprocess.Popen([DRIVER], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


def walk(ledger, seed, moves):
    """Random use; what differs, or what AWS would have refused."""
    dice, model, device = random.Random(seed), Model(), Device()
    now = 1_800_000_000 + dice.randrange(10_000)
    ledger.ask("new")
    for move in range(moves):
        now += dice.choice([0, 0, 0, 1, 2, 7, 29, 30, 31, 90, 200])
        where = f"walk {seed}, move {move}, time {now}"
        if dice.random() < 0.2:  # a person takes a code
            step = now // PERIOD_S + dice.choice([0, 0, 0, 1])
            got = ledger.ask(f"spend {step} {now} 0")
            wanted = model.spend(step, now, False)
            device.taken.add(step)
        else:
            got, wanted = ledger.ask(f"choose {now}"), model.choose(now)
            if got == wanted and got.startswith("step"):
                step = int(got.split()[1])
                got = ledger.ask(f"spend {step} {now} 1")
                wanted = model.spend(step, now, True)
                if not device.verify(step, now):
                    return f"{where}: AWS refuses step {step}"
        if got != wanted:
            return f"{where}: {got}, not {wanted}"
        if dice.random() < 0.1 and ledger.ask("store") != "stored":
            return f"{where}: the file does not come back"
    return ""


class Agent:
    """One of those who share a device's ledger; dies often."""

    def __init__(self, home):
        self.home = home
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [AGENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, FOB_HOME=self.home))
        assert self.hear() == "ready"

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self):
        """A line, or "" of one that was killed before it said a word."""
        return self.process.stdout.readline().strip()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.start()

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def send(device, agent, now):
    """What an agent says is sent to AWS, which must take it."""
    said = agent.hear()
    if said.startswith("fault"):
        return said
    if said.startswith("step") and not device.verify(int(said.split()[1]), now):
        return f"AWS refuses {said}"
    return ""


def share(home, seed, moves):
    """Two agents and one device: how it goes wrong, and how often a kill
    came while an agent was at work."""
    dice, device = random.Random(seed), Device()
    agents = [Agent(home), Agent(home)]
    now, killed = 1_800_000_000 + dice.randrange(10_000), 0
    for move in range(moves):
        now += dice.choice([0, 0, 1, 7, 30, 90])
        first, second = dice.sample(agents, 2)
        is_cut = dice.random() < 0.5
        first.say(f"mint {now}")
        if is_cut:  # killed on its way, at whatever it does
            timer = threading.Timer(dice.random() * 0.002,
                                    first.process.kill)
            timer.start()
            why = send(device, first, now)
            timer.join()
            killed += 1
        else:
            why = send(device, first, now)
        # Whoever waits gets the device when its holder is gone.
        second.say(f"mint {now}")
        if is_cut or dice.random() < 0.5:
            first.kill()
        else:
            first.say("sent")
            first.hear()
        why = why or send(device, second, now)
        second.say("sent")
        second.hear()
        if why:
            return f"seed {seed}, move {move}, time {now}: {why}", killed
    return ("an agent ended with a fault" if any(a.end() for a in agents)
            else ""), killed


def shared_ledger(seeds):
    with tempfile.TemporaryDirectory() as home:
        ran = []
        for seed in seeds:
            folder = pathlib.Path(home) / str(seed)
            folder.mkdir(mode=0o700)
            ran.append(share(str(folder), seed, 60))
    return [why for why, _ in ran if why], sum(killed for _, killed in ran)


def main():
    ledger = Ledger()
    wrong = [why for seed in range(60) if (why := walk(ledger, seed, 400))]
    print(f"{'not ' if wrong else ''}ok 1 - 60 random walks of 400 moves: as "
          "the model, and no code that AWS refuses")
    print("".join(f"# {why}\n" for why in wrong[:5]), end="")
    ledger.process.stdin.close()
    ended = ledger.process.wait()
    print(f"{'not ' if ended else ''}ok 2 - and the sanitizers are content")
    wrong_shared, killed = shared_ledger(range(6))
    print(f"{'not ' if wrong_shared else ''}ok 3 - two agents, killed {killed} "
          "times at work: no code twice, and nobody waits for the dead")
    print("".join(f"# {why}\n" for why in wrong_shared[:5]), end="")
    print("1..3")
    return 1 if wrong or ended or wrong_shared else 0


if __name__ == "__main__":
    sys.exit(main())
