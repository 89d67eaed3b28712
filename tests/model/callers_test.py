#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random pairs of callers at one agent get what each gets at an agent of its
own: two AWS files, HOME, PATH, proxy, CA bundle and endpoint are drawn for
each, profile names clash, and the vault is one.  The model of a pair is fob
itself with nobody beside it.

ROUNDS=N, SEED=N: so many pairs, from this one on; SEED=random."""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TOP = pathlib.Path(os.environ.get("TOP", ".")).resolve()
sys.path.insert(0, str(TOP / "tests/aws"))
from standin.client import StandIn  # noqa: E402

FOB = pathlib.Path(os.environ.get("O", TOP / "build")) / "fob"
SEEDS = {"alice": "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA",
         "bob": "KRUGKIDROVUWG2ZAMJZG653OEBTG66BB",
         "carol": "KRUGKIDROVUWG2ZAMJZG653OEBTG66BC"}
AHEAD_S = 7200
HANG_S = 60
BASE = {name: os.environ[name] for name in ("LC_ALL", "LANG")
        if name in os.environ}

# Of a caller: which config and credentials file, and who is asked, and how.
FILES = [("alice", "alice"), ("bob", "bob"), ("alice", "bob"),
         ("carol", "carol"), ("bare", "bare"), ("link", "alice")]
PLACES = ["plain", "plain", "tls", "tls", "tls-proxy", "other"]
BUNDLES = ["ca.pem", "copy.pem", ""]
WISHES = [("credentials", "work"), ("credentials", "work"),
          ("credentials", "printed"), ("credentials", "by-home"),
          ("credentials", "long"), ("keys", "import", "work"),
          ("keys", "remove", "work"), ("code", "alice")]


class Caller:
    def __init__(self, draw):
        self.config, self.credentials = draw.choice(FILES)
        self.place, self.bundle = draw.choice(PLACES), draw.choice(BUNDLES)
        self.home, self.path = draw.choice("ab"), draw.choice("ab")
        self.region = draw.choice(["eu-central-1", "us-east-1"])
        self.wishes = [draw.choice(WISHES) for _ in range(draw.choice([1, 2]))]

    def __str__(self):
        return " ".join(f"{name}={value}" for name, value in vars(self).items())

    def changes_files(self):
        return any(wish[0] == "keys" for wish in self.wishes)

    def shares_files(self, other):
        return self.credentials == other.credentials

    def environment(self, top, aws, other):
        tls = self.place.startswith("tls")
        url = {"plain": aws.url, "other": other.url}.get(
            self.place, aws.addresses["good"])
        env = dict(BASE, HOME=str(top / f"home-{self.home}"),
                   PATH=f"{top}/bin-{self.path}:{FOB.parent}:/usr/bin:/bin",
                   FOB_HOME=str(top / "fob"),
                   FOB_PASSPHRASE_FILE=str(top / "passphrase"),
                   AWS_ENDPOINT_URL=url, AWS_REGION=self.region,
                   AWS_CONFIG_FILE=f"{top}/{self.config}/config",
                   AWS_SHARED_CREDENTIALS_FILE=(
                       f"{top}/{self.credentials}/credentials"))
        if tls and self.bundle:
            env["AWS_CA_BUNDLE"] = str(top / self.bundle)
        if self.place == "tls-proxy":
            env["HTTPS_PROXY"] = aws.addresses["proxy"]
        return env


def fob(env, *words):
    return subprocess.run([FOB, "-q", *words], env=env, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=HANG_S)


def who(session, servers):
    """The ARN behind credentials, and which server knows them."""
    keys = Credentials(session["AccessKeyId"], session["SecretAccessKey"],
                       session["SessionToken"])
    for name, server in servers.items():
        asked = AWSRequest("POST", server.url + "/", data=(
            "Action=GetCallerIdentity&Version=2011-06-15"),
            headers={"Content-Type": "application/x-www-form-urlencoded"})
        SigV4Auth(keys, "sts", "us-east-1").add_auth(asked)
        sent = urllib.request.Request(server.url + "/", asked.data.encode()
                                      if isinstance(asked.data, str)
                                      else asked.data, dict(asked.headers))
        try:
            reply = urllib.request.urlopen(sent, timeout=HANG_S).read().decode()
            return name, re.search("<Arn>(.*)</Arn>", reply)[1]
        except urllib.error.HTTPError:
            continue
    return "nobody", session["AccessKeyId"]


def outcome(ran, wish, top, servers):
    """What a caller got, without what may differ from run to run."""
    if ran.returncode != 0:
        said = re.sub(r"\d+", "N", ran.stderr.replace(str(top), "TOP"))
        # A refusal that both would get is remembered for both, and says so.
        return ran.returncode, said.replace(
            "; refused N s ago, asked again in N s", "")
    if wish[0] == "credentials":
        session = json.loads(ran.stdout)
        if session["AccessKeyId"].startswith("TEMP"):
            return 0, session["AccessKeyId"]
        return 0, who(session, servers)
    if wish[0] == "code":
        return 0, "a code"
    return 0, ran.stdout


class World:
    """Files, programs and a vault to begin each run with."""

    def __init__(self, top, aws, other):
        self.top, self.aws, self.other = top, aws, other
        self.template = top / "template"
        self.template.mkdir()
        shutil.copy(top / "tls/ca.pem", self.template / "ca.pem")
        (self.template / "copy.pem").write_text(
            (top / "tls/ca.pem").read_text() + "# a copy\n")
        (self.template / "passphrase").write_text("correct horse battery\n")
        for name in "ab":
            (self.template / f"home-{name}").mkdir()
            self.put_programs(name)
        home = self.template / "fob"
        home.mkdir(mode=0o700)
        (home / "settings").write_text("[fob]\nscrypt_log2_n = 14\n")
        for name in SEEDS:
            self.put_user(name)
        self.put_files("bare", None, aws.ctl("device create", "spare"))
        (self.template / "link").symlink_to("alice")
        env = dict(BASE, HOME=str(top), PATH="/usr/bin:/bin",
                   FOB_HOME=str(home), FOB_PASSPHRASE_FILE=str(
                       self.template / "passphrase"))
        for name, seed in SEEDS.items():
            subprocess.run([FOB, "-q", "add", "--secret", "-", name,
                            "--serial", self.arns[name]], input=seed, text=True,
                           env=env, check=True, capture_output=True)
        fob(env, "agent", "stop")
        shutil.rmtree(home / "run", ignore_errors=True)
        aws.ctl("server save")
        other.ctl("server save")

    arns = {}

    def put_programs(self, name):
        folder = self.template / f"bin-{name}"
        folder.mkdir()
        for program, key in (("get-key", f"TEMP{name}"),
                             ("by-home", "TEMP${HOME##*/}$AWS_REGION")):
            (folder / program).write_text(
                "#!/bin/sh\necho '{\"Version\": 1, \"AccessKeyId\": \"'\"" +
                key + "\"'\", \"SecretAccessKey\": \"s\", \"SessionToken\": "
                "\"t\", \"Expiration\": \"2099-01-01T00:00:00Z\"}'\n")
            (folder / program).chmod(0o755)

    def put_user(self, name):
        for server in (self.aws, self.other):
            server.ctl("user create", name)
            self.arns[name] = server.ctl("device create", name, user=name,
                                         seed=SEEDS[name])
        self.put_files(name, self.aws.ctl("key ini", name, "work"),
                       self.arns[name])
        # A long-term key that a command prints, another in each PATH.
        pair = re.findall("= (.*)", self.aws.ctl("key ini", name, "x"))
        owner = {"alice": "a", "bob": "b"}.get(name)
        if owner:
            program = self.template / f"bin-{owner}/get-long"
            program.write_text(
                "#!/bin/sh\necho '{\"Version\": 1, \"AccessKeyId\": "
                f"\"{pair[0]}\", \"SecretAccessKey\": \"{pair[1]}\"}}'\n")
            program.chmod(0o755)

    def put_files(self, name, pair, arn):
        folder = self.template / name
        folder.mkdir()
        (folder / "credentials").write_text((pair or "") + "\n")
        (folder / "config").write_text(
            f"[profile work]\nmfa_serial = {arn}\n"
            "[profile printed]\ncredential_process = get-key\n"
            "[profile by-home]\ncredential_process = by-home\n"
            f"[profile long]\nmfa_serial = {arn}\n"
            "credential_process = get-long\n")

    def run(self, turns):
        """Outcomes of wishes, in their order, at one agent."""
        top = pathlib.Path(tempfile.mkdtemp(dir=self.top))
        for part in self.template.iterdir():
            if part.is_symlink():
                (top / part.name).symlink_to(os.readlink(part))
            elif part.is_dir():
                shutil.copytree(part, top / part.name)
            else:
                shutil.copy(part, top / part.name)
        (top / "fob").chmod(0o700)
        self.aws.ctl("server restore")
        self.other.ctl("server restore")
        servers = {"aws": self.aws, "other": self.other}
        got = []
        try:
            for caller, wish in turns:
                env = caller.environment(top, self.aws, self.other)
                got.append(outcome(fob(env, *wish), wish, top, servers))
        finally:
            env = dict(turns[0][0].environment(top, self.aws, self.other))
            fob(env, "agent", "stop")
            shutil.rmtree(top, ignore_errors=True)
        return got


# What two may wish alike while they differ in little: wishes, and in what.
THEMES = [
    ([("credentials", "printed")], ["path"]),
    ([("credentials", "by-home")], ["home"]),
    ([("credentials", "by-home")], ["region"]),
    ([("credentials", "long")], ["path"]),
    ([("credentials", "work")], ["bundle"]),
    ([("credentials", "work")], ["place"]),
    ([("credentials", "work")], ["place", "bundle"]),
    ([("keys", "import", "work"), ("credentials", "work")],
     ["config", "credentials"]),
    ([("keys", "import", "work"), ("credentials", "work")], ["credentials"]),
    ([("keys", "import", "work"), ("keys", "remove", "work")],
     ["config", "credentials"]),
]


def draw_alike(draw):
    """Two who differ in what one theme is about, and in nothing else."""
    first, second = Caller(draw), Caller(draw)
    first.wishes, names = draw.choice(THEMES)
    if "bundle" in names or "place" in names:
        first.place, first.bundle = draw.choice(["tls", "tls-proxy"]), "ca.pem"
    if "place" not in names and "bundle" not in names:
        first.place = "plain"
    changed = {name: vars(second)[name] for name in names}
    vars(second).update(vars(first))
    vars(second).update(changed)
    return first, second, any(vars(first)[name] != vars(second)[name]
                              for name in names)


def draw_pair(draw):
    """Two callers whose files are not changed under the other."""
    while True:
        differ = True
        if draw.random() < 0.3:
            pair = Caller(draw), Caller(draw)
        else:
            *pair, differ = draw_alike(draw)
        if differ and not (pair[0].shares_files(pair[1]) and
                           any(caller.changes_files() for caller in pair)):
            return pair


def try_pair(world, number):
    draw = random.Random(number)
    pair = draw_pair(draw)
    turns = [(caller, wish) for caller in pair for wish in caller.wishes]
    order = list(range(len(turns)))
    draw.shuffle(order)
    # Each caller's own wishes keep their order.
    mine = [[i for i, turn in enumerate(turns) if turn[0] is caller]
            for caller in pair]
    queues = [iter(part) for part in mine]
    order = [next(queues[0 if turns[i][0] is pair[0] else 1]) for i in order]
    shared = world.run([turns[i] for i in order])
    alone = {}
    for part in mine:
        alone.update(zip(part, world.run([turns[i] for i in part])))
    wrong = [f"{turns[i][0]}: {turns[i][1]} got {got}, alone {alone[i]}"
             for i, got in zip(order, shared) if got != alone[i]]
    if wrong:
        wrong.append("with " + "; ".join(map(str, pair)))
    return wrong, list(alone.values())


def main():
    rounds = int(os.environ.get("ROUNDS", "12"))
    first = os.environ.get("SEED", "1")
    first = random.randrange(1 << 30) if first == "random" else int(first)
    failed, seen = 0, []
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        (top / "tls").mkdir()
        with StandIn("--tls", str(top / "tls")) as aws, StandIn() as other:
            now = int(subprocess.check_output(["date", "+%s"]))
            other.ctl("clock set", now + AHEAD_S)
            world = World(top, aws, other)
            for number in range(first, first + rounds):
                wrong, got = try_pair(world, number)
                seen += got
                failed += bool(wrong)
                print("not ok" if wrong else "ok", number - first + 1,
                      f"- pair {number}: each got what it gets alone")
                print("".join(f"# {line}\n" for line in wrong), end="",
                      flush=True)
    good = sum(status == 0 for status, _ in seen)
    kinds = len(set(map(str, seen)))
    enough = 4 * good > len(seen) and kinds > min(rounds, 6)
    failed += not enough
    print("ok" if enough else "not ok", rounds + 1,
          f"- {good} of {len(seen)} got something, {kinds} kinds of outcome")
    print(f"1..{rounds + 1}")
    return 1 if failed else 0


sys.exit(main())
