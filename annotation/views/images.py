"""Pictures, to those who may see them."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.files.base import File
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotation import images, visibility
from annotation.errors import NotFound
from annotation.models import Image
from annotation.views.page import PageRequest

Opened = Callable[[Image], tuple["File[bytes]", str]]


@login_required
@require_safe
def image(request: PageRequest, sha256: str) -> FileResponse:
    """The display copy."""
    return _shown(request, sha256, images.open_display)


@login_required
@require_safe
def small(request: PageRequest, sha256: str) -> FileResponse:
    """The thumbnail."""
    return _shown(request, sha256, images.open_small)


def _shown(request: PageRequest, sha256: str, opened: Opened) -> FileResponse:
    """A copy. Another site may not embed it with a visitor's cookie."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotFound(_("There is no such picture here."))
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise NotFound(_("There is no such picture here."))
    row = visibility.one(Image, request.viewer, sha256=sha256)
    file, media_type = opened(row)
    # On this answer alone: a redirect to the log-in must not be kept for a year.
    response = FileResponse(
        file, content_type=media_type, headers=dict(images.SAFE_HEADERS)
    )
    response["Content-Disposition"] = "inline"
    return response
