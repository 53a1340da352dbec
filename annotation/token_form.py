"""What a lead says of a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.models import AccessToken, Project
from annotation.visibility import Viewer


class TokenForm(forms.Form):
    """A key for a machine, or for a script that acts for its owner."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Where it will be used, to tell it from others."),
    )
    role = forms.ChoiceField(label=_("Role"))
    days = forms.IntegerField(
        min_value=1, max_value=366, initial=90, label=_("Days it lasts")
    )

    def __init__(
        self, viewer: Viewer, project: Project, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [
            (scope.value, _scope_label(scope))
            for scope in AccessToken.Scope
            if scope == AccessToken.Scope.WORKER or viewer.holds(project.pk, scope)
        ]


def _scope_label(scope: AccessToken.Scope) -> str:
    if scope == AccessToken.Scope.WORKER:
        return str(_("Worker: a machine that makes candidates"))
    return _("%(label)s: a script that acts for you") % {"label": scope.label}
