#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""https: one good server, bad ones that clients must refuse, a proxy."""
import socket
import ssl
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, SSLError
from scene import PLAIN, Scene, key_of
from tap import equal, run, test


def sts(aws, who, url, **more):
    config = PLAIN.merge(Config(**more.pop("config", {})))
    return boto3.client("sts", endpoint_url=url, verify=aws.ca,
                        region_name="us-east-1", config=config,
                        aws_access_key_id=who.access_key,
                        aws_secret_access_key=who.secret_key)


def handshake(aws, name):
    """The server's TLS version, for a client that trusts the authority."""
    place = urlsplit(aws.addresses[name])
    context = ssl.create_default_context(cafile=aws.ca)
    with socket.create_connection((place.hostname, place.port)) as link:
        with context.wrap_socket(link, server_hostname="127.0.0.1") as secure:
            return secure.version()


def why_not(aws, name):
    try:
        handshake(aws, name)
    except ssl.SSLError as error:
        return str(error)
    raise AssertionError("connected")


@test("the good server is good, with plain http beside it")
def _(aws):
    who = aws.user()
    equal(handshake(aws, "good"), "TLSv1.3")
    sts(aws, who, aws.addresses["good"]).get_caller_identity()
    equal(aws.post(*aws.signed(who))[0], 200)


@test("the expired one has expired")
def _(aws):
    assert "expired" in why_not(aws, "expired")


@test("the one of another name has another name")
def _(aws):
    assert "not valid for '127.0.0.1'" in why_not(aws, "wrong-host")


@test("the stranger's authority is unknown")
def _(aws):
    assert "unable to get local issuer" in why_not(aws, "stranger")


@test("the old one speaks nothing from TLS 1.2 on")
def _(aws):
    place = urlsplit(aws.addresses["old"])
    context = ssl.create_default_context(cafile=aws.ca)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with socket.create_connection((place.hostname, place.port)) as link:
        with context.wrap_socket(link, server_hostname="127.0.0.1") as secure:
            equal(secure.version(), "TLSv1.1")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection((place.hostname, place.port)) as link:
        try:
            context.wrap_socket(link, server_hostname="127.0.0.1")
        except ssl.SSLError:
            return
    raise AssertionError("connected")


@test("an SDK refuses all of the bad ones")
def _(aws):
    who = aws.user()
    for name in ("expired", "wrong-host", "stranger", "old"):
        try:
            sts(aws, who, aws.addresses[name]).get_caller_identity()
        except SSLError:
            continue
        raise AssertionError(f"{name}: accepted")
    equal(aws.ctl("log count"), 0)


@test("through the proxy, AWS's own names lead here")
def _(aws):
    proxies = {"https": aws.addresses["proxy"]}
    client = sts(aws, aws.user(), None, config={"proxies": proxies})
    client.get_caller_identity()
    headers = {name.lower(): value
               for name, value in aws.ctl("log last")["headers"]}
    host = urlsplit(client.meta.endpoint_url).netloc
    equal(headers["host"], host)
    assert host.endswith(".amazonaws.com"), host
    equal(aws.ctl("proxy list"), [{"host": f"{host}:443"}])


def answer_at(aws, who, host, region):
    """(status, code) of a call to one of AWS's names, signed for a region."""
    proxies = {"https": aws.addresses["proxy"]}
    client = boto3.client(
        "sts", endpoint_url=f"https://{host}", region_name=region,
        verify=aws.ca, config=PLAIN.merge(Config(proxies=proxies)),
        aws_access_key_id=who.access_key, aws_secret_access_key=who.secret_key)
    try:
        client.get_caller_identity()
        return 200, ""
    except ClientError as error:
        return (error.response["ResponseMetadata"]["HTTPStatusCode"],
                error.response["Error"]["Code"])


@test("by AWS's own names, a call is signed for the region of the name")
def _(aws):
    who = aws.user()
    for host in ("sts.eu-west-1.amazonaws.com", "sts-fips.us-west-2.api.aws",
                 "sts.amazonaws.com"):
        region = "us-east-1" if host == "sts.amazonaws.com" else \
            host.split(".")[1]
        equal(answer_at(aws, who, host, region), (200, ""))
        equal(answer_at(aws, who, host, "ap-south-1"),
              (403, "SignatureDoesNotMatch"))


@test("by AWS's own names, a partition knows no other one's keys")
def _(aws):
    aws.ctl("account create", "444455556666", partition="aws-eusc")
    who = key_of(aws.ctl("user create", "li", account="444455556666"))
    equal(answer_at(aws, who, "sts.eusc-de-east-1.amazonaws.eu",
                    "eusc-de-east-1"), (200, ""))
    equal(answer_at(aws, who, "sts.us-east-1.amazonaws.com", "us-east-1"),
          (403, "InvalidClientTokenId"))


@test("a fault strikes over TLS as well")
def _(aws):
    who = aws.user()
    aws.ctl("fault add", "GetCallerIdentity", "close")
    client = sts(aws, who, aws.addresses["good"])
    try:
        client.get_caller_identity()
    except Exception as error:
        assert "closed" in str(error), error
    else:
        raise AssertionError("answered")
    client.get_caller_identity()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        with Scene("--tls", folder) as scene:
            scene.ca = str(Path(folder, "ca.pem"))
            run(scene, before=Scene.start_over)
