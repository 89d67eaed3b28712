# SPDX-License-Identifier: MIT
"""Between HTTP and the services: strikes faults and keeps the log."""
from . import fault_kinds
from .dispatch import Services
from .requestlog import Entry
from .signin import Signin
from .sigv4 import ALGORITHM


class Front:
    def __init__(self, world, faults, log):
        self._world = world
        self._services = Services(world)
        self._signin = Signin(world)
        self._faults = faults
        self._log = log

    def answer(self, request):
        with self._world.lock:
            fault = self._faults.take(request.action)
        service = self._services
        if self._signin.serves(request):
            service = self._signin
        reply = fault_kinds.instead(
            fault, lambda error: service.refuse(request, error))
        if reply is None:
            reply = service.answer(request)
        fault_kinds.spoil(fault, reply)
        with self._world.lock:
            self._log.add(self._entry(request, reply, fault))
        return reply

    def _entry(self, request, reply, fault):
        return Entry(self._world.clock.now(), request.action,
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
