#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The books of a device against an independent model, and both against the
local AWS's own idea of a device, under random use by fob and by a person."""
import os
import pathlib
import random
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
DRIVER = (pathlib.Path(os.environ.get("O", TOP / "build")).resolve()
          / "asan/tests/unit/aws/ledger_driver")
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


class Books:
    """The code under test."""

    def __init__(self):
        self.process = subprocess.Popen([DRIVER], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


def walk(books, seed, moves):
    """Random use; what differs, or what AWS would have refused."""
    dice, model, device = random.Random(seed), Model(), Device()
    now = 1_800_000_000 + dice.randrange(10_000)
    books.ask("new")
    for move in range(moves):
        now += dice.choice([0, 0, 0, 1, 2, 7, 29, 30, 31, 90, 200])
        where = f"walk {seed}, move {move}, time {now}"
        if dice.random() < 0.2:  # a person takes a code
            step = now // PERIOD_S + dice.choice([0, 0, 0, 1])
            got = books.ask(f"spend {step} {now} 0")
            wanted = model.spend(step, now, False)
            device.taken.add(step)
        else:
            got, wanted = books.ask(f"choose {now}"), model.choose(now)
            if got == wanted and got.startswith("step"):
                step = int(got.split()[1])
                got = books.ask(f"spend {step} {now} 1")
                wanted = model.spend(step, now, True)
                if not device.verify(step, now):
                    return f"{where}: AWS refuses step {step}"
        if got != wanted:
            return f"{where}: {got}, not {wanted}"
        if dice.random() < 0.1 and books.ask("store") != "stored":
            return f"{where}: the file does not come back"
    return ""


def main():
    books = Books()
    wrong = [why for seed in range(60) if (why := walk(books, seed, 400))]
    print(f"{'not ' if wrong else ''}ok 1 - 60 random walks of 400 moves: as "
          "the model, and no code that AWS refuses")
    print("".join(f"# {why}\n" for why in wrong[:5]), end="")
    books.process.stdin.close()
    ended = books.process.wait()
    print(f"{'not ' if ended else ''}ok 2 - and the sanitizers are content")
    print("1..2")
    return 1 if wrong or ended else 0


sys.exit(main())
