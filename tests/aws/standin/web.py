# SPDX-License-Identifier: MIT
"""The HTTP layer: reads requests whole, and sends replies as bad as told."""
import json
import os
import socket
import struct
import sys
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .dispatch import Request

BODY_MAX = 1 << 20
CONTROL = "/_control/"
TRICKLE = 10


class Handler(BaseHTTPRequestHandler):
    """One connection, in a thread of its own."""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        body = self._read_body()
        if body is None:
            self._send(413, {}, b"")
        elif self.path.startswith(CONTROL):
            self._control(body)
        else:
            url = f"http://{self.headers.get('Host', '')}{self.path}"
            request = Request(self.command, url, self.headers, body)
            self._deliver(self.server.front.answer(request))

    do_GET = do_HEAD = do_PUT = do_DELETE = do_POST

    def _read_body(self):
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > BODY_MAX:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _control(self, body):
        words = self.path.removeprefix(CONTROL).split("/")
        status, answer = self.server.control.call(words, body)
        self._send(status, {"Content-Type": "application/json"},
                   json.dumps(answer).encode())

    def _deliver(self, reply):
        time.sleep(reply.stall_s)
        if reply.dropped:
            self._drop(reply.reset)
            return
        headers = dict(reply.headers)
        if reply.declared_len is not None:
            headers["Content-Length"] = reply.declared_len
        body = reply.body
        if reply.cut_after is not None:
            body = body[:reply.cut_after]
            self.close_connection = True
        headers.setdefault("Content-Length", len(reply.body))
        self._send(reply.status, headers, body, reply.date_skew_s,
                   reply.bytes_per_s)

    def _send(self, status, headers, body, date_skew_s=0, bytes_per_s=0):
        self.send_response_only(status)
        now = self.server.clock.now() + date_skew_s
        self.send_header("Date", formatdate(now, usegmt=True))
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if bytes_per_s:
            self._trickle(body, bytes_per_s)
        else:
            self.wfile.write(body)

    def _trickle(self, body, bytes_per_s):
        size = max(1, bytes_per_s // TRICKLE)
        for at in range(0, len(body), size):
            self.wfile.write(body[at:at + size])
            self.wfile.flush()
            time.sleep(1 / TRICKLE)

    def _drop(self, reset):
        self.close_connection = True
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                       struct.pack("ii", 1, 0))
            # Past the shutdown that would send a FIN first.
            os.close(self.connection.detach())

    def log_message(self, *args):
        """Standard error stays clean: the request log has it all."""


class WebServer(ThreadingHTTPServer):
    """front: answers requests; control: calls of the control endpoint."""
    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, front, control, clock, tls=None):
        self.front = front
        self.control = control
        self.clock = clock
        self._tls = tls
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self):
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self.server_address[1]}"

    def finish_request(self, request, client_address):
        """In the connection's thread, where a slow handshake may be."""
        if self._tls is None:
            super().finish_request(request, client_address)
            return
        with self._tls.wrap_socket(request, server_side=True) as secure:
            super().finish_request(secure, client_address)

    def handle_error(self, request, client_address):
        """A client that goes away is no event; a defect of ours is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)
