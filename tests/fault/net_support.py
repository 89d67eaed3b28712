# SPDX-License-Identifier: MIT
"""Exchanges with fob-net (docs/protocol.md), and servers that misbehave."""
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import threading

FOB_NET = str(pathlib.Path(os.environ["O"], "fob-net"))
NETWORK, REPLY = 0x70, 0x71
HANG_S = 30


def text(value):
    data = value.encode()
    return struct.pack(">I", len(data)) + data + b"\0"


def request(url, method="POST", headers=(("Host", "h"),), body=b"A=B",
            ca_bundle="", proxy="", no_proxy="", connect_ms=5000,
            total_ms=10000):
    """The bytes of a request message."""
    out = b"\x01\x01" + text(method) + text(url) + bytes([len(headers)])
    for name, value in headers:
        out += text(name) + text(value)
    out += struct.pack(">I", len(body)) + body
    out += text(ca_bundle) + text(proxy) + text(no_proxy)
    return out + struct.pack(">II", connect_ms, total_ms)


class Reply:
    """A reply message, read strictly."""

    def __init__(self, data):
        self.data, self.at = data, 0
        assert self.take(">BB") == (1, 2), data[:2]
        self.status, flags = self.take(">BB")
        assert flags in (0, 1), flags
        self.maybe_sent = bool(flags)
        self.fault = self.text()
        self.http, = self.take(">H")
        self.date, = self.take(">Q")
        self.request_id = self.text()
        count, = self.take(">H")
        self.pairs = [(self.text(), self.text()) for _ in range(count)]
        assert self.at == len(data), "bytes left over"

    def take(self, form):
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def text(self):
        length, = self.take(">I")
        value = self.data[self.at:self.at + length]
        self.at += length
        assert len(value) == length and self.data[self.at] == 0
        self.at += 1
        return value.decode()

    def __repr__(self):
        return (f"status {self.status:#x} http {self.http} sent "
                f"{self.maybe_sent} fault {self.fault!r} pairs {self.pairs}")


def run(message, env=None):
    """fob-net's exit status and stdout; stderr must stay empty."""
    done = subprocess.run([FOB_NET], input=message, capture_output=True,
                          timeout=HANG_S, env=env or {})
    assert done.stderr == b"", done.stderr
    return done.returncode, done.stdout


def exchange(url, env=None, **options):
    status, out = run(request(url, **options), env)
    assert status == 0, f"exit status {status}"
    return Reply(out)


def read_request(peer):
    """One HTTP request as it came, head and body."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = peer.recv(65536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for row in head.split(b"\r\n"):
        name, _, value = row.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += peer.recv(65536)
    return head + b"\r\n\r\n" + body


class Server:
    """Runs `behave(peer, self)` for every connection, one after another, with
    TLS if there is a context; keeps the requests that came."""

    def __init__(self, behave, context=None, address="127.0.0.1"):
        self.behave, self.context = behave, context
        self.requests, self.connections = [], 0
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.listener = socket.create_server((address, 0), family=family)
        self.port = self.listener.getsockname()[1]
        self.over = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                if self.context:
                    peer = self.context.wrap_socket(peer, server_side=True)
                self.behave(peer, self)
            except (OSError, ssl.SSLError):
                pass
            finally:
                peer.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.listener.close()

    def url(self, scheme="http", host="127.0.0.1"):
        return f"{scheme}://{host}:{self.port}/"


def answers(raw):
    """A behaviour: take one request, send these bytes, close."""
    def behave(peer, server):
        server.requests.append(read_request(peer))
        peer.sendall(raw)
    return behave


def http(body, status="200 OK", kind="text/xml", headers="", length=None):
    """A reply; Content-Length as given, or right."""
    body = body if isinstance(body, bytes) else body.encode()
    length = len(body) if length is None else length
    head = (f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {length}\r\n{headers}\r\n")
    return head.encode() + body


XML = ('<R xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
       "<RResult><A>x</A></RResult></R>")
PAIRS = [("RResult/A", "x")]


class Points:
    """TAP on stdout."""

    def __init__(self):
        self.count = self.failed = 0

    def ok(self, good, what, got=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {what}",
              flush=True)
        if not good:
            print(f"# {got!r}")

    def done(self):
        print(f"1..{self.count}")
        raise SystemExit(1 if self.failed else 0)
