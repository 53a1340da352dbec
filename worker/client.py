"""The server as the worker sees it: five calls, each safe to repeat."""

from __future__ import annotations

import hashlib
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from worker.errors import (
    ImageUnusableError,
    LeaseLostError,
    ResultBlockedError,
    TokenRefusedError,
    WrongServerError,
)
from worker.protocol import (
    ClaimReply,
    ClaimRequest,
    FailReply,
    Failure,
    HeartbeatReply,
    HeartbeatRequest,
    ProtocolError,
    Result,
    ResultReply,
)
from worker.retrying import Patience
from worker.wire import Message

Reply = TypeVar("Reply", bound=Message)

BASE = "/api/v1/worker/"
IMAGES = "/api/v1/images/"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)

#: A heartbeat is not worth repeating: the next one is soon.
HEARTBEAT_PATIENCE = Patience(tries=1)


class Client:
    """One HTTP connection pool with the token, used by loop and heartbeat alike."""

    def __init__(
        self,
        server: str,
        token: str,
        *,
        patience: Patience | None = None,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self._patience = patience or Patience()
        self._http = httpx.Client(
            base_url=server.rstrip("/"),
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def claim(self, request: ClaimRequest) -> ClaimReply:
        """Lease jobs. A reply lost on the way costs one lease, not a job."""
        return self._call("POST", "claim", request, ClaimReply)

    def heartbeat(self, request: HeartbeatRequest) -> HeartbeatReply:
        """Extend the leases of the jobs in flight."""
        return self._call(
            "POST", "heartbeat", request, HeartbeatReply, HEARTBEAT_PATIENCE
        )

    def result(self, job_id: int, result: Result) -> ResultReply:
        """Hand a candidate in. Raises LeaseLostError (409) or ResultBlockedError (422)."""
        return self._call("PUT", f"jobs/{job_id}/result", result, ResultReply)

    def fail(self, job_id: int, failure: Failure) -> FailReply:
        """Say why a job was not done. Raises LeaseLostError (409)."""
        return self._call("POST", f"jobs/{job_id}/fail", failure, FailReply)

    def image(self, sha256: str) -> bytes:
        """The bytes of a picture, checked against their hash; or ImageUnusableError."""
        response = self._patience.ask(
            lambda: self._http.get(IMAGES + sha256, follow_redirects=True)
        )
        if response.status_code in (404, 410):
            raise ImageUnusableError(f"the server has no image {sha256}")
        _refuse(response)
        if hashlib.sha256(response.content).hexdigest() != sha256:
            raise ImageUnusableError(f"the bytes of image {sha256} have another hash")
        return response.content

    def _call(
        self,
        method: str,
        path: str,
        message: Message,
        reply: type[Reply],
        patience: Patience | None = None,
    ) -> Reply:
        body = message.to_json()
        response = (patience or self._patience).ask(
            lambda: self._http.request(method, BASE + path, json=body)
        )
        _refuse(response)
        try:
            return reply.from_json(response.json())
        except (ProtocolError, ValueError) as error:
            raise WrongServerError(
                f"{path}: the answer is not ours ({error})."
            ) from None


def _refuse(response: httpx.Response) -> None:
    """Raise what an answer other than 2xx means."""
    if response.is_success:
        return
    status, detail, findings = response.status_code, *_said(response)
    if status in (401, 403):
        raise TokenRefusedError(f"The server refuses the token: {detail}")
    if status == 409:
        raise LeaseLostError(detail)
    if status in (413, 422):
        raise ResultBlockedError(detail, findings)
    if response.is_redirect:
        target = response.headers.get("Location", "elsewhere")
        raise WrongServerError(
            f"The server redirects to {target}; give that URL instead."
        )
    path = response.request.url.path
    raise WrongServerError(f"{path}: the server answers {status}: {detail}")


def _said(response: httpx.Response) -> tuple[str, tuple[dict[str, Any], ...]]:
    """The detail and findings of an error body, whatever its shape."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return response.text.strip()[:200] or response.reason_phrase, ()
    findings = body.get("findings")
    if not isinstance(findings, list):
        findings = []
    detail = str(body.get("detail") or response.reason_phrase)
    return detail, tuple(one for one in findings if isinstance(one, dict))
