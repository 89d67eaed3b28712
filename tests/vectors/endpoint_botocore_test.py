#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where fob calls STS and IAM is where botocore does, in the partitions that
this botocore knows: its clients are made and asked, up to the wire."""
import os
import pathlib
import subprocess

os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = \
    "/nonexistent"

import botocore
import botocore.loaders
import botocore.session
from botocore.config import Config

DRIVER = pathlib.Path(os.environ["TOP"],
                      "build/asan/tests/unit/aws/endpoint_driver")
VARIANTS = {"plain": (False, False), "fips": (True, False),
            "dualstack": (False, True), "both": (True, True)}
# Of a partition; "aws-global" is a name that botocore knows, too.
REGIONS = {"aws": ["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1",
                   "eu-south-2", "aws-global"],
           "aws-cn": ["cn-north-1", "cn-northwest-1"],
           "aws-us-gov": ["us-gov-west-1", "us-gov-east-1"],
           "aws-eusc": ["eusc-de-east-1"],
           "aws-iso": ["us-iso-east-1", "us-iso-west-1"],
           "aws-iso-b": ["us-isob-east-1"],
           "aws-iso-e": ["eu-isoe-west-1"],
           "aws-iso-f": ["us-isof-south-1"]}


class Seen(Exception):
    """A request that was made and is not sent."""


def theirs(service, region, variant, kind):
    """(URL, region of the signature) of a client's call; None if refused."""
    session = botocore.session.Session()
    session.set_config_variable("sts_regional_endpoints", kind)
    fips, dualstack = VARIANTS[variant]
    config = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dualstack)
    try:
        client = session.create_client(
            service, region_name=region, config=config,
            aws_access_key_id="AKIA", aws_secret_access_key="x")
        client.meta.events.register("before-send", take)
        call = client.get_caller_identity if service == "sts" \
            else client.list_mfa_devices
        call()
    except Seen as seen:
        request, = seen.args
        header = request.headers["Authorization"]
        text = header.decode() if isinstance(header, bytes) else header
        return f"{request.url} {text.split('/')[2]}"
    except botocore.exceptions.BotoCoreError:
        return None


def take(request, **_):
    raise Seen(request)


def knows(partition):
    """Partitions that came later are not in Debian 12's rules, nor is IAM
    there one for a partition in every variant."""
    rules = botocore.loaders.Loader().load_data("partitions")
    return partition in [one["id"] for one in rules["partitions"]]


def is_old():
    return tuple(map(int, botocore.__version__.split(".")[:2])) < (1, 36)


def cases(partition):
    for region in REGIONS[partition]:
        for variant in VARIANTS:
            for kind in ("regional", "legacy"):
                yield "sts", region, variant, kind
            if variant == "plain" or not is_old():
                yield "iam", region, variant, "regional"


def compare(partition):
    """Lines about what differs; a refusal of botocore's is not compared, for
    its two tables do not agree there."""
    asked = list(cases(partition))
    text = "".join(" ".join(case) + "\n" for case in asked)
    done = subprocess.run([DRIVER], input=text, capture_output=True, text=True,
                          check=True)
    for case, ours in zip(asked, done.stdout.splitlines(), strict=True):
        want = theirs(*case)
        if want is not None and want != ours:
            yield f"{' '.join(case)}: {ours}, not {want}"


def main():
    failed = 0
    print(f"# botocore {botocore.__version__}")
    for number, partition in enumerate(REGIONS, 1):
        if not knows(partition):
            print(f"ok {number} - {partition} # SKIP unknown to this botocore")
            continue
        wrong = list(compare(partition))
        failed += bool(wrong)
        print(f"{'not ' if wrong else ''}ok {number} - STS and IAM of "
              f"{partition} are where botocore has them")
        for line in wrong[:12]:
            print(f"# {line}")
    print(f"1..{len(REGIONS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
