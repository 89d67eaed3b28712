# SPDX-License-Identifier: MIT
"""The codes that oathtool makes of what fob exported, read by other code than
fob's: a line for each account, its name and its code.

usage: exported.py TIME (otpauth FILE | google FILE ... | aegis FILE PASSWORD)

A FILE of otpauth or google has URIs, a line each; of google, it may be a PNG,
which zbarimg reads.
"""
import base64
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import export_support as support  # noqa: E402


def uris(path):
    if path.endswith(".png"):
        done = subprocess.run(["zbarimg", "-q", "--raw", path], check=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        return done.stdout.decode().split()
    with open(path, encoding="utf-8") as file:
        return file.read().split()


def accounts(kind, *words):
    if kind == "otpauth":
        return [support.read_uri(uri) for uri in uris(words[0])]
    if kind == "google":
        batches = [support.read_migration(uri) for path in words
                   for uri in uris(path)]
        assert [batch[2] for batch, _ in batches] == list(range(len(batches)))
        assert {batch[1] for batch, _ in batches} == {len(batches)}
        return sum((some for _, some in batches), [])
    with open(words[0], encoding="utf-8") as file:
        content = support.open_aegis(file.read(), words[1])
    return [support.read_entry(entry) for entry in content["entries"]]


def code(account, now):
    command = ["oathtool", "-b", "-d", str(account.digits),
               base64.b32encode(account.secret).decode().rstrip("=")]
    if account.type == support.HOTP:
        command[1:1] = ["--hotp", "-c", str(account.counter)]
    else:
        word = {number: word for word, number in support.HASHES.items()}
        command[1:1] = ["--totp=" + word[account.hash], "-N", f"@{now}", "-s",
                        f"{account.period}s"]
    return subprocess.run(command, check=True,
                          stdout=subprocess.PIPE).stdout.decode().strip()


for one in accounts(*sys.argv[2:]):
    print(f"{one.issuer}:{one.label}" if one.issuer else one.label,
          code(one, sys.argv[1]))
