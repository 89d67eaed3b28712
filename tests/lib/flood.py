#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The far side of a socket of the agent's at its worst, until it is killed.

usage: flood.py SOCKET WAY ...

Each WAY has a few threads of its own, and hangs on to what it is given:
  silent     connections that say nothing, as many as there may be
  slow       a request a byte at a time
  half       the first half of a request
  announced  the head of a message of a MiB, and some bytes of it
  refused    requests that are refused, as fast as they are answered
  allowed    requests that are answered, as fast as that goes
  deaf       requests without end whose answers are not read
  asking     requests whose questions are never answered
  many       64 connections at once, each gone in the middle of a request

Prints one line once every WAY is at work.
"""
import socket
import struct
import sys
import threading
import time

THREADS, HELD = 3, 128
STATUS, LOCK, CODE, LIST, CREDENTIALS = 0x01, 0x03, 0x11, 0x13, 0x30
NAME, PROFILE = 0x01, 0x20


def message(kind, *fields):
    body = bytes([1, kind]) + b"".join(
        struct.pack(">BI", tag, len(value)) + value for tag, value in fields)
    return struct.pack(">I", len(body)) + body


def connect(path):
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(5)
    link.connect(path)
    return link


def hold(path, first):
    """Connections that end when the agent ends them."""
    held = []
    while True:
        while len(held) < HELD:
            link = connect(path)
            link.setblocking(False)
            link.send(first)
            held.append(link)
        held = [link for link in held if is_open(link)]
        time.sleep(0.02)


def is_open(link):
    try:
        if link.recv(4096):
            return True
    except BlockingIOError:
        return True
    except OSError:
        pass
    link.close()
    return False


def silent(path):
    hold(path, b"")


def half(path):
    hold(path, message(CODE, (NAME, b"phone"))[:9])


def announced(path):
    hold(path, struct.pack(">IBB", 1 << 20, 1, CREDENTIALS) + bytes(64))


def asking(path):
    hold(path, message(CODE, (NAME, b"other")))


def slow(path):
    with connect(path) as link:
        for byte in message(CODE, (NAME, bytes(1000))):
            link.send(bytes([byte]))
            time.sleep(0.2)


def ask(path, *requests):
    with connect(path) as link:
        for request in requests * 20:
            link.sendall(request)
            size = link.recv(4, socket.MSG_WAITALL)
            link.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL)


def refused(path):
    ask(path, message(LOCK), message(CODE, (NAME, b"nobody's")),
        message(CREDENTIALS, (PROFILE, b"nowhere")), message(0x7f))


def allowed(path):
    ask(path, message(STATUS), message(LIST), message(CODE, (NAME, b"other")))


def deaf(path):
    with connect(path) as link:
        while True:
            link.sendall(message(LIST) * 64)


def many(path):
    links = [connect(path) for _ in range(64)]
    for link in links:
        link.send(message(CODE, (NAME, b"phone"))[:7])
    for link in links:
        link.close()


def repeat(way, path, started):
    while True:
        started.release()
        try:
            way(path)
        except OSError:
            time.sleep(0.01)


def main(path, *ways):
    started = threading.Semaphore(0)
    for way in ways:
        for _ in range(THREADS):
            threading.Thread(target=repeat, args=(globals()[way], path,
                                                  started),
                             daemon=True).start()
    for _ in range(THREADS * len(ways)):
        started.acquire()
    time.sleep(0.5)
    print("at work", flush=True)
    while True:
        time.sleep(60)


main(*sys.argv[1:])
