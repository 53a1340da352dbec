"""JSON bodies, without the numbers that JSON cannot give back."""

from __future__ import annotations

import codecs
import json
import math
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer


class FiniteJSONParser(BaseParser):
    """Strict JSON in UTF-8. Numbers too large for a float are refused by name."""

    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> Any:
        try:
            text = codecs.getreader("utf-8")(stream)
            return json.load(text, parse_float=_finite, parse_constant=_refuse)
        except ValueError as error:
            raise ParseError(f"JSON parse error - {error}") from None


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:40]} is too large for a number")
    return number


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")
