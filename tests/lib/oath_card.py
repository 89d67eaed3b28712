# SPDX-License-Identifier: MIT
"""Another maker's card that speaks YKOATH and nothing else, written from the
protocol's description: version 5.4.3, answers in pieces of 100 bytes, no
command of this project's.  A touch that does not come is a refusal."""
import hashlib
import hmac
import os
import struct

AID = bytes.fromhex("a0000005272101")
HASHES = {1: "sha1", 2: "sha256", 3: "sha512"}
HOTP, TOTP = 1, 2
RISES, TOUCH = 1, 2
PIECE = 100


class Refused(Exception):
    def __init__(self, code):
        super().__init__(hex(code))
        self.code = code


def tlv(tag, value):
    size = len(value)
    head = bytes([tag, size]) if size < 128 else bytes([tag, 0x81, size])
    return head + value


def tlvs(data):
    out, at = [], 0
    while at < len(data):
        tag, at = data[at], at + 1
        if tag == 0x78:  # the one tag without a length
            size = 1
        else:
            size, at = data[at], at + 1
            if size == 0x81:
                size, at = data[at], at + 1
        out.append((tag, data[at:at + size]))
        at += size
    return out


class Account:
    def __init__(self, kind, digits, key, properties, counter):
        self.kind, self.digits, self.key = kind, digits, key
        self.properties, self.counter = properties, counter

    def answer(self, challenge, is_truncated):
        if self.kind >> 4 == HOTP:
            challenge = struct.pack(">Q", self.counter)
            self.counter += 1
        digest = hmac.digest(self.key, challenge, HASHES[self.kind & 15])
        if not is_truncated:
            return tlv(0x75, bytes([self.digits]) + digest)
        at = digest[-1] & 15
        code = struct.unpack(">I", digest[at:at + 4])[0] & 0x7fffffff
        return tlv(0x76, struct.pack(">BI", self.digits, code))


class OathCard:
    atr = bytes.fromhex("3b800181")

    def __init__(self, await_touch):
        """`await_touch()` says whether a finger came."""
        self.await_touch = await_touch
        self.wipe()
        self.power()

    def wipe(self):
        self.id, self.code, self.accounts = os.urandom(8), None, {}

    def power(self):
        self.selected, self.left = False, b""

    def close(self):
        pass

    def transmit(self, apdu):
        ins, p1, p2, size = [*apdu[1:4], *apdu[4:5], 0][:4]
        data = apdu[5:5 + size] if len(apdu) > 5 else b""
        try:
            if ins == 0xa5:
                return self.piece()
            self.left = self.serve(ins, p1, p2, data)
            return self.piece()
        except Refused as refused:
            return struct.pack(">H", refused.code)

    def piece(self):
        out, self.left = self.left[:PIECE], self.left[PIECE:]
        return out + (struct.pack(">BB", 0x61, min(len(self.left), 255))
                      if self.left else b"\x90\x00")

    def serve(self, ins, p1, p2, data):
        if (ins, p1) == (0xa4, 4):
            return self.select(data)
        if not self.selected:
            raise Refused(0x6d00)
        if (ins, p1, p2) == (0x04, 0xde, 0xad):
            return self.wipe() or b""
        if ins == 0xa3:
            return self.validate(dict(tlvs(data)))
        if self.code and not self.unlocked:
            raise Refused(0x6982)
        commands = {0x01: self.put, 0x02: self.delete, 0x03: self.set_code,
                    0xa1: self.list, 0xa2: self.calculate,
                    0xa4: self.calculate_all}
        if ins not in commands:
            raise Refused(0x6d00)
        return commands[ins](tlvs(data), p2)

    # --- who it is, and who asks ---------------------------------------------
    def select(self, aid):
        self.selected = aid == AID
        if not self.selected:
            raise Refused(0x6a82)
        self.unlocked, self.challenge = False, os.urandom(8)
        out = tlv(0x79, bytes([5, 4, 3])) + tlv(0x71, self.id)
        if self.code:
            out += tlv(0x74, self.challenge) + tlv(0x7b, b"\x01")
        return out

    def mac(self, challenge):
        return hmac.digest(self.code, challenge, hashlib.sha1)

    def validate(self, fields):
        if not self.code:
            raise Refused(0x6984)
        if fields[0x75] != self.mac(self.challenge):
            raise Refused(0x6a80)
        self.unlocked = True
        return tlv(0x75, self.mac(fields[0x74]))

    def set_code(self, fields, _):
        fields = dict(fields)
        key = fields.get(0x73, b"")
        if key and hmac.digest(key[1:], fields[0x74],
                               hashlib.sha1) != fields[0x75]:
            raise Refused(0x6984)
        self.code, self.unlocked = key[1:] or None, True
        return b""

    # --- accounts --------------------------------------------------------------
    def put(self, fields, _):
        fields = dict(fields)
        kind, digits, key = fields[0x73][0], fields[0x73][1], fields[0x73][2:]
        if len(key) < 14 or kind & 15 not in HASHES:
            raise Refused(0x6a80)
        self.accounts[fields[0x71]] = Account(
            kind, digits, key, fields.get(0x78, b"\0")[0],
            struct.unpack(">I", fields.get(0x7a, bytes(4)))[0])
        return b""

    def find(self, fields):
        try:
            return self.accounts[dict(fields)[0x71]]
        except KeyError:
            raise Refused(0x6984) from None

    def delete(self, fields, _):
        self.find(fields)
        del self.accounts[dict(fields)[0x71]]
        return b""

    def list(self, *_):
        return b"".join(tlv(0x72, bytes([account.kind]) + name)
                        for name, account in self.accounts.items())

    def calculate(self, fields, p2):
        account = self.find(fields)
        if account.properties & TOUCH and not self.await_touch():
            raise Refused(0x6982)
        return account.answer(dict(fields)[0x74], p2 == 1)

    def calculate_all(self, fields, p2):
        def one(account):
            if account.kind >> 4 == HOTP:
                return tlv(0x77, bytes([account.digits]))
            if account.properties & TOUCH:
                return tlv(0x7c, bytes([account.digits]))
            return account.answer(dict(fields)[0x74], p2 == 1)
        return b"".join(tlv(0x71, name) + one(account)
                        for name, account in self.accounts.items())
