# SPDX-License-Identifier: MIT
"""Virtual MFA devices: the codes they have spent and what STS knows of them.

IAM sees its own changes at once. STS sees them later (propagation_s) and acts
on the old state for a moment only (old_binding_s); in between it knows no
device. A session's code is therefore verified against a Binding, which is
what STS believes, and not against the device as IAM has it.
"""
from collections import defaultdict
from dataclasses import dataclass, field

from . import errors, totp

BUDGET = 9
BUDGET_WINDOW_S = 180

BAD_CODE = ("MultiFactorAuthentication failed with invalid MFA one time "
            "pass code. ")
UNABLE = ("MultiFactorAuthentication failed, unable to validate MFA code.  "
          "Please verify your MFA serial number is valid and associated with "
          "this user.")


@dataclass(eq=False)
class Device:
    account: object
    name: str
    path: str
    seed: bytes
    created: float
    user: object = None
    enabled: float = None
    tags: list = field(default_factory=list)
    # Steps that the device's clock is ahead of the server's.
    offset: int = 0
    # Second counter of the last accepted pair.
    last_pair: int = -1
    spent: set = field(default_factory=set)

    @property
    def arn(self):
        return self.account.arn("iam", f"mfa{self.path}{self.name}")

    def accept_pair(self, first, second, now):
        """Set the offset from two consecutive codes; False if they are not.

        The codes of a pair stay good for STS.
        """
        here = totp.step(now)
        counter = totp.find_pair(self.seed, first, second,
                                 here + self.offset, self.last_pair)
        if counter is None:
            return False
        self.last_pair = counter
        self.offset = counter - here
        return True

    def spend(self, text, around):
        """Use up the counter of a code; False if it is wrong or spent."""
        for counter in totp.counters_of(self.seed, text, around):
            if counter not in self.spent:
                self.spent.add(counter)
                return True
        return False


@dataclass(frozen=True)
class Binding:
    """Whose device it is and how far its clock is off, at one time."""
    device: Device
    user: object
    offset: int


class Verifier:
    """STS's side: bindings as they have reached it, and the budget."""

    def __init__(self, clock, settings):
        self._clock = clock
        self._settings = settings
        self._changes = defaultdict(list)
        self._attempts = defaultdict(int)

    def publish(self, device):
        """Tell STS of a device's present state, which arrives later."""
        binding = None
        if device.user is not None:
            binding = Binding(device, device.user, device.offset)
        changes = self._changes[device.arn]
        changes.append((self._clock.elapsed(), binding))

    def verify(self, serial, text, user):
        """Spend a code of the user's device, or raise AccessDenied.

        Every attempt that names a serial counts, also while STS does not
        know the device yet: the stricter reading of what was observed.
        """
        now = self._clock.now()
        window = (serial, int(now // BUDGET_WINDOW_S))
        self._attempts[window] += 1
        binding = self._binding(serial)
        if (self._attempts[window] > BUDGET or binding is None
                or binding.user is not user):
            raise errors.access_denied(UNABLE)
        if not binding.device.spend(text, totp.step(now) + binding.offset):
            raise errors.access_denied(BAD_CODE)

    def attempts(self, serial):
        """Verifications in the present window of the budget."""
        now = self._clock.now()
        return self._attempts[serial, int(now // BUDGET_WINDOW_S)]

    def _binding(self, serial):
        now = self._clock.elapsed()
        settled, pending_since = None, None
        for time, binding in self._changes[serial]:
            if now - time >= self._settings.propagation_s:
                settled = binding
            elif pending_since is None:
                pending_since = time
        if pending_since is None:
            return settled
        old_works = now - pending_since < self._settings.old_binding_s
        return settled if old_works else None
