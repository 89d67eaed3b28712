# SPDX-License-Identifier: MIT
"""docs/backup-format.md in Python, from that page alone.

Run as a program it writes the files of tests/vectors/backup/ anew out of
vectors.json.
"""
import hashlib
import json
import pathlib
import struct

import vault_codec as vault
from vault_codec import Damaged

FOLDER = pathlib.Path(__file__).resolve().parent / "backup"
MAGIC = b"\x89fobbkp\n"
CODE, PASSPHRASE = 1, 2
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HOME = 256
vault.FIELDS = dict(vault.FIELDS)
vault.FIELDS[HOME] = [("config", vault.TEXT), ("credentials", vault.TEXT)]
vault.FIELDS[3] = vault.FIELDS[3] + [("config", vault.TEXT),
                                     ("credentials", vault.TEXT)]


# --- the code ---------------------------------------------------------------
def code_sum(secret):
    return int.from_bytes(
        hashlib.sha256(b"fob code 1" + secret).digest()[:2], "big") >> 4


def code_text(secret):
    number = int.from_bytes(secret, "big") << 12 | code_sum(secret)
    text = "".join(LETTERS[number >> 5 * at & 31] for at in range(27, -1, -1))
    return "-".join(text[at:at + 4] for at in range(0, 28, 4))


def code_secret(text):
    text = "".join(text.upper().split()).replace("-", "")
    text = text.replace("I", "1").replace("L", "1").replace("O", "0")
    if len(text) != 28 or any(letter not in LETTERS for letter in text):
        raise Damaged("code")
    number = 0
    for letter in text:
        number = number << 5 | LETTERS.index(letter)
    secret = (number >> 12).to_bytes(16, "big")
    if number & 4095 != code_sum(secret):
        raise Damaged("sum")
    return secret


# --- the file ---------------------------------------------------------------
def keys(kind, cost, salt, secret):
    """The key of the contents, and the check."""
    if kind == PASSPHRASE:
        log2_n, r, p, zero = cost
        assert zero == 0
        secret = hashlib.scrypt(secret, salt=salt, n=1 << log2_n, r=r, p=p,
                                maxmem=2 ** 31 - 1, dklen=32)
    return (vault.hkdf(secret, salt, b"fob backup contents 1"),
            vault.hkdf(secret, salt, b"fob backup check 1")[:16])


def encode(kind, backup_id, created, salt, cost, secret, records, version=1):
    plain = b"".join(vault.encode_record(record) for record in records)
    key, check = keys(kind, cost, salt, secret)
    head = (MAGIC + struct.pack(">HBBI", version, kind, 0, len(plain) + 16)
            + backup_id + struct.pack(">q", created) + salt + bytes(cost)
            + check)
    head += hashlib.sha256(head).digest()
    file = head + vault.aead_seal(key, head, plain)
    return file + hashlib.sha256(file).digest()


def decode(data, secret):
    """(what the header says, records)"""
    head, sealed, digest = data[:124], data[124:-32], data[-32:]
    if head[:8] != MAGIC:
        raise Damaged("magic")
    version, kind, zero, length = struct.unpack(">HBBI", head[8:16])
    if version != 1 or zero or length != len(sealed):
        raise Damaged("header")
    if (hashlib.sha256(head[:92]).digest() != head[92:]
            or hashlib.sha256(head + sealed).digest() != digest):
        raise Damaged("digest")
    salt, cost = head[40:72], head[72:76]
    if kind == CODE and any(cost):
        raise Damaged("cost")
    key, check = keys(kind, cost, salt, secret)
    if check != head[76:92]:
        raise Damaged("secret")
    plain = vault.aead_open(key, head, sealed)
    about = {"kind": kind, "id": head[16:32].hex(),
             "created": struct.unpack(">q", head[32:40])[0],
             "cost": list(cost)}
    return about, vault.decode_records(plain)


def write_vectors():
    described = json.loads((FOLDER / "vectors.json").read_text())
    for name, one in described["files"].items():
        secret = (one["passphrase"].encode() if "passphrase" in one
                  else bytes.fromhex(one["secret"]))
        data = encode(one["kind"], bytes.fromhex(one["id"]), one["created"],
                      bytes.fromhex(one["salt"]), one["cost"], secret,
                      described["contents"][one["contents"]],
                      one.get("version", 1))
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    write_vectors()
