"""Pictures by the SHA-256 of their original bytes."""

from __future__ import annotations

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes

from annotation import images
from annotation.models import AccessToken, Image, Role
from annotation.visibility import one
from api.authentication import ViewerRequest
from api.endpoint import Endpoint, documented


class Picture(Endpoint):
    """The bytes of a picture: the original for a worker, the display copy for people."""

    roles = (AccessToken.Scope.WORKER, *Role)
    tag = "images"

    @documented(OpenApiTypes.BINARY, status=(200, "image/*"), refuses=(404,))
    def get(self, request: ViewerRequest, sha256: str) -> FileResponse:
        image = one(Image, request.viewer, sha256=sha256, state=Image.State.STORED)
        is_worker = request.auth.role == AccessToken.Scope.WORKER
        opened = images.open_original if is_worker else images.open_display
        file, media_type = opened(image)
        response = FileResponse(
            file, content_type=media_type, headers=dict(images.SAFE_HEADERS)
        )
        # The original may hold anything behind its pixels: no browser shows it in place.
        response["Content-Disposition"] = "attachment" if is_worker else "inline"
        return response
