# SPDX-License-Identifier: MIT
"""Generated config files, and fob's answers about them by way of
tests/unit/config/config_driver.c."""
import json
import os
import random
import subprocess

DRIVER = os.path.join(os.environ["TOP"], "build/asan/tests/unit/config",
                      "config_driver")
SEED = 20260101


class Points:
    """TAP on stdout; the first few differences of a point are shown."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, what, differences):
        self.count += 1
        self.failed += bool(differences)
        print(f"{'not ' if differences else ''}ok {self.count} - {what}")
        for difference in differences[:5]:
            for line in str(difference).splitlines():
                print("#", line)

    def done(self):
        print(f"1..{self.count}")
        raise SystemExit(1 if self.failed else 0)


def ask(commands):
    """The driver's answers to commands, each a list of words."""
    lines = "".join(" ".join(str(w).encode("utf-8", "surrogateescape").hex()
                             or "-" for w in words) + "\n"
                    for words in commands)
    done = subprocess.run([DRIVER], input=lines.encode(), timeout=600,
                          capture_output=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(answers) != len(commands):
        raise SystemExit(f"driver: status {done.returncode}, {len(answers)} "
                         f"of {len(commands)} answers\n"
                         + done.stderr.decode(errors="replace"))
    return answers


NAMES = ["a", "b", "prod", "dev-eu", "two words", "é", "x'y", 'q"q', "a]b",
         "default", "DEFAULT", "tab\tbed", "back\\slash"]
KEYS = ["region", "role_arn", "source_profile", "mfa_serial", "output", "s3",
        "sts", "iam", "endpoint_url", "duration_seconds", "Region", "OUTPUT",
        "aws_access_key_id", "aws_secret_access_key", "aws_session_token",
        "aws_security_token", "services", "ca_bundle", "clé", "a b", "x", "y", "[z", "#no"]
VALUES = ["", "us-east-1", "arn:aws:iam::1:role/x", "a = b", "a # x", "a ; x",
          "%(x)s", "é – ü", "a\xa0b", "\xa0", "x\u3000", "'q'", "[no]", "=",
          ":", "a:b", "\x1c", "x\x1cy = 1", "x\x0by", "x\u2028y = 1", "\ufeff", "{}", "0"]
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "  \n", "\x0c\n"]
INDENTS = ["", "", "", "", " ", "  ", "\t", "    ", "\u3000", "\xa0 "]


def header(rng, bare):
    name = rng.choice(NAMES)
    if bare:
        return f"[{name}]" if rng.random() < .9 else f"[ {name} ]"
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    word = rng.choice(["profile"] * 8 + ["sso-session", "services", "services",
                                         "profiles", "Profile", "plugins"])
    return rng.choice([f"[{word} {name}]", f"[{word} {quoted}]",
                       f"[{word}  {quoted}]", f"[{word}\t{name}]",
                       f"[{word}{name}]", f"[ {word} {name} ]", "[default]",
                       "[profile default]", f"[{word} {name}] rest",
                       f"[{word} '{name}']", f"[{word} \\{name}]",
                       "[DEFAULT]", f"[{name}]", f"[{word} x{quoted}]"])


def key_line(rng):
    return (rng.choice(KEYS) + rng.choice(["=", " = ", ":", " : ", "= ", "\t=",
                                           "  =\xa0"]) + rng.choice(VALUES))


def hostile_line(rng):
    return rng.choice(["novalue", "[", "[]", "[x", "= v", ": v", "]", "=",
                       "\ufeff", "\x00", "k\x00 = v", "[profile \"open]",
                       "[profile x\\]", "[\x1f]", "\x85", "-", "k", "\udc80",
                       "\udcc3", "\udced\udca0\udc80", "\udcf5", "# \udcff"])


def line(rng, bare, hostility):
    if rng.random() < hostility:
        return rng.choice(INDENTS) + hostile_line(rng)
    kind = rng.random()
    if kind < .2:
        return (rng.choice(INDENTS) if kind < .03 else "") + header(rng, bare)
    if kind < .3:
        return rng.choice(INDENTS) + rng.choice(["#", ";", "# x = y", ";[a]"])
    if kind < .38:
        return rng.choice(INDENTS)
    if kind < .45:
        return rng.choice(KEYS) + " ="
    if kind < .6:
        return rng.choice(INDENTS[4:]) + key_line(rng)
    return (rng.choice(INDENTS) if kind < .7 else "") + key_line(rng)


def text(rng, bare=False, hostility=.01):
    """The bytes of one file: mostly sound, now and then not."""
    lines = [header(rng, bare)] if rng.random() < .95 else []
    lines += [line(rng, bare, hostility) for _ in range(rng.randint(0, 14))]
    end = rng.choice(["\n", "\n", "\r\n", None])
    whole = "".join(one + (end or rng.choice(ENDS)) for one in lines)
    if rng.random() < .2:
        whole = whole.rstrip("\r\n")
    if rng.random() < .01:
        whole = "\ufeff" + whole
    return whole.encode("utf-8", "surrogateescape")


def mutated(rng, data):
    """The same with a few bytes changed, taken out or doubled."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        if not data:
            break
        at = rng.randrange(len(data))
        what = rng.randrange(4)
        if what == 0:
            data[at] = rng.choice(b" \t\r\n=:[]#;\"'\\\x00\x0b\x1c\x85\xa0\xff")
        elif what == 1:
            del data[at]
        elif what == 2:
            data[at:at] = data[at:at + rng.randint(1, 9)]
        else:
            data[at] ^= 1 << rng.randrange(8)
    return bytes(data)


def generator():
    return random.Random(SEED)
