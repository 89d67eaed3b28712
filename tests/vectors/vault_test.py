#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob's vaults against an implementation of docs/vault-format.md in Python."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import vault_codec as codec

TOP = pathlib.Path(__file__).resolve().parents[2]
DRIVER = (pathlib.Path(os.environ.get("O", "build")).resolve()
          / "asan/tests/unit/vault/vault_driver")
PHRASE = "correct horse battery staple"

points = 0
failed = 0


def point(good, what, why=""):
    global points, failed
    points += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {points} - {what}")
    if not good:
        print("\n".join(f"# {line}" for line in str(why).splitlines()))


def driver(verb, path, kind, secret, *more):
    done = subprocess.run([DRIVER, verb, path, kind, secret, *more],
                          capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else done.stderr


def described(records, generation):
    """Records of vectors.json as the driver prints them."""
    def text(record, name):
        return record.get(name, "").encode().hex() or "-"

    lines = []
    for r in records:
        if r["record"] == 1:
            lines.insert(0, f"facts {r['cache_key']} {generation}")
        elif r["record"] == 2:
            lines.append(" ".join(
                ["account", text(r, "name"), text(r, "issuer"),
                 text(r, "label"), r.get("seed", "-"), text(r, "token"),
                 *(str(r[n]) for n in ("type", "hash", "digits", "period",
                                       "counter", "created")),
                 text(r, "device"), text(r, "user"), text(r, "partition"),
                 text(r, "account_id"), str(r["offset"])]))
        elif r["record"] == 3:
            lines.append(" ".join(["key", text(r, "profile"), text(r, "id"),
                                   text(r, "secret"), str(r["created"]),
                                   text(r, "user_arn")]))
    return "\n".join(lines) + "\n"


def foundations():
    """The Python side's own footing: the RFCs' examples."""
    plain = (b"Ladies and Gentlemen of the class of '99: If I could offer you "
             b"only one tip for the future, sunscreen would be it.")
    sealed = codec.aead_seal(bytes(range(0x80, 0xa0)),
                             bytes.fromhex("50515253c0c1c2c3c4c5c6c7"), plain,
                             bytes.fromhex("070000004041424344454647"))
    point(sealed[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691",
          "Python's ChaCha20-Poly1305 is RFC 8439's", sealed.hex())
    key = codec.hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xf0, 0xfa)),
                     42)
    point(key.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d"
          "56ecc4c5bf34007208d5b887185865", "its HKDF is RFC 5869's", key.hex())


def openers(name):
    """How a vector is opened: type, the driver's words, the secret."""
    by_phrase = (codec.PASSPHRASE, "passphrase", PHRASE.encode())
    by_file = (codec.KEY_FILE, "key-file",
               (codec.FOLDER / "key-file.bin").read_bytes())
    return {"passphrase.vault": [by_phrase], "key-file.vault": [by_file],
            "future.vault": [by_phrase, by_file]}[name]


def vectors(folder):
    for name, vector in codec.vectors().items():
        data = (codec.FOLDER / name).read_bytes()
        point(codec.encode(vector) == data, f"Python writes {name} again")
        for kind, word, secret in openers(name):
            got = codec.decode(data, kind, secret)
            point(got["records"] == vector["records"]
                  and got["key"] == vector["key"],
                  f"Python reads {name} by {word}", got)
            path, key = folder / name, folder / "secret"
            path.write_bytes(data)
            key.write_bytes(secret)
            got = driver("dump", path, word, key)
            want = described(vector["records"], vector["generation"])
            point(got == want, f"fob reads {name} by {word}", got + want)


def fob_writes(folder):
    path, key = folder / "made", folder / "secret"
    key.write_text(PHRASE)
    driver("create", path, "passphrase", key)
    for name in ("one", "two words", "três"):
        driver("add", path, "passphrase", key, name)
    got = codec.decode(path.read_bytes(), codec.PASSPHRASE, PHRASE.encode())
    names = [r.get("name") for r in got["records"]]
    point(got["generation"] == 4 and names == [None, "one", "two words",
                                               "três"],
          "Python reads what fob wrote", got)
    point(described(got["records"], 4) == driver("dump", path, "passphrase",
                                                 key),
          "and both see the same in it")
    before = codec.decode(pathlib.Path(f"{path}.previous").read_bytes(),
                          codec.PASSPHRASE, PHRASE.encode())
    point(before["generation"] == 3
          and before["records"] == got["records"][:-1]
          and before["id"] == got["id"] and before["key"] == got["key"]
          and before["salt"] != got["salt"],
          "the backup is the generation before, under another salt", before)


def the_future(folder):
    vector = codec.vectors()["future.vault"]
    path, key = folder / "future.vault", folder / "secret"
    shutil.copy(codec.FOLDER / "future.vault", path)
    key.write_text(PHRASE)
    said = driver("take", path, "passphrase", key, "counter")
    point(said == "18446744073709551614\n", "fob takes a counter", said)
    got = codec.decode(path.read_bytes(), codec.PASSPHRASE, PHRASE.encode())
    want = [dict(r) for r in vector["records"]]
    want[3]["counter"] += 1
    point(got["records"] == want,
          "what a newer fob put into the vault is carried along", got)
    point(got["slots"][0] == (99, vector["slots"][0]["content"])
          and len(got["slots"]) == 3, "and so is its slot", got["slots"])


def slots_keep_their_place(folder):
    path, key = folder / "slots", folder / "secret"
    key.write_text(PHRASE)
    driver("create", path, "passphrase", key)
    for name in ("first", "second"):
        (folder / name).write_text(name.ljust(32))
        driver("grow", path, "passphrase", key, folder / name)
    driver("drop", path, "passphrase", key, "2")
    for generation in (path, pathlib.Path(f"{path}.previous")):
        got = codec.decode(generation.read_bytes(), codec.PASSPHRASE,
                           PHRASE.encode())
        point([kind for kind, _ in got["slots"]] == [1, 255, 2]
              and got["slots"][1] == (255, ""),
              "a slot that is removed leaves its place vacant, also in "
              f"{generation.name}", got["slots"])


def the_page():
    """The example of docs/vault-format.md is the one of the vectors."""
    page = (TOP / "docs/vault-format.md").read_text()
    example = page[page.index("Step by step"):]
    shown = "".join(re.findall(r"^    [0-9a-f ]+$", example, re.M))
    data = (codec.FOLDER / "passphrase.vault").read_bytes()
    point("".join(shown.split()) == data.hex(),
          "the page shows passphrase.vault to the byte")
    vector = codec.vectors()["passphrase.vault"]
    content = codec.slot_content(vector["slots"][0],
                                 bytes.fromhex(vector["id"]),
                                 bytes.fromhex(vector["key"]))
    keys = [codec.wrapping_key(codec.PASSPHRASE, content, PHRASE.encode()),
            bytes.fromhex(vector["key"]),
            codec.hkdf(bytes.fromhex(vector["key"]),
                       bytes.fromhex(vector["salt"]),
                       b"fob vault contents 1")]
    point(all(f"`{key.hex()}`" in example for key in keys),
          "and the three keys on the way", [k.hex() for k in keys])


def main():
    foundations()
    with tempfile.TemporaryDirectory() as folder:
        vectors(pathlib.Path(folder))
        fob_writes(pathlib.Path(folder))
        the_future(pathlib.Path(folder))
        slots_keep_their_place(pathlib.Path(folder))
    the_page()
    print(f"1..{points}")
    return 1 if failed else 0


sys.exit(main())
