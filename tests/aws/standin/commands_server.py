# SPDX-License-Identifier: MIT
"""Commands on the server itself: its clock, faults, log and settings."""
import dataclasses

from . import faults
from .clock import iso8601, parse_time


def clock_now(c):
    return int(c.world.clock.now())


def clock_set(c, time):
    """Unix seconds or 2026-01-31T12:00:00Z."""
    c.world.clock.set(parse_time(time))


def clock_advance(c, seconds):
    c.world.clock.advance(float(seconds))


def clock_stop(c, time=None):
    if time is not None:
        c.world.clock.set(parse_time(time))
    c.world.clock.stop()


def clock_run(c):
    c.world.clock.run()


def fault_add(c, action, kind, *, times="1", skip="0", **options):
    """action: a name, or * for all; times: a number or always."""
    c.faults.add(action, kind, faults.parse_times(times), int(skip), options)


def fault_list(c):
    return [dataclasses.asdict(f) for f in c.faults.pending()]


def fault_clear(c):
    c.faults.clear()


def log_list(c, action=None):
    return [{"time": iso8601(e.time), "action": e.action, "key": e.key_id,
             "status": e.status, "code": e.code, "fault": e.fault}
            for e in c.log.entries if action in (None, e.action)]


def log_last(c, action=None):
    """The whole of the latest request: parameters and headers."""
    for entry in reversed(c.log.entries):
        if action in (None, entry.action):
            return dataclasses.asdict(entry)
    raise LookupError(f"request of {action}")


def log_count(c, action=None):
    return c.log.calls(action)


def log_codes(c, action=None):
    """The codes for sessions that requests had, also what was not judged."""
    return [{"action": e.action, "code": e.params["TokenCode"]}
            for e in c.log.entries
            if "TokenCode" in e.params and action in (None, e.action)]


def log_clear(c):
    c.log.clear()


def settings_set(c, **options):
    """Names and types are those of state.Settings."""
    for name, text in options.items():
        if not hasattr(c.world.settings, name):
            raise LookupError(f"setting {name}")
        value = tuple(text.split(",")) if "regions" in name else float(text)
        setattr(c.world.settings, name, value)


def settings_show(c):
    return dataclasses.asdict(c.world.settings)


def server_url(c, name="url"):
    """Of url, proxy, good, expired, wrong-host, stranger, old."""
    return c.addresses[name]


def proxy_list(c):
    """What the proxy was asked for."""
    return [{"host": host} for host in c.proxy.asked] if c.proxy else []


def server_reset(c):
    """As new, with nothing but the empty default account."""
    c.world.reset()
    c.faults.clear()
    c.log.clear()


def server_save(c):
    """Remember the state, its clock aside."""
    c.world.save()


def server_restore(c):
    """The state that was saved, without faults and an empty log."""
    c.world.restore()
    c.faults.clear()
    c.log.clear()


COMMANDS = {
    "clock now": clock_now,
    "clock set": clock_set,
    "clock advance": clock_advance,
    "clock stop": clock_stop,
    "clock run": clock_run,
    "fault add": fault_add,
    "fault list": fault_list,
    "fault clear": fault_clear,
    "log list": log_list,
    "log last": log_last,
    "log codes": log_codes,
    "log count": log_count,
    "log clear": log_clear,
    "settings set": settings_set,
    "settings show": settings_show,
    "server url": server_url,
    "server reset": server_reset,
    "server restore": server_restore,
    "server save": server_save,
    "proxy list": proxy_list,
}
