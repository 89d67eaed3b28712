# SPDX-License-Identifier: MIT
"""Codes on paper: faxes, copies, newspapers, folds."""
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from gallery.draw import (SHORT, URI, blurred, code, file_of, lit, middle,
                          modules, noisy, slope, tilted)
from gallery.shots import kind


@kind("one bit a pixel")
def faxes():
    yield ("dithered from grey", [URI], lambda: file_of(
        code(scale=6, dark=60, light=210).convert("1")))
    for cut in (90, 160):
        yield (f"a fax, cut at {cut}", [URI], lambda c=cut: file_of(
            noisy(blurred(code(scale=6).rotate(
                4, Image.Resampling.BICUBIC, True, fillcolor=255), 1.5), 25)
            .point(lambda v: 255 if v > c else 0).convert("1")))
    yield ("cut from uneven light", [URI], lambda: file_of(
        lit(code(scale=5), slope((305, 305), 40, 120, 255))
        .point(lambda v: 255 if v > 100 else 0).convert("1")))


@kind("ink that ran")
def inks():
    for size in (3, 5):
        yield (f"dark modules grown by {size // 2}", [URI],
               lambda n=size: file_of(code(scale=8).filter(
                   ImageFilter.MinFilter(n))))
        yield (f"light modules grown by {size // 2}", [URI],
               lambda n=size: file_of(code(scale=8).filter(
                   ImageFilter.MaxFilter(n))))


def folded(picture, depth):
    sheet = picture.copy()
    draw = ImageDraw.Draw(sheet)
    for at in (0.35, 0.7):
        draw.line((0, sheet.height * at, sheet.width, sheet.height * at + 6),
                  depth, 3)
    return blurred(sheet, 1)


def seamed(scale, gap):
    """Modules drawn one by one, with a line of paper between them."""
    rows = modules(URI)
    sheet = Image.new("L", ((len(rows) + 8) * scale,) * 2, 255)
    draw = ImageDraw.Draw(sheet)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                at = ((x + 4) * scale, (y + 4) * scale)
                draw.rectangle((*at, at[0] + scale - 1 - gap,
                                at[1] + scale - 1 - gap), 0)
    return sheet


@kind("seams between modules")
def seams():
    for scale, gap in ((3, 1), (5, 1), (5, 2), (8, 1), (8, 2), (12, 2)):
        yield (f"{gap} pixels at {scale} a module", [URI],
               lambda s=scale, g=gap: file_of(seamed(s, g)))


@kind("folded paper")
def folds():
    for depth in (80, 255):
        yield (f"folds of grey {depth}", [URI], lambda d=depth: file_of(
            folded(code(scale=6, level="Q"), d)))


def newspaper(picture, pitch):
    """Dots that stand for grey, at the pitch of a printer."""
    screen = Image.new("L", (pitch, pitch))
    draw = ImageDraw.Draw(screen)
    for r in range(pitch, 0, -1):
        draw.ellipse((pitch / 2 - r / 2, pitch / 2 - r / 2, pitch / 2 + r / 2,
                      pitch / 2 + r / 2), 255 - 255 * r // pitch)
    tile = Image.new("L", picture.size)
    for y in range(0, picture.height, pitch):
        for x in range(0, picture.width, pitch):
            tile.paste(screen, (x, y))
    return ImageChops.add(picture, tile, 1, -128).point(
        lambda v: 255 if v > 100 else 0)


@kind("a printer's dots")
def dots():
    for pitch in (4, 6):
        yield (f"every {pitch} pixels", [URI], lambda p=pitch: file_of(
            newspaper(code(scale=12, dark=70, light=200), p)))


@kind("a scanned page")
def scans():
    def page(scale, angle, text=URI):
        sheet = middle(code(text, scale), (1240, 1754), 250)
        draw = ImageDraw.Draw(sheet)
        for y in range(80, 500, 22):
            draw.text((120, y), "recovery sheet: keep it in the safe " * 4, 30)
        return noisy(blurred(sheet.rotate(
            angle, Image.Resampling.BICUBIC, fillcolor=250), 0.8), 8)
    for scale in (2, 3, 5):
        for angle in (0.7, -3):
            yield (f"{scale} pixels a module, askew by {angle}", [URI],
                   lambda s=scale, a=angle: file_of(page(s, a), "JPEG",
                                                    quality=70))


@kind("printed, then photographed")
def photographed():
    corners = ((140, 120), (730, 90), (800, 640), (110, 600))
    for text in (URI, SHORT):
        for scale in (8, 12):
            def make(t=text, s=scale):
                paper = newspaper(code(t, s, dark=40, light=215), 4)
                seen = tilted(ImageOps.expand(paper, 60, 230), (900, 700),
                              corners, 110)
                seen = lit(blurred(seen, 1.6), slope((900, 700), 110, 120, 255))
                return file_of(noisy(seen, 6), "JPEG", quality=75)
            yield (f"{len(text)} bytes, dots under {scale} pixels a module",
                   [text], make)
