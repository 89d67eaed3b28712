#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Give boot2 the checksum without which the RP2040's ROM does not run it.

usage: boot2.py CODE OUT

252 bytes, padded with zeros, then their CRC32: polynomial 04C11DB7, initial
value FFFFFFFF, nothing reflected, no final xor; RP2040 data sheet, 2.8.1.3.1.
"""
import pathlib
import struct
import sys

CODE_LEN = 252


def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = crc << 1 ^ (0x104C11DB7 if crc & 0x80000000 else 0)
    return crc


def main(source, target):
    code = pathlib.Path(source).read_bytes()
    if len(code) > CODE_LEN:
        sys.exit(f"{source}: {len(code)} bytes, at most {CODE_LEN} fit")
    code = code.ljust(CODE_LEN, b"\0")
    pathlib.Path(target).write_bytes(code + struct.pack("<I", crc32(code)))


if __name__ == "__main__":
    main(*sys.argv[1:])
