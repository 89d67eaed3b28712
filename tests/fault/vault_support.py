# SPDX-License-Identifier: MIT
"""A vault, its driver, and system calls that fail or kill."""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/vectors"))
import vault_codec as codec

DRIVER = (pathlib.Path(os.environ.get("O", "build")).resolve()
          / "asan/tests/unit/vault/vault_driver")
PHRASE = b"correct horse"
# Under ptrace the leak check cannot run.
ENVIRONMENT = dict(os.environ, ASAN_OPTIONS="detect_leaks=0", LC_ALL="C")
# What may change a disk, or tell others that it changed.
WRITE_SIDE = ["openat", "write", "pwrite64", "writev", "sendto", "fsync",
              "fdatasync", "ftruncate", "fchmod", "fchown", "link", "linkat",
              "rename", "renameat", "renameat2", "unlink", "unlinkat",
              "mkdir", "mkdirat", "flock", "close"]
HANG_S = 120

points = 0
failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}", flush=True)
    if not good:
        print("\n".join(f"# {line}" for line in str(why).splitlines()))


def done():
    print(f"1..{points}")
    return 1 if failed else 0


def skip_unless_traceable():
    """strace needs ptrace, which some sandboxes forbid."""
    if shutil.which("strace") and subprocess.run(
            ["strace", "-o", "/dev/null", "true"],
            capture_output=True).returncode == 0:
        return
    print("1..0 # SKIP strace cannot trace here")
    sys.exit(0)


class Vault:
    """A folder with a vault, thrown away at the end."""

    def __init__(self, *names, folder=None):
        self.top = pathlib.Path(folder or tempfile.mkdtemp())
        self.folder = self.top / "home"
        self.path = self.folder / "vault"
        self.secret = self.top / "secret"
        self.know(PHRASE)
        for verb, *more in ([["create"]] if names else []) + [
                ["add", name] for name in names]:
            ran = self.run(verb, *more)
            assert ran.returncode == 0, ran.stderr

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.top)

    def know(self, phrase):
        """The passphrase that the driver is given from now on."""
        self.phrase = phrase
        self.secret.write_bytes(phrase)

    def command(self, verb, *more):
        return [DRIVER, verb, self.path, "passphrase", self.secret, *more]

    def run(self, verb, *more, under=()):
        return subprocess.run([*under, *self.command(verb, *more)],
                              env=ENVIRONMENT, capture_output=True, text=True,
                              timeout=HANG_S)

    def files(self):
        return sorted(os.listdir(self.folder)) if self.folder.exists() else []

    def names(self, path=None, phrases=()):
        """Names in the file, by the Python side and the first of the
        passphrases that opens it; raises when it is not whole."""
        data = (path or self.path).read_bytes()
        phrases = list(phrases) or [self.phrase]
        while True:
            try:
                whole = codec.decode(data, codec.PASSPHRASE, phrases.pop(0))
                break
            except codec.Damaged:
                if not phrases:
                    raise
        return [r["name"] for r in whole["records"] if r["record"] == 2]

    def opened_by(self, kind, secret):
        """The files that a way in opens."""
        opened = []
        for name in self.files():
            try:
                codec.decode((self.folder / name).read_bytes(), kind, secret)
                opened.append(name)
            except Exception:
                pass
        return opened

    def copy_from(self, other):
        shutil.rmtree(self.folder, ignore_errors=True)
        if other.folder.exists():
            shutil.copytree(other.folder, self.folder)


def inject(call, what, number):
    """strace that does `what` to the number-th `call`."""
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace=?{call}",
            "-e", f"inject=?{call}:{what}:when={number}"]


def trace_of(vault, verb, *more):
    """The write-side calls the driver makes, in their order."""
    log = vault.top / "trace"
    ran = vault.run(verb, *more, under=[
        "strace", "-f", "-qq", "-o", str(log), "-e",
        "trace=" + ",".join("?" + call for call in WRITE_SIDE)])
    assert ran.returncode == 0, ran.stderr
    return re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.M)


def calls_of(vault, verb, *more):
    """How often the driver makes each write-side call."""
    return collections.Counter(trace_of(vault, verb, *more))
