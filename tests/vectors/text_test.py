#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob finds otpauth URIs wherever they stand in a text, and tells what looks
like an account and is none that it can read (text_support.py)."""
import base64
import html
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import apps_support as apps  # noqa: E402
import import_support as support  # noqa: E402
import text_support as texts  # noqa: E402
from import_support import (  # noqa: E402
    Account, OK, SYNTAX, TOO_LONG, TOO_SHORT, UNSUPPORTED, read)
from text_support import row, table, uri  # noqa: E402

RANDOM = random.Random(20261202)
HOTP, TOTP = 1, 2
SEED = bytes(range(1, 21))
KEY = apps.base32(SEED)
A = Account("AWS", "root@example", SEED, TOTP, 1, 6, 30, 0)
B = Account("Zürich & Co", "it's (b), c", bytes(range(64)), TOTP, 3, 8, 60, 0)
PLAIN = f"otpauth://totp/AWS:root@example?secret={KEY}&issuer=AWS"

points = support.Points()


def found(text, *passwords):
    """Places and accounts; what is wrong instead, where something is."""
    return [(i.place, i.account if i.status == OK else i.fault)
            for i in read(text, *passwords).items]


def stands(what, text, want):
    points.equal(found(text), want, what)


def refused(what, file, status, *words):
    got = read(file)
    points.equal((got.items, got.status,
                  [w for w in words if w not in got.text]),
                 ([], status, []), what)


# --- anywhere -----------------------------------------------------------------
def prose():
    for what, text, line in [
            ("behind a word", f"my code: {PLAIN}\n", 1),
            ("in quotes", f'x\n"{PLAIN}"\n', 2),
            ("in single quotes", f"x '{PLAIN}' y", 1),
            ("in brackets", f"x ({PLAIN}) y", 1),
            ("as a Markdown link", f"\n[aws]({PLAIN})", 2),
            ("in angle brackets", f"see <{PLAIN}>.", 1),
            ("in backquotes", f"see `{PLAIN}` there", 1),
            ("before a comma", f"x,{PLAIN},y", 1),
            ("before a semicolon", f"x;{PLAIN};y", 1),
            ("before a bar", f"| aws | {PLAIN} |", 1),
            ("between tabs", f"aws\t{PLAIN}\t2024", 1),
            ("with CRLF", f"aws\r\n{PLAIN}\r\n", 2),
            ("of pass", f"p4ssw0rd\n{PLAIN}\nuser: me\n", 2),
            ("of gopass", f"p\n---\notpauth: {PLAIN}\n", 3),
            ("in an ini file", f"[aws]\nmfa = {PLAIN}\n", 2),
            ("in a shell's line", f"export MFA='{PLAIN}'; x", 1),
            ("in capitals", "x OTPAUTH" + PLAIN[7:], 1)]:
        stands(f"a URI {what}", text, [(line, A)])
    stands("two in a line", f"x {PLAIN} and {PLAIN},{PLAIN}",
           [(1, A)] * 3)
    stands("a label with blanks",
           f"x otpauth://totp/AWS: my own?secret={KEY}&issuer=AWS z",
           [(1, A._replace(label="my own"))])
    stands("a comma, and a parameter behind it",
           f"x otpauth://totp/a?secret={KEY}&issuer=A,B&digits=8,z",
           [(1, Account("A,B", "a", SEED, TOTP, 1, 8, 30, 0))])
    stands("a bracket in a label",
           f"(otpauth://totp/a%20(b)?secret={KEY}&digits=8) c",
           [(1, Account("", "a (b)", SEED, TOTP, 1, 8, 30, 0))])
    stands("an apostrophe in a label",
           f"x otpauth://totp/O'Brien?secret={KEY} z",
           [(1, Account("", "O'Brien", SEED, TOTP, 1, 6, 30, 0))])


def told():
    """Nothing that looks like an account is passed over."""
    half = f"x otpauth://totp/a?secret={KEY[:16]} {KEY[16:]}"
    for what, text in [("", half), (" in lower case", half.lower()),
                       (" behind a name", half.replace("?", "?issuer=b&"))]:
        stands(f"a secret with a blank{what} is not guessed", text,
               [(1, "its secret may go on behind a space")])
    stands("but a note behind it is none",
           f"x otpauth://totp/a?secret={KEY} old one",
           [(1, Account("", "a", SEED, TOTP, 1, 6, 30, 0))])
    stands("a bare secret of pass", f"p\ntotp: {KEY}\n{PLAIN}\n",
           [(2, "it is a secret without an otpauth URI: fob add takes it"),
            (3, A)])
    stands("a URI inside another",
           f"x https://q.example/?u=otpauth%3A%2F%2Ftotp%2Fa {PLAIN}",
           [(1, "it stands in another URI, percent-encoded"), (1, A)])
    for text, want in [
            (f"x steam://{KEY}", "Steam"),
            (f"x motp://a:b?secret={KEY}", "mOTP"),
            (f"x otpauth://yaotp/a?secret={KEY}", "Yandex"),
            ("x otpauth://totp/a", "secret"),
            (f"x otpauth:/totp/a?secret={KEY}", ""),
            ("x otpauth://totp/a?secret=JBSWY3DP", "80 bits")]:
        got = [i.fault for i in read(text).items]
        points.equal((len(got), want in "".join(got)), (1, True),
                     f"told: {text[:20]}")
    stands("games are no accounts", f"x steam://run/440 {PLAIN}", [(1, A)])
    stands("words are no URIs", f"otpauth, xotpauth://totp/a\n{PLAIN}",
           [(2, A)])


def crowds():
    """Each in so many bytes that to look through them again and again would
    take hours."""
    for text in ("motp:// ", f"steam://{KEY} ", "otpauth%3a%2f, ",
                 "otpauth:// ", "otpauth-migration:/ ", "totp: ", "otpauth?",
                 "&a=", "<a/>", "&amp;", '"",', "o ", "<!-- "):
        size = 2 << 20
        for whole in (text * (size // len(text)),
                      f"x,totp\n{text * 99999}", f"<?xml?><x>{text * 99999}",
                      f"otpauth://totp/?secret={text * 99999}"):
            support.read(whole)
    points.equal(True, True, "crowds of what looks like URIs are soon read")


def glued():
    """Two URIs in one line are two accounts, and no seed is a name."""
    b = "otpauth://totp/B?secret=" + apps.base32(bytes(range(30, 50)))
    other = Account("", "B", bytes(range(30, 50)), TOTP, 1, 6, 30, 0)
    for what, between in [("nothing", ""), ("a comma", ","), ("a blank", " "),
                          ("an old Mac's line end", "\r"), ("a bar", "|")]:
        for place, begin in [("in a list", ""), ("in a text", "x\n")]:
            stands(f"two URIs with {what} between {place}",
                   f"{begin}{PLAIN}{between}{b}\n",
                   [(2 if begin else 1, n) for n in (A, other)])
    stands("a URI in another's name",
           f"otpauth://totp/x?secret={KEY}&issuer=otpauth%3A%2F%2Ftotp%2FB",
           [(1, Account("", "x", SEED, TOTP, 1, 6, 30, 0)),
            (1, "it stands in another URI, percent-encoded")])


def nameless():
    """Without a secret in its place, it may be in a name."""
    for text in (f"otpauth://totp/{KEY}?issuer=ACME",
                 f"otpauth://totp/a?issuer={KEY}&sekret=x",
                 f"otpauth://totp/a:{KEY}?secret=&issuer=ACME"):
        for begin in ("", "x "):
            points.equal([(i.account.issuer, i.account.label, i.fault)
                          for i in read(begin + text).items],
                         [("", "", "it has no secret")],
                         f"nothing is named: {begin}{text[:20]}")


def cut():
    """A part of a secret makes codes, too: wrong ones."""
    line = "it may go on in the next line"
    begin = f"Key:\notpauth://totp/AWS:a?secret={KEY[:24]}"
    for what, text in [
            ("", f"\n{KEY[24:]}&issuer=AWS"),
            (" at the end", f"\n{KEY[24:]}\n"),
            (" with CRLF", f"\r\n{KEY[24:]}\r\n"),
            (" of an old Mac", f"\r{KEY[24:]}\r"),
            (" indented", f"\n    {KEY[24:]}'\n"),
            (" quoted", f"\n> {KEY[24:]}\n"),
            (" in a shell", f"\\\n{KEY[24:]}\n"),
            (" before prose", f"\n{KEY[24:]} is it\n"),
            (" before a parameter", "\n&digits=8"),
            (" in a name", "&iss\nuer=AWS&digits=8"),
            (" in a value", "&digits=\n8")]:
        stands(f"a URI that is cut{what}", begin + text, [(2, line)])
    ampersand = "it ends in a &: more of it may be missing"
    behind = "a parameter stands behind it, without a &"
    escape = "a backslash stands in it: more of it may follow"
    printable = ("it is in quoted-printable, as in a mail's source: save the "
                 "mail as text")
    for what, text, want in [
            ("a & at its end", "&\ndigits=8", ampersand),
            ("a & and a blank", "& digits=8", ampersand),
            ("HTML's & at its end", "&amp;", ampersand),
            ("a ; for &", ";digits=8", behind),
            ("a blank for &", " algorithm=SHA256", behind),
            ("Markdown's \\&", "\\&digits=8", escape),
            ("JSON's \\u0026", "\\u0026digits=8", escape)]:
        stands(f"a URI with {what}", begin + text, [(2, want)])
    for sign in ("&", "&amp;"):
        stands(f"{sign} at the end of a list's line", f"{PLAIN}{sign}\n",
               [(1, ampersand)])
    for place in ("", "x "):
        mail = PLAIN.replace("=", "=3D")
        for what, text in [("", mail), (" with a soft end", mail[:50] + "=\n"),
                           (", a secret alone", mail.split("&")[0])]:
            if place or "\n" not in text:
                stands(f"quoted-printable{what} {place}", place + text,
                       [(1, printable)])
    eight = A._replace(digits=8)
    for sign in ("&amp;", "&amp;amp;", "&amp;amp;amp;", "&#38;", "&#038;"):
        for place in ("", "x "):
            stands(f"{sign} for & {place}", f"{place}{PLAIN}{sign}digits=8",
                   [(1, eight)])
    for what, text in [
            ("a name", f"x {PLAIN}\nuser: me\n"),
            ("another URI", f"x {PLAIN}\nhttps://x.example/?a=1&step=2\n"),
            ("another", f"x {PLAIN.split('&')[0]}\nAWS is what it is for\n"),
            ("a backslash", f"x {PLAIN}\\n")]:
        points.equal([i.fault for i in read(text).items], [""],
                     f"whole before {what}")
    bare = PLAIN.replace("&issuer=AWS", "")
    stands("a sentence's end", f"Mine is {bare}. It works.", [(1, A)])
    stands("a name's end", f'"{PLAIN}.", x',
           [(1, A._replace(issuer="AWS."))])


def parts():
    def code(index, name):
        return support.migration(support.parameters(SEED, name)
                                 + support.batch(2, index, 7))

    both = f'x "{code(0, "a")}"\ny <{code(1, "b")}>\n"{code(0, "a")}"'
    stands("parts of an export, one twice", both,
           [(n, Account("", c, SEED, TOTP, 1, 6, 30, 0))
            for n, c in ((1, "a"), (2, "b"))])
    refused("half an export", f'x "{code(1, "a")}"', TOO_SHORT, "code 1")
    refused("a broken part", "\nx otpauth-migration://offline?data=A\n",
            SYNTAX, "line 2")


def lists():
    refused("a list is one to its end", f"{PLAIN}\n\nhello\n", SYNTAX,
            "line 3")
    refused("one that begins with a comment, too",
            f"# mine\n{PLAIN}\naws {PLAIN}\n", SYNTAX, "line 3")
    got = read(f"{PLAIN}\nhello\n").text
    points.equal(("bare secret" in got, "otpauth://" in got), (False, True),
                 "a word is no secret")
    stands("blanks of any kind are around", f"\u00a0{PLAIN}\u200b\n", [(1, A)])


def not_sealed():
    """Text with control characters is no encrypted backup of andOTP."""
    fox = "\x1b[1mThe quick brown fox jumps over it; 0123456789 ABCDEFG\n"
    stands("a log in colours", fox + PLAIN, [(2, A)])
    stands("a URI behind control characters",
           "".join(map(chr, range(14, 32))) + "".join(map(chr, range(1, 9)))
           + "\x7f\u0100\u0201\u0302\u0403\u0504\n" + PLAIN, [(2, A)])
    for what, text in [("an ESC", fox),
                       ("a NUL", "The quick brown fox\0 jumps over the lazy "
                        "dog; 0123456789 ABC\n")]:
        refused(f"text with {what}", text, UNSUPPORTED, "no kind")


def nothing():
    for what, file, *words in [
            ("prose", "hello\nworld\n", "no kind"),
            ("NULs", b"\0" * 100, "no kind"),
            ("HTML", "<!doctype html><html><p>hello</p></html>", "HTML"),
            ("JSON", '{"some": "thing"}', "JSON", "of no app"),
            ("a bare secret", KEY + "\n", "a secret without a name")]:
        refused(f"{what} without a URI", file, UNSUPPORTED, *words)
    points.equal(KEY in read(KEY).text, False, "a secret is not shown")
    for file in ("", "# a\n\n# b\n"):
        refused("no lines", file, SYNTAX, "no accounts")


# --- HTML, XML, JSON ------------------------------------------------------------
def markup():
    uris = [uri(A), uri(B)]
    stands("Stratum's HTML", texts.stratum_html(uris), [(5, A), (7, B)])
    escaped = html.escape(uri(A))
    for what, text in [
            ("an attribute", f'<p>\n<a href="{escaped}">x</a>'),
            ("one in single quotes", f"<p>\n<a href='{escaped}'>x</a>"),
            ("one without", f"<p>\n<a href={escaped}>x</a>"),
            ("a text", f"<p>\n{escaped}</p>"),
            ("a script", f"<p>\n<script>x = '{uri(A)}'</script>"),
            ("numbers", "<p>\n" + uri(A).replace("&", "&#38;")),
            ("hexadecimals", "<p>\n" + uri(A).replace("&", "&#x26;")),
            ("quotes as entities", f"<p>\n&quot;{escaped}&quot; y</p>"),
            ("all as numbers",
             "<p>\n" + "".join(f"&#{ord(c)};" for c in uri(A)))]:
        want = [] if what == "all as numbers" else [(2, A)]
        stands(f"HTML: {what}", text, want)


def json_anywhere():
    stands("JSON: cotp's list", json.dumps({"items": [uri(A), uri(B)]}),
           [(1, A), (1, B)])
    text = json.dumps({"a": {"b": [1, uri(A)]}, uri(B): None}, indent=1)
    stands("JSON: deep, and as a key", text, [(5, A), (8, B)])
    stands("JSON: escaped slashes", text.replace("/", "\\/"),
           [(5, A), (8, B)])
    stands("JSON: escaped ampersands", text.replace("&", "\\u0026"),
           [(5, A), (8, B)])
    stands("JSON: in a note",
           json.dumps({"n": f'code: "{uri(A)}"\nand\t{uri(B)}\\'}),
           [(1, A), (1, B)])
    stands("JSON: a list of URIs in brackets, which is none",
           f"[aws] {PLAIN}", [(1, A)])


def one_password():
    def item(title, user, *totps):
        fields = [{"title": "one-time password", "id": "TOTP_1",
                   "value": {"totp": value}} for value in totps]
        login = [{"value": user, "id": "", "name": "username",
                  "fieldType": "T", "designation": "username"},
                 {"value": "p", "designation": "password"}]
        return {"uuid": "x", "state": "active",
                "overview": {"title": title, "subtitle": user},
                "details": {"loginFields": login, "notesPlain": "",
                            "sections": [
                                {"title": "", "fields": []},
                                {"title": "", "fields": [
                                    {"value": {"concealed": "x"}}, *fields]}]}}

    def export(*items):
        return json.dumps({"accounts": [
            {"attrs": {}, "vaults": [{"attrs": {}, "items": items}]}]})

    bare = Account("Title", "me", SEED, TOTP, 1, 6, 30, 0)
    stands("1Password: URIs, and secrets by the item's name",
           export(item("Title", "me", uri(A), KEY), item("none", "me"),
                  item("Title", "", KEY.lower()), item("x", "y", "")),
           [(1, A), (1, bare), (3, bare._replace(issuer="", label="Title"))])
    stands("1Password: a URI without a label",
           export(item("Title", "", "otpauth://totp/?secret=" + KEY)),
           [(1, bare._replace(issuer="", label="Title"))])
    stands("1Password: what is wrong",
           export(item("Title", "me", "ABC!"), item("Title", "me", KEY)),
           [(1, "character 4 of its secret is none of base32's A to Z and 2 "
             "to 7"), (2, bare)])
    refused("1Password: no codes", export(item("a", "b")), SYNTAX,
            "no accounts")
    refused("1Password: no items", '{"accounts": [{"vaults": [{}]}]}',
            UNSUPPORTED, "1Password")
    stands("JSON: a bare secret beside URIs is told",
           json.dumps({"a": {"totp": KEY}, "b": uri(A), "c": {"otp": "x"}}),
           [(1, "it is a secret without an otpauth URI: fob add takes it"),
            (1, A)])


# --- CSV ------------------------------------------------------------------------
def managers():
    for name in ("BITWARDEN", "KEEPASSXC", "ONE_PASSWORD", "APPLE",
                 "PROTON_PASS", "LASTPASS"):
        columns = getattr(texts, name)
        codes = next(c.lower().replace("login_", "") for c in columns
                     if c.lower().replace("login_", "") in ("totp", "otpauth"))
        title = "name" if "name" in columns else "title"

        def line(value, **more):
            return row(columns, **{title: "My, \"AWS\"", "username": "me",
                                   codes: value, **more})

        text = table(columns, [
            line(uri(A)), line(""), line(uri(B)), line(KEY.lower()),
            line("otpauth://totp?secret=" + KEY), line(f"steam://{KEY}"),
            line(" ".join(KEY[i:i + 4] for i in range(0, 32, 4))),
            line("not base32!")])
        bare = Account('My, "AWS"', "me", SEED, TOTP, 1, 6, 30, 0)
        got = read(text)
        points.equal([i.account for i in got.items if i.status == OK],
                     [A, B, bare, bare, bare], f"{name}: URIs and secrets")
        points.equal([(i.place, i.account.label, word in i.fault)
                      for i, word in zip([i for i in got.items
                                          if i.status != OK],
                                         ["Steam", "base32"])],
                     [(7, "me", True), (9, "me", True)],
                     f"{name}: what it cannot read is told, with its name")
        points.equal(read(table(columns, [line(uri(A)), line(uri(B))],
                                quoting=1, lineterminator="\n")).items,
                     read(table(columns, [line(uri(A)), line(uri(B))])).items,
                     f"{name}: all quoted, or what has to be")


def csv_shapes():
    columns = ["name", "username", "totp", "notes"]
    a = ["x", "y", uri(A), "one\ntwo \"three\"\n"]
    b = ["", "", uri(B), f"old: {uri(A)}\n{KEY}"]
    for what, dialect in [("", {}), (" with semicolons", {"delimiter": ";"}),
                          (" with tabs", {"delimiter": "\t"})]:
        stands(f"CSV{what}", table(columns, [a, b], **dialect),
               [(2, A), (5, B), (5, A)])
    stands("CSV with a byte order mark, and more fields than names",
           "\ufeff" + table(columns, [a + [uri(B)]]), [(2, A), (4, B)])
    stands("CSV with a name alone", table(["name", "totp"], [["x", KEY]]),
           [(2, Account("", "x", SEED, TOTP, 1, 6, 30, 0))])
    stands("CSV with a user alone", table(["user name", "totp"],
                                          [["x", KEY]]),
           [(2, Account("", "x", SEED, TOTP, 1, 6, 30, 0))])
    got = read(table(["id", "totp"], [["x", KEY], ["y", "JBSWY3DP"]]))
    points.equal([i.status for i in got.items], [SYNTAX, SYNTAX],
                 "CSV without a name for a bare secret is told")
    for what, text in [("is not closed", f'"{KEY}\ny,{KEY}\n'),
                       ("is not closed at the end", f'"{uri(A)}'),
                       ("has text behind it", f'"a"{KEY}\ny,{KEY}\n')]:
        refused(f"CSV: a quote that {what}", f"name,totp\nz,{KEY}\nx,{text}",
                SYNTAX, "quote in line 3")
    stands("CSV: blanks behind a quote", f'name,totp\r\nx,"{uri(A)}" \r\n',
           [(2, A)])
    refused("65 fields in a row", table(columns, [["x"] * 65]), TOO_LONG,
            "64", "CSV")
    stands("CSV without a header that says so",
           table(["x", "y"], [["AWS", uri(A)], ["Z", uri(B)]]),
           [(2, A), (3, B)])


# --- KeePass ----------------------------------------------------------------------
def keepass():
    entries = [
        ({"otp": uri(A)}, A),
        ({"otp": uri(B)}, B),
        ({"otp": f"otpauth://totp?secret={KEY}&digits=8"}, {"digits": 8}),
        ({"otp": f"key={KEY}"}, {}),
        ({"otp": f"key={KEY}%3D&step=60&size=8&otpHashMode=Sha256"},
         {"period": 60, "digits": 8, "hash": 2}),
        ({"otp": KEY}, {}),
        ({"TOTP__Seed": KEY.lower(), "TOTP__Settings": "60;8"},
         {"period": 60, "digits": 8}),
        ({"TOTP__Seed": KEY, "TOTP__Settings": "30;6;https://time.example"},
         {}),
        ({"TOTP__Seed": KEY}, {}),
        ({"TimeOtp_Secret_Base32": KEY}, {}),
        ({"TimeOtp_Secret_Hex": SEED.hex(), "TimeOtp_Length": "8",
          "TimeOtp_Period": "60", "TimeOtp_Algorithm": "HMAC-SHA-512"},
         {"digits": 8, "period": 60, "hash": 3}),
        ({"TimeOtp_Secret_Base64": base64.b64encode(SEED).decode()}, {}),
        ({"TimeOtp_Secret": "<twenty & more> bytes"},
         {"secret": b"<twenty & more> bytes"}),
        ({"HmacOtp_Secret_Base32": KEY, "HmacOtp_Counter": "7"},
         {"type": HOTP, "counter": 7, "period": 0}),
        ({"HmacOtp_Secret_Hex": SEED.hex().upper()},
         {"type": HOTP, "period": 0})]
    named = Account("T & <t>", "me", SEED, TOTP, 1, 6, 30, 0)
    names = {"Title": named.issuer, "UserName": named.label,
             "Password": "p & \"w\""}
    text = texts.keepass([{**names, **values} for values, _ in entries])
    got = read(text)
    points.equal((got.status, [i.fault for i in got.items]),
                 (OK, [""] * len(entries)), "KeePass: all are read")
    for item, (values, want) in zip(got.items, entries):
        want = want if isinstance(want, Account) else named._replace(**want)
        points.equal(item.account, want, f"KeePass: {', '.join(values)}")
    points.equal({i.place for i in got.items}, {3}, "KeePass: with the line")


def keepass_odd():
    def faults(**values):
        return [i.fault for i in read(texts.keepass(
            [{"Title": "x", **values}, {"Title": "y", "otp": uri(A)}])).items]

    for what, values, want in [
            ("Steam", {"TOTP__Seed": KEY, "TOTP__Settings": "30;S"},
             "it makes codes of Steam's kind"),
            ("no number", {"TOTP__Seed": KEY, "TOTP__Settings": "x;6"},
             "its period is not from a second to a day"),
            ("another encoding", {"otp": f"key={KEY}&encoding=hex"},
             "its secret is not in base32"),
            ("no hexadecimal", {"TimeOtp_Secret_Hex": "zz" * 20},
             "its secret is missing or broken"),
            ("an odd one", {"TimeOtp_Secret_Hex": "abc"},
             "its secret is missing or broken"),
            ("a long one", {"TimeOtp_Secret_Hex": "ab" * 129},
             "its secret is longer than 128 bytes"),
            ("no base64", {"TimeOtp_Secret_Base64": "!" * 20},
             "its secret is missing or broken"),
            ("a weak one", {"TimeOtp_Secret": "short"},
             "its secret is shorter than 80 bits")]:
        points.equal(faults(**values), [want, ""], f"KeePass: {what}")
    old = {"Title": "x", "otp": uri(B)}
    stands("KeePass: what was is passed over",
           texts.keepass([{"Title": "x", "otp": uri(A), "history": [old, old]},
                          {"Title": "y", "history": [old]}]), [(3, A)])
    stands("KeePass: what lies in the bin is told",
           texts.keepass([{"otp": uri(A)}], [old]),
           [(3, "it lies in KeePass's recycle bin"), (3, A)])
    whole = texts.keepass([{"Title": "x", "otp": uri(A)}])
    for at in RANDOM.sample(range(whole.index("<Meta"), len(whole) - 2), 20):
        refused(f"KeePass: cut off at {at}", whole[:at], SYNTAX, "KeePass")
    refused("KeePass: a tag of another", whole.replace("</Key>", "</Value>", 1),
            SYNTAX, "KeePass", "line 3")
    refused("KeePass: 65 levels", "<KeePassFile>" + "<x>" * 64, SYNTAX,
            "KeePass")
    refused("KeePass: no codes", texts.keepass([{"Title": "x"}]), SYNTAX,
            "no accounts")
    stands("KeePass: tags that are closed at once, and CDATA",
           whole.replace("<Root>", "<Root><Icon/><![CDATA[<Entry>]]>"),
           [(3, A)])


prose()
told()
glued()
nameless()
cut()
crowds()
parts()
lists()
not_sealed()
nothing()
markup()
json_anywhere()
one_password()
managers()
csv_shapes()
keepass()
keepass_odd()
points.done()
