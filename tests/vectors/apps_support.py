# SPDX-License-Identifier: MIT
"""Exports as 2FAS, andOTP, FreeOTP+, Raivo, LastPass Authenticator and Duo
Mobile write them, made from the formats' descriptions: the KDFs are Python's,
the cipher is import_support's."""
import base64
import hashlib
import html
import json

import import_support as support

HASHES = {1: "SHA1", 2: "SHA256", 3: "SHA512"}
TYPES = {1: "HOTP", 2: "TOTP"}


def base32(key):
    return base64.b32encode(key).decode().rstrip("=")


def base64_of(data):
    return base64.b64encode(data).decode()


def gcm(key, nonce, text):
    """AES-256-GCM as Java writes it, tag at the end."""
    return b"".join(support.gcm_seal(key, nonce, text))


# --- 2FAS ---------------------------------------------------------------------
def twofas_service(of, schema=4, **otp):
    """Schema 1 and 2 knew TOTP alone."""
    said = {"label": f"{of.issuer}:{of.label}", "account": of.label,
            "issuer": of.issuer, "digits": of.digits, "period": of.period,
            "algorithm": HASHES[of.hash]}
    if schema > 2:
        said.update({"counter": of.counter, "source": "Link",
                     "tokenType": TYPES[of.type]})
    return {"name": of.issuer, "secret": base32(of.secret),
            "updatedAt": 1713397547000, "otp": {**said, **otp}, "order": {"position": 0},
            "icon": {"selected": "Label"}}


def twofas(services, schema=4):
    return {"services": services, "groups": [], "updatedAt": 1713397547000,
            "schemaVersion": schema, "appVersionCode": 5000029,
            "appVersionName": "5.4.6", "appOrigin": "android"}


def twofas_sealed(services, password, salt=bytes(range(256)), schema=4,
                  nonce=b"nonce of 12b"):
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 10000, 32)
    data = gcm(key, nonce, json.dumps(services).encode())
    text = ":".join(map(base64_of, (data, salt, nonce)))
    return {**twofas([], schema), "servicesEncrypted": text,
            "reference": text}


# --- andOTP -------------------------------------------------------------------
def andotp_entry(account, **more):
    entry = {"secret": base32(account.secret), "issuer": account.issuer,
             "label": account.label, "digits": account.digits,
             "type": TYPES[account.type], "algorithm": HASHES[account.hash],
             "thumbnail": "Default", "last_used": 1530793025525,
             "used_frequency": 3, "tags": []}
    entry.update({"counter": account.counter} if account.type == 1
                 else {"period": account.period})
    return {**entry, **more}


def andotp_sealed(entries, password, rounds=1234,
                  salt=bytes.fromhex("9fd06c0be3417a88c51e02f7"),
                  nonce=bytes.fromhex("f80cb7653b9ad14e00e97c83")):
    key = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, rounds, 32)
    return (rounds.to_bytes(4, "big") + salt + nonce
            + gcm(key, nonce, json.dumps(entries).encode()))


def andotp_sealed_old(entries, password, nonce=bytes.fromhex("80d7431cfe05a96b92e818bc")):
    key = hashlib.sha256(password.encode()).digest()
    return nonce + gcm(key, nonce, json.dumps(entries).encode())


# --- FreeOTP and FreeOTP+ -----------------------------------------------------
def signed(key):
    return [byte - 256 if byte > 127 else byte for byte in key]


def freeotp_token(account, **more):
    return {"algo": HASHES[account.hash], "counter": account.counter,
            "digits": account.digits, "issuerExt": account.issuer,
            "label": account.label, "period": account.period or 30,
            "secret": signed(account.secret), "type": TYPES[account.type],
            **more}


def freeotp(tokens):
    return {"tokenOrder": [f"{t['issuerExt']}:{t['label']}" for t in tokens],
            "tokens": tokens}


def freeotp_xml(tokens):
    """As Android writes preferences."""
    strings = [(f"{t['issuerExt']}:{t['label']}", t) for t in tokens]
    strings.append(("tokenOrder", [name for name, _ in strings]))
    return ("<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n"
            + "".join('    <string name="%s">%s</string>\n' % (
                html.escape(name), html.escape(json.dumps(value)))
                for name, value in strings) + "</map>\n")


# --- Raivo, LastPass Authenticator, Duo Mobile ---------------------------------
def raivo(account, **more):
    secret = base32(account.secret)
    spaced = " ".join(secret[i:i + 4] for i in range(0, len(secret), 4))
    return {"pinned": "false", "secret": spaced, "iconValue": "", "iconType": "",
            "issuer": account.issuer, "account": account.label,
            "algorithm": HASHES[account.hash], "digits": str(account.digits),
            "kind": TYPES[account.type], "timer": str(account.period or 0),
            "counter": str(account.counter), **more}


def lastpass_account(account, **more):
    return {"accountID": "1c5f0d3e", "issuerName": account.issuer,
            "userName": account.label, "originalIssuerName": "as it came",
            "originalUserName": "as it came", "pushNotification": False,
            "secret": base32(account.secret), "timeStep": account.period,
            "digits": account.digits, "creationTimestamp": 1700000000000,
            "isFavorite": False, "algorithm": HASHES[account.hash],
            "folderData": {"folderId": 0, "position": 0}, **more}


def lastpass(accounts, version=3):
    return {"deviceId": "", "deviceSecret": "", "localDeviceId": "x",
            "deviceName": "iPhone16,2", "version": version,
            "accounts": accounts, "folders": [{"id": 1, "name": "Favorites"}]}


def duo(account):
    generator = {"otpSecret": base32(account.secret)}
    if account.type == 1:
        generator["counter"] = account.counter
    return {"name": account.label, "otpGenerator": generator,
            "accountType": "OtherAccount", "logoUri": "android.resource://x"}
