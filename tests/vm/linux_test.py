#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Debian's kernel with the real image in its emulator: usbhid, hidraw, hidapi,
libusb, pcscd and libccid are what people have on their machines."""
import pathlib
import subprocess
import sys
import tempfile

from machine import LIBRARY_FOLDER, Machine, missing, Root, TOP, VM

LIMIT_S = 150
# The last one is what threads of pcscd end with.
LIBRARIES = ("libhidapi-hidraw.so.0", "libhidapi-libusb.so.0", "libgcc_s.so.1")
CCID = pathlib.Path("/usr/lib/pcsc/drivers/ifd-ccid.bundle")
GCONV = ("UTF-16.so", "gconv-modules")  # hidapi's strings need them


def list_token(plist):
    """pcscd goes by libccid's list of numbers: what docs/hardware.md tells the
    owner of a machine to run is run here, and once more by mistake."""
    text = (TOP / "docs/hardware.md").read_text()
    start = text.index("grep -q 'fob token'")
    command = text[start:text.index("systemctl", start)]
    for _ in range(2):
        subprocess.run(["sh", "-ec", command.replace(
            "/etc/libccid_Info.plist", str(plist))], check=True)
    assert plist.read_text().count("<string>fob token</string>") == 1


def fill(root):
    root.program("/usr/sbin/pcscd")
    root.program(VM / "guest", "/bin/guest")
    for name in LIBRARIES:
        root.library(name)
    for name in GCONV:
        root.copy(LIBRARY_FOLDER / "gconv" / name)
    root.program(CCID / "Contents/Linux/libccid.so")
    list_token(root.copy(CCID / "Contents/Info.plist"))


def main():
    why = missing("pcscd")
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with tempfile.TemporaryDirectory() as name:
        root = Root(pathlib.Path(name), "linux.sh")
        fill(root)
        return Machine(root.folder, root.pack()).run(LIMIT_S)


sys.exit(main())
