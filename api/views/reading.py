"""The page that people read the API in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.reference import chapters
from api.schema import document


@require_safe
@login_required
def reference(request: HttpRequest) -> HttpResponse:
    context = {
        "chapters": chapters(document(), settings.BASE_URL),
        "title": document()["info"]["title"],
    }
    return render(request, "api/docs.html", context)
