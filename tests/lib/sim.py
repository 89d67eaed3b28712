# SPDX-License-Identifier: MIT
"""A simulated token for tests: fob-sim's socket, its two faces, its world."""
import os
import pathlib
import socket
import struct
import subprocess
import tempfile

BROADCAST = 0xFFFFFFFF
APDU, INIT, PING, WINK, CANCEL = 0x83, 0x86, 0x81, 0x88, 0x91
KEEPALIVE, ERROR = 0xBB, 0xBF
OATH_AID = bytes.fromhex("a0000005272101")


class Refused(Exception):
    """A status word other than success, or a HID error."""

    def __init__(self, code):
        super().__init__(f"{code:04x}")
        self.code = code


class Wire:
    """One connection to the socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(str(path))

    def send(self, kind, body=b""):
        self.socket.sendall(kind + struct.pack(">H", len(body)) + body)

    def _exactly(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                raise ConnectionError("fob-sim hung up")
            data += part
        return data

    def receive(self):
        kind, size = struct.unpack(">cH", self._exactly(3))
        return kind, self._exactly(size)

    def close(self):
        self.socket.close()


class World:
    """Time, finger and power."""

    def __init__(self, path):
        self.wire = Wire(path)

    def ask(self, kind=b"S", body=b""):
        self.wire.send(kind, body)
        answer, body = self.wire.receive()
        assert answer == b"S"
        names = ("powered", "led", "start", "clock_ms", "operations", "erases")
        return dict(zip(names, struct.unpack(">BBBQII", body)))

    def button(self, down):
        return self.ask(b"B", bytes([down]))

    def pass_ms(self, ms):
        return self.ask(b"T", struct.pack(">Q", ms))

    def power(self, how):
        return self.ask(b"P", bytes([{"off": 0, "on": 1, "restart": 2}[how]]))

    def replug(self):
        self.power("off")
        return self.power("on")

    def cut(self, operation, eighths=4, order=0):
        return self.ask(b"X", struct.pack(">IBB", operation, eighths, order))

    def randomness(self, works):
        return self.ask(b"R", bytes([not works]))


class Hid:
    """A program that speaks HID on a channel of its own."""

    def __init__(self, path):
        self.wire = Wire(path)
        self.waits = []
        self.channel = BROADCAST
        nonce = os.urandom(8)
        answer = self.exchange(INIT, nonce)
        assert answer[:8] == nonce
        self.channel = struct.unpack(">I", answer[8:12])[0]

    def report(self, data):
        self.wire.send(b"H", data.ljust(64, b"\0"))

    def put(self, command, data):
        head = struct.pack(">IBH", self.channel, command, len(data))
        self.report(head + data[:57])
        for index, at in enumerate(range(57, len(data), 59)):
            self.report(struct.pack(">IB", self.channel, index) +
                        data[at:at + 59])

    def get_report(self):
        while True:
            kind, report = self.wire.receive()
            if kind == b"H" and report[:4] == struct.pack(">I", self.channel):
                return report

    def get(self):
        """The next message but keepalives, which are noted in `waits`."""
        report = self.get_report()
        command, size = struct.unpack(">BH", report[4:7])
        data = report[7:]
        sequence = 0
        while len(data) < size:
            report = self.get_report()
            assert report[4] == sequence, "a report is missing"
            sequence += 1
            data += report[5:]
        if command == KEEPALIVE:
            self.waits.append(data[0])
            return self.get()
        if command == ERROR:
            raise Refused(data[0])
        return command, data[:size]

    def exchange(self, command, data):
        self.put(command, data)
        answer, data = self.get()
        assert answer == command
        return data

    def transmit(self, apdu):
        return self.exchange(APDU, apdu)

    def close(self):
        self.wire.close()


class Ccid:
    """A reader's driver."""

    def __init__(self, path):
        self.wire = Wire(path)
        self.sequence = 0
        self.waits = 0
        self.atr = self.power()

    def power(self):
        return self.exchange(0x62, b"")

    def put(self, kind, data, level=0):
        self.sequence = (self.sequence + 1) % 256
        self.wire.send(b"C", struct.pack("<BIBBBH", kind, len(data), 0,
                                         self.sequence, 0, level) + data)

    def get(self):
        """Type, bStatus, bError, the last byte of the head, data."""
        while True:
            kind, message = self.wire.receive()
            if kind != b"C":
                continue
            head = struct.unpack("<BIBBBBB", message[:10])
            assert head[3] == self.sequence and head[1] == len(message) - 10
            if head[4] & 0xC0 == 0x80:
                self.waits += 1
                continue
            return head[0], head[4], head[5], head[6], message[10:]

    def exchange(self, kind, data, level=0):
        self.put(kind, data, level)
        _, status, error, _, data = self.get()
        if status & 0xC0:
            raise Refused(error)
        return data

    def transmit(self, apdu):
        return self.exchange(0x6F, apdu)

    def close(self):
        self.wire.close()


class Sim:
    """The process, its folder, and a way to start it again."""

    def __init__(self, *options, folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="fobsim"))
        self.program = os.environ.get("FOB_SIM") or str(
            pathlib.Path(os.environ["O"]) / "asan/fob-sim")
        self.options = options
        self.flash = self.folder / "flash"
        self.path = self.folder / "token"
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, *self.options, str(self.flash), str(self.path)])
        while True:
            try:
                self.world = World(self.path)
                self.world.ask()
                return
            except (FileNotFoundError, ConnectionError):
                if self.process.poll() is not None:
                    raise RuntimeError("fob-sim does not start") from None

    def stop(self):
        self.world.wire.close()
        self.process.terminate()
        self.process.wait()
        self.path.unlink(missing_ok=True)

    def hid(self):
        return Hid(self.path)

    def ccid(self):
        return Ccid(self.path)


# --- APDUs and TLVs ---------------------------------------------------------

def apdu(ins, p1=0, p2=0, data=b"", extended=False, le=None):
    out = bytes([0, ins, p1, p2])
    if extended:
        out += b"\0" if data or le is not None else b""
        out += struct.pack(">H", len(data)) + data if data else b""
        return out + (struct.pack(">H", le % 65536) if le is not None else b"")
    out += bytes([len(data)]) + data if data else b""
    return out + (bytes([le % 256]) if le is not None else b"")


def tlv(tag, value):
    if tag == 0x78:
        return bytes([tag]) + value
    size = len(value)
    if size < 0x80:
        head = bytes([tag, size])
    elif size < 0x100:
        head = bytes([tag, 0x81, size])
    else:
        head = struct.pack(">BBH", tag, 0x82, size)
    return head + value


def tlvs(data):
    """(tag, value) pairs."""
    at, out = 0, []
    while at < len(data):
        tag, size, at = data[at], data[at + 1], at + 2
        if size == 0x81:
            size, at = data[at], at + 1
        elif size == 0x82:
            size, at = struct.unpack(">H", data[at:at + 2])[0], at + 2
        out.append((tag, data[at:at + size]))
        at += size
    return out


class Card:
    """YKOATH over a transport."""

    def __init__(self, transport, extended=False):
        self.transport = transport
        self.extended = extended

    def sw(self, ins, p1=0, p2=0, data=b""):
        """(status word, data) with parts joined."""
        answer = self.transport.transmit(
            apdu(ins, p1, p2, data, self.extended))
        out = answer[:-2]
        while answer[-2] == 0x61:
            answer = self.transport.transmit(apdu(0xA5, le=256))
            out += answer[:-2]
        return struct.unpack(">H", answer[-2:])[0], out

    def ask(self, ins, p1=0, p2=0, data=b""):
        code, out = self.sw(ins, p1, p2, data)
        if code != 0x9000:
            raise Refused(code)
        return out

    def select(self):
        return dict(tlvs(self.ask(0xA4, 4, 0, OATH_AID)))

    def put(self, name, key, kind=0x21, digits=6, properties=None, counter=None):
        data = tlv(0x71, name) + tlv(0x73, bytes([kind, digits]) + key)
        if properties is not None:
            data += tlv(0x78, bytes([properties]))
        if counter is not None:
            data += tlv(0x7A, struct.pack(">I", counter))
        self.ask(0x01, data=data)

    def names(self):
        return [value[1:] for _, value in tlvs(self.ask(0xA1))]

    def code(self, name, step=None):
        challenge = b"" if step is None else struct.pack(">Q", step)
        answer = self.ask(0xA2, 0, 1,
                          tlv(0x71, name) + tlv(0x74, challenge))
        digits, value = struct.unpack(">BI", dict(tlvs(answer))[0x76])
        return str(value % 10 ** digits).zfill(digits)

    def info(self):
        return dict(tlvs(self.ask(0xF0)))
