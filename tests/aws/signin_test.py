#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The console's federation endpoint."""
import json
from urllib.parse import urlencode

from botocore.credentials import Credentials
from scene import Scene, session_of
from tap import equal, run, test

CONSOLE = "https://console.aws.amazon.com/"


def get(aws, **query):
    return aws.post({}, None, "GET", "/federation?" + urlencode(query))


def ask(aws, who, **more):
    """(status, token or None) of getSigninToken."""
    session = {"sessionId": who.access_key, "sessionKey": who.secret_key,
               "sessionToken": who.token}
    status, _, body = get(aws, Action="getSigninToken",
                          Session=json.dumps(session), **more)
    return status, json.loads(body)["SigninToken"] if status == 200 else None


def role_session(aws, who, **more):
    role = aws.ctl("role create", f"ops{aws.ctl('log count')}", **more)
    return session_of(aws.client("sts", who).assume_role(
        RoleArn=role, RoleSessionName="me"))


@test("a role's session gives a token that logs in")
def _(aws):
    status, token = ask(aws, role_session(aws, aws.user()),
                        SessionDuration=43200)
    equal(status, 200)
    status, headers, _ = get(aws, Action="login", Issuer="fob", SigninToken=
                             token, Destination=CONSOLE)
    equal((status, headers["Location"]), (302, CONSOLE))


@test("a token is good for 15 minutes")
def _(aws):
    _, token = ask(aws, role_session(aws, aws.user()))
    login = {"Action": "login", "SigninToken": token, "Destination": CONSOLE}
    aws.ctl("clock advance", 899)
    equal(get(aws, **login)[0], 302)
    aws.ctl("clock advance", 1)
    equal(get(aws, **login)[0], 400)


@test("credentials of GetSessionToken are refused")
def _(aws):
    equal(ask(aws, aws.session(aws.user()))[0], 400)


@test("a federated user's credentials are taken, without a duration")
def _(aws):
    who = session_of(aws.client("sts", aws.user()).get_federation_token(
        Name="guest"))
    equal(ask(aws, who)[0], 200)
    equal(ask(aws, who, SessionDuration=3600)[0], 400)


@test("a chained role's session takes no duration, and one has limits")
def _(aws):
    who = aws.user()
    chained = role_session(aws, aws.session(who))
    equal(ask(aws, chained)[0], 200)
    equal(ask(aws, chained, SessionDuration=3600)[0], 400)
    plain = role_session(aws, who)
    for duration in (899, 43201, "x"):
        equal(ask(aws, plain, SessionDuration=duration)[0], 400)


@test("false, ended and garbled sessions are refused")
def _(aws):
    good = role_session(aws, aws.user())
    for bad in (Credentials(good.access_key, "x", good.token),
                Credentials(good.access_key, good.secret_key, "x"),
                Credentials("x", good.secret_key, good.token)):
        equal(ask(aws, bad)[0], 400)
    for text in ("", "{", "[]", "{}"):
        equal(get(aws, Action="getSigninToken", Session=text)[0], 400)
    equal(get(aws, Action="dance")[0], 400)
    aws.ctl("clock advance", 3600)
    equal(ask(aws, good)[0], 400)


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
