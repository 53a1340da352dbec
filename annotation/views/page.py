"""What every page has in common: who may knock, how, and what browsers may keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from annotation import permissions, visibility
from annotation.errors import require
from annotation.models import Project, User
from annotation.visibility import Viewer

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class PageRequest(HttpRequest):
    """A request of somebody who is logged in, as the middleware leaves it."""

    user: User
    viewer: Viewer
    htmx: HtmxDetails


def page(*methods: str) -> Callable[[View], View]:
    """A view for people who are logged in. HEAD is allowed wherever GET is."""
    allowed = [*methods, "HEAD"] if "GET" in methods else [*methods]

    def wrap(view: View) -> View:
        guarded = login_required(require_http_methods(allowed)(view))
        return cache_control(private=True, no_cache=True)(guarded)

    return wrap


def led_project(request: PageRequest, code: str) -> Project:
    """The project of an address, for its lead only."""
    project = visibility.one(Project, request.viewer, code=code)
    require(permissions.why_not_lead(request.viewer, project))
    return project
