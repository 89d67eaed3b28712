# SPDX-License-Identifier: MIT
"""Write exports of tens of megabytes into the working folder."""
import base64
import json
import os
import random
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import import_support as support  # noqa: E402

ICON_LEN = 1630000  # 17 of them, in base64: what the vault of a report had
MASTER, NONCE = bytes(range(32)), b"fob's nonce."
RANDOM = random.Random(1298)


def key(number):
    return bytes(number ^ i for i in range(20))


def entry(number):
    icon = base64.b64encode(RANDOM.randbytes(ICON_LEN)).decode()
    return {**support.entry(f"heidi{number}", "Eight", key(number), period=30),
            "icon": icon, "icon_mime": "image/png", "icon_hash": "00" * 32}


def main():
    entries = [entry(number) for number in range(1, 18)]
    content = support.content(entries)
    text = json.dumps(content).encode()
    sealed = AESGCM(MASTER).encrypt(NONCE, text, None)
    params = support.sealed_params(NONCE, sealed[-16:])
    header = {"slots": [support.slot(MASTER, "open sesame")], "params": params}
    vault = {"version": 1, "header": header,
             "db": base64.b64encode(sealed[:-16]).decode()}
    with open("sealed.json", "w") as file:
        json.dump(vault, file)
    with open("plain.json", "w") as file:
        file.write(support.dump(support.plain(entries)))
    secret = base64.b32encode(key(17)).decode()
    with open("secret", "w") as file:
        file.write(secret)
    nine = base64.b32encode(key(9 + 17)).decode()
    last = f"\notpauth://totp/Nine?secret={nine}"
    line = "#" + "-" * 1022 + "\n"
    with open("just.txt", "w") as file:
        file.write(line * (1 << 16))
        file.truncate((64 << 20) - len(last))
        file.seek(0, os.SEEK_END)
        file.write(last)


main()
