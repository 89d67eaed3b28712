#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An agent that knows short sessions only: each SECONDS is the life of one,
given out in turn; after them there is an error.  Ends when it is killed.

usage: fake_agent.py SOCKET SECONDS ...
"""
import os
import pathlib
import socket
import struct
import sys
import time

OK, ERROR = 0x80, 0x81
KEY, SECRET, TOKEN, END, STATUS, TEXT, HINT = (0x26, 0x27, 0x28, 0x29, 0x30,
                                               0x31, 0x32)


def message(kind, fields):
    """The bytes of docs/protocol.md, "agent"."""
    body = bytes([1, kind])
    for tag, value in fields:
        if isinstance(value, int):
            value = struct.pack(">Q", value)
        body += struct.pack(">BI", tag, len(value)) + value
    return struct.pack(">I", len(body)) + body


def answer(count, lives):
    if count >= len(lives):
        return message(ERROR, [(STATUS, 0x40), (TEXT, b"no more"),
                               (HINT, b"fob unlock")])
    return message(OK, [(KEY, b"KEY%d" % (count + 1)), (SECRET, b"secret"),
                        (TOKEN, b"token"),
                        (END, int(time.time()) + int(lives[count]))])


def main():
    path = pathlib.Path(sys.argv[1])
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.unlink(missing_ok=True)
    os.umask(0o177)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    count = 0
    while True:
        link, _ = listener.accept()
        with link:
            length = link.recv(4, socket.MSG_WAITALL)
            if length:
                link.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL)
                link.sendall(answer(count, sys.argv[2:]))
                count += 1


main()
