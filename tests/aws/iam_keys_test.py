#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Users, access keys and the account, as IAM shows and changes them."""
from scene import ACCOUNT, Scene, key_of, refused, session_of
from botocore.credentials import Credentials
from tap import equal, run, test

INVALID_TOKEN = "The security token included in the request is invalid."


def identity(aws, who):
    return aws.client("sts", who).get_caller_identity()["Arn"]


@test("GetUser describes the caller or the one named")
def _(aws):
    iam = aws.client("iam", aws.user(path="/ops/"))
    aws.user("bob")
    user = iam.get_user()["User"]
    equal((user["UserName"], user["Path"], user["Arn"]),
          ("alice", "/ops/", f"arn:aws:iam::{ACCOUNT}:user/ops/alice"))
    equal(iam.get_user(UserName="bob")["User"]["UserName"], "bob")
    refused("NoSuchEntity", 404, iam.get_user, UserName="eve",
            message="The user with name eve cannot be found.")


@test("a new key works; a user has two at most")
def _(aws):
    who = aws.user()
    key = aws.client("iam", who).create_access_key()["AccessKey"]
    equal((key["UserName"], key["Status"]), ("alice", "Active"))
    new = Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    equal(identity(aws, new), f"arn:aws:iam::{ACCOUNT}:user/alice")
    refused("LimitExceeded", 409, aws.client("iam", who).create_access_key,
            message="Cannot exceed quota for AccessKeysPerUser: 2")


@test("an inactive key is refused until it is active again")
def _(aws):
    who, admin = aws.user(), aws.user("admin")
    iam = aws.client("iam", admin)
    about = {"UserName": "alice", "AccessKeyId": who.access_key}
    iam.update_access_key(**about, Status="Inactive")
    refused("InvalidClientTokenId", 403, identity, aws, who,
            message=INVALID_TOKEN)
    iam.update_access_key(**about, Status="Active")
    identity(aws, who)


@test("a deleted key is unknown")
def _(aws):
    who = aws.user()
    iam = aws.client("iam", aws.user("admin"))
    about = {"UserName": "alice", "AccessKeyId": who.access_key}
    iam.delete_access_key(**about)
    refused("InvalidClientTokenId", 403, identity, aws, who)
    refused("NoSuchEntity", 404, iam.delete_access_key, **about,
            message=f"The Access Key with id {who.access_key} cannot be "
            "found.")
    refused("NoSuchEntity", 404, iam.update_access_key, **about,
            Status="Active")


@test("a new key is accepted after its propagation delay")
def _(aws):
    aws.ctl("settings set", key_propagation_s=5)
    who = aws.user()
    refused("InvalidClientTokenId", 403, identity, aws, who)
    aws.ctl("clock advance", 5)
    identity(aws, who)


@test("keys are listed with status and without secrets, in pages")
def _(aws):
    iam = aws.client("iam", aws.user())
    iam.create_access_key()
    pages = list(iam.get_paginator("list_access_keys").paginate(
        PaginationConfig={"PageSize": 1}))
    keys = [key for page in pages for key in page["AccessKeyMetadata"]]
    equal((len(pages), len(keys)), (2, 2))
    equal(sorted(keys[0]), ["AccessKeyId", "CreateDate", "Status", "UserName"])


@test("the last use of a key: absent, then time, service and region")
def _(aws):
    aws.user()
    other = aws.user("bob")
    iam = aws.client("iam", aws.user("admin"))
    ask = {"AccessKeyId": other.access_key}
    used = iam.get_access_key_last_used(**ask)
    equal(used["UserName"], "bob")
    equal(used["AccessKeyLastUsed"], {"ServiceName": "N/A", "Region": "N/A"})
    aws.client("sts", other, "eu-west-1").get_caller_identity()
    used = iam.get_access_key_last_used(**ask)["AccessKeyLastUsed"]
    equal((int(used["LastUsedDate"].timestamp()), used["ServiceName"],
           used["Region"]), (aws.now(), "sts", "eu-west-1"))
    refused("AccessDenied", 403, iam.get_access_key_last_used,
            AccessKeyId="AKIAIOSFODNN7EXAMPLE")


@test("the summary counts devices and tells of root's key")
def _(aws):
    iam = aws.client("iam", aws.user())
    aws.ctl("device create", "phone", user="alice")
    aws.ctl("device create", "free")
    summary = iam.get_account_summary()["SummaryMap"]
    equal((summary["MFADevices"], summary["MFADevicesInUse"]), (2, 1))
    equal((summary["AccountAccessKeysPresent"], summary["AccountMFAEnabled"]),
          (0, 0))
    aws.ctl("key create", "root")
    aws.ctl("device create", "safe", user="root")
    summary = iam.get_account_summary()["SummaryMap"]
    equal((summary["AccountAccessKeysPresent"], summary["AccountMFAEnabled"]),
          (1, 1))


@test("a session without MFA has no way into IAM; with MFA it has")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    plain = aws.client("iam", aws.session(who))
    refused("InvalidClientTokenId", 403, plain.get_user, message=INVALID_TOKEN)
    aws.client("iam", aws.session(who, "phone")).get_user()


@test("a role's session must name the user")
def _(aws):
    who = aws.user()
    role = aws.ctl("role create", "ops")
    answer = aws.client("sts", who).assume_role(RoleArn=role,
                                                RoleSessionName="me")
    iam = aws.client("iam", session_of(answer))
    refused("ValidationError", 400, iam.list_mfa_devices,
            message="Must specify userName when calling with non-User "
            "credentials")
    iam.list_mfa_devices(UserName="alice")


@test("accounts do not see each other")
def _(aws):
    aws.ctl("account create", "444455556666")
    stranger = key_of(aws.ctl("user create", "eve", account="444455556666"))
    aws.user()
    refused("NoSuchEntity", 404, aws.client("iam", stranger).get_user,
            UserName="alice")


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
