"""Long lists in pages: ?limit=&offset=, with a cap on what one answer holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from api.authentication import ViewerRequest


class Pages(LimitOffsetPagination):
    default_limit = 50
    max_limit = 200


def page(
    request: ViewerRequest,
    found: QuerySet[Any] | Sequence[Any],
    shape: type[Serializer[Any]],
) -> Response:
    """One page of `found`: {"count", "next", "previous", "results"}."""
    pages = Pages()
    chosen = pages.paginate_queryset(found, request)
    return pages.get_paginated_response(shape(chosen, many=True).data)
