#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The image as files: the same wherever it is built, named after its tree,
and packed as the loader wants it."""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

TOP = pathlib.Path(os.environ["TOP"])
BUILT = pathlib.Path(os.environ["O"]) / "firmware"
sys.path.insert(0, str(TOP / "tests/aws"))
import tap  # noqa: E402

# A device descriptor up to its numbers: USB 2.0, 64 bytes a packet.
DEVICE = bytes.fromhex("1201000200000040")
PARTS = ("Makefile", "src", "firmware", "tests/tests.mk")


def copy_tree(folder):
    for part in PARTS:
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if (TOP / part).is_dir():
            shutil.copytree(TOP / part, target)
        else:
            shutil.copy(TOP / part, target)


def build(folder, *settings):
    plain = {name: value for name, value in os.environ.items()
             if name not in ("O", "MAKEFLAGS", "MAKELEVEL")}
    subprocess.run(["make", "-s", "firmware", *settings], cwd=folder,
                   env=plain, check=True, stdout=subprocess.DEVNULL)
    made = folder / "build/firmware"
    return {kind: (made / f"fob-rp2040.{kind}").read_bytes()
            for kind in ("elf", "bin", "uf2")}


def version():
    for line in (TOP / "Makefile").read_text().splitlines():
        if line.startswith("VERSION := "):
            return line.split()[-1].encode()
    raise AssertionError("no version")


def crc32(data):
    """By long division, bit by bit, unlike the tool's."""
    bits = int.from_bytes(data, "big") << 32
    bits ^= 0xFFFFFFFF << 8 * len(data)
    for at in range(8 * len(data) + 31, 31, -1):
        if bits >> at & 1:
            bits ^= 0x104C11DB7 << at - 32
    return bits


def blocks(uf2):
    for at in range(0, len(uf2), 512):
        block = uf2[at:at + 512]
        yield struct.unpack("<8I", block[:32]), block[32:288], block[508:]


image = (BUILT / "fob-rp2040.bin").read_bytes()
uf2 = (BUILT / "fob-rp2040.uf2").read_bytes()


@tap.test("two builds of one tree in different places are the same to the bit,"
          " and others have the numbers that they are given")
def same_anywhere():
    with tempfile.TemporaryDirectory() as folder:
        places = [pathlib.Path(folder) / name
                  for name in ("here", "quite/another-place")]
        for place in places:
            copy_tree(place)
        here, there = map(build, places)
        other = build(places[0], "USB_VENDOR=0x1234", "USB_PRODUCT=0x5678")
        again = build(places[0])
    for kind in here:
        assert here[kind] == there[kind], kind
    assert version() in here["bin"]
    assert version() + b"+" not in here["bin"], "there is no git to ask"
    numbers = b"\x09\x12\x01\x00", b"\x34\x12\x78\x56"
    for image, (ours, given) in ((here, numbers), (other, numbers[::-1])):
        assert DEVICE + ours in image["bin"], "the numbers on the bus"
        assert DEVICE + given not in image["bin"]
    assert again == here


@tap.test("the image names the tree it was built from")
def names_tree():
    if not (TOP / ".git").exists():
        assert version() in image
        return
    commit = subprocess.run(["git", "-C", TOP, "rev-parse", "--short", "HEAD"],
                            capture_output=True, check=True).stdout.strip()
    assert version() + b"+" + commit in image


@tap.test("its version is its end, so that a file cut off has none")
def version_last():
    mark = image[image.index(b"fob-firmware "):]
    assert mark.index(0) >= len(mark) - 4, mark


@tap.test("boot2 has the checksum that the ROM wants")
def checksum():
    assert crc32(image[:252]) == struct.unpack("<I", image[252:256])[0]


@tap.test("UF2: a block for every page, each the RP2040's and in its place")
def uf2_form():
    pages = -(-len(image) // 256)
    assert len(uf2) == 512 * pages
    for number, (head, _, tail) in enumerate(blocks(uf2)):
        assert head == (0x0A324655, 0x9E5D5157, 0x2000,
                        0x10000000 + 256 * number, 256, number, pages,
                        0xE48BFF56)
        assert tail == bytes.fromhex("306fb10a")


@tap.test("UF2 holds the image")
def uf2_content():
    content = b"".join(body for _, body, _ in blocks(uf2))
    assert content[:len(image)] == image
    assert not any(content[len(image):])


tap.run()
