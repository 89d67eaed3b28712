#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Killed at every write-side system call in turn, `fob backup` leaves no file
or a whole one whose code is there, and the next run makes one."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import vault_support as support
from vault_support import TOP, point

sys.path.insert(0, str(TOP / "tests/vectors"))
import backup_codec as codec

FOB = pathlib.Path(os.environ.get("O", "build")).resolve() / "fob"


class Home:
    def __init__(self, top):
        self.top, self.out = top, top / "out"
        self.phrase = top / "phrase"
        self.phrase.write_text("hunter22")
        self.phrase.chmod(0o600)
        (top / "fob").mkdir(mode=0o700)
        (top / "fob/settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        self.run("add", "--secret", "-", "phone",
                 stdin="KRUGKIDROVUWG2ZAMJZG653OEBTG66BA")

    def run(self, *words, under=(), stdin=None):
        env = {"HOME": str(self.top), "FOB_HOME": str(self.top / "fob"),
               "FOB_NO_AGENT": "1", "PATH": os.environ["PATH"],
               "FOB_PASSPHRASE_FILE": str(self.phrase)}
        return subprocess.run([*under, FOB, "-q", *words], env=env,
                              input=stdin, capture_output=True, text=True,
                              timeout=support.HANG_S)

    def backup(self, under=()):
        return self.run("backup", "--code-file", self.out / "code",
                        self.out / "file", under=under)

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()


def judge(home):
    """What is wrong after a kill; "" when nothing."""
    file, code = home.out / "file", home.out / "code"
    if file.exists():
        try:
            _, records = codec.decode(file.read_bytes(),
                                      codec.code_secret(code.read_text()))
            assert records[1]["name"] == "phone"
        except Exception as why:
            return f"not whole: {why!r}"
        file.unlink()
    if code.exists():
        code.unlink()
    ran = home.backup()
    left = sorted(path.name for path in home.out.iterdir())
    if ran.returncode != 0 or left != ["code", "file"]:
        return f"the next run leaves {left}: {ran.stderr}"
    return ""


def main():
    support.skip_unless_traceable()
    with tempfile.TemporaryDirectory() as top:
        home = Home(pathlib.Path(top))
        home.clear()
        log = home.top / "trace"
        home.backup(under=["strace", "-o", str(log), "-e", "trace="
                           + ",".join(support.WRITE_SIDE)])
        traced = [line.split("(")[0] for line in log.read_text().splitlines()]
        steps = [call for call in traced if call in ("fsync", "renameat2")]
        point(steps == ["fsync", "fsync", "renameat2", "fsync", "renameat2",
                        "fsync"],
              "the file is on disk before its code goes out, and gets its name "
              "after that", steps)
        for call in sorted({c for c in traced if c in support.WRITE_SIDE}):
            wrong = []
            for number in range(1, traced.count(call) + 1):
                home.clear()
                home.backup(under=support.inject(call, "signal=KILL", number))
                why = judge(home)
                if why:
                    wrong.append(f"at {call} {number}: {why}")
            point(not wrong, f"survives a kill at each {call} "
                  f"({traced.count(call)})", "\n".join(wrong))
    return support.done()


sys.exit(main())
