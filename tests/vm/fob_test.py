#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob's own programs, as they are, on Debian's kernel, udev, hidapi and libusb,
with the real image in its emulator: a seed from a QR code and one of AWS's on
the token, codes, a plug pulled out, and new firmware."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from machine import HERE, Machine, missing, Root, TOP, VM

sys.path.insert(0, str(TOP / "tests/aws"))
from standin.client import StandIn  # noqa: E402

LIMIT_S = 200
SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BANJ2W24DT"
URI = f"otpauth://totp/Example:phone?secret={SEED}&issuer=Example"
FIRMWARE = VM.parent / "firmware"
PROGRAMS = ("fob", "fob-agent", "fob-net", "fob-qr", "fob-flash")
MARK = re.compile(rb"fob-firmware (([\d.]+)[^\0]*)")
# Who sits at the machine: what logind does with the tag.
SEAT = 'TAG=="uaccess", OWNER="fob"\n'


# --- firmware of other versions ---------------------------------------------
def version(image):
    return MARK.search(image)[1].decode()


def renumbered(image, digit):
    """The image with each digit of its release number replaced."""
    at, end = MARK.search(image).span(2)
    release = re.sub(rb"\d", digit, image[at:end])
    return image[:at] + release + image[end:]


def put_firmware(root, image):
    """Files in the root; a variable with the version of each."""
    older, newer, newest = (renumbered(image, d) for d in (b"0", b"8", b"9"))
    root.write("/older.bin", older)
    for name, data in (("newer", newer), ("newest", newest)):
        plain = root.folder / f"{name}.bin"
        plain.write_bytes(data)
        subprocess.run([sys.executable, TOP / "firmware/port/rp2040/uf2.py",
                        plain, root.root / f"{name}.uf2"], check=True)
    return {"VERSION": version(image), "OLDER": version(older),
            "NEWER": version(newer), "NEWEST": version(newest)}


# --- AWS ----------------------------------------------------------------------
def put_alice(root, aws):
    """Her access key, for a profile `work`."""
    aws.ctl("user create", "alice")
    root.write("/aws/credentials", aws.ctl("key ini", "alice", "work"))


# --- the guest ------------------------------------------------------------------
def put_programs(root):
    for name in PROGRAMS:
        root.program(VM.parent / name, f"/bin/{name}")
    root.program(shutil.which("udevadm"), "/bin/udevd")
    root.library("libhidapi-hidraw.so.0")
    root.library("libgcc_s.so.1")


def fill(root, aws):
    put_programs(root)
    put_alice(root, aws)
    for name in ("e2e.sh", "await.sh"):
        root.copy(TOP / "tests/lib" / name, f"/tests/lib/{name}")
    root.copy(HERE / "fob_person.sh", "/fob_person.sh")
    root.copy(TOP / "host/flash/70-fob.rules", "/lib/udev/rules.d/70-fob.rules")
    root.write("/lib/udev/rules.d/73-seat-late.rules", SEAT)
    root.write("/etc/passwd", "root:x:0:0::/:/bin/sh\n"
                              "fob:x:1000:1000::/tmp:/bin/sh\n")
    root.write("/etc/group", "root:x:0:\nfob:x:1000:\n")
    subprocess.run(["qrencode", "-o", root.root / "qr.png", URI], check=True)
    values = put_firmware(root, (FIRMWARE / "fob-rp2040.bin").read_bytes())
    values |= {"PORT": aws.url.rpartition(":")[2], "TOP": "/", "O": "/bin"}
    root.write("/values", "".join(
        f"{name}='{value}'\nexport {name}\n" for name, value in values.items()))


class Desk(Machine):
    """CODE BEFORE CODE AFTER WHAT: a code of a time between the two."""

    def __init__(self, root):
        super().__init__(root.folder, root.pack(), "-netdev", "user,id=n",
                         "-device", "e1000,netdev=n")
        self.words["CODE"] = self.judge

    def judge(self, before, code, after, *what):
        wanted = [subprocess.run(
            ["oathtool", "--totp", "-b", SEED, "-N", f"@{time}"],
            capture_output=True, text=True).stdout.strip()
            for time in (before, after)]
        self.point(code in wanted, " ".join(what))
        if code not in wanted:
            print(f"# {code} is none of {wanted}")


def main():
    why = missing("oathtool", "qrencode", "udevadm")
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with tempfile.TemporaryDirectory() as name, StandIn() as aws:
        root = Root(pathlib.Path(name), "fob.sh")
        fill(root, aws)
        return Desk(root).run(LIMIT_S)


sys.exit(main())
