#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What stores a key or a seed, or writes the AWS files, killed anywhere: the
next run finishes, no key or seed is lost, and none is there twice."""
import sys

import kill_support as support
from kill_support import SEED, Scene, rotation_fault, session_fault

POINTS_MAX = 14  # of each process


class Rotate(Scene):
    name = "a rotation"
    command = ("keys", "rotate", "work")

    def prepare(self, desk):
        desk.person(enrolled=True)
        desk.must("keys", "import", "work")
        self.old = desk.keys()["work"]

    def judge(self, desk):
        return rotation_fault(desk, self.old) or session_fault(desk)


class Import(Scene):
    name = "an import of a key"
    command = ("keys", "import", "work")
    good_after = (0, 3)  # moved already: the file has none

    def judge(self, desk):
        wanted = desk.keys_at_aws()[0][0]
        if desk.keys() != {"work": wanted}:
            return f"the vault has {desk.keys()}"
        if "aws_secret" in desk.config("credentials"):
            return "the file has it, too"
        return "" if desk.config().startswith("# mine\n") else "config is gone"


class Setup(Scene):
    name = "setup"
    command = ("setup", "work")

    def judge(self, desk):
        lines = desk.config().splitlines()
        ours = [line for line in lines if "credential_process" in line]
        rest = [line for line in lines if "credential_process" not in line]
        if len(ours) != 1 or not ours[0].endswith("/fob credentials work"):
            return f"the config is {lines}"
        if rest != ["# mine", "[profile work]", "region = eu-central-1"]:
            return f"the config's other lines are {rest}"
        if desk.keys() != {"work": desk.keys_at_aws()[0][0]}:
            return f"the vault has {desk.keys()}"
        return ("the file has the key, too" if "aws_secret" in
                desk.config("credentials") else "")


class Add(Scene):
    name = "a seed added"
    command = ("add", "--secret", "-", "phone")
    text = SEED
    good_after = (0, 1)  # stored already

    def judge(self, desk):
        names = [account["name"] for account in desk.accounts()]
        uri = desk.must("export", "phone", "--uri")
        return "" if names == ["phone"] and SEED in uri else f"has {names}"


class TakeOver(Scene):
    name = "an import of accounts"
    command = ("import", "-")
    text = "".join(f"otpauth://totp/{label}?secret={seed}\n" for label, seed in
                   [("phone", SEED), ("phone", SEED[::-1]), ("other", SEED[4:])])

    def judge(self, desk):
        names = [account["name"] for account in desk.accounts()]
        uris = [desk.must("export", name, "--uri") for name in names]
        if names != ["phone", "phone (2)", "other"]:
            return f"has {names}"
        return "" if SEED in uris[0] and SEED[::-1] in uris[1] else "mixed up"


sys.exit(support.main([Rotate(), Import(), Setup(), Add(), TakeOver()],
                      POINTS_MAX))
