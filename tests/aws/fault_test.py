#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Faults: each is what it says, strikes as often as told, and no more."""
import http.client
import socket
import time
import xml.etree.ElementTree as ElementTree
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scene import Scene, refused
from standin.client import ControlError
from standin.fault_kinds import AFTER, INSTEAD
from tap import equal, run, test

ACTION = "GetCallerIdentity"


def struck(aws, kind, **options):
    """The exchange that a fault strikes."""
    aws.ctl("fault add", ACTION, kind, **options)
    return aws.post(*aws.signed(aws.user()))


def raw(aws, kind, **options):
    """The bytes of a struck reply, headers and all, to the end."""
    aws.ctl("fault add", ACTION, kind, **options)
    headers, body = aws.signed(aws.user())
    headers |= {"Content-Length": len(body), "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    place = urlsplit(aws.url)
    with socket.create_connection((place.hostname, place.port)) as link:
        link.sendall(f"POST / HTTP/1.1\r\n{head}\r\n{body}".encode())
        return b"".join(iter(lambda: link.recv(65536), b""))


def parses(body):
    try:
        ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return False
    return True


def length_and_body(reply):
    head, _, body = reply.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n")
               if line.lower().startswith(b"content-length")]
    equal(len(lengths), 1)
    return lengths[0], body


@test("throttling, 500 and 503 are AWS's errors")
def _(aws):
    for kind, status, code in (("throttle", 400, b"Throttling"),
                               ("500", 500, b"InternalFailure"),
                               ("503", 503, b"ServiceUnavailable")):
        got, _, body = struck(aws, kind)
        equal(got, status)
        assert b"<Code>%s</Code>" % code in body, body
        aws.start_over()


@test("any error can be told")
def _(aws):
    aws.ctl("fault add", ACTION, "error", code="Odd", status=418,
            message="So it is.")
    refused("Odd", 418, aws.client("sts", aws.user()).get_caller_identity,
            message="So it is.")


@test("a fault strikes once, N times, after some calls, or always")
def _(aws):
    headers, body = aws.signed(aws.user())
    for options, wanted in (({}, "xooo"), ({"times": 2}, "xxoo"),
                            ({"times": 2, "skip": 1}, "oxxo"),
                            ({"times": "always"}, "xxxx")):
        aws.ctl("fault add", ACTION, "throttle", **options)
        got = [aws.post(headers, body)[0] for _ in wanted]
        equal("".join("o" if s == 200 else "x" for s in got), wanted)
        aws.ctl("fault clear")


@test("a fault strikes its action, and * every one")
def _(aws):
    who = aws.user()
    aws.ctl("fault add", "GetSessionToken", "503")
    equal(aws.post(*aws.signed(who))[0], 200)
    equal(aws.post(*aws.signed(who, action="GetSessionToken"))[0], 503)
    aws.ctl("fault add", "*", "503")
    equal(aws.post(*aws.signed(who, "iam", action="GetUser"))[0], 503)


@test("faults that are left are listed; bad ones are refused")
def _(aws):
    aws.ctl("fault add", ACTION, "throttle", times=2)
    aws.post(*aws.signed(aws.user()))
    fault, = aws.ctl("fault list")
    equal((fault["kind"], fault["times"]), ("throttle", 1))
    for args, options in ((("nonsense",), {}), (("throttle",), {"x": 1}),
                          (("throttle",), {"times": "often"})):
        try:
            aws.ctl("fault add", ACTION, *args, **options)
        except ControlError:
            continue
        raise AssertionError(f"taken: {args} {options}")


@test("a closed and a reset connection bring no byte")
def _(aws):
    equal(raw(aws, "close"), b"")
    aws.start_over()
    try:
        raw(aws, "reset")
    except ConnectionResetError:
        return
    raise AssertionError("no reset")


@test("a fault in an action's place leaves the state alone")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    for kind in ("throttle", "500", "503", "error", "close", "redirect"):
        aws.ctl("fault add", "GetSessionToken", kind)
        aws.post_quietly(*mint(aws, who))
    about = aws.ctl("device show", "phone")
    equal((about["spent"], about["attempts"]), ("", 0))


@test("a lost reply has taken effect: its code is spent")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    for kind in ("lost", "cut", "malformed"):
        aws.ctl("fault add", "GetSessionToken", kind)
        aws.post_quietly(*mint(aws, who))
        refused("AccessDenied", 403, aws.session, who, "phone")
        aws.ctl("clock advance", 30)
    equal(len(aws.ctl("device show", "phone")["spent"].split(",")), 3)


def mint(aws, who):
    serial = aws.ctl("device show", "phone")["arn"]
    return aws.signed(who, action="GetSessionToken", SerialNumber=serial,
                      TokenCode=aws.code("phone"))


@test("a redirect leads elsewhere")
def _(aws):
    status, headers, _ = struck(aws, "redirect", status=307,
                                location="http://127.0.0.1:1/x")
    equal((status, headers["Location"]), (307, "http://127.0.0.1:1/x"))


@test("a cut reply ends before its declared length")
def _(aws):
    length, body = length_and_body(raw(aws, "cut"))
    equal(len(body), length // 2)
    aws.start_over()
    length, body = length_and_body(raw(aws, "cut", bytes=10))
    equal(len(body), 10)


@test("a declared length may be long or short")
def _(aws):
    length, body = length_and_body(raw(aws, "long-length", bytes=7))
    equal(length, len(body) + 7)
    aws.start_over()
    length, body = length_and_body(raw(aws, "short-length", bytes=7))
    equal(length, len(body) - 7)


@test("malformed, cut off by NUL, and Latin-1 replies do not parse")
def _(aws):
    for kind in ("malformed", "nul", "not-utf8", "empty"):
        status, _, body = struck(aws, kind)
        equal((status, parses(body)), (200, False))
        aws.start_over()


@test("extra elements parse, and bring strays of known names")
def _(aws):
    aws.ctl("fault add", "GetSessionToken", "extra")
    session = aws.session(aws.user())
    assert session.token != "stray"
    _, _, body = struck_session(aws, "extra")
    tree = ElementTree.fromstring(body)
    tokens = [e.text for e in tree.iter() if e.tag.endswith("SessionToken")]
    equal(tokens.count("stray"), 2)


def struck_session(aws, kind, **options):
    aws.ctl("fault add", "GetSessionToken", kind, **options)
    return aws.post(*aws.signed(aws.user("bob"), action="GetSessionToken"))


@test("an element can be missing, or have another text")
def _(aws):
    _, _, body = struck_session(aws, "missing", element="Expiration")
    assert b"Expiration" not in body and parses(body)
    aws.start_over()
    _, _, body = struck_session(aws, "replace", element="Expiration",
                                text="tomorrow")
    assert b"<Expiration>tomorrow</Expiration>" in body


@test("bombs, foreign files, depth and bulk")
def _(aws):
    _, _, body = struck(aws, "bomb")
    assert body.count(b"<!ENTITY") == 31 and b"&e30;</" in body
    aws.start_over()
    _, _, body = struck(aws, "external", file="/etc/motd")
    assert b'SYSTEM "file:///etc/motd"' in body and b"&f;" in body
    aws.start_over()
    _, _, body = struck(aws, "deep", depth=1000)
    equal((body.count(b"<d>"), parses(body)), (1000, True))
    aws.start_over()
    _, _, body = struck(aws, "huge", mib=3)
    assert len(body) > 3 << 20 and parses(body)


@test("a page of a portal is HTML")
def _(aws):
    status, headers, body = struck(aws, "html")
    equal((status, headers["Content-Type"]), (200, "text/html"))
    assert body.startswith(b"<!DOCTYPE html>")


@test("a reply can have many headers")
def _(aws):
    _, headers, _ = struck(aws, "headers", count=30)
    equal(sum(name.startswith("X-Filler") for name in headers), 30)


@test("the Date header can be off, in a reply and with the clock")
def _(aws):
    _, headers, _ = struck(aws, "date", seconds=-3600)
    equal(date(headers), aws.now() - 3600)
    _, headers, _ = aws.post(*aws.signed(aws.user("bob")))
    equal(date(headers), aws.now())


def date(headers):
    return parsedate_to_datetime(headers["Date"]).timestamp()


@test("a slow reply trickles, a delayed one comes late, both whole")
def _(aws):
    for kind, options in (("slow", {"rate": 1000}), ("delay", {"seconds": .3})):
        start = time.monotonic()
        status, _, body = struck(aws, kind, **options)
        assert time.monotonic() - start > .2
        equal((status, parses(body)), (200, True))
        aws.start_over()


@test("a stalled reply keeps the connection open and silent")
def _(aws):
    aws.ctl("fault add", ACTION, "stall")
    link = http.client.HTTPConnection(urlsplit(aws.url).netloc, timeout=.3)
    headers, body = aws.signed(aws.user())
    link.request("POST", "/", body, headers)
    try:
        link.getresponse()
    except TimeoutError:
        return
    finally:
        link.close()
    raise AssertionError("answered")


@test("the log names the fault and the status that was sent")
def _(aws):
    struck(aws, "throttle")
    aws.ctl("fault add", ACTION, "lost")
    aws.post_quietly(*aws.signed(aws.user("bob")))
    equal([(e["status"], e["code"], e["fault"]) for e in aws.ctl("log list")],
          [(400, "Throttling", "throttle"), (0, "", "lost")])


@test("every kind of fault is in these tests")
def _(aws):
    with open(__file__) as source:
        text = source.read()
    equal([k for k in [*INSTEAD, *AFTER] if f'"{k}"' not in text], [])


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
