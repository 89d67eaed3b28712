# SPDX-License-Identifier: MIT
"""What pictures are made of: codes by qrencode, paper, light, noise, lenses."""
import functools
import io
import math
import random
import statistics
import subprocess

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SEED = "JBSWY3DPEHPK3PXPKRUGS4ZANFZSA3TPOQQGCIDTMVSWILBANF2CA2LTNZ2CA3TP"
URI = ("otpauth://totp/Amazon%20Web%20Services:dev@123456789012?secret=" +
       SEED + "&issuer=Amazon%20Web%20Services")
SHORT = "otpauth://totp/dev?secret=JBSWY3DPEHPK3PXP"
EXPORT = "otpauth-migration://offline?data=" + SEED * 10
STORE = "https://apps.example.com/authenticator?from=console&platform=any"
# The 255 quantiles of a normal distribution: evenly spread bytes to noise.
BELL = [round(40 * statistics.NormalDist().inv_cdf((i + 0.5) / 256))
        for i in range(256)]


@functools.cache
def modules(text, level="M", version=None):
    """Rows of a code, True for dark, without a quiet zone."""
    command = ["qrencode", "-t", "ASCII", "-m", "0", "-8", "-l", level]
    if version:
        command += ["-v", str(version)]
    lines = subprocess.run([*command, "-o", "-"], input=text.encode(),
                           stdout=subprocess.PIPE, check=True).stdout
    return [[c == "#" for c in line[::2]]
            for line in lines.decode().splitlines()]


def code(text=URI, scale=4, margin=4, dark=0, light=255, **options):
    """A code in grey; `scale` pixels a module, `margin` modules around it."""
    rows = modules(text, **options)
    picture = Image.new("L", (len(rows), len(rows)))
    picture.putdata([dark if cell else light for row in rows for cell in row])
    picture = ImageOps.expand(picture, margin, light)
    return picture.resize((picture.width * scale,) * 2, Image.Resampling.NEAREST)


def sized(picture, side, how=Image.Resampling.BICUBIC):
    return picture.resize((round(side),) * 2, how)


def on(picture, size, at, paper, mode="L"):
    sheet = Image.new(mode, size, paper)
    sheet.paste(picture, at)
    return sheet


def middle(picture, size, paper, mode="L"):
    return on(picture, size, ((size[0] - picture.width) // 2,
                              (size[1] - picture.height) // 2), paper, mode)


def noisy(picture, strength, seed=1):
    """Normal noise of so many greys on each channel, the same each time."""
    lot = random.Random(seed)
    bands = []
    for band in picture.split():
        grain = Image.frombytes("L", band.size,
                                lot.randbytes(band.width * band.height))
        grain = grain.point([max(0, min(255, 128 + round(v * strength / 40)))
                             for v in BELL])
        bands.append(ImageChops.add(band, grain, 1, -128))
    return Image.merge(picture.mode, bands)


def speckled(picture, share, seed=1):
    """Some pixels black, some white: salt and pepper."""
    lot = random.Random(seed)
    grain = Image.frombytes("L", picture.size,
                            lot.randbytes(picture.width * picture.height))
    edge = round(255 * share / 2)
    picture = ImageChops.darker(picture, grain.point(lambda v: 0 if v < edge
                                                     else 255))
    return ImageChops.lighter(picture, grain.point(lambda v: 255 if v > 255 -
                                                   edge else 0))


def blurred(picture, radius):
    return picture.filter(ImageFilter.GaussianBlur(radius))


def smeared(picture, length, steps=9):
    """Moved while the shutter was open, `length` pixels along the diagonal."""
    total = None
    for i in range(steps):
        at = round(length * i / (steps - 1))
        moved = ImageChops.offset(picture, at, at // 2)
        total = moved if total is None else Image.blend(total, moved,
                                                        1 / (i + 1))
    return total


def slope(size, angle, low, high):
    """A grey that changes evenly in one direction, from `low` to `high`."""
    side = 2 * max(size)
    plane = Image.linear_gradient("L").resize((side, side)).rotate(
        angle, fillcolor=128)
    plane = plane.crop(((side - size[0]) // 2, (side - size[1]) // 2,
                        (side + size[0]) // 2, (side + size[1]) // 2))
    edge = plane.getextrema()
    return plane.point(lambda v: low + (high - low) * (v - edge[0]) //
                       (edge[1] - edge[0]))


def lit(picture, light):
    """A picture under a light: 255 leaves as it is, 0 is night."""
    return ImageChops.multiply(picture, light)


def shadow(size, share, depth, soft=2, slant=0.3):
    """Light with a shadow that has a rather sharp edge."""
    plane = Image.new("L", size, 255)
    edge = [(0, 0), (size[0] * share, 0),
            (size[0] * (share - slant), size[1]), (0, size[1])]
    ImageDraw.Draw(plane).polygon(edge, fill=depth)
    return blurred(plane, soft)


def glare(picture, at, radius, strength=255):
    """A lamp's reflection: lighter up to white around a point."""
    spot = ImageOps.invert(Image.radial_gradient("L")).resize((2 * radius,) * 2)
    spot = spot.point(lambda v: min(255, v * strength // 160))
    plane = on(spot, picture.size, (at[0] - radius, at[1] - radius), 0)
    return ImageChops.screen(picture, plane)


def solve(rows):
    """Gauss and Jordan: the unknowns of equations [factors ..., value]."""
    rows = [list(map(float, row)) for row in rows]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(len(rows)):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[-1] for row in rows]


def tilted(picture, size, corners, paper):
    """A picture as a lens sees it: its corners, clockwise from the top left,
    lie at `corners` of a sheet of `size`."""
    w, h = picture.size
    equations = []
    for (x, y), (u, v) in zip(corners, ((0, 0), (w, 0), (w, h), (0, h))):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u],
                      [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    how = (size, Image.Transform.PERSPECTIVE, solve(equations))
    seen = picture.transform(*how, Image.Resampling.BICUBIC)
    mask = Image.new("L", picture.size, 255).transform(*how)
    sheet = Image.new("L", size, paper)
    sheet.paste(seen, (0, 0), mask)
    return sheet


def bent(picture, depth):
    """On a bottle: columns nearer to the edges are narrower."""
    strips, (w, h) = 40, picture.size
    mesh = []
    for i in range(strips):
        left, right = w * i // strips, w * (i + 1) // strips
        at = [w / 2 * (1 + math.asin(max(-1, min(1, (2 * x / w - 1) * depth))) /
                       math.asin(depth)) for x in (left, right)]
        mesh.append(((left, 0, right, h),
                     (at[0], 0, at[0], h, at[1], h, at[1], 0)))
    return picture.transform(picture.size, Image.Transform.MESH, mesh,
                             Image.Resampling.BICUBIC)


def file_of(picture, form="PNG", **options):
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
