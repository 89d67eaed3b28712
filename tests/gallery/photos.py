# SPDX-License-Identifier: MIT
"""Photographs: angles, lenses, lamps, hands that shake, screens of dots."""
from PIL import Image, ImageChops, ImageOps

from gallery.draw import (URI, bent, blurred, code, file_of, glare, lit, middle,
                          noisy, on, shadow, slope, smeared, speckled, tilted)
from gallery.shots import kind

# Corners of a sheet of 900 by 700, clockwise from the top left.
ANGLES = {
    "from above": ((220, 120), (700, 130), (820, 620), (90, 610)),
    "from the left": ((200, 90), (640, 200), (650, 520), (190, 640)),
    "from below right": ((150, 200), (660, 90), (760, 600), (210, 520)),
    "steeply": ((330, 160), (600, 170), (860, 640), (60, 620)),
    "turned and tilted": ((420, 60), (820, 330), (470, 660), (110, 300)),
    "far off": ((420, 300), (560, 310), (570, 450), (410, 440)),
}


def taken(corners, scale=8, paper=120, **options):
    return tilted(code(scale=scale, **options), (900, 700), corners, paper)


@kind("turned")
def turned():
    for angle in (3, 7, 15, 30, 45, 60, 80, 90, 133, 180, 200, 270, 315):
        for paper in (255, 40):
            yield (f"by {angle} degrees on {paper}", [URI],
                   lambda a=angle, p=paper: file_of(code(scale=4).rotate(
                       a, Image.Resampling.BICUBIC, True, fillcolor=p)))
    for angle in (10, 40):
        yield (f"light on dark, by {angle} degrees", [URI],
               lambda a=angle: file_of(ImageOps.invert(code(scale=4)).rotate(
                   a, Image.Resampling.BICUBIC, True, fillcolor=0)))


@kind("at an angle")
def tilts():
    for name, corners in ANGLES.items():
        for soft in (0.7, 1.5):
            yield (f"{name}, blur {soft}", [URI],
                   lambda c=corners, s=soft: file_of(
                       noisy(blurred(taken(c), s), 8), "JPEG", quality=80))
    for name in ("from above", "from the left"):
        yield (f"{name}, light on dark", [URI],
               lambda n=name: file_of(noisy(blurred(ImageOps.invert(
                   taken(ANGLES[n])), 0.7), 8), "JPEG", quality=80))


@kind("35 of 100 narrower at one side")
def skewed():
    near, far, inset = 50, 650, 105
    for side, corners in {
            "top": ((near + inset, near), (far - inset, near), (far, far),
                    (near, far)),
            "bottom": ((near, near), (far, near), (far - inset, far),
                       (near + inset, far)),
            "left": ((near, near + inset), (far, near), (far, far),
                     (near, far - inset)),
            "right": ((near, near), (far, near + inset), (far, far - inset),
                      (near, far))}.items():
        for scale in (3, 6):
            yield (f"at the {side}, from {scale} pixels a module", [URI],
                   lambda c=corners, s=scale: file_of(
                       tilted(code(scale=s), (700, 700), c, 200)))


@kind("in bad light")
def lights():
    for name in ("from above", "from below right", "turned and tilted"):
        picture = lambda n=name: blurred(taken(ANGLES[n], paper=90), 0.8)
        yield (f"{name}, a lamp at one side", [URI],
               lambda p=picture: file_of(noisy(lit(
                   p(), slope((900, 700), 60, 45, 255)), 6), "JPEG"))
        yield (f"{name}, a shadow over half", [URI],
               lambda p=picture: file_of(noisy(lit(
                   p(), shadow((900, 700), 0.6, 90)), 6), "JPEG"))
        yield (f"{name}, a reflection", [URI],
               lambda p=picture: file_of(noisy(glare(
                   p(), (470, 380), 130, 120), 6), "JPEG"))
        yield (f"{name}, nearly dark", [URI],
               lambda p=picture: file_of(noisy(
                   p().point(lambda v: v // 6), 4), "JPEG"))
        yield (f"{name}, much too bright", [URI],
               lambda p=picture: file_of(noisy(
                   p().point(lambda v: min(255, 150 + v)), 4), "JPEG"))


@kind("noise")
def noises():
    for strength in (20, 40, 60, 80):
        for scale in (4, 6):
            yield (f"{strength} greys at {scale} pixels a module", [URI],
                   lambda n=strength, s=scale: file_of(noisy(code(scale=s), n)))
    for share in (0.02, 0.05, 0.1):
        for scale in (4, 6):
            yield (f"{share:.0%} of the pixels wrong at {scale}", [URI],
                   lambda p=share, s=scale: file_of(speckled(code(scale=s),
                                                             p)))


@kind("shaken")
def shakes():
    for length in (2, 4, 6):
        for scale in (6, 10):
            yield (f"by {length} pixels at {scale} a module", [URI],
                   lambda n=length, s=scale: file_of(
                       noisy(smeared(code(scale=s), n), 6), "JPEG"))


def desk(angle, soft, scale=12, size=(4000, 3000), place=(1500, 900)):
    """A sheet on a desk, twelve million pixels."""
    sheet = on(code(scale=scale), size, place, 120)
    return noisy(blurred(sheet.rotate(angle, fillcolor=90), soft), 10)


@kind("a camera's whole picture")
def cameras():
    for angle, soft, scale in ((7, 3, 12), (-100, 3, 12), (31, 2, 6),
                               (12, 1, 4), (64, 4, 20)):
        yield (f"turned by {angle}, blur {soft}, {scale} pixels a module",
               [URI], lambda a=angle, s=soft, c=scale: file_of(
                   desk(a, s, c), "JPEG", quality=80))
    yield ("on its side, progressive", [URI], lambda: file_of(
        desk(-95, 2), "JPEG", quality=60, progressive=True))


def monitor(corners, pitch=3):
    """A screen's red, green and blue dots through a lens."""
    picture = middle(code(scale=6), (500, 420), 235).convert("RGB")
    mask = Image.new("RGB", (pitch, pitch), (60, 60, 60))
    for x, colour in enumerate(((255, 90, 90), (90, 255, 90), (90, 90, 255))):
        for y in range(pitch - 1):
            mask.putpixel((x, y), colour)
    grid = Image.new("RGB", (1500, 1260))
    for x in range(0, 1500, pitch):
        grid.paste(mask, (x, 0))
    strip = grid.crop((0, 0, 1500, pitch))
    for y in range(0, 1260, pitch):
        grid.paste(strip, (0, y))
    shown = ImageChops.multiply(
        picture.resize((1500, 1260), Image.Resampling.NEAREST), grid)
    shown = Image.merge("RGB", [tilted(band, (1100, 900), corners, 20)
                                for band in shown.split()])
    return noisy(blurred(shown, 0.8), 10).point(lambda v: min(255, v * 2))


@kind("off a screen")
def monitors():
    for name, corners in (
            ("straight", ((40, 30), (1060, 40), (1050, 870), (50, 860))),
            ("tilted", ((160, 60), (1000, 140), (1040, 800), (60, 860))),
            ("far", ((300, 200), (820, 230), (800, 690), (310, 650)))):
        for quality in (85, 55):
            yield (f"{name}, JPEG {quality}", [URI],
                   lambda c=corners, q=quality: file_of(
                       monitor(c), "JPEG", quality=q))


@kind("on a bottle")
def bottles():
    for depth in (0.5, 0.7, 0.85):
        yield (f"{depth} of the way round", [URI],
               lambda d=depth: file_of(noisy(blurred(bent(
                   middle(code(scale=6), (520, 460), 200), d), 0.8), 6)))
