# SPDX-License-Identifier: MIT
"""What was asked and answered, for tests to count and to read."""
from collections import Counter, deque
from dataclasses import dataclass

KEPT = 20000


@dataclass
class Entry:
    time: float
    action: str
    key_id: str
    # 0 if no reply was sent.
    status: int
    code: str
    fault: str
    params: dict
    headers: list


class RequestLog:
    def __init__(self):
        self.clear()

    def clear(self):
        self.entries = deque(maxlen=KEPT)
        self._calls = Counter()

    def add(self, entry):
        self.entries.append(entry)
        self._calls[entry.action] += 1

    def calls(self, action=None):
        """How often an action was called; of any, without a name."""
        return self._calls[action] if action else self._calls.total()
