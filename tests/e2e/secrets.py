# SPDX-License-Identifier: MIT
"""Look for planted secrets.  SECRETS is a file with one a line; each is
searched as it is, and base32 also as the bytes it stands for, in hex, base64
and lower case.  What is found is printed, never the secret.

usage: secrets.py files SECRETS PATH ...     contents of files and folders
       secrets.py watch SECRETS STOP         argv and environment of all
                                             processes until STOP exists
       secrets.py memory SECRETS PID         a process's memory
"""
import base64
import os
import re
import sys
import time


def forms(secret):
    yield "text", secret
    yield "lower case", secret.lower()
    if re.fullmatch(rb"[A-Z2-7]+", secret):
        raw = base64.b32decode(secret + b"=" * (-len(secret) % 8))
        yield "bytes", raw
        yield "hex", raw.hex().encode()
        yield "base64", base64.b64encode(raw)


def load(path):
    with open(path, "rb") as file:
        secrets = [line for line in file.read().split(b"\n") if line]
    return [(f"secret {number} as {name}", form)
            for number, secret in enumerate(secrets, 1)
            for name, form in forms(secret)]


def search(content, patterns, where):
    found = [what for what, form in patterns if form in content]
    for what in found:
        print(f"{what} in {where}")
    return bool(found)


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def files(patterns, *roots):
    found = False
    for root in roots:
        paths = [root] if not os.path.isdir(root) else [
            os.path.join(folder, name) for folder, _, names in os.walk(root)
            for name in names]
        for path in paths:
            if os.path.isfile(path):
                found |= search(read(path), patterns, path)
    return found


def watch(patterns, stop):
    """Counts what it saw, so that a test can tell that it looked."""
    found, seen = False, set()
    while not os.path.exists(stop):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            for what in ("cmdline", "environ"):
                content = read(f"/proc/{pid}/{what}")
                if b"fob" in content.split(b"\0")[0]:
                    seen.add(pid)
                found |= search(content, patterns, f"{what} of {pid}")
        time.sleep(0.002)
    print(f"watched {len(seen)}", file=sys.stderr)
    return found


def memory(patterns, pid):
    found = looked = 0
    with open(f"/proc/{pid}/maps") as maps, \
            open(f"/proc/{pid}/mem", "rb") as mem:
        for line in maps:
            start, end, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
            if "r" not in rights or "[v" in line:
                continue
            try:
                mem.seek(int(start, 16))
                content = mem.read(int(end, 16) - int(start, 16))
            except OSError:
                continue
            looked += len(content)
            found |= search(content, patterns, line.strip())
    print(f"looked at {looked} bytes", file=sys.stderr)
    return bool(found) or looked < 100000


def main(verb, secrets, *rest):
    verbs = {"files": files, "watch": watch, "memory": memory}
    return 1 if verbs[verb](load(secrets), *rest) else 0


sys.exit(main(*sys.argv[1:]))
