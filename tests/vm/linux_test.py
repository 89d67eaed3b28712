#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Debian's kernel, in QEMU without any acceleration, with the real image in
its emulator plugged into an xHCI port: usbhid, hidraw, hidapi, libusb, pcscd
and libccid are what people have on their machines."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

TOP = pathlib.Path(os.environ["TOP"])
VM = pathlib.Path(os.environ["O"]) / "vm"
HERE = TOP / "tests/vm"
LIMIT_S = 150
PROGRAMS = ("/usr/sbin/pcscd",)
LIBRARY_FOLDER = pathlib.Path("/usr/lib/x86_64-linux-gnu")
# The last one is what threads of pcscd end with.
LIBRARIES = ("libhidapi-hidraw.so.0", "libhidapi-libusb.so.0", "libgcc_s.so.1")
CCID = pathlib.Path("/usr/lib/pcsc/drivers/ifd-ccid.bundle")
GCONV = ("UTF-16.so", "gconv-modules")  # hidapi's strings need them


# --- the guest ---------------------------------------------------------------
def libraries_of(program):
    """What the loader would load for it, the loader included."""
    out = subprocess.run(["ldd", program], capture_output=True, text=True,
                         check=True).stdout
    return [word for word in out.split() if word.startswith("/")]


def copy(source, root):
    target = root / str(source).lstrip("/")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    return target


def with_libraries(program, root):
    copy(program, root)
    for library in libraries_of(program):
        copy(library, root)


def fill_libraries(root):
    for name in LIBRARIES:
        with_libraries(LIBRARY_FOLDER / name, root)
    for name in GCONV:
        copy(LIBRARY_FOLDER / "gconv" / name, root)


def list_token(plist):
    """pcscd goes by libccid's list of numbers: what docs/hardware.md tells the
    owner of a machine to run is run here."""
    text = (TOP / "docs/hardware.md").read_text()
    start = text.index("sed -i -e '/ifdVendorID")
    command = text[start:text.index("systemctl", start)]
    subprocess.run(["sh", "-ec", command.replace(
        "/etc/libccid_Info.plist", str(plist))], check=True)
    assert "0x1209" in plist.read_text()


def fill(root):
    for program in PROGRAMS:
        with_libraries(program, root)
    fill_libraries(root)
    with_libraries(CCID / "Contents/Linux/libccid.so", root)
    list_token(copy(CCID / "Contents/Info.plist", root))
    with_libraries(VM / "guest", root)
    shutil.move(root / str(VM / "guest").lstrip("/"), root / "bin/guest")
    shutil.copy(shutil.which("busybox"), root / "bin/busybox")
    (root / "bin/sh").symlink_to("busybox")
    (root / "modules").mkdir()
    for module in VM.glob("*.ko"):
        shutil.copy(module, root / "modules")
    shutil.copy(HERE / "init.sh", root / "init")


def initramfs(folder):
    root = folder / "root"
    (root / "bin").mkdir(parents=True)
    fill(root)
    target = folder / "initramfs"
    with open(target, "wb") as out:
        names = subprocess.run(["find", "."], cwd=root, capture_output=True,
                               check=True).stdout
        subprocess.run(["busybox", "cpio", "-o", "-H", "newc"], cwd=root,
                       input=names, stdout=out, check=True,
                       stderr=subprocess.DEVNULL)
    return target


# --- the machine -------------------------------------------------------------
def start_board(socket):
    board = subprocess.Popen(["node", HERE / "redir.mjs", socket],
                             stderr=subprocess.STDOUT)
    while not socket.exists():
        if board.poll() is not None:
            raise RuntimeError("redir.mjs does not start")
        threading.Event().wait(0.05)
    return board


def start_machine(socket, initrd):
    return subprocess.Popen(
        ["qemu-system-x86_64", "-accel", "tcg", "-m", "384", "-nodefaults",
         "-no-reboot", "-display", "none", "-serial", "stdio",
         "-kernel", VM / "vmlinuz", "-initrd", initrd,
         "-append", "console=ttyS0 quiet loglevel=3 panic=-1",
         "-device", "qemu-xhci", "-chardev", f"socket,path={socket},id=r",
         "-device", "usb-redir,chardev=r"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace")


SIGNALS = {"REPLUG": signal.SIGUSR1, "PRESS": signal.SIGUSR2}


def relay(machine, board):
    """Number the guest's points; (points, failures, whether it came to END)."""
    points = failures = 0
    for line in machine.stdout:
        line = line.rstrip()
        if line in SIGNALS:
            threading.Event().wait(1)
            board.send_signal(SIGNALS[line])
        elif line == "END":
            return points, failures, True
        elif line.startswith(("ok - ", "not ok - ")):
            points += 1
            failures += line.startswith("not ")
            print(line.replace("ok - ", f"ok {points} - ", 1), flush=True)
        elif line:
            print("# " + line.lstrip("# "), flush=True)
    return points, failures, False


def missing():
    for program in ("qemu-system-x86_64", "busybox", "pcscd", "node"):
        if not shutil.which(program):
            return f"{program} is not installed"
    return None if os.uname().machine == "x86_64" else "the kernel is amd64's"


def main():
    why = missing()
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        initrd = initramfs(folder)
        board = start_board(folder / "usb")
        machine = start_machine(folder / "usb", initrd)
        guard = threading.Timer(LIMIT_S, machine.kill)
        guard.start()
        try:
            points, failures, ended = relay(machine, board)
        finally:
            guard.cancel()
            machine.kill()
            machine.wait()
            board.terminate()
            board.wait()
    print(f"{'' if ended else 'not '}ok {points + 1} - the guest came to its end")
    print(f"1..{points + 1}")
    return failures > 0 or not ended


sys.exit(main())
