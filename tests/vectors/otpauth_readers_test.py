#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""URIs as the world's apps, services and bug reports have them, read by fob and
by three others: pyotp, npm's otpauth and @otplib/uri.

tests/vectors/otpauth/uris.txt says of each where it is from, what fob makes of
it, and how the others' answers differ; where they do, why fob answers as it
does.  What the table does not say fails.

usage: otpauth_readers_test.py [--counts | --write]

--counts prints how often fob agrees with the others, and nothing else; --write
puts the answers of today into the table, for a person to look through.
"""
import base64
import binascii
import json
import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(os.environ.get("TOP", "."))
BUILD = pathlib.Path(os.environ.get("O", "build")).resolve()
FOLDER = TOP / "tests/vectors/otpauth"
TABLE = FOLDER / "uris.txt"
DRIVER = BUILD / "asan/tests/unit/import/otpauth_driver"
PEERS = ["pyotp", "otpauth", "otplib"]
CODES = ["type", "hash", "digits", "moving", "secret"]
# How a peer's answer may differ from fob's.
SAME, NAMES, REFUSES, TAKES, CODE = "same", "names", "refuses", "takes", "code"

points = failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}")
    for line in why.splitlines() if not good else ():
        print(f"# {line}")


class Entry:
    """A URI of the table: `from`, `uri`, `name`, `fob`, the peers, `why`."""

    def __init__(self, text):
        self.fields = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                key, _, value = line.partition(" ")
                self.fields[key] = value.strip()

    def get(self, key):
        return self.fields.get(key, "")

    def uri(self):
        uri = self.get("uri")
        for written, meant in [("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"),
                               ("\\ufeff", "\ufeff")]:
            uri = uri.replace(written, meant)
        return uri


def read_table():
    return [Entry(part) for part in TABLE.read_text().split("\n\n")
            if any(line.startswith("uri ") for line in part.splitlines())]


def fobs(entries):
    """Of each URI what fob reads, or its words for not doing so."""
    lines = "".join(e.uri().encode().hex() + " " + e.get("name") + "\n"
                    for e in entries)
    said = subprocess.run([DRIVER], input=lines, capture_output=True, text=True,
                          check=True).stdout.split("\n")[:-1]
    answers = []
    for line in said:
        kind, *rest = line.split("\t")
        if kind == "no":
            answers.append(rest[0])
            continue
        kind_of, hash_, digits, moving, secret, issuer, label = rest
        answers.append({"type": kind_of, "hash": hash_, "digits": int(digits),
                        "moving": int(moving), "secret": secret,
                        "issuer": issuer, "label": label,
                        "weak": kind == "weak"})
    return answers


def written(answer):
    """As the table has it."""
    if isinstance(answer, str):
        return f"no: {answer}"
    secret = base64.b32encode(bytes.fromhex(answer["secret"])).decode()
    return " ".join([
        "weak:" if answer["weak"] else "ok:", answer["type"], answer["hash"],
        str(answer["digits"]), str(answer["moving"]), secret.rstrip("="),
        f"{answer['issuer']} | {answer['label']}".strip()])


def base32(text):
    try:
        return base64.b32decode(text + "=" * (-len(text) % 8),
                                casefold=True).hex()
    except (binascii.Error, ValueError):
        return None


def by_pyotp(uri):
    import pyotp
    try:
        read = pyotp.parse_uri(uri)
        is_totp = isinstance(read, pyotp.TOTP)
        return {"type": "totp" if is_totp else "hotp",
                "hash": read.digest().name.upper(), "digits": read.digits,
                "moving": read.interval if is_totp else read.initial_count,
                "secret": read.byte_secret().hex(),
                "issuer": read.issuer or "", "label": read.name or ""}
    except Exception:  # whatever it refuses with
        return None


def by_npm(uris):
    done = subprocess.run(["node", FOLDER / "readers.mjs"],
                          input=json.dumps(uris), capture_output=True,
                          text=True, check=True,
                          env=dict(os.environ, O=str(BUILD)))
    for otpauth, otplib in json.loads(done.stdout):
        if otplib is not None:
            otplib["secret"] = base32(otplib.pop("base32"))
            if not otplib["secret"]:
                otplib = None
        if otpauth is not None and otpauth["secret"] == "":
            otpauth = None
        yield otpauth, otplib


def peers(uris):
    """Of each that is installed, its answers."""
    answers = {}
    try:
        import pyotp  # noqa: F401
        answers["pyotp"] = [by_pyotp(uri) for uri in uris]
    except ImportError:
        pass
    if (BUILD / "readers/node_modules").exists():
        pairs = list(by_npm(uris))
        answers["otpauth"] = [pair[0] for pair in pairs]
        answers["otplib"] = [pair[1] for pair in pairs]
    return answers


def compare(fob, peer):
    refused = isinstance(fob, str)
    if refused or peer is None:
        return SAME if refused and peer is None else (
            TAKES if refused else REFUSES)
    if any(fob[key] != peer[key] for key in CODES):
        return CODE
    return SAME if all(fob[key] == peer[key].strip()
                       for key in ("issuer", "label")) else NAMES


def print_counts(answers, others):
    """For the bench and for notes."""
    count = len(answers)
    print(f"# {count} URIs: fob reads "
          f"{sum(not isinstance(a, str) for a in answers)}")
    for name, theirs in others.items():
        kinds = [compare(a, b) for a, b in zip(answers, theirs)]
        print(f"#   {name:8}" + ", ".join(
            f"{kinds.count(kind)} {kind}"
            for kind in (SAME, NAMES, REFUSES, TAKES, CODE)))
    agreed = [sum(compare(a, theirs[i]) in (SAME, NAMES)
                  for theirs in others.values())
              for i, a in enumerate(answers)]
    for number in range(len(others), -1, -1):
        print(f"#   {agreed.count(number)} as {number} of {len(others)} do")


def check(entries, answers, others):
    for entry, answer in zip(entries, answers):
        point(written(answer) == entry.get("fob"),
              f"{entry.get('from')}: {entry.get('uri')[:60]}",
              f"want {entry.get('fob')}\ngot  {written(answer)}")
    for name in PEERS:
        if name not in others:
            print(f"# {name} is not installed")
            continue
        odd = [(e, kind) for e, a, b in zip(entries, answers, others[name])
               if (kind := compare(a, b)) != (e.get(name) or SAME)]
        point(not odd, f"{name} answers {len(entries)} URIs as the table says",
              "\n".join(f"{kind}: {e.get('uri')}" for e, kind in odd))
    bare = [e for e in entries if any(e.get(n) for n in PEERS)
            and not e.get("why")]
    point(not bare, "where another reader differs the table says why",
          "\n".join(e.get("uri") for e in bare))


def write(entries, answers, others):
    texts = iter(zip(entries, answers, range(len(answers))))
    parts = []
    for part in TABLE.read_text().rstrip("\n").split("\n\n"):
        if any(line.startswith("uri ") for line in part.splitlines()):
            entry, answer, i = next(texts)
            lines = [line for line in part.splitlines()
                     if line.split(" ")[0] not in ("fob", "why", *PEERS)]
            lines.append(f"fob {written(answer)}")
            lines += [f"{name} {kind}" for name in PEERS
                      if (kind := compare(answer, others[name][i])) != SAME]
            if entry.get("why"):
                lines.append(f"why {entry.get('why')}")
            part = "\n".join(lines)
        parts.append(part)
    TABLE.write_text("\n\n".join(parts) + "\n")


def main(args):
    entries = read_table()
    answers = fobs(entries)
    others = peers([e.uri() for e in entries])
    if "--write" in args:
        write(entries, answers, others)
        return 0
    print_counts(answers, others)
    if "--counts" in args:
        return 0
    check(entries, answers, others)
    print(f"1..{points}")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
