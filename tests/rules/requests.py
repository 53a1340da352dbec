"""Bodies that every route would take from somebody who may, and reading of answers."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client

from tests.rules.world import ENDPOINTS, Place, address

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
READING = METHODS[:3]
PROVENANCE = {
    "model": "m",
    "model_revision": "1",
    "licence": "MIT",
    "engine": "recorded",
    "engine_version": "1",
    "template_id": "t",
    "template_version": "1",
    "template_hash": "0" * 64,
    "rendered_prompt": "Translate.",
    "parameters": {},
    "seed": None,
    "prompt_tokens": 1,
    "completion_tokens": 1,
    "seconds": 0.5,
    "finish_reason": "stop",
    "raw_output": "Ein Bus.",
}
RATINGS = {"adequacy": 4, "fluency": 4, "ungrounded": 0}
ANSWER = {"verdict": "accept", "ratings": RATINGS}


def body(name: str, place: Place) -> dict[str, Any]:
    """A body that this endpoint takes."""
    bodies: dict[str, dict[str, Any]] = {
        "api_claim": {
            "worker": "w",
            "engine": "recorded",
            "engine_version": "1",
            "limit": 1,
        },
        "api_heartbeat": {"jobs": [[place.generation_job, 1]]},
        "api_result": {
            "fence": 1,
            "content": {"caption": "Un bus rouge."},
            "provenance": PROVENANCE,
            "idempotency_key": "1" * 64,
        },
        "api_fail": {"fence": 1, "reason_class": "bad_output", "message": "empty"},
        "api_next": {"language": place.language},
        "api_submit": ANSWER,
        "api_correct": ANSWER,
        "api_skip": {"reason": "no picture"},
        "api_report": {"part": "image", "note": "no picture"},
        "api_releases": {"design": "training", "languages": ["fr"]},
        "api_ruling": {"outcome": "reject", "reason": "Wrong."},
    }
    return bodies.get(name, {})


def ask(client: Client, method: str, name: str, place: Place) -> HttpResponseBase:
    """One request to a route; the body is JSON at endpoints and a form at pages."""
    where = address(name, place)
    if method in READING:
        return _read(client.generic(method, where))
    if name in ENDPOINTS:
        sent = json.dumps(body(name, place))
        return _read(client.generic(method, where, sent, "application/json"))
    form = "application/x-www-form-urlencoded"
    return _read(client.generic(method, where, "", form))


def _read(response: Any) -> HttpResponseBase:
    """Read a file to its end, as a browser would, which also closes it."""
    response.whole = response.getvalue() if response.streaming else response.content
    read: HttpResponseBase = response
    return read


def content(response: Any) -> bytes:
    """The whole body, of a file too."""
    whole: bytes = response.whole
    return whole


UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SECRET = re.compile(r"[A-Za-z0-9]{64}")
TIME = re.compile(r"(\d{4}-\d\d-\d\dT)?\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?")
SECONDS = re.compile(r'"seconds":\s*\d+')
#: That of a draft follows the clock.
COUNTER = re.compile(r'data-counter="\d+"')


def masked(response: HttpResponseBase) -> str:
    """Status and body without what differs by chance: ids, times, form tokens."""
    text = content(response).decode(errors="replace")
    for pattern in (UUID, SECRET, TIME, SECONDS, COUNTER):
        text = pattern.sub("~", text)
    return f"{response.status_code}\n{text}"


def fingerprint() -> dict[str, tuple[int, str]]:
    """Rows and their hash, by table; but for sessions and when a token was last used."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: _hash(cursor, table) for table in sorted(tables)}


def _hash(cursor: Any, table: str) -> tuple[int, str]:
    if table == "django_session":
        return 0, ""
    cursor.execute(
        f"""
        SELECT count(*), md5(coalesce(string_agg(row, '|' ORDER BY row), ''))
        FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM "{table}" t) r
        """
    )
    count, digest = cursor.fetchone()
    return count, digest
