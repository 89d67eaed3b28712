#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Codes are found in what people have: screenshots, photographs, exports."""
import os
import random

from qr_pictures import CORPUS, URI, code, decode, done, file_of, finds, ok

# After qr_pictures, which finds a Python that has it.
from PIL import Image, ImageChops, ImageFilter, ImageOps

random.seed(1)


def noisy(picture, sigma):
    return ImageChops.add(picture, Image.effect_noise(picture.size, sigma), 1,
                          -128)


def on(picture, size, at, paper):
    sheet = Image.new("L", size, paper)
    sheet.paste(picture, at)
    return sheet


def photograph(angle):
    """A code on a desk, out of focus, 12 million pixels."""
    sheet = on(code(scale=12), (4000, 3000), (1500, 900), 120)
    return sheet.rotate(angle, fillcolor=90).filter(
        ImageFilter.GaussianBlur(3))


for scale in (1, 2, 3, 5, 20):
    for margin in (0, 4):
        picture = code(scale=scale, margin=margin)
        name = f"{scale} pixels a module, margin {margin}"
        finds(file_of(picture), [URI], name)
        finds(file_of(ImageOps.invert(picture)), [URI], name + ", inverted")
for angle in (7, 30, 45, 90, 133, 180, 270):
    turned = code().rotate(angle, expand=True, fillcolor=255,
                           resample=Image.Resampling.BICUBIC)
    finds(file_of(turned), [URI], f"turned by {angle} degrees")
for quality in (90, 30, 8):
    finds(file_of(code(scale=3), "JPEG", quality=quality), [URI],
          f"a JPEG of quality {quality}")
finds(file_of(code().resize((100, 100), Image.Resampling.BICUBIC)), [URI],
      "a thumbnail of 100 pixels")
finds(file_of(code().filter(ImageFilter.GaussianBlur(1.5))), [URI], "blurred")
finds(file_of(noisy(code(scale=5), 60)), [URI], "noisy")
finds(file_of(noisy(code(scale=6), 60), "JPEG", quality=40), [URI],
      "a noisy JPEG")
finds(file_of(code().point(lambda v: 120 + v // 12)), [URI], "faint")
finds(file_of(on(ImageOps.invert(code()), (900, 600), (300, 200), 30)), [URI],
      "a screenshot in dark mode")
for paper in (0, 30, 90):
    finds(file_of(on(code(margin=0), (700, 500), (250, 120), paper)), [URI],
          f"no quiet zone on a page of grey {paper}")
finds(file_of(on(ImageOps.invert(code(margin=0)), (700, 500), (250, 120),
                 255)), [URI], "light on dark on a white page")
finds(file_of(on(code(scale=8).resize((92, 92), Image.Resampling.BICUBIC),
                 (1920, 1080), (1200, 333), 240)), [URI],
      "1.5 pixels a module in two million pixels")
finds(file_of(photograph(7), "JPEG", quality=80), [URI], "a photograph")
finds(file_of(photograph(-100), "JPEG", quality=60, progressive=True), [URI],
      "a photograph on its side, progressive")

plain = code()
for mode in ("1", "P", "LA", "RGB", "RGBA"):
    finds(file_of(plain.convert(mode)), [URI], f"a PNG of mode {mode}")
finds(file_of(plain.convert("I").point(lambda v: v * 257)), [URI],
      "a PNG of 16 bits")
clear = Image.new("RGBA", plain.size, (0, 0, 0, 255))
clear.putalpha(ImageOps.invert(plain))
finds(file_of(clear), [URI], "black modules on nothing")
white = Image.new("RGBA", plain.size, (255, 255, 255, 255))
white.putalpha(ImageOps.invert(plain))
finds(file_of(white), [URI], "white modules on nothing")
finds(file_of(white.convert("LA")), [URI], "the same, grey and alpha")
for lossless in (False, True):
    for shown in (plain.convert("RGB"), clear, white):
        finds(file_of(shown, "WEBP", lossless=lossless), [URI],
              f"a WebP of mode {shown.mode}" + ", lossless" * lossless)
for mode in ("L", "RGB", "CMYK"):
    finds(file_of(plain.convert(mode), "JPEG"), [URI], f"a JPEG of mode {mode}")

both = on(code("otpauth://totp/two?secret=JBSWY3DPEHPK3PXP"), (500, 250),
          (260, 12), 255)
both.paste(code("otpauth://totp/one?secret=JBSWY3DPEHPK3PXP"), (10, 20))
finds(file_of(both), ["otpauth://totp/one?secret=JBSWY3DPEHPK3PXP",
                      "otpauth://totp/two?secret=JBSWY3DPEHPK3PXP"],
      "two codes, in reading order")
twice = on(code("same"), (500, 250), (10, 20), 255)
twice.paste(ImageOps.invert(code("same")), (260, 12))
finds(file_of(twice), ["same"], "a text seen twice counts once")
many = Image.new("L", (1400, 1000), 255)
texts = [f"code {i:02}" for i in range(20)]
for i, text in enumerate(texts):
    many.paste(code(text), (i % 5 * 250 + 20, i // 5 * 240 + 20))
finds(file_of(many), texts, "twenty codes, in reading order")
finds(file_of(code("x" * 2331, scale=3)), ["x" * 2331], "the longest text")

for name in sorted(os.listdir(CORPUS)):
    with open(os.path.join(CORPUS, name), "rb") as file:
        status, items = decode(file.read())
    text = {"eci_cyrillic.png": "Мир", "eci_sjis.png": "日",
            "eci_latin2.png": "š", "eci_cp437.png": "ü"}.get(name)
    ok(status in (0, 0x85) and items and
       (text is None or items == [text.encode()]),
       f"{name} of the fuzzer's corpus", (status, items))
done()
