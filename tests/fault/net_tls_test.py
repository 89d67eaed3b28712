#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob-net trusts a server only through TLS 1.2 or newer and a certificate
that fits, and reaches it by the proxy it was told, and by no other."""
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import warnings

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/fault"))
from net_support import (NETWORK, PAIRS, XML, Points, Server,  # noqa: E402
                         answers, exchange, http)

points = Points()
ok = points.ok


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True,
                   capture_output=True)


class Authority:
    """A CA of our own and the certificates it signs."""

    def __init__(self, folder):
        self.folder = folder
        self.pem = str(folder / "ca.pem")
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:P-256", "-nodes", "-days", 2, "-subj",
                "/CN=Test CA", "-keyout", folder / "ca.key", "-out", self.pem)

    def context(self, name, subject="IP:127.0.0.1", days=2, signed=True):
        """A server's TLS context with a certificate for `subject`."""
        key, request = self.folder / f"{name}.key", self.folder / f"{name}.csr"
        cert, ext = self.folder / f"{name}.pem", self.folder / f"{name}.ext"
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-subj", "/CN=x", "-keyout", key, "-out", request)
        ext.write_text(f"subjectAltName={subject}\n")
        signer = (["-CA", self.pem, "-CAkey", self.folder / "ca.key",
                   "-CAcreateserial"] if signed else ["-signkey", key])
        openssl("x509", "-req", "-in", request, "-days", days, "-extfile", ext,
                "-out", cert, *signer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        return context


def versions(authority):
    for name, version, good in (("1.1", ssl.TLSVersion.TLSv1_1, False),
                                ("1.2", ssl.TLSVersion.TLSv1_2, True),
                                ("1.3", ssl.TLSVersion.TLSv1_3, True)):
        context = authority.context(f"v{name}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = version
        with Server(answers(http(XML)), context) as server:
            got = exchange(server.url("https"), ca_bundle=authority.pem)
            if good:
                ok(got.pairs == PAIRS and got.maybe_sent, f"TLS {name}", got)
            else:
                ok(got.status == NETWORK and not got.maybe_sent
                   and "TLS" in got.fault and not any(server.requests),
                   f"TLS {name} is refused, and nothing sent", got)


def certificates(authority):
    good = authority.context("good")
    cases = [
        ("expired", authority.context("old", days=-1), authority.pem,
         "expired"),
        ("of another host", authority.context("other", "DNS:example.com"),
         authority.pem, "127.0.0.1"),
        ("signed by itself", authority.context("self", signed=False),
         authority.pem, "self"),
        ("of a CA that the system does not know", good, "",
         "issuer certificate"),
    ]
    for name, context, bundle, words in cases:
        with Server(answers(http(XML)), context) as server:
            got = exchange(server.url("https"), ca_bundle=bundle)
            ok(got.status == NETWORK and not got.maybe_sent
               and "cannot be trusted" in got.fault and words in got.fault
               and not any(server.requests),
               f"a certificate {name} is refused, and nothing sent", got)
    with Server(answers(http(XML)), good) as server:
        got = exchange(server.url("https", "localhost"),
                       ca_bundle=authority.pem)
        ok(got.status == NETWORK and "localhost" in got.fault,
           "a name that leads there does not count", got)


def bundles(authority):
    noise = authority.folder / "noise.pem"
    noise.write_text("not a certificate\n")
    with Server(answers(http(XML)), authority.context("b")) as server:
        for name, path in (("missing", "/no/such.pem"), ("noise", str(noise))):
            got = exchange(server.url("https"), ca_bundle=path)
            ok(got.status == NETWORK and not got.maybe_sent
               and "CA bundle" in got.fault and path in got.fault,
               f"a CA bundle that is {name} is named", got)
        away = authority.folder / "links"
        away.mkdir()
        (away / "inner.pem").symlink_to(authority.pem)
        (away / "outer.pem").symlink_to("inner.pem")
        got = exchange(server.url("https"), ca_bundle=str(away / "outer.pem"))
        ok(got.pairs == PAIRS, "a CA bundle behind links", got)


def environment(authority):
    log = authority.folder / "keys"
    with Server(answers(http(XML)), authority.context("e")) as server:
        got = exchange(server.url("https"), ca_bundle=authority.pem,
                       env={"SSLKEYLOGFILE": str(log),
                            "https_proxy": "http://127.0.0.1:1"})
        ok(got.pairs == PAIRS and not log.exists(),
           "the environment gets no keys and gives no proxy", got)
        got = exchange(server.url("https"),
                       env={"SSL_CERT_FILE": authority.pem,
                            "CURL_CA_BUNDLE": authority.pem})
        ok(got.status == NETWORK and "trusted" in got.fault,
           "nor does it say whom to trust", got)


def cut(authority):
    def behave(peer, server):
        peer.recv(65536)
        peer.sendall(http(XML)[:-3])
        socket.socket.shutdown(peer, socket.SHUT_RDWR)

    with Server(behave, authority.context("cut")) as server:
        got = exchange(server.url("https"), ca_bundle=authority.pem)
        ok(got.status == NETWORK and got.maybe_sent and not got.pairs,
           "a TLS stream that is cut is no reply", got)


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def tunnel(peer, server):
    """A proxy that connects wherever it is asked to."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += peer.recv(65536)
    server.requests.append(asked)
    host, _, port = asked.split()[1].decode().rpartition(":")
    with socket.create_connection((host, int(port))) as there:
        peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        back = threading.Thread(target=pump, args=(there, peer), daemon=True)
        back.start()
        pump(peer, there)
        back.join(5)


def proxies(authority):
    context = authority.context("p")
    with Server(answers(http(XML)), context) as server, \
            Server(tunnel) as proxy:
        via = f"http://user:hunter2@127.0.0.1:{proxy.port}"
        got = exchange(server.url("https"), ca_bundle=authority.pem, proxy=via)
        ok(got.pairs == PAIRS and proxy.connections == 1
           and proxy.requests[0].startswith(b"CONNECT 127.0.0.1:")
           and b"A=B" not in proxy.requests[0],
           "a proxy sees where, not what", (got, proxy.requests))
        for form in ("127.0.0.1:{}", "localhost:{}/", "http://127.0.0.1:{}/a",
                     "HTTP://u@127.0.0.1:{}"):
            before = proxy.connections
            got = exchange(server.url("https"), ca_bundle=authority.pem,
                           proxy=form.format(proxy.port))
            ok(got.pairs == PAIRS and proxy.connections == before + 1,
               f"a proxy in the form of {form}", got)
        proxy.connections = 1
        for no_proxy in ("127.0.0.1", "example.com, 127.0.0.1", "*"):
            got = exchange(server.url("https"), ca_bundle=authority.pem,
                           proxy=via, no_proxy=no_proxy)
            ok(got.pairs == PAIRS and proxy.connections == 1,
               f"NO_PROXY={no_proxy} goes past it", got)
        got = exchange(server.url("https"), ca_bundle=authority.pem, proxy=via,
                       no_proxy="example.com")
        ok(got.pairs == PAIRS and proxy.connections == 2,
           "NO_PROXY of another host does not", got)
    for name, raw in (
            ("asks for a password",
             b"HTTP/1.1 407 Proxy Authentication Required\r\n"
             b"Content-Length: 0\r\n\r\n"),
            ("refuses", b"HTTP/1.1 502 Bad Gateway\r\n"
             b"Content-Length: 0\r\n\r\n"),
            ("hangs up", b"")):
        with Server(answers(raw)) as proxy:
            got = exchange("https://127.0.0.1:9/", proxy="http://u:hunter2@"
                           f"127.0.0.1:{proxy.port}")
            ok(got.status == NETWORK and not got.maybe_sent
               and "hunter2" not in got.fault,
               f"a proxy that {name}: nothing was sent", got)
    got = exchange("https://127.0.0.1:9/", proxy="http://no-proxy.invalid:1",
                   connect_ms=3000, total_ms=4000)
    ok(got.status == NETWORK and not got.maybe_sent,
       "a proxy that cannot be found", got)


with tempfile.TemporaryDirectory() as name:
    ours = Authority(pathlib.Path(name))
    for part in (versions, certificates, bundles, environment, cut, proxies):
        part(ours)
points.done()
