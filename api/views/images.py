"""Pictures by the SHA-256 of their original bytes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes

from annotation.errors import NotFound
from annotation.models import AccessToken, Image, Role
from annotation.visibility import one
from api.authentication import ViewerRequest
from api.endpoint import Endpoint, documented

CACHE = "private, max-age=31536000, immutable"
PNG = b"\x89PNG"


class Picture(Endpoint):
    """The bytes of a picture: the original for a worker, the display copy for people."""

    roles = (AccessToken.Scope.WORKER, *Role)
    tag = "images"

    @documented(OpenApiTypes.BINARY, status=(200, "image/*"), refuses=(404,))
    def get(self, request: ViewerRequest, sha256: str) -> FileResponse:
        image = one(Image, request.viewer, sha256=sha256, state=Image.State.STORED)
        if request.auth.role == AccessToken.Scope.WORKER:
            file = _opened(image.original_path)
            media_type = image.media_type
        else:
            file = _opened(image.display_path)
            media_type = _media_type(file)
        # The address is a hash of the content, so the answer never changes.
        return FileResponse(
            file, content_type=media_type, headers={"Cache-Control": CACHE}
        )


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise NotFound("There is nothing here, or it is not yours to see.") from None


def _media_type(display_copy: BinaryIO) -> str:
    start = display_copy.read(len(PNG))
    display_copy.seek(0)
    return "image/png" if start == PNG else "image/jpeg"
