#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob-net against servers that answer well, badly, late or not at all."""
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/fault"))
from net_support import (FOB_NET, NETWORK, PAIRS, REPLY, XML, Points, Reply,  # noqa
                         Server, answers, exchange, http, read_request,
                         request, run)

points = Points()
ok = points.ok
DATE = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\nx-amzn-RequestId: r-1\r\n"


def is_fault(reply, status, sent, *words):
    return (reply.status == status and reply.maybe_sent == sent
            and not reply.pairs and all(w in reply.fault for w in words))


def good_replies():
    with Server(answers(http(XML, headers=DATE))) as server:
        headers = (("Host", "sts.example"), ("X-Amz-Date", "d"),
                   ("Content-Type", "application/x-www-form-urlencoded"))
        got = exchange(server.url(), headers=headers, body=b"A=B&C=%20")
        ok(got.status == 0 and got.http == 200 and got.maybe_sent
           and got.pairs == PAIRS and got.fault == "",
           "a reply comes back as pairs", got)
        ok(got.date == 1700000000 and got.request_id == "r-1",
           "with its date and request id", got)
        sent = server.requests[0].decode()
        head, _, body = sent.partition("\r\n\r\n")
        lines = head.split("\r\n")
        names = sorted(row.split(":")[0] for row in lines[1:])
        ok(lines[0] == "POST / HTTP/1.1" and body == "A=B&C=%20"
           and names == ["Content-Length", "Content-Type", "Host",
                         "User-Agent", "X-Amz-Date"]
           and "Host: sts.example" in lines and "X-Amz-Date: d" in lines,
           "the request is what was signed, and nothing of libcurl's", sent)
        ok(server.connections == 1, "it is sent once")
    odd = ("Date: Tue, 31 Feb 99999 25:61:61\r\n"
           "x-amzn-RequestId: r\u00e9\x1b[0m\r\nContent-Length: 5\r\n")
    with Server(answers(http(XML, headers=odd))) as server:
        got = exchange(server.url())
        ok(got.http == 200 or got.status in (NETWORK, REPLY),
           "odd headers make no odd message", got)
    with Server(answers(http(XML, headers="Date: soon\r\n"
                             "x-amzn-RequestId: r\u00e9\r\n"))) as server:
        got = exchange(server.url())
        ok(got.pairs == PAIRS and got.date == 0 and got.request_id == "",
           "a date and an id that are none are left out", got)
    with Server(answers(http(XML))) as server:
        got = exchange(server.url() + "a%20b?c=d", method="GET", body=b"")
        ok(server.requests[0].startswith(b"GET /a%20b?c=d HTTP/1.1\r\n")
           and got.pairs == PAIRS, "GET with a query", server.requests)
    with Server(answers(http('{"SigninToken": "t"}',
                             kind="application/json; charset=utf-8"))) as s:
        got = exchange(s.url())
        ok(got.pairs == [("SigninToken", "t")], "JSON", got)
    with Server(answers(b"HTTP/1.1 100 Continue\r\n\r\n" + http(XML))) as s:
        ok(exchange(s.url()).pairs == PAIRS, "an interim reply is passed over")
    with Server(answers(http(XML)), address="::1") as server:
        got = exchange(f"http://[::1]:{server.port}/")
        ok(got.pairs == PAIRS, "loopback over IPv6", got)
    with Server(answers(http(XML))) as server:
        got = exchange(f"http://localhost:{server.port}/")
        ok(got.pairs == PAIRS, "localhost by name", got)


def errors_of_aws():
    error = ("<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied"
             "</Code><Message>no &amp; no. </Message></Error>"
             "<RequestId>r</RequestId></ErrorResponse>")
    with Server(answers(http(error, "403 Forbidden"))) as server:
        got = exchange(server.url())
        ok(got.status == 0 and got.http == 403
           and ("Error/Code", "AccessDenied") in got.pairs
           and ("Error/Message", "no & no. ") in got.pairs,
           "an error of AWS is a reply", got)
    error = '{"__type": "a.b#ThrottlingException", "message": "slow"}'
    with Server(answers(http(error, "400 Bad Request",
                             "application/x-amz-json-1.1"))) as server:
        got = exchange(server.url())
        ok(("Error/Code", "ThrottlingException") in got.pairs
           and ("Error/Message", "slow") in got.pairs,
           "so is one of a JSON service", got)
    for name, raw in (
            ("no body", http("", "503 Service Unavailable")),
            ("HTML", http("<html><br>", "502 Bad Gateway", "text/html")),
            ("broken XML", http("<a>", "500 Internal Server Error"))):
        with Server(answers(raw)) as server:
            got = exchange(server.url())
            ok(got.status == 0 and got.http >= 500 and got.pairs == []
               and server.connections == 1,
               f"an error with {name} keeps its HTTP status, no retry", got)


def broken_replies():
    cases = [
        ("closed before the reply", b"", NETWORK, "without a reply"),
        ("cut in the head", b"HTTP/1.1 200 OK\r\nContent-Ty", REPLY,
         "cannot be read"),
        ("cut in the body", http(XML)[:-5], NETWORK, "ended early"),
        ("announced too long", http(XML, length=9999), NETWORK,
         "ended early"),
        ("announced too short", http(XML, length=20), REPLY,
         "cannot be read"),
        ("chunks cut",
         b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
         b"Transfer-Encoding: chunked\r\n\r\n40\r\n<R>", NETWORK, ""),
        ("malformed XML", http("<R><A>x</R>"), REPLY, "cannot be read"),
        ("an entity bomb",
         http('<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
              '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>'),
         REPLY, "document type"),
        ("malformed JSON", http("{", kind="application/json"), REPLY,
         "cannot be read"),
        ("a sign-in page", http("<html></html>", kind="text/html"), REPLY,
         "neither XML nor JSON"),
        ("no content type",
         b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<a/>", REPLY,
         "neither XML nor JSON"),
        ("a body of 2 MiB", http(b"<R>" + b" " * (2 << 20)), REPLY,
         "larger than 1 MiB"),
        ("endless chunks",
         b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
         b"Transfer-Encoding: chunked\r\n\r\n" +
         (b"1000\r\n" + b"x" * 4096 + b"\r\n") * 400, REPLY,
         "larger than 1 MiB"),
        ("HTTP status 999", http(XML, "999 Odd"), REPLY, "not HTTP"),
        ("HTTP status 099", http(XML, "099 Odd"), REPLY, ""),
        ("a switch of protocols", http("", "101 Switching"), NETWORK,
         "without a reply"),
        ("HTTP status 999, cut", http(XML, "999 Odd")[:-9], NETWORK, "early"),
        ("not HTTP", b"SSH-2.0-OpenSSH_9.2\r\n", REPLY, "not HTTP"),
        ("too many values", http("<R>" + "<A/>" * 9000 + "</R>"), REPLY,
         "too many"),
        ("a deep tree", http("<a>" * 40 + "</a>" * 40), REPLY, "too deep"),
    ]
    for name, raw, status, words in cases:
        with Server(answers(raw)) as server:
            got = exchange(server.url())
            ok(is_fault(got, status, True, words)
               and server.connections == 1, name, got)


def redirects():
    with Server(answers(http(XML))) as other:
        for code in ("301 Moved", "302 Found", "307 Temporary", "308 Moved"):
            where = f"Location: {other.url()}\r\n"
            with Server(answers(http("", code, headers=where))) as server:
                got = exchange(server.url())
                ok(is_fault(got, NETWORK, True, "redirect refused")
                   and got.http == int(code[:3]), f"HTTP {code}", got)
        ok(other.connections == 0, "no redirect was followed")


def late_replies():
    def drip(peer, server):
        read_request(peer)
        peer.sendall(b"HTTP/1.1 200 OK\r\n")
        while not server.over.wait(0.05):
            peer.sendall(b"X-A: b\r\n")

    def silent(peer, server):
        read_request(peer)
        server.over.wait(20)

    for name, behave in (("a reply that drips", drip),
                         ("no reply at all", silent)):
        with Server(behave) as server:
            start = time.monotonic()
            got = exchange(server.url(), total_ms=1000)
            ok(is_fault(got, NETWORK, True, "did not answer within")
               and time.monotonic() - start < 10, name, got)


def no_connection():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    got = exchange(f"http://127.0.0.1:{port}/")
    ok(is_fault(got, NETWORK, False, "was refused", f"127.0.0.1:{port}"),
       "nobody listens: nothing was sent", got)
    got = exchange("https://no-such-host.invalid/", connect_ms=3000,
                   total_ms=4000)
    ok(is_fault(got, NETWORK, False, "no-such-host.invalid"),
       "no such host: nothing was sent", got)
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    waiting = []
    for _ in range(4):
        peer = socket.socket()
        peer.setblocking(False)
        peer.connect_ex(full.getsockname())
        waiting.append(peer)
    got = exchange(f"http://127.0.0.1:{full.getsockname()[1]}/",
                   connect_ms=500, total_ms=4000)
    ok(is_fault(got, NETWORK, False, "in time"),
       "nobody accepts: nothing was sent", got)
    for peer in waiting + [full]:
        peer.close()


def not_requests():
    good = request("http://127.0.0.1:1/")
    for name, message in (
            ("nothing", b""), ("noise", os.urandom(200)),
            ("a request cut", good[:-1]), ("a byte too many", good + b"x"),
            ("plain http elsewhere", request("http://192.0.2.1/")),
            ("a file", request("file:///etc/passwd", "GET", body=b"")),
            ("a header with a line end",
             request("http://127.0.0.1:1/", headers=(("A", "b\r\nC: d"),))),
            ("64 KiB and more", good + b"x" * 65536)):
        status, out = run(message)
        ok(status == 1 and out == b"", f"refused: {name}", (status, out))


def environment():
    """Proxies, key logs and configuration of the environment are ignored."""
    home = os.environ.get("TMPDIR", "/tmp")
    with Server(answers(b"")) as proxy, Server(answers(http(XML))) as server:
        there = proxy.url()
        env = {name: there for name in (
            "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
            "all_proxy", "ALL_PROXY")}
        env |= {"HOME": home, "NETRC": "/dev/zero",
                "OPENSSL_CONF": "/dev/zero", "CURL_HOME": home}
        got = exchange(server.url(), env=env)
        ok(got.pairs == PAIRS and proxy.connections == 0,
           "the environment is ignored", got)
        got = exchange(server.url(), proxy=there)
        ok(got.pairs == PAIRS and proxy.connections == 0,
           "loopback takes no proxy", got)


def documented():
    """The messages that docs/protocol.md spells out."""
    document = pathlib.Path(os.environ["TOP"], "docs/protocol.md").read_text()
    section = document.split("## fob-net\n")[1].split("\n## ")[0]
    blocks = [bytes.fromhex("".join(re.findall(
        r"(?:^|(?<= ))[0-9a-f]{2}(?= |$)", re.sub(r" {3,}\S.*", "", block),
        re.M))) for block in section.split("```")[1:4:2]]
    ok(blocks[0] == request("https://h/", total_ms=30000),
       "the request in docs/protocol.md", blocks[0])
    got = Reply(blocks[1])
    ok(got.http == 200 and got.date == 1700000000 and got.request_id == "id"
       and got.pairs == [("A/B", "x"), ("C", "")],
       "the reply in docs/protocol.md", got)


def confinement():
    seen = {}

    def look(peer, server):
        read_request(peer)
        status = open(f"/proc/{server.pid}/status").read()
        limits = open(f"/proc/{server.pid}/limits").read()
        seen.update(status=status, limits=limits,
                    owner=os.stat(f"/proc/{server.pid}/mem").st_uid)
        peer.sendall(http(XML))

    with Server(look) as server:
        child = subprocess.Popen([FOB_NET], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE)
        server.pid = child.pid
        child.communicate(request(server.url()), timeout=30)
    rows = {row.split("  ")[0]: row.split()
            for row in seen.get("limits", "").splitlines()}
    ok("NoNewPrivs:\t1" in seen.get("status", ""), "no new privileges")
    ok("\nSeccomp:\t2\n" in seen.get("status", ""),
       "a filter of system calls while it speaks with a server")
    ok(rows["Max core file size"][4:6] == ["0", "0"], "no core file", rows)
    ok(rows["Max file size"][3:5] == ["0", "0"], "no file is written", rows)
    ok(rows["Max address space"][3] != "unlimited"
       and rows["Max cpu time"][3] != "unlimited", "memory and time are bounded",
       rows)
    if os.geteuid() != 0:
        ok(seen["owner"] == 0, "not dumpable", seen["owner"])


for part in (good_replies, errors_of_aws, broken_replies, redirects,
             late_replies, no_connection, not_requests, environment,
             documented, confinement):
    part()
points.done()
