#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""With each report of a token's in turn lost, cut, doubled or changed, or the
token gone with it, fob says what is wrong in one line and a known status, its
agent goes on, nothing stays locked, and the next code is a good one."""
import json
import os
import pathlib
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/lib"))
from sim import Sim

BUILD = pathlib.Path(os.environ.get("O", TOP / "build")).resolve() / "asan"
SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BANJ2W24DT"
KNOWN = {0, 3, 5, 8}  # no such account, absent, makes no sense
REPORT = 64
HANG_S = 30
points = failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}", flush=True)
    if not good:
        print("\n".join(f"# {line}" for line in str(why).splitlines()))


# --- what the wire does to the report whose turn it is -------------------------
def frame(body, kind=b"H"):
    return kind + struct.pack(">H", len(body)) + body


def flipped(at):
    return lambda body: frame(
        body[:at] + bytes([body[at] ^ 0xff]) + body[at + 1:])


FAULTS = {
    "is cut": lambda body: frame(body)[:30] + b"",
    "is short": lambda body: frame(body[:10]),
    "claims too much": lambda body: b"H\xff\xff" + body * 1024,
    "comes twice": lambda body: frame(body) * 2,
    "follows garbage": lambda body: frame(body[:4] + os.urandom(60)) +
    frame(body),
    "has another command": flipped(4),
    "has another length": flipped(6),
    "has other data": flipped(7),
}
ENDS = {"is cut", "hangs up"}
# Silence, which takes 3 s until it is told, is tried at a few reports only.
SILENT = {"is short": {3}, "has another command": {1, 3},
          "has another length": {3, 5}}


class Wire(threading.Thread):
    """Between fob and the token: `fault` happens to report number `turn`."""

    def __init__(self, path, token):
        super().__init__(daemon=True)
        self.token = token
        self.set(None, None)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        self.start()

    def set(self, turn, fault):
        self.turn, self.fault, self.count = turn, fault, 0

    def run(self):
        while True:
            near, _ = self.listener.accept()
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self.token))
            for copy in (self.carry_out, self.carry_in):
                threading.Thread(target=copy, args=(near, far),
                                 daemon=True).start()

    def carry_out(self, near, far):
        try:
            while data := near.recv(4096):
                far.sendall(data)
        except OSError:
            pass
        self.hang_up(near, far)

    @staticmethod
    def hang_up(*sockets):
        for one in sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def carry_in(self, near, far):
        try:
            while head := far.recv(3, socket.MSG_WAITALL):
                size = struct.unpack(">H", head[1:])[0]
                self.pass_on(near, far.recv(size, socket.MSG_WAITALL))
        except OSError:
            pass
        self.hang_up(near, far)

    def pass_on(self, near, body):
        turn, self.count = self.count, self.count + 1
        if turn != self.turn:
            near.sendall(frame(body))
            return
        if self.fault in FAULTS:
            near.sendall(FAULTS[self.fault](body))
        if self.fault in ENDS:
            self.hang_up(near)


# --- fob -----------------------------------------------------------------------
class Desk:
    def __init__(self, folder, socket_path):
        (folder / "fob").mkdir(mode=0o700)
        (folder / "fob/settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        (folder / "pass").write_text("correct horse\n")
        self.reports = folder / "sanitizer"
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C",
            "FOB_HOME": str(folder / "fob"),
            "FOB_PASSPHRASE_FILE": str(folder / "pass"),
            "FOB_TOKEN": f"sim:{socket_path}",
            "ASAN_OPTIONS": f"log_path={self.reports}"}

    def run(self, *words, stdin=None):
        return subprocess.run([BUILD / "fob", *words], env=self.env,
                              input=stdin, capture_output=True, text=True,
                              timeout=HANG_S)

    def agent(self):
        done = self.run("--json", "agent", "status")
        return json.loads(done.stdout or "{}").get("pid", done.stderr)

    def broken(self):
        return [path.read_text() for path in
                self.reports.parent.glob("sanitizer*")]


def is_told(done):
    """One line that names what failed, and no output beside it."""
    if done.returncode == 0:
        return done.stdout.strip().isdigit()
    return (done.returncode in KNOWN and done.stdout == "" and
            done.stderr.startswith("fob: ") and done.stderr.count("\n") == 1)


def try_fault(desk, wire, fault, reports):
    """What became of it at each report."""
    statuses, wrong, gone = [], [], True
    for turn in sorted(SILENT.get(fault, range(reports))):
        wire.set(turn, fault)
        done = desk.run("-q", "code", "phone")
        statuses.append(done.returncode)
        # The last one answers fob's goodbye: the code is there by then.
        gone = gone and (turn == reports - 1 or
                         re.search("went away|no token is|is not there",
                                   done.stderr))
        if not is_told(done):
            wrong.append(f"report {turn}: {done}")
        wire.set(None, None)
        done = desk.run("-q", "code", "phone")
        if done.returncode != 0:
            wrong.append(f"after report {turn}: {done}")
    point(not wrong, f"a report {fault}: {statuses}", "\n".join(wrong))
    if fault in ENDS:
        point(gone, "and the token is said to be gone")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "token").mkdir()
        sim = Sim(folder=folder / "token")
        wire = Wire(folder / "wire", sim.path)
        desk = Desk(folder, folder / "wire")
        try:
            done = desk.run("-q", "add", "--on", "token", "--no-touch",
                            "--secret", "-", "phone", stdin=SEED)
            point(done.returncode == 0, "an account is on the token", done)
            wire.set(None, None)
            point(is_told(desk.run("-q", "code", "phone")), "it gives codes")
            reports, agent = wire.count, desk.agent()
            for fault in ["hangs up", *FAULTS]:
                try_fault(desk, wire, fault, reports)
            point(desk.agent() == agent, "one agent served them all")
        finally:
            desk.run("-q", "agent", "stop")
            sim.stop()
        point(not desk.broken(), "no sanitizer has a word to say",
              "\n".join(desk.broken()))
    print(f"1..{points}")
    return failed > 0


sys.exit(main())
