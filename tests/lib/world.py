#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Play the world of a simulated token from a shell.

usage: world.py SOCKET WHAT [NUMBER]

WHAT: button 0|1, pass MS, off, on, replug, restart, cut OPERATION,
await-led, await-dark, await-loader, press (wait until it blinks, then press
once)
"""
import sys
import time

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import sim


def await_led(world):
    """Until the token waits for its button: the LED goes on at once then."""
    for _ in range(2000):
        if world.ask()["led"]:
            return
        time.sleep(0.01)
    sys.exit("the LED stays dark")


def await_dark(world):
    """Until it waits no more: a blinking LED is never dark for so long."""
    dark = 0
    for _ in range(1000):
        dark = 0 if world.ask()["led"] else dark + 1
        if dark == 60:
            return
        time.sleep(0.01)
    sys.exit("the LED goes on blinking")


def await_loader(world):
    """Until the board is in its boot loader."""
    for _ in range(2000):
        if world.ask()["start"] == 2:
            return
        time.sleep(0.01)
    sys.exit("no boot loader comes up")


def press(world):
    await_led(world)
    world.button(True)
    time.sleep(0.1)
    world.button(False)


def main(path, what, number="0"):
    world = sim.World(path)
    acts = {
        "button": lambda: world.button(number == "1"),
        "pass": lambda: world.pass_ms(int(number)),
        "off": lambda: world.power("off"),
        "on": lambda: world.power("on"),
        "replug": world.replug,
        "restart": lambda: world.power("restart"),
        "cut": lambda: world.cut(int(number)),
        "await-led": lambda: await_led(world),
        "await-dark": lambda: await_dark(world),
        "await-loader": lambda: await_loader(world),
        "press": lambda: press(world),
    }
    acts[what]()


main(*sys.argv[1:])
