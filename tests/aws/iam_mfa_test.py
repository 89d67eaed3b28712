#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The life of a virtual MFA device, and who may do what to it."""
import base64
import subprocess

from scene import ACCOUNT, Scene, key_of, oathtool, refused, serial
from standin.iam import MFA_NEEDED
from standin.iam_mfa import BAD_PAIR
from tap import equal, run, test


def create(aws, who, name="phone", **params):
    answer = aws.client("iam", who).create_virtual_mfa_device(
        VirtualMFADeviceName=name, **params)
    return answer["VirtualMFADevice"]


def own(aws, who, device="phone"):
    return {"UserName": "alice", "SerialNumber": serial(device)}


def bad_pair(aws, who, steps, device="phone"):
    refused("InvalidAuthenticationCode", 403, aws.enable, who, device,
            steps=steps, message=BAD_PAIR)


def read_qr(png):
    done = subprocess.run(["zbarimg", "-q", "--raw",
                           "-Stest-inverted", "-"], input=png,
                          capture_output=True, check=True)
    return done.stdout.decode().strip()


@test("a device comes with a 40-byte seed and AWS's QR code")
def _(aws):
    device = create(aws, aws.user())
    equal(device["SerialNumber"], f"arn:aws:iam::{ACCOUNT}:mfa/phone")
    seed = device["Base32StringSeed"].decode()
    equal(len(base64.b32decode(seed)), 40)
    equal(read_qr(device["QRCodePNG"]),
          f"otpauth://totp/Amazon%20Web%20Services:phone@{ACCOUNT}"
          f"?secret={seed}&issuer=Amazon%20Web%20Services")


@test("QR codes: alias, older form, dark mode")
def _(aws):
    aws.ctl("account alias", "acme")
    aws.ctl("device create", "phone")
    secret = aws.ctl("device seed", "phone")
    tail = f"phone@acme?secret={secret}&issuer=Amazon%20Web%20Services"
    equal(read_qr(aws.png("phone")),
          f"otpauth://totp/Amazon%20Web%20Services:{tail}")
    equal(read_qr(aws.png("phone", old="yes")), f"otpauth://totp/{tail}")
    equal(read_qr(aws.png("phone", inverted="yes")),
          f"otpauth://totp/Amazon%20Web%20Services:{tail}")


@test("names are taken once; a path makes another name")
def _(aws):
    who = aws.user()
    create(aws, who)
    refused("EntityAlreadyExists", 409, create, aws, who,
            message="MFADevice entity at the same path and name already "
            "exists.")
    device = create(aws, who, Path="/ops/")
    equal(device["SerialNumber"], f"arn:aws:iam::{ACCOUNT}:mfa/ops/phone")


@test("the pair (T-1, T) enables at once, and its codes stay good")
def _(aws):
    who = aws.user()
    create(aws, who)
    aws.enable(who, "phone")
    aws.session(who, "phone", -1)
    aws.session(who, "phone", 0)


@test("a pair must be consecutive, in order, and the device's own")
def _(aws):
    who = aws.user()
    create(aws, who)
    bad_pair(aws, who, (0, 0))
    bad_pair(aws, who, (0, -1))
    bad_pair(aws, who, (-2, 0))
    create(aws, who, "other")
    refused("InvalidAuthenticationCode", 403,
            aws.client("iam", who).enable_mfa_device, **own(aws, who),
            AuthenticationCode1=aws.code("other", -1),
            AuthenticationCode2=aws.code("other", 0), message=BAD_PAIR)


@test("pairs are searched from -998 to +1000 steps, no farther")
def _(aws):
    who = aws.user()
    create(aws, who)
    bad_pair(aws, who, (-999, -998))
    bad_pair(aws, who, (1000, 1001))
    aws.enable(who, "phone", steps=(-998, -997))
    equal(aws.ctl("device show", "phone")["offset"], -997)
    create(aws, who, "ahead")
    aws.ctl("user create", "bob")
    aws.enable(who, "ahead", "bob", steps=(999, 1000))
    equal(aws.ctl("device show", "ahead")["offset"], 1000)


@test("a pair sets the clock offset that STS then uses")
def _(aws):
    who = aws.user()
    create(aws, who)
    aws.enable(who, "phone", steps=(9, 10))
    aws.session(who, "phone", 12)
    refused("AccessDenied", 403, aws.session, who, "phone", 7)


@test("a pair never works twice, nor an older one, nor one that overlaps")
def _(aws):
    who = aws.user()
    create(aws, who)
    aws.enable(who, "phone")
    aws.ctl("device disable", "phone")
    bad_pair(aws, who, (-1, 0))
    bad_pair(aws, who, (-3, -2))
    bad_pair(aws, who, (0, 1))
    aws.enable(who, "phone", steps=(1, 2))


@test("resync searches around the device's present offset")
def _(aws):
    who = aws.user()
    create(aws, who)
    aws.enable(who, "phone", steps=(899, 900))
    iam = aws.client("iam", who)
    codes = [aws.code("phone", step) for step in (1800, 1801)]
    iam.resync_mfa_device(**own(aws, who), AuthenticationCode1=codes[0],
                          AuthenticationCode2=codes[1])
    equal(aws.ctl("device show", "phone")["offset"], 1801)
    refused("InvalidAuthenticationCode", 403, iam.resync_mfa_device,
            **own(aws, who), AuthenticationCode1=codes[0],
            AuthenticationCode2=codes[1], message=BAD_PAIR)


@test("resync stays open to the long-term key")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    aws.client("iam", who).resync_mfa_device(
        **own(aws, who), AuthenticationCode1=aws.code("phone", -1),
        AuthenticationCode2=aws.code("phone", 0))


@test("the second device, and removing any, take an MFA session")
def _(aws):
    who = aws.user()
    create(aws, who)
    aws.enable(who, "phone")
    create(aws, who, "spare")
    refused("AccessDenied", 403, aws.enable, who, "spare", message=MFA_NEEDED)
    refused("AccessDenied", 403,
            aws.client("iam", who).deactivate_mfa_device, **own(aws, who),
            message=MFA_NEEDED)
    aws.enable(aws.session(who, "phone"), "spare")


@test("another's devices are not the own: an administrator may")
def _(aws):
    admin = aws.user("admin")
    aws.user("alice")
    aws.ctl("device create", "mine", user="admin")
    create(aws, admin)
    aws.enable(admin, "phone")
    aws.client("iam", admin).deactivate_mfa_device(**own(aws, admin))


@test("a session removes the device that minted it, and keeps its MFA")
def _(aws):
    who = aws.user()
    create(aws, who)
    aws.enable(who, "phone")
    session = aws.session(who, "phone")
    iam = aws.client("iam", session)
    iam.deactivate_mfa_device(**own(aws, session))
    iam.delete_virtual_mfa_device(SerialNumber=serial("phone"))
    equal(iam.list_mfa_devices()["MFADevices"], [])
    equal(aws.ctl("device list"), [])


@test("a device in use is not deleted")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone", user="alice")
    refused("DeleteConflict", 409,
            aws.client("iam", who).delete_virtual_mfa_device,
            SerialNumber=serial("phone"))


@test("eight devices are a user's most")
def _(aws):
    who = aws.user()
    for number in range(7):
        aws.ctl("device create", f"d{number}", user="alice")
    session = aws.session(who, "d0")
    create(aws, who, "d7")
    aws.enable(session, "d7")
    create(aws, who, "d8")
    refused("LimitExceeded", 409, aws.enable, session, "d8")


@test("an enabled device is not enabled again, for nobody")
def _(aws):
    who = aws.user()
    aws.ctl("user create", "bob")
    aws.ctl("device create", "phone", user="bob")
    refused("EntityAlreadyExists", 409, aws.enable, who, "phone")


@test("unknown devices and users are named")
def _(aws):
    who = aws.user()
    aws.ctl("device create", "phone")
    refused("NoSuchEntity", 404, aws.client("iam", who).enable_mfa_device,
            UserName="nobody", SerialNumber=serial("phone"),
            AuthenticationCode1="123456", AuthenticationCode2="123456",
            message="The user with name nobody cannot be found.")
    refused("NoSuchEntity", 404,
            aws.client("iam", who).delete_virtual_mfa_device,
            SerialNumber=serial("other"),
            message=f"VirtualMFADevice with serial number {serial('other')} "
            "does not exist.")
    refused("NoSuchEntity", 404, aws.client("iam", who).deactivate_mfa_device,
            **own(aws, who), message="MFA Device invalid for user.")


@test("devices are listed by user, by assignment, and in pages")
def _(aws):
    iam = aws.client("iam", aws.user())
    for name in "abc":
        aws.ctl("device create", name, user="alice")
    aws.ctl("device create", "free")
    pages = iam.get_paginator("list_mfa_devices").paginate(
        PaginationConfig={"PageSize": 2})
    found = [[d["SerialNumber"] for d in page["MFADevices"]] for page in pages]
    equal(found, [[serial("a"), serial("b")], [serial("c")]])
    for status, names in (("Assigned", "abc"), ("Unassigned", ["free"]),
                          ("Any", [*"abc", "free"])):
        pages = iam.get_paginator("list_virtual_mfa_devices").paginate(
            AssignmentStatus=status, PaginationConfig={"PageSize": 1})
        found = [d["SerialNumber"] for page in pages
                 for d in page["VirtualMFADevices"]]
        equal(found, [serial(name) for name in names])
    refused("ValidationError", 400, iam.list_mfa_devices, Marker="bogus")


@test("a listing tells whose a device is and since when")
def _(aws):
    iam = aws.client("iam", aws.user())
    aws.ctl("device create", "phone", user="alice")
    device, = iam.list_virtual_mfa_devices()["VirtualMFADevices"]
    equal(device["User"]["UserName"], "alice")
    equal(int(device["EnableDate"].timestamp()), aws.now())
    assert "Base32StringSeed" not in device


@test("a planted seed is the device's")
def _(aws):
    aws.ctl("device create", "phone", seed="JBSWY3DPEHPK3PXP")
    equal(aws.ctl("device seed", "phone"), "JBSWY3DPEHPK3PXP")
    equal(aws.ctl("device code", "phone"),
          oathtool("JBSWY3DPEHPK3PXP", aws.now()))


@test("an account of another partition has ARNs of its own")
def _(aws):
    aws.ctl("account create", "444455556666", partition="aws-cn")
    who = key_of(aws.ctl("user create", "li", account="444455556666"))
    iam = aws.client("iam", who, region="cn-north-1")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")
    equal(device["VirtualMFADevice"]["SerialNumber"],
          "arn:aws-cn:iam::444455556666:mfa/phone")


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
