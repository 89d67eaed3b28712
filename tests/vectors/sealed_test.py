#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# slow
"""fob reads what Bitwarden, Stratum, Proton Authenticator and Ente Auth
export, plain and under a password, made by tests/vectors/sealed_codec.py."""
import copy
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import import_support as support  # noqa: E402
import sealed_codec as codec  # noqa: E402
from import_support import (  # noqa: E402
    Account, DAMAGED, DUPLICATE, NOBODY, OK, SYNTAX, TOO_LONG, TOO_SHORT,
    UNSUPPORTED, VERSION, WRONG_KEY, read)
from sealed_codec import ODD, PASSWORD, base32, item  # noqa: E402

HOTP, TOTP = 1, 2
STEAM = "its codes are Steam's, which fob does not make"
FAILED = 0x10
SEED, OTHER = bytes(range(1, 21)), bytes(range(33, 65))
URI = f"otpauth://totp/A:b?secret={base32(SEED)}&issuer=A"

points = support.Points()


def account(issuer, label, secret=SEED, **more):
    return Account(issuer, label, secret, TOTP, 1, 6, 30, 0)._replace(**more)


def accounts(file, *passwords):
    if not isinstance(file, (str, bytes)):
        file = json.dumps(file)
    reading = read(file, *passwords)
    if reading.status != OK:
        print(f"# {reading.status:#x} {reading.text}")
    return [i.account for i in reading.items]


def faults(file, *passwords):
    reading = read(json.dumps(file), *passwords)
    return [(i.place, i.status, i.fault, i.account.issuer, i.account.label)
            for i in reading.items]


def refused(what, file, status, *words, passwords=()):
    """The file as a whole is refused, and the text says these words."""
    if not isinstance(file, (str, bytes)):
        file = json.dumps(file)
    reading = read(file, *passwords)
    points.equal((len(reading.items), reading.status,
                  [w for w in words if w not in reading.text]),
                 (0, status, []), what)


def changed(file, name, value):
    file = copy.deepcopy(file)
    if value is None:
        del file[name]
    else:
        file[name] = value
    return file


def flip(text, at):
    """Another symbol of base64."""
    return text[:at] + ("A" if text[at] != "A" else "Q") + text[at + 1:]


def wrong_passwords(what, file, right):
    """A third password fits; three wrong ones are enough; what `file` is
    called stands in the error."""
    reading = read(file, "no", "", right)
    points.equal((reading.status, reading.asked, reading.wrong), (OK, 3, 2),
                 f"{what}: the third password fits")
    reading = read(file, "1", "2", "3", right)
    points.equal((reading.items, reading.status, reading.asked,
                  what in reading.text), ([], WRONG_KEY, 3, True),
                 f"{what}: three wrong passwords are enough")


# --- Bitwarden --------------------------------------------------------------
ITEMS = [
    codec.NOTE, item("AWS", URI), item("web", None), codec.CARD,
    item("Bare", "mfrg gzdf-" + base32(OTHER).lower(), "u@example.com"),
    item("Alone", base32(SEED) + "====", ""),
    {"type": 1, "name": "no login", "login": None},
    item("ten", f"otpauth://totp/x?secret={base32(OTHER)}&algorithm=SHA512"
                "&digits=8&period=60"),
    item("web", ""), item("web", "  "),
    item("counted", f"otpauth://hotp/h?secret={base32(SEED)}&counter=7"),
]
WANT = [
    account("A", "b"),
    account("Bare", "u@example.com",
            support.base64.b32decode("MFRGGZDF" + base32(OTHER) + "====")),
    account("", "Alone"),
    account("", "x", OTHER, hash=3, digits=8, period=60),
    account("", "h", type=HOTP, period=0, counter=7),
]


def bitwarden_plain():
    points.equal(accounts(codec.bitwarden(ITEMS)), WANT,
                 "Bitwarden: what has a TOTP, and nothing else")
    points.equal(accounts(json.dumps(codec.bitwarden(ITEMS), indent=2)
                          .replace("/", "\\/")), WANT,
                 "Bitwarden: escaped, on many lines")
    printed = [{"object": "item", **i} for i in ITEMS]
    points.equal(accounts(printed), WANT, "Bitwarden: as bw list items prints")
    points.equal(accounts(printed[4]), WANT[1:2],
                 "Bitwarden: as bw get item prints")
    refused("Bitwarden: an item without a TOTP", printed[0], SYNTAX,
            "Bitwarden")
    mobile = {"encrypted": False, "items": [
        {"id": "1", "name": "A", "folderId": None, "organizationId": None,
         "collectionIds": None, "notes": None, "type": 1, "favorite": False,
         "login": {"totp": URI}}]}
    points.equal(accounts(mobile), WANT[:1], "Bitwarden Authenticator")
    points.equal(faults(codec.bitwarden([
        item("S", "steam://" + base32(SEED), "gamer"), item("W", "JBSWY3DP"),
        item("B", "not base32!", "u"), item("L", "A" * 9000, "u"),
        {"name": "N", "login": {"totp": 5}}, {"name": "N", "login": 5}, 7,
        {"name": "N", "login": {"totp": 55555}}])), [
            (1, UNSUPPORTED, STEAM, "S", "gamer"),
            (2, TOO_SHORT, "its secret is shorter than 80 bits", "", "W"),
            (3, SYNTAX, "character 10 of its secret is none of base32's A to "
             "Z and 2 to 7", "B", "u"),
            (4, TOO_LONG, "its secret is longer than 128 bytes", "L", "u"),
            (5, SYNTAX, "its secret is missing or broken", "", "N"),
            (6, SYNTAX, "it is malformed", "", ""),
            (7, SYNTAX, "it is malformed", "", ""),
            (8, SYNTAX, "its secret is missing or broken", "", "N")],
                 "Bitwarden: what cannot be taken is named with its place")
    points.equal(faults(codec.bitwarden([
        item("a" * 192, base32(SEED), "u"), item("A", base32(SEED), "u" * 192),
        {"name": "N", "login": {"totp": []}}])), [
            (1, TOO_LONG, "its issuer is longer than 128 bytes", "", "u"),
            (2, TOO_LONG, "its name is longer than 128 bytes", "", "A"),
            (3, SYNTAX, "its secret is missing or broken", "", "N")],
                 "Bitwarden: names beyond what is read, and no text")
    twice = json.dumps(codec.bitwarden([item("A", URI, "u")]))
    points.equal([(i.status, i.fault) for i in read(
        twice.replace('"username"', '"totp"')).items],
                 [(DUPLICATE, "it says something twice")],
                 "Bitwarden: totp twice")
    secret = f"?secret={base32(SEED)}"
    points.equal(accounts(codec.bitwarden([
        item("Web shop", "otpauth://totp/" + secret, "u@example.com"),
        item("Web shop", "otpauth://totp/" + secret + "&issuer=Shop"),
        item("é" * 60, "otpauth://totp/" + secret)])), [
            account("", "u@example.com"), account("Shop", "Web shop"),
            account("", "é" * 60)],
                 "Bitwarden: a URI without a label has the item's name")
    points.equal([i[:3] for i in faults(codec.bitwarden([
                      item("m", "motp://x:y?secret=00"),
                      item("w", "https://example.com/"),
                      item("t", "otpauth://totp/t?secret=A&digits=9"),
                      item("n" * 129, base32(SEED))]))], [
        (1, UNSUPPORTED, "its codes are mOTP's, which fob does not make"),
        (2, SYNTAX, "it is a web link, without a secret"),
        (3, UNSUPPORTED, "its codes have 9 digits, and fob makes 6 to 8"),
        (4, TOO_LONG, "its issuer is longer than 128 bytes")],
                 "Bitwarden: and why, as for a URI")
    long = bytes(range(102))
    points.equal(accounts(codec.bitwarden([
        item("spaced", " ".join(base32(SEED)[at:at + 4]
                                for at in range(0, 32, 4)).lower()),
        item("long", base32(long)), item(":null", URI, key="2.a|b|c",
                                         fields=[{"value": "v"}])])),
                 [account("", "spaced"), account("", "long", long), WANT[0]],
                 "Bitwarden: secrets of 39 and 164 characters, odd members")
    for file in (codec.bitwarden([item("web", None)]),
                 {"encrypted": False, "items": []}):
        refused("Bitwarden: without any TOTP", file, SYNTAX, "Bitwarden",
                "verification code")
    refused("Bitwarden: items that are none",
            {"encrypted": False, "items": {}}, UNSUPPORTED, "Bitwarden")
    refused("Bitwarden: bound to its account",
            {"encrypted": True, "encKeyValidation_DO_NOT_EDIT": "2.a|b|c",
             "folders": [], "items": [item("2.x|y|z", "2.x|y|z")]},
            UNSUPPORTED, "Bitwarden", "bound to the account")


def bitwarden_sealed():
    plain = codec.bitwarden(ITEMS)
    for password, *how in [
        (PASSWORD, 0, 600000), (ODD, 0, 1), ("", 0, 5000),
        (PASSWORD, 1, 3, 64, 4), (PASSWORD, 1, 2, 16, 1),
        (PASSWORD, 1, 2, 32, 16), (ODD, 1, 3, 1, 4), ("x" * 200, 1, 1, 1, 2),
    ]:
        points.equal(accounts(codec.bitwarden_sealed(plain, password, *how),
                              password), WANT,
                     f"Bitwarden, kdfType {how[0]}, costs {how[1:]}")
    file = codec.bitwarden_sealed(plain)
    wrong_passwords("Bitwarden export", json.dumps(file), PASSWORD)
    check = "encKeyValidation_DO_NOT_EDIT"
    for name, status in [("data", DAMAGED), (check, WRONG_KEY)]:
        text = file[name]
        for at in (4, len(text) // 2, len(text) - 10):
            refused(f"Bitwarden: symbol {at} of {name} changed",
                    changed(file, name, flip(text, at)), status,
                    passwords=[PASSWORD] * 3)
        for value in ("", "2", "2.", "2.|", "2.||", text[:-9], text[2:], 5,
                      text.replace("|", ""), text[:8] + "=" + text[8:]):
            refused(f"Bitwarden: {name} is {str(value)[:9]}",
                    changed(file, name, value), SYNTAX, "Bitwarden")
        refused(f"Bitwarden: {name} in a newer way",
                changed(file, name, "7" + text[1:]), VERSION, "newer")
    refused("Bitwarden: a newer KDF", changed(file, "kdfType", 2), VERSION,
            "Bitwarden", "newer")
    for name in ("salt", "kdfType", "kdfIterations", "data"):
        refused(f"Bitwarden: without {name}", changed(file, name, None),
                SYNTAX, "Bitwarden")
    refused("Bitwarden: what is inside is no JSON",
            codec.bitwarden_sealed("text"), UNSUPPORTED, "Bitwarden",
            passwords=[PASSWORD])


def bitwarden_costs():
    file = codec.bitwarden_sealed(codec.bitwarden(ITEMS))
    dear = codec.bitwarden_sealed(codec.bitwarden(ITEMS), PASSWORD, 1, 2, 16,
                                  1)
    for what, bent, status in [
        ("no rounds", changed(file, "kdfIterations", 0), SYNTAX),
        ("negative rounds", changed(file, "kdfIterations", -1), SYNTAX),
        ("too many rounds", changed(file, "kdfIterations", 4000001),
         UNSUPPORTED),
        ("4 GiB", changed(dear, "kdfMemory", 4096), UNSUPPORTED),
        ("2^32 MiB", changed(dear, "kdfMemory", 1 << 32), SYNTAX),
        ("no memory", changed(dear, "kdfMemory", 0), SYNTAX),
        ("less memory than lanes need",
         changed(changed(dear, "kdfMemory", 1), "kdfParallelism", 129),
         SYNTAX),
        ("65 lanes", changed(dear, "kdfParallelism", 65), UNSUPPORTED),
        ("no lanes", changed(dear, "kdfParallelism", 0), SYNTAX),
        ("no passes", changed(dear, "kdfIterations", 0), SYNTAX),
        ("11 GiB in all", changed(changed(dear, "kdfMemory", 1024),
                                  "kdfIterations", 11), UNSUPPORTED),
    ]:
        refused(f"Bitwarden: {what}", bent, status, "Bitwarden")


def without_argon2():
    """A library in its place that has nothing in it."""
    version = subprocess.run(["openssl", "version"], capture_output=True,
                             check=True).stdout.split()[1].split(b".")
    if (int(version[0]), int(version[1])) >= (3, 2):
        return
    file = json.dumps(codec.bitwarden_sealed(codec.bitwarden(ITEMS), PASSWORD,
                                             1, 2, 16, 1)).encode()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["cc", "-shared", "-o", f"{folder}/libargon2.so.1",
                        "-x", "c", "/dev/null"], check=True)
        done = subprocess.run(
            [support.DRIVER, PASSWORD], input=file, capture_output=True,
            env={**os.environ, "LD_LIBRARY_PATH": folder})
    asked, _, status, text = done.stdout.decode().strip().split("\t")
    points.equal((asked, int(status, 16), "libargon2" in text,
                  "Bitwarden" in text), ("0", FAILED, True, True),
                 "without libargon2: told before a password is asked for")


# --- Proton Authenticator ---------------------------------------------------
ENTRIES = [
    (URI, "Totp", "b"), ("steam://" + base32(SEED), "Steam", "Valve"),
    (f"otpauth://totp/o?secret={base32(OTHER)}&algorithm=SHA256&digits=8"
     "&period=15", "Totp", "o"),
]
PROTON_WANT = [
    (1, OK, "", account("A", "b")),
    (2, UNSUPPORTED, STEAM,
     Account("", "Valve", b"", 0, 0, 0, 0, 0)),
    (3, OK, "", account("", "o", OTHER, hash=2, digits=8, period=15)),
]


def items(file, *passwords):
    return [(i.place, i.status, i.fault, i.account)
            for i in read(json.dumps(file), *passwords).items]


def proton():
    plain = codec.proton(ENTRIES)
    points.equal(items(plain), PROTON_WANT, "Proton Authenticator, plain")
    for password in (PASSWORD, ODD):
        points.equal(items(codec.proton_sealed(plain, password), password),
                     PROTON_WANT, f"Proton Authenticator, under {password}")
    file = codec.proton_sealed(plain)
    wrong_passwords("Proton Authenticator export", json.dumps(file), PASSWORD)
    for at in (0, 20, len(file["content"]) - 4):
        refused(f"Proton: symbol {at} changed",
                changed(file, "content", flip(file["content"], at)), NOBODY,
                passwords=[PASSWORD])
    for name, value in [("salt", "AAAA"), ("salt", 5), ("content", "AAAA"),
                        ("content", "!"), ("content", 5)]:
        refused(f"Proton: {name} is {value}", changed(file, name, value),
                SYNTAX, "Proton")
    for what, newer in [("plain", codec.proton(ENTRIES, 2)),
                        ("encrypted", codec.proton_sealed(plain, version=2))]:
        refused(f"Proton: a newer {what} export", newer, VERSION, "Proton",
                "version 2")
    points.equal(len(read(json.dumps({**plain, "version": None})).items),
                 len(ENTRIES), "Proton: without a version it is read for its "
                 "URIs, as any JSON")
    refused("Proton: a version that is none", {**plain, "version": "1"},
            UNSUPPORTED, "Proton")
    refused("Proton: what is inside is no export",
            codec.proton_sealed([]), UNSUPPORTED, "Proton",
            passwords=[PASSWORD])
    points.equal(items({"version": 1, "entries": [
        {"content": {"uri": URI}}, {"content": 5}, {"content": {"uri": 5}},
        5]})[1:], [(n, SYNTAX, "it is malformed",
                    Account("", "", b"", 0, 0, 0, 0, 0)) for n in (2, 3, 4)],
                 "Proton: entries that are none")


# --- Ente Auth --------------------------------------------------------------
def ente():
    text = f"{URI}\n\notpauth://totp/C:d?secret={base32(OTHER)}"
    want = [account("A", "b"), account("C", "d", OTHER)]
    for password, kib, passes in [(PASSWORD, 8, 1), (PASSWORD, 64 << 10, 2),
                                  (ODD, 4099, 5), (PASSWORD, 1 << 20, 1)]:
        points.equal(accounts(codec.ente(text, password, kib, passes),
                              password), want,
                     f"Ente Auth, {kib} KiB, {passes} passes")
    points.equal(accounts(codec.ente(text, tag=0), PASSWORD), want,
                 "Ente Auth, as older ones have the tag of the message")
    bad = [n for n in range(17) if accounts(
        codec.ente(URI + "\n" * n), PASSWORD) != want[:1]]
    points.equal(bad, [], "Ente Auth, texts of all lengths modulo a block")
    file = codec.ente(text)
    wrong_passwords("Ente Auth export", json.dumps(file), PASSWORD)
    for name in ("encryptedData", "encryptionNonce"):
        for at in (0, 20, len(file[name]) - 5):
            refused(f"Ente: symbol {at} of {name} changed",
                    changed(file, name, flip(file[name], at)), WRONG_KEY,
                    "Ente Auth", passwords=[PASSWORD] * 3)
        for value in (5, "!", ""):
            refused(f"Ente: {name} is {value!r}", changed(file, name, value),
                    WRONG_KEY if value == "" and name == "encryptedData"
                    else SYNTAX, "Ente Auth", passwords=[PASSWORD] * 3)
    refused("Ente: a newer export", codec.ente(text, version=2), VERSION,
            "Ente Auth", "version 2")
    kdf = file["kdfParams"]
    for what, bent, status in [
        ("4 GiB", {"memLimit": 4 << 30}, UNSUPPORTED),
        ("2^63 bytes", {"memLimit": 1 << 63}, SYNTAX),
        ("no memory", {"memLimit": 0}, SYNTAX),
        ("no passes", {"opsLimit": 0}, SYNTAX),
        ("much work", {"memLimit": 1 << 30, "opsLimit": 11}, UNSUPPORTED),
        ("a salt of 7 bytes", {"salt": "AAAAAAAAAA=="}, SYNTAX),
        ("no salt", {"salt": None}, SYNTAX),
    ]:
        refused(f"Ente: {what}", changed(file, "kdfParams", {**kdf, **bent}),
                status, "Ente Auth")
    refused("Ente: prose inside", codec.ente("hello"), SYNTAX, "line 1",
            passwords=[PASSWORD])
    refused("Ente: nothing inside", codec.ente(""), SYNTAX, "no accounts",
            passwords=[PASSWORD])


# --- Stratum ----------------------------------------------------------------
def stratum():
    make = codec.authenticator
    plain = codec.stratum([
        make("A", "b", SEED), make("Alone", None, OTHER, Algorithm=2, Digits=8,
                                   Period=60),
        make("C", "h", SEED, 1, Counter=7), make("M", "m", SEED, 3),
        make("S", "s", SEED, 4, Digits=5), make("Y", "y", SEED, 5),
        make("N", "n", SEED, 6), make("N", "n", SEED, Algorithm=3),
        make("T", "t", SEED, Digits=10)], bytes(1 << 20))
    want = [account("A", "b"),
            account("", "Alone", OTHER, hash=3, digits=8, period=60),
            account("C", "h", type=HOTP, period=0, counter=7)]

    def shown(reading):
        return ([i.account for i in reading.items[:3]], [
            (i.status, i.fault, i.account.issuer) for i in reading.items[3:]])

    left = [(UNSUPPORTED, *rest) for rest in [
        ("it makes mOTP codes", "M"), ("it makes codes of Steam's kind", "S"),
        ("it makes codes of Yandex's kind", "Y"),
        ("its type is unknown", "N"), ("its hash is unknown", "N"),
        ("its codes have not 6 to 8 digits", "T")]]
    points.equal(shown(read(json.dumps(plain))), (want, left),
                 "Stratum, plain, with an icon")
    for make_file in (codec.stratum_sealed, codec.stratum_old):
        what = make_file.__name__
        for password in (PASSWORD, ODD)[:2 if make_file is codec.stratum_old
                                     else 1]:
            points.equal(shown(read(make_file(plain, password), password)),
                         (want, left), f"Stratum, {what}, {password}")
        file = make_file(plain)
        wrong_passwords("Stratum backup", file, PASSWORD)
        for at in (20, 35, len(file) - 1):
            bent = file[:at] + bytes([file[at] ^ 1]) + file[at + 1:]
            refused(f"Stratum: byte {at} of {what} changed", bent, NOBODY,
                    passwords=[PASSWORD])
        for at in (16, 40, 59):
            refused(f"Stratum: {at} bytes of {what}", file[:at], SYNTAX,
                    "Stratum", "cut short")
        refused(f"Stratum: {what} that holds something else", make_file({"x": 1}),
                UNSUPPORTED, "Stratum", passwords=[PASSWORD])
    # Found by trying: the padding of AES-CBC fits under this one, too.
    reading = read(codec.stratum_old(codec.stratum([make("A", "b", SEED)])),
                   "wrong 508", PASSWORD)
    points.equal((len(reading.items), reading.asked, reading.wrong), (1, 2, 1),
                 "Stratum: a wrong password whose padding is right")


bitwarden_plain()
bitwarden_sealed()
bitwarden_costs()
proton()
ente()
stratum()
without_argon2()
points.done()
