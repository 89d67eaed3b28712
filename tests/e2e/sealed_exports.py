# SPDX-License-Identifier: MIT
"""Write exports of apps with heavier keys into the working folder."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import sealed_codec as codec  # noqa: E402
from sealed_codec import PASSWORD, base32, item  # noqa: E402


def key(number):
    return bytes(number ^ i for i in range(20))


def uri(label, number, **more):
    return (f"otpauth://totp/{label}?secret={base32(key(number))}"
            + "".join(f"&{name}={value}" for name, value in more.items()))


def write(name, file):
    with open(name, "wb") as out:
        out.write(file if isinstance(file, bytes) else
                  json.dumps(file).encode())


def main():
    plain = codec.bitwarden([
        codec.CARD, item("web", None), item("Bit", base32(key(21)), "ann"),
        item("Steam", "steam://" + base32(key(22)), "gamer")])
    write("bitwarden.json", plain)
    write("bitwarden-argon2.json", codec.bitwarden_sealed(
        codec.bitwarden([item("-", uri("Warden:bob", 23, digits=8))]),
        PASSWORD, 1, 3, 64, 4))
    write("bitwarden-bound.json", {
        "encrypted": True, "encKeyValidation_DO_NOT_EDIT": "2.a|b|c",
        "folders": [], "items": []})
    write("proton.json", codec.proton_sealed(codec.proton([
        (uri("P:carl", 24, algorithm="SHA256"), "Totp", "carl"),
        ("steam://" + base32(key(25)), "Steam", "Valve")])))
    write("stratum.json", codec.stratum([
        codec.authenticator("Str", "eve", key(27), Digits=7),
        codec.authenticator("Str", "steam", key(28), 4)]))
    write("new.authpro", codec.stratum_sealed(codec.stratum([
        codec.authenticator("Str", "fay", key(29), 1, Counter=3)])))
    write("old.authpro", codec.stratum_old(codec.stratum([
        codec.authenticator("Str", "gil", key(30), Algorithm=2)])))
    write("ente.json", codec.ente(uri("E:dora", 26, period=60) + "\n",
                                  kib=64 << 10, passes=2))


main()
