#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob reads config files as botocore does: the same files are accepted, with
the same values, and the two files merge alike."""
import os
import pathlib
import re
import sys
import tempfile

import botocore.configloader
import botocore.credentials
import botocore.exceptions
import botocore.session

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import config_support as support  # noqa: E402

FILES = 6000
PAIRS = 700
SYNTAX, DUPLICATE, NOT_FOUND = 0x80, 0x86, 0x30
# name, kind, text, and what is in it (None: an error on that line)
CASES = [
    ("a profile", "named", "[profile a]\nk = v\n", {"a": {"k": "v"}}),
    ("quotes and spaces", "named", "[profile \t 'a b']\nk=v\n",
     {"a b": {"k": "v"}}),
    ("[ profile a ]", "named", "[ profile a ]\nk=v\n", {}),
    ("[profilea]", "named", "[profilea]\nk=v\n", {}),
    ("an open quote", "named", "[profile \"a]\nk=v\n", {}),
    ("three words", "named", "[profile a b]\nk=v\n", {}),
    ("default", "named", "[default]\nk=v\n", {"default": {"k": "v"}}),
    ("[profile default] after [default]", "named",
     "[default]\nk=1\nl=1\n[profile default]\nk=2\n", {"default": {"k": "2"}}),
    ("[default] after [profile default]", "named",
     "[profile default]\nk=2\n[default]\nl=1\n", {"default": {"l": "1"}}),
    ("a colon", "named", "[default]\nk: v=w\n", {"default": {"k": "v=w"}}),
    ("case of keys", "named", "[default]\nKeY = V\n", {"default": {"key": "V"}}),
    ("comments", "named", "# c\n[default]\n ; c\nk = v # x\n#k=w\n",
     {"default": {"k": "v # x"}}),
    ("continuation", "named", "[default]\nk = a\n  b\n# c\n\n  d\n\n",
     {"default": {"k": "a\nb\n\nd"}}),
    ("a block", "named", "[default]\ns3 =\n  a = b=c\n  D=\nk=v\n",
     {"default": {"s3": {"a": "b=c", "D": ""}, "k": "v"}}),
    ("a block's lines end where str.splitlines ends them", "named",
     "[default]\ns3 =\n  a = b\x1cc = d\n", {"default": {"s3": {"a": "b",
                                                             "c": "d"}}}),
    ("a backslash in single quotes", "named", "[profile 'a\\\\']\nk=v\n",
     {"a\\\\": {"k": "v"}}),
    ("a block line without =", "named", "[default]\n\ns3 =\n  a: b\n", (3,)),
    ("a key twice", "named", "[default]\nk=1\nK=2\n", (3,)),
    ("a section twice", "named", "[default]\n[profile a]\n[default]\n", (3,)),
    ("a key without value", "named", "[default]\n\nk\n", (3,)),
    ("a value without key", "named", "[default]\n= v\n", (2,)),
    ("a key before any section", "named", "# c\nk=v\n[default]\n", (2,)),
    ("a byte order mark", "named", "\ufeff[default]\nk=v\n", (1,)),
    ("CRLF", "named", "[default]\r\nk = v\r\n", {"default": {"k": "v"}}),
    ("no % interpolation", "named", "[default]\nk = %(x)s\n",
     {"default": {"k": "%(x)s"}}),
    ("an empty value", "named", "[default]\nk =\nl = \n",
     {"default": {"k": "", "l": ""}}),
    ("UTF-8", "named", "[profile é]\nk = ü\n", {"é": {"k": "ü"}}),
    ("[DEFAULT] is lent to all", "named", "[DEFAULT]\nk=1\nl=1\n[profile a]\n"
     "k=2\n", {"a": {"k": "2", "l": "1"}}),
    ("bare names", "bare", "[a b]\nk=v\n[profile a]\nk=w\n",
     {"a b": {"k": "v"}, "profile a": {"k": "w"}}),
    ("an indented header", "named", "[default]\nk = v\n [profile a]\n",
     {"default": {"k": "v\n[profile a]"}}),
    ("an empty file", "named", "", {}),
]


def write(folder, name, data):
    path = pathlib.Path(folder, name)
    path.write_bytes(data)
    return str(path)


def folded(section):
    """fob folds the letters of ASCII only, botocore all."""
    return {key.lower(): value for key, value in section.items()}


def theirs(path, kind):
    """What botocore makes of a file, or None."""
    try:
        if kind == "bare":
            return {"profiles": botocore.configloader.raw_config_parse(path)}
        return botocore.configloader.load_config(path)
    except botocore.exceptions.ConfigParseError:
        return None


def ours(answer, want):
    """The same of fob's answer; 1.29 of botocore knows no services."""
    if answer["status"]:
        return None
    return {part: {name: folded(section)
                   for name, section in answer[part].items()}
            for part in ("profiles", "sso_sessions", "services")
            if part in want}


def is_stricter(data, answer):
    """The documented differences: NUL, and [DEFAULT]'s broken blocks."""
    return answer["status"] == SYNTAX and (
        b"\0" in data or (b"[DEFAULT]" in data
                          and "indented lines" in answer["error"]))


def check_cases(points, folder):
    for number, (what, kind, text, want) in enumerate(CASES):
        path = write(folder, f"case{number}", text.encode())
        answer, = support.ask([["parse", kind, path]])
        botocores = theirs(path, kind)
        if isinstance(want, tuple):
            good = (answer["status"] in (SYNTAX, DUPLICATE)
                    and answer["error"].startswith(f"{path} line {want[0]}: ")
                    and botocores is None)
        else:
            good = (answer["status"] == 0 and answer["profiles"] == want
                    and botocores["profiles"] == want)
        points.check(what, [] if good else [answer, botocores])


def check_files(points, folder):
    rng = support.generator()
    differences, accepted, refused, commands, data = [], 0, 0, [], []
    for number in range(FILES):
        kind = "bare" if number % 3 == 0 else "named"
        content = support.text(rng, kind == "bare")
        if number % 4 == 3:
            content = support.mutated(rng, content)
        data.append(content)
        commands.append(["parse", kind, write(folder, f"{number}", content)])
    for (_, kind, path), content, answer in zip(commands, data,
                                                support.ask(commands)):
        want = theirs(path, kind)
        if want is None:
            refused += 1
            if not answer["status"] or not re.match(
                    re.escape(path) + r" line \d+: \S", answer["error"]):
                differences.append((content, answer))
            continue
        accepted += 1
        got = ours(answer, want)
        if not is_stricter(content, answer) and (
                got is None or any(got[part] != want[part] for part in got)):
            differences.append((content, answer, want))
    points.check(f"{FILES} generated files are read as by botocore "
                 f"{botocore.__version__}", differences)
    points.check("both sound and broken ones were among them",
                 [] if min(accepted, refused) > FILES / 5
                 else [(accepted, refused)])


def merged_by_botocore(session, config, credentials):
    session.set_config_variable("config_file", config)
    session.set_config_variable("credentials_file", credentials)
    session._config = session._profile_map = None
    try:
        return session.full_config["profiles"]
    except botocore.exceptions.ConfigParseError:
        return None


def key_by_botocore(name, config, credentials):
    """[id, secret, token, path], or a status of fob's, which takes an empty
    part or a block for none."""
    places = [(botocore.credentials.SharedCredentialProvider(
        credentials, name), credentials),
        (botocore.credentials.ConfigProvider(config, name), config)]
    for provider, path in places:
        try:
            found = provider.load()
        except botocore.exceptions.PartialCredentialsError:
            return SYNTAX
        if found is not None:
            key, secret, token = (part if isinstance(part, str) else ""
                                  for part in (found.access_key,
                                               found.secret_key, found.token))
            return [key, secret, token, path] if key and secret else SYNTAX
    return NOT_FOUND


def check_merging(points, folder):
    rng = support.generator()
    session = botocore.session.Session()
    differences, commands, compared = [], [], 0
    for number in range(PAIRS):
        texts = [support.text(rng, bare, 0) for bare in (False, True)]
        commands.append(["merge", write(folder, f"c{number}", texts[0]),
                         write(folder, f"s{number}", texts[1])])
    for (_, config, credentials), answer in zip(commands,
                                                support.ask(commands)):
        want = merged_by_botocore(session, config, credentials)
        texts = [pathlib.Path(p).read_bytes() for p in (config, credentials)]
        if want is None or answer["status"]:
            if (want is None) != bool(answer["status"]) and not is_stricter(
                    b"".join(texts), answer):
                differences.append((texts, answer, want))
            continue
        compared += 1
        want = [[name, {"": None} | {k: None if isinstance(v, dict) else v
                                     for k, v in section.items()},
                 key_by_botocore(name, config, credentials)]
                for name, section in want.items()]
        got = [[name, folded(section), key]
               for name, section, key in answer["profiles"]]
        if got != want:
            differences.append((texts, got, want))
    points.check("generated pairs of files merge alike, names in order, "
                 "key pairs whole", differences)
    points.check("many pairs were sound",
                 [] if compared > PAIRS / 8 else [compared])


def main():
    points = support.Points()
    with tempfile.TemporaryDirectory() as folder:
        check_cases(points, folder)
        check_files(points, folder)
        check_merging(points, folder)
    points.done()


main()
