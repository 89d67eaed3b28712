#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pack a flash image as UF2, which the RP2040's USB loader takes as a file.

usage: uf2.py BIN OUT

Blocks of 512 bytes (the UF2 specification of Microsoft): a head, 256 bytes
for one page of flash, padding, and a closing magic number.
"""
import pathlib
import struct
import sys

MAGIC_START = (0x0A324655, 0x9E5D5157)
MAGIC_END = 0x0AB16F30
HAS_FAMILY = 0x2000
RP2040 = 0xE48BFF56
FLASH = 0x10000000
PAGE = 256
BODY = 476


def pack(image):
    pages = [image[at:at + PAGE].ljust(PAGE, b"\0")
             for at in range(0, len(image), PAGE)]
    for number, page in enumerate(pages):
        yield struct.pack("<8I", *MAGIC_START, HAS_FAMILY,
                          FLASH + number * PAGE, PAGE, number, len(pages),
                          RP2040)
        yield page.ljust(BODY, b"\0") + struct.pack("<I", MAGIC_END)


def main(source, target):
    image = pathlib.Path(source).read_bytes()
    pathlib.Path(target).write_bytes(b"".join(pack(image)))


if __name__ == "__main__":
    main(*sys.argv[1:])
