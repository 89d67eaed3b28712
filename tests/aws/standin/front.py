# SPDX-License-Identifier: MIT
"""Between HTTP and the services: strikes faults and keeps the log."""
from . import fault_kinds
from .dispatch import Services
from .requestlog import Entry
from .s3 import S3
from .signin import Signin
from .sigv4 import ALGORITHM


class Front:
    def __init__(self, world, faults, log):
        self._world = world
        self._services = Services(world)
        self._others = (Signin(world), S3(world))
        self._faults = faults
        self._log = log

    def answer(self, request):
        service = next((other for other in self._others
                        if other.serves(request)), self._services)
        action = service.action(request)
        with self._world.lock:
            fault = self._faults.take(action)
        reply = fault_kinds.instead(
            fault, lambda error: service.refuse(request, error))
        if reply is None:
            reply = service.answer(request)
        fault_kinds.spoil(fault, reply)
        with self._world.lock:
            self._log.add(self._entry(request, action, reply, fault))
        return reply

    def _entry(self, request, action, reply, fault):
        return Entry(self._world.clock.now(), action,
                     _key_id(request.headers),
                     0 if reply.dropped else reply.status, reply.code,
                     fault.kind if fault else "", request.form,
                     list(request.headers.items()))


def _key_id(headers):
    """As the request claims it; whether rightly, the status tells."""
    prefix = f"{ALGORITHM} Credential="
    header = headers.get("Authorization", "")
    if not header.startswith(prefix):
        return ""
    return header.removeprefix(prefix).partition("/")[0]
