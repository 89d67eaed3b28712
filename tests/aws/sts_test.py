#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sessions: who mints which, for how long, and what they may do."""
import xml.etree.ElementTree as ElementTree

from scene import ACCOUNT, Scene, key_of, refused, session_of
from tap import equal, run, test

ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
SESSION = "Cannot call {} with session credentials"


def assume(aws, who, role, **params):
    return aws.client("sts", who).assume_role(
        RoleArn=role, RoleSessionName="me", **params)


def life_s(aws, answer):
    return int(answer["Credentials"]["Expiration"].timestamp()) - aws.now()


def not_authorized(aws, who, role, arn=ALICE, **params):
    refused("AccessDenied", 403, assume, aws, who, role, **params,
            message=f"User: {arn} is not authorized to perform: "
            f"sts:AssumeRole on resource: {role}")


@test("an identity has account, ARN and id")
def _(aws):
    answer = aws.client("sts", aws.user()).get_caller_identity()
    equal((answer["Account"], answer["Arn"], answer["UserId"][:4]),
          (ACCOUNT, ALICE, "AIDA"))
    root = key_of(aws.ctl("key create", "root"))
    answer = aws.client("sts", root).get_caller_identity()
    equal((answer["Arn"], answer["UserId"]),
          (f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT))


@test("replies are XML of the service's namespace, with a request id")
def _(aws):
    status, headers, body = aws.post(*aws.signed(aws.user()))
    equal((status, headers["Content-Type"]), (200, "text/xml"))
    space = "{https://sts.amazonaws.com/doc/2011-06-15/}"
    tree = ElementTree.fromstring(body)
    equal(tree.tag, space + "GetCallerIdentityResponse")
    equal([part.tag for part in tree], [space + "GetCallerIdentityResult",
                                        space + "ResponseMetadata"])
    equal(tree.findtext(f".//{space}RequestId"), headers["x-amzn-RequestId"])


@test("errors are XML of the service's namespace, with type and code")
def _(aws):
    headers, body = aws.signed(aws.user(), "iam", action="GetUser",
                               UserName="eve")
    status, headers, body = aws.post(headers, body)
    space = "{https://iam.amazonaws.com/doc/2010-05-08/}"
    tree = ElementTree.fromstring(body)
    equal((status, tree.tag), (404, space + "ErrorResponse"))
    equal([tree.findtext(f"{space}Error/{space}{name}")
           for name in ("Type", "Code")], ["Sender", "NoSuchEntity"])
    equal(tree.findtext(f"{space}RequestId"), headers["x-amzn-RequestId"])


@test("a session lasts 12 hours, or what was asked")
def _(aws):
    sts = aws.client("sts", aws.user())
    equal(life_s(aws, sts.get_session_token()), 43200)
    equal(life_s(aws, sts.get_session_token(DurationSeconds=900)), 900)


@test("root's sessions last one hour at most")
def _(aws):
    sts = aws.client("sts", key_of(aws.ctl("key create", "root")))
    equal(life_s(aws, sts.get_session_token()), 3600)
    equal(life_s(aws, sts.get_session_token(DurationSeconds=7200)), 3600)
    equal(life_s(aws, sts.get_session_token(DurationSeconds=900)), 900)


@test("a session acts as its user until it expires")
def _(aws):
    session = aws.session(aws.user(), DurationSeconds=900)
    sts = aws.client("sts", session)
    equal(sts.get_caller_identity()["Arn"], ALICE)
    aws.ctl("clock advance", 899)
    sts.get_caller_identity()
    aws.ctl("clock advance", 1)
    refused("ExpiredToken", 403, sts.get_caller_identity,
            message="The security token included in the request is expired")


@test("a session of STS calls AssumeRole and GetCallerIdentity only")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    role = aws.ctl("role create", "ops")
    session = aws.session(who, "phone")
    sts = aws.client("sts", session)
    sts.get_caller_identity()
    assume(aws, session, role)
    for call, params, name in (
            (sts.get_session_token, {}, "GetSessionToken"),
            (sts.get_federation_token, {"Name": "me"}, "GetFederationToken"),
            (sts.get_access_key_info, {"AccessKeyId": who.access_key},
             "GetAccessKeyInfo")):
        refused("AccessDenied", 403, call, **params,
                message=SESSION.format(name))


@test("a role's session mints no session and no federated user")
def _(aws):
    role = aws.ctl("role create", "ops")
    sts = aws.client("sts", session_of(assume(aws, aws.user(), role)))
    refused("AccessDenied", 403, sts.get_session_token)
    refused("AccessDenied", 403, sts.get_federation_token, Name="me")


@test("an assumed role has the session's name and one hour")
def _(aws):
    role = aws.ctl("role create", "ops")
    answer = assume(aws, aws.user(), role, SourceIdentity="alice")
    equal(life_s(aws, answer), 3600)
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/ops/me"
    equal(answer["AssumedRoleUser"]["Arn"], arn)
    equal(answer["SourceIdentity"], "alice")
    who = aws.client("sts", session_of(answer)).get_caller_identity()
    equal((who["Arn"], who["UserId"]),
          (arn, answer["AssumedRoleUser"]["AssumedRoleId"]))


@test("a role's own maximum bounds a session from a long-term key")
def _(aws):
    who = aws.user()
    long = aws.ctl("role create", "long", max_session_s=43200)
    short = aws.ctl("role create", "short")
    equal(life_s(aws, assume(aws, who, long, DurationSeconds=43200)), 43200)
    refused("ValidationError", 400, assume, aws, who, short,
            DurationSeconds=3601, message="The requested DurationSeconds "
            "exceeds the MaxSessionDuration set for this role.")


@test("a session that assumes a role is chaining: one hour at most")
def _(aws):
    who = aws.user()
    role = aws.ctl("role create", "long", max_session_s=43200)
    for session in (aws.session(who), session_of(assume(aws, who, role))):
        trusted = aws.client("sts", session).get_caller_identity()["Arn"]
        name = trusted.split("/")[-1]
        chained = aws.ctl("role create", f"by-{name}", trust=trusted,
                          max_session_s=43200)
        equal(life_s(aws, assume(aws, session, chained)), 3600)
        refused("ValidationError", 400, assume, aws, session, chained,
                DurationSeconds=3601, message="The requested DurationSeconds "
                "exceeds the 1 hour session limit for roles assumed by role "
                "chaining")


@test("a role that requires MFA takes a code, or a session that had one")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    role = aws.ctl("role create", "ops", require_mfa="yes")
    not_authorized(aws, who, role)
    not_authorized(aws, aws.session(who), role)
    serial = f"arn:aws:iam::{ACCOUNT}:mfa/phone"
    assume(aws, who, role, SerialNumber=serial, TokenCode=aws.code("phone"))
    assume(aws, aws.session(who, "phone", 1), role)


@test("a trust policy may want a code that is young enough")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    role = aws.ctl("role create", "ops", mfa_age_s=600)
    not_authorized(aws, who, role)
    not_authorized(aws, aws.session(who), role)
    session = aws.session(who, "phone")
    assume(aws, session, role)
    aws.ctl("clock advance", "599")
    assume(aws, session, role)
    aws.ctl("clock advance", "2")
    not_authorized(aws, session, role)
    serial = f"arn:aws:iam::{ACCOUNT}:mfa/phone"
    assume(aws, who, role, SerialNumber=serial, TokenCode=aws.code("phone"))


@test("a role's external id must be told")
def _(aws):
    who = aws.user()
    role = aws.ctl("role create", "ops", external_id="s3cret")
    not_authorized(aws, who, role)
    not_authorized(aws, who, role, ExternalId="other")
    assume(aws, who, role, ExternalId="s3cret")


@test("trust names who may assume; an unknown role is refused alike")
def _(aws):
    who = aws.user()
    aws.user("bob")
    role = aws.ctl("role create", "bobs", trust=ALICE.replace("alice", "bob"))
    not_authorized(aws, who, role)
    not_authorized(aws, who, f"arn:aws:iam::{ACCOUNT}:role/nowhere")
    aws.ctl("account create", "444455556666")
    far = aws.ctl("role create", "far", account="444455556666",
                  trust=ACCOUNT)
    assume(aws, who, far)
    by_role = aws.ctl("role create", "byrole", trust=far)
    not_authorized(aws, who, by_role)
    assume(aws, session_of(assume(aws, who, far)), by_role)
    closed = aws.ctl("role create", "closed", account="444455556666")
    not_authorized(aws, who, closed)


@test("root assumes no role")
def _(aws):
    role = aws.ctl("role create", "ops")
    refused("AccessDenied", 403, assume, aws,
            key_of(aws.ctl("key create", "root")), role,
            message="Roles may not be assumed by root accounts.")


@test("a federated user has a name of its own and no way into IAM")
def _(aws):
    answer = aws.client("sts", aws.user()).get_federation_token(Name="guest")
    arn = f"arn:aws:sts::{ACCOUNT}:federated-user/guest"
    equal(answer["FederatedUser"]["Arn"], arn)
    who = session_of(answer)
    equal(aws.client("sts", who).get_caller_identity()["Arn"], arn)
    refused("InvalidClientTokenId", 403,
            aws.client("iam", who).list_mfa_devices, UserName="alice")
    not_authorized(aws, who, aws.ctl("role create", "ops"), arn)


@test("the account of an access key can be asked for")
def _(aws):
    who = aws.user()
    sts = aws.client("sts", who)
    answer = sts.get_access_key_info(AccessKeyId=who.access_key)
    equal(answer["Account"], ACCOUNT)


@test("a policy must be JSON")
def _(aws):
    role = aws.ctl("role create", "ops")
    who = aws.user()
    assume(aws, who, role, Policy='{"Version": "2012-10-17"}')
    refused("MalformedPolicyDocument", 400, assume, aws, who, role,
            Policy="nonsense")


@test("a region where STS is off says so")
def _(aws):
    aws.ctl("settings set", disabled_regions="ap-east-1")
    who = aws.user()
    aws.client("sts", who, "eu-west-1").get_caller_identity()
    sts = aws.client("sts", who, "ap-east-1")
    refused("RegionDisabledException", 403, sts.get_caller_identity)


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
