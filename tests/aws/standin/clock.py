# SPDX-License-Identifier: MIT
"""The server's idea of time, which tests set, stop and move."""
import time
from datetime import datetime, timezone


class Clock:
    """Unix time in seconds; runs with the machine's clock unless stopped."""

    def __init__(self):
        self.reset()

    def reset(self):
        self._offset_s = 0.0
        self._stopped_at = None
        self._jumps_s = 0.0

    def now(self):
        if self._stopped_at is not None:
            return self._stopped_at
        return time.time() + self._offset_s

    def elapsed(self):
        """Time that passed or was advanced; set() does not disturb it.

        What AWS does some seconds after a change is measured with this, so
        that a test may set the date back without undoing its own set-up.
        """
        return self.now() - self._jumps_s

    def set(self, unix):
        self._jumps_s += unix - self.now()
        self._move_to(unix)

    def advance(self, seconds):
        """Let time pass; a step back is a set()."""
        if seconds < 0:
            self._jumps_s += seconds
        self._move_to(self.now() + seconds)

    def stop(self):
        self._stopped_at = self.now()

    def run(self):
        now = self.now()
        self._stopped_at = None
        self._move_to(now)

    @property
    def stopped(self):
        return self._stopped_at is not None

    def _move_to(self, unix):
        if self._stopped_at is not None:
            self._stopped_at = float(unix)
        else:
            self._offset_s = unix - time.time()


def iso8601(unix):
    moment = datetime.fromtimestamp(int(unix), timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def basic_iso8601(unix):
    """The form that SigV4 signs: 20150830T123600Z."""
    moment = datetime.fromtimestamp(int(unix), timezone.utc)
    return moment.strftime("%Y%m%dT%H%M%SZ")


def parse_basic_iso8601(text):
    """Unix time, or ValueError."""
    moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ")
    return moment.replace(tzinfo=timezone.utc).timestamp()


def parse_time(text):
    """A Unix time in digits, or ISO 8601 in UTC."""
    try:
        return float(text)
    except ValueError:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
        return moment.replace(tzinfo=timezone.utc).timestamp()
