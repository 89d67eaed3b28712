# SPDX-License-Identifier: MIT
"""A desk with a home, a vault and an agent of its own, and a local AWS: for
each number below `devices` a device and a profile `workNUMBER` that uses it.
A user has as many of them as AWS allows."""
import base64
import contextlib
import hashlib
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time

import scene
from timing import Failed, spawn

HERE = pathlib.Path(__file__).resolve().parent
REGION = "us-east-1"
FLOOD = ("silent", "slow", "half", "announced", "refused", "allowed", "deaf",
         "many")
DEVICES_MAX = 8  # of one user


def seed(name):
    """320 bits, as AWS's seeds have, nobody's but `name`'s."""
    return base64.b32encode(hashlib.sha512(name.encode()).digest()[:40]
                            ).decode()


class Desk:
    def __init__(self, build, devices):
        self._fob = str(build / "fob")
        self._devices = devices
        self._keys = []  # of a device's user, and its serial

    def __enter__(self):
        self._work = pathlib.Path(tempfile.mkdtemp(prefix="fob-bench."))
        self._aws = scene.Scene()
        self._aws.__enter__()
        try:
            self._furnish()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run([self._fob, "-q", "agent", "stop"], env=self._env,
                       stdin=subprocess.DEVNULL, capture_output=True)
        self._aws.__exit__()
        shutil.rmtree(self._work)

    def _furnish(self):
        home, state, scratch = (self._work / name
                                for name in ("home", "fob", "tmp"))
        for folder in (home, state, scratch):
            folder.mkdir(mode=0o700)
        # The least work that the settings allow for a passphrase.
        (state / "settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        (self._work / "passphrase").write_text("correct horse\n")
        self._env = {
            "PATH": os.environ["PATH"], "HOME": str(home),
            "FOB_HOME": str(state), "TMPDIR": str(scratch),
            "FOB_PASSPHRASE_FILE": str(self._work / "passphrase"),
            "AWS_ENDPOINT_URL": self._aws.url,
            "AWS_CONFIG_FILE": str(home / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
        }
        self._people()

    def _people(self):
        config, credentials = "", ""
        for i in range(self._devices):
            user = f"user{i // DEVICES_MAX}"
            key = (self._keys[-1][0] if i % DEVICES_MAX
                   else self._aws.user(user))
            serial = self._aws.ctl("device create", f"device{i}", user=user,
                                   seed=seed(f"device{i}"))
            self._keys.append((key, serial))
            config += (f"[profile work{i}]\nregion = {REGION}\n"
                       f"mfa_serial = {serial}\n")
            credentials += (f"[work{i}]\naws_access_key_id = {key.access_key}"
                            f"\naws_secret_access_key = {key.secret_key}\n")
        for variable, text in (("AWS_CONFIG_FILE", config),
                               ("AWS_SHARED_CREDENTIALS_FILE", credentials)):
            pathlib.Path(self._env[variable]).write_text(text)
        for i, (_, serial) in enumerate(self._keys):
            self.add(f"device{i}", "--serial", serial)

    def fob(self, *words, given=""):
        """Run a command that is not timed."""
        done = subprocess.run([self._fob, *words], env=self._env, input=given,
                              capture_output=True, text=True)
        if done.returncode:
            raise Failed(done.stderr.strip())

    def add(self, name, *options):
        self.fob("-q", "add", "--uri", "-", *options, name,
                 given=f"otpauth://totp/{name}?secret={seed(name)}\n")

    def config_of(self, count):
        """As the desk's config, with so many more profiles: the variables of a
        command that is to use it."""
        more = "".join(
            f"[profile account-{i:05d}]\nrole_arn = arn:aws:iam::"
            f"{100000000000 + i}:role/admin\nsource_profile = work0\n"
            "region = eu-central-1\noutput = json\n\n" for i in range(count))
        path = self._work / "home" / f"config-{count}"
        path.write_text(
            more + pathlib.Path(self._env["AWS_CONFIG_FILE"]).read_text())
        return {"AWS_CONFIG_FILE": str(path)}

    def session_request(self, profile):
        """The bytes that ask the agent for a session: docs/protocol.md."""
        fields = [(0x20, profile)] + [
            (0x21, f"{name}={value}") for name, value in self._env.items()
            if name == "HOME" or name.startswith("AWS_")]
        body = b"\x01\x30" + b"".join(
            struct.pack(">BI", tag, len(text)) + text.encode()
            for tag, text in fields)
        return struct.pack(">I", len(body)) + body

    def uris(self, count, alike=False):
        """A file of so many accounts; `alike`: all of one name."""
        path = self._work / f"uris-{count}-{alike}"
        path.write_text("".join(
            f"otpauth://totp/Acme:user{0 if alike else i:05d}"
            f"?secret={seed(f'{count}-{i}-{alike}')}&issuer=Acme\n"
            for i in range(count)))
        return str(path)

    @property
    def socket(self):
        return str(self._work / "fob/run/agent.sock")

    @contextlib.contextmanager
    def ssh_agent(self):
        """One with a key, by its socket."""
        path, key = self._work / "ssh.sock", self._work / "ssh.key"
        agent = subprocess.Popen(["ssh-agent", "-D", "-a", path],
                                 stdout=subprocess.DEVNULL)
        try:
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "",
                            "-f", key], check=True)
            subprocess.run(["ssh-add", "-q", key], check=True,
                           env={**self._env, "SSH_AUTH_SOCK": str(path)})
            yield str(path)
        finally:
            agent.kill()
            agent.wait()

    def delay(self, seconds):
        """Let the server sleep in every GetSessionToken from now on."""
        self._aws.ctl("fault add", "GetSessionToken", "delay", times="always",
                      seconds=seconds)

    @contextlib.contextmanager
    def flood(self):
        """The far side of the forwarded socket at its worst."""
        flood = subprocess.Popen(
            [sys.executable, HERE.parent / "lib/flood.py",
             self._work / "fob/run/remote.sock", *FLOOD],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            flood.stdout.readline()
            yield
            if flood.poll() is not None:
                raise Failed("the flood went dry")
        finally:
            flood.kill()
            flood.communicate()

    def command(self, *words, **variables):
        """fob with these words, as timing.in_turns takes it."""
        return lambda turn: spawn([self._fob, *words],
                                  {**self._env, **variables})

    def at_once(self, count, *words):
        """Seconds until so many commands, started together, have all been
        answered."""
        start = time.perf_counter()
        running = [subprocess.Popen([self._fob, *words], env=self._env,
                                    stdin=subprocess.DEVNULL,
                                    stdout=subprocess.DEVNULL,
                                    stderr=subprocess.PIPE)
                   for _ in range(count)]
        said = [process.communicate()[1] for process in running]
        elapsed = time.perf_counter() - start
        if any(process.returncode for process in running):
            raise Failed(b"".join(said).decode().splitlines()[0])
        return elapsed

    def peer(self, name, *words):
        path = shutil.which(name)
        if path is None:
            raise Failed(f"there is no {name}")
        return lambda turn: spawn([path, *words], self._env)

    def exchange(self, i):
        """Seconds that a signed GetSessionToken with device i takes, without
        the time to make it."""
        key, serial = self._keys[i]
        headers, body = self._aws.signed(
            key, region=REGION, action="GetSessionToken", SerialNumber=serial,
            TokenCode=scene.oathtool(seed(f"device{i}"), int(time.time())))
        start = time.perf_counter()
        status, _, _ = self._aws.post(headers, body)
        elapsed = time.perf_counter() - start
        if status != 200:
            raise Failed(f"GetSessionToken: HTTP status {status}")
        return elapsed
