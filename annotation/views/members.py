"""Who leaves a project: the lead ends a role."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from annotation import leaving, visibility
from annotation.models import Membership
from annotation.views.page import PageRequest, led_project, page
from corpus.plain_text import counted


@page("POST")
def end(request: PageRequest, code: str, pk: int) -> HttpResponse:
    project = led_project(request, code)
    member = visibility.one(Membership, request.viewer, project=project, pk=pk)
    returned = leaving.end(membership=member, by=request.user)
    said = f"{member.user} is {member.get_role_display().lower()} here no more."
    if returned:
        items = counted(returned, "item goes", "items go")
        said = f"{said} {items} back into the queue."
    messages.success(request, said)
    is_own = member.user == request.user
    return redirect("home") if is_own else redirect("project", project.code)
