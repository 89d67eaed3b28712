# SPDX-License-Identifier: MIT
"""Write exports of other authenticators into the working folder."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import import_support as support  # noqa: E402


def write(name, text):
    with open(name, "w") as file:
        file.write(text)


def key(number):
    return bytes(number ^ i for i in range(20))


LIST = """# from the old machine
otpauth://totp/One:a?secret={}&issuer=One

otpauth://hotp/Two:b?secret={}&issuer=Two&counter=5
otpauth://totp/Weak?secret=JBSWY3DP
"""
GOOGLE = [support.parameters(key(3), "carol", "Three"),
          support.parameters(key(4), "dave", "Four", digits=2, algorithm=2)]
AEGIS = [support.entry("erin", "Five", key(5), period=30),
         support.entry("frank", "Six", key(6), kind="steam", period=30)]
SEALED = [support.entry("grace", "Seven", key(7), period=60, digits=8)]
MASTER = bytes(range(32))


def main():
    base32 = [support.entry("", "", key(n))["info"]["secret"] for n in (1, 2)]
    write("list.txt", LIST.format(*base32))
    uri = support.migration(b"".join(GOOGLE) + support.batch(1, 0, 7))
    write("google.txt", uri + "\n")
    subprocess.run(["qrencode", "-o", "google.png", uri], check=True)
    write("aegis.json", support.dump(support.plain(AEGIS)))
    write("sealed.json", support.dump(support.encrypted(
        SEALED, [support.slot(MASTER, "open sesame")], MASTER)))
    write("other.json", json.dumps({"some": "thing"}))


def parts():
    """An export over three pictures, and what is in one of them."""
    uris = [support.migration(support.parameters(key(ord(c)), c, "Part")
                              + support.batch(3, i, 77))
            for i, c in enumerate("abc")]
    for i, uri in enumerate(uris):
        subprocess.run(["qrencode", "-o", f"{i + 1}.png", uri], check=True)
        write(f"{i + 1}.uri", uri)
    write("b.secret", support.entry("", "", key(ord("b")))["info"]["secret"])


main()
if "parts" in sys.argv:
    parts()
