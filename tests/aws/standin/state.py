# SPDX-License-Identifier: MIT
"""Everything the server remembers: accounts, people, keys and sessions."""
import copy
import threading
from dataclasses import dataclass, field

from . import ids
from .clock import Clock
from .mfa import Device, Verifier

DEFAULT_ACCOUNT = "111122223333"
SAVED = ("settings", "verifier", "accounts", "keys", "sessions")


@dataclass
class Settings:
    # Seconds until STS sees a change of IAM (AWS: 8 to 15) ...
    propagation_s: float = 0
    # ... and for which the old state still works (AWS: 1 to 3).
    old_binding_s: float = 0
    # Seconds until a new access key is accepted.
    key_propagation_s: float = 0
    # Regions where this account has STS switched off.
    disabled_regions: tuple = ()


@dataclass(eq=False)
class User:
    """A person of an account; the root user is the one without a name."""
    account: object
    name: str
    path: str
    id: str
    created: float
    keys: list = field(default_factory=list)

    kind = "user"
    role_arn = None

    @property
    def is_root(self):
        return self.name is None

    @property
    def arn(self):
        if self.is_root:
            return self.account.arn("iam", "root")
        return self.account.arn("iam", f"user{self.path}{self.name}")

    @property
    def devices(self):
        return [d for d in self.account.devices.values() if d.user is self]


@dataclass(eq=False)
class AccessKey:
    id: str
    secret: str
    principal: User
    created: float
    valid_from: float
    status: str = "Active"
    last_used: tuple = None

    token = None
    mfa = False
    mfa_at = None
    is_session = False


@dataclass(eq=False)
class Session:
    id: str
    secret: str
    token: str
    principal: object
    mfa: bool
    expires: float
    # Minted by another session.
    chained: bool
    # When a code was last given for it, if ever.
    mfa_at: float = None

    is_session = True


@dataclass(eq=False)
class Principal:
    """Whom a session acts as that is not of GetSessionToken."""
    account: object
    arn: str
    id: str
    # "role" or "federated".
    kind: str
    # Of a role's session, the role.
    role_arn: str = None

    is_root = False


@dataclass(eq=False)
class Role:
    account: object
    name: str
    path: str
    id: str
    require_mfa: bool = False
    # The most that aws:MultiFactorAuthAge may be, seconds.
    mfa_age_s: int = None
    max_session_s: int = 3600
    external_id: str = None
    trusted: tuple = ()

    @property
    def arn(self):
        return self.account.arn("iam", f"role{self.path}{self.name}")

    def trusts(self, who):
        """Whom the trust policy names; no names, the role's own account."""
        if not self.trusted:
            return who.account is self.account
        names = {who.arn, who.role_arn, who.account.id}
        return not names.isdisjoint(self.trusted)


@dataclass(eq=False)
class Account:
    id: str
    alias: str
    partition: str
    root: User = None
    users: dict = field(default_factory=dict)
    roles: dict = field(default_factory=dict)
    devices: dict = field(default_factory=dict)

    def arn(self, service, resource):
        return f"arn:{self.partition}:{service}::{self.id}:{resource}"

    @property
    def label(self):
        return self.alias or self.id


class World:
    """All state of one server. Hold the lock while touching it."""

    def __init__(self):
        self.lock = threading.RLock()
        self.clock = Clock()
        self._saved = None
        self.reset()

    def reset(self):
        self.clock.reset()
        self.settings = Settings()
        self.verifier = Verifier(self.clock, self.settings)
        self.accounts = {}
        self.keys = {}
        self.sessions = {}
        self.add_account(DEFAULT_ACCOUNT)

    def save(self):
        """Remember all but the clock, for restore."""
        self._saved = self._copy(vars(self))

    def restore(self):
        """As it was when it was saved, as often as one likes."""
        if self._saved is None:
            raise LookupError("saved state")
        vars(self).update(self._copy(self._saved))

    def _copy(self, state):
        """The clock goes on, for whoever has it."""
        return copy.deepcopy({name: state[name] for name in SAVED},
                             {id(self.clock): self.clock})

    def add_account(self, account_id=None, alias=None, partition="aws"):
        account = Account(account_id or ids.account_id(), alias, partition)
        account.root = User(account, None, "/", account.id, self.clock.now())
        self.accounts[account.id] = account
        return account

    def add_user(self, account, name, path="/"):
        user = User(account, name, path, ids.unique_id("AIDA"),
                    self.clock.now())
        account.users[name] = user
        return user

    def add_key(self, user, key_id=None, secret=None):
        key = AccessKey(key_id or ids.unique_id("AKIA"),
                        secret or ids.secret_key(), user, self.clock.now(),
                        self.clock.elapsed() + self.settings.key_propagation_s)
        user.keys.append(key)
        self.keys[key.id] = key
        return key

    def remove_key(self, key):
        key.principal.keys.remove(key)
        del self.keys[key.id]

    def add_session(self, principal, duration_s, mfa, chained=False,
                    mfa_at=None):
        session = Session(ids.unique_id("ASIA"), ids.secret_key(),
                          ids.session_token(), principal, mfa,
                          self.clock.now() + duration_s, chained, mfa_at)
        self.sessions[session.id] = session
        return session

    def add_role(self, account, name, path="/", **rules):
        role = Role(account, name, path, ids.unique_id("AROA"), **rules)
        account.roles[name] = role
        return role

    def find_role(self, arn):
        for account in self.accounts.values():
            for role in account.roles.values():
                if role.arn == arn:
                    return role
        return None

    def add_device(self, account, name, path="/", seed=None):
        device = Device(account, name, path, seed or ids.seed(),
                        self.clock.now())
        account.devices[device.arn] = device
        return device

    def bind_device(self, device, user):
        """Give a device to a user, or with None take it away."""
        device.user = user
        device.enabled = self.clock.now() if user else None
        self.verifier.publish(device)

    def remove_device(self, device):
        del device.account.devices[device.arn]
