#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob-flash's reading of firmware against a writer of UF2 of its own, zlib's
CRC, and the image that `make firmware` built, if it did.

No board is plugged in here: a file that is good ends with that (exit 5), one
that is not with what is wrong (exit 8).
"""
import os
import pathlib
import struct
import subprocess
import zlib

FLASH = os.path.join(os.environ["O"], "fob-flash")
BUILT = pathlib.Path(os.environ["O"]) / "firmware"
points = []


def ok(good, what):
    points.append(good)
    print(f"{'' if good else 'not '}ok {len(points)} - {what}")


def reflect(value, bits):
    return int(f"{value:0{bits}b}"[::-1], 2)


def crc_mpeg2(data):
    """By zlib's CRC, which is the same but mirrored and inverted."""
    mirrored = bytes(reflect(byte, 8) for byte in data)
    return reflect(zlib.crc32(mirrored) ^ 0xFFFFFFFF, 32)


def image(pages, first=b"boot"):
    head = first.ljust(252, b"\x00")
    head += struct.pack("<I", crc_mpeg2(head))
    body = struct.pack("<2I", 0x20002000, 0x10000101)
    body += b"fob-firmware 1.2.3\x00"
    return head + body.ljust((pages - 1) * 256, b"\xa5")


def uf2(data, family=0xE48BFF56):
    count = len(data) // 256
    return b"".join(
        struct.pack("<II", 0x0A324655, 0x9E5D5157)
        + struct.pack("<IIIIII", 0x2000, 0x10000000 + 256 * n, 256, n, count,
                      family)
        + data[256 * n:256 * n + 256] + bytes(220)
        + struct.pack("<I", 0x0AB16F30) for n in range(count))


def run(data):
    done = subprocess.run([FLASH, "--bus", "0-0"], input=data,
                          stdout=subprocess.PIPE)
    return done.returncode, done.stdout.decode()


def takes(data, what):
    status, said = run(data)
    # Where there is no USB at all, that is told after the file was read.
    good = said.startswith(("fault 30 ", "fault 10 cannot"))
    ok(good, f"takes {what}")
    if not good:
        print(f"# {status} {said}")


def refuses(data, code, what):
    status, said = run(data)
    ok(status == 8 and said.startswith(f"fault {code} "),
       f"refuses {what}: {said.strip()}")


assert crc_mpeg2(b"123456789") == 0x0376E6E7  # the catalogue's check value
good = image(7)
takes(good, "a plain image")
takes(uf2(good), "the same as UF2")
takes(uf2(image(480 * 16)), "the largest there is")
refuses(image(480 * 16 + 1), "81", "one page more")
refuses(uf2(image(480 * 16 + 1)), "81", "the same as UF2")
refuses(good[:251] + b"!" + good[252:], "84", "a changed boot2")
refuses(uf2(good, 0xE48BFF59), "85", "an RP2350's file")
refuses(uf2(good)[:-1], "82", "a file that is cut off")
refuses(uf2(good)[512:], "80", "a file without its first block")
refuses(b"\x7fELF" + bytes(600), "84", "an ELF file")
built = sorted(BUILT.glob("fob-*.uf2")) + sorted(BUILT.glob("fob-*.bin"))
for path in built:
    takes(path.read_bytes(), path.name)
    # A block of UF2 may end within the mark.
    ok(path.suffix == ".uf2" or b"fob-firmware " in path.read_bytes(),
       f"{path.name} has a version")
if not built:
    points.append(True)
    print(f"ok {len(points)} - the firmware # SKIP make firmware builds it")
print(f"1..{len(points)}")
raise SystemExit(not all(points))
