"""Pictures, to those who may see them."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from annotation import images, visibility
from annotation.errors import NotFound
from annotation.models import Image
from annotation.views.page import PageRequest


@login_required
@require_safe
def image(request: PageRequest, sha256: str) -> FileResponse:
    """The display copy. Another site may not embed it with a visitor's cookie."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotFound("There is no such picture here.")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise NotFound("There is no such picture here.")
    row = visibility.one(Image, request.viewer, sha256=sha256)
    file, media_type = images.open_display(row)
    response = FileResponse(file, content_type=media_type)
    # On this answer alone: a redirect to the log-in must not be kept for a year.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
