"""The one place where a broken rule becomes a JSON answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import DataError
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from annotation.errors import ConcordError, Invalid
from corpus.content import ContentError
from corpus.plain_text import storable_json
from worker.protocol import ProtocolError

LONGEST = 500
UNSTORABLE = "A value is too large, or holds characters that cannot be stored."


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error; None lets it be a 500, because it is a bug.

    The body is {"detail": sentence}, with "findings" where a check said no. What is
    hidden and what does not exist are the same NotFound by the time they get here.
    """
    response = _answer(error, context)
    if response is not None:
        # It quotes what was sent, which may be long, or no text at all.
        response.data = storable_json(response.data, LONGEST)
    return response


def _answer(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, ConcordError):
        return Response(_said(error), status=error.status)
    if isinstance(error, ProtocolError | ContentError):
        return _unprocessable(str(error))
    if isinstance(error, DataError | UnicodeEncodeError):
        return _unprocessable(UNSTORABLE)
    if isinstance(error, RecursionError):
        return _unprocessable("The JSON is nested too deeply.")
    return exception_handler(error, context)


def _said(error: ConcordError) -> dict[str, Any]:
    body: dict[str, Any] = {"detail": str(error)}
    if isinstance(error, Invalid) and error.findings:
        body["findings"] = [asdict(finding) for finding in error.findings]
    return body


def _unprocessable(detail: str) -> Response:
    return Response({"detail": detail}, status=status.HTTP_422_UNPROCESSABLE_ENTITY)
