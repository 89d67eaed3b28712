#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the transcripts of README.md and compares what they print.

In expected output, ... stands for anything on a line.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import equal, run, test

HERE = Path(__file__).resolve().parent
MARK = "--- end of a command ---"
PROMPT = "    $ "


def transcripts():
    """(command, expected lines) in order."""
    steps = []
    for line in (HERE / "README.md").read_text().splitlines():
        if line.startswith(PROMPT):
            steps.append((line.removeprefix(PROMPT), []))
            within = True
        elif not line.startswith("    "):
            within = False
        elif within:
            steps[-1][1].append(line[4:])
    return steps


def play(steps, folder):
    """Output of each command, all run by one shell from the top."""
    script = "\n".join(f"{command}\necho '{MARK}'" for command, _ in steps)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"], cwd=HERE.parent.parent,
        env=dict(os.environ, TMPDIR=folder, PATH=path),
        capture_output=True, text=True, timeout=120)
    outputs = done.stdout.split(MARK + "\n")
    return [output.splitlines() for output in outputs[:-1]]


def add(command, expected, outputs):
    @test(command)
    def _():
        got = outputs.pop(0)
        pattern = "\n".join(re.escape(line).replace(r"\.\.\.", ".*")
                            for line in expected)
        if not re.fullmatch(pattern, "\n".join(got)):
            equal(got, expected)


if __name__ == "__main__":
    all_steps = transcripts()
    with tempfile.TemporaryDirectory() as scratch:
        all_outputs = play(all_steps, scratch)
    for step in all_steps:
        add(*step, all_outputs)
    run()
