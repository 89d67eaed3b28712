# SPDX-License-Identifier: MIT
"""A CONNECT proxy that leads every name to one local server.

With it a client reaches "sts.us-east-1.amazonaws.com" under AWS's own name,
and tests see which name it asked for.
"""
import select
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CHUNK = 1 << 16


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        self.server.asked.append(self.path)
        self.close_connection = True
        with socket.create_connection(self.server.target) as upstream:
            self.send_response_only(200, "Connection established")
            self.end_headers()
            _pump(self.connection, upstream)

    def log_message(self, *args):
        """Standard error stays clean."""


def _pump(one, other):
    """Copy both ways until either side ends."""
    far = {one: other, other: one}
    while True:
        ready, _, _ = select.select(list(far), [], [])
        for side in ready:
            data = side.recv(CHUNK)
            if not data:
                return
            far[side].sendall(data)


class Proxy(ThreadingHTTPServer):
    """asked: the HOST:PORT of every CONNECT, in order."""
    daemon_threads = True

    def __init__(self, target):
        self.target = target
        self.asked = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"
