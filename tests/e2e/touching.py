# SPDX-License-Identifier: MIT
"""A simulated token whose owner touches it ten times a second.

usage: touching.py FOLDER; the socket is FOLDER/token.  Ends with its parent.
"""
import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "lib"))
from sim import Sim

signal.signal(signal.SIGTERM, lambda *_: sys.exit())
sim = Sim(folder=sys.argv[1])
parent = os.getppid()
try:
    while os.getppid() == parent:
        for down in (True, False):
            sim.world.button(down)
            time.sleep(0.05)
finally:
    sim.stop()
