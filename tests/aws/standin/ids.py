# SPDX-License-Identifier: MIT
"""Identifiers and secrets of the shapes that AWS gives out."""
import base64
import secrets

_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def unique_id(prefix):
    """Four letters of kind (AKIA, ASIA, AIDA, AROA) and 16 of base32."""
    return prefix + "".join(secrets.choice(_BASE32) for _ in range(16))


def secret_key():
    return base64.b64encode(secrets.token_bytes(30)).decode()


def session_token():
    """Long, and with the characters of base64 that forms must escape."""
    return "IQoJb3JpZ2luX2VjE" + base64.b64encode(
        b"\xfb\xef\xff" + secrets.token_bytes(300)).decode()


def account_id():
    return f"{secrets.randbelow(10 ** 12):012d}"


def seed():
    """The 40 bytes that AWS gives a virtual device."""
    return secrets.token_bytes(40)
