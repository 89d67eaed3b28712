#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Killed at every write-side system call in turn, a writer leaves the old or
the new vault, whole, and does not stand in the way of the next writer."""
import shutil
import sys

import vault_support as support
from vault_support import Vault, codec, point

NEW, KEY = b"another one", b"0123456789abcdef0123456789abcdef"
WHOLE = ["vault", "vault.lock", "vault.previous"]


def judge(vault, before, after):
    """What is wrong with a vault whose writer was killed; "" when nothing."""
    try:
        names = vault.names() if vault.path.exists() else None
        if names not in (before, after):
            return f"{names} is neither old nor new"
        backup = vault.folder / "vault.previous"
        held = vault.names(backup, (vault.phrase, NEW)) \
            if backup.exists() else None
        if held is not None and held not in (before, before[:-1]):
            return f"backup holds {held}"
    except Exception as why:
        return f"not whole: {why!r}"
    if names is None:
        ran = vault.run("create")
        names = []
    else:
        ran = vault.run("add", "next")
        names = names + ["next"]
    if ran.returncode != 0:
        return f"the next writer fails: {ran.stderr}"
    left = [name for name in vault.files() if name not in WHOLE]
    if vault.names() != names or left:
        return f"the next writer leaves {vault.names()} and {left}"
    return ""


def kill_everywhere(template, before, after, verb, *more):
    """(call, times killed, what went wrong) for each call of the verb."""
    with Vault() as vault:
        vault.copy_from(template)
        calls = support.calls_of(vault, verb, *more)
        for call, times in sorted(calls.items()):
            wrong, killed = [], 0
            for number in range(1, times + 2):
                vault.copy_from(template)
                ran = vault.run(verb, *more, under=support.inject(
                    call, "signal=KILL", number))
                killed += ran.returncode != 0
                why = judge(vault, before, after)
                if why:
                    wrong.append(f"at {call} {number}: {why}")
            yield call, times, killed, wrong


def writes_before_it_renames(vault):
    """What a power cut needs beyond what a kill does."""
    steps = [call for call in support.trace_of(vault, "touch")
             if call in ("write", "fsync", "link", "rename")]
    point(steps == ["write", "fsync", "link", "rename", "rename", "fsync"],
          "data is on disk before its name is, and the name before the end",
          steps)


def judge_slots(vault, kind, old):
    """What is wrong after a kill in a change that shuts `old` out: the vault is
    the old one or the new one, and beside the new one nothing opens to it."""
    opened = vault.opened_by(kind, old)
    if "vault" not in opened and opened:
        return f"the vault is changed, and {opened} is not"
    vault.know(support.PHRASE)
    if "vault" not in vault.opened_by(codec.PASSPHRASE, vault.phrase):
        vault.know(NEW)
    try:
        if vault.names() != ["one", "two"]:
            return f"the vault holds {vault.names()}"
    except Exception as why:
        return f"not whole: {why!r}"
    return judge(vault, ["one", "two"], ["one", "two"])


def shut_out(template, kind, old, verb, *more):
    """Killed at each call of a change of slots, and not killed."""
    with Vault() as vault:
        vault.copy_from(template)
        calls = support.calls_of(vault, verb, *more)
        point(not vault.opened_by(kind, old),
              f"after {verb} what was shut out opens nothing",
              vault.opened_by(kind, old))
        for call, times in sorted(calls.items()):
            wrong = []
            for number in range(1, times + 1):
                vault.copy_from(template)
                vault.know(support.PHRASE)
                vault.run(verb, *more, under=support.inject(
                    call, "signal=KILL", number))
                why = judge_slots(vault, kind, old)
                if why:
                    wrong.append(f"at {call} {number}: {why}")
            point(not wrong, f"{verb} survives a kill at each {call} ({times})",
                  "\n".join(wrong))


def ways_in():
    """Changes of what opens the vault; also over what killed writers left."""
    with Vault("one", "two") as template:
        new, key = template.top / "new", template.top / "key"
        new.write_bytes(NEW)
        key.write_bytes(KEY)
        template.run("grow", key)
        shut_out(template, codec.PASSPHRASE, support.PHRASE, "change", new)
        shut_out(template, codec.KEY_FILE, KEY, "drop", "2")
        for name in ("vault.previous.new", ".vault.new", ".vault.previous.new"):
            shutil.copy(template.path, template.folder / name)
        shut_out(template, codec.KEY_FILE, KEY, "drop", "2")
        (template.folder / "vault.previous").unlink()
        shut_out(template, codec.PASSPHRASE, support.PHRASE, "change", new)


def main():
    support.skip_unless_traceable()
    ways_in()
    with Vault("one", "two") as template:
        with Vault() as vault:
            vault.copy_from(template)
            writes_before_it_renames(vault)
        for call, times, killed, wrong in kill_everywhere(
                template, ["one", "two"], ["one", "two", "three"], "add",
                "three"):
            point(not wrong and killed == times,
                  f"a change survives a kill at each {call} ({times})",
                  "\n".join(wrong) or f"killed {killed} times")
    with Vault() as template:
        for call, times, killed, wrong in kill_everywhere(
                template, None, [], "create"):
            point(not wrong and killed == times,
                  f"a first vault survives a kill at each {call} ({times})",
                  "\n".join(wrong) or f"killed {killed} times")
    return support.done()


sys.exit(main())
