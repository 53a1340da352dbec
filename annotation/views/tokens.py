"""Keys for machines: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from annotation import enrolling, visibility
from annotation.errors import Invalid
from annotation.models import AccessToken, Project
from annotation.token_form import TokenForm
from annotation.views.page import PageRequest, led_project, page

#: In the session from the POST until the page that follows it.
SECRET = "new_token"


@never_cache
@page("GET", "POST")
def tokens(request: PageRequest, code: str) -> HttpResponse:
    """The secret is shown once, on the page after the POST, and stored nowhere."""
    project = led_project(request, code)
    typed = request.POST if request.method == "POST" else None
    form = TokenForm(request.viewer, project, typed)
    if form.is_valid() and (made := _made(request, project, form)):
        request.session[SECRET] = made
        return redirect("tokens", project.code)
    context = {
        "project": project,
        "form": form,
        "secret": request.session.pop(SECRET, None),
        "tokens": _tokens(request, project),
    }
    status = 422 if form.errors else 200
    return render(request, "annotation/tokens.html", context, status=status)


def _tokens(request: PageRequest, project: Project) -> QuerySet[AccessToken]:
    rows = visibility.rows(AccessToken, request.viewer).filter(project=project)
    return rows.select_related("user", "created_by").order_by("-id")


def _made(request: PageRequest, project: Project, form: TokenForm) -> str | None:
    try:
        _, secret = enrolling.make_token(
            project=project, user=request.user, by=request.user, **form.cleaned_data
        )
    except Invalid as error:
        form.add_error(None, str(error))
        return None
    return secret


@page("POST")
def revoke(request: PageRequest, code: str, pk: int) -> HttpResponse:
    project = led_project(request, code)
    token = visibility.one(AccessToken, request.viewer, project=project, pk=pk)
    enrolling.revoke_token(token=token, by=request.user)
    messages.success(request, _("%(name)s is revoked.") % {"name": token.name})
    return redirect("tokens", project.code)
