# SPDX-License-Identifier: MIT
"""Replies that a parser must survive, each made from a good one."""

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def malformed(body, o):
    """A tag is never closed."""
    return body.replace(b"</RequestId>", b"</RequestI>")


def not_utf8(body, o):
    """A lone Latin-1 byte in the text that comes first."""
    return body.replace(b"</", b"\xe9</", 1)


def nul(body, o):
    return body.replace(b"</", b"\0</", 1)


def extra(body, o):
    """Elements nobody knows, good XML, around and inside the known ones.

    The stray SessionToken is no part of Credentials.
    """
    stray = (b"<Novelty kind='x'><SessionToken>stray</SessionToken>"
             b"<!-- note --><Deep><Deeper/></Deep></Novelty>")
    return (body.replace(b">\n", b">" + stray + b"\n", 1)
            .replace(b"<AccessKeyId>", stray + b"<AccessKeyId>", 1))


def bomb(body, o):
    """Entities that double 30 times: a billion laughs."""
    doubles = b"".join(b'<!ENTITY e%d "&e%d;&e%d;">' % (i + 1, i, i)
                       for i in range(30))
    return (_HEAD + b'<!DOCTYPE x [<!ENTITY e0 "ha">' + doubles + b"]>"
            + body.replace(b"</", b"&e30;</", 1))


def external(body, o):
    """An entity that stands for a file of the reader's."""
    return (_HEAD + b'<!DOCTYPE x [<!ENTITY f SYSTEM "file://%s">]>'
            % o["file"].encode() + body.replace(b"</", b"&f;</", 1))


def deep(body, o):
    depth = int(o["depth"])
    return body.replace(b">\n", b">" + b"<d>" * depth + b"</d>" * depth, 1)


def huge(body, o):
    return body.replace(b">\n", b"><Filler>" + b"x" * (int(o["mib"]) << 20)
                        + b"</Filler>", 1)
