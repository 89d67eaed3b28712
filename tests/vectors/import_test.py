#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# slow
"""fob reads other authenticators' exports: published Google Authenticator
exports with their published answers, and Google and Aegis exports made here
by other code than fob's, after the formats' descriptions."""
import base64
import copy
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import import_support as support  # noqa: E402
from import_support import (  # noqa: E402
    Account, DAMAGED, DUPLICATE, NOBODY, OK, SYNTAX, TOO_LONG, TOO_SHORT,
    UNSUPPORTED, VERSION, WRONG_KEY, read)

RANDOM = random.Random(20260301)
HOTP, TOTP = 1, 2
SEED = bytes(range(1, 21))
NO_TEXT = "its name or issuer holds a control character, or is not UTF-8"
BROKEN = "its secret is missing or broken"
MASTER = bytes(range(100, 132))
PI = bytes.fromhex("faa505e933a0d12e90beea96c8c10836")
# Exports that decoders publish as their examples, with what they decode to.
PUBLISHED = [
    ("CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC",
     Account("Example", "alice@google.com", b"Hello!\xde\xad\xbe\xef", TOTP, 1,
             6, 30, 0)),
    ("CjUKEPqlBekzoNEukL7qlsjBCDYSDnBpQHJhc3BiZXJyeXBpGgtyYXNwYmVycnlwaSABKAEw"
     "AhABGAEgACjr4JKK%2B%2F%2F%2F%2F%2F8B",
     Account("raspberrypi", "pi@raspberrypi", PI, TOTP, 1, 6, 30, 0)),
    ("CigKEPqlBekzoNEukL7qlsjBCDYSDnBpQHJhc3BiZXJyeXBpIAEoATACEAEYASAAKLzjp5n4"
     "%2F%2F%2F%2F%2FwE%3D",
     Account("", "pi@raspberrypi", PI, TOTP, 1, 6, 30, 0)),
    ("CiMKCskCjMDVZlPV3OQSD015IFRlc3QgQWNjb3VudCABKAEwAhAB",
     Account("", "My Test Account",
             base64.b32decode("ZEBIZQGVMZJ5LXHE"), TOTP, 1, 6, 30, 0)),
]

points = support.Points()


def accounts(reading):
    return [item.account for item in reading.items]


def outcome(reading):
    return len(reading.items), reading.status


def refused(what, file, status, *words):
    """The file as a whole is refused, and the text says these words."""
    reading = read(file)
    points.equal((outcome(reading), [w for w in words
                                     if w not in reading.text]),
                 ((0, status), []), what)


# --- Google Authenticator ---------------------------------------------------
def published():
    for text, account in PUBLISHED:
        uri = "otpauth-migration://offline?data=" + text
        points.equal(accounts(read(uri)), [account],
                     f"published export of {account.label}")
    lines = "".join("otpauth-migration://offline?data=" + text + "\r\n"
                    for text, _ in PUBLISHED)
    points.equal(accounts(read(lines)), [a for _, a in PUBLISHED],
                 "all of them in one file")


def random_account():
    kind = RANDOM.choice([HOTP, TOTP])
    name = "".join(RANDOM.choice("abcXYZ 09.@-é漢") for _ in range(12)).strip()
    return Account(RANDOM.choice(["", "Issuer", "Zürich & Co"]), name or "x",
                   RANDOM.randbytes(RANDOM.randint(10, 128)), kind,
                   RANDOM.randint(1, 3), RANDOM.choice([6, 8]),
                   30 if kind == TOTP else 0,
                   RANDOM.getrandbits(RANDOM.randint(1, 63))
                   if kind == HOTP else 0)


def as_parameters(account):
    return support.parameters(
        account.secret, account.label, account.issuer, account.hash,
        2 if account.digits == 8 else RANDOM.choice([0, 1]), account.type,
        account.counter)


def encodings(payload):
    """The same payload in the ways that apps and people write it."""
    text = base64.b64encode(payload).decode()
    url_safe = base64.urlsafe_b64encode(payload).decode()
    head = "otpauth-migration://offline?data="
    return [support.migration(payload), head + text, head + text.rstrip("="),
            head + url_safe, head + url_safe.rstrip("="),
            "OTPAUTH-MIGRATION://offline/?x=y&data=" + text + "#z",
            "".join(f"%{ord(c):02x}" for c in text).join([head, "\t"])]


def random_exports():
    differences = []
    for _ in range(40):
        want = [random_account() for _ in range(RANDOM.randint(1, 12))]
        parts = RANDOM.randint(1, 5)
        batch_id = RANDOM.randint(-1 << 31, (1 << 31) - 1)
        lines = []
        for part in range(parts):
            payload = b"".join(map(as_parameters, want[part::parts]))
            payload += support.batch(parts, part, batch_id)
            lines.append((RANDOM.choice(encodings(payload)),
                          want[part::parts]))
        RANDOM.shuffle(lines)
        got = read("\n\n".join(line for line, _ in lines))
        if accounts(got) != [a for _, held in lines for a in held]:
            differences.append((got, want))
    points.equal(differences, [], "40 random exports of up to 5 codes each, "
                 "in any order and encoding")


def batches():
    def code(size, index, batch_id, name=None):
        return support.migration(
            support.parameters(SEED, name or f"{batch_id}-{index}")
            + support.batch(size, index, batch_id))

    points.equal([a.label for a in accounts(read("\n".join(
        [code(2, 1, 7), code(3, 0, 9), code(2, 0, 7), code(3, 2, 9),
         code(2, 1, 7), code(3, 1, 9)])))],
        ["7-1", "9-0", "7-0", "9-2", "9-1"],
        "two whole exports, one code twice")
    points.equal(outcome(read("\n".join([code(1, 0, 0, "a"),
                                         code(1, 0, 0, "b")]))),
                 (2, OK), "exports of one code that share an id")
    refused("one of three codes is missing",
            "\n".join([code(3, 2, 5), code(3, 0, 5)]), TOO_SHORT,
            "code 2 of the export's 3")
    refused("of mixed exports it is told whose code is missing",
            "\n".join(["# mine", code(2, 0, 5), code(2, 1, 6), code(2, 1, 5)]),
            TOO_SHORT, "line 3 is code 2", "code 1 of the export's 2")
    refused("two codes that are the same part",
            "\n".join([code(2, 0, 5), "", code(2, 0, 5, "other")]), DUPLICATE,
            "line 3", "line 1", "code 1 of 2")
    several_files(code)
    refused("an index beyond the size", code(2, 2, 5), SYNTAX, "line 1")
    refused("a negative size", code(-1, 0, 5), SYNTAX, "line 1")
    refused("an endless export", code((1 << 31) - 1, 0, 5), TOO_SHORT)


def several_files(code):
    """An export over several pictures, with other files among them."""
    names = ["3.png", "list.txt", "1.png", "2.png", "again.png"]
    texts = [code(3, 2, 5), "\n" + code(1, 0, 0, "x"), code(3, 0, 5),
             "\n" + code(3, 1, 5), code(3, 2, 5)]
    files = list(zip(names, texts))
    got = support.read_files(files)
    points.equal([(i.account.label, i.unit, i.place, i.file)
                  for i in got.items],
                 [("5-2", "code", 1, "3.png"), ("x", "line", 2, "list.txt"),
                  ("5-0", "code", 1, "1.png"), ("5-1", "code", 2, "2.png")],
                 "three pictures in any order, one twice, and a list")
    points.equal((got.status, got.text), (OK, ""), "are whole")
    for what, given, status, text in [
        ("one picture is missing", files[:3], TOO_SHORT,
         "code 2 of the export's 3 is missing; 3.png is code 3, 1.png is code "
         "1"),
        ("another code for the same part",
         [files[0], ("other.txt", "\n" + code(3, 2, 5, "o"))], DUPLICATE,
         "other.txt: line 2 is another code than 3.png, but both say that "
         "they are code 3 of 3 of one export"),
        ("a file that holds nothing", files[1:2] + [("no.txt", "# none\n")],
         SYNTAX, "no.txt: the file holds no accounts"),
    ]:
        got = support.read_files(given)
        points.equal((got.items, got.status, got.text), ([], status, text),
                     what)
    got = support.read_files(files[:3], "--force")
    points.equal([(i.status, i.account.label, i.fault) for i in got.items],
                 [(OK, "5-2", ""), (OK, "x", ""), (OK, "5-0", ""),
                  (DAMAGED, "", "code 2 of the export's 3 is missing; 3.png "
                   "is code 3, 1.png is code 1")],
                 "by force the others are taken, and it is told")


def odd_parameters():
    def fault(payload):
        reading = read(support.migration(payload))
        return [(i.status, i.fault, i.account.label) for i in reading.items]

    make = support.parameters
    for what, payload, want in [
        ("MD5", make(SEED, "a", algorithm=4),
         (UNSUPPORTED, "its hash is MD5", "a")),
        ("a hash to come", make(SEED, "a", algorithm=5),
         (UNSUPPORTED, "its hash is unknown", "a")),
        ("a negative hash", make(SEED, "a", algorithm=-1),
         (UNSUPPORTED, "its hash is unknown", "a")),
        ("digits to come", make(SEED, "a", digits=3),
         (UNSUPPORTED, "its number of digits is unknown", "a")),
        ("a type to come", make(SEED, "a", kind=3),
         (UNSUPPORTED, "it is neither TOTP nor HOTP", "a")),
        ("a negative counter", make(SEED, "a", kind=1, counter=-1),
         (UNSUPPORTED, "its counter is negative", "a")),
        ("a weak secret", make(SEED[:9], "a"),
         (TOO_SHORT, "its secret is shorter than 80 bits", "a")),
        ("a secret of 129 bytes", make(bytes(129), "a"),
         (TOO_LONG, "its secret is longer than 128 bytes", "a")),
        ("a secret of 1000 bytes", make(bytes(1000), "a"),
         (TOO_LONG, "its secret is longer than 128 bytes", "a")),
        ("no secret", make(b"", "a"), (SYNTAX, "it has no secret", "a")),
        ("no name", make(SEED, ""), (SYNTAX, "it has no name", "")),
        ("a name of 129 bytes", make(SEED, "a" * 129),
         (TOO_LONG, "its name is longer than 128 bytes", "")),
        ("an issuer of 129 bytes", make(SEED, "a", "b" * 129),
         (TOO_LONG, "its issuer is longer than 128 bytes", "a")),
        ("a name with an escape", make(SEED, "\x1b[2J"),
         (SYNTAX, NO_TEXT, "")),
        ("a name that is no UTF-8", make(SEED, b"\xff"),
         (SYNTAX, NO_TEXT, "")),
        ("a secret twice", support.data(1, support.data(1, SEED) * 2),
         (DUPLICATE, "it says something twice", "")),
        ("a secret as a number", support.data(1, support.number(1, 5)),
         (SYNTAX, "it is malformed", "")),
        ("a type as bytes", support.data(1, support.data(6, b"\2")),
         (SYNTAX, "it is malformed", "")),
        ("an account cut short", support.data(1, support.data(1, SEED)[:-1]),
         (SYNTAX, "it is malformed", "")),
    ]:
        points.equal(fault(payload), [want], what)


def names():
    for name, issuer, want in [
        ("b", "A", ("A", "b")), ("A:b", "A", ("A", "b")),
        ("A: b ", "", ("A", "b")), ("C:b", "A", ("A", "b")),
        ("a:b:c", "", ("a", "b:c")), ("A:", "", ("", "A:")),
        (":b", "A", ("A", "b")), ("", "A", ("", "A")),
        ("128 " + "é" * 62, "x" * 128, ("x" * 128, "128 " + "é" * 62)),
    ]:
        got = accounts(read(support.migration(
            support.parameters(SEED, name, issuer))))
        points.equal([(a.issuer, a.label) for a in got], [want],
                     f"a name {name[:9]!r} with the issuer {issuer[:9]!r}")


def unknown_fields():
    unknown = (support.number(99, 1 << 63) + support.data(98, b"new")
               + support.varint(97 << 3 | 1) + bytes(8)
               + support.varint(96 << 3 | 5) + bytes(4))
    inner = support.parameters(SEED, "a")
    inner = support.data(1, unknown + inner[2:] + unknown)
    points.equal(accounts(read(support.migration(unknown + inner + unknown))),
                 [Account("", "a", SEED, TOTP, 1, 6, 30, 0)],
                 "unknown fields are passed over by their wire types")


def type_not_said():
    made = support.parameters(SEED, "a", kind=0)
    points.equal(accounts(read(support.migration(made))),
                 [Account("", "a", SEED, TOTP, 1, 6, 30, 0)],
                 "a type that is not said is TOTP")


def broken_payloads():
    good = support.parameters(SEED, "a") + support.batch(1, 0, -5)
    for what, payload in [
        ("a group", support.varint(9 << 3 | 3)),
        ("wire type 7", support.varint(9 << 3 | 7)),
        ("field 0", support.number(0, 1)),
        ("an endless varint", b"\x10" + b"\x80" * 11 + b"\x01"),
        ("a varint of 65 bits", b"\x10" + b"\xff" * 9 + b"\x02"),
        ("an account as a number", support.number(1, 5)),
        ("a batch size as bytes", support.data(3, b"\1")),
        ("a batch size twice", support.number(3, 1) * 2),
        ("a length of 2^64 - 1", b"\x0a" + support.varint(-1)),
    ]:
        refused(what, support.migration(payload), SYNTAX, "line 1")
    statuses = {outcome(read("# x\n" + support.migration(good[:cut])))
                for cut in range(1, len(good))}
    # It may be cut between two fields.
    points.equal(statuses, {(0, SYNTAX), (1, OK)}, "cut anywhere")
    text = base64.b64encode(good).decode().rstrip("=")
    for what, uri in [
        ("no data", "otpauth-migration://offline?date=" + text),
        ("data twice", f"otpauth-migration://offline?data={text}&data={text}"),
        ("another host", "otpauth-migration://online?data=" + text),
        ("a foreign symbol", "otpauth-migration://offline?data=!" + text[1:]),
        ("a broken escape", "otpauth-migration://offline?data=" + text + "%2"),
        ("padding inside", "otpauth-migration://offline?data==" + text),
        ("too much padding", "otpauth-migration://offline?data=AAAA="),
        ("a lone symbol", "otpauth-migration://offline?data=AAAAA"),
        ("unused bits", "otpauth-migration://offline?data=AAAAAB"),
    ]:
        refused(what, uri, SYNTAX, "line 1")


# --- Aegis ------------------------------------------------------------------
ENTRIES = [
    (support.entry("Ada", "Amazon Web Services", SEED, period=30),
     Account("Amazon Web Services", "Ada", SEED, TOTP, 1, 6, 30, 0)),
    (support.entry("Bé/漢\U0001f511", "", SEED, algo="SHA256", digits=7,
                   period=20),
     Account("", "Bé/漢\U0001f511", SEED, TOTP, 2, 7, 20, 0)),
    (support.entry("", "Lone Issuer", SEED * 2, algo="SHA512", digits=8,
                   period=86400),
     Account("", "Lone Issuer", SEED * 2, TOTP, 3, 8, 86400, 0)),
    (support.entry("Cy", "A:B", SEED, "hotp", counter=(1 << 63) - 1),
     Account("A:B", "Cy", SEED, HOTP, 1, 6, 0, (1 << 63) - 1)),
]


def aegis_plain():
    vault = support.plain([e for e, _ in ENTRIES])
    want = [a for _, a in ENTRIES]
    for what, text in [
        ("as Aegis writes it", support.dump(vault)),
        ("on one line", json.dumps(vault, separators=(",", ":"))),
        ("with a byte order mark", "\ufeff" + json.dumps(vault)),
        ("in bare UTF-8", json.dumps(vault, ensure_ascii=False)),
        ("of version 1", json.dumps(support.plain([e for e, _ in ENTRIES],
                                                  version=1))),
        ("without a header", json.dumps({k: v for k, v in vault.items()
                                         if k != "header"})),
    ]:
        points.equal(accounts(read(text)), want, "a plain vault " + what)


def aegis_odd_entries():
    make = support.entry
    pin = {"pin": "1234"}
    for what, entry, status, fault in [
        ("steam", make("a", "", SEED, "steam", digits=5, period=30),
         UNSUPPORTED, "it makes codes of Steam's kind"),
        ("motp", make("a", "", SEED, "motp", **pin), UNSUPPORTED,
         "it makes mOTP codes"),
        ("yandex", make("a", "", SEED, "yandex", **pin), UNSUPPORTED,
         "it makes codes of Yandex's kind"),
        ("a type to come", make("a", "", SEED, "x" * 100), UNSUPPORTED,
         "its type is unknown"),
        ("MD5", make("a", "", SEED, algo="MD5", period=30), UNSUPPORTED,
         "its hash is MD5"),
        ("5 digits", make("a", "", SEED, digits=5, period=30), UNSUPPORTED,
         "its codes have not 6 to 8 digits"),
        ("9 digits", make("a", "", SEED, digits=9, period=30), UNSUPPORTED,
         "its codes have not 6 to 8 digits"),
        ("6.0 digits", make("a", "", SEED, digits=6.0, period=30),
         UNSUPPORTED, "its codes have not 6 to 8 digits"),
        ("no period", make("a", "", SEED), UNSUPPORTED,
         "its period is not from a second to a day"),
        ("period 0", make("a", "", SEED, period=0), UNSUPPORTED,
         "its period is not from a second to a day"),
        ("a negative counter", make("a", "", SEED, "hotp", counter=-1),
         UNSUPPORTED, "its counter is no number"),
        ("a weak secret", make("a", "", SEED[:9], period=30), TOO_SHORT,
         "its secret is shorter than 80 bits"),
        ("no base32", make("a", "", SEED, period=30, secret="1" * 32), SYNTAX,
         "character 1 of its secret is 0, 1, 8 or 9, which base32 has not"),
        ("a secret that is no text", make("a", "", SEED, period=30, secret=1),
         SYNTAX, BROKEN),
        ("a long secret", make("a", "", SEED, period=30, secret="A" * 2000),
         TOO_LONG, "its secret is longer than 128 bytes"),
        ("no names", make("", "", SEED, period=30), SYNTAX, "it has no name"),
        ("a long name", make("a" * 129, "", SEED, period=30), TOO_LONG,
         "its name is longer than 128 bytes"),
        ("a longer one", make("a" * 192, "", SEED, period=30), TOO_LONG,
         "its name is longer than 128 bytes"),
        ("a longer issuer", make("a", "b" * 192, SEED, period=30), TOO_LONG,
         "its issuer is longer than 128 bytes"),
        ("a control character", make("a\u0007", "", SEED, period=30), SYNTAX,
         NO_TEXT),
        ("an entry that is none", 5, SYNTAX, "it is malformed"),
        ("an entry without info", {"type": "totp", "name": "a"}, SYNTAX,
         BROKEN),
    ]:
        good = support.entry("good", "", SEED, period=30)
        reading = read(json.dumps(support.plain([entry, good])))
        points.equal([(i.place, i.status, i.fault) for i in reading.items],
                     [(1, status, fault), (2, OK, "")],
                     f"{what}, and a good one after it")


def aegis_strange_files():
    vault = support.plain([support.entry("a", "", SEED, period=30)])
    db = vault["db"]
    for what, file, status, *words in [
        ("other JSON", {"services": []}, UNSUPPORTED, "of no app"),
        ("a file of version 2", {**vault, "version": 2}, VERSION, "Aegis",
         "version 2"),
        ("a file of version 1e0", json.dumps(vault).replace(
            '"version": 1', '"version": 1e0'), UNSUPPORTED),
        ("contents of version 4", {**vault, "db": {**db, "version": 4}},
         VERSION, "Aegis", "version 4"),
        ("entries that are none", {**vault, "db": {**db, "entries": {}}},
         UNSUPPORTED, "the Aegis vault is of no shape"),
        ("no entries", {**vault, "db": {**db, "entries": []}}, SYNTAX,
         "no accounts"),
        ("db twice", json.dumps(vault)[:-1] + ', "\\u0064b": {}}',
         UNSUPPORTED),
        ("20001 entries", support.plain([5] * 20001), TOO_LONG, "20000"),
        ("broken JSON", json.dumps(vault, indent=1)[:-2], SYNTAX, "JSON"),
        ("JSON and more", json.dumps(vault) + "\n\n x", SYNTAX, "line 3"),
        ("33 levels", '{"x":' * 33 + "1" + "}" * 33, SYNTAX, "line 1"),
        ("1000 KiB of brackets", '{"x":' + "[" * (1000 * 1024 - 5), SYNTAX),
        ("more than 64 MiB", b"{" * (64 * 1024 * 1024 + 1), TOO_LONG,
         "64 MiB"),
    ]:
        reading = read(json.dumps(file) if isinstance(file, dict) else file)
        points.equal((reading.status, [w for w in words
                                       if w not in reading.text]),
                     (status, []), what)
    points.equal(read('{"version":1,"db":{"version":1,"entries":[' + "[" * 30
                      + "]" * 30 + "]}}").status, SYNTAX, "33 levels of both")
    points.equal(outcome(read('{"version":1,"db":{"version":1,"entries":['
                              + "[" * 29 + "]" * 29 + "]}}")), (1, OK),
                 "32 levels are read")


def aegis_encrypted():
    entries = [e for e, _ in ENTRIES]
    want = [a for _, a in ENTRIES]
    biometric = {"type": 2, "uuid": "x", "key": MASTER.hex(),
                 "key_params": {"nonce": "00" * 12, "tag": "00" * 16}}
    raw = {**biometric, "type": 0}
    vault = support.encrypted(
        entries, [support.slot(MASTER, "test", n=1 << 15)], MASTER)
    points.equal(read(support.dump(vault), "test"),
                 read(support.dump(vault), "test"), "reads alike twice")
    reading = read(support.dump(vault), "test")
    points.equal((accounts(reading), reading.asked, reading.wrong),
                 (want, 1, 0), "Aegis's own costs, right password")
    for password in ["", "pässwörd 漢", "x" * 200]:
        vault = support.encrypted(
            entries, [biometric, support.slot(MASTER, "other"), raw,
                      support.slot(MASTER, password, r=1, p=3)], MASTER)
        reading = read(support.dump(vault), "no", "no way", password)
        points.equal((accounts(reading), reading.asked, reading.wrong),
                     (want, 3, 2),
                     f"the third password of {len(password)} characters, in "
                     "the second of two password slots")
    points.equal(accounts(read(support.dump(vault), "other")), want,
                 "the first of two password slots")
    reading = read(support.dump(vault), "1", "2", "3", "other")
    points.equal((reading.items, reading.status, reading.asked),
                 ([], WRONG_KEY, 3), "three wrong passwords are enough")
    reading = read(support.dump(vault), "1")
    points.equal((reading.items, reading.status, reading.text, reading.asked),
                 ([], NOBODY, "no password is left", 2),
                 "what the one who is asked answers is passed on")
    refused("slots, none of them for a password",
            support.dump({**vault, "header": {**vault["header"], "slots":
                                              [raw, biometric]}}),
            UNSUPPORTED, "no password slot")


def flip(text, at):
    """Another of the same alphabet, for hexadecimal and base64 alike."""
    return text[:at] + ("1" if text[at] == "0" else "0") + text[at + 1:]


def set_at(vault, path, value):
    vault = copy.deepcopy(vault)
    inner = vault
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return vault


def get_at(vault, path):
    for step in path:
        vault = vault[step]
    return vault


def aegis_damaged():
    vault = support.encrypted([ENTRIES[0][0]], [support.slot(MASTER, "test")],
                              MASTER)
    first = ["header", "slots", 0]
    for path, status in [
        (["db"], DAMAGED), (["header", "params", "nonce"], DAMAGED),
        (["header", "params", "tag"], DAMAGED), (first + ["key"], WRONG_KEY),
        (first + ["salt"], WRONG_KEY),
        (first + ["key_params", "nonce"], WRONG_KEY),
        (first + ["key_params", "tag"], WRONG_KEY),
    ]:
        text = get_at(vault, path)
        for at in (0, len(text) // 2):
            reading = read(support.dump(set_at(vault, path, flip(text, at))),
                           "test", "test", "test")
            points.equal((reading.items, reading.status), ([], status),
                         f"one symbol changed in {path[-1]}")
        # Base64 without its last symbol may still be whole.
        short = "A" if path == ["db"] else text[:-1]
        for value in (short, text[:-1] + "!", None, 5):
            refused(f"no whole {path[-1]}: {str(value)[-5:]}",
                    support.dump(set_at(vault, path, value)),
                    UNSUPPORTED if path == ["db"] and value in (None, 5)
                    else SYNTAX)


def aegis_costs():
    vault = support.encrypted([ENTRIES[0][0]], [support.slot(MASTER, "test")],
                              MASTER)
    first = ["header", "slots", 0]
    for what, costs, status in [
        ("512 MiB", {"n": 1 << 19, "r": 8}, UNSUPPORTED),
        ("r of 2^40", {"r": 1 << 40}, UNSUPPORTED),
        ("n of 2^63", {"n": 1 << 63}, UNSUPPORTED),
        ("much work", {"n": 1 << 18, "r": 1, "p": 16}, UNSUPPORTED),
        ("p of 2^21", {"p": 1 << 21}, UNSUPPORTED),
        ("n of 100 digits", {"n": 10 ** 100}, UNSUPPORTED),
        ("n that is no power of two", {"n": 24}, SYNTAX),
        ("n of 1", {"n": 1}, SYNTAX), ("n of 0", {"n": 0}, SYNTAX),
        ("r of 0", {"r": 0}, SYNTAX), ("p of 0", {"p": 0}, SYNTAX),
        ("negative p", {"p": -1}, SYNTAX),
    ]:
        bent = vault
        for name, value in costs.items():
            bent = set_at(bent, first + [name], value)
        refused(what + " for scrypt", support.dump(bent), status)
    slots = vault["header"]["slots"] * 17
    refused("17 password slots",
            support.dump(set_at(vault, ["header", "slots"], slots)), TOO_LONG)
    dear = set_at(vault, first + ["n"], 1 << 18)["header"]["slots"]
    refused("three slots of the largest costs",
            support.dump(set_at(vault, ["header", "slots"], dear * 3)),
            UNSUPPORTED)
    reading = read(support.dump(set_at(
        vault, ["header", "slots"],
        [support.slot(MASTER, "x", n=1 << 18, r=8)])), "x")
    points.equal(outcome(reading), (1, OK), "the largest costs are paid")


# --- lists ------------------------------------------------------------------
def lists():
    uri = "otpauth://totp/A:b?secret=AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYU"
    hotp = uri.replace("totp", "hotp").replace("A:b", "c") + "&counter=7"
    text = f"\ufeff# all of mine\r\n\r\n  {uri}\t\r\n#\n{hotp}"
    points.equal([(i.place, i.account) for i in read(text).items],
                 [(3, Account("A", "b", SEED, TOTP, 1, 6, 30, 0)),
                  (5, Account("", "c", SEED, HOTP, 1, 6, 0, 7))],
                 "a list with comments, CRLF and no last newline")
    reading = read("\n".join([uri, "otpauth://totp/x?secret=AAAA",
                              "otpauth://steam/x?secret=AAAA", hotp]))
    points.equal([(i.place, i.status) for i in reading.items],
                 [(1, OK), (2, TOO_SHORT), (3, UNSUPPORTED), (4, OK)],
                 "what cannot be used does not stop the rest")
    reading = read(uri.replace("?", "&"))
    points.equal([(i.status, i.account.label) for i in reading.items],
                 [(SYNTAX, "")], "a secret in the name's place is not shown")
    for what, file, *words in [
        ("an empty file", "", "no accounts"),
        ("comments only", "# a\n\n# b\n", "no accounts"),
        ("prose", f"{uri}\n\nhello\n", "line 3"),
    ]:
        refused(what, file, SYNTAX, *words)
    points.equal("AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYU"
                 in read("AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYU").text, False,
                 "what is refused is not shown")
    points.equal(read("\n".join([uri] * 20000)).status, OK, "20000 accounts")
    points.equal(read("\n".join([uri] * 20001)).status, TOO_LONG,
                 "20001 accounts")


published()
random_exports()
batches()
odd_parameters()
names()
unknown_fields()
type_not_said()
broken_payloads()
aegis_plain()
aegis_odd_entries()
aegis_strange_files()
aegis_encrypted()
aegis_damaged()
aegis_costs()
lists()
points.done()
