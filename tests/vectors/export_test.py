#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What fob exports is read by other code than fob's, and by fob's own import,
as it was: random accounts of every kind that there is."""
import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import export_support as support  # noqa: E402
import import_support  # noqa: E402
from export_support import Account, HOTP, TOTP  # noqa: E402

RANDOM = random.Random(20261201)
LETTERS = ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789 :@/%&?=+#\"\\'<>.-_~"
           "\u00e4\u00df\u4e2d\U0001f511")
UNSUPPORTED = 0x85
points = import_support.Points()


def text(least, most):
    while True:
        made = "".join(RANDOM.choice(LETTERS)
                       for _ in range(RANDOM.randint(least, most))).strip()
        if len(made) >= least and len(made.encode()) <= 128:
            return made


def account(plain=False):
    """One that fob may hold; `plain`: that Google's export has a place for."""
    kind = RANDOM.choice([TOTP, TOTP, HOTP])
    period = 30 if plain else RANDOM.choice([1, 15, 30, 60, 86400])
    return Account(
        RANDOM.choice(["", text(1, 20), text(1, 60)]),
        text(1, RANDOM.choice([10, 60])),
        bytes(RANDOM.randrange(256) for _ in range(RANDOM.choice(
            [10, 16, 20, 32, 40, 64, 128]))), kind, RANDOM.randint(1, 3),
        RANDOM.choice([6, 8] if plain else [6, 7, 8]),
        period if kind == TOTP else 0,
        RANDOM.choice([0, 1, 127, 128, 1 << 40, (1 << 63) - 1])
        if kind == HOTP else 0)


def imported(file, *passwords):
    reading = import_support.read(file, *passwords)
    return [item.account for item in reading.items], reading.status


ACCOUNTS = [account() for _ in range(400)]
PLAIN = [account(plain=True) for _ in range(400)]

# --- key URIs ---------------------------------------------------------------
got = support.export("otpauth", ACCOUNTS)
uris = [line[2] for line in got.lines]
points.equal([support.read_uri(uri) for uri in uris], ACCOUNTS,
             "key URIs: urllib reads 400 accounts as they were")
points.equal(imported("\n".join(uris)), (ACCOUNTS, 0),
             "and fob takes them back")

# --- Google's codes ---------------------------------------------------------
got = support.export("google", PLAIN)
batches = [support.read_migration(uri) for uri in got.rest]
points.equal(sum((accounts for _, accounts in batches), []), PLAIN,
             "Google's codes hold 400 accounts as they were")
points.equal([line[1] for line in got.lines],
             [number for number, (_, accounts) in enumerate(batches, 1)
              for _ in accounts], "each is in the code that is said")
points.equal({(batch[0], batch[1], batch[3]) for batch, _ in batches},
             {(1, len(batches), batches[0][0][3])},
             "all codes are of version 1 and one batch, and tell its size")
points.equal([batch[2] for batch, _ in batches], list(range(len(batches))),
             "and count from 0")
points.equal(batches[0][0][3] < 1 << 31, True, "whose id is a positive int32")
points.equal(support.read_migration(support.export("google", PLAIN).rest[0])[0]
             [3] == batches[0][0][3], False, "and another one each time")
points.equal(imported("\n".join(got.rest)), (PLAIN, 0),
             "and fob takes them back")

SHORT = [Account("Issuer", f"label{i}", bytes(20), TOTP, 1, 6, 30, 0)
         for i in range(25)]
for each in 10, 5, 1:
    got = support.export("google", SHORT, each=each)
    points.equal([len(support.read_migration(uri)[1]) for uri in got.rest],
                 [each] * (25 // each) + [25 % each] * (25 % each > 0),
                 f"{each} accounts a code, as wanted")
for limit in 300, 500, 1370:
    got = support.export("google", PLAIN, uri_max=limit)
    sizes = [(len(uri), len(support.read_migration(uri)[1]))
             for uri in got.rest]
    points.equal([size for size in sizes if size[0] > limit and size[1] > 1],
                 [], f"no code of several is longer than {limit} bytes")
    fuller = support.export("google", PLAIN, uri_max=limit + 200)
    points.equal(len(fuller.rest) < len(got.rest), True,
                 "and there are fewer where more fits")
LONGEST = [Account("\u4e2d" * 42, ":" * 128, b"\xfb\xef\xbe" * 42 + b"\xff\xff",
                   HOTP, 3, 8, 0, (1 << 63) - 1)] * 3
got = support.export("google", LONGEST, uri_max=1370)
points.equal(([len(uri) <= 2331 for uri in got.rest],
              [support.read_migration(uri)[1] for uri in got.rest]),
             ([True] * 3, [[a] for a in LONGEST]),
             "the longest account there can be fits into a code")

STRANGE = [SHORT[0]._replace(period=60), SHORT[1]._replace(digits=7),
           SHORT[2], SHORT[3]._replace(type=HOTP, period=0, digits=7),
           SHORT[4]._replace(type=HOTP, period=0, counter=1 << 63)]
got = support.export("google", STRANGE)
points.equal([(status, re.findall("30 seconds|7 digits|counter", why))
              for status, _, why in got.lines],
             [(UNSUPPORTED, ["30 seconds"]), (UNSUPPORTED, ["7 digits"]),
              (0, []), (UNSUPPORTED, ["7 digits"]),
              (UNSUPPORTED, ["counter"])],
             "what Google's export has no place for is told, and why")
points.equal([support.read_migration(uri)[1] for uri in got.rest],
             [[SHORT[2]]], "and is not in it")

# --- Aegis's file -----------------------------------------------------------
PASSWORD = "p\u00e4ssword \U0001f511"
NAMES = [f"{a.issuer}:{a.label}" if a.issuer else a.label for a in ACCOUNTS]
NAMES[:2] = ["another name", "quoted \" and \\ name"]
got = support.export("aegis", ACCOUNTS, password=PASSWORD, names=NAMES)
(file,) = got.rest
content = support.open_aegis(file, PASSWORD)
entries = content["entries"]
points.equal([support.read_entry(entry) for entry in entries], ACCOUNTS,
             "Aegis's file: Python opens it and reads 400 accounts as they "
             "were")
points.equal((content["version"], content["groups"]), (3, []),
             "of the version that Aegis writes")
points.equal([entry["note"] for entry in entries[:4]], NAMES[:2] + ["", ""],
             "a name that is fob's alone stands in the note")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                  r"[0-9a-f]{12}")
points.equal((len({entry["uuid"] for entry in entries}),
              all(UUID.fullmatch(entry["uuid"]) for entry in entries)),
             (400, True), "each entry has a UUID of its own")
points.equal(imported(file, PASSWORD), (ACCOUNTS, 0), "and fob takes it back")
points.equal(imported(file, "wrong", "wrong", "wrong")[1],
             import_support.WRONG_KEY, "but not with another password")
other = support.export("aegis", ACCOUNTS, password=PASSWORD, names=NAMES)
points.equal(any(word in other.rest[0] for word in re.findall(
    r'"(?:salt|nonce|tag|key)":"(\w+)"', file)), False,
             "nothing of it is used twice")
got = support.export("aegis", STRANGE[-1:])
points.equal([status for status, _, _ in got.lines], [UNSUPPORTED],
             "a counter that no Aegis has is left out")

points.done()
