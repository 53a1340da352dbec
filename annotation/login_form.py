"""Name and password, and how often somebody may try them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from annotation import knocking


class LogInForm(AuthenticationForm):
    """Django's own. `wait` is how many seconds somebody must wait who tried too often."""

    wait = 0

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        if name:
            self.wait = knocking.seconds_to_wait(name, address)
        if self.wait:
            raise ValidationError(
                "There were too many tries with this user name. Wait "
                f"{knocking.in_words(self.wait)}, or ask your lead for a log-in link."
            )
        cleaned = super().clean()
        if name and self.get_user():
            knocking.forget(name, address)
        return cleaned
