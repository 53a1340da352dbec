"""Who knocks at the machine door: a bearer token, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from annotation import enrolling
from annotation.models import AccessToken, User
from annotation.visibility import Viewer

if TYPE_CHECKING:
    # REST framework loads this module while it is loading its own views.
    from rest_framework.views import APIView

SCHEME = "Bearer"
REFUSED = "This token is unknown, expired or revoked."


class ViewerRequest(Request):
    """A request that came in with a token."""

    viewer: Viewer
    auth: AccessToken


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <secret>`. A session counts for nothing here."""

    def authenticate(
        self, request: Request
    ) -> tuple[User | AnonymousUser, AccessToken] | None:
        secret = _secret(request)
        if secret is None:
            return None
        token = enrolling.find_token(secret)
        if token is None:
            raise AuthenticationFailed(REFUSED)
        viewer = Viewer.of_token(token)
        if not viewer.grants:
            # Its person was shut out, or no longer holds the role it was made for.
            raise AuthenticationFailed(REFUSED)
        cast(ViewerRequest, request).viewer = viewer
        return token.user or AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


def _secret(request: Request) -> str | None:
    header: str = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != SCHEME.lower():
        return None
    return secret.strip()


class HasToken(BasePermission):
    """A valid token, of a role that the endpoint names. Without names, nobody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, AccessToken):
            return False
        roles: tuple[str, ...] = getattr(view, "roles", ())
        if request.auth.role in roles:
            return True
        wanted = " or ".join(roles) or "nobody's"
        raise PermissionDenied(
            f"This token is for the role {request.auth.role}; this needs {wanted}."
        )


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for each token; each server process counts its own."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if not isinstance(request.auth, AccessToken):
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}
