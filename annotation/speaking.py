"""Which language the pages speak.

A person's own choice goes first, then what this browser chose, then what it asks for.
Programs and commands are answered in English: what they read is no page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from annotation.models import User
from corpus.languages import ENGLISH

LANGUAGES: Final = tuple(code for code, _ in settings.LANGUAGES)
_FOR_PROGRAMS = "/api/"


def language_of(request: HttpRequest) -> str:
    """The code of the language that whoever asks reads."""
    if request.path.startswith(_FOR_PROGRAMS):
        return ENGLISH
    if isinstance(request.user, User) and request.user.language:
        return request.user.language
    return translation.get_language_from_request(request)


def remember(response: HttpResponse, language: str) -> None:
    """Keep the choice in the browser, for the pages before the log-in; "" forgets it."""
    name = settings.LANGUAGE_COOKIE_NAME
    if not language:
        response.delete_cookie(name)
        return
    response.set_cookie(
        name,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


class LanguageMiddleware:
    """Everything behind it speaks the language of whoever asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
