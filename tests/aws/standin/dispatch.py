# SPDX-License-Identifier: MIT
"""From a request to the reply that AWS would give, without faults."""
import uuid
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from botocore.loaders import Loader
from botocore.model import OperationNotFoundError, ServiceModel

from . import errors, iam_keys, iam_mfa, query, sts, xmlreply
from .auth import authenticate
from .errors import AwsError
from .iam import require_iam

REQUEST_ID = "x-amzn-RequestId"


@dataclass
class Request:
    method: str
    url: str
    headers: object
    body: bytes

    def __post_init__(self):
        form = self.body.decode("utf-8", "replace")
        if self.method == "GET":
            form = urlsplit(self.url).query
        self.form = dict(parse_qsl(form, keep_blank_values=True))

    @property
    def action(self):
        return self.form.get("Action", "")


@dataclass
class Reply:
    """What is sent, and for the sake of faults, how."""
    status: int
    body: bytes
    headers: dict = field(default_factory=dict)
    # AWS's code of an error, for the log.
    code: str = ""
    # Content-Length, if not the truth.
    declared_len: int = None
    # Body bytes after which the connection ends.
    cut_after: int = None
    # Nothing is sent at all; with reset, by RST.
    dropped: bool = False
    reset: bool = False
    stall_s: float = 0
    bytes_per_s: int = 0
    date_skew_s: float = 0


class Service:
    def __init__(self, name, version, actions, may_call=lambda caller: None):
        self.name = name
        self.version = version
        model = Loader().load_service_model(name, "service-2", version)
        self._model = ServiceModel(model, name)
        self._actions = actions
        self._may_call = may_call

    @property
    def namespace(self):
        return self._model.metadata["xmlNamespace"]

    def answer(self, world, request, request_id):
        caller = authenticate(world, request, self.name)
        self._may_call(caller)
        operation = self._operation(request.action)
        params = query.read(operation.input_shape, request.form)
        result = self._actions[operation.name](world, caller, params)
        return xmlreply.success(operation, result or {}, request_id)

    def _operation(self, name):
        try:
            if name in self._actions:
                return self._model.operation_model(name)
        except OperationNotFoundError:
            pass
        raise errors.invalid_action(
            f"Could not find operation {name} for version {self.version}")


class Services:
    """Both services at one address, told apart by Version."""

    def __init__(self, world):
        self._world = world
        self._sts = Service("sts", "2011-06-15", sts.ACTIONS)
        self._iam = Service("iam", "2010-05-08",
                            {**iam_mfa.ACTIONS, **iam_keys.ACTIONS},
                            require_iam)

    @staticmethod
    def action(request):
        return request.action

    def answer(self, request):
        service = self._service(request)
        headers = _headers()
        try:
            with self._world.lock:
                body = service.answer(self._world, request,
                                      headers[REQUEST_ID])
            return Reply(200, body, headers)
        except AwsError as error:
            return self.refuse(request, error)

    def refuse(self, request, error):
        """The reply that carries an error; changes nothing."""
        headers = _headers()
        body = xmlreply.error(self._service(request).namespace, error,
                              headers[REQUEST_ID])
        return Reply(error.status, body, headers, error.code)

    def _service(self, request):
        is_iam = request.form.get("Version") == self._iam.version
        return self._iam if is_iam else self._sts


def _headers():
    return {REQUEST_ID: str(uuid.uuid4()), "Content-Type": "text/xml"}
