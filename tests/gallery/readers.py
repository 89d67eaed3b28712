# SPDX-License-Identifier: MIT
"""Who reads the gallery: fob-qr, and others to compare with."""
import json
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
HANG_S = 120


def parse(reply):
    """Status and items of fob-qr's reply; ValueError when it is not whole."""
    at, items = 4, []
    if len(reply) < 4 or reply[3] > 1:
        raise ValueError("short head")
    for _ in range(int.from_bytes(reply[1:3], "big")):
        end = at + 4 + int.from_bytes(reply[at:at + 4], "big")
        items.append(reply[at + 4:end])
        at = end
    if at != len(reply):
        raise ValueError(f"{at} bytes told, {len(reply)} given")
    return reply[0], items


def fob(program):
    def read(path):
        with open(path, "rb") as file:
            done = subprocess.run([program, "decode"], stdin=file,
                                  capture_output=True, timeout=HANG_S)
        if done.returncode:
            return [f"fob-qr ended by {done.returncode}"]
        status, items = parse(done.stdout)
        another = ["one that was not read"] * done.stdout[3]
        return [] if status else [item.decode() for item in items] + another
    return read


def zbarimg(path):
    done = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable",
                           "-Sqrcode.enable", path],
                          capture_output=True, timeout=HANG_S)
    return done.stdout.decode(errors="replace").splitlines()


def zxing_cpp(path):
    done = subprocess.run(["ZXingReader", "-format", "QRCode", path],
                          capture_output=True, timeout=HANG_S)
    lines = done.stdout.decode(errors="replace").splitlines()
    return [line.split('"', 1)[1].rsplit('"', 1)[0] for line in lines
            if line.startswith("Text:")]


class ZxingWasm:
    """One node for all pictures: a path goes in, a line of JSON comes out."""

    def __init__(self, modules):
        self.node = subprocess.Popen(
            ["node", HERE / "zxing.mjs", modules], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)

    def __call__(self, path):
        print(path, file=self.node.stdin, flush=True)
        return json.loads(self.node.stdout.readline())

    def close(self):
        self.node.stdin.close()
        self.node.wait(timeout=HANG_S)


def peers(build):
    """Those that are here, by name."""
    found = {}
    if shutil.which("zbarimg"):
        found["zbarimg"] = zbarimg
    if shutil.which("ZXingReader"):
        found["zxing-cpp"] = zxing_cpp
    modules = pathlib.Path(build, "zxing/node_modules")
    if modules.is_dir():
        found["zxing-wasm"] = ZxingWasm(modules)
    return found
