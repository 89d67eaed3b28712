#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Who needs whom by name, from the built objects: prints circles of files,
names that two files define, and names that nobody else needs; then constants
and macros of the sources that stand nowhere but where they are defined.  Fails
when there is one.  Tables of functions count: their entries are names, too.

usage: tests/lint/names.py TREE OBJECTS...

TREE holds the sources, each folder of OBJECTS a build of it: FILE.o for each
FILE.c.  An object whose source is gone is passed over, and what the tests name
counts as needed.
"""
import collections
import pathlib
import re
import subprocess
import sys

ROOTS = ("src", "host", "firmware")
# Each program links one of the two.
ALLOCATORS = {"host/base/secret_heap.c", "host/base/secret_mmap.c"}
# What a start-up file, a linker script or the compiler needs.
ENTRIES = {"main", "memcpy", "memset", "memmove", "memcmp", "vectors"}


def read_objects(tree, folders):
    """The names that each source defines, and those that it needs."""
    defined = collections.defaultdict(set)
    needed = collections.defaultdict(set)
    for folder in folders:
        tool = "arm-none-eabi-nm" if (folder / "src").is_dir() and not (
            folder / "host").is_dir() else "nm"
        objects = {}
        for root in ROOTS:
            for path in sorted((folder / root).rglob("*.o")):
                for end in (".c", ".S"):
                    source = path.relative_to(folder).with_suffix(end)
                    if (tree / source).is_file():
                        objects[str(path)] = str(source)
        if not objects:
            continue
        lines = subprocess.run([tool, "-A", "-P", *objects], check=True,
                               capture_output=True, text=True).stdout
        for line in lines.splitlines():
            path, name, kind = line.replace(": ", " ").split()[:3]
            if kind == "U":
                needed[objects[path]].add(name)
            elif kind in "TDBRVWC":
                defined[objects[path]].add(name)
    return defined, needed


def definers(defined):
    found = collections.defaultdict(set)
    for source, names in defined.items():
        for name in names:
            found[name].add(source)
    return found


def port_of(source):
    """The port that a file is of; the ports are one interface."""
    return source.split("/")[2] if source.startswith("firmware/port/") else ""


def may_both(sources):
    return sources <= ALLOCATORS or (
        len({port_of(s) for s in sources} - {""}) == len(sources))


def whom(source, name, found):
    """Who supplies `name` to `source`: who alone has it, or its own port.
    A program's start calls main() of any, and stands on none."""
    having = found.get(name, set()) if name != "main" else set()
    if len(having) > 1 and port_of(source):
        having = {h for h in having if port_of(h) == port_of(source)}
    return having - {source} if len(having) == 1 else set()


def circles(edges):
    """The strongly connected parts of more than one file (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges[node]:
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            part = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(part) > 1:
                found.append(part)

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


def dead_constants(tree):
    """Enumerators and macros whose name stands in the tree but once."""
    counts, places = collections.Counter(), {}
    for root in (*ROOTS, "tests"):
        for path in sorted((tree / root).rglob("*.[chS]")):
            text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.S)
            counts.update(re.findall(r"\w+", text))
            if root == "tests":
                continue
            names = re.findall(r"^ *# *define +(\w+)", text, re.M)
            for body in re.findall(r"\benum\b[^{};()]*\{([^}]*)\}", text):
                # One that the next counts on from gives it its number.
                names += re.findall(r"(?:^|,)\s*(\w+)(?=\s*(?:=[^,]*)?"
                                    r"(?:,?\s*$|,\s*\w+\s*=))", body)
            places.update((name, path.relative_to(tree)) for name in names
                          if not name.endswith("_H"))
    return [f"never used: {name}: {places[name]}" for name in sorted(places)
            if counts[name] == 1]


def main(tree, folders):
    sys.setrecursionlimit(10000)
    defined, needed = read_objects(tree, folders)
    found, faults = definers(defined), []
    edges = {source: {} for source in {*defined, *needed}}
    for source, names in needed.items():
        for name in sorted(names):
            for other in whom(source, name, found):
                edges[source].setdefault(other, []).append(name)
    for part in circles(edges):
        faults.append(f"circle: {' '.join(sorted(part))}")
        faults += [f"  {a} needs {b}: {' '.join(edges[a][b])}"
                   for a in sorted(part) for b in sorted(edges[a])
                   if b in part]
    tests = set()
    for path in (tree / "tests").rglob("*.[ch]"):
        tests.update(re.findall(r"\w+", path.read_text()))
    everybody = set().union(*needed.values(), tests, ENTRIES)
    for name, sources in sorted(found.items()):
        if len(sources) > 1 and name != "main" and not may_both(sources):
            faults.append(f"defined twice: {name}: {' '.join(sorted(sources))}")
        if name not in everybody:
            faults.append(f"needed by nobody else: {name}: "
                          f"{' '.join(sorted(sources))}")
    faults += dead_constants(tree)
    if not edges:
        faults.append("no objects: nothing was looked at")
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


sys.exit(main(pathlib.Path(sys.argv[1]),
              [pathlib.Path(a) for a in sys.argv[2:]]))
