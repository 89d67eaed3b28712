# SPDX-License-Identifier: MIT
"""Codes as screens show them: sizes, edges, polarity, pages around them."""
from PIL import Image, ImageOps

from gallery.draw import SHORT, URI, code, file_of, middle, on, sized
from gallery.shots import kind


@kind("plain")
def plain():
    for scale in (1, 2, 3, 5, 8, 20):
        for margin in (0, 1, 4):
            yield (f"{scale} pixels a module, margin {margin}", [URI],
                   lambda s=scale, m=margin: file_of(code(scale=s, margin=m)))


@kind("light on dark")
def light_on_dark():
    for scale in (1, 2, 3, 6, 12):
        for margin in (0, 1, 4):
            yield (f"{scale} pixels a module, margin {margin}", [URI],
                   lambda s=scale, m=margin: file_of(
                       ImageOps.invert(code(scale=s, margin=m))))


@kind("faint")
def faint():
    for dark, light in ((118, 138), (0, 12), (240, 255), (90, 100), (20, 34)):
        for turned in (False, True):
            ends = (light, dark) if turned else (dark, light)
            yield (f"modules {ends[0]} on {ends[1]}", [URI],
                   lambda e=ends: file_of(code(dark=e[0], light=e[1])))


@kind("no quiet zone on a page")
def no_quiet_zone():
    for paper in (0, 16, 40, 90, 160):
        for scale in (2, 3, 4, 7):
            yield (f"page {paper}, {scale} pixels a module", [URI],
                   lambda p=paper, s=scale: file_of(
                       on(code(scale=s, margin=0), (700, 560), (90, 70), p)))
    for margin in (1, 2):
        yield (f"page 20, {margin} light modules around", [URI],
               lambda m=margin: file_of(
                   on(code(margin=m), (800, 600), (311, 97), 20)))
    for edge in (2, 9, 30):
        yield (f"page 12, {edge} pixels of it", [URI],
               lambda e=edge: file_of(ImageOps.expand(code(margin=0), e, 12)))
    for scale in (3, 5):
        yield (f"page 12, one edge, {scale} pixels a module", [URI],
               lambda s=scale: file_of(on(
                   code(scale=s, margin=0), (64 * s, 60 * s), (7 * s, 0), 12)))


@kind("no quiet zone, light on a light page")
def no_quiet_zone_inverted():
    for paper in (255, 225, 150):
        for scale in (2, 4, 7):
            yield (f"page {paper}, {scale} pixels a module", [URI],
                   lambda p=paper, s=scale: file_of(
                       on(ImageOps.invert(code(scale=s, margin=0)),
                          (700, 560), (90, 70), p)))


@kind("small in a large picture")
def small_in_large():
    sizes = ((1280, 800), (1920, 1080), (2560, 1440), (3840, 2160))
    for pixels in (1.4, 1.5, 1.7, 2.0):
        for i, size in enumerate(sizes):
            how = (Image.Resampling.BICUBIC, Image.Resampling.BILINEAR,
                   Image.Resampling.LANCZOS, Image.Resampling.BOX)[i]
            yield (f"{pixels} pixels a module in {size[0]} x {size[1]}", [URI],
                   lambda p=pixels, s=size, h=how: file_of(on(
                       sized(code(scale=8), 61 * p, h), s,
                       (s[0] * 3 // 5, s[1] // 3), 236)))


@kind("small")
def small():
    for pixels in (1.3, 1.5, 1.7, 2.5):
        for text, side in ((URI, 61), (SHORT, 41)):
            yield (f"{pixels} pixels a module, {side} modules", [text],
                   lambda p=pixels, t=text, n=side: file_of(
                       sized(code(t, scale=8), n * p)))


@kind("stretched")
def stretched():
    for wide in (0.6, 0.8, 1.3, 1.7):
        yield (f"{wide} as wide as high", [URI],
               lambda w=wide: file_of(code(scale=5).resize(
                   (round(305 * w), 305), Image.Resampling.BICUBIC)))


def terminal(gap, cell, light, dark):
    """Half blocks in a terminal, with `gap` rows between its lines."""
    stamp = code(margin=2, scale=1)
    stamp = ImageOps.expand(stamp, (0, 0, 0, stamp.height % 2), 255)
    lines = [stamp.crop((0, y, stamp.width, y + 2))
             .resize((stamp.width * cell, 2 * cell + 1), Image.Resampling.NEAREST)
             .point(lambda v: light if v else dark)
             for y in range(0, stamp.height, 2)]
    sheet = Image.new("L", (stamp.width * cell + 80,
                            len(lines) * (2 * cell + 1 + gap) + 60), dark)
    for i, line in enumerate(lines):
        sheet.paste(line, (30, 30 + i * (2 * cell + 1 + gap)))
    return sheet


@kind("in a terminal")
def in_a_terminal():
    for gap in (0, 1, 2):
        for cell in (5, 8, 12):
            yield (f"cells {cell} wide, gaps of {gap}", [URI],
                   lambda g=gap, c=cell: file_of(terminal(g, c, 230, 16)))


@kind("a window of it")
def in_the_middle():
    for size in ((5120, 2880), (7680, 4320)):
        for scale in (3, 12):
            yield (f"{scale} pixels a module in {size[0]} x {size[1]}", [URI],
                   lambda z=size, s=scale: file_of(
                       middle(code(scale=s), z, 200)))
