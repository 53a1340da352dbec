"""Who leaves a project: the lead ends a role."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation import leaving, visibility
from annotation.models import Membership
from annotation.phrases import grouped
from annotation.views.page import PageRequest, led_project, page


@page("POST")
def end(request: PageRequest, code: str, pk: int) -> HttpResponse:
    project = led_project(request, code)
    member = visibility.one(Membership, request.viewer, project=project, pk=pk)
    returned = leaving.end(membership=member, by=request.user)
    ended = {"name": member.user, "role": member.get_role_display()}
    told = _("%(name)s no longer has the role %(role)s here.") % ended
    if returned:
        items = ngettext(
            "%(n)s item goes back into the queue.",
            "%(n)s items go back into the queue.",
            returned,
        )
        told = f"{told} {items % {'n': grouped(returned)}}"
    messages.success(request, told)
    is_own = member.user == request.user
    return redirect("home") if is_own else redirect("project", project.code)
