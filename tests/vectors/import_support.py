# SPDX-License-Identifier: MIT
"""Exports as Google Authenticator and Aegis write them, made from the formats'
descriptions, and fob's answers about them by way of
tests/unit/import/import_driver.c."""
import base64
import collections
import hashlib
import json
import os
import subprocess
import tempfile
import urllib.parse

DRIVER = os.path.join(os.environ["TOP"], "build/asan/tests/unit/import",
                      "import_driver")
OK, WRONG_KEY, NOBODY = 0, 0x41, 0x42
SYNTAX, TOO_LONG, TOO_SHORT, VERSION = 0x80, 0x81, 0x82, 0x83
DAMAGED, UNSUPPORTED, DUPLICATE = 0x84, 0x85, 0x86

Account = collections.namedtuple(
    "Account", "issuer label secret type hash digits period counter")
Item = collections.namedtuple("Item", "place status fault account unit file")
Reading = collections.namedtuple("Reading", "items asked wrong status text")


class Points:
    """TAP on stdout."""

    def __init__(self):
        self.count = self.failed = 0

    def equal(self, got, want, what):
        self.count += 1
        good = got == want
        self.failed += not good
        print(f"{'' if good else 'not '}ok {self.count} - {what}")
        if not good:
            print(f"# got  {got!r}\n# want {want!r}")

    def done(self):
        print(f"1..{self.count}")
        raise SystemExit(1 if self.failed else 0)


def unhex(text):
    return b"" if text == "-" else bytes.fromhex(text)


def read_item(line):
    (place, status, fault, issuer, label, secret, *numbers, unit,
     file) = line.split("\t")
    return Item(int(place), int(status, 16), fault,
                Account(unhex(issuer).decode(), unhex(label).decode(),
                        unhex(secret), *map(int, numbers)), unit, file)


def run_driver(words, data=b"", folder=None):
    done = subprocess.run([DRIVER, *words], input=data, timeout=60,
                          capture_output=True, cwd=folder)
    lines = done.stdout.decode().split("\n")[:-1]
    if done.returncode or not lines:
        raise SystemExit(f"driver: status {done.returncode}\n"
                         + done.stderr.decode(errors="replace"))
    asked, wrong, status, text = lines[-1].split("\t")
    return Reading([read_item(line) for line in lines[:-1]], int(asked),
                   int(wrong), int(status, 16), text)


def read(data, *passwords):
    """What fob reads in a file."""
    if isinstance(data, str):
        data = data.encode()
    return run_driver(passwords, data)


def read_files(files, *words):
    """The same of several: name and text; of a .png the texts of its codes."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        return run_driver([*words, "--", *(name for name, _ in files)],
                          folder=folder)


# --- Google Authenticator ---------------------------------------------------
def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7f:
        out.append(value & 0x7f | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def number(field, value):
    return varint(field << 3) + varint(value)


def data(field, value):
    if isinstance(value, str):
        value = value.encode()
    return varint(field << 3 | 2) + varint(len(value)) + value


def parameters(secret, name, issuer="", algorithm=1, digits=1, kind=2,
               counter=0):
    return data(1, data(1, secret) + data(2, name) + data(3, issuer)
                + number(4, algorithm) + number(5, digits) + number(6, kind)
                + (number(7, counter) if kind == 1 else b""))


def batch(size, index, batch_id):
    return (number(2, 1) + number(3, size) + number(4, index)
            + number(5, batch_id))


def migration(payload):
    return ("otpauth-migration://offline?data="
            + urllib.parse.quote(base64.b64encode(payload), safe=""))


# --- Aegis ------------------------------------------------------------------
def openssl_ctr(key, first_block, text):
    return subprocess.run(
        ["openssl", "enc", "-aes-256-ctr", "-K", key.hex(), "-iv",
         first_block.hex()], input=text, capture_output=True,
        check=True).stdout


def multiply(x, y):
    """In GF(2^128) as GCM has it: NIST SP 800-38D, algorithm 1."""
    product = 0
    for bit in range(127, -1, -1):
        if x >> bit & 1:
            product ^= y
        y = y >> 1 ^ (0xe1 << 120 if y & 1 else 0)
    return product


def gcm_seal(key, nonce, text):
    """AES-256-GCM without additional data: the ciphertext and the tag."""
    sealed = openssl_ctr(key, nonce + bytes([0, 0, 0, 2]), text)
    subkey = int.from_bytes(openssl_ctr(key, bytes(16), bytes(16)), "big")
    padded = sealed + bytes(-len(sealed) % 16)
    padded += bytes(8) + (8 * len(sealed)).to_bytes(8, "big")
    digest = 0
    for at in range(0, len(padded), 16):
        digest = multiply(digest ^ int.from_bytes(padded[at:at + 16], "big"),
                          subkey)
    mask = openssl_ctr(key, nonce + bytes([0, 0, 0, 1]), bytes(16))
    return sealed, (digest ^ int.from_bytes(mask, "big")).to_bytes(16, "big")


def sealed_params(nonce, tag):
    return {"nonce": nonce.hex(), "tag": tag.hex()}


def slot(master, password, n=16, r=8, p=1, salt=bytes(range(32)), **more):
    wrapper = hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p,
                             maxmem=1 << 29, dklen=32)
    nonce = hashlib.sha256(salt + password.encode()).digest()[:12]
    key, tag = gcm_seal(wrapper, nonce, master)
    return {"type": 1, "uuid": "62a8f9d0-0000-4000-8000-000000000000",
            "key": key.hex(), "key_params": sealed_params(nonce, tag),
            "n": n, "r": r, "p": p, "salt": salt.hex(), "repaired": True,
            "is_backup": False, **more}


def entry(name, issuer, key, kind="totp", **info):
    info = {"secret": base64.b32encode(key).decode().rstrip("="),
            "algo": "SHA1", "digits": 6, **info}
    return {"type": kind, "uuid": "0f6f4f4e-0000-4000-8000-000000000000",
            "name": name, "issuer": issuer, "note": "", "favorite": False,
            "icon": None, "info": info, "groups": []}


def content(entries, version=3):
    return {"version": version, "entries": entries, "groups": [],
            "icons_optimized": True}


def plain(entries, **more):
    return {"version": 1, "header": {"slots": None, "params": None},
            "db": content(entries, **more)}


def encrypted(entries, slots, master, nonce=b"fob's nonce."):
    text = json.dumps(content(entries)).encode()
    sealed, tag = gcm_seal(master, nonce, text)
    return {"version": 1,
            "header": {"slots": slots, "params": sealed_params(nonce, tag)},
            "db": base64.b64encode(sealed).decode()}


def dump(vault):
    """As Android's JSON writer does, with every '/' escaped."""
    return json.dumps(vault, indent=4).replace("/", "\\/")
