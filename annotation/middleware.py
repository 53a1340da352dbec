"""Who asks, and what a broken rule looks like on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from annotation.errors import ConcordError, TooLarge
from annotation.models import Role, User
from annotation.visibility import Viewer

Next = Callable[[HttpRequest], HttpResponse]


def _viewer(request: HttpRequest) -> Viewer:
    if isinstance(request.user, User):
        return Viewer.of_user(request.user)
    return Viewer(None, None, ())


class ViewerMiddleware:
    """Sets `request.viewer`: the person with their roles, read when first asked for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def wants_little(request: HttpRequest) -> bool:
    """Whether a script asks in the background and shows no page of the answer."""
    return request.headers.get("Prefer") == "return=minimal"


class DomainErrorMiddleware:
    """Turns a ConcordError into a page with its sentence and its status.

    A script in the background gets the sentence alone.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, ConcordError):
            return None
        if wants_little(request):
            said = {"detail": str(exception)}
            return JsonResponse(said, status=exception.status)
        return error_page(request, exception)


class ReadableMiddleware:
    """Refuses requests that nothing behind it could read. Stands first."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return _unreadable("There is no page at an address with a NUL.", 404)
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8"):
            return _unreadable("Send text as UTF-8.", 415)
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get(
            "CONTENT_LENGTH"
        ):
            return _unreadable("Say how long the body is: Content-Length.", 411)
        return self.get_response(request)


def _unreadable(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain")


class BodyLimitMiddleware:
    """Refuses a body that is too large before anything reads it.

    Stands before the CSRF check, which reads a form, and asks for the person only where
    a file may come.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        given = request.META.get("CONTENT_LENGTH") or "0"
        length = int(given) if given.isdecimal() else 0
        most = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        if length > most and _brings_a_file(request):
            most = int(settings.MAX_UPLOAD_BYTES)
        if length <= most:
            return None
        error = TooLarge(
            _("That is too much at once: %(most)s MiB at most.")
            % {"most": most // 2**20}
        )
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": str(error)}, status=error.status)
        return error_page(request, error)


def _brings_a_file(request: HttpRequest) -> bool:
    """Whether this is a lead at the page that imports files."""
    match = request.resolver_match
    if not match or match.url_name != "imports" or not isinstance(request.user, User):
        return False
    led = request.user.memberships.filter(role=Role.LEAD)
    return led.filter(project__code=match.kwargs["code"]).exists()


def error_page(request: HttpRequest, error: ConcordError) -> HttpResponse:
    """The page that says in a sentence what went wrong, with the error's status."""
    context = {"status": error.status, "message": str(error)}
    return render(request, "error.html", context, status=error.status)
