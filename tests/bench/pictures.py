# SPDX-License-Identifier: MIT
"""Who reads how many of the gallery's pictures, of each kind."""
import collections
import pathlib
import resource
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from gallery import readers, shots  # noqa: E402

LIMIT_S = 5  # for one picture, of processor time


def processor_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Table:
    def __init__(self, names):
        self.names = names
        self.read = collections.defaultdict(collections.Counter)
        self.wrong = collections.Counter()
        self.slowest = (0, "")
        self.missed = []

    def look(self, shot, path, everybody):
        able = []
        for name, read in everybody.items():
            before = processor_s()
            texts = read(path)
            if name == "fob":
                self.slowest = max(self.slowest, (processor_s() - before,
                                                  f"{shot.kind}: {shot.what}"))
            self.wrong[name] += not set(texts) <= set(shot.texts)
            if sorted(texts) == sorted(shot.texts):
                able.append(name)
        self.read[shot.kind]["pictures"] += 1
        self.read[shot.kind].update(able)
        if "fob" not in able:
            others = ", ".join(able) or "nobody"
            self.missed.append(f"{shot.kind}: {shot.what}; read by {others}")

    def row(self, kind, counts):
        print(f"{kind:38} {counts['pictures']:9}" +
              "".join(f"{counts[name]:12}" for name in self.names), flush=True)

    def show(self):
        total = collections.Counter()
        print(f"{'pictures read, by kind':38} {'pictures':>9}" +
              "".join(f"{name:>12}" for name in self.names))
        for kind, counts in self.read.items():
            self.row(kind, counts)
            total.update(counts)
        self.row("all", total)
        self.row("other texts than there are", self.wrong)
        for line in self.missed:
            print(f"not read: {line}")
        print(f"slowest of fob's: {self.slowest[0]:.1f} s, {self.slowest[1]} "
              f"({LIMIT_S} s at most)")


def compare(build):
    """The whole table; every reader that is here."""
    everybody = {"fob": readers.fob(build / "fob-qr"), **readers.peers(build)}
    table = Table(list(everybody))
    with tempfile.NamedTemporaryFile() as place:
        for shot in shots.every():
            pathlib.Path(place.name).write_bytes(shot.make())
            table.look(shot, place.name, everybody)
    table.show()
    return table
