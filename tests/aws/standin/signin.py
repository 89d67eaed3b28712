# SPDX-License-Identifier: MIT
"""The console's federation endpoint: sessions in, a login URL's token out."""
import json
import secrets
from urllib.parse import urlsplit

from .dispatch import Reply
from .errors import AwsError

TOKEN_LIFE_S = 15 * 60
DURATION_S = range(900, 43201)


class Signin:
    def __init__(self, world):
        self._world = world
        self._tokens = {}

    @staticmethod
    def serves(request):
        return urlsplit(request.url).path == "/federation"

    @staticmethod
    def action(request):
        return request.action

    def answer(self, request):
        try:
            with self._world.lock:
                if request.action == "getSigninToken":
                    return self._issue(request.form)
                if request.action == "login":
                    return self._login(request.form)
                raise _bad("Action")
        except AwsError as error:
            return self.refuse(request, error)

    def refuse(self, request, error):
        text = f"<html><body>{error.message}</body></html>\n"
        return Reply(error.status, text.encode(),
                     {"Content-Type": "text/html"}, error.code)

    def _issue(self, form):
        session = self._session(form)
        if "SessionDuration" in form:
            duration = form["SessionDuration"]
            if not duration.isdecimal() or int(duration) not in DURATION_S:
                raise _bad("SessionDuration")
            if session.principal.kind != "role" or session.chained:
                raise _bad("SessionDuration")
        token = secrets.token_urlsafe(200)
        self._tokens[token] = self._world.clock.now() + TOKEN_LIFE_S
        return Reply(200, json.dumps({"SigninToken": token}).encode(),
                     {"Content-Type": "application/json"})

    def _session(self, form):
        """The session named in full; not one of GetSessionToken."""
        try:
            given = json.loads(form.get("Session", ""))
            session = self._world.sessions[given["sessionId"]]
            right = (session.secret == given["sessionKey"]
                     and session.token == given["sessionToken"])
        except (LookupError, TypeError, ValueError):
            raise _bad("Session") from None
        ended = session.expires <= self._world.clock.now()
        if not right or ended or session.principal.kind == "user":
            raise _bad("Session")
        return session

    def _login(self, form):
        good_until = self._tokens.get(form.get("SigninToken"), 0)
        if good_until <= self._world.clock.now():
            raise _bad("SigninToken")
        if not form.get("Destination", "").startswith("https://"):
            raise _bad("Destination")
        return Reply(302, b"", {"Location": form["Destination"]})


def _bad(what):
    return AwsError("BadRequest", 400, f"Invalid or missing {what}")
