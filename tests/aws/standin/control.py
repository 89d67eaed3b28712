# SPDX-License-Identifier: MIT
"""The control endpoint: calls of tests, as POST /_control/NOUN/VERB.

The body is JSON: {"args": [...], "options": {...}}. So is the answer, or it
is {"error": text} with status 400. A command is a Python function; its
arguments are checked against its signature.
"""
import inspect
import json
from dataclasses import dataclass, field

from . import commands_server, commands_state
from .errors import AwsError
from .faults import Faults
from .requestlog import RequestLog
from .state import World

COMMANDS = {**commands_state.COMMANDS, **commands_server.COMMANDS}


@dataclass
class Context:
    """All that commands reach."""
    world: World
    faults: Faults
    log: RequestLog
    # Where the server listens, by name; and the proxy, if there is one.
    addresses: dict = field(default_factory=dict)
    proxy: object = None


class Control:
    def __init__(self, context):
        self._context = context

    def call(self, words, body):
        """(status, answer) of a command named by two words."""
        name = " ".join(words)
        command = COMMANDS.get(name)
        if command is None:
            return 404, {"error": f"no command {name}; there are: "
                                  + ", ".join(sorted(COMMANDS))}
        try:
            return 200, self._run(command, json.loads(body or "{}"))
        except LookupError as error:
            return 400, {"error": f"{name}: no such {error.args[0]}"}
        except (AwsError, OSError, TypeError, ValueError) as error:
            return 400, {"error": f"{name}: {error}"}

    def _run(self, command, given):
        options = {key.replace("-", "_"): value
                   for key, value in given.get("options", {}).items()}
        arguments = inspect.signature(command).bind(
            self._context, *given.get("args", []), **options)
        with self._context.world.lock:
            return command(*arguments.args, **arguments.kwargs)
