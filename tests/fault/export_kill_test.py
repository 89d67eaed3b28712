#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Killed at every write-side system call in turn, `fob export` leaves files
that are whole and their owner's alone, or none, and the next run goes on from
there; on a disk that is full it leaves none."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import kill_support
import vault_support as support
from vault_support import TOP, point

sys.path.insert(0, str(TOP / "tests/vectors"))
import export_support

FOB = pathlib.Path(os.environ.get("O", "build")).resolve() / "fob"
URIS = "".join(f"otpauth://totp/account{i}?secret=KRUGKIDROVUWG2ZAMJZG653OEBTG6"
               f"6B{letter}\n" for i, letter in enumerate("ABCD"))
NAMES = [f"account{i}" for i in range(4)]


def read_picture(path):
    done = subprocess.run(["zbarimg", "-q", "--raw", str(path)], check=True,
                          capture_output=True, text=True)
    return export_support.read_migration(done.stdout.strip())[1]


def read_aegis(path):
    content = export_support.open_aegis(path.read_text(), "open sesame")
    return [export_support.read_entry(entry) for entry in content["entries"]]


# The words of each, the files that it makes, and who reads one.
EXPORTS = {
    "pictures": (["--google", "--each", "2", "--png", "out.png"],
                 ["out-1.png", "out-2.png"], read_picture),
    "an Aegis file": (["--aegis", "out.json", "--password-file", "password"],
                      ["out.json"], read_aegis),
}


class Home:
    def __init__(self, top):
        self.top, self.out = top, top / "out"
        for name, text in ("phrase", "hunter22"), ("secret", "open sesame"):
            (top / name).write_text(text)
            (top / name).chmod(0o600)
        (top / "fob").mkdir(mode=0o700)
        (top / "fob/settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        self.out.mkdir()
        self.run("import", "-", stdin=URIS)

    def run(self, *words, under=(), stdin=None):
        env = {"HOME": str(self.top), "FOB_HOME": str(self.top / "fob"),
               "FOB_NO_AGENT": "1", "PATH": os.environ["PATH"],
               "FOB_PASSPHRASE_FILE": str(self.top / "phrase")}
        return subprocess.run([*under, FOB, "-q", *words], env=env,
                              input=stdin, capture_output=True, text=True,
                              cwd=self.out, timeout=support.HANG_S)

    def export(self, words, under=()):
        return self.run("export", "--all", *words, under=under)

    def clear(self):
        shutil.rmtree(self.out)
        self.out.mkdir()
        shutil.copy(self.top / "secret", self.out / "password")

    def made(self):
        return sorted(path.name for path in self.out.iterdir()
                      if path.name != "password")


def judge(home, export):
    """What is wrong after a kill; "" when nothing."""
    words, files, read = export
    for name in home.made():
        path = home.out / name
        if path.stat().st_mode & 0o077:
            return f"others may read {name}"
        if name not in files:
            if name not in [f".{file}.new" for file in files]:
                return f"{name} is left"
            continue
        try:
            assert {a.label for a in read(path)} <= set(NAMES)
        except Exception as why:
            return f"{name} is not whole: {why!r}"
        path.unlink()
    ran = home.export(words)
    if ran.returncode or home.made() != files:
        return f"the next run leaves {home.made()}: {ran.stderr}"
    got = sorted(a.label for file in files for a in read(home.out / file))
    return "" if got == NAMES else f"the next run exports {got}"


def each_call(traced, calls):
    """(call, number) of each of these calls."""
    return [(call, number) for call in calls
            for number in range(1, traced.count(call) + 1)]


def try_kills(home, what, export, traced):
    wrong = []
    for call, number in kill_support.sample(
            each_call(traced, support.WRITE_SIDE), 9):
        home.clear()
        home.export(export[0], support.inject(call, "signal=KILL", number))
        why = judge(home, export)
        if why:
            wrong.append(f"at {call} {number}: {why}")
    point(not wrong, f"{what}: survives a kill", "\n".join(wrong))


def try_full_disk(home, what, export, traced):
    wrong = []
    for call, number in each_call(traced, ["write", "fsync", "renameat2"]):
        home.clear()
        ran = home.export(export[0],
                          support.inject(call, "error=ENOSPC", number))
        left = home.made()
        # The first write may be fob-qr's, which is not told why.
        is_told = "No space" in ran.stderr or call == "write"
        if ran.returncode != 1 or not is_told or left:
            wrong.append(f"at {call} {number}: {ran.returncode} {left} "
                         f"{ran.stderr}")
    point(not wrong, f"{what}: leaves nothing on a full disk",
          "\n".join(wrong))


def main():
    support.skip_unless_traceable()
    with tempfile.TemporaryDirectory() as top:
        home = Home(pathlib.Path(top))
        for what, export in EXPORTS.items():
            home.clear()
            log = home.top / "trace"
            home.export(export[0], ["strace", "-o", str(log), "-e", "trace="
                                    + ",".join(support.WRITE_SIDE)])
            traced = [line.split("(")[0]
                      for line in log.read_text().splitlines()]
            point(home.made() == export[1]
                  and traced.count("renameat2") == len(export[1]),
                  f"{what}: each gets its name once it is written", traced)
            try_kills(home, what, export, traced)
            try_full_disk(home, what, export, traced)
    return support.done()


sys.exit(main())
