#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob's backups against an implementation of docs/backup-format.md in
Python: each reads what the other wrote."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import backup_codec as codec

TOP = pathlib.Path(__file__).resolve().parents[2]
FOB = pathlib.Path(os.environ.get("O", "build")).resolve() / "fob"
VECTORS = json.loads((codec.FOLDER / "vectors.json").read_text())
SECRET = bytes.fromhex(VECTORS["files"]["code.backup"]["secret"])
PHRASE = VECTORS["files"]["passphrase.backup"]["passphrase"]
PAGE = (TOP / "docs/backup-format.md").read_text()

points = 0
failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}")
    if not good:
        print("\n".join(f"# {line}" for line in str(why).splitlines()))


class Host:
    """A home of its own; each command has an agent of its own."""

    def __init__(self, top, name):
        self.home, self.fob = top / name, top / name / "fob"
        (self.home / ".aws").mkdir(parents=True)
        self.fob.mkdir(mode=0o700)
        (self.fob / "settings").write_text("[fob]\nscrypt_log2_n = 14\n")

    def secret(self, name, text):
        path = self.home / name
        path.write_text(text)
        path.chmod(0o600)
        return path

    def run(self, *words, code=None, stdin=None):
        env = {"HOME": str(self.home), "FOB_HOME": str(self.fob),
               "FOB_NO_AGENT": "1", "PATH": os.environ["PATH"],
               "FOB_PASSPHRASE_FILE": str(self.secret("phrase", "hunter22"))}
        if code is not None:
            env["FOB_BACKUP_CODE_FILE"] = str(self.secret("code", code))
        return subprocess.run([FOB, *map(str, words)], env=env, input=stdin,
                              capture_output=True, text=True)


def restored(top, name, code):
    """What fob makes of a vector: its rows, and the vault as it then is."""
    host = Host(top, f"{name}-home")
    ran = host.run("--json", "restore", codec.FOLDER / name, code=code)
    rows = json.loads(ran.stdout) if ran.returncode == 0 else ran.stderr
    again = host.home / "again"
    host.run("backup", "--code-file", host.home / "out", again)
    kept = codec.decode(again.read_bytes(), codec.code_secret(
        (host.home / "out").read_text()))[1] if again.exists() else None
    return host, rows, kept


def as_there(records, host):
    """The records of a backup as its restorer's vault has them."""
    def moved(record):
        record = dict(record)
        for name in ("config", "credentials"):
            if record.get(name, "").startswith("/home/alice/"):
                record[name] = f"{host.home}/.aws/{name}"
        if record["record"] == 2:
            record.setdefault("offset", 0)
        return record

    order = {256: 0, 3: 1, 2: 2}
    return sorted((moved(r) for r in records if r["record"] in order),
                  key=lambda r: order[r["record"]])


def reads_vectors(top):
    for name, code in (("code.backup", codec.code_text(SECRET)),
                       ("passphrase.backup", PHRASE)):
        host, rows, kept = restored(top, name, code)
        point([row["status"] for row in rows] == ["added"] * 4,
              f"fob restores Python's {name}", rows)
        point(kept == as_there(VECTORS["contents"]["whole"], host),
              "to the last field, with the keys of this home", kept)
    host, rows, kept = restored(top, "future.backup", codec.code_text(SECRET))
    point([row["status"] for row in rows] == ["added", "left out"]
          and kept[-1].get("unknown") == "c80003616263",
          "an unknown field is carried along, an unknown record left out", rows)
    ran = Host(top, "newer").run("restore", codec.FOLDER / "newer.backup",
                                 code="")
    point(ran.returncode == 8 and "newer fob" in ran.stderr,
          "a newer version is told", ran.stderr)


def is_read(top):
    host = Host(top, "made")
    host.run("add", "--secret", "-", "phone",
             stdin="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    out, code = host.home / "f", host.home / "c"
    ran = host.run("backup", "--code-file", code, out)
    about, records = codec.decode(out.read_bytes(),
                                  codec.code_secret(code.read_text()))
    point(ran.returncode == 0 and about["kind"] == 1, "Python reads fob's",
          ran.stderr)
    point([r["record"] for r in records] == [256, 2]
          and records[0] == {"record": 256,
                             "config": f"{host.home}/.aws/config",
                             "credentials": f"{host.home}/.aws/credentials"}
          and records[1]["seed"] == b"12345678901234567890".hex(),
          "whose files they were, the seed, and nothing of the vault's own",
          records)
    ran = host.run("backup", "--passphrase", host.home / "g", code="swordfish")
    about, again = codec.decode((host.home / "g").read_bytes(), b"swordfish")
    point(ran.returncode == 0 and about["cost"] == [14, 8, 1, 0]
          and again == records, "and one under a passphrase", ran.stderr)
    point(out.read_bytes()[16:72] != (host.home / "g").read_bytes()[16:72],
          "each has an id and a salt of its own")


def tells_damage(top):
    """Every byte of a file, changed; every length, cut."""
    whole = (codec.FOLDER / "code.backup").read_bytes()
    host, code = Host(top, "damage"), codec.code_text(SECRET)
    path = host.home / "damaged"
    wrong = []
    for at in [*range(0, 124, 9), *range(124, len(whole), 97), len(whole) - 1]:
        for data in (whole[:at],
                     whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]):
            path.write_bytes(data)
            ran = host.run("restore", path, code=code)
            if ran.returncode != 8 or (host.fob / "vault").exists():
                wrong.append(f"{at} of {len(data)}: {ran.returncode} "
                             f"{ran.stderr}")
    point(not wrong, "whatever is damaged or cut is told as that, status 8",
          "\n".join(wrong))
    path.write_bytes(whole + b"x")
    ran = host.run("restore", path, code=code)
    point(ran.returncode == 8 and "added" in ran.stderr,
          "and so is what was added", ran.stderr)


def tells_codes(top):
    host, code = Host(top, "codes"), codec.code_text(SECRET)
    other = codec.code_text(bytes(16))
    letter = "A" if code[5] != "A" else "B"
    for words, said in ((other, "of another backup"),
                        (code[:5] + letter + code[6:], "a letter is mistyped"),
                        (code[:-1], "it ends early"),
                        (code + "0", "it goes on for too long"),
                        (code[:5] + "U" + code[6:], "a letter that codes do "
                                                    "not have"),
                        ("", "it ends early")):
        ran = host.run("restore", codec.FOLDER / "code.backup", code=words)
        point(ran.returncode == 4 and said in ran.stderr,
              f"status 4: {said}", ran.stderr)
    loose = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    ran = host.run("restore", codec.FOLDER / "code.backup", code=f" {loose}\n")
    point(ran.returncode == 0, "case, spaces, l and o do not matter",
          ran.stderr)


def is_the_page():
    point(codec.code_text(SECRET) in PAGE, "docs/backup-format.md has the code")
    whole = (codec.FOLDER / "code.backup").read_bytes()
    point(re.sub(r"\s", "", PAGE).find(whole[:124].hex()) > 0,
          "and the header of its file")
    made = {name: (codec.FOLDER / name).read_bytes()
            for name in VECTORS["files"]}
    codec.write_vectors()
    point(all((codec.FOLDER / name).read_bytes() == data
              for name, data in made.items()), "vectors.json makes the files")


top = pathlib.Path(tempfile.mkdtemp())
try:
    reads_vectors(top)
    is_read(top)
    tells_damage(top)
    tells_codes(top)
    is_the_page()
finally:
    shutil.rmtree(top)
print(f"1..{points}")
sys.exit(failed > 0)
