"""The OpenAPI document: generated from the endpoints, for people and for machines."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import patched_settings
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation.models import AccessToken, User
from api.authentication import TokenAuthentication
from api.endpoint import Endpoint


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3 document as plain values. The same for everybody."""
    # Without the hook that moves every choice into a component of a made-up name.
    with patched_settings({"POSTPROCESSING_HOOKS": []}):
        generator: Any = SchemaGenerator
        return dict(generator().get_schema(request=None, public=True))


class IsKnown(BasePermission):
    """Somebody logged in, or any valid token."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, AccessToken) or isinstance(request.user, User)


class Schema(Endpoint):
    """The only address here that a session opens too: it shows no row."""

    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [IsKnown]
    schema = None

    def get(self, request: Request) -> Response:
        return Response(document())
