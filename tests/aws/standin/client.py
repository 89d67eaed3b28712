# SPDX-License-Identifier: MIT
"""Use of the stand-in from Python: start one, and call its commands."""
import base64
import http.client
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

SERVER = Path(__file__).resolve().parent.parent / "server.py"


class ControlError(Exception):
    """A command that the server refused, in its words."""


def call(url, args, options):
    """Run a command (noun, verb, arguments) and return its answer."""
    noun, verb, *rest = args
    body = json.dumps({"args": rest, "options": options})
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    try:
        connection.request("POST", f"/_control/{noun}/{verb}", body)
        reply = connection.getresponse()
        answer = json.loads(reply.read())
    finally:
        connection.close()
    if reply.status != 200:
        raise ControlError(answer["error"])
    return answer


class StandIn:
    """A server for the length of a with statement."""

    def __init__(self, *options):
        self._options = options

    def __enter__(self):
        self._server = subprocess.Popen(
            [sys.executable, SERVER, *self._options], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.addresses = json.loads(self._server.stdout.readline())
        self.url = self.addresses["url"]
        return self

    def __exit__(self, *_):
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait()

    def ctl(self, words, *args, **options):
        """ctl("user create", "alice", path="/ops/")"""
        args = [str(a) for a in args]
        options = {name: str(value) for name, value in options.items()}
        return call(self.url, [*words.split(), *args], options)

    def png(self, device, **options):
        answer = self.ctl("device png", device, **options)
        return base64.b64decode(answer["base64"])
