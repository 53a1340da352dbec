"""The API as a program with a token sees it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from annotation.models import AccessToken

BASE = "/api/v1/"


class Door:
    """Three verbs on paths below /api/v1/."""

    def __init__(self, secret: str, token: AccessToken | None = None) -> None:
        self.secret = secret
        self.token = token
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(BASE + path, query)

    def post(self, path: str, body: Any = None) -> Any:
        return self._send("POST", path, body)

    def put(self, path: str, body: Any = None) -> Any:
        return self._send("PUT", path, body)

    def _send(self, method: str, path: str, body: Any) -> HttpResponse:
        sender = self.client.post if method == "POST" else self.client.put
        answer: Any = sender(BASE + path, body or {}, content_type="application/json")
        return answer  # type: ignore[no-any-return]
