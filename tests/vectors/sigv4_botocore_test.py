#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob signs as botocore's SigV4Auth does: random requests of every shape."""
import calendar
import datetime
import os
import pathlib
import random
import subprocess
from unittest import mock
from urllib.parse import quote

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

DRIVER = pathlib.Path(os.environ["TOP"],
                      "build/asan/tests/unit/aws/sigv4_driver")
COUNT = 4000
UNRESERVED = "abcXYZ019-._~"
ANY = UNRESERVED + " +/=&%?:@!$'()*,;é漢\u20ac"
SERVICES = ["sts", "iam", "cloudtrail", "service"]
random.seed(20150830)


def text(alphabet, least, most):
    return "".join(random.choice(alphabet)
                   for _ in range(random.randint(least, most)))


def random_path():
    segments = [random.choice(["", ".", "..", quote(text(ANY, 1, 8)),
                               text(UNRESERVED + "é ", 1, 8)])
                for _ in range(random.randint(0, 5))]
    return "/" + "/".join(segments)


def random_query():
    """As it is sent: encoded; names may repeat and values be missing."""
    parts = []
    for _ in range(random.choice([0, 0, 1, 2, 5])):
        name = quote(text("ab" + ANY, 1, 3), safe="-_.~")
        parts.append(name + random.choice(
            ["=", "=" + quote(text(ANY, 0, 6), safe="-_.~")]))
    return "&".join(parts)


def random_headers():
    names = random.sample(["Content-Type", "X-Amz-Target", "My-Header1", "b",
                           "A", "Zz"], random.randint(0, 4))
    return [(name, text(" abc ,;=\"09", 1, 12).strip() or "v")
            for name in names]


def random_request():
    post = random.random() < 0.6
    now = random.randint(0, 4102444800)
    return {
        "method": "POST" if post else "GET",
        "host": random.choice(["sts.amazonaws.com", "h:8443", "[::1]:80",
                               "127.0.0.1:1"]),
        "path": random_path(), "query": random_query(),
        "region": random.choice(["us-east-1", "cn-north-1", "x"]),
        "service": random.choice(SERVICES), "time": now,
        "id": text("AKI0", 16, 20), "secret": text(UNRESERVED + "/+", 1, 60),
        "token": random.choice(["", text(UNRESERVED + "/+=", 1, 400)]),
        "body": random.randbytes(random.randint(0, 300)) if post else b"",
        "headers": random_headers(),
    }


class Clock(datetime.datetime):
    """A class whose utcnow and now are the request's time."""
    at = 0

    @classmethod
    def utcnow(cls):
        return datetime.datetime.utcfromtimestamp(cls.at)

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(cls.at, tz)


def wanted(request):
    """botocore's Authorization header."""
    url = f"https://{request['host']}{request['path']}"
    if request["query"]:
        url += "?" + request["query"]
    aws = AWSRequest(request["method"], url, data=request["body"])
    aws.headers["Host"] = request["host"]
    for name, value in request["headers"]:
        aws.headers[name] = value
    signer = botocore.auth.SigV4Auth(
        Credentials(request["id"], request["secret"],
                    request["token"] or None),
        request["service"], request["region"])
    Clock.at = request["time"]
    stamp = Clock.utcnow().strftime("%Y%m%dT%H%M%SZ")
    assert calendar.timegm(Clock.utcnow().timetuple()) == request["time"]
    with mock.patch("botocore.auth.datetime", mock.Mock(
            datetime=Clock, **{"side_effect": None})), \
            mock.patch("botocore.auth.get_current_datetime",
                       Clock.utcnow, create=True):
        signer.add_auth(aws)
    assert aws.headers["X-Amz-Date"] == stamp, aws.headers["X-Amz-Date"]
    return aws.headers["Authorization"]


def line(request):
    names = ("method", "host", "path", "query", "region", "service", "time",
             "id", "secret", "token")
    words = [str(request[name]).encode() for name in names]
    words.append(request["body"])
    for name, value in request["headers"]:
        words += [name.encode(), value.encode()]
    return " ".join(word.hex() or "-" for word in words)


def main():
    requests = [random_request() for _ in range(COUNT)]
    done = subprocess.run([DRIVER], capture_output=True, text=True, check=True,
                          input="".join(line(r) + "\n" for r in requests))
    answers = done.stdout.splitlines()
    bad = [(r, a, w) for r, a in zip(requests, answers)
           if a != (w := wanted(r))]
    good = len(answers) == COUNT and not bad
    print(f"{'ok' if good else 'not ok'} 1 - {COUNT} requests are signed as "
          "botocore signs them")
    for request, answer, want in bad[:3]:
        print(f"# {request}\n# got  {answer}\n# want {want}")
    print("1..1")
    return 0 if good else 1


raise SystemExit(main())
