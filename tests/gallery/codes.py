# SPDX-License-Identifier: MIT
"""Codes of every make: colours, shapes, logos, sizes, mirrors, damage."""
import functools

from PIL import Image, ImageChops, ImageDraw, ImageOps

from gallery.draw import EXPORT, SHORT, URI, blurred, code, file_of, modules
from gallery.shots import kind


def coloured(dark, light, text=URI, scale=4):
    return ImageOps.colorize(code(text, scale), dark, light)


def shaped(shape, text=URI, scale=10, eyes="square", level="Q"):
    """Modules as dots and the like, finder patterns as rings; drawn large and
    made small, which smooths the edges."""
    rows = modules(text, level=level)
    side, unit = len(rows), scale * 2
    sheet = Image.new("L", ((side + 8) * unit,) * 2, 255)
    draw = ImageDraw.Draw(sheet)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            is_eye = (min(x, side - 1 - x) < 7 and y < 7 or
                      x < 7 and y >= side - 7)
            if is_dark and not (is_eye and eyes != "square"):
                at = [(x + 4) * unit, (y + 4) * unit]
                draw_module(draw, at, unit, "square" if is_eye else shape)
    if eyes != "square":
        for x, y in ((0, 0), (side - 7, 0), (0, side - 7)):
            draw_eye(draw, ((x + 4) * unit, (y + 4) * unit), unit)
    return sheet.resize((sheet.width // 2,) * 2, Image.Resampling.LANCZOS)


def draw_module(draw, at, unit, shape):
    x, y = at
    if shape == "square":
        draw.rectangle((x, y, x + unit - 1, y + unit - 1), 0)
    elif shape == "dot":
        draw.ellipse((x, y, x + unit - 1, y + unit - 1), 0)
    elif shape == "small dot":
        gap = unit // 5
        draw.ellipse((x + gap, y + gap, x + unit - gap, y + unit - gap), 0)
    elif shape == "diamond":
        half = unit // 2
        draw.polygon([(x + half, y), (x + unit, y + half),
                      (x + half, y + unit), (x, y + half)], 0)
    else:
        draw.rounded_rectangle((x, y, x + unit - 1, y + unit - 1), unit // 3, 0)


def draw_eye(draw, at, unit):
    x, y = at
    for inset, ink in ((0, 0), (1, 255), (2, 0)):
        draw.rounded_rectangle((x + inset * unit, y + inset * unit,
                                x + (7 - inset) * unit - 1,
                                y + (7 - inset) * unit - 1),
                               (5 - inset) * unit // 2, ink)


def badged(share, level="H", scale=6, ink=90):
    """A logo over the middle, so many of a side's hundredths."""
    picture = code(URI, scale, level=level)
    side = picture.width * share // 100
    left = (picture.width - side) // 2
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((left, left, left + side, left + side), side // 5,
                           255)
    draw.ellipse((left + side // 8, left + side // 8, left + side * 7 // 8,
                  left + side * 7 // 8), ink)
    return picture


@kind("coloured")
def colours():
    for dark, light in (("black", "#ff9900"), ("#232f3e", "white"),
                        ("#c00000", "white"), ("#0050c0", "#e0f0ff"),
                        ("#0a7a0a", "#fff8b0"), ("#5a2ca0", "#d0d0d0"),
                        ("white", "#0060c0"), ("#ffcc00", "#202020"),
                        ("#e83e8c", "white"), ("#00a0a0", "white"),
                        ("#ffb000", "white"), ("black", "#0000ff"),
                        ("black", "#c00000"), ("#ff4040", "#000060")):
        yield (f"{dark} on {light}", [URI],
               lambda d=dark, l=light: file_of(coloured(d, l)))


@kind("in all colours")
def rainbow():
    def blend(across):
        mask = ImageOps.invert(code())
        ink = ImageOps.colorize(Image.linear_gradient("L").rotate(across)
                                .resize(mask.size), "#d02060", "#2040c0")
        paper = Image.new("RGB", mask.size, "white")
        return Image.composite(ink, paper, mask)
    for across in (0, 90):
        yield (f"a gradient, turned by {across}", [URI],
               lambda a=across: file_of(blend(a)))


@kind("other shapes")
def shapes():
    for shape in ("dot", "small dot", "rounded", "diamond"):
        for eyes in ("square", "round"):
            yield (f"modules {shape}, eyes {eyes}", [URI],
                   lambda s=shape, e=eyes: file_of(shaped(s, eyes=e)))
    for shape in ("dot", "rounded"):
        yield (f"modules {shape}, light on dark", [URI],
               lambda s=shape: file_of(ImageOps.invert(shaped(s,
                                                              eyes="round"))))


@kind("a logo in it")
def logos():
    for share in (15, 20, 25):
        for ink in (0, 90, 220):
            yield (f"{share} of 100 a side, grey {ink}", [URI],
                   lambda p=share, i=ink: file_of(badged(p, ink=i)))


@kind("damaged")
def damaged():
    def stained(box, ink, level="Q"):
        picture = code(URI, 6, level=level)
        side = picture.width / 100
        ImageDraw.Draw(picture).ellipse([v * side for v in box], ink)
        return picture
    for name, box, ink in (("a stain", (60, 55, 78, 75), 0),
                           ("a white spot", (40, 65, 58, 85), 255),
                           ("a grey spot", (45, 30, 66, 50), 128)):
        yield (name, [URI], lambda b=box, i=ink: file_of(stained(b, i)))
    def scratched(width):
        picture = code(URI, 6, level="Q")
        ImageDraw.Draw(picture).line((80, 300, 330, 130), 255, width)
        return picture
    for width in (4, 9):
        yield (f"a scratch of {width}", [URI],
               lambda w=width: file_of(scratched(w)))


@kind("mirrored")
def mirrored():
    for scale in (2, 4):
        for turned in (False, True):
            yield (f"{scale} pixels a module" + ", light on dark" * turned,
                   [URI], lambda s=scale, t=turned: file_of(
                       (ImageOps.invert if t else lambda p: p)(
                           ImageOps.mirror(code(scale=s)))))


@kind("large codes")
def large():
    for scale in (2, 3, 5):
        for text, name in ((EXPORT, "an export"), ("x" * 1500, "1500 bytes"),
                           ("y" * 2331, "2331 bytes")):
            yield (f"{name}, {scale} pixels a module", [text],
                   lambda t=text, s=scale: file_of(code(t, s)))


@kind("every level and version")
def versions():
    for level in "LMQH":
        yield (f"level {level}", [URI],
               lambda e=level: file_of(code(level=e)))
    for version in (1, 2, 6, 7, 14, 21, 32, 40):
        text = SHORT if version > 3 else "otp"
        yield (f"version {version}", [text],
               lambda t=text, v=version: file_of(code(t, 3, version=v)))


@kind("between walls")
def walls():
    """A frame close around the quiet zone, as tickets and widgets have."""
    def framed(margin, width, ink, paper):
        return ImageOps.expand(ImageOps.expand(code(margin=margin), width, ink),
                               40, paper)
    for margin in (1, 2, 4):
        for width, ink, paper in ((8, 0, 255), (3, 120, 255), (30, 60, 240)):
            yield (f"margin {margin}, {width} pixels of {ink}", [URI],
                   functools.partial(lambda *all: file_of(framed(*all)),
                                     margin, width, ink, paper))


@kind("soft edges")
def soft():
    for radius in (1, 2, 3):
        for scale in (4, 8):
            if radius < scale * 0.6:
                yield (f"blur {radius} at {scale} pixels a module", [URI],
                       lambda r=radius, s=scale: file_of(
                           blurred(code(scale=s), r)))
    yield ("double, as a ghost", [URI], lambda: file_of(ImageChops.multiply(
        code(scale=6), ImageChops.offset(code(scale=6), 2, 1).point(
            lambda v: 170 + v // 3))))
