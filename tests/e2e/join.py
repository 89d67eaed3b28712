# SPDX-License-Identifier: MIT
"""Make a picture that holds several QR codes, or none.

usage: join.py [TEXT-OR-PNG ...] OUTPUT
"""
import struct
import subprocess
import sys
import zlib


def code(text):
    """Rows of booleans, dark is True, with a quiet zone."""
    lines = subprocess.run(["qrencode", "-t", "ASCIIi", "-m", "4", text],
                           capture_output=True, check=True, text=True).stdout
    return [[line[i] == " " for i in range(0, len(line), 2)]
            for line in lines.splitlines()]


def text_of(argument):
    if not argument.endswith(".png"):
        return argument
    return subprocess.run(["zbarimg", "-q", "--raw", argument], check=True,
                          capture_output=True, text=True).stdout.rstrip("\n")


def chunk(kind, data):
    body = kind + data
    return (struct.pack(">I", len(data)) + body +
            struct.pack(">I", zlib.crc32(body)))


def png(rows, scale):
    width, height = len(rows[0]) * scale, len(rows) * scale
    data = b"".join(
        (b"\0" + bytes(0 if dark else 255 for dark in row
                       for _ in range(scale))) * scale for row in rows)
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0,
                                       0, 0)) +
            chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def main(arguments):
    *sources, output = arguments
    codes = [code(text_of(source)) for source in sources]
    width = max([len(rows[0]) for rows in codes], default=40)
    picture = [row + [False] * (width - len(row)) for rows in codes
               for row in rows] or [[False] * width] * width
    with open(output, "wb") as file:
        file.write(png(picture, 6))


if __name__ == "__main__":
    main(sys.argv[1:])
