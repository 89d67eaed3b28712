#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An agent that is killed at each system call between a question for a code
and its answer: the ledger is as the model has them before or after it, after
it if the code may have left, and the next agent waits for nobody."""
import collections
import copy
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from ledger_test import AGENT, WINDOW_S, Device, Model

START = 1_800_000_000 // WINDOW_S * WINDOW_S + 10
GAP_S = 20  # there is an unused code each time
HANG_S = 60


def ask(home, *times, under=()):
    """What an agent answers to a question at each time, and how it ended."""
    asked = "".join(f"mint {now}\nsent\n" for now in times)
    # Leaks cannot be looked for in what is traced.
    ran = subprocess.run(
        [*under, str(AGENT)], input=asked, capture_output=True, text=True,
        timeout=HANG_S, env=dict(os.environ, FOB_HOME=str(home),
                                 ASAN_OPTIONS="detect_leaks=0"))
    said = [line for line in ran.stdout.splitlines()
            if line.startswith(("step", "spent", "fault"))]
    return said, ran.returncode


def points(home, now):
    """Each system call once the agent is ready, as (name, how many-th)."""
    log = home.parent / "log"
    ask(home, now, under=["strace", "-o", str(log)])
    seen, found, is_ready = collections.Counter(), [], False
    for line in log.read_text().splitlines():
        if (call := re.match(r"(\w+)\(", line)) is None:
            continue
        seen[call[1]] += 1
        if is_ready:
            found.append((call[1], seen[call[1]]))
        is_ready = is_ready or line.startswith('write(1, "ready')
    return found


class Scene:
    """A ledger after some codes of one window, in the model and on disk."""

    def __init__(self, top, before):
        self.home, self.model, self.device = top / "home", Model(), Device()
        self.home.mkdir(parents=True, mode=0o700)
        times = [START + GAP_S * i for i in range(before)]
        self.now = START + GAP_S * before
        for now, said in zip(times, ask(self.home, *times)[0]):
            assert said == self.model.choose(now), f"{said} at {now}"
            self.spend(self.model, said, now)
            assert self.device.verify(int(said.split()[1]), now)

    @staticmethod
    def spend(model, said, now):
        if said.startswith("step"):
            model.spend(int(said.split()[1]), now, True)

    def cut(self, call, number):
        """Whether the agent was killed there, and what is wrong then."""
        home = self.home.parent / "cut"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)
        said, ended = ask(home, self.now, under=[
            "strace", "-o", "/dev/null", "-e", f"trace={call}",
            "-e", f"inject={call}:signal=KILL:when={number}"])
        wanted, after = self.model.choose(self.now), copy.deepcopy(self.model)
        self.spend(after, wanted, self.now)
        if said not in ([], [wanted]):
            return True, f"{said}, not {wanted}"
        then = self.now + 1
        may_follow = {after.choose(then)}
        if not said:
            may_follow.add(self.model.choose(then))
        followed = ask(home, then)[0]
        good = len(followed) == 1 and followed[0] in may_follow
        return (ended in (-9, 137),
                "" if good and self.accepts(said + followed, then)
                else f"{said}, then {followed}, not of {may_follow}")

    def accepts(self, said, now):
        """Whether AWS takes all the codes that left."""
        device = copy.deepcopy(self.device)
        return all(device.verify(int(text.split()[1]), now)
                   for text in said if text.startswith("step"))


def main():
    if subprocess.run(["strace", "-o", "/dev/null", "true"],
                      capture_output=True).returncode:
        print("1..0 # SKIP strace cannot trace here")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as top:
        for number, before in enumerate((0, 3, 6), 1):
            scene = Scene(pathlib.Path(top) / str(before), before)
            probe = scene.home.parent / "probe"
            shutil.copytree(scene.home, probe)
            everywhere = points(probe, scene.now)
            cuts = [(at, *scene.cut(*at)) for at in everywhere]
            wrong = [f"{at}: {why}" for at, _, why in cuts if why]
            killed = sum(is_killed for _, is_killed, _ in cuts)
            good = not wrong and killed == len(everywhere) > 10
            failed += not good
            print(f"{'' if good else 'not '}ok {number} - killed at {killed} of "
                  f"{len(everywhere)} calls, with {before} codes spent: the "
                  "ledger is as before or after")
            print("".join(f"# {why}\n" for why in wrong[:8]), end="")
    print("1..3")
    return 1 if failed else 0


sys.exit(main())
