#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The aws command line program as a client, where there is one."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from scene import ACCOUNT, Scene, serial
from tap import Skip, equal, run, test


def aws_cli(aws, *words, who=None, good=True):
    """JSON that the program prints; its stderr if it must fail."""
    if not shutil.which("aws"):
        raise Skip("no aws program")
    env = dict(os.environ, AWS_MAX_ATTEMPTS="1", AWS_CONFIG_FILE=aws.config,
               AWS_REGION="us-east-1", AWS_DEFAULT_REGION="us-east-1",
               AWS_EC2_METADATA_DISABLED="true")
    if who:
        env |= {"AWS_ACCESS_KEY_ID": who.access_key,
                "AWS_SECRET_ACCESS_KEY": who.secret_key}
    # As an option, for Debian 12's program knows no AWS_ENDPOINT_URL.
    done = subprocess.run(
        ["aws", "--endpoint-url", aws.url, "--output", "json", *words],
        env=env, capture_output=True, text=True)
    equal(done.returncode == 0, good)
    return json.loads(done.stdout or "{}") if good else done.stderr


@test("it enrols a device with the pair and mints a session")
def _(aws):
    who = aws.user()
    seed = Path(aws.scratch, "seed")
    aws_cli(aws, "iam", "create-virtual-mfa-device",
            "--virtual-mfa-device-name", "phone", "--outfile", str(seed),
            "--bootstrap-method", "Base32StringSeed", who=who)
    equal(len(base64.b32decode(seed.read_text())), 40)
    aws_cli(aws, "iam", "enable-mfa-device", "--user-name", "alice",
            "--serial-number", serial("phone"),
            "--authentication-code1", aws.code("phone", -1),
            "--authentication-code2", aws.code("phone"), who=who)
    answer = aws_cli(aws, "sts", "get-session-token", "--serial-number",
                     serial("phone"), "--token-code", aws.code("phone"),
                     who=who)
    equal(answer["Credentials"]["AccessKeyId"][:4], "ASIA")


@test("it words a refusal as the stand-in does")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    text = aws_cli(aws, "sts", "get-session-token", "--serial-number",
                   serial("phone"), "--token-code", aws.code("phone", 9),
                   who=who, good=False)
    assert "(AccessDenied)" in text and "one time pass code." in text, text


@test("it gets its credentials from a credential_process")
def _(aws):
    session = aws.session(aws.user())
    answer = Path(aws.scratch, "answer")
    answer.write_text(json.dumps({
        "Version": 1, "AccessKeyId": session.access_key,
        "SecretAccessKey": session.secret_key, "SessionToken": session.token,
        "Expiration": "2099-01-01T00:00:00Z"}))
    Path(aws.config).write_text(
        f"[profile work]\ncredential_process = cat {answer}\n")
    found = aws_cli(aws, "sts", "get-caller-identity", "--profile", "work")
    equal(found["Arn"], f"arn:aws:iam::{ACCOUNT}:user/alice")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, Scene() as scene:
        scene.scratch = folder
        scene.config = str(Path(folder, "config"))
        Path(scene.config).touch()
        run(scene, before=Scene.start_over)
