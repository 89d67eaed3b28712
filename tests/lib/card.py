#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A card in a virtual reader for as long as this runs; see vpcd.py.

usage: card.py sim SOCKET           the CCID interface of a simulated token
       card.py foreign [TOUCH_S]    another maker's card, see oath_card.py
       card.py MAKER [TOUCH_S]      one of maker_cards.py

Prints `in` when it is in the reader, and `touch 1`, `touch 2`, ... when the
foreign card waits for a finger, which SIGUSR1 is; it does for TOUCH_S seconds;
with `now` the finger is there.
SLOT=2 in the environment is the second reader.
"""
import itertools
import os
import signal
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sim
import vpcd
from maker_cards import MAKERS
from oath_card import OathCard

finger = threading.Event()
touches = itertools.count(1)
over = threading.Event()


def say(word):
    print(word, flush=True)


def await_touch(seconds):
    finger.clear()
    say(f"touch {next(touches)}")
    return seconds == "now" or finger.wait(int(seconds))


def main(kind, what="15"):
    signal.signal(signal.SIGUSR1, lambda *_: finger.set())
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    port = vpcd.PORT + (os.environ.get("SLOT") == "2")
    if kind == "sim":
        vpcd.Bridge(lambda: sim.Ccid(what), port)
    else:
        card = MAKERS.get(kind, OathCard)
        vpcd.Bridge(lambda: card(lambda: await_touch(what)), port)
    say("in")
    while not over.wait(1):
        if os.getppid() == 1:
            break
    os._exit(0)


main(*sys.argv[1:])
