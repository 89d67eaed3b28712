#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Codes at STS: the window, single use, the budget, and late news of IAM."""
from scene import Scene, key_of, oathtool, refused, serial
from standin.mfa import BAD_CODE, UNABLE
from tap import equal, run, test

RFC_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def mint(aws, who, device="phone", step=0):
    return aws.session(who, device, step)


def enrolled(aws, name="alice", device="phone"):
    who = aws.user(name)
    aws.ctl("device create", device, user=name)
    return who


def wrong(aws, who, device="phone", step=0):
    refused("AccessDenied", 403, mint, aws, who, device, step,
            message=BAD_CODE)


def unable(aws, who, device="phone", step=0):
    refused("AccessDenied", 403, mint, aws, who, device, step, message=UNABLE)


@test("texts of refusals end and are spaced as AWS's")
def _(aws):
    assert BAD_CODE.endswith("pass code. ")
    assert "MFA code.  Please" in UNABLE


@test("codes are those of oathtool, at RFC 6238's times too")
def _(aws):
    aws.ctl("device create", "rfc", seed=RFC_SEED)
    for unix in (59, 1111111109, 1111111111, 1234567890, 2000000000,
                 20000000000):
        aws.ctl("clock stop", unix)
        equal(aws.ctl("device code", "rfc"), oathtool(RFC_SEED, unix))
    aws.ctl("clock stop", 59)
    equal(aws.ctl("device code", "rfc"), "287082")


@test("five steps around the present are good, in any order")
def _(aws):
    who = enrolled(aws)
    for step in (1, -2, 0, 2, -1):
        mint(aws, who, step=step)


@test("three steps off are refused on either side")
def _(aws):
    who = enrolled(aws)
    wrong(aws, who, step=-3)
    wrong(aws, who, step=3)


@test("a code works once, however long the step lasts")
def _(aws):
    who = enrolled(aws)
    mint(aws, who)
    wrong(aws, who)


@test("one seed mints several sessions at one moment")
def _(aws):
    who = enrolled(aws)
    ids = {mint(aws, who, step=step).access_key for step in (0, 1, -1)}
    equal(len(ids), 3)


@test("nine verifications fit a window, right or wrong")
def _(aws):
    who = enrolled(aws)
    for step in (-2, -1, 0, 1, 2):
        mint(aws, who, step=step)
    for _ in range(4):
        wrong(aws, who, step=9)
    equal(aws.ctl("device show", "phone")["attempts"], 9)
    unable(aws, who, step=0)
    # An unspent code, of a step that is now in reach.
    aws.ctl("clock advance", 30)
    unable(aws, who, step=2)


@test("the next aligned window brings a new budget")
def _(aws):
    who = enrolled(aws)
    aws.ctl("clock advance", 179)
    for _ in range(9):
        wrong(aws, who, step=9)
    unable(aws, who)
    aws.ctl("clock advance", 1)
    mint(aws, who)


@test("sibling devices have budgets of their own")
def _(aws):
    who = enrolled(aws)
    aws.ctl("device create", "spare", user="alice")
    for _ in range(9):
        wrong(aws, who, step=9)
    unable(aws, who)
    mint(aws, who, "spare")


@test("a device made anew under its ARN inherits the spent budget")
def _(aws):
    who = enrolled(aws)
    for _ in range(9):
        wrong(aws, who, step=9)
    aws.ctl("device remove", "phone")
    aws.ctl("device create", "phone", user="alice")
    unable(aws, who)


@test("an unknown serial, another's, an SMS one: unable to validate")
def _(aws):
    who = enrolled(aws)
    enrolled(aws, "bob", "bobs")
    unable(aws, who, "bobs")
    sts = aws.client("sts", who)
    for name in ("mfa/nobody", "sms-mfa/alice"):
        refused("AccessDenied", 403, sts.get_session_token,
                SerialNumber=serial("").replace("mfa/", name),
                TokenCode="123456", message=UNABLE)


@test("a code without a serial, and a serial without a code, are refused")
def _(aws):
    sts = aws.client("sts", enrolled(aws))
    for half in ({"TokenCode": "123456"}, {"SerialNumber": serial("phone")}):
        refused("AccessDenied", 403, sts.get_session_token, **half,
                message="MultiFactorAuthentication failed, must provide both "
                "MFA serial number and one time pass code.")


@test("AssumeRole spends codes as GetSessionToken does")
def _(aws):
    who = enrolled(aws)
    role = aws.ctl("role create", "ops", require_mfa="yes")
    params = {"RoleArn": role, "RoleSessionName": "me",
              "SerialNumber": serial("phone"), "TokenCode": aws.code("phone")}
    aws.client("sts", who).assume_role(**params)
    refused("AccessDenied", 403, aws.client("sts", who).assume_role, **params,
            message=BAD_CODE)


@test("root has no MFA-protected access")
def _(aws):
    root = key_of(aws.ctl("key create", "root"))
    aws.ctl("device create", "rootphone", user="root")
    unable(aws, root, "rootphone")


@test("an enabled device reaches STS after the propagation delay")
def _(aws):
    aws.ctl("settings set", propagation_s=10)
    who = enrolled(aws)
    unable(aws, who)
    aws.ctl("clock advance", 9)
    unable(aws, who)
    aws.ctl("clock advance", 1)
    mint(aws, who)


@test("a disabled device works on for the old binding's moment only")
def _(aws):
    who = enrolled(aws)
    aws.ctl("settings set", propagation_s=10, old_binding_s=2)
    aws.ctl("clock advance", 10)
    aws.ctl("device disable", "phone")
    mint(aws, who)
    aws.ctl("clock advance", 2)
    unable(aws, who, step=1)
    aws.ctl("clock advance", 8)
    unable(aws, who, step=1)


@test("a resync reaches STS late, and spent codes stay spent")
def _(aws):
    who = enrolled(aws)
    mint(aws, who, step=0)
    aws.ctl("settings set", propagation_s=8, old_binding_s=2)
    aws.ctl("clock advance", 8)
    pair = [aws.code("phone", step) for step in (19, 20)]
    aws.client("iam", who).resync_mfa_device(
        UserName="alice", SerialNumber=serial("phone"),
        AuthenticationCode1=pair[0], AuthenticationCode2=pair[1])
    mint(aws, who, step=1)
    wrong(aws, who, step=20)
    aws.ctl("clock advance", 2)
    unable(aws, who, step=20)
    aws.ctl("clock advance", 6)
    mint(aws, who, step=20)
    wrong(aws, who, step=2)
    back = [aws.code("phone", step) for step in (21, 22)]
    aws.client("iam", who).resync_mfa_device(
        UserName="alice", SerialNumber=serial("phone"),
        AuthenticationCode1=back[0], AuthenticationCode2=back[1])
    aws.ctl("clock advance", 8)
    wrong(aws, who, step=20)


@test("setting the date back does not undo what has propagated")
def _(aws):
    aws.ctl("settings set", propagation_s=10)
    enrolled(aws)
    aws.ctl("clock advance", 10)
    aws.ctl("clock set", aws.now() - 600)
    who = key_of(aws.ctl("key create", "alice"))
    mint(aws, who)


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
