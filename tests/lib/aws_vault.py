#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A file as aws-vault's backend `file` keeps a key, on stdout.

usage: aws_vault.py [--plain | --odd] [--rounds N] PASSPHRASE PROFILE <KEY

KEY is two lines, the id and the secret, and perhaps a third, a session token.
RFC 7516, 7518 and 8018, by hashlib and python3-cryptography.  --odd derives
the key as aws-vault 6.0 and 6.1 did, --plain gives the record unsealed, as the
backends `pass` and `secret-service` keep it.
"""
import argparse
import base64
import hashlib
import hmac
import json
import os
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def odd_pbkdf2(password, salt, rounds):
    def digest(data):
        return hashlib.sha256(data).digest()

    key = password if len(password) <= 64 else digest(password)
    outer = bytes(byte ^ 0x5c for byte in key.ljust(64, b"\0"))
    block = digest(outer + digest(outer + salt + b"\0\0\0\1"))
    total = int.from_bytes(block, "big")
    for _ in range(rounds - 1):
        block = hmac.new(password, block, "sha256").digest()
        total ^= int.from_bytes(block, "big")
    return total.to_bytes(32, "big")


def encrypt(text, password, rounds, is_odd):
    salt, content_key, nonce = os.urandom(12), os.urandom(32), os.urandom(12)
    header = {"alg": "PBES2-HS256+A128KW", "created": "2020-09-23 17:46:11",
              "enc": "A256GCM", "p2c": rounds, "p2s": encode(salt)}
    whole = header["alg"].encode() + b"\0" + salt
    derived = (odd_pbkdf2(password, whole, rounds) if is_odd else
               hashlib.pbkdf2_hmac("sha256", password, whole, rounds))[:16]
    head = encode(json.dumps(header).encode())
    sealed = AESGCM(content_key).encrypt(nonce, text, head.encode())
    parts = [aes_key_wrap(derived, content_key), nonce, sealed[:-16],
             sealed[-16:]]
    return ".".join([head] + [encode(part) for part in parts])


def record(profile, key_id, secret, token=""):
    key = {"AccessKeyID": key_id, "SecretAccessKey": secret,
           "SessionToken": token, "Source": "", "CanExpire": bool(token),
           "Expires": "0001-01-01T00:00:00Z"}
    data = base64.b64encode(json.dumps(key).encode()).decode()
    return json.dumps({"Key": profile, "Data": data,
                       "Label": f"aws-vault ({profile})", "Description": "",
                       "KeychainNotTrustApplication": True,
                       "KeychainNotSynchronizable": False}).encode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--odd", action="store_true")
    parser.add_argument("--rounds", type=int, default=8192)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("password")
    parser.add_argument("profile")
    given = parser.parse_args()
    text = record(given.profile, *sys.stdin.read().split())
    if given.plain:
        print(text.decode())
    else:
        print(encrypt(text, given.password.encode(), given.rounds, given.odd),
              end="")


main()
