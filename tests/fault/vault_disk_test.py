#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A disk that is full, read-only or broken: the old vault stands, nothing is
left behind, and the fault is told in one line."""
import re
import subprocess
import sys

import vault_support as support
from vault_support import Vault, codec, point

NEW = b"another one"

# A call that may fail, how, and what is said of it.
FAULTS = [
    ("write", "ENOSPC", "No space left on device"),
    ("write", "EDQUOT", "Disk quota exceeded"),
    ("write", "EIO", "Input/output error"),
    ("fsync", "EIO", "Input/output error"),
    ("fsync", "ENOSPC", "No space left on device"),
    ("ftruncate", "EIO", "Input/output error"),
    ("fchmod", "EPERM", "Operation not permitted"),
    ("link", "ENOSPC", "No space left on device"),
    ("link", "EPERM", "Operation not permitted"),
    ("rename", "EIO", "Input/output error"),
    ("rename", "ENOSPC", "No space left on device"),
    ("unlink", "EIO", "Input/output error"),
    ("flock", "ENOLCK", "No locks available"),
]
WHOLE = ["vault", "vault.lock", "vault.previous"]
LINE = re.compile(r"[0-9a-f]{2} [^\n]+ \| [^\n]*\n")


def judge(vault, ran, says):
    """What is wrong after a write that met a fault; "" when nothing."""
    names = vault.names()
    if ran.returncode == 0:
        return "" if names == ["one", "two", "three"] else f"lost: {names}"
    if names not in (["one", "two"], ["one", "two", "three"]):
        return f"{names} is neither old nor new"
    if not LINE.fullmatch(ran.stderr) or says not in ran.stderr:
        return f"says {ran.stderr!r}"
    left = [name for name in vault.files() if name not in WHOLE]
    if set(left) - {"vault.previous.new"}:
        return f"leaves {left}"
    again = vault.run("add", "next")
    left = [name for name in vault.files() if name not in WHOLE]
    return "" if again.returncode == 0 and not left else \
        f"the next writer: {again.stderr} {left}"


def calls_fail():
    with Vault("one", "two") as template, Vault() as vault:
        vault.copy_from(template)
        counts = support.calls_of(vault, "add", "three")
        for call, error, says in FAULTS:
            wrong, failures = [], 0
            for number in range(1, counts[call] + 1):
                vault.copy_from(template)
                ran = vault.run("add", "three", under=support.inject(
                    call, f"error={error}", number))
                failures += ran.returncode == 1
                why = judge(vault, ran, says)
                if why:
                    wrong.append(f"{call} {number}: {why}")
            point(counts[call] > 0 and failures > 0 and not wrong,
                  f"{error} by {call} ({counts[call]}) is survived and told",
                  "\n".join(wrong) or f"{failures} failed")


def slot_change_fails():
    """A change of passphrase that meets a fault is made, or not."""
    with Vault("one", "two") as template, Vault() as vault:
        new = template.top / "new"
        new.write_bytes(NEW)
        vault.copy_from(template)
        counts = support.calls_of(vault, "change", new)
        for call, error, says in FAULTS:
            wrong = []
            for number in range(1, counts[call] + 1):
                vault.know(support.PHRASE)
                vault.copy_from(template)
                ran = vault.run("change", new, under=support.inject(
                    call, f"error={error}", number))
                if "vault" not in vault.opened_by(codec.PASSPHRASE, vault.phrase):
                    vault.know(NEW)
                if vault.names() != ["one", "two"]:
                    wrong.append(f"{call} {number}: {vault.names()}")
                if ran.returncode == 0 and vault.opened_by(codec.PASSPHRASE,
                                                           support.PHRASE):
                    wrong.append(f"{call} {number}: the old one still opens")
                if ran.returncode != 0 and says not in ran.stderr:
                    wrong.append(f"{call} {number}: says {ran.stderr!r}")
            point(not wrong, f"a change of passphrase survives {error} by "
                  f"{call} ({counts[call]})", "\n".join(wrong))


def short_write():
    with Vault("one", "two") as vault:
        ran = vault.run("add", "three",
                        under=support.inject("write", "error=EINTR", 1))
        point(ran.returncode == 0 and vault.names()[-1] == "three",
              "a write that was interrupted is made again", ran.stderr)


def mount(vault, script):
    """Run a shell script with mounts of its own; its exit status and text."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-ec", script, "sh", vault.folder,
         vault.top / "kept", *vault.command("add", "three")],
        env=support.ENVIRONMENT, capture_output=True, text=True)


def small_disk():
    with Vault("one", "two") as vault:
        ran = mount(vault, """
            folder=$1 kept=$2; shift 2
            cp -r "$folder" "$kept"
            mount -t tmpfs -o size=16k none "$folder"
            cp "$kept"/* "$folder"/
            cat /dev/zero >"$folder/filler" 2>/dev/null || :
            status=0; "$@" || status=$?
            cp "$folder"/vault* "$kept"/
            ls -A "$folder" >&2
            exit $status""")
        if "mount" in ran.stderr or "unshare" in ran.stderr:
            point(True, "a full disk # SKIP no mounts here")
            return
        vault.path = vault.top / "kept/vault"
        point(ran.returncode == 1 and "No space left" in ran.stderr
              and "free some space" in ran.stderr
              and vault.names() == ["one", "two"] and ".new" not in ran.stderr,
              "on a full disk the old vault stands and nothing is left",
              ran.stderr)


def read_only_disk():
    with Vault("one", "two") as vault:
        ran = mount(vault, """
            folder=$1; shift 2
            mount --bind "$folder" "$folder"
            mount -o remount,bind,ro "$folder"
            driver=$1; shift; verb=$1; shift
            "$driver" dump "$@" | grep -c ^account
            "$driver" $verb "$@" """)
        if "mount" in ran.stderr or "unshare" in ran.stderr:
            point(True, "a read-only disk # SKIP no mounts here")
            return
        point(ran.stdout == "2\n", "on a read-only disk the vault is read",
              ran.stdout + ran.stderr)
        point(ran.returncode == 1 and LINE.fullmatch(ran.stderr)
              and "Read-only file system" in ran.stderr
              and "writable" in ran.stderr and vault.names() == ["one", "two"],
              "and a change is refused in one line with a next step",
              ran.stderr)


def main():
    support.skip_unless_traceable()
    calls_fail()
    slot_change_fails()
    short_write()
    small_disk()
    read_only_disk()
    return support.done()


sys.exit(main())
