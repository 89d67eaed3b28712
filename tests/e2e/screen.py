# SPDX-License-Identifier: MIT
"""What is left on a terminal's screen after all of stdin was written to it.

Knows the controls that fob uses and no other.
"""
import re
import sys

CONTROL = re.compile(r"(\x1b\[[?0-9]*[A-Za-z]|\r|\n)")


def main():
    rows, row = [""], 0
    for part in CONTROL.split(sys.stdin.read()):
        up = re.fullmatch(r"\x1b\[(\d+)A", part)
        if up:
            row -= int(up[1])
        elif part == "\n":
            row += 1
            rows += [""] * (row + 1 - len(rows))
        elif part == "\x1b[J":
            rows[row:] = [""]
        elif part == "\x1b[K":
            rows[row] = ""
        elif part.startswith("\x1b") and part not in ("\x1b[?7l", "\x1b[?7h"):
            sys.exit(f"unknown: {part!r}")
        elif part != "\r":
            rows[row] += part
    print("\n".join(rows))


main()
