#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob reads the exports of 2FAS, andOTP, FreeOTP+, Raivo, LastPass
Authenticator and Duo Mobile, made here by other code than fob's
(apps_support.py), and names the files that it cannot read."""
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import apps_support as apps  # noqa: E402
import import_support as support  # noqa: E402
from import_support import (  # noqa: E402
    Account, DUPLICATE, NOBODY, OK, SYNTAX, TOO_LONG, TOO_SHORT, UNSUPPORTED,
    VERSION, WRONG_KEY, read)

RANDOM = random.Random(20261201)
HOTP, TOTP = 1, 2
SEED = bytes(range(1, 21))
KEY = apps.base32(SEED)
PLAIN = Account("AWS", "root@example", SEED, TOTP, 1, 6, 30, 0)
WANT = [PLAIN,
        Account("Zürich & Co", "漢 \"x\"", bytes(range(64)), TOTP, 3, 8, 60, 0),
        Account("Two", "b", bytes(range(200, 232)), TOTP, 2, 7, 90, 0)]
COUNTED = Account("Three", "c", SEED[::-1], HOTP, 2, 6, 0, 7)

points = support.Points()


def dump(value):
    """As Android writes JSON, or as others do."""
    text = json.dumps(value, indent=RANDOM.choice([None, 2]),
                      ensure_ascii=RANDOM.choice([True, False]))
    return RANDOM.choice([text, text.replace("/", "\\/"), "\ufeff" + text])


def accounts(reading):
    return [item.account for item in reading.items]


def faults(reading):
    return [(item.place, item.status, item.fault) for item in reading.items]


def same(what, file, want, *passwords):
    got = read(file if isinstance(file, bytes) else dump(file), *passwords)
    points.equal((got.status, faults(got), accounts(got)),
                 (OK, [(i + 1, OK, "") for i in range(len(want))], want), what)


def refused(what, file, status, *words):
    """Nothing is read, and the text says these words."""
    got = read(file if isinstance(file, (bytes, str)) else dump(file))
    points.equal((got.items, got.status,
                  [w for w in words if w not in got.text]),
                 ([], status, []), what)


def odd(what, make, entry, status, fault, place=1):
    """What is wrong with one is told, and the next is read."""
    got = read(dump(make([entry, PLAIN])))
    points.equal((faults(got)[:1], accounts(got)[1:]),
                 ([(place, status, fault)], [PLAIN]), what)


# --- 2FAS ---------------------------------------------------------------------
def twofas():
    for schema in (1, 2, 3, 4):
        want = WANT + ([COUNTED] if schema > 2 else [])
        services = [apps.twofas_service(a, schema) for a in want]
        same(f"2FAS, schema {schema}", apps.twofas(services, schema), want)
        same(f"2FAS, schema {schema}, encrypted",
             apps.twofas_sealed(services, "pässwörd", schema=schema), want,
             "pässwörd")
    service = apps.twofas_service(PLAIN)
    sealed = dump(apps.twofas_sealed([service], "right"))
    got = read(sealed, "wrong", "", "right")
    points.equal((accounts(got), got.asked, got.wrong), ([PLAIN], 3, 2),
                 "2FAS: the third password")
    got = read(sealed, "1", "2", "3", "right")
    points.equal((got.items, got.status, got.text),
                 ([], WRONG_KEY, "the password does not open the backup of "
                  "2FAS"), "2FAS: three wrong passwords are enough")
    points.equal(read(sealed).status, NOBODY, "2FAS: nobody to ask")
    refused("2FAS: a schema to come is told with its number",
            apps.twofas([service], 5), VERSION, "2FAS", "5", "4")
    refused("2FAS: a schema that is no number",
            {**apps.twofas([service]), "schemaVersion": "x"}, UNSUPPORTED,
            "2FAS")
    refused("2FAS: services that are none",
            {**apps.twofas([]), "services": {}}, UNSUPPORTED, "2FAS")
    refused("2FAS: no services", apps.twofas([]), SYNTAX, "no accounts")
    whole = apps.twofas_sealed([service], "right")
    data, salt, nonce = whole["servicesEncrypted"].split(":")
    for what, text in [
            ("two parts", f"{data}:{salt}"), ("one part", data),
            ("a short nonce", f"{data}:{salt}:{nonce[:-4]}"),
            ("a long nonce", f"{data}:{salt}:{nonce}AAAA"),
            ("no base64", f"{data}:!:{nonce}"),
            ("no room for a tag", f"AAAA:{salt}:{nonce}"),
            ("a salt of 2 KiB", f"{data}:{'A' * 2732}:{nonce}")]:
        refused(f"2FAS: {what}", {**whole, "servicesEncrypted": text}, SYNTAX,
                "2FAS", "malformed")
    refused("2FAS: a number that is to be a text",
            {**whole, "servicesEncrypted": 5}, SYNTAX, "2FAS")


def twofas_names():
    def names(**otp):
        service = apps.twofas_service(PLAIN, **otp)
        service["name"] = "Title"
        return [(a.issuer, a.label)
                for a in accounts(read(dump(apps.twofas([service]))))]

    for what, want, otp in [
            ("an issuer and an account", ("AWS", "root@example"), {}),
            ("no issuer", ("Title", "root@example"), {"issuer": None}),
            ("an empty issuer", ("Title", "root@example"), {"issuer": ""}),
            ("no account", ("AWS", "root@example"),
             {"account": None, "label": "AWS:root@example"}),
            ("neither", ("", "Title"),
             {"issuer": "", "account": "", "label": ""})]:
        points.equal(names(**otp), [want], f"2FAS: {what}")


def twofas_odd():
    def make(entries):
        return apps.twofas([apps.twofas_service(e) if isinstance(e, Account)
                            else e for e in entries])

    good = apps.twofas_service(PLAIN)
    for what, changes, status, fault in [
            ("Steam", {"tokenType": "STEAM", "digits": 5}, UNSUPPORTED,
             "it makes codes of Steam's kind"),
            ("a type to come", {"tokenType": "QOTP"}, UNSUPPORTED,
             "its type is unknown"),
            ("MD5", {"algorithm": "MD5"}, UNSUPPORTED, "its hash is MD5"),
            ("SHA224", {"algorithm": "SHA224"}, UNSUPPORTED,
             "its hash is unknown"),
            ("5 digits", {"digits": 5}, UNSUPPORTED,
             "its codes have not 6 to 8 digits"),
            ("a period of 0", {"period": 0}, UNSUPPORTED,
             "its period is not from a second to a day"),
            ("a counter below 0", {"tokenType": "HOTP", "counter": -1},
             UNSUPPORTED, "its counter is no number")]:
        odd(f"2FAS: {what}", make,
            {**good, "otp": {**good["otp"], **changes}}, status, fault)
    odd("2FAS: no secret", make, {**good, "secret": ""}, SYNTAX,
        "it has no secret")
    odd("2FAS: a weak secret", make, {**good, "secret": "JBSWY3DP"}, TOO_SHORT,
        "its secret is shorter than 80 bits")
    odd("2FAS: a service that is none", make, 5, SYNTAX, "it is malformed")
    got = read(dump(make([{**good, "otp": {}}])))
    points.equal(accounts(got), [Account("", "AWS", SEED, TOTP, 1, 6, 30, 0)],
                 "2FAS: what is not said is as everywhere")


# --- andOTP -------------------------------------------------------------------
def andotp():
    want = WANT + [COUNTED]
    entries = [apps.andotp_entry(a) for a in want]
    same("andOTP, plain", entries, want)
    for rounds in (1000, 4999, 150001):
        same(f"andOTP, encrypted with {rounds} rounds",
             apps.andotp_sealed(entries, "pässwörd", rounds), want, "pässwörd")
    same("andOTP, encrypted as before 0.6.3",
         apps.andotp_sealed_old(entries, "test"), want, "test")
    same("andOTP, as before 0.6.3, with a nonce like rounds",
         apps.andotp_sealed_old(entries, "x", b"\0\0\x13\x88a  nonce"), want,
         "x")
    same("andOTP, encrypted: one entry with nothing but a seed",
         apps.andotp_sealed_old([{"secret": KEY, "label": "a"}], "x"),
         [Account("", "a", SEED, TOTP, 1, 6, 30, 0)], "x")
    same("andOTP, encrypted as before 0.6.3, which begins like JSON",
         apps.andotp_sealed_old(entries, "x", b"{12 by nonce"), want, "x")
    points.equal([i.unit for i in read(
        apps.andotp_sealed(entries[:1], "x"), "x").items], ["entry"],
        "andOTP: a place is an entry")
    for file in (apps.andotp_sealed(entries, "right"),
                 apps.andotp_sealed_old(entries, "right")):
        got = read(file, "no", "no", "no", "right")
        points.equal((got.items, got.status, got.asked, "andOTP" in got.text),
                     ([], WRONG_KEY, 3, True), "andOTP: three wrong passwords")
    got = read(apps.andotp_sealed({"no": "list"}, "x"), "x")
    points.equal((got.status, "andOTP" in got.text), (UNSUPPORTED, True),
                 "andOTP: what is inside is no list")
    got = read(apps.andotp_sealed(entries, "x", 1000001), "x", "x", "x")
    points.equal(got.status, WRONG_KEY,
                 "andOTP: more than 1,000,000 rounds are not made")
    other = apps.andotp_entry(WANT[1])
    other["algo"] = other.pop("algorithm")
    same("the same with OTPClient's word for the hash", [other], [WANT[1]])


def andotp_names():
    def names(**more):
        got = read(dump([apps.andotp_entry(PLAIN, **more)]))
        return [(a.issuer, a.label) for a in accounts(got)]

    for what, want, more in [
            ("both", ("AWS", "me"), {"label": "me"}),
            ("the issuer once more in the label", ("AWS", "me"),
             {"label": "AWS:me"}),
            ("the same with a space", ("AWS", "me"), {"label": "AWS: me"}),
            ("another prefix", ("AWS", "Google:me"), {"label": "Google:me"}),
            ("the issuer and a colon alone", ("AWS", "AWS:"),
             {"label": "AWS:"}),
            ("a dash", ("AWS", "me - you"), {"label": "me - you"})]:
        points.equal(names(**more), [want], f"andOTP: {what}")
    for label, want in [("AWS - me", ("AWS", "me")), ("me", ("", "me")),
                        ("a-b", ("", "a-b")), (" - x", ("", "- x")),
                        ("x - ", ("", "x -"))]:
        entry = apps.andotp_entry(PLAIN, label=label)
        del entry["issuer"]
        points.equal([(a.issuer, a.label)
                      for a in accounts(read(dump([entry])))], [want],
                     f"andOTP: {label!r}, of old, without an issuer")


def andotp_odd():
    def make(entries):
        return [apps.andotp_entry(e) if isinstance(e, Account) else e
                for e in entries]

    good = apps.andotp_entry(PLAIN)
    odd("andOTP: Steam", make, {**good, "type": "STEAM", "digits": 5},
        UNSUPPORTED, "it makes codes of Steam's kind")
    odd("andOTP: a counter that is missing", make, {**good, "type": "HOTP"},
        UNSUPPORTED, "its counter is no number")
    odd("andOTP: no base32", make, {**good, "secret": "ABC1" * 8}, SYNTAX,
        "character 4 of its secret is 0, 1, 8 or 9, which base32 has not")
    odd("andOTP: a long secret", make, {**good, "secret": "A" * 3000}, TOO_LONG,
        "its secret is longer than 128 bytes")
    for size in (129, 191, 192, 5000):
        odd(f"andOTP: a name of {size} bytes", make,
            {**good, "label": "a" * size}, TOO_LONG,
            "its name is longer than 128 bytes")
        odd(f"andOTP: an issuer of {size} bytes", make,
            {**good, "issuer": "a" * size}, TOO_LONG,
            "its issuer is longer than 128 bytes")
    text = dump([good, good])
    got = read(text.replace('"label"', '"secret"', 1))
    points.equal(got.status, UNSUPPORTED, "a member twice is no andOTP's")
    got = read(json.dumps([good]).replace('"digits"', '"label"'))
    points.equal(got.status, UNSUPPORTED, "nor is this")
    got = read(json.dumps([good, good])[:-1]
               + ', {"secret": "A", "label": "x", "label": "y"}]')
    points.equal(faults(got)[2], (3, DUPLICATE, "it says something twice"),
                 "andOTP: a later one that says something twice")


# --- the others -----------------------------------------------------------------
def freeotp():
    want = WANT + [COUNTED]
    same("FreeOTP+", apps.freeotp([apps.freeotp_token(a) for a in want]), want)
    token = apps.freeotp_token(PLAIN)
    same("FreeOTP+: bytes without a sign",
         apps.freeotp([{**token, "secret": list(range(200, 220))}]),
         [PLAIN._replace(secret=bytes(range(200, 220)))])
    for name in ("algo", "digits", "period", "type", "counter"):
        few = dict(token)
        del few[name]
        if name != "algo":
            same(f"FreeOTP+: without {name}", apps.freeotp([few]), [PLAIN])

    def make(entries):
        return apps.freeotp([apps.freeotp_token(e) if isinstance(e, Account)
                             else e for e in entries])

    odd("FreeOTP+: Steam", make,
        {**token, "issuerExt": "Steam", "digits": 5}, UNSUPPORTED,
        "it makes codes of Steam's kind")
    for what, secret in [("-129", [-129] * 20), ("256", [256] * 20),
                         ("a half", [0.5] * 20), ("a text", ["1"] * 20)]:
        odd(f"FreeOTP+: {what} in a secret", make, {**token, "secret": secret},
            SYNTAX, "it is malformed")
    odd("FreeOTP+: 129 bytes", make, {**token, "secret": [1] * 129}, TOO_LONG,
        "its secret is longer than 128 bytes")
    odd("FreeOTP+: no bytes", make, {**token, "secret": []}, SYNTAX,
        "it has no secret")


def freeotp_xml():
    want = WANT + [COUNTED]
    text = apps.freeotp_xml([apps.freeotp_token(a) for a in want])
    got = read(text)
    points.equal((got.status, accounts(got), [i.place for i in got.items]),
                 (OK, want, [3, 4, 5, 6]), "FreeOTP's tokens.xml")
    refused("FreeOTP: cut off", text[:text.index("<string name=\"tokenO")],
            SYNTAX, "FreeOTP", "cut off")
    got = read(text.replace("&quot;algo&quot;", "algo", 1))
    points.equal(faults(got)[:2],
                 [(3, SYNTAX, "it is malformed"), (4, OK, "")],
                 "FreeOTP: what is no JSON is told")
    token = json.dumps(apps.freeotp_token(PLAIN))
    got = read(f"<map>\n<string name='a'>\n<![CDATA[{token}]]></string></map>")
    points.equal((got.status, accounts(got)), (OK, [PLAIN]),
                 "FreeOTP: a token in a CDATA section")
    for what, text in [
            ("a token that a comment cuts", token[:9] + "<!-- x -->"
             + token[9:]),
            ("two in one place", f"{token}<!-- x -->{token}"),
            ("one in the other", f"{token}<string>{token}</string>")]:
        refused(f"FreeOTP: {what}", f"<map><string>{text}</string></map>",
                SYNTAX, "FreeOTP", "broken", "line 1")


def keepass_file(*entries):
    return f"<KeePassFile><Root><Group>{''.join(entries)}</Group></Root>" \
        "</KeePassFile>"


def keepass_entry(inside="", **fields):
    """The values are XML."""
    return "<Entry>" + "".join(
        f"<String><Key>{key.replace('_', ' ')}</Key><Value>{value}</Value>"
        "</String>" for key, value in fields.items()) + inside + "</Entry>"


def keepass():
    other = apps.base32(SEED[::-1])
    named = PLAIN._replace(label="T & t", issuer="")
    reverse = named._replace(secret=SEED[::-1])

    def stands(what, want, *entries):
        got = read(keepass_file(*entries))
        points.equal((got.status, faults(got), accounts(got)),
                     (OK, [(1, OK, "")] * len(want), want), f"KeePass: {what}")

    title = {"Title": "T &amp; t"}
    for what, text in [("a CDATA section", f"<![CDATA[{KEY}]]>"),
                       ("one in white space", f"\n<![CDATA[{KEY}]]>\n"),
                       ("a comment at its begin", f"<!-- x -->{KEY}"),
                       ("a comment at its end", f"{KEY}<!-- x -->\n")]:
        got = read(keepass_file(keepass_entry(**title, otp=text)))
        points.equal((got.status, accounts(got)), (OK, [named]),
                     f"KeePass: {what}")
    stands("a CDATA section's text is as it is",
           [named._replace(label="a &amp; <b>")],
           keepass_entry(Title="<![CDATA[a &amp; <b>]]>", otp=KEY))
    for what, text in [
            ("a comment cuts a secret", f"{KEY[:16]}<!--x-->{KEY[16:]}"),
            ("two secrets in one value", f"{KEY}<!--x-->{other}"),
            ("two of CDATA", f"<![CDATA[{KEY}]]><![CDATA[{other}]]>"),
            ("a tag within a value", f"{KEY}<b>{other}</b>"),
            ("two values", f"{KEY}</Value><Value>{other}"),
            ("CDATA that does not end", f"<![CDATA[{KEY}")]:
        refused(f"KeePass: {what}",
                keepass_file(keepass_entry(**title, otp=text)), SYNTAX,
                "KeePass", "broken", "line 1")
    inner = keepass_entry(**title, otp=KEY)
    refused("KeePass: an entry in an entry",
            keepass_file(keepass_entry(inner, **title, otp=other)), SYNTAX,
            "KeePass", "broken")
    stands("but what was is passed over", [reverse],
           keepass_entry(f"<History>{inner}</History>", **title, otp=other))
    stands("a key and value of no entry's are nothing", [named],
           "<CustomData><Item><Key>a</Key><Value>b</Value></Item><Item><Key>"
           "c</Key><Value>d</Value></Item></CustomData>", inner)
    stands("two fields with two secrets are two", [named, reverse],
           keepass_entry(**title, otp=KEY, TOTP_Seed=other))
    stands("and so are two encodings", [reverse, named],
           keepass_entry(**title, **{"TimeOtp-Secret-Base32": KEY,
                                     "TimeOtp-Secret-Hex": SEED[::-1].hex()}))
    got = read(keepass_file(
        inner.replace("</Entry>", f"{keepass_entry(otp=other)[7:]}"), inner))
    points.equal(faults(got), [(1, DUPLICATE, "it says something twice"),
                               (1, OK, "")], "KeePass: a field twice")


def one_password():
    def export(value):
        return '{"accounts": [{"vaults": [{"items": [%s, %s]}]}]}' % tuple(
            '{"overview": {"title": "T"}, "details": {"sections": [{"fields": '
            '[{"value": %s}]}]}}' % v for v in (value, f'{{"totp": "{KEY}"}}'))

    whole = export(f'{{"totp": "{KEY}"}}')
    said = (SYNTAX, "its secret is missing or broken")
    twice = (DUPLICATE, "it says something twice")
    for what, file, want in [
            ("a number", export('{"totp": 5}'), said),
            ("a list", export('{"totp": []}'), said),
            ("totp twice", export('{"totp": "", "totp": "x"}'), twice),
            ("value twice", export('{}, "value": {}'), twice),
            ("fields twice", whole.replace('{"fields', '{"fields": [], "fields',
                                           1), twice),
            ("sections twice", whole.replace(
                '{"sections', '{"sections": [], "sections', 1), twice),
            ("details twice", whole.replace(
                '"details', '"details": {}, "details', 1), twice)]:
        got = read(file)
        points.equal(([i[1:3] for i in got.items], accounts(got)[0].label),
                     ([want, (OK, "")], "T"), f"1Password: {what}")
    for what, text in [("without fields", '{}, {'),
                       ("with fields that are none", '{"fields": 5}, {')]:
        got = read(whole.replace('[{"fields', f'[{text}"fields'))
        points.equal([i.status for i in got.items], [OK, OK],
                     f"1Password: a section {what}")
    got = read(export(f'{{"totp": 5}}}}, {{"value": {{"totp": "{KEY}"}}'))
    points.equal([i.status for i in got.items], [SYNTAX, OK, OK],
                 "1Password: a good field behind a bad one")


def raivo():
    want = WANT + [COUNTED]
    same("Raivo", [apps.raivo(a) for a in want], want)

    def make(entries):
        return [apps.raivo(e) if isinstance(e, Account) else e
                for e in entries]

    odd("Raivo: a kind to come", make, apps.raivo(PLAIN, kind="OCRA"),
        UNSUPPORTED, "its type is unknown")
    odd("Raivo: six digits in words", make, apps.raivo(PLAIN, digits="six"),
        UNSUPPORTED, "its codes have not 6 to 8 digits")


def lastpass():
    for version in (1, 2, 3):
        same(f"LastPass Authenticator, version {version}",
             apps.lastpass([apps.lastpass_account(a) for a in WANT], version),
             WANT)
    same("LastPass: names as they came",
         apps.lastpass([apps.lastpass_account(PLAIN, issuerName="",
                                              userName="")]),
         [PLAIN._replace(issuer="as it came", label="as it came")])
    whole = apps.lastpass([apps.lastpass_account(a) for a in WANT])
    same("LastPass: a file that does not say its version",
         {"accounts": whole["accounts"]}, WANT)
    refused("LastPass: a version to come is told",
            apps.lastpass([apps.lastpass_account(PLAIN)], 4), VERSION,
            "LastPass Authenticator", "4", "3")


def duo():
    want = [Account("", a.label, a.secret, a.type, 1, 6,
                    30 if a.type == TOTP else 0, a.counter)
            for a in WANT + [COUNTED]]
    same("Duo Mobile", [apps.duo(a) for a in want], want)
    got = read(dump([apps.duo(want[0]),
                     {"name": "Acme", "accountType": "DuoAccount",
                      "otpGenerator": None, "pkey": "x"}]))
    points.equal(faults(got), [(1, OK, ""), (2, SYNTAX, "it has no secret")],
                 "Duo's own account is told")


# --- what fob cannot read -------------------------------------------------------
def zip_of(name):
    return (b"PK\x03\x04" + bytes(22) + len(name).to_bytes(2, "little")
            + bytes(2) + name.encode() + bytes(100))


def foreign():
    for what, file, *words in [
            ("KeePass", bytes.fromhex("03d9a29a67fb4bb5") + bytes(64),
             "KeePass"),
            ("SQLite", b"SQLite format 3\0" + bytes(84), "SQLite",
             "Microsoft Authenticator"),
            ("FreeOTP 2", b"\xac\xed\0\5sr\0\x11java.util.HashMap", "FreeOTP"),
            ("Raivo's archive", zip_of("raivo-otp-export.html"), "Raivo"),
            ("1Password", zip_of("export.attributes"), "1Password"),
            ("Proton Pass", zip_of("Proton Pass/data.json"), "Proton Pass"),
            ("a zip", zip_of("x.txt"), "zip"), ("a short zip", b"PK\3\4",
                                                "zip"),
            ("a zip that ends in its name", zip_of("x" * 90)[:60], "zip"),
            ("gzip", b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
            ("PGP", b"-----BEGIN PGP MESSAGE-----\n\nhQIMA", "OpenPGP"),
            ("age", b"age-encryption.org/v1\n-> X25519", "age"),
            ("UTF-16", "otpauth://totp/a?secret=".encode("utf-16"), "UTF-16"),
            ("Authy's answer", json.dumps({"authenticator_tokens": [
                {"encrypted_seed": "AAAA", "salt": "x", "name": "AWS"}]}),
             "Authy"),
            ("Authy's preferences", "<map><string name=\"com.authy.storage."
             "tokens.authenticator.key\">[]</string></map>", "Authy"),
            ("a tar", bytes(257) + b"ustar\0" + bytes(249), "tar")]:
        refused(f"{what} is named", file, UNSUPPORTED, *words)
    uri = f"otpauth://totp/AWS:root@example?secret={KEY}&issuer=AWS"
    for begin in ("BMW", "BZh9", "MM"):
        got = read(f"{begin}\n{uri}\n")
        points.equal(accounts(got)[-1:], [PLAIN],
                     f"a text that begins with {begin} is read")


twofas()
twofas_names()
twofas_odd()
andotp()
andotp_names()
andotp_odd()
freeotp()
freeotp_xml()
keepass()
one_password()
raivo()
lastpass()
duo()
foreign()
points.done()
