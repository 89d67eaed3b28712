# SPDX-License-Identifier: MIT
"""Cards of the makers that fob may meet, as far as a client can tell them from
each other.  Each says which public source its behaviour was seen in."""
import struct

from oath_card import AID, TOUCH, OathCard, Refused, tlv, tlvs

MANAGEMENT = bytes.fromhex("a000000527471117")


def parse(apdu):
    """INS, P1, P2, data, and Le: None where none is said."""
    ins, p1, p2 = apdu[1:4]
    body = apdu[4:]
    if not body:
        return ins, p1, p2, b"", None
    if len(body) == 1:
        return ins, p1, p2, b"", body[0] or 256
    data, rest = body[1:1 + body[0]], body[1 + body[0]:]
    return ins, p1, p2, data, (rest[0] or 256) if rest else None


class Maker(OathCard):
    version = (5, 4, 3)
    room = 32

    def __init__(self, await_touch):
        super().__init__(await_touch)
        self.start()

    def start(self):
        pass

    def transmit(self, apdu):
        ins, p1, p2, data, le = parse(apdu)
        try:
            return self.answer(ins, p1, p2, data, le)
        except Refused as refused:
            return struct.pack(">H", refused.code)

    def select(self, aid):
        return super().select(aid).replace(
            tlv(0x79, bytes([5, 4, 3])), tlv(0x79, bytes(self.version)), 1)

    def put(self, fields, p2):
        name = dict(fields)[0x71]
        if name not in self.accounts and len(self.accounts) == self.room:
            raise Refused(0x6a84)
        return super().put(fields, p2)


class YubiKey(Maker):
    """Yubico's protocol page, yubikit/oath.py and yubikit/management.py of
    yubikey-manager 5.x: parts by SEND REMAINING (A5) also where no Le is said;
    a PUT overwrites; 6A84 when full; a serial number from the management
    application, READ CONFIG (1D), tag 02.  With OATH switched off for USB its
    SELECT is 6A82 (ykman config usb --disable OATH)."""
    serial = 12345678
    is_off = False

    def answer(self, ins, p1, p2, data, le):
        if (ins, p1) == (0xa4, 4) and data == MANAGEMENT:
            self.selected, self.managed = False, True
            return b"Virtual mgr - FW version 5.4.3\x90\x00"
        if (ins, p1) == (0xa4, 4):
            self.managed = False
            if self.is_off:
                raise Refused(0x6a82)
        if ins == 0x1d and self.managed:
            config = tlv(1, b"\x02\x3f") + tlv(2, struct.pack(">I",
                                                              self.serial))
            return bytes([len(config)]) + config + b"\x90\x00"
        if ins != 0xa5:
            self.left = self.serve(ins, p1, p2, data)
        return self.piece()

    managed = False


class YubiKeyOff(YubiKey):
    is_off = True


class CanoKey(Maker):
    """canokey-core: build_capdu in src/apdu.c takes four bytes alone for an Le
    of 0 and data without Le for 256; applets/oath/oath.c lists what fits Le and
    says 61FF while there is more, for SEND REMAINING; a name that is there is
    6985, in a PUT and as the new one of a RENAME, an account that is not 6984;
    it has no RESET (6D00); all but SELECT and VALIDATE is 6982 until the
    password is given; version 6.0.0."""
    version = (6, 0, 0)
    room = 100
    listing = ()

    def answer(self, ins, p1, p2, data, le):
        le = le if le is not None else 256 if data else 0
        if ins == 0xa1:
            self.allowed()
            self.listing = [tlv(0x72, bytes([account.kind]) + name)
                            for name, account in self.accounts.items()]
        if ins in (0xa1, 0xa5):
            return self.some(le)
        if ins == 0x04:
            self.allowed()
            raise Refused(0x6d00)
        if ins == 0x05:
            self.allowed()
            self.rename([value for _, value in tlvs(data)])
            return b"\x90\x00"
        return self.serve(ins, p1, p2, data) + b"\x90\x00"

    def rename(self, names):
        if names[1] in self.accounts:
            raise Refused(0x6985)
        if names[0] not in self.accounts:
            raise Refused(0x6984)
        self.accounts[names[1]] = self.accounts.pop(names[0])

    def allowed(self):
        if not self.selected or (self.code and not self.unlocked):
            raise Refused(0x6982)

    def some(self, le):
        out = b""
        while self.listing:
            if len(out) + len(self.listing[0]) > le:
                return out + b"\x61\xff"
            out += self.listing.pop(0)
        return out + b"\x90\x00"

    def put(self, fields, p2):
        if dict(fields)[0x71] in self.accounts:
            raise Refused(0x6985)
        return super().put(fields, p2)


class CanoKeyWorn(CanoKey):
    """Of flash that takes no more: a PUT of `phone` is 6581 after the first,
    and so, with STUCK, is the RENAME that would bring it back."""
    puts = 0
    is_stuck = False

    def put(self, fields, p2):
        if dict(fields)[0x71] == b"phone" and b"phone" not in self.accounts:
            self.puts += 1
            if self.puts > 1:
                raise Refused(0x6581)
        return super().put(fields, p2)

    def rename(self, names):
        if self.is_stuck and names[1] == b"phone":
            raise Refused(0x6581)
        super().rename(names)


class CanoKeyStuck(CanoKeyWorn):
    is_stuck = True


class CanoKeyOld(CanoKeyWorn):
    """Of before RENAME."""

    def rename(self, names):
        raise Refused(0x6d00)


class Nitrokey(Maker):
    """Nitrokey 3.  apdu-dispatch 0.4 (dispatch/src/dispatch.rs): no Le is an Le
    of 0, so that all of an answer is left for GET RESPONSE (C0), which any
    other command drops.  trussed-secrets-app 0.14 (src/authenticator.rs): SEND
    REMAINING without a listing is 6985; a name that is there is 6983, no such
    account 6A82; a serial of four bytes, tag 8F; DELETE, RESET, and PUT of an
    account that needs a touch wait for one (6982 after 15 s); its RENAME is
    UPDATE (B7), which waits for one, too.  With a PIN the
    SELECT has its tries (82) instead of an id (71); VERIFY PIN (B2) takes a
    touch, is for the next command alone, and 6300 when wrong; accounts under
    the PIN (property 04) are neither listed nor found without."""
    version = (4, 14, 0)
    room = 50
    pin = None
    serial = bytes.fromhex("218a715f")
    rest = b""

    def start(self):
        self.tries, self.verified, self.under_pin = 8, False, set()

    def answer(self, ins, p1, p2, data, le):
        if ins != 0xc0:
            self.rest = self.obey(ins, p1, p2, data)
        elif not self.rest:
            raise Refused(0x6f00)
        le = le or 0
        out, self.rest = self.rest[:le], self.rest[le:]
        left = len(self.rest)
        return out + (struct.pack(">BB", 0x61, 0 if left > 255 else left)
                      if left else b"\x90\x00")

    def obey(self, ins, p1, p2, data):
        if ins == 0xa5:
            raise Refused(0x6985)
        if ins in (0x03, 0xa3, 0xf0):
            raise Refused(0x6d00)
        try:
            if ins == 0xb2:
                return self.verify(dict(tlvs(data)))
            if ins == 0xb7 and self.selected:
                return self.update(*[value for _, value in tlvs(data)])
            return self.serve(ins, p1, p2, data)
        finally:
            if ins != 0xb2:
                self.verified = False

    def touch(self):
        if not self.await_touch():
            raise Refused(0x6982)

    def wipe(self):
        super().wipe()
        if hasattr(self, "tries"):
            self.start()
            self.pin = None

    def serve(self, ins, p1, p2, data):
        if ins == 0x04 and self.selected:
            self.touch()
        return super().serve(ins, p1, p2, data)

    def select(self, aid):
        self.selected = aid == AID
        if not self.selected:
            raise Refused(0x6a82)
        who = tlv(0x82, bytes([self.tries])) if self.pin else tlv(0x71, self.id)
        return tlv(0x79, bytes(self.version)) + who + tlv(0x8f, self.serial)

    def verify(self, fields):
        if not self.pin:
            raise Refused(0x6982)
        self.touch()
        if self.tries == 0 or fields[0x80] != self.pin:
            self.tries = max(self.tries - 1, 0)
            raise Refused(0x6300)
        self.tries, self.verified = 8, True
        return b""

    def put(self, fields, p2):
        fields = dict(fields)
        if fields.get(0x78, b"\0")[0] & TOUCH:
            self.touch()
        if fields[0x71] in self.accounts:
            raise Refused(0x6983)
        return super().put(fields.items(), p2)

    def find(self, fields):
        name = dict(fields).get(0x71)
        if name not in self.accounts or (name in self.under_pin and
                                         not self.verified):
            raise Refused(0x6a82)
        return self.accounts[name]

    def delete(self, fields, _):
        self.touch()
        super().delete(fields, _)
        self.under_pin.discard(dict(fields)[0x71])
        return b""

    def update(self, name, wanted):
        self.touch()
        if wanted in self.accounts:
            raise Refused(0x6983)
        self.accounts[wanted] = self.find([(0x71, name)])
        del self.accounts[name]
        if name in self.under_pin:
            self.under_pin.remove(name)
            self.under_pin.add(wanted)
        return b""

    def calculate(self, fields, p2):
        account = self.find(fields)
        if account.properties & TOUCH and not (
                dict(fields)[0x71] in self.under_pin):
            self.touch()
        return account.answer(dict(fields)[0x74], p2 == 1)

    def list(self, *_):
        return b"".join(tlv(0x72, bytes([account.kind]) + name)
                        for name, account in self.accounts.items()
                        if name not in self.under_pin or self.verified)


class NitrokeyPin(Nitrokey):
    """With the PIN 123456, and an account `sealed` under it, made by another
    program."""
    pin = b"123456"

    def start(self):
        super().start()
        key = b"KRUGKIDROVUWG2ZA"
        super().put([(0x71, b"sealed"), (0x73, b"\x21\x06" + key)], 0)
        self.under_pin.add(b"sealed")


class PicoFido(Maker):
    """pico-fido 8.0 (src/fido/oath.c) and pico-keys-sdk (src/apdu.c): a listing
    comes whole, whatever Le is; but of an answer whose length is 52 modulo 64
    the last two bytes are left for GET RESPONSE (C0), and SEND REMAINING is
    9000 with nothing; a wrong password is 6984; PUT overwrites; a touch is kept
    by nobody; the id is the board's serial, and stays over a RESET."""
    version = (8, 0, 0)
    room = 255
    rest = b""

    def wipe(self):
        super().wipe()
        self.id = b"E6614C31"

    def answer(self, ins, p1, p2, data, le):
        if ins == 0xa5:
            self.rest = b""
            return b"\x90\x00"
        if ins == 0xc0:
            out, self.rest = self.rest, b""
            return out + b"\x90\x00"
        out = self.serve(ins, p1, p2, data)
        if out and (len(out) + 12) % 64 == 0:
            out, self.rest = out[:-2], out[-2:]
            return out + b"\x61\x02"
        return out + b"\x90\x00"

    def validate(self, fields):
        try:
            return super().validate(fields)
        except Refused:
            raise Refused(0x6984) from None

    def calculate(self, fields, p2):
        return self.find(fields).answer(dict(fields)[0x74], p2 == 1)


MAKERS = {"yubikey": YubiKey, "yubikey-off": YubiKeyOff, "canokey": CanoKey,
          "canokey-worn": CanoKeyWorn, "canokey-stuck": CanoKeyStuck,
          "canokey-old": CanoKeyOld,
          "nitrokey": Nitrokey, "nitrokey-pin": NitrokeyPin,
          "pico-fido": PicoFido}
