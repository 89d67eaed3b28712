# SPDX-License-Identifier: MIT
"""What the stand-in's own tests share: people, boto3 clients, codes."""
import http.client
import subprocess
from urllib.parse import urlencode, urlsplit

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from standin.client import StandIn
from tap import equal

ACCOUNT = "111122223333"
VERSIONS = {"sts": "2011-06-15", "iam": "2010-05-08"}
# The server is to judge parameters, and every call is to be made once.
PLAIN = Config(retries={"total_max_attempts": 1}, parameter_validation=False)


class Scene(StandIn):
    def start_over(self):
        """As new; the clock stands where the budget's window began."""
        self.ctl("server reset")
        self.ctl("clock stop", self.now() // 180 * 180)

    def user(self, name="alice", **options):
        return key_of(self.ctl("user create", name, **options))

    def client(self, service, who, region="us-east-1"):
        return boto3.client(service, endpoint_url=self.url, config=PLAIN,
                            region_name=region,
                            aws_access_key_id=who.access_key,
                            aws_secret_access_key=who.secret_key,
                            aws_session_token=who.token)

    def now(self):
        return self.ctl("clock now")

    def code(self, device, step=0):
        """By oathtool, for the server's step or one so far from it."""
        return oathtool(self.ctl("device seed", device),
                        self.now() + 30 * step)

    def session(self, who, device=None, step=0, **params):
        """Credentials of GetSessionToken, with MFA if a device is named."""
        if device:
            params |= {"SerialNumber": serial(device),
                       "TokenCode": self.code(device, step)}
        answer = self.client("sts", who).get_session_token(**params)
        return session_of(answer)

    def enable(self, who, device, user="alice", steps=(-1, 0)):
        first, second = (self.code(device, step) for step in steps)
        return self.client("iam", who).enable_mfa_device(
            UserName=user, SerialNumber=serial(device),
            AuthenticationCode1=first, AuthenticationCode2=second)

    def post(self, headers, body, method="POST", path="/"):
        """The bare exchange: (status, headers, body)."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc)
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            return reply.status, reply.headers, reply.read()
        finally:
            connection.close()

    def post_quietly(self, headers, body):
        """The exchange, whatever becomes of the reply."""
        try:
            self.post(headers, body)
        except (ConnectionError, http.client.HTTPException):
            pass

    def signed(self, who, service="sts", region="us-east-1",
               action="GetCallerIdentity", headers=(), **params):
        """(headers, body) of a request that botocore signed."""
        body = urlencode({"Action": action, "Version": VERSIONS[service],
                          **params})
        request = AWSRequest("POST", self.url + "/", data=body, headers={
            "Host": urlsplit(self.url).netloc,
            "Content-Type": "application/x-www-form-urlencoded",
            **dict(headers)})
        SigV4Auth(who, service, region).add_auth(request)
        return dict(request.headers), body


def key_of(answer):
    return Credentials(answer["access_key_id"], answer["secret_access_key"])


def session_of(answer):
    c = answer["Credentials"]
    return Credentials(c["AccessKeyId"], c["SecretAccessKey"],
                       c["SessionToken"])


def serial(device):
    """ARN of a device of the default account."""
    if device.startswith("arn:"):
        return device
    return f"arn:aws:iam::{ACCOUNT}:mfa/{device}"


def oathtool(seed, unix):
    done = subprocess.run(["oathtool", "--totp", "-b", "--now", f"@{unix}",
                           "-"], input=seed, capture_output=True, text=True,
                          check=True)
    return done.stdout.strip()


def refused(code, status, call, *args, message=None, **params):
    """The call must fail so; with message, in that very text. The text."""
    try:
        call(*args, **params)
    except ClientError as error:
        answer = error.response
        equal((answer["Error"]["Code"],
               answer["ResponseMetadata"]["HTTPStatusCode"]), (code, status))
        if message is not None:
            equal(answer["Error"]["Message"], message)
        return answer["Error"]["Message"]
    raise AssertionError(f"not refused; wanted {code}")
