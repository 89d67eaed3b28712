# SPDX-License-Identifier: MIT
"""Times of commands and their peers, taken in turns, and ratios of medians.

Contenders of a group run A B A B, so that whatever slows the machine down for
a while slows all of them.  A benchmark fails when something does not work,
never because it is slow.
"""
import os
import statistics
import sys
import time


class Failed(Exception):
    """A command of the benchmark did not work."""


def spawn(argv, env):
    """Seconds from the start of a program to its end; its output is lost."""
    quiet = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
             (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, env, file_actions=quiet)
    _, status, _ = os.wait4(pid, 0)
    elapsed = time.perf_counter() - start
    if status != 0:
        raise Failed(f"{argv}: exit status {os.waitstatus_to_exitcode(status)}")
    return elapsed


def in_turns(contenders, rounds):
    """{name: [seconds]} of functions that return seconds."""
    times = {name: [] for name in contenders}
    for turn in range(rounds):
        for name, contender in contenders.items():
            times[name].append(contender(turn))
    return times


def shown(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def row(what, subject, peer, figure, wanted):
    print(f"{what:34} {subject:>16} {peer:>26} {figure:>11}  {wanted}")
    sys.stdout.flush()


median = statistics.median


def worst(times):
    """All but one of a hundred are faster."""
    ordered = sorted(times)
    return ordered[len(ordered) - 1 - len(ordered) // 100]


def compare(what, times, subject, limit):
    """A row for each peer: medians and their ratio, then the same of the
    slowest."""
    ours, slow = median(times[subject]), worst(times[subject])
    for name in times:
        if name != subject:
            theirs, slowest = median(times[name]), worst(times[name])
            row(what, shown(ours), f"{name} {shown(theirs)}",
                f"x {ours / theirs:.2f}",
                f"{limit:16} {shown(slow)}, x {slow / slowest:.2f}")


def subtract(what, times, subject, peer, limit):
    """A row with the time over the peer's."""
    ours, theirs = median(times[subject]), median(times[peer])
    row(what, shown(ours), f"{peer} {shown(theirs)}",
        f"+ {shown(ours - theirs)}", limit)
