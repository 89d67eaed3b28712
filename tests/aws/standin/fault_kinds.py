# SPDX-License-Identifier: MIT
"""The faults: some take the place of the action, some spoil its reply.

A fault of INSTEAD leaves the state alone: AWS never got to the action. One of
AFTER strikes when the action has taken effect, so a code counts as spent.
"""
import re

from . import hostile_xml
from .errors import AwsError


def _refuse(code, status, message):
    return lambda refuse, o: refuse(AwsError(code, status, message))


def _refuse_as_told(refuse, o):
    return refuse(AwsError(o["code"], int(o["status"]), o["message"]))


def _drop(refuse, o):
    reply = refuse(AwsError("", 500, ""))
    reply.dropped = True
    return reply


def _drop_by_reset(refuse, o):
    reply = _drop(refuse, o)
    reply.reset = True
    return reply


def _stall(refuse, o):
    reply = _drop(refuse, o)
    reply.stall_s = float(o["seconds"])
    return reply


def _redirect(refuse, o):
    reply = refuse(AwsError("", int(o["status"]), ""))
    reply.headers["Location"] = o["location"]
    reply.body = b""
    return reply


def _lose(reply, o):
    reply.dropped = True


def _cut(reply, o):
    at = int(o["bytes"])
    reply.cut_after = at if at >= 0 else len(reply.body) // 2


def _declare_more(reply, o):
    reply.declared_len = len(reply.body) + int(o["bytes"])
    reply.cut_after = len(reply.body)


def _declare_less(reply, o):
    reply.declared_len = max(0, len(reply.body) - int(o["bytes"]))


def _trickle(reply, o):
    reply.bytes_per_s = int(o["rate"])


def _delay(reply, o):
    reply.stall_s = float(o["seconds"])


def _skew(reply, o):
    reply.date_skew_s = float(o["seconds"])


def _many_headers(reply, o):
    for i in range(int(o["count"])):
        reply.headers[f"X-Filler-{i}"] = "x" * 1000


def _replace(make):
    """A fault that puts other bytes in the place of the body."""
    def spoil(reply, o):
        reply.body = make(reply.body, o)
    return spoil


def _html(reply, o):
    reply.status = int(o["status"])
    reply.headers["Content-Type"] = "text/html"
    reply.body = b"<!DOCTYPE html><html><body>Sign in<br></body></html>\n"


def _without(body, o):
    name = re.escape(o["element"]).encode()
    return re.sub(rb"<%s>.*?</%s>|<%s/>" % (name, name, name), b"", body,
                  flags=re.DOTALL)


def _with_text(body, o):
    name = re.escape(o["element"]).encode()
    text = o["text"].encode()
    return re.sub(rb"(<%s>).*?(</%s>)" % (name, name),
                  lambda m: m[1] + text + m[2], body, flags=re.DOTALL)


# Each kind: what it does and the options it takes, with their defaults.
INSTEAD = {
    "throttle": (_refuse("Throttling", 400, "Rate exceeded"), {}),
    "500": (_refuse("InternalFailure", 500, "An internal error occurred"), {}),
    "503": (_refuse("ServiceUnavailable", 503, "Service Unavailable"), {}),
    "error": (_refuse_as_told, {"code": "AccessDenied", "status": "403",
                                "message": "Denied by a test."}),
    "close": (_drop, {}),
    "reset": (_drop_by_reset, {}),
    "stall": (_stall, {"seconds": "600"}),
    "redirect": (_redirect, {"location": "http://127.0.0.1:9/",
                             "status": "302"}),
}
AFTER = {
    "lost": (_lose, {}),
    "cut": (_cut, {"bytes": "-1"}),
    "long-length": (_declare_more, {"bytes": "100"}),
    "short-length": (_declare_less, {"bytes": "100"}),
    "slow": (_trickle, {"rate": "100"}),
    "delay": (_delay, {"seconds": "1"}),
    "date": (_skew, {"seconds": "3600"}),
    "headers": (_many_headers, {"count": "80"}),
    "html": (_html, {"status": "200"}),
    "empty": (_replace(lambda body, o: b""), {}),
    "malformed": (_replace(hostile_xml.malformed), {}),
    "not-utf8": (_replace(hostile_xml.not_utf8), {}),
    "nul": (_replace(hostile_xml.nul), {}),
    "extra": (_replace(hostile_xml.extra), {}),
    "bomb": (_replace(hostile_xml.bomb), {}),
    "external": (_replace(hostile_xml.external), {"file": "/etc/hostname"}),
    "deep": (_replace(hostile_xml.deep), {"depth": "100000"}),
    "huge": (_replace(hostile_xml.huge), {"mib": "32"}),
    "missing": (_replace(_without), {"element": "SessionToken"}),
    "replace": (_replace(_with_text), {"element": "Expiration", "text": ""}),
}


def check(kind, options):
    """ValueError for a kind or an option that does not exist."""
    known = INSTEAD.get(kind) or AFTER.get(kind)
    if known is None:
        kinds = " ".join([*INSTEAD, *AFTER])
        raise ValueError(f"no fault {kind}; there are: {kinds}")
    unknown = options.keys() - known[1].keys()
    if unknown:
        raise ValueError(f"fault {kind} takes no {sorted(unknown)[0]}")


def instead(fault, refuse):
    """The reply in the place of the action, or None if it shall run.

    refuse: makes a Reply of an AwsError.
    """
    if fault is None or fault.kind not in INSTEAD:
        return None
    act, defaults = INSTEAD[fault.kind]
    return act(refuse, {**defaults, **fault.options})


def spoil(fault, reply):
    """Change a reply as the fault demands."""
    if fault is not None and fault.kind in AFTER:
        act, defaults = AFTER[fault.kind]
        act(reply, {**defaults, **fault.options})
