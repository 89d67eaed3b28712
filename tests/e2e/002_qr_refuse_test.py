#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# slow
"""What is no picture, no code, or an attack gets one line and no more."""
import os
import struct
import subprocess
import zlib

from qr_pictures import (FOB_QR, HANG_S, code, done, file_of, ok, parse,
                         refuses, run)

# After qr_pictures, which finds a Python that has it.
from PIL import Image


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data)))


def png(width, height, *chunks, depth=8, colour=0, interlace=0):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0,
                       interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) +
            b"".join(chunk(*c) for c in chunks) + chunk(b"IEND", b""))


def zeros(count):
    packer = zlib.compressobj(1)
    block = bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(count >> 20)]
    parts.append(packer.compress(bytes(count & 0xfffff)) + packer.flush())
    return b"".join(parts)


picture = file_of(code())
photo = file_of(code(), "JPEG")
refuses(b"", 0x82, "nothing")
refuses(b"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", 0x85, "a text")
refuses(bytes(1000), 0x85, "zeros")
for kind in ("GIF", "BMP", "TIFF"):
    refuses(file_of(code(), kind), 0x85, f"a {kind}")
refuses(file_of(Image.new("L", (640, 480), 200)), 0x85, "a blank picture")
refuses(file_of(Image.effect_noise((640, 480), 90)), 0x85, "noise")
refuses(file_of(Image.new("L", (1, 1))), 0x85, "one pixel")
refuses(picture[:8], 0x82, "a PNG's magic alone")
refuses(picture[:len(picture) // 2], 0x82, "half a PNG")
refuses(photo[:3], 0x82, "a JPEG's magic alone")
refuses(photo[:len(photo) // 2], 0x82, "half a JPEG")
refuses(picture[:60] + b"\x55" + picture[61:], 0x80, "a PNG with a wrong byte")
refuses(b"\xff\xd8\xff" + bytes(500), 0x82, "a JPEG of zeros")
refuses(b"\xff\xd8\xff\xc0\0\2" + bytes(9), 0x80, "a JPEG with an empty frame header")
refuses(picture + bytes(16 << 20), 0x81, "a file of over 16 MiB")
webp = file_of(code(), "WEBP", lossless=True)
refuses(webp[:len(webp) // 2], 0x82, "half a WebP")
refuses(webp[:12], 0x82, "a WebP's magic alone")
refuses(file_of(code(), "WEBP", save_all=True,
                append_images=[code().rotate(90)]), 0x85, "an animated WebP")

refuses(png(0x7fffffff, 0x7fffffff, (b"IDAT", zeros(100))), 0x81,
        "a PNG that claims 2^62 pixels")
refuses(png(16384, 16384, (b"IDAT", zeros(16384 * 16385))), 0x81,
        "a PNG that unpacks to 256 MiB")
refuses(png(16000, 4000, (b"IDAT", zeros(4000 * 128001)), depth=16, colour=6),
        0x85, "a PNG that unpacks to 512 MB within the limits")
refuses(png(4, 4, (b"zTXt", b"a\0\0" + zeros(1 << 28)), (b"IDAT", zeros(20))),
        0x85, "a PNG with 256 MiB of packed text")
refuses(png(4, 4, (b"iCCP", b"a\0\0" + zeros(1 << 28)), (b"IDAT", zeros(20))),
        0x85, "a PNG with 256 MiB of colour profile")
refuses(png(4, 4, (b"IDAT", zeros(1 << 28))), 0x85,
        "a PNG with 256 MiB behind its last pixel")
# A page of finder patterns, of which zbar tries every three, and fob too.
eye = Image.new("L", (18, 18), 255)
eye.paste(0, (0, 0, 14, 14))
eye.paste(255, (2, 2, 12, 12))
eye.paste(0, (4, 4, 10, 10))
eyes = Image.new("L", (4000, 4000))
for x in range(0, 4000, 18):
    eyes.paste(eye, (x, 0))
row = eyes.crop((0, 0, 4000, 18))
for y in range(18, 4000, 18):
    eyes.paste(row, (0, y))
refuses(file_of(eyes), 0x85, "16 million pixels of finder patterns")
frame = photo.index(b"\xff\xc0")
huge = photo[:frame + 5] + b"\xff\xff\xff\xff" + photo[frame + 9:]
refuses(huge, 0x81, "a JPEG that claims 2^32 pixels")

usage = [run(), run("encode"), run("decode", "x"), run("encode", "png", "x"),
         run("encode", "terminal", "--ansi", "x"), run("decode", "")]
ok(all(r.returncode == 2 and not r.stdout and r.stderr.count(b"\n") == 1
       for r in usage[:5]), "wrong arguments are class 2, in one line")
with open("/dev/full", "wb") as full:
    status = subprocess.run([FOB_QR, "decode"], input=picture, stdout=full,
                            timeout=HANG_S).returncode
    ok(status == 1, "a reply that cannot be written is exit 1", status)
with subprocess.Popen([FOB_QR, "decode"], stdout=subprocess.PIPE,
                      stdin=os.open("/", os.O_RDONLY)) as folder:
    ok(parse(folder.stdout.read())[0] == 0x12, "a folder cannot be read")
done()
