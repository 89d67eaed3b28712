# SPDX-License-Identifier: MIT
"""Pictures with QR codes by qrencode, bent by Pillow, and fob-qr's answers."""
import os
import subprocess
import sys

try:
    import PIL  # noqa: F401
except ImportError:  # another Python than Debian's came first
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests"))
from gallery.draw import SEED, URI, code, file_of  # noqa: E402, F401
from gallery.readers import parse  # noqa: E402

FOB_QR = os.path.join(os.environ["O"], "fob-qr")
CORPUS = os.path.join(os.environ["TOP"], "tests/fuzz/corpus/image")
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


def run(*arguments, data=b""):
    return subprocess.run([FOB_QR, *arguments], input=data, timeout=HANG_S,
                          capture_output=True)


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
