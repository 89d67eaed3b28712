#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The unmodified ykman of Debian, through pcscd and a virtual reader, against
the token as a process.  The codes are RFC 4226's and RFC 6238's, or come from
oathtool."""
import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(os.environ["TOP"]) / "tests/lib"))
import vpcd  # noqa: E402
from sim import Sim  # noqa: E402

why = vpcd.missing()
for program in ("/usr/bin/ykman", "oathtool"):
    if not why and not shutil.which(program):
        why = f"{program} is not installed"
if why:
    print(f"1..0 # SKIP {why}")
    sys.exit(0)
vpcd.enter()

RFC_KEY = b"12345678901234567890"
# RFC 6238, appendix B: Unix time, and the codes of SHA1, SHA256 and SHA512.
RFC_CODES = {
    59: ("94287082", "46119246", "90693936"),
    1111111109: ("07081804", "68084774", "25091201"),
    1111111111: ("14050471", "67062674", "99943326"),
    1234567890: ("89005924", "91819424", "93441116"),
    2000000000: ("69279037", "90698825", "38618901"),
    20000000000: ("65353130", "77737706", "47863826"),
}
# What Python runs first where it is told to: another clock, and no other
# change to ykman.
CLOCK = """import os, time
time.time = lambda: float(os.environ["CLOCK"])
"""
points = failures = 0


def ok(good, what, detail=""):
    global points, failures
    points += 1
    failures += not good
    print(f"{'' if good else 'not '}ok {points} - {what}", flush=True)
    if not good:
        print("# " + str(detail).replace("\n", "\n# "))


def b32(key):
    return base64.b32encode(key).decode().rstrip("=")


def ykman(*arguments, type_in=None, now=None):
    """(exit status, stdout, stderr)"""
    env = dict(os.environ)
    if now is not None:
        env |= {"PYTHONPATH": env["HOME"], "CLOCK": str(now)}
    done = subprocess.run(
        ["/usr/bin/ykman", "--reader", vpcd.READER, "oath", *arguments],
        input=type_in, capture_output=True, text=True, timeout=120, env=env)
    return done.returncode, done.stdout, done.stderr


def check(what, *arguments, want=None, type_in=None):
    status, out, err = ykman(*arguments, type_in=type_in)
    ok(status == 0 and (want is None or want in out), what, out + err)
    return out


def add(name, key, *options):
    return ykman("accounts", "add", "--force", *options, name, b32(key))


def code(name, *options):
    status, out, err = ykman("accounts", "code", "--single", *options, name)
    return out.strip() if status == 0 else err.strip()


def oathtool(key, now, *options):
    return subprocess.run(
        ["oathtool", "--totp" + (options[0] if options else ""), *options[1:],
         "--now", f"@{now}", key.hex()],
        capture_output=True, text=True, check=True).stdout.strip()


def agrees(name, key, *options, read=None):
    """A code of now equals oathtool's; around a step both are asked again."""
    for _ in range(3):
        before = int(time.time())
        got = (read or code)(name)
        after = int(time.time())
        wanted = {oathtool(key, t, *options) for t in (before, after)}
        if got in wanted:
            return True
    print(f"# got {got}, wanted {wanted}")
    return False


def test_discovery():
    check("ykman finds the application", "info", want="OATH version: 5.4.3")


def test_hotp():
    """RFC 4226, appendix D, from the first code on."""
    ok(add("hotp", RFC_KEY, "-o", "HOTP")[0] == 0, "a HOTP account is added")
    codes = [code("hotp") for _ in range(10)]
    ok(codes == "755224 287082 359152 969429 338314 254676 287922 162583 "
       "399871 520489".split(), "RFC 4226's ten codes come in order", codes)
    add("later", RFC_KEY, "-o", "HOTP", "-c", "5")
    ok(code("later") == "254676", "an initial counter is the first one used")


def test_totp():
    keys = {"SHA1": RFC_KEY, "SHA256": (RFC_KEY * 2)[:32],
            "SHA512": (RFC_KEY * 4)[:64]}
    for name, key in keys.items():
        add(name, key, "-a", name, "-d", "8")
        ok(agrees(name, key, "=" + name, "-d", "8"),
           f"codes of {name} with 8 digits are oathtool's")
    for now, codes in RFC_CODES.items():
        out = ykman("accounts", "code", now=now)[1]
        ok(all(re.search(rf"^{name}\s+{want}$", out, re.M)
               for name, want in zip(keys, codes)),
           f"at {now} they are RFC 6238's", out)
    aws = hashlib.sha512(b"aws").digest()[:40]
    add("Amazon Web Services:device@account", aws)
    ok(agrees("device@account", aws), "an AWS seed of 40 bytes fits")
    add("long512", bytes(range(128)), "-a", "SHA512")
    ok(agrees("long512", bytes(range(128)), "=SHA512"),
       "a SHA512 key of 128 bytes fits")
    add("minute", RFC_KEY, "-P", "60")
    ok(agrees("minute", RFC_KEY, "", "-s", "60"),
       "a period of 60 s is its own")


def test_listing():
    status, out, _ = ykman("accounts", "code")
    ok(status == 0 and re.search(r"^hotp\s+\[HOTP Account\]", out, re.M),
       "all codes at once, but not HOTP's", out)

    def listed(name):
        found = re.search(rf"{name}\s+(\d+)$", ykman("accounts", "code")[1],
                          re.M)
        return found and found.group(1)

    ok(agrees("minute", RFC_KEY, "", "-s", "60", read=listed),
       "and the right one of another period")


def test_changes():
    add("old", RFC_KEY)
    check("an account is renamed", "accounts", "rename", "-f", "old", "new")
    ok(agrees("new", RFC_KEY), "and works under its new name")
    status, out, err = ykman("accounts", "rename", "-f", "new", "hotp")
    listed = ykman("accounts", "list")[1].split()
    ok(status != 0 and listed.count("hotp") == 1 and "new" in listed,
       "no two accounts get one name", out + err)
    ok(add("new", b"another key of 20 by")[0] == 0 and
       agrees("new", b"another key of 20 by"), "an account is overwritten")
    check("an account is deleted", "accounts", "delete", "-f", "new")
    ok("new" not in ykman("accounts", "list")[1].split(), "and gone")


def test_chaining():
    long = "n" * 40
    for i in range(24):
        add(f"{long}{i:02d}", RFC_KEY)
    listed = ykman("accounts", "list")[1].split()
    ok(sum(name.startswith(long) for name in listed) == 24,
       "a listing longer than an APDU is whole", listed)
    out = ykman("accounts", "code")[1]
    ok(len(re.findall(rf"^{long}\d\d\s+\d{{6}}$", out, re.M)) == 24,
       "and so are as many codes", out)
    for i in range(24):
        ykman("accounts", "delete", "-f", f"{long}{i:02d}")


def press_when_asked(sim, stop):
    """A finger: down whenever the LED has been blinking."""
    while not stop.wait(0.05):
        state = sim.world.ask()
        if state["led"]:
            sim.world.button(True)
            time.sleep(0.1)
            sim.world.button(False)


def with_finger(sim, action):
    stop = threading.Event()
    finger = threading.Thread(target=press_when_asked, args=(sim, stop))
    finger.start()
    try:
        return action()
    finally:
        stop.set()
        finger.join()


def test_touch(sim):
    add("touch", RFC_KEY, "-t")
    ok("[Touch Account]" in "".join(re.findall(
        r"^touch .*$", ykman("accounts", "code")[1], re.M)) or
       "[Requires Touch]" in ykman("accounts", "code")[1],
       "a touch account shows no code among all")
    start = time.time()
    ok("timed out" in code("touch") and time.time() - start > 14,
       "without a touch it gives none")
    ok(with_finger(sim, lambda: agrees("touch", RFC_KEY)),
       "with a touch it gives one")


def test_password(sim):
    ok(with_finger(sim, lambda: ykman("access", "change", "-n", "secret"))[0]
       == 0, "a password is set")
    status, out, err = ykman("accounts", "list", "-p", "wrong")
    ok(status != 0 and "hotp" not in out, "a wrong one is refused", out + err)
    check("the right one is taken", "accounts", "list", "-p", "secret",
          want="hotp")
    ok(with_finger(sim, lambda: ykman("access", "change", "-p", "secret",
                                      "-c"))[0] == 0, "and it is taken away")
    check("nothing is asked for then", "accounts", "list", want="hotp")


def identity(bridge):
    """The salt of passwords: the id in the latest SELECT."""
    selects = [answer for message, answer in bridge.log
               if message[1:3] == b"\xa4\x04" and answer[-2:] == b"\x90\x00"]
    return selects[-1][7:15]


def test_restart(sim, bridge):
    before = ykman("accounts", "list")[1]
    bridge.unplug()
    sim.stop()
    sim.start()
    time.sleep(1)
    bridge = vpcd.Bridge(sim.ccid)
    time.sleep(2)
    ok(before == ykman("accounts", "list")[1] and "hotp" in before,
       "accounts stay over a restart")
    ok(code("hotp") == "403154", "and HOTP goes on where it was")
    return bridge


def test_reset(sim, bridge):
    ykman("info")
    old = identity(bridge)
    ok(with_finger(sim, lambda: ykman("reset", "-f"))[0] == 0,
       "a reset is done")
    ok(ykman("accounts", "list")[1].strip() == "", "nothing is left")
    ok(identity(bridge) != old, "and the id is another")


def main():
    folder = tempfile.mkdtemp(prefix="ykman")
    os.environ["XDG_CONFIG_HOME"] = os.environ["HOME"] = folder
    pathlib.Path(folder, "sitecustomize.py").write_text(CLOCK)
    sim = Sim()
    with open(os.path.join(folder, "pcscd.log"), "wb") as log:
        pcscd = vpcd.Pcscd(log)
        bridge = None
        try:
            bridge = vpcd.Bridge(sim.ccid)
            time.sleep(2)
            test_discovery()
            test_hotp()
            test_totp()
            test_listing()
            test_changes()
            test_chaining()
            test_touch(sim)
            test_password(sim)
            bridge = test_restart(sim, bridge)
            test_reset(sim, bridge)
        finally:
            if bridge:
                bridge.unplug()
            pcscd.stop()
            sim.stop()
            shutil.rmtree(folder)
            shutil.rmtree(sim.folder)
    print(f"1..{points}")
    return failures > 0


sys.exit(main())
