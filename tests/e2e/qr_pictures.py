# SPDX-License-Identifier: MIT
"""Pictures with QR codes by qrencode, bent by Pillow, and fob-qr's answers."""
import io
import os
import subprocess
import sys

try:
    from PIL import Image
except ImportError:  # another Python than Debian's came first
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

FOB_QR = os.path.join(os.environ["O"], "fob-qr")
CORPUS = os.path.join(os.environ["TOP"], "tests/fuzz/corpus/image")
SEED = "JBSWY3DPEHPK3PXPKRUGS4ZANFZSA3TPOQQGCIDTMVSWILBANF2CA2LTNZ2CA3TP"
URI = ("otpauth://totp/Amazon%20Web%20Services:dev@123456789012?secret=" +
       SEED + "&issuer=Amazon%20Web%20Services")
HANG_S = 120
points, failures = 0, 0


def ok(good, what, note=""):
    global points, failures
    points += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {points} - {what}")
    if not good and note:
        print(f"# {note}")


def done():
    print(f"1..{points}")
    sys.exit(1 if failures else 0)


def code(text=URI, scale=4, margin=4):
    """A code by qrencode, in grey."""
    png = subprocess.run(
        ["qrencode", "-o", "-", "-8", "-s", str(scale), "-m", str(margin)],
        input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    return Image.open(io.BytesIO(png)).convert("RGBA").convert("L")


def file_of(picture, kind="PNG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def run(*arguments, data=b""):
    return subprocess.run([FOB_QR, *arguments], input=data, timeout=HANG_S,
                          capture_output=True)


def parse(reply):
    """Status and items of a reply; ValueError when it is not whole."""
    at, items = 3, []
    if len(reply) < 3:
        raise ValueError("short head")
    for _ in range(int.from_bytes(reply[1:3], "big")):
        end = at + 4 + int.from_bytes(reply[at:at + 4], "big")
        items.append(reply[at + 4:end])
        at = end
    if at != len(reply):
        raise ValueError(f"{at} bytes told, {len(reply)} given")
    return reply[0], items


def decode(data):
    """Status and items; None when fob-qr broke its word."""
    answer = run("decode", data=data)
    if answer.returncode != 0 or answer.stderr:
        return None, answer.returncode
    return parse(answer.stdout)


def finds(data, texts, what):
    answer = decode(data)
    ok(answer == (0, [text.encode() for text in texts]), what, answer)


def refuses(data, status, what):
    got, items = decode(data)
    ok(got == status and len(items) == 1 and items[0].isascii() and items[0],
       what, (got, items))
