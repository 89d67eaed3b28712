#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every way in which AWS or the network can fail, at each call that has a code
or changes a device or a key: the documented exit status, no code used twice, the next
run good, and no device, seed, key, journal or lock left behind."""
import concurrent.futures
import json
import pathlib
import sys
import tempfile
import time

import kill_support as support
from kill_support import Desk, Scene, StandIn, rotation_fault, state_fault
from standin.fault_kinds import AFTER, INSTEAD

REFUSED, NETWORK, NOT_FOUND = 6, 7, 3
WITH_CODES = ("GetSessionToken", "AssumeRole", "EnableMFADevice",
              "ResyncMFADevice")

STEP_S = 30

# A fault, its options, and the exit status of a run that meets it.
STALL = ("stall", {"seconds": 40}, NETWORK)
# At AWS's side, maybe after it took effect.
BROKEN_OFF = [
    ("500", {}, 0),
    ("503", {}, 0),
    ("html", {"status": 502}, 0),
]
FAULTS = [
    STALL,
    *BROKEN_OFF,
    ("throttle", {}, 0),
    ("throttle", {"times": 3}, 0),
    ("throttle", {"times": "always"}, REFUSED),
    ("error", {"times": "always"}, REFUSED),
    ("close", {}, NETWORK),
    ("reset", {}, NETWORK),
    ("redirect", {}, NETWORK),
    ("lost", {}, NETWORK),
    ("cut", {}, NETWORK),
    ("long-length", {}, NETWORK),
    ("short-length", {}, NETWORK),
    ("html", {"status": 404}, NETWORK),
    ("empty", {}, NETWORK),
    ("malformed", {}, NETWORK),
    ("not-utf8", {}, NETWORK),
    ("nul", {}, NETWORK),
    ("bomb", {}, NETWORK),
    ("external", {}, NETWORK),
    ("deep", {}, NETWORK),
    ("huge", {}, NETWORK),
    ("missing", {}, NETWORK),
    ("replace", {}, NETWORK),
    ("extra", {}, 0),
    ("delay", {}, 0),
    ("slow", {"rate": 400}, 0),
    ("headers", {}, 0),
    ("date", {}, 0),
]


class Call(Scene):
    """A command that makes the call, with what else differs."""

    action = ""
    # What the command cannot do without in the reply; "" for nothing.
    needs, needs_too = "SessionToken", "Expiration"
    # What it waits for long, each in a world of its own.
    slow = [STALL]
    # Whether an agent outlives its command.
    shared = False
    # Of the command again, after one that was good.
    again = 0
    # Whether a refusal that stays is kept for a minute.
    remembers = False

    def fault(self, kind, options):
        """As the local AWS is told of it."""
        if kind == "missing":
            return {"element": self.needs or "RequestId"}
        if kind == "replace":
            return {"element": self.needs_too or "RequestId", "text": "soon"}
        return options

    def wanted(self, kind, status):
        return 0 if kind in ("missing", "replace") and not self.needs \
            else status


class Enrolled(Call):
    """With a device none of whose codes was used lately."""

    def prepare(self, desk):
        desk.person(enrolled=True)
        desk.must("sessions", "--clear")
        desk.aws.ctl("clock advance", 360)
        desk.must("devices", "--profile", "work")

    def judge(self, desk):
        return state_fault(desk, "alice")


class Session(Enrolled):
    action = "GetSessionToken"
    remembers = True
    command = ("credentials", "work")
    shared = True


class Role(Enrolled):
    action = "AssumeRole"
    remembers = True
    command = ("credentials", "admin", "--duration", "4h")

    def prepare(self, desk):
        super().prepare(desk)
        desk.role()


class Create(Call):
    action = "CreateVirtualMFADevice"
    command = ("enroll", "--profile", "work")
    needs, needs_too = "Base32StringSeed", "SerialNumber"

    def judge(self, desk):
        return state_fault(desk, "alice")


class Look(Create):
    """Before the codes of a pair are made."""
    action = "ListMFADevices"
    needs = needs_too = ""

    def wanted(self, kind, status):
        # A policy may keep it from the user.
        return 0 if kind == "error" else super().wanted(kind, status)


class Enable(Create):
    action = "EnableMFADevice"
    needs = needs_too = ""


class Resync(Enrolled):
    action = "ResyncMFADevice"
    command = ("resync", "--profile", "work")
    needs = needs_too = ""
    slow = [STALL, *BROKEN_OFF]

    def next(self, desk):
        desk.aws.ctl("clock advance", 60)
        return desk.run(*self.command)


class Deactivate(Enrolled):
    action = "DeactivateMFADevice"
    command = ("unenroll", "--profile", "work")
    needs = needs_too = ""
    again = NOT_FOUND

    def judge(self, desk):
        return state_fault(desk, "")


class Delete(Deactivate):
    action = "DeleteVirtualMFADevice"


class NewKey(Enrolled):
    action = "CreateAccessKey"
    command = ("keys", "rotate", "work")
    needs, needs_too = "SecretAccessKey", "AccessKeyId"

    def prepare(self, desk):
        super().prepare(desk)
        desk.must("keys", "import", "work")
        self.old = desk.keys()["work"]

    def judge(self, desk):
        return rotation_fault(desk, self.old) or super().judge(desk)


class OldKey(NewKey):
    action = "UpdateAccessKey"
    needs = needs_too = ""


class NoKey(OldKey):
    action = "DeleteAccessKey"


def codes_fault(desk, kind):
    """A code that went out twice, or one that AWS would not have."""
    sent = [entry["code"] for entry in desk.aws.ctl("log codes")]
    if len(sent) != len(set(sent)):
        return f"of the codes {sent} one was sent twice"
    # A wrong Date makes signatures wrong until the next reply.
    refused = [e for e in desk.aws.ctl("log list")
               if e["status"] == 403 and not e["fault"] and
               e["action"] in WITH_CODES and (kind, e["code"]) != ("date", "SignatureDoesNotMatch")]
    return f"AWS refused {refused}" if refused else ""


def status_fault(ran, status):
    """Unless it ended so, and with one line that says why."""
    if ran.returncode != status:
        return f"ends with {ran.returncode}, not {status}: {ran.stderr}"
    if status != 0 and (ran.stdout or not ran.stderr.startswith("fob: ") or
                        ran.stderr.count("\n") != 1):
        return f"says {ran.stdout!r}, {ran.stderr!r}"
    return ""


def await_step(desk):
    """At the end of a step the oldest code may grow too old on its way, and
    fob takes another: when the rest is used up, that is what is left."""
    late_s = (time.time() + desk.ahead_s) % STEP_S
    if late_s > STEP_S / 3:
        time.sleep(STEP_S - late_s)


def meet(desk, call, kind, options, status):
    """What goes wrong when the call meets the fault."""
    if "times" in options:
        await_step(desk)
    desk.restore()
    desk.aws.ctl("fault add", call.action, kind, **call.fault(kind, options))
    why = status_fault(desk.run(*call.command), status)
    struck = [e for e in desk.aws.ctl("log list") if e["fault"] == kind]
    if why or not struck:
        return why or "the fault struck nothing"
    desk.aws.ctl("fault clear")
    # A refusal that stays is kept for a minute, unless a person forgets it.
    if (kind, status) == ("error", 6) and call.remembers:
        again = desk.run(*call.command)
        if "asked again in" not in again.stderr:
            return f"the refusal is not remembered: {again.stderr}"
        desk.run("sessions", "--clear")
    why = status_fault(call.next(desk), call.again if status == 0 else 0)
    if why:
        return f"the next run {why}"
    desk.stop()
    if held := desk.held_locks():
        return f"locks are held: {held}"
    if left := desk.journal():
        return f"the journal has {left}"
    if why := codes_fault(desk, kind):
        return why
    desk.aws.ctl("log clear")
    return call.judge(desk)


def meet_all(top, call, faults):
    """[(what, why it failed or "")], in a world of their own."""
    with StandIn() as aws:
        desk = Desk(aws, tempfile.mkdtemp(dir=top), call.shared)
        call.prepare(desk)
        desk.save()
        found = []
        for kind, options, status in faults:
            wanted = call.wanted(kind, status)
            words = " ".join([kind, *(f"{name} {value}"
                                      for name, value in options.items())])
            found.append((f"{words} at {call.action} ends with {wanted}, and "
                          "nothing is left of it",
                          meet(desk, call, kind, options, wanted)))
        desk.stop()
        return found


def main(only):
    worlds = [(call, faults)
              for call in (Session(), Role(), Create(), Look(), Enable(),
                           Resync(), Deactivate(), Delete(), NewKey(),
                           OldKey(), NoKey())
              if not only or call.action in only
              for faults in (*([fault] for fault in call.slow),
                             [f for f in FAULTS if f not in call.slow])]
    with tempfile.TemporaryDirectory() as top, \
            concurrent.futures.ThreadPoolExecutor(len(worlds)) as pool:
        for found in pool.map(lambda world: meet_all(top, *world), worlds):
            for what, why in found:
                support.point(not why, what, why)
    left = {*AFTER, *INSTEAD} - {kind for kind, *_ in FAULTS}
    support.point(not left, "no fault that the local AWS knows was left out",
                  left)
    return support.done()


sys.exit(main(sys.argv[1:]))
