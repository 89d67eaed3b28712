#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Carry connections to one socket on to another, as ssh -R does.

usage: relay.py LISTEN CONNECT [UID]     (UID: whose LISTEN is to be)

Each is the path of a Unix socket, or an IPv4 address and a port: 127.0.0.1:80.
"""
import os
import re
import socket
import sys
import threading


def copy(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def place(text):
    """A socket of the family of an address, and the address."""
    if not re.fullmatch(r"[0-9.]+:[0-9]+", text):
        return socket.socket(socket.AF_UNIX), text
    host, port = text.split(":")
    return socket.socket(socket.AF_INET), (host, int(port))


def carry(near, text):
    far, address = place(text)
    with near, far:
        far.connect(address)
        back = threading.Thread(target=copy, args=(far, near), daemon=True)
        back.start()
        try:
            copy(near, far)
            back.join()
        except OSError:
            pass


def main():
    listener, address = place(sys.argv[1])
    listener.bind(address)
    if sys.argv[3:]:
        os.chown(sys.argv[1], int(sys.argv[3]), -1)
    listener.listen()
    while True:
        near, _ = listener.accept()
        threading.Thread(target=carry, args=(near, sys.argv[2]),
                         daemon=True).start()


main()
