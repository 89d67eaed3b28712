# SPDX-License-Identifier: MIT
"""Which fault strikes which call: a list that tests add to."""
import re
from dataclasses import dataclass

from . import fault_kinds

ALWAYS = -1


@dataclass
class Fault:
    # An action's name, or * for every one.
    action: str
    kind: str
    # Calls left to strike; ALWAYS never ends.
    times: int
    # Calls to let pass before.
    skip: int
    options: dict

    def strikes(self, action):
        """Whether this call is hit; counts it."""
        if self.action not in ("*", action) or self.times == 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times != ALWAYS:
            self.times -= 1
        return True


class Faults:
    def __init__(self):
        self._faults = []

    def add(self, action, kind, times, skip, options):
        fault_kinds.check(kind, options)
        self._faults.append(Fault(action, kind, times, skip, options))

    def clear(self):
        self._faults.clear()

    def pending(self):
        return [f for f in self._faults if f.times != 0]

    def take(self, action):
        """The first fault that strikes this call, or None."""
        for fault in self._faults:
            if fault.strikes(action):
                return fault
        return None


def parse_times(text):
    if text == "always":
        return ALWAYS
    if not re.fullmatch(r"\d+", str(text)):
        raise ValueError(f"times: a number or always, not {text}")
    return int(text)
