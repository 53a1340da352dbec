"""Pages that need nobody logged in."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotation import speaking
from annotation.errors import Invalid
from annotation.models import Judgment, User
from corpus.marking import CATEGORIES, SEVERITIES

MEANINGS = {
    Judgment.Verdict.ACCEPT: _lazy("Right and natural as it stands."),
    Judgment.Verdict.ACCEPT_WITH_EDITS: (
        _lazy("Nearly right: you mended the text, and your text may be released.")
    ),
    Judgment.Verdict.REJECT: (
        _lazy("Wrong, unnatural or about something else, beyond a small repair.")
    ),
    Judgment.Verdict.CANNOT_JUDGE: (
        _lazy("You looked and cannot tell. The criteria may then stay open.")
    ),
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    verdicts = [(verdict.label, text) for verdict, text in MEANINGS.items()]
    context = {
        "verdicts": verdicts,
        "categories": CATEGORIES,
        "severities": SEVERITIES,
    }
    return render(request, "annotation/help.html", context)


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages: for this browser, and for who is logged in."""
    language = request.POST.get("language", "")
    if language not in speaking.LANGUAGES:
        raise Invalid(gettext("Choose one of the languages."))
    if isinstance(request.user, User):
        request.user.language = language
        request.user.save(update_fields=["language"])
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(wanted if is_ours else "home")
    speaking.remember(response, language)
    return response
