# SPDX-License-Identifier: MIT
"""AWS's own names: which partition and region a host is of, for callers that
come by one through the proxy. Each is as AWS documents it."""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Partition:
    regions: str       # a pattern
    suffix: str
    dualstack: str
    iam_region: str
    iam: tuple         # hosts
    signin: str
    some: tuple        # regions that the certificate is good for


PARTITIONS = {
    "aws": Partition(
        r"(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+", "amazonaws.com", "api.aws",
        "us-east-1", ("iam.amazonaws.com", "iam-fips.amazonaws.com",
                      "iam.global.api.aws", "iam-fips.global.api.aws"),
        "signin.aws.amazon.com",
        ("us-east-1", "us-west-2", "eu-central-1", "eu-west-1",
         "ap-south-1")),
    "aws-cn": Partition(
        r"cn-\w+-\d+", "amazonaws.com.cn", "api.amazonwebservices.com.cn",
        "cn-north-1", ("iam.cn-north-1.amazonaws.com.cn",
                       "iam.global.api.amazonwebservices.com.cn"),
        "signin.amazonaws.cn", ("cn-north-1", "cn-northwest-1")),
    "aws-us-gov": Partition(
        r"us-gov-\w+-\d+", "amazonaws.com", "api.aws", "us-gov-west-1",
        ("iam.us-gov.amazonaws.com", "iam.us-gov.api.aws"),
        "signin.amazonaws-us-gov.com", ("us-gov-west-1", "us-gov-east-1")),
    "aws-eusc": Partition(
        r"eusc-de-\w+-\d+", "amazonaws.eu", "api.amazonwebservices.eu",
        "eusc-de-east-1", ("iam.eusc-de-east-1.amazonaws.eu",
                           "iam.api.amazonwebservices.eu"),
        "eusc-de-east-1.signin.amazonaws-eusc.eu", ("eusc-de-east-1",)),
}
GLOBAL_STS = "sts.amazonaws.com"


def find(host):
    """(partition, region) of a host of STS or IAM; None for any other."""
    for name, partition in PARTITIONS.items():
        if host in partition.iam:
            return name, partition.iam_region
        match = re.fullmatch(
            rf"sts(?:-fips)?\.({partition.regions})\."
            rf"(?:{re.escape(partition.suffix)}|"
            rf"{re.escape(partition.dualstack)})", host)
        if match:
            return name, match[1]
    return ("aws", "us-east-1") if host == GLOBAL_STS else None


def names():
    """Hosts for a certificate."""
    yield GLOBAL_STS
    for partition in PARTITIONS.values():
        yield from partition.iam
        yield partition.signin
        yield partition.signin.replace("signin.", "signin-fips.")
        for region in partition.some:
            for suffix in (partition.suffix, partition.dualstack):
                yield f"sts.{region}.{suffix}"
                yield f"sts-fips.{region}.{suffix}"
