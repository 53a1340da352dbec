"""Pictures, to those who may see them."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from annotation import visibility
from annotation.errors import NotFound
from annotation.models import Image
from annotation.views.page import PageRequest

SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


@login_required
@require_safe
def image(request: PageRequest, sha256: str) -> FileResponse:
    """The display copy. Another site may not embed it with a visitor's cookie."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotFound("There is no such picture here.")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise NotFound("There is no such picture here.")
    row = visibility.one(Image, request.viewer, sha256=sha256)
    try:
        file = row.display_path.open("rb")
    except FileNotFoundError:
        raise NotFound("The file of this picture is missing.") from None
    start = file.read(4)
    file.seek(0)
    kind = next((SIGNATURES[s] for s in SIGNATURES if start.startswith(s)), None)
    response = FileResponse(file, content_type=kind or "application/octet-stream")
    # On this answer alone: a redirect to the log-in must not be kept for a year.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
