# SPDX-License-Identifier: MIT
"""Draw the half blocks of a terminal as a picture.

usage: render.py TEXT OUTPUT.png
"""
import re
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/e2e")
from join import png  # noqa: E402

# Whether upper and lower half of a cell are lit.
HALVES = {" ": (0, 0), "\u2580": (1, 0), "\u2584": (0, 1), "\u2588": (1, 1)}


def main(source, output):
    with open(source, encoding="utf-8") as file:
        text = re.sub("\x1b\\[[0-9;]*m", "", file.read())
    rows = []
    for line in text.splitlines():
        cells = [HALVES[character] for character in line]
        rows += [[not cell[half] for cell in cells] for half in (0, 1)]
    width = max(map(len, rows))
    with open(output, "wb") as file:
        file.write(png([row + [True] * (width - len(row)) for row in rows], 6))


main(*sys.argv[1:])
