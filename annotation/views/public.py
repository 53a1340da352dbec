"""Pages that need nobody logged in."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotation.models import Judgment
from corpus.marking import CATEGORIES, SEVERITIES

MEANINGS = {
    Judgment.Verdict.ACCEPT: "Right and natural as it stands.",
    Judgment.Verdict.ACCEPT_WITH_EDITS: (
        "Nearly right: you mended the text, and your text may be released."
    ),
    Judgment.Verdict.REJECT: (
        "Wrong, unnatural or about something else, beyond a small repair."
    ),
    Judgment.Verdict.CANNOT_JUDGE: (
        "You looked and cannot tell. The criteria may then stay open."
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
