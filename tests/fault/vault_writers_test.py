#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writers at the same time: no change that was told as done is ever lost,
and no counter is given out twice, also when writers are killed at random."""
import os
import random
import signal
import subprocess
import sys
import threading
import time

import vault_support as support
from vault_support import Vault, point

WRITERS = 4
EACH = 12
KILLS = 40


def start(vault, verb, *more):
    return subprocess.Popen(vault.command(verb, *more), text=True,
                            env=support.ENVIRONMENT, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def in_parallel(work):
    threads = [threading.Thread(target=work, args=(number,))
               for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def nothing_is_lost():
    faults = []
    with Vault("first") as vault:
        def work(writer):
            for number in range(EACH):
                ran = vault.run("add", f"account {writer} {number}")
                if ran.returncode != 0:
                    faults.append(ran.stderr)

        in_parallel(work)
        names = vault.names()
        want = {"first"} | {f"account {writer} {number}"
                            for writer in range(WRITERS)
                            for number in range(EACH)}
        point(set(names) == want and len(names) == len(want) and not faults,
              f"{WRITERS} writers of {EACH} accounts each lose none",
              f"{len(names)} of {len(want)} {faults}")


def counters_are_single():
    """future.vault of the vectors has a HOTP account with few counters left:
    its second to last is taken once, whoever asks."""
    source = support.codec.FOLDER / "future.vault"
    said = []
    with Vault() as vault:
        vault.folder.mkdir()
        vault.path.write_bytes(source.read_bytes())
        vault.secret.write_bytes(b"correct horse battery staple")
        in_parallel(lambda _: said.append(vault.run("take", "counter").stdout))
    point(sorted(said) == [""] * (WRITERS - 1) + [f"{2 ** 64 - 2}\n"],
          "a counter is taken by one of those who ask at once", said)


def done_is_done():
    """A writer that ended well before another was killed stays."""
    told, faults = set(), []
    random.seed(int(os.environ.get("SEED", "20")))
    with Vault("first") as vault:
        for number in range(KILLS):
            pair = [start(vault, "add", f"{side} {number}")
                    for side in ("left", "right")]
            time.sleep(random.random() * 0.12)
            pair[0].send_signal(signal.SIGKILL)
            for side, writer in zip(("left", "right"), pair):
                _, stderr = writer.communicate(timeout=support.HANG_S)
                if writer.returncode == 0:
                    told.add(f"{side} {number}")
                elif side == "right":
                    faults.append(stderr)
        names = vault.names()
        point(told <= set(names) and not faults,
              f"{KILLS} kills beside another writer lose nothing told as done",
              f"{told - set(names)} {faults}")
        point(len(names) == len(set(names)), "and double nothing", names)


def main():
    nothing_is_lost()
    counters_are_single()
    done_is_done()
    return support.done()


sys.exit(main())
