# SPDX-License-Identifier: MIT
"""Whole screens: consoles, chats and dialogs, with a code among other things."""
from PIL import Image, ImageDraw, ImageFont

from gallery.draw import (EXPORT, SHORT, STORE, URI, blurred, code, file_of,
                          sized)
from gallery.shots import kind

INKS = {"light": ((255, 255, 255), (22, 25, 31), (242, 243, 243)),
        "dark": ((15, 20, 28), (209, 213, 219), (28, 35, 46)),
        "black": ((0, 0, 0), (230, 230, 230), (18, 18, 18))}


def words(draw, box, ink, step=17):
    """Lines of text that fill a box."""
    font = ImageFont.load_default()
    text = "Set up device: install an authenticator app, then scan the code "
    for i, y in enumerate(range(box[1], box[3] - step, step)):
        line = (text * 9)[i * 7 % 50:][:max(4, (box[2] - box[0]) // 7)]
        draw.text((box[0], y), line, ink, font)


def bars(draw, box, ink):
    """A bar code, of which no QR reader may make anything."""
    x = box[0]
    for i in range(0, 200):
        width = (i * 37 % 3) + 1
        if x + width > box[2]:
            return
        if i % 2 == 0:
            draw.rectangle((x, box[1], x + width, box[3]), ink)
        x += width


def console(theme="light", size=(1440, 900), veil=False):
    """A page of a cloud's console; where the code goes is at the right."""
    paper, ink, panel = INKS[theme]
    page = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(page)
    words(draw, (300, 70, size[0] - 40, size[1] - 20), ink)
    draw.rectangle((0, 0, size[0], 44), (35, 47, 62))
    draw.rectangle((0, 44, 260, size[1]), panel)
    words(draw, (20, 80, 250, size[1] - 100), ink, 30)
    for i in range(6):
        draw.ellipse((size[0] - 60 - i * 40, 12, size[0] - 40 - i * 40, 32),
                     (236, 114, 17) if i % 2 else (200, 210, 220))
    if veil:
        page = Image.blend(page, Image.new("RGB", size, (0, 0, 0)), 0.6)
    return page


def dialog(page, theme, *codes, ink=None):
    """A box over the page, with codes in a row."""
    paper, text, panel = INKS[theme]
    draw = ImageDraw.Draw(page)
    wide = sum(c.width + 60 for c in codes) + 400
    left, top = (page.width - wide) // 2, 120
    bottom = top + max(c.height for c in codes) + 260
    draw.rounded_rectangle((left, top, left + wide, bottom), 12, paper, panel, 2)
    words(draw, (left + 30, top + 30, left + wide - 30, top + 110), ink or text)
    draw.rectangle((left + 30, top + 110, left + wide - 30, top + 112), panel)
    at = left + 340
    words(draw, (left + 30, top + 130, at - 40, bottom - 80), ink or text)
    for c in codes:
        page.paste(c, (at, top + 130))
        at += c.width + 60
    draw.rounded_rectangle((left + wide - 180, bottom - 60, left + wide - 40,
                            bottom - 20), 18, (236, 114, 17))
    return page


@kind("a console's page")
def consoles():
    for theme in INKS:
        for margin in (0, 1, 4):
            for scale in (2, 3):
                yield (f"{theme}, {scale} pixels a module, margin {margin}",
                       [URI], lambda t=theme, m=margin, s=scale: file_of(
                           dialog(console(t, veil=True), t,
                                  code(scale=s, margin=m))))
    for quality in (75, 40):
        yield (f"dark, JPEG of quality {quality}", [URI],
               lambda q=quality: file_of(dialog(console("dark"), "dark",
                                                code(scale=3, margin=0)),
                                         "JPEG", quality=q))


@kind("a page at half its size")
def halves():
    for theme in INKS:
        for scale in (3, 4):
            yield (f"{theme}, {scale} pixels a module before", [URI],
                   lambda t=theme, s=scale: file_of(
                       (lambda page: page.resize(
                           (page.width // 2, page.height // 2),
                           Image.Resampling.LANCZOS))(
                           dialog(console(t, (1920, 1200)), t,
                                  code(scale=s)))))


@kind("two codes")
def two():
    other = SHORT.replace("dev", "ops")
    for theme in INKS:
        for margin in (1, 4):
            yield (f"a store's beside it, {theme}, margin {margin}",
                   [STORE, URI], lambda t=theme, m=margin: file_of(
                       dialog(console(t), t, code(STORE, 3, m),
                              code(URI, 3, m))))
    yield ("two seeds", [SHORT, other], lambda: file_of(dialog(
        console(), "light", code(SHORT), code(other))))
    yield ("one of each polarity", [SHORT, other], lambda: file_of(dialog(
        console(), "light", code(SHORT),
        code(other).point(lambda v: 255 - v))))
    yield ("one large, one small", [SHORT, other], lambda: file_of(dialog(
        console(), "light", code(SHORT, 8), code(other, 2))))


@kind("among other things")
def clutter():
    def page(scale, margin, soft=0, theme="light"):
        sheet = console(theme)
        draw = ImageDraw.Draw(sheet)
        bars(draw, (320, 200, 700, 280), (0, 0, 0))
        for i in range(10):
            draw.rectangle((320 + i * 40, 320, 320 + i * 40 + 20, 340 + i * 9),
                           (i * 25, 90, 200))
        for i in range(3):  # what looks like finder patterns
            for edge in range(4):
                draw.rectangle((330 + i * 90 + edge * 8, 520 + edge * 8,
                                386 + i * 90 - edge * 8, 576 - edge * 8),
                               (0, 0, 0) if edge % 2 == 0 else (255,) * 3)
        sheet.paste(code(scale=scale, margin=margin), (900, 300))
        return blurred(sheet, soft) if soft else sheet
    for scale in (2, 4):
        for soft in (0, 0.8):
            yield (f"{scale} pixels a module, blur {soft}", [URI],
                   lambda s=scale, f=soft: file_of(page(s, 4, f)))
    yield ("dark, no quiet zone", [URI],
           lambda: file_of(page(3, 0, theme="dark")))
    yield ("a chat's JPEG", [URI], lambda: file_of(
        page(4, 2, 0.6).resize((1080, 675), Image.Resampling.LANCZOS),
        "JPEG", quality=60))


def phone(text, is_dark):
    """A phone's screen with an export as wide as it is."""
    page = Image.new("RGB", (1080, 2400), (20, 20, 24) if is_dark else "white")
    scale = 900 // (code(text, 1).width)
    picture = code(text, scale, 1 if is_dark else 4)
    page.paste(picture, ((1080 - picture.width) // 2, 700))
    words(ImageDraw.Draw(page), (60, 200, 1000, 400), (120, 120, 120))
    return page


@kind("a phone's screen")
def phones():
    for is_dark in (False, True):
        for length in (200, 450, 640):
            text = EXPORT[:length]
            for form in ("PNG", "JPEG", "WEBP"):
                yield (f"{length} bytes{', dark' * is_dark}, {form}", [text],
                       lambda t=text, d=is_dark, f=form: file_of(phone(t, d),
                                                                 f))


@kind("a message's picture")
def thumbnails():
    for width in (1280, 960, 720):
        yield (f"a page scaled to {width}, JPEG 70", [URI],
               lambda w=width: file_of(
                   (lambda page: page.resize((w, page.height * w // page.width),
                                             Image.Resampling.BICUBIC))(
                       dialog(console(), "light", sized(code(scale=6), 300))),
                   "JPEG", quality=70))
