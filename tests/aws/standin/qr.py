# SPDX-License-Identifier: MIT
"""The QR codes that the AWS console shows, made by the qrencode program."""
import base64
import subprocess
from urllib.parse import quote

ISSUER = quote("Amazon Web Services")
_LABEL_SAFE = "@+=,.-_"
_DARK_MODE = ["--foreground=ffffff", "--background=16191f"]


def base32(seed):
    return base64.b32encode(seed).decode().rstrip("=")


def uri(device, old_form=False):
    """otpauth URI of a device; the older form has no issuer in its label."""
    label = quote(f"{device.name}@{device.account.label}", safe=_LABEL_SAFE)
    prefix = "" if old_form else f"{ISSUER}:"
    return (f"otpauth://totp/{prefix}{label}"
            f"?secret={base32(device.seed)}&issuer={ISSUER}")


def png(text, module_px=3, inverted=False):
    args = ["qrencode", "-t", "PNG", "-o", "-", "-s", str(module_px)]
    if inverted:
        args += _DARK_MODE
    done = subprocess.run(args, input=text.encode(), capture_output=True,
                          check=True)
    return done.stdout
