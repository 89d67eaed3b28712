# SPDX-License-Identifier: MIT
"""Commands that set the scene: accounts, users, keys, roles, devices.

All arguments arrive as text. NAMEs are looked up in every account; an ARN or
ACCOUNT/NAME tells equal ones apart.
"""
import base64

from . import errors, iam_mfa, qr, totp
from .clock import iso8601


def _account(world, given):
    for account in world.accounts.values():
        if given in (None, account.id, account.alias):
            return account
    raise LookupError(f"account {given}")


def _find(world, kind, name):
    """The one user, role or device of a name, an ARN or ACCOUNT/NAME."""
    found = [thing for account in world.accounts.values()
             for thing in getattr(account, kind).values()
             if name in (thing.name, thing.arn, f"{account.id}/{thing.name}")]
    if len(found) != 1:
        raise LookupError(f"{kind} {name}" if not found else
                          f"single one, but several {kind} {name}")
    return found[0]


def _user(world, name):
    """root, ACCOUNT/root, or a user."""
    account_id, _, rest = name.rpartition("/")
    if rest == "root":
        return _account(world, account_id or None).root
    return _find(world, "users", name)


def _key(world, name):
    """A key by its id, or the first of a user's."""
    if name in world.keys:
        return world.keys[name]
    keys = _user(world, name).keys
    if not keys:
        raise LookupError(f"key of user {name}")
    return keys[0]


def account_create(c, account_id=None, *, alias=None, partition="aws"):
    return c.world.add_account(account_id, alias, partition).id


def account_alias(c, alias, *, account=None):
    _account(c.world, account).alias = alias


def user_create(c, name, *, account=None, path="/", key="yes"):
    user = c.world.add_user(_account(c.world, account), name, path)
    about = {"arn": user.arn}
    if key == "yes":
        about.update(_show_key(c.world.add_key(user)))
    return about


def user_show(c, name):
    user = _user(c.world, name)
    return {"arn": user.arn, "id": user.id,
            "keys": ",".join(k.id for k in user.keys),
            "devices": ",".join(d.arn for d in user.devices)}


def key_create(c, user, *, id=None, secret=None):
    return _show_key(c.world.add_key(_user(c.world, user), id, secret))


def key_list(c, user):
    return [{"access_key_id": k.id, "status": k.status}
            for k in _user(c.world, user).keys]


def key_status(c, key, status):
    _key(c.world, key).status = status


def key_remove(c, key):
    c.world.remove_key(_key(c.world, key))


def key_ini(c, key, profile="default"):
    """A section for the shared credentials file."""
    key = _key(c.world, key)
    return (f"[{profile}]\naws_access_key_id = {key.id}\n"
            f"aws_secret_access_key = {key.secret}")


def key_env(c, key):
    """Exports for a shell."""
    key = _key(c.world, key)
    return (f"export AWS_ACCESS_KEY_ID={key.id}\n"
            f"export AWS_SECRET_ACCESS_KEY={key.secret}")


def _show_key(key):
    return {"access_key_id": key.id, "secret_access_key": key.secret}


def role_create(c, name, *, account=None, path="/", require_mfa="no",
                max_session_s="3600", external_id=None, trust="",
                mfa_age_s=None):
    """trust: ARNs or account ids with commas; empty, the own account."""
    role = c.world.add_role(
        _account(c.world, account), name, path,
        require_mfa=require_mfa == "yes", max_session_s=int(max_session_s),
        mfa_age_s=None if mfa_age_s is None else int(mfa_age_s),
        external_id=external_id, trusted=tuple(filter(None, trust.split(","))))
    return role.arn


def device_create(c, name, *, account=None, path="/", seed=None, user=None):
    """As by the console; seed is base32. With a user, enabled at once."""
    account = (_user(c.world, user).account if user
               else _account(c.world, account))
    raw = seed and base64.b32decode(seed.upper() + "=" * (-len(seed) % 8))
    device = c.world.add_device(account, name, path, raw)
    if user:
        c.world.bind_device(device, _user(c.world, user))
    return device.arn


def device_enable(c, name, user, code1, code2):
    """A person types the pair into the console."""
    device = _find(c.world, "devices", name)
    if not device.accept_pair(code1, code2, c.world.clock.now()):
        raise errors.invalid_authentication_code(iam_mfa.BAD_PAIR)
    c.world.bind_device(device, _user(c.world, user))


def device_disable(c, name):
    c.world.bind_device(_find(c.world, "devices", name), None)


def device_remove(c, name):
    device = _find(c.world, "devices", name)
    c.world.bind_device(device, None)
    c.world.remove_device(device)


def device_show(c, name):
    device = _find(c.world, "devices", name)
    return {"arn": device.arn, "user": device.user and device.user.arn,
            "enabled": device.enabled and iso8601(device.enabled),
            "offset": device.offset, "last_pair": device.last_pair,
            "spent": ",".join(map(str, sorted(device.spent))),
            "attempts": c.world.verifier.attempts(device.arn)}


def device_list(c):
    return [{"arn": d.arn, "user": d.user and d.user.arn}
            for account in c.world.accounts.values()
            for d in account.devices.values()]


def device_seed(c, name):
    return qr.base32(_find(c.world, "devices", name).seed)


def device_uri(c, name, *, old="no"):
    return qr.uri(_find(c.world, "devices", name), old == "yes")


def device_png(c, name, *, old="no", inverted="no", module_px="3"):
    text = device_uri(c, name, old=old)
    image = qr.png(text, int(module_px), inverted == "yes")
    return {"base64": base64.b64encode(image).decode()}


def device_code(c, name, step="0"):
    """The code of the server's present step, or of one so far from it."""
    device = _find(c.world, "devices", name)
    here = totp.step(c.world.clock.now()) + device.offset
    return totp.code(device.seed, here + int(step))


def device_pair(c, name):
    """The codes of the step before and of the present one."""
    return f"{device_code(c, name, '-1')} {device_code(c, name)}"


COMMANDS = {
    "account create": account_create,
    "account alias": account_alias,
    "user create": user_create,
    "user show": user_show,
    "key create": key_create,
    "key list": key_list,
    "key status": key_status,
    "key remove": key_remove,
    "key ini": key_ini,
    "key env": key_env,
    "role create": role_create,
    "device create": device_create,
    "device enable": device_enable,
    "device disable": device_disable,
    "device remove": device_remove,
    "device show": device_show,
    "device list": device_list,
    "device seed": device_seed,
    "device uri": device_uri,
    "device png": device_png,
    "device code": device_code,
    "device pair": device_pair,
}
