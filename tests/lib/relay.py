#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Carry connections to one Unix socket on to another, as ssh -R does.

usage: relay.py LISTEN CONNECT [UID]     (UID: whose LISTEN is to be)
"""
import os
import socket
import sys
import threading


def copy(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def carry(near, path):
    far = socket.socket(socket.AF_UNIX)
    with near, far:
        far.connect(path)
        back = threading.Thread(target=copy, args=(far, near), daemon=True)
        back.start()
        try:
            copy(near, far)
            back.join()
        except OSError:
            pass


def main():
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    if sys.argv[3:]:
        os.chown(sys.argv[1], int(sys.argv[3]), -1)
    listener.listen()
    while True:
        near, _ = listener.accept()
        threading.Thread(target=carry, args=(near, sys.argv[2]),
                         daemon=True).start()


main()
