#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Killed at every write-side system call in turn, the command, its agent or
fob-net leaves books in which no code can be used twice, no lock, and a next
run that is good."""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/aws"))
from standin.client import StandIn

BUILD = pathlib.Path(os.environ.get("O", TOP / "build")).resolve()
SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BANJ2W24DT"
CALLS = ["fsync", "rename", "link", "unlink", "flock", "sendto", "write",
         "socketpair", "clone3", "execve"]
WINDOW_S = 360  # past all codes and the budget of the time before
HANG_S = 120
points = failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}", flush=True)
    if not good:
        print("\n".join(f"# {line}" for line in str(why).splitlines()))


class Desk:
    """A person's fob with a device, a key and a private agent."""

    def __init__(self, aws, top):
        self.aws, self.top = aws, pathlib.Path(top)
        self.time_s = int(time.time())
        home = self.top / "home"
        (home / ".aws").mkdir(parents=True)
        (self.top / "fob").mkdir(mode=0o700)
        (self.top / "fob/settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        (self.top / "pass").write_text("correct horse\n")
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C",
            "FOB_HOME": str(self.top / "fob"), "FOB_NO_AGENT": "1",
            "FOB_PASSPHRASE_FILE": str(self.top / "pass"),
            "AWS_ENDPOINT_URL": aws.url}
        aws.ctl("user create", "alice")
        arn = aws.ctl("device create", "phone", user="alice", seed=SEED)
        (home / ".aws/credentials").write_text(aws.ctl("key ini", "alice",
                                                       "work"))
        (home / ".aws/config").write_text(
            f"[profile work]\nregion = eu-central-1\nmfa_serial = {arn}\n")
        added = self.run("add", "--secret", "-", "phone", "--serial", arn,
                         text=SEED)
        assert added.returncode == 0, added.stderr

    def run(self, *args, under=(), text=""):
        return subprocess.run([*under, str(BUILD / "fob"), "-q", *args],
                              env=self.env, input=text, text=True,
                              capture_output=True, timeout=HANG_S)

    def next_window(self):
        self.time_s += WINDOW_S
        self.aws.ctl("clock set", str(self.time_s))
        self.aws.ctl("log clear")
        cleared = self.run("sessions", "--clear")
        assert cleared.returncode == 0, cleared.stderr

    def refused(self):
        log = json.loads(json.dumps(self.aws.ctl("log list",
                                                 "GetSessionToken")))
        return [entry for entry in log if entry["status"] != 200]


def count_calls(desk):
    """How often a mint makes each call, over all of its processes."""
    desk.next_window()
    log = desk.top / "strace"
    traced = desk.run("credentials", "work", under=[
        "strace", "-f", "-o", str(log), "-e", "trace=" + ",".join(CALLS)])
    assert traced.returncode == 0, traced.stderr
    return collections.Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(),
                                          re.M))


def kill_at(desk, call, number):
    """What went wrong when some process is killed at its call `number`."""
    desk.next_window()
    cut = desk.run("credentials", "work", under=[
        "strace", "-f", "-o", "/dev/null", "-e", f"trace={call}",
        "-e", f"inject={call}:signal=KILL:when={number}"])
    if cut.returncode not in (0, -9, 137) and not cut.stderr.startswith("fob:"):
        return f"{call} {number}: ends with {cut.returncode}, {cut.stderr!r}"
    after = desk.run("credentials", "work")
    if after.returncode != 0:
        return f"{call} {number}: the next run fails: {after.stderr}"
    if json.loads(after.stdout)["Version"] != 1:
        return f"{call} {number}: the next run prints {after.stdout}"
    if desk.refused():
        return f"{call} {number}: AWS refused {desk.refused()}"
    return ""


def main():
    if not shutil.which("strace") or subprocess.run(
            ["strace", "-o", "/dev/null", "true"],
            capture_output=True).returncode != 0:
        print("1..0 # SKIP strace cannot trace here")
        return 0
    with tempfile.TemporaryDirectory() as top, StandIn() as aws:
        desk = Desk(aws, top)
        first = desk.run("credentials", "work")
        assert first.returncode == 0, first.stderr
        for call, times in sorted(count_calls(desk).items()):
            wrong = [why for number in range(1, times + 1)
                     if (why := kill_at(desk, call, number))]
            point(not wrong, f"a mint killed at each {call} ({times})",
                  "\n".join(wrong))
    print(f"1..{points}")
    return 1 if failed else 0


sys.exit(main())
