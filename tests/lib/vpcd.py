# SPDX-License-Identifier: MIT
"""pcscd with vsmartcard's virtual reader, in a network and a mount of its own,
and a card for it that hands everything on to a transport of a token.

vpcd listens on all interfaces, so the caller must be inside `enter()`.
"""
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time

PORT = 35963  # and the next one, of a second reader
READER = "Virtual PCD 00 00"
NEEDED = ("pcscd", "unshare", "ip", "mount")


def missing():
    """Why this cannot run here, or None."""
    for program in NEEDED:
        if not shutil.which(program):
            return f"{program} is not installed"
    if not os.path.exists("/etc/reader.conf.d/vpcd"):
        return "vsmartcard-vpcd is not installed"
    if os.geteuid() != 0:
        return "needs root for a network namespace"
    probe = subprocess.run(["unshare", "-mn", "true"], capture_output=True)
    return None if probe.returncode == 0 else "unshare is not permitted"


def enter():
    """Run this very script again, alone with its own network."""
    if os.environ.get("FOB_VPCD") == "inside":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        os.makedirs("/run/pcscd", exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run/pcscd"],
                       check=True)
        return
    os.environ["FOB_VPCD"] = "inside"
    os.execvp("unshare", ["unshare", "-mn", sys.executable, *sys.argv])


class Pcscd:
    def __init__(self, log):
        self.process = subprocess.Popen(["pcscd", "--foreground"],
                                        stdout=log, stderr=log)

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Bridge(threading.Thread):
    """A card that is plugged in: `transport` has `atr` and `transmit`."""

    def __init__(self, connect, port=PORT):
        super().__init__(daemon=True)
        self.connect = connect
        self.transport = connect()
        self.socket = self._dial(port)
        self.log = []
        self.start()

    @staticmethod
    def _dial(port):
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", port), 5)
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("vpcd does not listen")

    def _receive(self):
        head = self.socket.recv(2, socket.MSG_WAITALL)
        if len(head) < 2:
            return None
        return self.socket.recv(struct.unpack(">H", head)[0],
                                socket.MSG_WAITALL)

    def _send(self, data):
        self.socket.sendall(struct.pack(">H", len(data)) + data)

    def run(self):
        self.socket.settimeout(None)
        try:
            while (message := self._receive()) is not None:
                self._serve(message)
        except OSError:
            pass

    def _serve(self, message):
        if message == b"\x04":
            self._send(self.transport.atr)
        elif message in (b"\x01", b"\x02"):
            self.transport.power()
        elif len(message) > 1:
            answer = self.transport.transmit(message)
            self.log.append((message, answer))
            self._send(answer)

    def unplug(self):
        self.socket.close()
        self.join(5)
        self.transport.close()
