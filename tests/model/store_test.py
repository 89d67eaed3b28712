#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The token's store against a model that is a dictionary.

Commands go to both.  In between, the power is cut at every flash operation of
a command, at several fractions of it, and again during the repair: what the
store then holds must be what the model held before or after, never anything
else, and no record of a destroyed secret may be left in the flash.
"""
import copy
import hashlib
import hmac
import os
import pathlib
import random
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["TOP"]) / "tests/lib"))
from sim import OATH_AID, apdu, tlv  # noqa: E402

HOTP, TOTP = 0x11, 0x21
GUARDED, TOUCH = 1, 2
KDF = bytes(20)
points = failures = 0


def ok(good, what, detail=""):
    global points, failures
    points += 1
    failures += not good
    print(f"{'' if good else 'not '}ok {points} - {what}")
    if not good and detail:
        print(f"# {detail}"[:600])
    return good


class Driver:
    def __init__(self):
        program = pathlib.Path(os.environ["O"]) / "asan/tests/unit/firmware"
        self.process = subprocess.Popen(
            [program / "store_driver"], text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)
        self.select()

    def line(self, text):
        print(text, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().rstrip("\n")

    def apdu(self, command):
        sw, _, data = self.line("apdu " + command.hex()).partition(" ")
        return int(sw, 16), bytes.fromhex(data)

    def select(self):
        assert self.apdu(apdu(0xA4, 4, 0, OATH_AID))[0] == 0x9000

    def replug(self):
        self.line("replug")
        self.select()

    def dump(self):
        return self.line("dump")

    def sweep(self, command):
        states = [self.line("sweep " + command.hex())]
        while states[-1] != ".":
            states.append(self.process.stdout.readline().rstrip("\n"))
        return states[:-1]

    def room(self):
        return [int(word) for word in self.line("room").split()]

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


class Model:
    def __init__(self, identity):
        self.identity = identity
        self.accounts = {}
        self.uses = 0
        self.sealed = self.locked = self.code = False
        self.tries = 8

    def state(self):
        """As the driver prints it, in a form without order."""
        accounts = set()
        for name, a in self.accounts.items():
            if not self.locked:
                accounts.add(f"{name.hex()}:{a['kind']}:{a['digits']}:"
                             f"{a['properties']}:{a['key'].hex()}:{a['last']}:"
                             f"{a['uses']}")
        head = {"lost=0", f"sealed={self.sealed:d}",
                f"open={not self.locked:d}", f"code={self.code:d}",
                f"tries={self.tries}", "stale=0", f"uses={self.uses}"}
        if self.identity:
            head.add("id=" + self.identity)
        return head | accounts

    # Each command returns its APDU and changes the model.
    def put(self, name, kind, properties, key, counter):
        self.accounts[name] = {"kind": kind, "digits": 6, "key": key,
                               "properties": properties, "last": -1,
                               "uses": 0, "first": counter}
        data = tlv(0x71, name) + tlv(0x73, bytes([kind, 6]) + key)
        data += tlv(0x78, bytes([properties]))
        if kind == HOTP:
            data += tlv(0x7A, struct.pack(">I", counter))
        return apdu(1, data=data)

    def delete(self, name):
        del self.accounts[name]
        return apdu(2, data=tlv(0x71, name))

    def rename(self, old, new):
        self.accounts[new] = self.accounts.pop(old)
        return apdu(5, data=tlv(0x71, old) + tlv(0x71, new))

    def calculate(self, name, step):
        account = self.accounts[name]
        challenge = struct.pack(">Q", step)
        if account["kind"] == HOTP:
            last = account["last"]
            step = account["first"] if last < 0 else last + 1
            challenge = b""
        if step != account["last"]:
            account["last"] = step
            account["uses"] += 1
            self.uses += 1
        return apdu(0xA2, 0, 1, tlv(0x71, name) + tlv(0x74, challenge))

    def passphrase(self, key):
        self.sealed, self.tries = True, 8
        return apdu(0xF2, data=tlv(0x90, KDF) + tlv(0x73, key))

    def access_key(self, key):
        self.code = True
        answer = hmac.digest(key, bytes(8), "sha1")
        return apdu(3, data=tlv(0x73, b"\x21" + key) +
                    tlv(0x74, bytes(8)) + tlv(0x75, answer))

    def no_access_key(self):
        self.code = False
        return apdu(3)

    def plain(self):
        self.sealed = False
        return apdu(0xF2)

    def reset(self):
        self.__init__(None)
        return apdu(4, 0xDE, 0xAD)


def parse(line):
    """Whether it goes on is part of every state; sealed accounts say no
    more than that they are there."""
    return set(line.split()) - {"writable", "sealed"}


def among(line, states):
    found = parse(line)
    for state in states:
        known = any(word.startswith("id=") for word in state)
        if state == (found if known else
                     {w for w in found if not w.startswith("id=")}):
            return True
    return False


class Bench:
    """Driver and model side by side."""

    def __init__(self, seed):
        self.driver = Driver()
        self.random = random.Random(seed)
        self.model = Model(parse_id(self.driver.dump()))
        self.step = 1000
        self.bad = []
        self.cuts = 0

    def name(self):
        size = self.random.choice((1, 20, 64))
        return bytes(self.random.randrange(97, 123) for _ in range(size))

    def any_account(self):
        return self.random.choice(sorted(self.model.accounts))

    def choose(self, most):
        """A random command, by the name of a model's method."""
        if not self.model.accounts:
            return "put"
        if len(self.model.accounts) >= most:
            return self.random.choice(("delete", "calculate", "rename"))
        return self.random.choice(("put", "put", "overwrite", "delete",
                                   "rename", "calculate", "calculate"))

    def arguments(self, choice):
        if choice in ("put", "overwrite"):
            name = self.name() if choice == "put" else self.any_account()
            kind = self.random.choice((HOTP, TOTP, 0x12, 0x23))
            kind = HOTP if kind == 0x12 else kind
            key = self.random.randbytes(self.random.choice((20, 64, 128)))
            return "put", (name, kind, self.random.choice((0, GUARDED, TOUCH)),
                           key, self.random.randrange(1000))
        if choice == "rename":
            return choice, (self.any_account(), self.name()[:20] + b"2")
        if choice == "calculate":
            self.step += self.random.randrange(3)
            return choice, (self.any_account(), self.step)
        return choice, (self.any_account(),)

    def sweep(self, method, command, after):
        """A cut ends the power session, so a passphrase is asked for again."""
        woken = copy.deepcopy(after)
        woken.locked = after.sealed
        for line in self.driver.sweep(command):
            self.cuts += 1
            if not among(line, (self.model.state(), woken.state())):
                self.bad.append(f"{method} {line}")

    def next_step(self):
        self.step += 1
        return self.step

    def run(self, method=None, *arguments, most=128, sweep=False):
        if method is None:
            method, arguments = self.arguments(self.choose(most))
        after = copy.deepcopy(self.model)
        command = getattr(after, method)(*arguments)
        if sweep:
            self.sweep(method, command, after)
        sw, _ = self.driver.apdu(command)
        line = self.driver.dump()
        if after.identity is None:
            after.identity = parse_id(line)
        self.model = after
        if sw != 0x9000 or not among(line, (after.state(),)):
            self.bad.append(f"{method} {sw:04x} {line}")

    def replug(self):
        self.driver.replug()
        if not among(self.driver.dump(), (self.model.state(),)):
            self.bad.append("replug " + self.driver.dump())

    def tell(self, what):
        ok(not self.bad, f"{what} ({self.cuts} cuts)",
           f"{len(self.bad)} bad, first: {(self.bad or [''])[0]}")
        self.bad, self.cuts = [], 0

    def close(self):
        ok(self.driver.close() == 0, "the sanitizers found nothing")


def parse_id(line):
    return next(w[3:] for w in line.split() if w.startswith("id="))


def test_random():
    bench = Bench(1)
    for _ in range(25):
        bench.run(most=12, sweep=True)
    bench.replug()
    bench.tell("any command is done or not done, wherever it is cut")
    bench.close()


def test_compaction():
    """Around each turn of the ring, where a command also moves records."""
    bench = Bench(2)
    for i in range(40):
        bench.run("put", b"%064d" % i, TOTP, 0, bytes(64), 0)
    # The oldest sector is full of accounts the first time, so that there is
    # no room to spare for what a cut has torn.
    crossings = 0
    while crossings < 4:
        left, used = bench.driver.room()
        crossing = used == 31 and left == 0
        crossings += crossing
        if used == 31 and left == 9:
            bench.sweep("room", b"", bench.model)
        if crossing and crossings > 1:
            bench.run(most=40, sweep=True)
        else:
            bench.run("calculate", bench.any_account(), bench.next_step(),
                      sweep=crossing)
    bench.replug()
    bench.tell("compaction loses and repeats nothing, wherever it is cut")
    bench.close()


def test_wear():
    bench = Bench(3)
    for _ in range(64):
        bench.run("put", bench.name(), HOTP, 0, bytes(64), 0)
    before = sum(int(w) for w in bench.driver.line("wear").split())
    name = bench.any_account()
    for _ in range(10000):
        bench.driver.apdu(bench.model.calculate(name, 0))
    wear = [int(word) for word in bench.driver.line("wear").split()]
    bench.replug()
    bench.tell("10,000 codes with 64 accounts stored are all counted")
    erases = sum(wear) - before
    print(f"# {erases} erases for 10,000 codes: at 100,000 erases a sector "
          f"{len(wear) * 100000 * 10000 // erases:,} codes")
    ok(len(wear) * 100000 * 10000 // erases >= 1000000,
       "a million codes wear nothing out")
    ok(max(wear) - min(wear) <= 2, "every sector takes its turn")
    bench.close()


def test_memory():
    """The count of uses outlives the accounts that were used."""
    bench = Bench(7)
    bench.run("put", b"a", HOTP, 0, bytes(20), 7)
    for _ in range(5):
        bench.run("calculate", b"a", 0)
    bench.run("delete", b"a")
    for i in range(700):
        bench.run("put", b"b", HOTP, 0, bytes(128), i)
    bench.replug()
    bench.tell("uses of a deleted account are counted after a turn of the ring")
    bench.close()


# --- the guard of time -------------------------------------------------------
# As docs/protocol.md has it: each account by its own codes, in Unix seconds.
SLACK_S, LEAP_S, PERIOD_S = 150, 100 * 86400, 30
NEVER, CLEARED = "never", "cleared"


class Guarded:
    """What is known of one account; the power-up began at time 0 of it."""

    def __init__(self, touch, power_up):
        self.touch, self.power_up = touch, power_up
        self.mark = NEVER
        self.proven = None  # (Unix time, uptime)
        self.kept = None    # the same as it outlives power-off

    def latest(self, uptime):
        time, since = self.proven
        return time + uptime - since

    def answer(self, step, uptime, power_up):
        """free, touch or never."""
        if self.mark in (NEVER, CLEARED):
            is_new = self.mark == NEVER and self.power_up == power_up
            verdict = "free" if is_new else "touch"
        elif step == self.mark:
            verdict = "free"
        elif step < self.mark:
            return "never"
        else:
            ahead = step * PERIOD_S - self.latest(uptime)
            if ahead > LEAP_S:
                return "never"
            verdict = "free" if ahead <= SLACK_S else "touch"
        return "touch" if self.touch else verdict

    def give(self, step, uptime, touched):
        if step == self.mark:
            return
        time = step * PERIOD_S
        first = self.mark in (NEVER, CLEARED)
        if first or (touched and time > self.latest(uptime)):
            self.proven = (time, uptime)
            self.kept = time
        else:
            self.kept = min(time, self.latest(uptime))
        self.mark = step

    def replug(self):
        if self.proven is not None:
            self.proven = (self.kept, 0)


class Clock:
    """A bench for the guard: time stands between commands, and each begins in
    the first half of a second, so that a press does not end it."""

    def __init__(self, seed):
        self.driver = Driver()
        self.random = random.Random(seed)
        self.accounts = {}
        self.power_up = self.given = 0
        self.key = None
        self.bad = []
        self.counts = {}

    def uptime(self):
        ms = int(self.driver.line("pass 0"))
        return int(self.driver.line(f"pass {-ms % 1000}")) // 1000

    def ask(self, command, finger):
        self.driver.line(f"finger {finger:d}")
        return self.driver.apdu(command)[0]

    def put(self, name):
        touch = self.random.random() < 0.3
        self.accounts[name] = Guarded(touch, self.power_up)
        data = tlv(0x71, name) + tlv(0x73, bytes([TOTP, 6]) + bytes(20))
        data += tlv(0x78, bytes([GUARDED | TOUCH * touch]))
        self.expect("put", self.ask(apdu(1, data=data), False), 0x9000)

    def expect(self, what, got, wanted):
        self.counts[what] = self.counts.get(what, 0) + 1
        if got != wanted:
            self.bad.append(f"{what}: {got:04x}, not {wanted:04x}")

    def choose_step(self, account, uptime):
        """Most of all, steps around each of the limits."""
        mark = account.mark if isinstance(account.mark, int) else 10 ** 6
        base = mark * PERIOD_S
        if account.proven is not None:
            base = self.random.choice((base, account.latest(uptime)))
        ahead = self.random.choice((0, 0, SLACK_S, SLACK_S, LEAP_S,
                                    2 * LEAP_S, 3600, 10 * 86400))
        return max(0, (base + ahead) // PERIOD_S + self.random.choice(
            (-1, 0, 1)))

    def code(self, name):
        account, finger = self.accounts[name], self.random.random() < 0.4
        uptime = self.uptime()
        step = self.choose_step(account, uptime)
        verdict = account.answer(step, uptime, self.power_up)
        good = verdict == "free" or (verdict == "touch" and finger)
        command = apdu(0xA2, 0, 1, tlv(0x71, name) +
                       tlv(0x74, struct.pack(">Q", step)))
        self.expect(f"{verdict}, {'' if finger else 'no '}finger",
                    self.ask(command, finger), 0x9000 if good else 0x6982)
        if good:
            self.given += 1
            account.give(step, uptime, verdict == "touch")

    def reset_time(self, name):
        account, finger = self.accounts[name], self.random.random() < 0.7
        self.expect("time reset", self.ask(apdu(0xF5, data=tlv(0x71, name)),
                                           finger),
                    0x9000 if finger else 0x6982)
        if finger:
            account.mark, account.proven = CLEARED, None

    def replug(self):
        self.driver.replug()
        self.power_up += 1
        for account in self.accounts.values():
            account.replug()
        self.unseal()

    def unseal(self):
        if self.key is not None:
            self.driver.line(f"pass {self.random.randrange(3) * 200000}")
            self.expect("unseal", self.driver.apdu(UNSEAL)[0], 0x9000)

    def lock(self):
        if self.key is not None:
            self.expect("lock", self.driver.apdu(apdu(0xF1))[0], 0x9000)
        self.unseal()

    def seal(self):
        self.key = RIGHT
        data = tlv(0x90, KDF) + tlv(0x73, RIGHT)
        self.expect("seal", self.ask(apdu(0xF2, data=data), True), 0x9000)

    def run(self):
        choice = self.random.random()
        name = bytes([self.random.randrange(97, 102)])
        if name not in self.accounts or choice < 0.03:
            self.put(name)
        elif choice < 0.08:
            self.reset_time(name)
        elif choice < 0.13:
            self.replug()
        elif choice < 0.17:
            self.lock()
        elif choice < 0.25:
            self.driver.line(
                f"pass {self.random.choice((1, 200, 9000, 864000)) * 1000}")
        else:
            self.code(name)


def test_guard():
    """Random walks of a host, of which some steps are an attacker's."""
    clock = Clock(8)
    for turn in range(6000):
        if turn == 2000:
            clock.seal()
        clock.run()
    ok(not clock.bad, f"the guard of time is the model's ({clock.given} codes)",
       f"{len(clock.bad)} bad, first: {(clock.bad or [''])[0]}")
    print("# " + ", ".join(f"{what}: {count}" for what, count in
                           sorted(clock.counts.items())))
    ok(all(clock.counts.get(f"{verdict}, {finger}finger", 0) >= 20
           for verdict in ("free", "touch", "never")
           for finger in ("", "no ")), "and each of its answers was met")
    ok(clock.driver.close() == 0, "the sanitizers found nothing")


# The first operation done in whole, as the driver orders its fractions.
WHOLE_FIRST = 4
RIGHT = hashlib.sha256(b"right").digest()
UNSEAL = apdu(0xF1, data=tlv(0x73, RIGHT))
WRONG = apdu(0xF1, data=tlv(0x73, bytes(32)))


def test_keys():
    """Commands that change a key of the whole store."""
    bench = Bench(4)
    bench.run("put", b"a", HOTP, 0, bytes(range(20)), 7)
    bench.run("calculate", b"a", 0)
    bench.run("access_key", bytes(16), sweep=True)
    bench.run("no_access_key")
    bench.tell("the access key is the old or the new one, wherever it is cut")
    bench.run("passphrase", RIGHT, sweep=True)
    bench.run("plain")
    bench.tell("a passphrase is set or not set, wherever it is cut")
    bench.run("reset", sweep=True)
    bench.tell("a reset happens or does not, wherever it is cut")
    bench.close()


def test_tries():
    bench = Bench(5)
    bench.run("put", b"a", HOTP, 0, bytes(range(20)), 7)
    bench.run("passphrase", RIGHT)
    bench.driver.replug()
    line = bench.driver.dump()
    ok({"sealed=1", "open=0", "tries=8"} <= parse(line), "it starts locked",
       line)
    tries = [next(w for w in parse(s) if w.startswith("tries="))
             for s in bench.driver.sweep(WRONG)]
    ok(tries[WHOLE_FIRST] == "tries=7",
       "cut between count and compare, a wrong try is counted", str(tries))
    for left in range(7, -1, -1):
        sw, _ = bench.driver.apdu(WRONG)
        ok(sw == 0x63C0 + left, f"a wrong try leaves {left}", f"{sw:04x}")
    ok(bench.driver.apdu(UNSEAL)[0] == 0x6983,
       "then even the right one is refused")
    bench.driver.replug()
    ok(bench.driver.apdu(UNSEAL)[0] == 0x6983, "also after power-up")
    bench.close()


def test_unseal():
    bench = Bench(6)
    bench.run("put", b"a", HOTP, 0, bytes(range(20)), 7)
    bench.run("passphrase", RIGHT)
    unlocked = bench.model.state()
    bench.driver.replug()
    states = {next(w for w in parse(s) if w.startswith("tries="))
              for s in bench.driver.sweep(UNSEAL)}
    ok(states == {"tries=8", "tries=7"}, "a right one that is cut costs one",
       str(states))
    ok(bench.driver.apdu(WRONG)[0] == 0x63C7 and
       bench.driver.apdu(UNSEAL)[0] == 0x9000,
       "the right one opens the store after a wrong one")
    line = bench.driver.dump()
    ok(among(line, (unlocked,)), "all is there, and all tries again", line)
    bench.close()


test_random()
test_compaction()
test_wear()
test_memory()
test_keys()
test_tries()
test_unseal()
test_guard()
print(f"1..{points}")
sys.exit(failures > 0)
