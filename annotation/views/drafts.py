"""What the judging screen asks for beside its answer: drafts, and items ahead."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation import assigning, drafting, permissions, visibility
from annotation.errors import Conflict, Invalid, require
from annotation.middleware import wants_little
from annotation.models import Assignment, Project
from annotation.views.judging import own_answers
from annotation.views.page import PageRequest, page

#: What every form has beside its own fields.
NOT_TYPED = {"csrfmiddlewaretoken", "counter"}
OLDER = gettext_lazy(
    "Another tab or device has kept a newer draft of this item. What you type here next "
    "takes its place; reload to see it."
)


@page("POST")
def draft(request: PageRequest, pk: UUID) -> HttpResponse:
    """Keep the fields of the judging form, whatever they are, for later."""
    assignment = visibility.one(Assignment, request.viewer, pk=pk)
    sent = request.POST
    kept = drafting.save(
        assignment=assignment,
        by=request.viewer,
        fields={name: sent.getlist(name) for name in sent if name not in NOT_TYPED},
        counter=_counter(sent.get("counter")),
    )
    if wants_little(request):
        said = {"counter": kept.draft.counter, "told": kept.told}
        if kept.is_this:
            return JsonResponse(said)
        return JsonResponse(said | {"detail": str(OLDER)}, status=Conflict.status)
    messages.success(request, _("Your draft is kept. The item waits for you here."))
    if kept.told:
        messages.warning(request, kept.told)
    candidate = assignment.candidate
    return redirect("queue", candidate.project.code, candidate.language)


def _counter(sent: str | None) -> int | None:
    if not sent:
        return None
    if not sent.isascii() or not sent.isdecimal() or len(sent) > 20:
        raise Invalid(_("The counter of a draft is a whole number."))
    return int(sent)


@page("POST")
def ahead(request: PageRequest, code: str, language: str) -> JsonResponse:
    """Lease the next items too; the addresses of all that one holds, in order."""
    project = visibility.one(Project, request.viewer, code=code)
    held = assigning.claim_ahead(project=project, language=language, by=request.viewer)
    return JsonResponse({"items": [reverse("judge", args=[a.pk]) for a in held]})


@page("GET")
def undo(request: PageRequest, code: str, language: str) -> HttpResponse:
    """To the correction of one's last answer, whichever that is by now."""
    project = visibility.one(Project, request.viewer, code=code)
    require(permissions.why_not_judge(request.viewer, project, language))
    last = own_answers(request, project).filter(candidate__language=language).first()
    if last is None:
        return redirect("queue", code, language)
    return redirect(reverse("correct", args=[last.pk]) + "?then=queue")
