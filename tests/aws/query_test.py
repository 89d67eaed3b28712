#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Query protocol: parameters are checked as AWS checks them."""
from scene import ACCOUNT, Scene, refused, serial
from tap import equal, run, test

ONE = "1 validation error detected: "
TWO = "2 validation errors detected: "


def value(text, name, constraint):
    return (f"Value {text} at '{name}' failed to satisfy constraint: "
            f"Member must {constraint}")


def invalid(call, text, **params):
    refused("ValidationError", 400, call, **params, message=text)


@test("numbers have a least and a greatest value")
def _(aws):
    call = aws.client("sts", aws.user()).get_session_token
    invalid(call, ONE + value("'899'", "durationSeconds", "have value greater "
                              "than or equal to 900"), DurationSeconds=899)
    invalid(call, ONE + value("'129601'", "durationSeconds", "have value less "
                              "than or equal to 129600"),
            DurationSeconds=129601)
    call(DurationSeconds=129600)


@test("texts have a least and a greatest length")
def _(aws):
    call = aws.client("sts", aws.user()).get_session_token
    invalid(call, ONE + value("'12345'", "tokenCode", "have length greater "
                              "than or equal to 6"),
            SerialNumber=serial("phone"), TokenCode="12345")
    invalid(call, ONE + value("'1234567'", "tokenCode", "have length less "
                              "than or equal to 6"),
            SerialNumber=serial("phone"), TokenCode="1234567")


@test("texts have a pattern, in ASCII")
def _(aws):
    call = aws.client("sts", aws.user()).get_session_token
    for code in ("12345x", "12345\u0667"):
        invalid(call, ONE + value(f"'{code}'", "tokenCode", "satisfy regular "
                                  r"expression pattern: [\d]*"),
                SerialNumber=serial("phone"), TokenCode=code)


@test("all faults of a request are told at once")
def _(aws):
    call = aws.client("sts", aws.user()).assume_role
    invalid(call, TWO + value("null", "roleArn", "not be null") + "; "
            + value("'x'", "roleSessionName", "have length greater than or "
                    "equal to 2"), RoleSessionName="x")


@test("what is required must be there")
def _(aws):
    call = aws.client("iam", aws.user()).enable_mfa_device
    invalid(call, TWO + value("null", "authenticationCode1", "not be null")
            + "; " + value("null", "authenticationCode2", "not be null"),
            UserName="alice", SerialNumber=serial("phone"))


@test("a choice is of its set")
def _(aws):
    who = aws.user()
    call = aws.client("iam", who).update_access_key
    refused("ValidationError", 400, call, AccessKeyId=who.access_key,
            Status="Asleep")


@test("items of a list are checked one by one")
def _(aws):
    call = aws.client("iam", aws.user()).create_virtual_mfa_device
    text = refused("ValidationError", 400, call, VirtualMFADeviceName="phone",
                   Tags=[{"Key": "a", "Value": "1"}, {"Key": "", "Value": "2"}])
    assert value("''", "tags.2.member.key", "have length greater than or "
                 "equal to 1") in text, text


@test("tags are kept")
def _(aws):
    tags = [{"Key": "Owner", "Value": "a b/c"}, {"Key": "x", "Value": ""}]
    iam = aws.client("iam", aws.user())
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Tags=tags)
    device, = iam.list_virtual_mfa_devices()["VirtualMFADevices"]
    equal(device["Tags"], tags)


@test("a number that is none is malformed input")
def _(aws):
    status, _, body = aws.post(*aws.signed(
        aws.user(), action="GetSessionToken", DurationSeconds="1h"))
    equal(status, 400)
    assert b"<Code>MalformedInput</Code>" in body


@test("an action that the service lacks is named")
def _(aws):
    status, _, body = aws.post(*aws.signed(aws.user(), action="GetUser"))
    equal(status, 400)
    assert b"<Code>InvalidAction</Code>" in body
    assert b"operation GetUser for version 2011-06-15" in body


@test("unknown parameters are no offence")
def _(aws):
    status, _, _ = aws.post(*aws.signed(aws.user(), Novelty="1"))
    equal(status, 200)


@test("a value is quoted in a reply as text, not as markup")
def _(aws):
    call = aws.client("iam", aws.user()).get_user
    text = refused("ValidationError", 400, call, UserName="<a&b>")
    assert "Value '<a&b>' at 'userName'" in text, text
    odd = aws.client("sts", aws.user("<a&b>")).get_caller_identity()
    equal(odd["Arn"], f"arn:aws:iam::{ACCOUNT}:user/<a&b>")


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
