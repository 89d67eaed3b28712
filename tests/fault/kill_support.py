# SPDX-License-Identifier: MIT
"""Commands of fob killed at each system call that others can notice, one
process at a time, and what the next run makes of it.

fob, its agent and each fob-net that the agent starts are programs in folders
of their own, so that the one to be killed can be run under strace, and no
other.  Before each kill the desk and the local AWS are as they were at first.

There are more points than `make check` has time for: a sample is drawn, every
k-th from an offset that moves from day to day.  KILLS=all in the environment,
or --all, takes every point; KILL_SEED, which each run prints, draws the same
sample again.
"""
import collections
import contextlib
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/aws"))
from standin.client import StandIn

BUILD = pathlib.Path(os.environ.get("O", TOP / "build")).resolve()
SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BANJ2W24DT"
ARN = "arn:aws:iam::111122223333:mfa/"
HANG_S = 120
CAP_SYS_PTRACE = 19
# What may change a disk or another process, or tell others that it changed.
CALLS = {
    "fob": ["socket", "connect", "socketpair", "clone", "clone3", "sendto",
            "write", "flock", "fsync", "rename"],
    "agent": ["mkdir", "flock", "write", "fsync", "link", "rename", "unlink",
              "socketpair", "clone3", "sendto", "wait4", "bind"],
    "net": ["socket", "connect", "sendto", "recvfrom", "write"],
}
Point = collections.namedtuple("Point", "role run call number")

points = failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}", flush=True)
    if not good:
        print("\n".join(f"# {line}" for line in str(why).splitlines()[:12]))


def done():
    print(f"1..{points}")
    return 1 if failed else 0


def can_attach():
    """To a process that keeps others from it, as the agent does."""
    with open("/proc/self/status") as status:
        rights = re.search(r"^CapEff:\s*(\w+)$", status.read(), re.M)[1]
    return bool(int(rights, 16) >> CAP_SYS_PTRACE & 1)


def skip(what, why):
    global points
    points += 1
    print(f"ok {points} - {what} # SKIP {why}", flush=True)


def skip_unless_traceable():
    if shutil.which("strace") and subprocess.run(
            ["strace", "-o", "/dev/null", "true"],
            capture_output=True).returncode == 0:
        return
    print("1..0 # SKIP strace cannot trace here")
    sys.exit(0)


def sample(chosen, most):
    """At most so many of them, evenly spread."""
    if "--all" in sys.argv or os.environ.get("KILLS") == "all":
        return chosen
    seed = int(os.environ.get("KILL_SEED", time.time() // 86400))
    step = -(-len(chosen) // most) if chosen else 1
    print(f"# {len(chosen)} points, every {step}th; KILL_SEED={seed}")
    return chosen[seed % step::step]


def most_of_a_thread(log):
    """How often the busiest thread makes each call: strace counts for each
    by itself."""
    counts = collections.Counter(re.findall(r"^(\d+ +)?(\w+)\(", log, re.M))
    most = collections.Counter()
    for (_, call), times in counts.items():
        most[call] = max(most[call], times)
    return most


class Desk:
    """A person's fob and AWS files under a folder, and a local AWS."""

    def __init__(self, aws, top, shared=False):
        self.aws, self.top = aws, pathlib.Path(top)
        self.shared = shared
        self.home, self.fob_home = self.top / "home", self.top / "fob"
        self.plan = self.top / "plan"
        self._install()
        (self.top / "pass").write_text("correct horse\n")
        self.env = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.home), "LC_ALL": "C",
            "FOB_HOME": str(self.fob_home),
            "FOB_PASSPHRASE_FILE": str(self.top / "pass"),
            "AWS_ENDPOINT_URL": aws.url,
            # Not for one that is killed while it is traced.
            "ASAN_OPTIONS": "detect_leaks=0"}
        if not shared:
            self.env["FOB_NO_AGENT"] = "1"

    def _install(self):
        """Each program beside a stand-in for the one that it starts."""
        for folder in ("fob", "agent", "net"):
            (self.top / "bin" / folder).mkdir(parents=True)
        shutil.copy(BUILD / "fob", self.top / "bin/fob")
        shutil.copy(BUILD / "fob-agent", self.top / "bin/agent")
        shutil.copy(BUILD / "fob-net", self.top / "bin/net")
        self._wrap("fob/fob-agent", "agent", self.top / "bin/agent/fob-agent")
        self._wrap("agent/fob-net", "net", self.top / "bin/net/fob-net")

    def _wrap(self, name, role, program):
        """Count the runs, and run what the plan says of this one."""
        path = self.top / "bin" / name
        path.write_text(f"""#!/bin/sh
cd {self.top} || exit 127
read -r run 2>/dev/null <run.{role} || run=0
run=$((run + 1))
echo $run >run.{role}
[ ! -e plan ] || . ./plan
eval "words=\\${{{role}_$run:-\\${role}_each}}"
cd / && exec $words {program} "$@"
""")
        path.chmod(0o755)

    def run(self, *args, text="", under=()):
        return subprocess.run([*under, str(self.top / "bin/fob/fob"), "-q",
                               *args], env=self.env, input=text, text=True,
                              capture_output=True, timeout=HANG_S)

    def must(self, *args, text=""):
        ran = self.run(*args, text=text)
        assert ran.returncode == 0, f"fob {args}: {ran.stderr}"
        return ran.stdout

    # --- the beginning, again and again --------------------------------------
    def save(self):
        self.stop()
        self.aws.ctl("server save")
        self.ahead_s = self.aws.ctl("clock now") - int(time.time())
        for path in (self.home, self.fob_home):
            shutil.copytree(path, self.top / "saved" / path.name,
                            symlinks=True)

    def role(self):
        """A profile `admin`: a role that `work` may have for up to 12 hours."""
        arn = self.aws.ctl("role create", "admin", require_mfa="yes",
                           max_session_s=43200)
        with (self.home / ".aws/config").open("a") as config:
            config.write(f"[profile admin]\nrole_arn = {arn}\n"
                         "source_profile = work\n")

    def restore(self):
        self.stop()
        self.aws.ctl("server restore")
        self.aws.ctl("clock set", int(time.time()) + self.ahead_s)
        for path in (self.home, self.fob_home):
            shutil.rmtree(path)
            shutil.copytree(self.top / "saved" / path.name, path,
                            symlinks=True)
        self._set_plan("")

    def stop(self):
        if self.shared and self.fob_home.exists():
            self.run("agent", "stop")
        self.await_end()

    def _set_plan(self, text):
        self.plan.write_text(text)
        for path in self.top.glob("run.*"):
            path.unlink()

    def processes(self, of="bin"):
        """Of ours, whoever started them."""
        mark = str(self.top / of).encode()
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "cmdline").read_bytes():
                    yield entry.name
            except OSError:
                pass

    def await_end(self, of="bin"):
        """Until whatever was left behind has come to its end: what it still
        had to do must not meet the next beginning."""
        end = time.monotonic() + HANG_S
        while left := list(self.processes(of)):
            assert time.monotonic() < end, f"left behind: {left}"
            time.sleep(0.005)

    # --- one run under watch ---------------------------------------------------
    def trace(self, role, *args, text=""):
        """The calls of each run of one role: {run: Counter}."""
        logs = self.top / "logs"
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir()
        calls = ",".join("?" + call for call in CALLS[role])
        ran = self._watched(role, "each", f"-qq -e trace={calls}", f"{logs}/",
                            args, text)
        assert ran.returncode == 0, f"traced {args}: {ran.stderr}"
        self.stop()
        return {int(path.name): most_of_a_thread(path.read_text())
                for path in sorted(logs.iterdir(), key=lambda p: int(p.name))}

    def cut(self, at, *args, text=""):
        """The command, with one process of it killed at a point."""
        logs = self.top / "logs"
        shutil.rmtree(logs, ignore_errors=True)
        logs.mkdir()
        ran = self._watched(
            at.role, at.run, f"-q -e trace=?{at.call} "
            f"-e inject=?{at.call}:signal=KILL:when={at.number}", f"{logs}/",
            args, text)
        self._set_plan("")
        return ran, any("+++ killed by SIGKILL" in path.read_text()
                        for path in logs.iterdir())

    def _watched(self, role, run, how, logs, args, text):
        """The command with one process alone under strace: the caller, the
        agent that it starts or meets, or the runs of fob-net of a number."""
        if role == "fob":
            return self.run(*args, text=text,
                            under=f"strace {how} -o {logs}1".split())
        if role == "agent" and self.shared:
            with self._attached(f"{how} -o {logs}1"):
                return self.run(*args, text=text)
        self._set_plan(f'{role}_{run}="{shutil.which("strace")} {how} '
                       f'-o {logs}$run"\n')
        return self.run(*args, text=text)

    @contextlib.contextmanager
    def _attached(self, how):
        """strace at the shared agent and its threads, not at what it
        starts."""
        self.must("agent", "start")
        agent = json.loads(self.must("--json", "agent", "status"))["pid"]
        # Not quiet, as it tells when it has attached.
        watch = subprocess.Popen(
            ["strace", "-f", "-b", "execve", "-p", str(agent),
             *how.replace("-qq", "").replace("-q ", "").split()],
            stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        said = watch.stderr.readline()
        assert "attached" in said, said
        try:
            yield
        finally:
            watch.terminate()
            # Told to end while its process dies, strace may wait for ever for
            # a thread that is gone.
            try:
                watch.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                watch.kill()
                watch.communicate()

    # --- what must hold ---------------------------------------------------------
    def refused(self):
        """Codes that AWS would not have: one that was used before, above
        all."""
        return [entry for entry in self.aws.ctl("log list")
                if entry["status"] == 403 and not entry["fault"] and
                entry["action"] in ("GetSessionToken", "AssumeRole")]

    def held_locks(self):
        held = []
        for path in self.fob_home.rglob("*.lock"):
            with path.open("rb") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    held.append(path.name)
        return held

    def devices(self):
        return sorted((d["arn"].removeprefix(ARN),
                       (d["user"] or "").rpartition("/")[2])
                      for d in self.aws.ctl("device list"))

    def journal(self):
        return [path.name for path in (self.fob_home / "state/journal").glob(
            "*") if path.suffix != ".lock"]

    def accounts(self):
        return json.loads(self.must("--json", "list"))

    def keys(self):
        return {key["profile"]: key["id"]
                for key in json.loads(self.must("--json", "keys", "list"))}

    def keys_at_aws(self, user="alice"):
        return [(key["access_key_id"], key["status"])
                for key in self.aws.ctl("key list", user)]

    def config(self, name="config"):
        return (self.home / ".aws" / name).read_text()

    def person(self, enrolled):
        """alice, her key in a file, and with a device or without."""
        for path in (self.home, self.fob_home, self.top / "saved"):
            shutil.rmtree(path, ignore_errors=True)
        self._set_plan("")
        self.aws.ctl("server reset")
        (self.home / ".aws").mkdir(parents=True)
        self.fob_home.mkdir(mode=0o700)
        (self.fob_home / "settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        self.aws.ctl("user create", "alice")
        (self.home / ".aws/credentials").write_text(
            self.aws.ctl("key ini", "alice", "work") + "\n")
        (self.home / ".aws/config").write_text(
            "# mine\n[profile work]\nregion = eu-central-1\n")
        if enrolled:
            self.must("enroll", "--profile", "work")


def session_fault(desk):
    """Why no session can be had with a code that was not used before."""
    desk.must("sessions", "--clear")
    # Past the codes of a run that was cut, and of the one after it.
    desk.aws.ctl("clock advance", 60)
    desk.must("devices", "--profile", "work")
    ran = desk.run("credentials", "work")
    if ran.returncode != 0:
        return f"no session: {ran.stderr}"
    return f"AWS refused {desk.refused()}" if desk.refused() else ""


def serial(desk):
    found = re.findall(r"^mfa_serial = (.*)$", desk.config(), re.M)
    return found[0].removeprefix(ARN) if found else ""


def state_fault(desk, device):
    """What is wrong unless `device` ("" for none) is alone everywhere."""
    wanted = [(device, "alice")] if device else []
    if desk.devices() != wanted:
        return f"AWS has {desk.devices()}"
    if serial(desk) != device:
        return f"mfa_serial is {serial(desk)!r}"
    bound = [a.get("serial", "").removeprefix(ARN) for a in desk.accounts()]
    if bound != ([device] if device else []):
        return f"the vault has seeds of {bound}"
    if not desk.config().startswith("# mine\n[profile work]\n"):
        return f"the config is {desk.config()!r}"
    return session_fault(desk) if device else ""


def rotation_fault(desk, old):
    """What is wrong unless one new key is the only one everywhere."""
    here, there = desk.keys(), desk.keys_at_aws()
    if list(here) != ["work"] or here["work"] == old:
        return f"the vault has {here}, of old {old}"
    if there != [(here["work"], "Active")]:
        return f"AWS has {there}, the vault {here}"
    return ""


class Scene:
    """A command that is cut, what follows it, and what must then hold."""

    name = ""  # of the promise
    command = ()
    text = ""
    good_after = (0,)  # exit statuses of the next run

    def prepare(self, desk):
        desk.person(enrolled=False)

    def next(self, desk):
        return desk.run(*self.command, text=self.text)

    def judge(self, desk):
        return ""


def kill_once(desk, scene, at):
    """Whether anybody was killed, and what went wrong."""
    desk.restore()
    ran, is_killed = desk.cut(at, *scene.command, text=scene.text)
    # A shared agent whose caller is gone goes on, beside the next run.
    if not desk.shared or at.role == "agent":
        desk.await_end("bin/net" if desk.shared else "bin")
    return is_killed, find_fault(desk, scene, ran)


def find_fault(desk, scene, ran):
    if ran.returncode not in (0, -9, 137) and not ran.stderr.startswith("fob:"):
        return f"ends with {ran.returncode}, {ran.stderr!r}"
    after = scene.next(desk)
    if after.returncode not in scene.good_after:
        return f"the next run ends with {after.returncode}: {after.stderr}"
    desk.stop()
    if held := desk.held_locks():
        return f"locks are held: {held}"
    if left := desk.journal():
        return f"the journal has {left}"
    return scene.judge(desk)


def play(desk, scene, most):
    """Points for each role of one scene."""
    scene.prepare(desk)
    desk.save()
    for role in CALLS:
        desk.restore()
        if role == "agent" and desk.shared and not can_attach():
            skip(f"{scene.name}, the agent killed", "only root may watch it")
            continue
        runs = desk.trace(role, *scene.command, text=scene.text)
        everywhere = [Point(role, run, call, number)
                      for run, calls in runs.items()
                      for call, times in sorted(calls.items())
                      for number in range(1, times + 1)]
        if role == "net" and not everywhere:
            continue
        wrong, killed = [], 0
        chosen = sample(everywhere, most)
        for at in chosen:
            is_killed, why = kill_once(desk, scene, at)
            killed += is_killed
            if why:
                wrong.append(f"{at.role} {at.run} at {at.call} {at.number}: "
                             f"{why}")
        what = {"fob": "the caller", "agent": "the agent",
                "net": "fob-net"}[role]
        # Where time decides, a run may make fewer calls than the traced one.
        point(not wrong and killed > len(chosen) // 2,
              f"{scene.name}, {what} killed at {killed} of "
              f"{len(everywhere)} points",
              "\n".join(wrong) or f"of {len(chosen)} chosen")


def main(scenes, most, shared=False):
    skip_unless_traceable()
    with tempfile.TemporaryDirectory() as top, StandIn() as aws:
        desk = Desk(aws, top, shared)
        for scene in scenes:
            play(desk, scene, most)
        desk.stop()
    return done()
