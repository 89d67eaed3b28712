#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""S3, as far as it tells whose credentials came."""
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from scene import Scene, refused
from tap import equal, run, test


def signed(aws, who, path="/", **headers):
    """Headers of a GET that botocore signed."""
    request = AWSRequest("GET", aws.url + path, headers=headers)
    S3SigV4Auth(who, "s3", "us-east-1").add_auth(request)
    return dict(request.headers)


@test("a user's key and a session list the account's buckets")
def _(aws):
    who = aws.user()
    for one in (who, aws.session(who)):
        answer = aws.client("s3", one, "eu-central-1").list_buckets()
        equal([bucket["Name"] for bucket in answer["Buckets"]],
              ["books", "letters"])
    equal(aws.ctl("log count", "ListBuckets"), 2)


@test("what is not signed so is refused in S3's words")
def _(aws):
    who = aws.user()
    for stranger, code in (
            (Credentials(who.access_key, "wrong"), "SignatureDoesNotMatch"),
            (Credentials("AKIAIOSFODNN7EXAMPLE", "x"), "InvalidAccessKeyId")):
        refused(code, 403, aws.client("s3", stranger).list_buckets)
    headers = signed(aws, who)
    equal(aws.post(headers, None, "GET", "/books")[0], 403)
    equal(aws.post(headers, None, "GET", "/")[0], 200)
    del headers["X-Amz-Content-SHA256"]
    equal(aws.post(headers, None, "GET", "/")[0], 400)


@test("a session that has ended is refused")
def _(aws):
    session = aws.session(aws.user(), DurationSeconds=900)
    aws.ctl("clock advance", 900)
    status, _, body = aws.post(signed(aws, session), None, "GET", "/")
    equal(status, 400)
    assert b"<Code>ExpiredToken</Code>" in body, body


@test("a bucket is empty, and another is not there")
def _(aws):
    s3 = aws.client("s3", aws.user())
    equal(s3.list_objects_v2(Bucket="books")["KeyCount"], 0)
    equal(s3.get_bucket_location(Bucket="books")["LocationConstraint"], None)
    s3.head_bucket(Bucket="letters")
    refused("NoSuchBucket", 404, s3.list_objects_v2, Bucket="songs")
    refused("NoSuchKey", 404, s3.get_object, Bucket="books", Key="a/b c")


if __name__ == "__main__":
    with Scene() as scene:
        run(scene, before=Scene.start_over)
