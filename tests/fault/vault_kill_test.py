#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Killed at every write-side system call in turn, a writer leaves the old or
the new vault, whole, and does not stand in the way of the next writer."""
import sys

import vault_support as support
from vault_support import Vault, point

WHOLE = ["vault", "vault.lock", "vault.previous"]


def judge(vault, before, after):
    """What is wrong with a vault whose writer was killed; "" when nothing."""
    try:
        names = vault.names() if vault.path.exists() else None
        if names not in (before, after):
            return f"{names} is neither old nor new"
        backup = vault.folder / "vault.previous"
        if backup.exists() and vault.names(backup) not in (before, before[:-1]):
            return f"backup holds {vault.names(backup)}"
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


def main():
    support.skip_unless_traceable()
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
