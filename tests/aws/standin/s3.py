# SPDX-License-Identifier: MIT
"""As much of S3 as tells whether a client's credentials are taken: every
account has the buckets below, with nothing in them.  Path style only."""
import uuid
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

from .auth import authenticate
from .clock import iso8601
from .dispatch import Reply
from .errors import AwsError
from .sigv4 import ALGORITHM

BUCKETS = ("books", "letters")
NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
# What S3 calls refusals that other services know, too; the rest has its name.
CODES = {"InvalidClientTokenId": ("InvalidAccessKeyId", 403),
         "ExpiredToken": ("ExpiredToken", 400),
         "MissingAuthenticationToken": ("AccessDenied", 403)}


class S3:
    def __init__(self, world):
        self._world = world

    @staticmethod
    def serves(request):
        """Whether it was signed for S3: the address is everybody's."""
        header = request.headers.get("Authorization", "")
        scope = header.removeprefix(f"{ALGORITHM} Credential=").partition(",")
        return scope[0].endswith("/s3/aws4_request")

    @staticmethod
    def action(request):
        bucket, key, query = _address(request)
        if not bucket:
            return "ListBuckets"
        if key:
            return {"GET": "GetObject", "HEAD": "HeadObject"}.get(
                request.method, "PutObject")
        if request.method == "HEAD":
            return "HeadBucket"
        if "location" in query:
            return "GetBucketLocation"
        return "ListObjectsV2" if "list-type" in query else "ListObjects"

    def answer(self, request):
        try:
            with self._world.lock:
                caller = authenticate(self._world, request, "s3")
                return _reply(200, self._act(request, caller))
        except AwsError as error:
            return self.refuse(request, error)

    def refuse(self, request, error):
        code, status = CODES.get(error.code, (error.code, error.status))
        body = (f"<Error><Code>{code}</Code><Message>{escape(error.message)}"
                "</Message></Error>")
        return _reply(status, "" if request.method == "HEAD" else body, code)

    def _act(self, request, caller):
        bucket, key, _ = _address(request)
        if request.method not in ("GET", "HEAD"):
            raise AwsError("NotImplemented", 501, "This is not for writing.")
        if not bucket:
            return self._list_buckets(caller)
        if bucket not in BUCKETS:
            raise AwsError("NoSuchBucket", 404,
                           "The specified bucket does not exist")
        if key:
            raise AwsError("NoSuchKey", 404,
                           "The specified key does not exist.")
        return _bucket(self.action(request), bucket)

    def _list_buckets(self, caller):
        made = iso8601(self._world.clock.now())
        buckets = "".join(f"<Bucket><Name>{name}</Name><CreationDate>{made}"
                          "</CreationDate></Bucket>" for name in BUCKETS)
        return (f'<ListAllMyBucketsResult xmlns="{NAMESPACE}"><Owner><ID>'
                f"{caller.principal.account.id}</ID></Owner><Buckets>{buckets}"
                "</Buckets></ListAllMyBucketsResult>")


def _bucket(action, name):
    if action == "HeadBucket":
        return ""
    if action == "GetBucketLocation":
        return f'<LocationConstraint xmlns="{NAMESPACE}"/>'
    return (f'<ListBucketResult xmlns="{NAMESPACE}"><Name>{name}</Name>'
            "<KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false"
            "</IsTruncated></ListBucketResult>")


def _address(request):
    """(bucket, key, query), each maybe empty."""
    url = urlsplit(request.url)
    bucket, _, key = unquote(url.path).lstrip("/").partition("/")
    return bucket, key, dict(parse_qsl(url.query, keep_blank_values=True))


def _reply(status, body, code=""):
    return Reply(status, body.encode(), {"x-amz-request-id": str(uuid.uuid4()),
                                         "Content-Type": "application/xml"},
                 code)
