#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The server as such: its life, its clock, many clients, its log."""
import http.client
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from botocore.loaders import Loader
from scene import ACCOUNT, Scene, refused
from standin import iam_keys, iam_mfa, sts
from standin.client import SERVER, ControlError, StandIn
from tap import equal, run, test

PARALLEL = 200
HANG_S = 60


def ends(process):
    """Wait for a server to end by itself; then its address is free."""
    process.wait(HANG_S)
    return True


def listens(url):
    place = urlsplit(url)
    link = http.client.HTTPConnection(place.hostname, place.port, timeout=5)
    try:
        link.connect()
    except ConnectionRefusedError:
        return False
    finally:
        link.close()
    return True


@test("it says where it listens, on loopback only, in one line of JSON")
def _(aws):
    equal(sorted(aws.addresses), ["url"])
    assert aws.url.startswith("http://127.0.0.1:")


@test("it ends when its standard input does")
def _(aws):
    with StandIn() as other:
        url = other.url
        assert listens(url)
    assert not listens(url)


@test("it ends with the process it was told of")
def _(aws):
    parent = subprocess.Popen(["sleep", "1000"])
    server = subprocess.Popen(
        [sys.executable, SERVER, "--parent", str(parent.pid)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    url = json.loads(server.stdout.readline())["url"]
    assert listens(url)
    parent.kill()
    parent.wait()
    assert ends(server)
    server.stdout.close()


@test("it ends if its parent is gone before it is up")
def _(aws):
    parent = subprocess.Popen(["true"])
    parent.wait()
    server = subprocess.run(
        [sys.executable, SERVER, "--parent", str(parent.pid)],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=HANG_S)
    equal(server.stdout, b"")


@test("many clients at once are all answered, and a code works for one")
def _(aws):
    who = aws.user()
    serial = aws.ctl("device create", "phone", user="alice")
    request = aws.signed(who)
    mint = aws.signed(who, action="GetSessionToken", SerialNumber=serial,
                      TokenCode=aws.code("phone"))
    with ThreadPoolExecutor(PARALLEL) as pool:
        answers = pool.map(lambda i: aws.post(*(request if i else mint))[0],
                           [i % 20 for i in range(PARALLEL)])
        answers = list(answers)
    equal((answers.count(200), answers.count(403)),
          (PARALLEL - PARALLEL // 20 + 1, PARALLEL // 20 - 1))
    equal(aws.ctl("log count"), PARALLEL)


@test("a connection serves several requests")
def _(aws):
    headers, body = aws.signed(aws.user())
    link = http.client.HTTPConnection(urlsplit(aws.url).netloc)
    sockets = set()
    for _ in range(3):
        link.request("POST", "/", body, headers)
        reply = link.getresponse()
        reply.read()
        sockets.add(link.sock)
        equal(reply.status, 200)
    link.close()
    equal(len(sockets - {None}), 1)


@test("a body without end or of nonsense length is refused")
def _(aws):
    for length in ("99999999999", "-1", "x"):
        equal(aws.post({"Content-Length": length}, "")[0], 413)


@test("the clock is set, stopped, advanced and run; Date follows it")
def _(aws):
    def date():
        headers = aws.post(*aws.signed(aws.user(str(aws.ctl("log count")))))[1]
        return parsedate_to_datetime(headers["Date"]).timestamp()

    aws.ctl("clock stop", "2030-01-31T12:00:00Z")
    equal((aws.now(), date()), (1896091200, 1896091200))
    aws.ctl("clock advance", 90.5)
    equal(aws.now(), 1896091290)
    aws.ctl("clock set", 1000000000)
    equal(date(), 1000000000)
    aws.ctl("clock run")
    assert 0 <= aws.now() - 1000000000 < HANG_S


@test("the log counts calls and keeps requests, refused ones too")
def _(aws):
    who = aws.user()
    sts = aws.client("sts", who)
    sts.get_session_token(DurationSeconds=900)
    refused("ValidationError", 400, sts.get_session_token, DurationSeconds=1)
    sts.get_caller_identity()
    equal([aws.ctl("log count", *name) for name in (
        [], ["GetSessionToken"], ["GetUser"])], [3, 2, 0])
    equal([entry["status"] for entry in aws.ctl("log list",
                                                "GetSessionToken")], [200, 400])
    last = aws.ctl("log last", "GetSessionToken")
    equal((last["key_id"], last["params"]["DurationSeconds"]),
          (who.access_key, "1"))
    assert any(name == "X-Amz-Date" for name, _ in last["headers"])
    aws.ctl("log clear")
    equal((aws.ctl("log count"), aws.ctl("log list")), (0, []))


@test("what was saved comes back, codes and all, as often as one likes")
def _(aws):
    aws.ctl("user create", "alice")
    aws.ctl("device create", "phone", user="alice")
    aws.ctl("server save")
    before, then = aws.ctl("device show", "phone"), aws.ctl("clock now")
    for _ in range(2):
        aws.ctl("device remove", "phone")
        aws.ctl("user create", "bob")
        aws.ctl("clock advance", 60)
        aws.ctl("server restore")
        equal(aws.ctl("device show", "phone"), before)
        try:
            aws.ctl("user show", "bob")
            raise AssertionError("bob is still there")
        except ControlError:
            pass
    assert aws.ctl("clock now") >= then + 120, "the clock goes on"


@test("a reset forgets everything")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone")
    aws.ctl("fault add", "*", "500", times="always")
    aws.ctl("settings set", propagation_s=9)
    aws.ctl("server reset")
    equal((aws.ctl("device list"), aws.ctl("fault list")), ([], []))
    equal(aws.ctl("settings show")["propagation_s"], 0)
    refused("InvalidClientTokenId", 403,
            aws.client("sts", who).get_caller_identity)


@test("a command that is wrong says why and changes nothing")
def _(aws):
    aws.user()
    for words, args, options in (
            ("user fly", (), {}), ("user create", (), {}),
            ("user create", ("bob",), {"wings": "2"}),
            ("device show", ("nothing",), {}), ("clock set", ("noon",), {}),
            ("settings set", (), {"no_such": "1"}),
            ("device create", ("x",), {"seed": "1!"})):
        try:
            aws.ctl(words, *args, **options)
        except ControlError as error:
            assert str(error)
        else:
            raise AssertionError(f"taken: {words} {args} {options}")
    equal(aws.ctl("device list"), [])


@test("names of two accounts are told apart")
def _(aws):
    aws.ctl("account create", "444455556666", alias="other")
    aws.user("alice")
    aws.ctl("user create", "alice", account="other")
    try:
        aws.ctl("user show", "alice")
    except ControlError:
        pass
    else:
        raise AssertionError("which alice?")
    equal(aws.ctl("user show", f"{ACCOUNT}/alice")["arn"],
          f"arn:aws:iam::{ACCOUNT}:user/alice")


@test("every action of the stand-in is in the service's model")
def _(aws):
    for service, version, tables in (
            ("sts", "2011-06-15", (sts,)),
            ("iam", "2010-05-08", (iam_mfa, iam_keys))):
        model = Loader().load_service_model(service, "service-2", version)
        actions = {name for table in tables for name in table.ACTIONS}
        equal(actions - model["operations"].keys(), set())


if __name__ == "__main__":
    os.environ.pop("AWS_ENDPOINT_URL", None)
    with Scene() as scene:
        run(scene, before=Scene.start_over)
