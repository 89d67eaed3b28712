#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Expiration of a credential_process is the time that botocore takes it
for, which reads it with dateutil: random times in all of ISO 8601's forms, and
the same with something wrong."""
import os
import pathlib
import random
import subprocess

from dateutil.parser import parse

DRIVER = pathlib.Path(os.environ["TOP"],
                      "build/asan/tests/unit/agent/printed_time_driver")
ROUNDS = 4000
random.seed(20261201)


def form():
    """A text of one of the forms."""
    year, month, day = (random.randint(1970, 2199), random.randint(1, 13),
                        random.randint(1, 31))
    dash, colon = random.choice(["-", ""]), random.choice([":", ":", ""])
    date = f"{year:04}{dash}{month:02}{dash}{day:02}"
    time = f"{random.randint(0, 24):02}"
    if random.random() < 0.9:
        time += f"{colon}{random.randint(0, 60):02}"
        if random.random() < 0.85:
            time += f"{colon}{random.randint(0, 60):02}"
            if random.random() < 0.4:
                time += random.choice([".", ","]) + str(
                    random.randint(0, 10 ** random.randint(1, 9)))
    between = random.choice(["T", "T", "t", " "])
    return date + between + time + zone()


def zone():
    kind = random.randrange(6)
    space = random.choice(["", "", " "])
    if kind < 2:
        return space + random.choice(["Z", "Z", "z", "UTC", "GMT"])
    if kind == 5:
        return random.choice(["", " ", "+1", "X"])
    return (space + random.choice("+-") + f"{random.randint(0, 23):02}"
            + random.choice(["", "00", ":00", ":30", "45"]))


def theirs(text):
    """What botocore can use: a time that it can compare with its own."""
    try:
        at = parse(text)
    except (ValueError, OverflowError):
        return "none"
    if at.tzinfo is None:
        return "no zone"
    return str(int(at.replace(microsecond=0).timestamp()))


def is_odd(text):
    """dateutil guesses beyond ISO 8601: hours and minutes without a colon
    behind a date with dashes, short offsets, letters as zones."""
    tail = text[-3:]
    return "X" in text or tail.endswith("+1") or "+1 " in text


FIXED = ["2099-01-01T01:00:00+01:00", "20990101T010000Z", "2099-01-01",
         "2099-01-01T01:00:00.123456789Z", "2099-01-01 01:00:00 +0100",
         "2099-01-01t01:00:00z", "2099-01-01T01:00:00,5Z",
         "20990101010000Z", "2099-02-30T00:00:00Z", "2096-02-29T00:00:00Z",
         "2099-01-01T24:00:00Z", "2099-01-01T23:59:60Z", "tomorrow", "",
         "2099-01-01T01:00:00.Z", "2099-01-01T01:00:00+00:00Z",
         " 2099-01-01T01:00:00Z ", "2099-001T01:00:00Z",
         "1970-01-01T00:00:00Z", "2099-01-01T01:00:00"]


def main():
    texts = FIXED + [text for text in (form() for _ in range(ROUNDS))
                     if not is_odd(text)]
    done = subprocess.run([DRIVER], input="".join(f"{t}\n" for t in texts),
                          capture_output=True, text=True, check=True)
    ours = done.stdout.splitlines()
    wrong = [f"{text!r}: {got}, not {theirs(text)}"
             for text, got in zip(texts, ours, strict=True)
             if got != theirs(text)]
    good = sum(one.lstrip("-").isdigit() for one in ours)
    print(f"# {len(texts)} texts, {good} of them times")
    print(f"{'not ' if wrong else ''}ok 1 - each is the time, or none, that "
          "botocore makes of it")
    for line in wrong[:20]:
        print(f"# {line}")
    print(f"{'' if good > 1000 else 'not '}ok 2 - most of them are times")
    print("1..2")
    return 1 if wrong or good <= 1000 else 0


if __name__ == "__main__":
    raise SystemExit(main())
