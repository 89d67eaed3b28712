# SPDX-License-Identifier: MIT
"""One code in every kind of file: depths, palettes, alpha, JPEG's ways."""
import io
import struct
import zlib

from PIL import Image, ImageChops, ImageOps

from gallery.draw import URI, code, file_of, lit, on, slope
from gallery.shots import kind


def cut_out(ink, turned=False, soft=255):
    """Modules of `ink` on nothing; turned: the light ones are drawn."""
    stamp = code() if turned else ImageOps.invert(code())
    sheet = Image.new("RGBA", stamp.size, ink + (255,))
    sheet.putalpha(stamp.point(lambda v: v * soft // 255))
    return sheet


@kind("transparent")
def transparent():
    for ink in ((0, 0, 0), (40, 40, 60), (200, 30, 30)):
        yield (f"dark {ink} on nothing", [URI],
               lambda i=ink: file_of(cut_out(i)))
    for ink in ((255, 255, 255), (250, 240, 180), (240, 240, 240)):
        yield (f"light {ink} on nothing", [URI],
               lambda i=ink: file_of(cut_out(i)))
    yield ("the light modules of white, the dark ones nothing", [URI],
           lambda: file_of(cut_out((255, 255, 255), turned=True)))
    yield ("the light modules of black, the dark ones nothing", [URI],
           lambda: file_of(cut_out((0, 0, 0), turned=True)))
    for soft in (128, 60):
        for ink in (0, 255):
            yield (f"grey {ink}, {soft} of 255 there", [URI],
                   lambda i=ink, s=soft: file_of(cut_out((i,) * 3, soft=s)))
    yield ("white on nothing, grey and alpha", [URI], lambda: file_of(
        cut_out((255, 255, 255)).convert("LA")))
    yield ("white on nothing, a palette", [URI], lambda: file_of(
        clear_palette(255)))
    yield ("black on nothing, a palette", [URI], lambda: file_of(
        clear_palette(0)))
    yield ("a picture wholly transparent but for its colours", [URI],
           lambda: file_of(Image.merge("RGBA", [code()] * 3 + [
               Image.new("L", code().size, 255)])))


def clear_palette(ink):
    sheet = code().point(lambda v: 0 if v else 1)
    sheet = sheet.convert("P")
    sheet.putpalette([255 - ink] * 3 + [ink] * 3)
    sheet.info["transparency"] = 0
    return sheet


@kind("PNG of any kind")
def pngs():
    plain = code()
    for mode in ("1", "L", "P", "LA", "RGB", "RGBA"):
        yield f"mode {mode}", [URI], lambda m=mode: file_of(plain.convert(m))
    yield "16 bits", [URI], lambda: file_of(
        plain.convert("I").point(lambda v: v * 257))
    for bits in (1, 2, 4):
        yield f"a palette of {bits} bits", [URI], lambda b=bits: file_of(
            plain.convert("P"), bits=b)
    for mode in ("1", "L", "P", "RGBA"):
        yield f"interlaced, mode {mode}", [URI], lambda m=mode: interlaced(
            plain.convert(m))


def chunk(name, data):
    return (struct.pack(">I", len(data)) + name + data +
            struct.pack(">I", zlib.crc32(name + data)))


def interlaced(picture):
    """Adam7, which Pillow reads and does not write."""
    picture = picture.convert("RGBA" if picture.mode == "RGBA" else "L")
    bands, raw = len(picture.getbands()), b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8),
                           (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                           (0, 1, 1, 2)):
        for y in range(y0, picture.height, dy):
            row = picture.crop((0, y, picture.width, y + 1)).tobytes()
            raw += b"\0" + b"".join(row[x * bands:(x + 1) * bands] for x in
                                    range(x0, picture.width, dx))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", picture.width, picture.height, 8, 6 if bands == 4 else 0,
        0, 0, 1)) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


@kind("JPEG of any kind")
def jpegs():
    for quality in (95, 75, 50, 25, 10, 5):
        yield (f"quality {quality}", [URI], lambda q=quality: file_of(
            code(scale=3), "JPEG", quality=q))
    for mode in ("L", "RGB", "CMYK"):
        for progressive in (False, True):
            yield (f"mode {mode}" + ", progressive" * progressive, [URI],
                   lambda m=mode, p=progressive: file_of(
                       code().convert(m), "JPEG", progressive=p))
    yield "colours at a quarter", [URI], lambda: file_of(
        ImageOps.colorize(code(), "#c00000", "white"), "JPEG", subsampling=2)
    for turn in (3, 6, 8):
        exif = Image.Exif()
        exif[0x0112] = turn
        yield (f"to be turned, EXIF {turn}", [URI], lambda e=exif: file_of(
            on(code(), (600, 300), (20, 20), 230), "JPEG", exif=e))
    yield ("saved again and again", [URI], lambda: again(6))


def again(times):
    data = file_of(code(scale=3), "JPEG", quality=60)
    for i in range(times):
        picture = Image.open(io.BytesIO(data)).convert("L")
        data = file_of(ImageChops.offset(picture, 1, 1), "JPEG",
                       quality=45 + 7 * i % 30)
    return data


@kind("WebP of any kind")
def webps():
    for lossless in (False, True):
        for name, make in (
                ("grey", code), ("dark on nothing", lambda: cut_out((0, 0, 0))),
                ("light on nothing", lambda: cut_out((255, 255, 255)))):
            yield (name + ", lossless" * lossless, [URI],
                   lambda m=make, l=lossless: file_of(
                       m() if m is not code else code().convert("RGB"), "WEBP",
                       lossless=l))
    for quality in (50, 10):
        yield (f"quality {quality}", [URI], lambda q=quality: file_of(
            code(scale=3).convert("RGB"), "WEBP", quality=q))


@kind("lit unevenly")
def gradients():
    for angle in (0, 50, 140, 270):
        for low in (20, 60):
            yield (f"from {low} to 255, {angle} degrees", [URI],
                   lambda a=angle, l=low: file_of(lit(
                       code(scale=5), slope((305, 305), a, l, 255))))
    for angle in (30, 200):
        yield (f"light on dark, {angle} degrees", [URI],
               lambda a=angle: file_of(lit(
                   ImageOps.invert(code(scale=5)),
                   slope((305, 305), a, 70, 255))))
    for angle in (0, 90):
        yield (f"an added gradient, {angle} degrees", [URI],
               lambda a=angle: file_of(ImageChops.add(
                   code(scale=5).point(lambda v: v // 4),
                   slope((305, 305), a, 0, 190))))
