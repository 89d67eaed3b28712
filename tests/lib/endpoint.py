#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Callers of `fob exec --server`'s endpoint, good and bad; run as its child.

usage: endpoint.py get [METHOD [TARGET [TOKEN]]]
       endpoint.py raw TEXT | flood COUNT | slow | stalled COUNT | dial HOST
"""
import concurrent.futures
import http.client
import os
import socket
import sys
import time
import urllib.parse

URI = urllib.parse.urlsplit(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
TOKEN = os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"]


def get(method="GET", target=URI.path, token=TOKEN):
    """The status and the body of one reply."""
    link = http.client.HTTPConnection(URI.hostname, URI.port, timeout=20)
    headers = {"Authorization": token} if token else {}
    link.request(method, target, headers=headers)
    reply = link.getresponse()
    return reply.status, reply.read().decode()


def dial(host=URI.hostname):
    return socket.create_connection((host, URI.port), timeout=20)


def raw(text):
    """The first line of the answer to bytes as they are."""
    link = dial()
    try:
        link.sendall(text.encode().decode("unicode_escape").encode("latin-1"))
        with link.makefile("rb") as answer:
            return answer.readline().decode().strip()
    except (BrokenPipeError, ConnectionResetError):
        return "reset"


def flood(count):
    """How many of so many callers at once are answered."""
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        return sum(status == 200 for status, _ in
                   pool.map(lambda _: get(), range(int(count))))


def slow():
    """Send a byte at a time, for ever: the endpoint must hang up."""
    link = dial()
    started = time.monotonic()
    try:
        while time.monotonic() < started + 30:
            link.sendall(b"G")
            time.sleep(0.2)
    except (BrokenPipeError, ConnectionResetError):
        return "hung up"
    return "still there"


def stalled(count):
    """Hold connections that say nothing, and ask beside them."""
    links = [dial() for _ in range(int(count))]
    status, _ = get()
    return status, len(links)


def refused(host):
    """Whether nobody listens at the port of another address."""
    try:
        dial(host).close()
    except ConnectionRefusedError:
        return "refused"
    return "connected"


def main():
    known = {"get": get, "raw": raw, "flood": flood, "slow": slow,
             "stalled": stalled, "dial": refused}
    answer = known[sys.argv[1]](*sys.argv[2:])
    print(*(answer if isinstance(answer, tuple) else [answer]))


main()
