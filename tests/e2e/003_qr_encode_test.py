#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What fob-qr draws, zbarimg reads."""
import io
import re
import subprocess

from qr_pictures import (FOB_QR, HANG_S, URI, decode, done, file_of, finds, ok,
                         run)

# After qr_pictures, which finds a Python that has it.
from PIL import Image

SHADES = {" ": (0, 0), "▀": (255, 0), "▄": (0, 255), "█": (255, 255)}


def zbarimg(png):
    return subprocess.run(["zbarimg", "-q", "--raw", "-Sbinary", "-"],
                          input=png, capture_output=True,
                          timeout=HANG_S).stdout


def photographed(drawing):
    """A terminal's text as a picture of its cells, 4 by 8 pixels each."""
    lines = drawing.decode().splitlines()
    cells = [[SHADES[c] for c in line] for line in lines]
    ok(len({len(row) for row in cells}) == 1, "all lines are of one length")
    picture = Image.new("L", (len(cells[0]), 2 * len(cells)))
    picture.putdata([cell[half] for row in cells for half in (0, 1)
                     for cell in row])
    return picture.resize((picture.width * 4, picture.height * 4),
                          Image.Resampling.NEAREST)


for name, text in (("AWS's URI", URI.encode()), ("one byte", b"x"),
                   ("UTF-8", "Jürgen 日本".encode()),
                   ("any bytes", bytes(range(1, 256))),
                   ("the longest", b"u" * 2331)):
    drawn = run("encode", "png", data=text)
    ok(drawn.returncode == 0 and zbarimg(drawn.stdout) == text,
       f"zbarimg reads {name}")
    ok(decode(drawn.stdout) == (0, [text]), f"fob-qr reads {name}")
png = run("encode", "png", data=URI.encode()).stdout
picture = Image.open(io.BytesIO(png))
ok(picture.mode == "1" and picture.width == picture.height and
   picture.width % 8 == 0, "the PNG has one bit a pixel, 8 pixels a module")
edge = [picture.getpixel((i, j)) for i in range(picture.width)
        for j in range(32)]
ok(all(edge) and not picture.getpixel((32, 32)),
   "four white modules are around it")

plain = run("encode", "terminal", data=URI.encode())
coloured = run("encode", "terminal", "--ansi", data=URI.encode())
finds(file_of(photographed(plain.stdout)), [URI], "the drawing is read")
ok(zbarimg(file_of(photographed(plain.stdout))) == URI.encode(),
   "by zbarimg too")
lines = coloured.stdout.decode().splitlines()
ok(all(re.fullmatch("\033\\[38;5;231;48;5;16m[ ▀▄█]+\033\\[0m", line)
       for line in lines), "--ansi asks for its colours on each line")
ok(re.sub("\033[^m]*m", "", coloured.stdout.decode()) ==
   plain.stdout.decode(), "and draws the same")

for form in (("png",), ("terminal",)):
    empty, long = run("encode", *form), run("encode", *form, data=b"u" * 2332)
    ok(empty.returncode == 8 and not empty.stdout and
       empty.stderr == b"fob-qr: the text is empty\n", "no text is class 8")
    ok(long.returncode == 8 and not long.stdout and
       long.stderr.count(b"\n") == 1, "a text too long is class 8")
with open("/dev/full", "wb") as full:
    status = subprocess.run(
        [FOB_QR, "encode", "png"], input=b"x", stdout=full,
        stderr=subprocess.PIPE, timeout=HANG_S)
    ok(status.returncode == 1 and b"written" in status.stderr,
       "a full disk is exit 1")
done()
