# SPDX-License-Identifier: MIT
"""A Linux machine in QEMU, without any acceleration, with an emulated board in
an xHCI port: what it starts from, and what its console says."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

TOP = pathlib.Path(os.environ["TOP"])
sys.path.insert(0, str(TOP / "tests/lib"))
import sim  # noqa: E402

VM = pathlib.Path(os.environ["O"]) / "vm"
HERE = TOP / "tests/vm"
LIBRARY_FOLDER = pathlib.Path("/usr/lib/x86_64-linux-gnu")
POINT = re.compile(r"(not )?ok(?: \d+)? - (.*)")


def missing(*programs):
    """Why there can be no machine here; None when there can."""
    for program in ("qemu-system-x86_64", "busybox", "node", *programs):
        if not shutil.which(program):
            return f"{program} is not installed"
    return None if os.uname().machine == "x86_64" else "the kernel is amd64's"


# --- what it starts from -----------------------------------------------------
class Root:
    """The files of an initramfs: busybox, the kernel's modules, init."""

    def __init__(self, folder, test):
        self.folder = folder
        self.root = folder / "root"
        (self.root / "bin").mkdir(parents=True)
        shutil.copy(shutil.which("busybox"), self.root / "bin/busybox")
        (self.root / "bin/sh").symlink_to("busybox")
        for module in VM.glob("*.ko"):
            self.copy(module, f"/modules/{module.name}")
        self.copy(HERE / "init.sh", "/init")
        self.copy(HERE / "guest.sh", "/guest.sh")
        self.copy(HERE / test, "/test.sh")

    def copy(self, source, target=None):
        """`source` at its own path, or at `target`."""
        place = self.root / str(target or source).lstrip("/")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)
        return place

    def write(self, target, content):
        place = self.root / target.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes)
                          else content.encode())

    def program(self, source, target=None):
        """A program or library with what the loader would load for it, the
        loader included."""
        self.copy(source, target)
        out = subprocess.run(["ldd", source], capture_output=True, text=True,
                             check=True).stdout
        for library in out.split():
            if library.startswith("/"):
                self.copy(library)

    def library(self, name):
        self.program(LIBRARY_FOLDER / name)

    def pack(self):
        target = self.folder / "initramfs"
        names = subprocess.run(["find", "."], cwd=self.root, check=True,
                               capture_output=True).stdout
        with open(target, "wb") as out:
            subprocess.run(["busybox", "cpio", "-o", "-H", "newc"],
                           cwd=self.root, input=names, stdout=out, check=True,
                           stderr=subprocess.DEVNULL)
        return target


# --- the machine -------------------------------------------------------------
class Machine:
    """QEMU, the board in its port, and the world around that.

    The guest prints points of TAP, and words in capitals for us.  WORLD WHAT
    (tests/lib/world.py) is done and then acknowledged with a newline; between
    TOUCHING and STILL, which is acknowledged likewise, the button is pressed
    whenever the board asks for it; PRESS is one such press; END is the end.
    `words` has further ones."""

    def __init__(self, folder, initrd, *options):
        self.folder = folder
        self.points = self.failures = 0
        self.ended = False
        self.still = threading.Event()
        self.words = {"WORLD": self.world, "PRESS": self.press,
                      "TOUCHING": self.touching, "STILL": self.be_still}
        self.usb, self.world_socket = folder / "usb", folder / "world"
        self.board = subprocess.Popen(
            ["node", HERE / "redir.mjs", self.usb, self.world_socket],
            stderr=subprocess.STDOUT)
        self.await_board()
        self.qemu = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg", "-cpu", "qemu64,+rdrand",
             "-m", "512", "-nodefaults", "-no-reboot", "-display", "none",
             "-serial", "stdio", "-kernel", VM / "vmlinuz", "-initrd", initrd,
             "-append", "console=ttyS0 quiet loglevel=3 panic=-1",
             "-device", "qemu-xhci",
             "-chardev", f"socket,path={self.usb},id=r",
             "-device", "usb-redir,chardev=r", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace")

    def await_board(self):
        while not (self.usb.exists() and self.world_socket.exists()):
            if self.board.poll() is not None:
                raise RuntimeError("redir.mjs does not start")
            threading.Event().wait(0.05)

    def stop(self):
        self.still.set()
        for process in (self.qemu, self.board):
            process.kill()
            process.wait()

    def watch_board(self):
        """Without the board there is nothing to wait for."""
        self.board.wait()
        self.qemu.kill()

    # --- the world -----------------------------------------------------------
    def answer(self):
        self.qemu.stdin.write("\n")
        self.qemu.stdin.flush()

    def world(self, *what):
        done = subprocess.run(
            [sys.executable, TOP / "tests/lib/world.py", self.world_socket,
             *what], capture_output=True, text=True)
        if done.returncode != 0:
            self.point(False, f"world {' '.join(what)}: {done.stderr}")
        self.answer()

    def move_finger(self, once):
        world = sim.World(self.world_socket)
        done = False
        while not done and not self.still.wait(0.05):
            if world.ask()["led"]:
                world.button(True)
                self.still.wait(0.1)
                world.button(False)
                done = once
        world.wire.close()

    def start_finger(self, once):
        self.still.clear()
        self.finger = threading.Thread(
            target=self.move_finger, args=(once,), daemon=True)
        self.finger.start()

    def press(self):
        self.start_finger(True)

    def touching(self):
        self.start_finger(False)

    def be_still(self):
        self.still.set()
        self.finger.join()
        self.answer()

    # --- the console ---------------------------------------------------------
    def point(self, good, what):
        self.points += 1
        self.failures += not good
        print(f"{'' if good else 'not '}ok {self.points} - {what}", flush=True)

    def hear(self, line):
        point = POINT.fullmatch(line)
        word, *rest = line.split() or [""]
        if point:
            self.point(not point[1], point[2])
        elif word in self.words:
            self.words[word](*rest)
        elif line and not line.startswith("1.."):
            print("# " + line.lstrip("# "), flush=True)

    def run(self, limit_s):
        """Until END, or the limit; the exit status of the test."""
        guard = threading.Timer(limit_s, self.qemu.kill)
        guard.start()
        threading.Thread(target=self.watch_board, daemon=True).start()
        try:
            for line in self.qemu.stdout:
                if line.rstrip() == "END":
                    self.ended = True
                    break
                self.hear(line.rstrip())
        finally:
            guard.cancel()
            self.stop()
        self.point(self.ended, "the guest came to its end")
        print(f"1..{self.points}")
        return self.failures > 0
