#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob-net finds names behind its walls, on machines set up in other ways: each
in namespaces of its own, with its own files in /etc and a DNS server that we
are."""
import ctypes
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import traceback

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/fault"))
from net_support import (NETWORK, PAIRS, XML, Points, Server,  # noqa: E402
                         answers, exchange, http)

NAME = "sts.fob.test"
CLONE_NEWNS, CLONE_NEWNET = 0x20000, 0x40000000
MS_REC, MS_PRIVATE, MS_BIND = 0x4000, 0x40000, 0x1000
libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, flags):
    if libc.mount(str(source).encode(), str(target).encode(), None, flags,
                  None) != 0:
        raise OSError(ctypes.get_errno(), "mount", str(target))


def leave(folder):
    """Namespaces of our own, with an empty /run and loopback up."""
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    mount("none", "/", MS_REC | MS_PRIVATE)
    (folder / "run").mkdir()
    mount(folder / "run", "/run", MS_BIND)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def answer(query, truncated):
    """A DNS answer: NAME is 127.0.0.1, and nothing else is anything."""
    name, at = [], 12
    while query[at]:
        name.append(query[at + 1:at + 1 + query[at]].decode())
        at += 1 + query[at]
    question = query[12:at + 5]
    kind, = struct.unpack_from(">H", query, at + 1)
    known = ".".join(name) == NAME
    found = known and kind == 1 and not truncated
    flags = 0x8180 | (0x0200 if truncated else 0) | (0 if known else 3)
    head = query[:2] + struct.pack(">HHHHH", flags, 1, found, 0, 0)
    record = (b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4)
              + socket.inet_aton("127.0.0.1")) if found else b""
    return head + question + record


class Dns:
    """A server of UDP and TCP at an address, on port 53."""

    def __init__(self, address, truncates=False):
        self.truncates = truncates
        self.asked = {"udp": 0, "tcp": 0}
        where = socket.getaddrinfo(address, 53, type=socket.SOCK_DGRAM)[0]
        self.udp = socket.socket(where[0], socket.SOCK_DGRAM)
        self.udp.bind(where[4])
        self.tcp = socket.socket(where[0], socket.SOCK_STREAM)
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.tcp.bind(where[4])
        self.tcp.listen()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=serve) for serve in
                        (self.serve_udp, self.serve_tcp)]
        for each in (self.udp, self.tcp):
            each.settimeout(0.1)
        for thread in self.threads:
            thread.start()

    def serve_udp(self):
        while not self.over.is_set():
            try:
                query, peer = self.udp.recvfrom(4096)
            except TimeoutError:
                continue
            self.asked["udp"] += 1
            self.udp.sendto(answer(query, self.truncates), peer)

    def serve_tcp(self):
        while not self.over.is_set():
            try:
                peer, _ = self.tcp.accept()
            except TimeoutError:
                continue
            with peer:
                peer.settimeout(5)
                data = peer.recv(4096)
                while len(data) > 2:
                    size, = struct.unpack_from(">H", data)
                    self.asked["tcp"] += 1
                    said = answer(data[2:2 + size], False)
                    peer.sendall(struct.pack(">H", len(said)) + said)
                    data = data[2 + size:] or peer.recv(4096)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()
        for each in (self.udp, self.tcp):
            each.close()


class Files:
    """Files in the place of those of /etc."""

    def __init__(self, folder):
        self.folder = folder

    def put(self, name, text):
        new = self.folder / f"{name}.new"
        new.write_text(text)
        target = pathlib.Path("/etc", name)
        if target.exists():
            mount(new, target, MS_BIND)

    def put_etc(self, links):
        """All of /etc as a copy, in which some files are links."""
        etc = self.folder / "etc"
        subprocess.run(["cp", "-a", "/etc", etc], check=True)
        for name, to in links.items():
            (etc / name).unlink(missing_ok=True)
            (etc / name).symlink_to(to)
        mount(etc, "/etc", MS_BIND)


def is_found(server):
    # Plain http is for names that are this machine's, so TLS is spoken to who
    # knows none: that a connection came is what counts.
    got = exchange(f"https://{NAME}:{server.port}/")
    return server.connections, got


def run(points, folder):
    files = Files(folder)
    resolver = pathlib.Path("/run/systemd/resolve")
    resolver.mkdir(parents=True)
    files.put_etc({"resolv.conf": resolver / "stub-resolv.conf"})
    files.put("hosts", "127.0.0.1 localhost\n")
    with Server(answers(http(XML))) as server:
        got = exchange(f"http://localhost:{server.port}/")
        points.ok(got.pairs == PAIRS, "a name of the hosts file", got)

    # libcurl's own port, where a proxy has none.
    for proxy, port in (("http://127.0.0.1", 1080), ("127.0.0.1", 1080),
                        ("https://127.0.0.1", 443),
                        ("socks5://127.0.0.1", 1080)):
        with socket.create_server(("127.0.0.1", port)) as listener:
            listener.settimeout(5)
            got = exchange("https://127.0.0.1:9/", proxy=proxy, total_ms=1000)
            try:
                listener.accept()[0].close()
                came = True
            except TimeoutError:
                came = False
            points.ok(came, f"the proxy {proxy} is that at port {port}", got)

    # systemd-resolved: its module first, which nothing else may follow.
    files.put("nsswitch.conf", "hosts: mymachines resolve [!UNAVAIL=return] "
              "files myhostname dns\n")
    (resolver / "stub-resolv.conf").write_text(
        "nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n")
    with Dns("127.0.0.53") as dns, Server(answers(b"")) as server:
        connections, got = is_found(server)
        points.ok(connections == 1 and dns.asked["udp"] > 0,
                  "systemd-resolved, by its stub", got)
        got = exchange("https://none.fob.test/")
        points.ok(got.status == NETWORK and "no address found" in got.fault,
                  "a name that is not there is told", got)

    # mDNS, with a daemon that nobody may ask.
    files.put("nsswitch.conf",
              "hosts: files mdns4_minimal [NOTFOUND=return] dns\n")
    (resolver / "stub-resolv.conf").write_text("nameserver 127.0.0.1\n")
    with Dns("127.0.0.1") as dns, Server(answers(b"")) as server:
        connections, got = is_found(server)
        points.ok(connections == 1 and dns.asked["udp"] > 0,
                  "mDNS before DNS", got)
    with Dns("127.0.0.1", truncates=True) as dns, \
            Server(answers(b"")) as server:
        connections, got = is_found(server)
        points.ok(connections == 1 and dns.asked["tcp"] > 0,
                  "an answer too long for UDP comes over TCP", (got, dns.asked))

    # A router's address, which needs its interface: fe80::1%eth0.
    subprocess.run(["ip", "addr", "add", "fe80::53/64", "dev", "lo", "nodad"],
                   check=True)
    (resolver / "stub-resolv.conf").write_text("nameserver fe80::53%lo\n")
    with Dns("fe80::53%lo") as dns, Server(answers(b"")) as server:
        connections, got = is_found(server)
        points.ok(connections == 1 and dns.asked["udp"] > 0,
                  "a name server at a link-local address", got)


def main():
    points = Points()
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if child == 0:
            try:
                leave(pathlib.Path(folder))
            except OSError as error:
                print(f"1..0 # SKIP no namespaces here: {error}", flush=True)
                os._exit(0)
            try:
                run(points, pathlib.Path(folder))
            except Exception:  # to be seen, and counted as a plan that lacks
                traceback.print_exc()
                os._exit(1)
            print(f"1..{points.count}", flush=True)
            os._exit(1 if points.failed else 0)
        _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status))


main()
