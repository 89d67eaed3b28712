#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A session being made, with an agent of the command's own or a shared one:
the command, the agent or fob-net, killed anywhere, leaves a ledger in which no
code can be used twice, no lock, and a next run that is good.  An enrolment of
the shared agent's goes on or is finished likewise."""
import json
import sys
import tempfile

import kill_support as support
from kill_support import Scene, StandIn, session_fault

PRIVATE_MAX, SHARED_MAX = 40, 12  # of each process


class Mint(Scene):
    name = "a session"
    command = ("credentials", "work")

    def prepare(self, desk):
        desk.person(enrolled=True)
        # What is known of the key stays; the session and its codes go.
        desk.must("sessions", "--clear")
        desk.aws.ctl("clock advance", 60)
        desk.must("devices", "--profile", "work")

    def next(self, desk):
        after = desk.run(*self.command)
        if after.returncode == 0:
            assert json.loads(after.stdout)["Version"] == 1, after.stdout
        return after

    def judge(self, desk):
        if desk.refused():
            return f"AWS refused {desk.refused()}"
        return session_fault(desk)


class Role(Mint):
    """Four hours of a role, straight with a code."""
    name = "a role's session"
    command = ("credentials", "admin", "--duration", "4h")

    def prepare(self, desk):
        super().prepare(desk)
        desk.role()


class Enroll(Scene):
    name = "an enrolment"
    command = ("enroll", "--profile", "work")

    def judge(self, desk):
        if desk.devices() != [("alice", "alice")]:
            return f"AWS has {desk.devices()}"
        if "mfa_serial = arn:aws:iam::111122223333:mfa/alice\n" not in \
                desk.config():
            return f"the config is {desk.config()!r}"
        return session_fault(desk)


class Named:
    """The same scene, of a shared agent by name."""

    def __init__(self, scene):
        self._scene = scene
        self.name = f"{scene.name} of a shared agent"

    def __getattr__(self, name):
        return getattr(self._scene, name)


def main():
    support.skip_unless_traceable()
    with tempfile.TemporaryDirectory() as top, StandIn() as aws:
        for scene in (Mint(), Role()):
            support.play(support.Desk(aws, f"{top}/private-{scene.name}"
                                      .replace(" ", "-").replace("'", "")),
                         scene, PRIVATE_MAX)
        desk = support.Desk(aws, f"{top}/shared", shared=True)
        for scene in (Mint(), Enroll()):
            support.play(desk, Named(scene), SHARED_MAX)
        desk.stop()
    return support.done()


sys.exit(main())
