# SPDX-License-Identifier: MIT
"""Signature Version 4, checked by signing the received request again.

botocore's signer does the signing, so a client is judged by foreign code.
"""
import hashlib
import hmac
import re
from dataclasses import dataclass

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from . import errors
from .clock import basic_iso8601, parse_basic_iso8601

ALGORITHM = "AWS4-HMAC-SHA256"
SKEW_S = 15 * 60
UNSIGNED = "UNSIGNED-PAYLOAD"
MISMATCH = ("The request signature we calculated does not match the signature "
            "you provided. Check your AWS Secret Access Key and signing "
            "method. Consult the service documentation for details.")


@dataclass(frozen=True)
class Authorization:
    key_id: str
    date: str
    region: str
    service: str
    terminator: str
    signed_headers: tuple
    signature: str


def parse(header):
    """Authorization of a header's text, or IncompleteSignature."""
    if not header:
        raise errors.missing_token("Request is missing Authentication Token")
    scheme, _, rest = header.partition(" ")
    if scheme != ALGORITHM:
        raise errors.incomplete_signature(
            f"Unsupported AWS 'algorithm': '{scheme}'.")
    parts = dict(re.findall(r"(\w+)=([^,\s]+)", rest))
    for name in ("Credential", "Signature", "SignedHeaders"):
        if name not in parts:
            raise errors.incomplete_signature(
                f"Authorization header requires '{name}' parameter. "
                f"Authorization={header}")
    scope = parts["Credential"].rsplit("/", 4)
    if len(scope) != 5:
        raise errors.incomplete_signature(
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            "keyid/date/region/service/term, "
            f"got '{parts['Credential']}'")
    names = tuple(parts["SignedHeaders"].split(";"))
    return Authorization(*scope, names, parts["Signature"])


def check_time(headers, now):
    """The 15 minutes a signature is good for, on the server's clock."""
    stamp = headers.get("X-Amz-Date", "")
    try:
        signed_at = parse_basic_iso8601(stamp)
    except ValueError:
        raise errors.incomplete_signature(
            "Date must be in ISO-8601 'basic format'. Got "
            f"'{stamp}'. See http://en.wikipedia.org/wiki/ISO_8601") from None
    here = basic_iso8601(now)
    if signed_at < int(now) - SKEW_S:
        edge = basic_iso8601(now - SKEW_S)
        raise errors.signature_mismatch(
            f"Signature expired: {stamp} is now earlier than {edge} "
            f"({here} - 15 min.)")
    if signed_at > int(now) + SKEW_S:
        edge = basic_iso8601(now + SKEW_S)
        raise errors.signature_mismatch(
            f"Signature not yet current: {stamp} is still later than {edge} "
            f"({here} + 15 min.)")


def check_scope(auth, stamp, service, regions):
    """regions: a compiled pattern of those that the service is in."""
    faults = ""
    if not regions.fullmatch(auth.region):
        faults += ("Credential should be scoped to a valid region, "
                   f"not '{auth.region}'. ")
    if auth.service != service:
        faults += ("Credential should be scoped to correct service: "
                   f"'{service}'. ")
    if auth.terminator != "aws4_request":
        faults += ("Credential should be scoped with a valid terminator: "
                   f"'aws4_request', not '{auth.terminator}'. ")
    if auth.date != stamp[:8]:
        faults += ("Date in Credential scope does not match YYYYMMDD from "
                   f"ISO-8601 version of date from HTTP: '{auth.date}' != "
                   f"'{stamp[:8]}', from '{stamp}'. ")
    if faults:
        raise errors.signature_mismatch(faults)


def check_signature(request, auth, secret):
    unsigned = _must_be_signed(request.headers) - set(auth.signed_headers)
    if unsigned:
        raise errors.signature_mismatch(
            f"'{sorted(unsigned)[0]}' must be a 'SignedHeader' in the AWS "
            "Authorization.")
    _check_body(request, auth)
    ours = _sign(request, auth, secret)
    if not hmac.compare_digest(ours, auth.signature):
        raise errors.signature_mismatch(MISMATCH)


def _check_body(request, auth):
    """S3 wants to be told a body's hash, or that it has none to be told."""
    declared = request.headers.get("X-Amz-Content-SHA256")
    if auth.service == "s3" and declared is None:
        raise errors.invalid_request(
            "Missing required header for this request: x-amz-content-sha256")
    if auth.service == "s3" and declared == UNSIGNED:
        return
    if declared not in (None, hashlib.sha256(request.body).hexdigest()):
        raise errors.signature_mismatch(MISMATCH)


def _must_be_signed(headers):
    return {name.lower() for name in headers
            if name.lower() == "host" or name.lower().startswith("x-amz-")}


def _sign(request, auth, secret):
    again = AWSRequest(request.method, request.url, data=request.body)
    for name in auth.signed_headers:
        for value in request.headers.get_all(name, []):
            again.headers.add_header(name, value)
    again.context["timestamp"] = request.headers["X-Amz-Date"]
    # S3 takes a path as it comes.
    scheme = S3SigV4Auth if auth.service == "s3" else SigV4Auth
    signer = scheme(Credentials(auth.key_id, secret), auth.service,
                    auth.region)
    canonical = signer.canonical_request(again)
    return signer.signature(signer.string_to_sign(again, canonical), again)
