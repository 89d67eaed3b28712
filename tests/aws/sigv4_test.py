#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Signatures: what is accepted, what is refused, and in which words."""
import hashlib
import re

from botocore.credentials import Credentials
from scene import Scene, key_of, refused
from standin.clock import basic_iso8601, parse_basic_iso8601
from standin.sigv4 import MISMATCH
from tap import equal, run, test

INVALID_TOKEN = "The security token included in the request is invalid."


def sts(aws, who, region="us-east-1"):
    return aws.client("sts", who, region).get_caller_identity


def answer_of(aws, headers, body, **where):
    """(status, code, message) of a bare exchange."""
    status, _, reply = aws.post(headers, body, **where)
    texts = [re.search(rb"<%s>(.*?)</%s>" % (name, name), reply)
             for name in (b"Code", b"Message")]
    return (status, *(m and m[1].decode() for m in texts))


@test("the wrong secret does not match")
def _(aws):
    who = aws.user()
    refused("SignatureDoesNotMatch", 403,
            sts(aws, Credentials(who.access_key, "wrong")), message=MISMATCH)


@test("a changed body, path, host or signed header does not match")
def _(aws):
    headers, body = aws.signed(aws.user())
    mismatch = (403, "SignatureDoesNotMatch", MISMATCH)
    equal(answer_of(aws, headers, body + "&x=1"), mismatch)
    equal(answer_of(aws, headers, body, path="/x"), mismatch)
    equal(answer_of(aws, headers, body, path="/?x=1"), mismatch)
    equal(answer_of(aws, headers, body, method="PUT"), mismatch)
    equal(answer_of(aws, headers | {"Host": "sts.amazonaws.com"}, body),
          mismatch)
    equal(answer_of(aws, headers | {"Content-Type": "text/plain"}, body),
          mismatch)
    equal(aws.post(headers, body)[0], 200)


@test("headers that were not signed may change, but not the host or X-Amz-*")
def _(aws):
    headers, body = aws.signed(aws.user())
    equal(aws.post(headers | {"Accept": "text/xml"}, body)[0], 200)
    status, code, text = answer_of(aws, headers | {"X-Amz-Target": "x"}, body)
    equal((status, code), (403, "SignatureDoesNotMatch"))
    assert text.startswith("'x-amz-target' must be a 'SignedHeader'"), text
    unhosted = headers | {"Authorization": headers["Authorization"].replace(
        ";host;", ";")}
    equal(answer_of(aws, unhosted, body)[1], "SignatureDoesNotMatch")


@test("a body's declared hash must be the body's")
def _(aws):
    who = aws.user()
    body = aws.signed(who)[1]
    for declared, status in ((body, 200), ("other", 403)):
        headers = {"X-Amz-Content-SHA256":
                   hashlib.sha256(declared.encode()).hexdigest()}
        equal(aws.post(*aws.signed(who, headers=headers))[0], status)


@test("an unknown key is an invalid token, and so is a stray session token")
def _(aws):
    who = aws.user()
    for stranger in (Credentials("AKIAIOSFODNN7EXAMPLE", who.secret_key),
                     Credentials(who.access_key, who.secret_key, "stray")):
        refused("InvalidClientTokenId", 403, sts(aws, stranger),
                message=INVALID_TOKEN)


@test("a session's key needs its own session token")
def _(aws):
    who = aws.user()
    one, other = aws.session(who), aws.session(who)
    for token in (None, other.token, one.token[:-1]):
        refused("InvalidClientTokenId", 403, sts(aws, Credentials(
            one.access_key, one.secret_key, token)), message=INVALID_TOKEN)
    sts(aws, one)()


@test("a signature is good for 15 minutes, then it has expired")
def _(aws):
    request = aws.signed(aws.user())
    signed_at = request[0]["X-Amz-Date"]
    aws.ctl("clock stop", parse_basic_iso8601(signed_at) + 900)
    equal(aws.post(*request)[0], 200)
    aws.ctl("clock advance", 1)
    now = aws.now()
    equal(answer_of(aws, *request), (
        403, "SignatureDoesNotMatch",
        f"Signature expired: {signed_at} is now earlier than "
        f"{basic_iso8601(now - 900)} ({basic_iso8601(now)} - 15 min.)"))


@test("a signature is not current 15 minutes before its time")
def _(aws):
    request = aws.signed(aws.user())
    signed_at = request[0]["X-Amz-Date"]
    aws.ctl("clock stop", parse_basic_iso8601(signed_at) - 900)
    equal(aws.post(*request)[0], 200)
    aws.ctl("clock advance", -1)
    now = aws.now()
    equal(answer_of(aws, *request), (
        403, "SignatureDoesNotMatch",
        f"Signature not yet current: {signed_at} is still later than "
        f"{basic_iso8601(now + 900)} ({basic_iso8601(now)} + 15 min.)"))


@test("STS is signed for any region of the partition, IAM for one")
def _(aws):
    who = aws.user()
    sts(aws, who, "eu-central-1")()
    iam = aws.client("iam", who, "us-east-1")
    iam.get_user()
    status, code, text = answer_of(aws, *aws.signed(
        who, "iam", "eu-central-1", "GetUser"))
    equal((status, code, text), (
        403, "SignatureDoesNotMatch", "Credential should be scoped to a valid "
        "region, not 'eu-central-1'. "))
    equal(answer_of(aws, *aws.signed(who, "sts", "cn-north-1"))[1],
          "SignatureDoesNotMatch")


@test("China and GovCloud have regions of their own")
def _(aws):
    for number, partition, region in (("444455556666", "aws-cn", "cn-north-1"),
                                      ("777788889999", "aws-us-gov",
                                       "us-gov-west-1")):
        aws.ctl("account create", number, partition=partition)
        who = key_of(aws.ctl("user create", "li", account=number))
        equal(aws.post(*aws.signed(who, "sts", region))[0], 200)
        equal(aws.post(*aws.signed(who, "iam", region, "GetUser"))[0], 200)
        equal(aws.post(*aws.signed(who))[0], 403)


@test("the scope must name the service")
def _(aws):
    who = aws.user()
    headers, body = aws.signed(who, "iam", action="GetUser")
    body = body.replace("2010-05-08", "2011-06-15")
    equal(answer_of(aws, headers, body), (
        403, "SignatureDoesNotMatch",
        "Credential should be scoped to correct service: 'sts'. "))


@test("the scope's date and end must be right")
def _(aws):
    headers, body = aws.signed(aws.user())
    today = headers["X-Amz-Date"][:8]
    for good, bad in ((f"/{today}/", "/20200101/"),
                      ("aws4_request", "aws5_request")):
        changed = headers["Authorization"].replace(good, bad)
        equal(answer_of(aws, headers | {"Authorization": changed}, body)[:2],
              (403, "SignatureDoesNotMatch"))


@test("an unsigned request misses its token")
def _(aws):
    equal(answer_of(aws, {}, "Action=GetCallerIdentity&Version=2011-06-15"),
          (403, "MissingAuthenticationToken",
           "Request is missing Authentication Token"))


@test("an incomplete authorization is told apart")
def _(aws):
    headers, body = aws.signed(aws.user())
    good = headers["Authorization"]
    for bad in (good.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"),
                good.replace("Signature=", "Sgnature="),
                good.replace("SignedHeaders=", "Headers="),
                good.replace("/sts/", "/")):
        equal(answer_of(aws, headers | {"Authorization": bad}, body)[:2],
              (400, "IncompleteSignature"))
    for bad in ("", "yesterday"):
        equal(answer_of(aws, headers | {"X-Amz-Date": bad}, body)[:2],
              (400, "IncompleteSignature"))


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
