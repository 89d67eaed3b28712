#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# slow
"""An edit changes what was asked and nothing else: as botocore reads the
file, and byte for byte in every other line."""
import copy
import os
import pathlib
import re
import sys
import tempfile

import botocore.configloader
import botocore.exceptions

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import config_support as support  # noqa: E402

EDITS = 4000
USAGE, UNSUPPORTED = 0x20, 0x85
ACCESS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token",
          "aws_security_token")
PROFILES = ["a", "b", "prod", "default", "two words", "é", "x'y", "q\"q",
            "back\\slash", "a]b", "new"]
SETTINGS = ["region", "mfa_serial", "output", "s3", "x", "credential_process"]
NEW_VALUES = ["", "v", "arn:aws:iam::123456789012:mfa/me", "a = b # c", "é",
              "[x]", "'/opt/fob' credentials a", "#", "="]
# what, kind, edit, before, after (a number: the status)
GOLDEN = [
    ("a value in its place, spelling and spaces kept", "named",
     ["set", "a", "region", "eu-west-1"],
     "# mine\n\n[profile a]  \n  Region\t:  us-east-1   \n  x = y\n",
     "# mine\n\n[profile a]  \n  Region\t:  eu-west-1\n  x = y\n"),
    ("a value where there was none", "named", ["set", "a", "k", "v"],
     "[profile a]\nk =\nl =\n", "[profile a]\nk = v\nl =\n"),
    ("no spaces where there were none", "named", ["set", "a", "k", "v"],
     "[profile a]\nk=\n", "[profile a]\nk=v\n"),
    ("a new key after the last, before blank lines and comments", "named",
     ["set", "a", "mfa_serial", "arn"],
     "[profile a]\n  k = v\n    more\n  # note\n\n[profile b]\n",
     "[profile a]\n  k = v\n    more\n  mfa_serial = arn\n  # note\n\n"
     "[profile b]\n"),
    ("a new key under an empty header", "named", ["set", "a", "k", "v"],
     "[profile a]\n\n[profile b]\n", "[profile a]\nk = v\n\n[profile b]\n"),
    ("a new profile", "named", ["set", "new", "k", "v"],
     "[default]\nk = w\n", "[default]\nk = w\n\n[profile new]\nk = v\n"),
    ("a new profile that needs quotes", "named",
     ["set", 'my "x" \\', "k", "v"], "",
     '[profile "my \\"x\\" \\\\"]\nk = v\n'),
    ("a new default profile", "named", ["set", "default", "k", "v"],
     "", "[default]\nk = v\n"),
    ("a new profile of the credentials file", "bare",
     ["set", "two words", "k", "v"], "# c\n\n", "# c\n\n[two words]\nk = v\n"),
    ("CRLF stays CRLF", "named", ["set", "new", "k", "v"],
     "[profile a]\r\nk = v\r\n",
     "[profile a]\r\nk = v\r\n\r\n[profile new]\r\nk = v\r\n"),
    ("a last line without its end gets one", "named",
     ["set", "a", "k", "v"], "[profile b]\r\n[profile a]",
     "[profile b]\r\n[profile a]\r\nk = v\r\n"),
    ("a last line changed keeps its lack of one", "named",
     ["set", "a", "k", "v"], "[profile a]\nk = w", "[profile a]\nk = v"),
    ("a block is replaced whole", "named", ["set", "a", "s3", "v"],
     "[profile a]\ns3 =\n  a = b\n  # c\n  d = e\nx = y\n",
     "[profile a]\ns3 = v\n  # c\nx = y\n"),
    ("of two sections with one name the last is changed", "named",
     ["set", "default", "k", "v"],
     "[default]\nk = 1\n[profile default]\nk = 2\n",
     "[default]\nk = 1\n[profile default]\nk = v\n"),
    ("a key is removed with what continues it", "named", ["remove", "a", "k"],
     "[profile a]\nk = 1\n  2\n\nx = y\n", "[profile a]\n\nx = y\n"),
    ("a key that is not there", "named", ["remove", "a", "k"],
     "[profile a]\nx = y", "[profile a]\nx = y"),
    ("a profile that is not there", "named", ["remove", "b", "k"],
     "[profile a]\nk = y", "[profile a]\nk = y"),
    ("the key pair goes, the rest stays", "bare", ["keys", "a"],
     "[a]\naws_access_key_id = i\nregion = r\naws_secret_access_key = s\n"
     "AWS_SESSION_TOKEN=t\n[b]\naws_access_key_id = i\n",
     "[a]\nregion = r\n[b]\naws_access_key_id = i\n"),
    ("the header goes with its last key", "bare", ["keys", "a"],
     "# top\n[a]\naws_access_key_id = i\naws_secret_access_key = s\n"
     "[b]\naws_access_key_id = i\n",
     "# top\n[b]\naws_access_key_id = i\n"),
    ("the header stays on demand", "bare", ["keep", "a"],
     "[a]\naws_access_key_id = i\naws_secret_access_key = s\n", "[a]\n"),
    ("a header that hides an earlier one stays", "named", ["keys", "default"],
     "[default]\nk = v\n[profile default]\naws_access_key_id = i\n",
     "[default]\nk = v\n[profile default]\n"),
    ("keys lent by [DEFAULT] are not to be removed", "bare", ["keys", "a"],
     "[DEFAULT]\naws_access_key_id = i\n[a]\naws_access_key_id = j\n",
     UNSUPPORTED),
    ("a value of two lines", "named", ["set", "a", "k", "v\nx = y"], "", USAGE),
    ("a value with outer spaces", "named", ["set", "a", "k", " v"], "", USAGE),
    ("a key with a delimiter", "named", ["set", "a", "k=x", "v"], "", USAGE),
    ("a profile of two lines", "named", ["set", "a]\n[b", "k", "v"], "", USAGE),
    ("a profile [DEFAULT] of the credentials file", "bare",
     ["set", "DEFAULT", "k", "v"], "", UNSUPPORTED),
    ("a broken file", "named", ["set", "a", "k", "v"], "k\n", 0x80),
]


class Edit:
    """One edit through the driver, and both texts."""

    def __init__(self, folder, number, kind, words, before):
        self.kind, self.words, self.before = kind, words, before
        self.source = pathlib.Path(folder, f"{number}.before")
        self.target = pathlib.Path(folder, f"{number}.after")
        self.source.write_bytes(before)

    def command(self):
        return ["edit", self.kind, self.words[0], str(self.source),
                str(self.target)] + self.words[1:]

    def load(self, path):
        if self.kind == "bare":
            return botocore.configloader.raw_config_parse(str(path))
        return botocore.configloader.load_config(str(path))["profiles"]

    def defaults(self):
        """What a section without keys of its own would have."""
        probe = self.source.with_suffix(".probe")
        head = b"[zzz]" if self.kind == "bare" else b"[profile zzz]"
        probe.write_bytes(self.before + b"\n" + head + b"\n")
        return self.load(probe)["zzz"]


def check_golden(points, folder):
    edits = [Edit(folder, f"golden{number}", kind, words, before.encode())
             for number, (_, kind, words, before, _) in enumerate(GOLDEN)]
    answers = support.ask([edit.command() for edit in edits])
    for (what, *_, after), edit, answer in zip(GOLDEN, edits, answers):
        if isinstance(after, int):
            good = answer["status"] == after and not edit.target.exists()
        else:
            good = (answer["status"] == 0
                    and edit.target.read_bytes() == after.encode())
        got = edit.target.read_bytes() if edit.target.exists() else None
        points.check(what, [] if good else [answer, got])


def lines(data):
    return re.findall(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", data)


def missing(part, whole):
    """What `part` has over a subsequence of `whole`, and the other way."""
    extra, at, gone = [], 0, []
    for one in part:
        if one in whole[at:]:
            found = whole.index(one, at)
            gone += whole[at:found]
            at = found + 1
        else:
            extra.append(one)
    return extra, gone + whole[at:]


def wrong_lines(edit, after):
    """Lines that came or went and should not have."""
    action, name, key, value = (edit.words + [None] * 3)[:4]
    old, new = lines(edit.before), lines(after)
    if old and new[:len(old)] != old and action == "set":
        last = old[-1]
        if last.rstrip(b"\r\n") == last and len(new) >= len(old) and new[
                len(old) - 1].rstrip(b"\r\n") == last:
            old[-1] = new[len(old) - 1]
    came, went = missing(new, old)
    if action == "set":
        allowed = [line for line in came
                   if line.strip() and not line.startswith(b"[")
                   and not (line.lower().lstrip(b" \t\xc2\xa0\xe3\x80")
                            .startswith(key.encode())
                            and line.rstrip().endswith(value.strip().encode()))]
    else:
        allowed = came
    keys = ACCESS if action in ("keys", "keep") else (key,)
    kept = [line for line in went
            if line[:1] not in (b" ", b"\t", b"\xc2", b"\xe3", b"[")
            and not line.decode(errors="replace").lower().startswith(keys)]
    return allowed + kept


def expected(edit):
    """The profiles as botocore should read them now; None: to be refused."""
    action, name, key, value = (edit.words + [None] * 3)[:4]
    want = copy.deepcopy(edit.load(edit.source))
    if action == "set":
        want.setdefault(name, copy.deepcopy(edit.defaults()))[key] = value
        return want
    keys = ACCESS if action in ("keys", "keep") else (key,)
    if name in want and set(keys) & set(edit.defaults()):
        return None
    for key in keys:
        want.get(name, {}).pop(key, None)
    return want


def wrong(edit, answer):
    want = expected(edit)
    if answer["status"]:
        return want is not None and answer["status"] != UNSUPPORTED
    if want is None:
        return True
    after = edit.target.read_bytes()
    got = edit.load(edit.target)
    if edit.words[0] == "keys" and edit.words[1] not in got:
        if want.get(edit.words[1], {}) == edit.defaults():
            want.pop(edit.words[1], None)
    return got != want or list(got) != list(want) or wrong_lines(edit, after)


def generated(folder):
    """Edits of generated files that botocore reads."""
    rng = support.generator()
    number = 0
    while number < EDITS:
        kind = rng.choice(["named", "bare"])
        action = rng.choice(["set", "set", "set", "remove", "keys", "keep"])
        words = [action, rng.choice(PROFILES)]
        if action in ("set", "remove"):
            words.append(rng.choice(SETTINGS))
        if action == "set":
            words.append(rng.choice(NEW_VALUES))
        before = support.text(rng, kind == "bare", 0)
        if re.search(rb"\r(?!\n)", before) and b"\n" in before:
            continue  # \r and \n would join when a line between them goes
        edit = Edit(folder, number, kind, words, before)
        try:
            edit.defaults()
        except botocore.exceptions.ConfigParseError:
            continue
        number += 1
        yield edit


def check_generated(points, folder):
    edits = list(generated(folder))
    answers = support.ask([edit.command() for edit in edits])
    refused = [edit for edit, answer in zip(edits, answers)
               if answer["status"] == UNSUPPORTED]
    points.check(f"{EDITS} edits of generated files do what was asked and "
                 f"no more, says botocore {botocore.__version__}",
                 [(edit.words, edit.before, answer,
                   edit.target.exists() and edit.target.read_bytes())
                  for edit, answer in zip(edits, answers)
                  if wrong(edit, answer)])
    points.check("few were refused",
                 [(edit.words, edit.before) for edit in refused]
                 if len(refused) > EDITS / 50 else [])


def main():
    points = support.Points()
    with tempfile.TemporaryDirectory() as folder:
        check_golden(points, folder)
        check_generated(points, folder)
    points.done()


main()
