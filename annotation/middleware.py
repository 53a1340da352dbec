"""Who asks, and what a broken rule looks like on a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from annotation.errors import ConcordError
from annotation.models import User
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


class DomainErrorMiddleware:
    """Turns a ConcordError into a page with its sentence and its status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, ConcordError):
            return None
        context = {"status": exception.status, "message": str(exception)}
        return render(request, "error.html", context, status=exception.status)
