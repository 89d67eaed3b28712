# SPDX-License-Identifier: MIT
"""What fob exports, as other code than fob's reads it: key URIs by urllib,
Google's codes by the published message definition, Aegis's file by its
documentation, Python's scrypt and the GCM of import_support."""
import base64
import collections
import hashlib
import json
import os
import subprocess
import urllib.parse

import import_support

DRIVER = os.path.join(os.environ["TOP"], "build/asan/tests/unit/export",
                      "export_driver")
HASHES = {"SHA1": 1, "SHA256": 2, "SHA512": 3}
HOTP, TOTP = 1, 2
Account = import_support.Account
Export = collections.namedtuple("Export", "lines rest")


def hexed(text):
    return (text if isinstance(text, bytes) else text.encode()).hex() or "-"


def export(kind, accounts, each=10, uri_max=2331, password="x", names=None):
    """What export_driver says of each, and what it makes of all."""
    text = "".join(
        "\t".join([hexed(name or a.label), hexed(a.issuer), hexed(a.label),
                   hexed(a.secret), *map(str, a[3:])]) + "\n"
        for a, name in zip(accounts, names or [""] * len(accounts)))
    done = subprocess.run([DRIVER, kind, str(each), str(uri_max), password],
                          input=text.encode(), capture_output=True, timeout=120)
    if done.returncode:
        raise SystemExit(f"driver: status {done.returncode}\n"
                         + done.stderr.decode(errors="replace"))
    lines = done.stdout.decode().split("\n")
    return Export([(int(status, 16), int(code), text) for status, code, text in
                   (line.split("\t") for line in lines[:len(accounts)])],
                  [line for line in lines[len(accounts):] if line])


def read_uri(uri):
    """As the key URI format says, and as the strictest of its readers do: what
    is before the first colon, escaped or not, is the issuer, the same one as
    in the parameter."""
    parts = urllib.parse.urlsplit(uri)
    values = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True,
                                         strict_parsing=True))
    label = urllib.parse.unquote(parts.path[1:])
    issuer, colon, name = label.partition(":")
    if not colon:
        issuer, name = "", label
    assert issuer in ("", values.get("issuer")), uri
    kind = {"totp": TOTP, "hotp": HOTP}[parts.netloc]
    secret = values["secret"]
    return Account(values.get("issuer", ""), name,
                   base64.b32decode(secret + "=" * (-len(secret) % 8)), kind,
                   HASHES[values.get("algorithm", "SHA1")],
                   int(values.get("digits", 6)),
                   int(values.get("period", 30)) if kind == TOTP else 0,
                   int(values["counter"]) if kind == HOTP else 0)


def message(data):
    """Protocol Buffers: (field, value), in their order."""
    fields = []

    def varint():
        nonlocal data
        value = shift = 0
        while True:
            byte, data = data[0], data[1:]
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                return value

    while data:
        field, wire = divmod(varint(), 8)
        if wire == 0:
            fields.append((field, varint()))
        elif wire == 2:
            size = varint()
            assert size <= len(data)
            fields.append((field, data[:size]))
            data = data[size:]
        else:
            raise ValueError(f"wire type {wire}")
    return fields


def read_migration(uri):
    """The batch (version, size, index, id), and the accounts, as qistoph's
    OtpMigration.proto names the fields."""
    start = "otpauth-migration://offline?data="
    assert uri.startswith(start)
    fields = message(base64.b64decode(urllib.parse.unquote(uri[len(start):]),
                                      validate=True))
    batch = dict(fields)
    return (tuple(batch[field] for field in (2, 3, 4, 5)),
            [read_parameters(dict(message(value))) for field, value in fields
             if field == 1])


def read_parameters(got):
    kind = {1: HOTP, 2: TOTP}[got[6]]
    issuer, name = got[3].decode(), got[2].decode()
    if ":" in name and name.startswith(issuer + ":"):
        name = name[len(issuer) + 1:]
    return Account(issuer, name, got[1], kind, {1: 1, 2: 2, 3: 3}[got[4]],
                   {1: 6, 2: 8}[got[5]], 30 if kind == TOTP else 0,
                   got[7] if kind == HOTP else 0)


def gcm_open(key, params, sealed):
    nonce = bytes.fromhex(params["nonce"])
    text = import_support.openssl_ctr(key, nonce + bytes([0, 0, 0, 2]), sealed)
    again, tag = import_support.gcm_seal(key, nonce, text)
    assert (again, tag.hex()) == (sealed, params["tag"]), "the tag is wrong"
    return text


def open_aegis(file, password):
    """The content of an Aegis vault."""
    vault = json.loads(file)
    assert vault["version"] == 1
    (slot,) = vault["header"]["slots"]
    assert slot["type"] == 1 and slot["repaired"]
    key = hashlib.scrypt(password.encode(), salt=bytes.fromhex(slot["salt"]),
                         n=slot["n"], r=slot["r"], p=slot["p"], dklen=32,
                         maxmem=1 << 28)
    master = gcm_open(key, slot["key_params"], bytes.fromhex(slot["key"]))
    return json.loads(gcm_open(master, vault["header"]["params"],
                               base64.b64decode(vault["db"], validate=True)))


def read_entry(entry):
    info = entry["info"]
    secret = info["secret"]
    kind = {"totp": TOTP, "hotp": HOTP}[entry["type"]]
    assert ("period" in info) == (kind == TOTP)
    return Account(entry["issuer"], entry["name"],
                   base64.b32decode(secret + "=" * (-len(secret) % 8)), kind,
                   HASHES[info["algo"]], info["digits"],
                   info.get("period", 0), info.get("counter", 0))
