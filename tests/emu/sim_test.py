#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob-sim itself: two transports, several clients, a world in their hands."""
import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["TOP"]) / "tests/lib"))
from sim import CANCEL, PING, Card, Refused, Sim, apdu, tlv  # noqa: E402

KEY = b"12345678901234567890"
points = failures = 0


def ok(good, what, detail=""):
    global points, failures
    points += 1
    failures += not good
    print(f"{'' if good else 'not '}ok {points} - {what}")
    if not good:
        print(f"# {detail}")


def refused(code, action, *arguments):
    try:
        action(*arguments)
    except Refused as why:
        return why.code == code
    return False


def test_faces(sim):
    hid, ccid = sim.hid(), sim.ccid()
    ok(hid.exchange(PING, bytes(range(256)) * 2) == bytes(range(256)) * 2,
       "HID brings 512 bytes there and back")
    one, two = Card(hid), Card(ccid)
    one.select()
    one.put(b"a", KEY)
    ok(refused(0x6D00, two.names), "a transport has a session of its own")
    two.select()
    ok(two.names() == [b"a"] and two.code(b"a", 1) == one.code(b"a", 1) ==
       "287082", "and the accounts of the other")
    ok(two.info()[0x81] == bytes.fromhex("0123456789abcdef"),
       "the serial number is the one it was given")
    other = Card(sim.hid())
    ok(refused(0x6D00, other.names), "another channel has no session")
    ok(refused(0x6D00, one.names), "and ends the one before")
    for transport in (hid, ccid, other.transport):
        transport.close()


def test_touch(sim):
    hid = sim.hid()
    card = Card(hid)
    card.select()
    card.put(b"t", KEY, properties=2)
    command = apdu(0xA2, 0, 1, tlv(0x71, b"t") + tlv(0x74, bytes(8)))
    hid.put(0x83, command)
    sim.world.pass_ms(10)
    for _ in range(10):
        sim.world.pass_ms(100)
    sim.world.button(True)
    for _ in range(3):
        sim.world.pass_ms(30)
    sim.world.button(False)
    answer = hid.get()[1]
    ok(answer[:2] == b"\x76\x05" and 2 in hid.waits,
       "the button gives a code, and the wait was told", answer.hex())
    hid.put(0x83, command)
    sim.world.pass_ms(10)
    hid.put(CANCEL, b"")
    ok(hid.get()[1] == b"\x69\x82", "a wait is cancelled")
    hid.put(0x83, command)
    sim.world.pass_ms(10)
    sim.world.pass_ms(15000)
    ok(hid.get()[1] == b"\x69\x82", "and ends by itself")
    hid.close()


def test_power(sim):
    card = Card(sim.hid())
    card.select()
    card.put(b"h", KEY, kind=0x11)
    ok(card.code(b"h") == "755224", "a HOTP account counts from 0")
    state = sim.world.replug()
    ok(state["powered"] and state["clock_ms"] == 0, "power goes and comes")
    card = Card(sim.hid())
    card.select()
    sim.world.cut(1, eighths=4)
    card.transport.put(0x83, apdu(0xA2, 0, 1, tlv(0x71, b"h") + tlv(0x74, b"")))
    while sim.world.ask()["powered"]:
        pass
    ok(True, "power is cut in the operation it was to be cut in")
    sim.world.cut(1, eighths=4)
    ok(not sim.world.power("on")["powered"],
       "and again in the repair, which whoever gave the power is told")
    sim.world.power("on")
    card = Card(sim.hid())
    card.select()
    ok(card.code(b"h") in ("287082", "359152"), "and no code comes twice")


def test_restart(sim):
    card = Card(sim.hid())
    card.select()
    card.ask(0xF7, 0, 1)
    sim.world.pass_ms(300)
    while sim.world.ask()["powered"]:
        pass
    ok(sim.world.ask()["start"] == 2, "the boot loader is another device")
    sim.world.power("on")
    card = Card(sim.hid())
    card.select()
    card.ask(0xF7)
    while sim.world.pass_ms(300)["clock_ms"] > 1000:
        pass
    sim.world.pass_ms(10)
    card = Card(sim.hid())
    card.select()
    ok(card.info()[0x82][0] & 0x10 == 0, "a restart is no power-up")


def test_random(sim):
    card = Card(sim.hid())
    card.select()
    sim.world.randomness(False)
    ok(refused(0x6581, card.put, b"x", KEY), "nothing is sealed without random numbers")
    sim.world.randomness(True)


def test_again(sim):
    before = sim.flash.read_bytes()
    sim.stop()
    ok(len(before) == 131072, "the flash is a file")
    finger = Sim("--touch", folder=sim.folder)
    card = Card(finger.ccid())
    card.select()
    ok(b"h" in card.names() and card.code(b"t", 1) == "287082",
       "another process goes on with it; its finger presses by itself")
    finger.stop()


sim = Sim("--serial", "0123456789abcdef")
test_faces(sim)
sim.world.pass_ms(10000)
test_touch(sim)
test_power(sim)
test_restart(sim)
test_random(sim)
test_again(sim)
shutil.rmtree(sim.folder)
print(f"1..{points}")
sys.exit(failures > 0)
