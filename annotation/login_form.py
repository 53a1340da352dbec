"""Name and password, and how often somebody may try them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from annotation import knocking


class LogInForm(AuthenticationForm):
    """Django's own. `wait` is how many seconds somebody must wait who tried too often."""

    wait = 0
    username = UsernameField(
        label=_lazy("User name"), widget=forms.TextInput({"autofocus": True})
    )

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        if name:
            self.wait = knocking.seconds_to_wait(name, address)
        if self.wait:
            told = _(
                "There were too many tries with this user name. Wait %(minutes)s, "
                "or ask your lead for a log-in link."
            )
            raise ValidationError(told % {"minutes": knocking.in_words(self.wait)})
        cleaned = super().clean()
        if name and self.get_user():
            knocking.forget(name, address)
        return cleaned
