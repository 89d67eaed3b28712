#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The core's codes against oathtool's, its base32 against Python's.

Input is random; SEED=n in the environment brings a run back.
"""
import base64
import binascii
import os
import pathlib
import random
import subprocess
import sys
import time
import unicodedata

DRIVER = (pathlib.Path(os.environ.get("O", "build")).resolve()
          / "asan/tests/vectors/core_driver")
HASHES = ["SHA1", "SHA256", "SHA512"]
ACCOUNTS = 60   # a hash and type; oathtool answers WINDOW + 1 codes for each
WINDOW = 19
TEXTS = 3000

points = 0
failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}")
    if not good:
        print(f"# {why}")


def driver(requests):
    """One answer for each request."""
    done = subprocess.run([DRIVER], input="".join(r + "\n" for r in requests),
                          capture_output=True, text=True, check=True)
    answers = done.stdout.split("\n")[:-1]
    assert len(answers) == len(requests), done.stderr
    return answers


def oathtool(secret, *options):
    done = subprocess.run(["oathtool", *options, "-w", str(WINDOW), "-"],
                          input=secret.hex(), capture_output=True, text=True,
                          check=True)
    return done.stdout.split()


def random_secret():
    return random.randbytes(random.choice([10, 20, 32, 40, 64, 65, 128,
                                           random.randint(1, 128)]))


def random_up_to(bits):
    """Small, middling and large numbers alike."""
    return random.getrandbits(random.randint(1, bits))


def compare(what, requests, wanted):
    got = driver(requests)
    wrong = [(r, g, w) for r, g, w in zip(requests, got, wanted) if g != w]
    point(not wrong, f"{len(got)} {what}", f"first: {wrong[:1]}")


def test_totp(number, name):
    requests, wanted = [], []
    for _ in range(ACCOUNTS):
        secret, digits = random_secret(), random.choice([6, 7, 8])
        period = random.choice([30, 60, random.randint(1, 86400)])
        # 2^46 s is the year 2.2 million; oathtool's dates end near 2^55.
        now = random_up_to(46)
        wanted += oathtool(secret, f"--totp={name}", "-d", str(digits), "-s",
                           f"{period}s", "-N", f"@{now}")
        requests += [f"totp {number} {digits} {period} {now + i * period} "
                     f"{secret.hex()}" for i in range(WINDOW + 1)]
    compare(f"{name} TOTP codes are oathtool's", requests, wanted)


def test_hotp():
    requests, wanted = [], []
    for _ in range(ACCOUNTS):
        secret, digits = random_secret(), random.choice([6, 7, 8])
        counter = random_up_to(64) - WINDOW
        counter = max(counter, 0)
        wanted += oathtool(secret, "--hotp", "-d", str(digits), "-c",
                           str(counter))
        requests += [f"hotp 1 {digits} {counter + i} {secret.hex()}"
                     for i in range(WINDOW + 1)]
    compare("HOTP codes are oathtool's", requests, wanted)


def test_encode():
    data = [random.randbytes(random.randint(0, 200)) for _ in range(TEXTS)]
    compare("texts are encoded as Python does",
            [f"encode {d.hex() or '.'}" for d in data],
            [base64.b32encode(d).decode().rstrip("=") for d in data])


def damage(text):
    """None, one or two characters changed, taken out or put in."""
    chars = list(text)
    for _ in range(random.choice([0, 0, 1, 2])):
        at = random.randrange(len(chars) + 1)
        new = random.choice(b"ABYZ2367abz=018 -\x00\xff\t")
        chars[at:at + random.randint(0, 1)] = [new] * random.randint(0, 1)
    return bytes(chars)


def strict(text):
    """What RFC 4648 lets a decoder take, by Python's decoder."""
    padded = text if b"=" in text else text + b"=" * (-len(text) % 8)
    try:
        data = base64.b32decode(padded)
    except binascii.Error:
        return "refused"
    return data.hex() if base64.b32encode(data) == padded else "refused"


def lenient(text):
    """Python's decoder after what people add is taken out."""
    bare = bytes(c for c in text if c not in b" \t\n\r\v\f-").rstrip(b"=")
    try:
        return base64.b32decode(bare + b"=" * (-len(bare) % 8),
                                casefold=True).hex()
    except binascii.Error:
        return "refused"


def test_decode(verb, judge):
    texts = []
    for _ in range(TEXTS):
        text = base64.b32encode(random.randbytes(random.randint(0, 40)))
        if random.random() < 0.5:
            text = text.rstrip(b"=")
        texts.append(damage(text))
    wanted = [judge(t) for t in texts]
    compare(f"texts are decoded as Python does ({verb})",
            [f"{verb} {t.hex() or '.'}" for t in texts], wanted)
    refused = wanted.count("refused")
    point(TEXTS * 0.1 < refused < TEXTS * 0.9,
          f"some of them are refused ({verb})", f"{refused} of {TEXTS}")


def is_passed_over(char):
    """White space by Unicode, dashes, and what has no width."""
    if char in "\x1c\x1d\x1e\x1f":  # white space to Python alone
        return False
    # Signs that stand before numbers in Arabic and Syriac are seen.
    seen = "\u0600" <= char < "\u08e3" and char != "\u061c"
    return (char.isspace() or char == "\u2212" or char == "\u034f"
            or unicodedata.category(char) == "Cf" and not seen
            or char in "-\u2010\u2011\u2012\u2013\u2014\u2015\ufe58\ufe63"
                       "\uff0d")


def test_separators():
    """Every character of the first plane, in a secret."""
    chars = [chr(c) for c in range(0x80, 0x10000)
             if not 0xD800 <= c < 0xE000 and not 0xFFF0 <= c]
    compare("separators are Unicode's",
            [f"lenient {('MZXW' + c + '6YTB').encode().hex()}" for c in chars],
            ["666f6f6261" if is_passed_over(c) else "refused" for c in chars])


def main():
    seed = int(os.environ.get("SEED", time.time_ns()))
    random.seed(seed)
    print(f"# SEED={seed}")
    for number, name in enumerate(HASHES, 1):
        test_totp(number, name)
    test_hotp()
    test_encode()
    test_decode("decode", strict)
    test_decode("lenient", lenient)
    test_separators()
    print(f"1..{points}")
    return 1 if failed else 0


sys.exit(main())
