"""What every endpoint shares: who may come in, and how it describes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.messages import named
from api.paging import Pages

Shape = type[serializers.Serializer[Any]]
Method = TypeVar("Method", bound=Callable[..., Any])

REASONS = {
    401: "No token, or one that is unknown, expired or revoked.",
    403: "The token's role, or a rule, does not allow this.",
    404: "Nothing there, or nothing this token may see.",
    409: "It was answered, ruled on or leased anew in the meantime.",
    422: "The content breaks a rule; findings say where, if a check found it.",
}


class Refusal(serializers.Serializer[Any]):
    """Why a request was refused, in a sentence, and which checks said no."""

    detail = serializers.CharField()
    findings = serializers.ListField(child=serializers.DictField(), required=False)


class JsonAlways(BaseContentNegotiation):
    """There is one format, so nobody is refused for asking for another."""

    def select_parser(
        self, request: Request, parsers: Iterable[BaseParser]
    ) -> BaseParser | None:
        return next((p for p in parsers if _speaks(p, request)), None)

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


def _speaks(parser: BaseParser, request: Request) -> bool:
    return request.content_type.split(";")[0].strip().lower() == parser.media_type


class EndpointSchema(AutoSchema):
    """Takes tag and roles from the endpoint, and names shapes after their class."""

    view: Endpoint  # type: ignore[override]

    def get_tags(self) -> list[str]:
        return [self.view.tag]

    def get_extensions(self) -> dict[str, Any]:
        return {"x-roles": [str(role) for role in self.view.roles]}

    def get_operation_id(self) -> str:
        return f"{type(self.view).__name__}_{self.method.lower()}"

    def get_serializer_name(self, serializer: Any, direction: str) -> str:
        return type(serializer).__qualname__.replace(".", "")


class Endpoint(APIView):
    """One address. `roles` are those whose tokens may use it, `tag` where it is filed."""

    roles: ClassVar[tuple[str, ...]] = ()
    tag: ClassVar[str] = ""
    content_negotiation_class = JsonAlways
    metadata_class = None

    def read(self, request: Request, shape: Shape) -> dict[str, Any]:
        """The body as `shape` describes it. Raises DRF's ValidationError, a 400."""
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


def documented(
    answers: Any,
    *,
    takes: Shape | None = None,
    status: int | tuple[int, str] = 200,
    refuses: tuple[int, ...] = (),
    is_list: bool = False,
) -> Callable[[Method], Method]:
    """Describe a method of an endpoint: its body, its answer and its refusals.

    `status` is a number, or (number, media type) for an answer that is not JSON.
    """
    responses: dict[Any, Any] = {status: _page_of(answers) if is_list else answers}
    for code in sorted({401, 403, *refuses}):
        responses[code] = OpenApiResponse(Refusal, REASONS[code])

    def describe(method: Method) -> Method:
        setattr(method, "schema", EndpointSchema)  # noqa: B010
        described: Method = extend_schema(
            request=takes,
            responses=responses,
            parameters=_paging() if is_list else None,
        )(method)
        return described

    return describe


def _page_of(shape: Shape) -> Shape:
    fields: dict[str, serializers.Field[Any, Any, Any, Any]] = {
        "count": serializers.IntegerField(),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": shape(many=True),
    }
    return named("PageOf" + shape.__qualname__.replace(".", ""), fields)


def _paging() -> list[OpenApiParameter]:
    said = {
        "limit": f"How many rows, {Pages.max_limit} at most.",
        "offset": "How many rows to leave out at the start.",
    }
    return [
        OpenApiParameter(name, int, description=text) for name, text in said.items()
    ]
