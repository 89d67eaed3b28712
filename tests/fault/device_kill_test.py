#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A change of devices whose command, agent or fob-net is killed anywhere is
finished or undone by the next run: no orphan at AWS, no seed lost, no code
given twice, no lock held."""
import sys

import kill_support as support
from kill_support import SEED, Scene, serial, state_fault

POINTS_MAX = 12  # of each process


class Enroll(Scene):
    name = "an enrolment"
    command = ("enroll", "--profile", "work")

    def judge(self, desk):
        return state_fault(desk, "alice")


class Enrolled(Scene):
    def prepare(self, desk):
        desk.person(enrolled=True)


class Replace(Enrolled):
    name = "a replacement"
    command = ("replace", "--profile", "work")

    def next(self, desk):
        # Done already, or finished by whatever command comes next.
        return (desk.run("enroll", "--profile", "work") if serial(desk) ==
                "alice-2" else desk.run(*self.command))

    def judge(self, desk):
        return state_fault(desk, "alice-2")


class Unenroll(Enrolled):
    name = "a removal"
    command = ("unenroll", "--profile", "work")
    good_after = (0, 3)  # gone already: no mfa_serial

    def judge(self, desk):
        return state_fault(desk, "")


class Resync(Enrolled):
    name = "a resync"
    command = ("resync", "--profile", "work")

    def prepare(self, desk):
        desk.person(enrolled=True)
        desk.aws.ctl("clock advance", 60)

    def next(self, desk):
        desk.aws.ctl("clock advance", 60)
        return desk.run(*self.command)

    def judge(self, desk):
        return state_fault(desk, "alice")


class Take(Scene):
    """A device of the console, whose form has its two codes."""
    name = "a console device taken over"
    command = ("enroll", "--profile", "work", "--account", "phone")

    def prepare(self, desk):
        desk.person(enrolled=False)
        desk.must("add", "--uri", "-", "phone", text="otpauth://totp/Amazon%20"
                  "Web%20Services:phone@111122223333?secret=" + SEED +
                  "&issuer=Amazon%20Web%20Services")
        desk.aws.ctl("device create", "phone", user="alice", seed=SEED)

    def judge(self, desk):
        return state_fault(desk, "phone")


sys.exit(support.main([Enroll(), Replace(), Unenroll(), Resync(), Take()],
                      POINTS_MAX))
