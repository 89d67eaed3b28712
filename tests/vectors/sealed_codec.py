# SPDX-License-Identifier: MIT
"""Exports of Bitwarden, Stratum, Proton Authenticator and Ente Auth, made from
the formats' descriptions by other code than fob's: hashlib, the package
cryptography, libsodium, and Argon2id as below."""
import base64
import ctypes
import hashlib
import hmac
import json

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PASSWORD, ODD = "open sesame", "pässwörd 漢"
SALT = bytes(range(0x40, 0x50))
SALT_TEXT = "bm9ib2R5J3Mgc2FsdA=="
NONCE, IV = b"fob's nonce.", bytes(range(0x70, 0x80))
# Argon2id of (password, salt, KiB, passes, lanes), 32 bytes, as hash-wasm
# 4.13.0 and OpenSSL 3.5 agree on it.  The first salts are SHA-256's.
_DIGEST = hashlib.sha256(SALT_TEXT.encode()).digest()
ARGON2 = {
    (PASSWORD, _DIGEST, 64 << 10, 3, 4):
        "affa4bae153ce82dcb9d4601bea8ae28d3d0be776bbc0903aa32b0e5e9f6e923",
    (PASSWORD, _DIGEST, 16 << 10, 2, 1):
        "b8667e7c6d802385ff1209a2d2c93977995dfc7d64c1e57333e263c393811b50",
    (PASSWORD, _DIGEST, 32 << 10, 2, 16):
        "773478227135270830719f00f15e53636483e6f7fcf895c4ab4685fcf8aa3d4a",
    (ODD, _DIGEST, 1 << 10, 3, 4):
        "bc596c1676e5e9bd418b8aa48100924917d1c2018ad1e6f1abfaa89872ed43be",
    ("x" * 200, _DIGEST, 1 << 10, 1, 2):
        "587f0a05bef3134438bcc4da13dba1660b1f083fc37c1bede4e6ae5be8ccfeaf",
    (PASSWORD, SALT, 64 << 10, 3, 4):
        "b1a30e9acfad72340444f67223ecbec01ec8241f615e4365a2f5de2b3cd4372b",
    (ODD, SALT, 64 << 10, 3, 4):
        "a5756fba16105b373c6bb2819c7dc05eee6cc428071a973dff9e0ce6db5f63c1",
    (PASSWORD, SALT, 19 << 10, 2, 1):
        "d2f0e41bb2f7b90f7524ebfed10a784f50a88a7528c52315cb23d2d46132ce8b",
    (ODD, SALT, 19 << 10, 2, 1):
        "8bce4de8a5478319536b7fe10a3e0671c6e02354b575ae0e2d59ba78db620217",
    (PASSWORD, SALT, 8, 1, 1):
        "16ccba95a507ad7c7d833530f81324deb3e6575926bfa780e2492d8956db511a",
    (PASSWORD, SALT, 64 << 10, 2, 1):
        "d3c315298fda3e70f5185b5c8648cc33636eaa75ba47cb4f7948c98d93816325",
    (PASSWORD, SALT, 1 << 20, 1, 1):
        "0570ef892c344d079fc2c35562ad48c5d9a2c4f57b96704c3d37d9b18d68e109",
    (ODD, SALT, 4099, 5, 1):
        "b122c65c3f8d78f02a11bc7a1e7f3e05caea5e8d7bd1aefb9fbf7d8ecd3d00c3",
}


def argon2id(password, salt, kib, passes, lanes):
    return bytes.fromhex(ARGON2[password, salt, kib, passes, lanes])


def base32(key):
    return base64.b32encode(key).decode().rstrip("=")


def encode(data):
    return base64.b64encode(data).decode()


def cbc(key, iv, text):
    pad = padding.PKCS7(128).padder()
    seal = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return seal.update(pad.update(text) + pad.finalize()) + seal.finalize()


# --- Bitwarden --------------------------------------------------------------
def item(name, totp, username=None, **more):
    """A login as Bitwarden writes it."""
    login = {"fido2Credentials": [], "uris": [
        {"match": None, "uri": "https://example.com/"}],
        "username": username, "password": "p", "totp": totp}
    return {"passwordHistory": None, "revisionDate": "2026-01-01T00:00:00Z",
            "id": "fccebaa9-0000-4000-8000-000000000000", "folderId": None,
            "organizationId": None, "type": 1, "reprompt": 0, "name": name,
            "notes": "otpauth://totp/no?secret=AAAA", "favorite": False,
            "login": login, "collectionIds": None, **more}


NOTE = {"type": 2, "name": "a note", "notes": "n", "secureNote": {"type": 0}}
CARD = {"type": 3, "name": "a card", "card": {"number": "1"}}


def bitwarden(items):
    return {"encrypted": False, "folders": [{"id": "f", "name": "work"}],
            "items": items}


def bitwarden_text(key, text, iv=IV):
    seal_key, mac_key = (hmac.digest(key, purpose + b"\1", "sha256")
                         for purpose in (b"enc", b"mac"))
    sealed = cbc(seal_key, iv, text)
    mac = hmac.digest(mac_key, iv + sealed, "sha256")
    return "2." + "|".join(map(encode, (iv, sealed, mac)))


def bitwarden_sealed(plain, password=PASSWORD, kdf=0, rounds=5000, mib=None,
                     lanes=None):
    if kdf == 0:
        key = hashlib.pbkdf2_hmac("sha256", password.encode(),
                                  SALT_TEXT.encode(), rounds, 32)
    else:
        key = argon2id(password, _DIGEST, mib << 10, rounds, lanes)
    return {"encrypted": True, "passwordProtected": True, "salt": SALT_TEXT,
            "kdfType": kdf, "kdfIterations": rounds, "kdfMemory": mib,
            "kdfParallelism": lanes, "encKeyValidation_DO_NOT_EDIT":
            bitwarden_text(key, b"6f1e9d3a-0000-4000-8000-000000000000"),
            "data": bitwarden_text(key, json.dumps(plain).encode())}


# --- Proton Authenticator ---------------------------------------------------
def proton(entries, version=1):
    """Of (uri, type, name)."""
    return {"version": version, "entries": [
        {"id": f"{at:08}-0000-4000-8000-000000000000", "note": None,
         "content": {"uri": uri, "entry_type": kind, "name": name}}
        for at, (uri, kind, name) in enumerate(entries)]}


def proton_sealed(plain, password=PASSWORD, version=1):
    key = argon2id(password, SALT, 19 << 10, 2, 1)
    content = NONCE + AESGCM(key).encrypt(
        NONCE, json.dumps(plain).encode(), b"proton.authenticator.export.v1")
    return {"version": version, "salt": encode(SALT),
            "content": encode(content)}


# --- Ente Auth --------------------------------------------------------------
def secretstream(key, text, tag):
    """The header and the one message of a stream of libsodium's."""
    sodium = ctypes.CDLL("libsodium.so.23")
    name = "crypto_secretstream_xchacha20poly1305_"
    state = ctypes.create_string_buffer(
        getattr(sodium, name + "statebytes")())
    header = ctypes.create_string_buffer(24)
    sealed = ctypes.create_string_buffer(len(text) + 17)
    if (getattr(sodium, name + "init_push")(state, header, key)
            or getattr(sodium, name + "push")(
                state, sealed, None, text, ctypes.c_ulonglong(len(text)), None,
                ctypes.c_ulonglong(0), ctypes.c_ubyte(tag))):
        raise SystemExit("libsodium refuses")
    return header.raw, sealed.raw


def ente(text, password=PASSWORD, kib=8, passes=1, tag=3, version=1):
    key = argon2id(password, SALT, kib, passes, 1)
    header, sealed = secretstream(key, text.encode(), tag)
    return {"version": version, "kdfParams": {
        "memLimit": kib << 10, "opsLimit": passes, "salt": encode(SALT)},
        "encryptedData": encode(sealed), "encryptionNonce": encode(header)}


# --- Stratum ----------------------------------------------------------------
def authenticator(issuer, username, key, kind=2, **more):
    return {"Type": kind, "Icon": "aws", "Issuer": issuer,
            "Username": username, "Secret": base32(key), "Pin": None,
            "Algorithm": 0, "Digits": 6, "Period": 30, "Counter": 0,
            "CopyCount": 3, "Ranking": 0, **more}


def stratum(authenticators, icon=b""):
    return {"Authenticators": authenticators,
            "Categories": [{"Id": "a8323a2a", "Name": "Web", "Ranking": 0}],
            "AuthenticatorCategories": [],
            "CustomIcons": [{"Id": "00000000", "Data": encode(icon)}]}


def stratum_sealed(plain, password=PASSWORD):
    key = argon2id(password, SALT, 64 << 10, 3, 4)
    return (b"AUTHENTICATORPRO" + SALT + NONCE + AESGCM(key).encrypt(
        NONCE, json.dumps(plain).encode(), None))


def stratum_old(plain, password=PASSWORD):
    salt = SALT + b"four"
    key = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 64000, 32)
    return (b"AuthenticatorPro" + salt + IV
            + cbc(key, IV, json.dumps(plain).encode()))
