"""One question of a rubric as it is edited: points, help and examples as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.models import Criterion
from annotation.models.projects import CONTENT_KINDS
from annotation.text_forms import plain
from corpus.languages import NAMES

LAST: Final = 99
#: What each point may have for each language.
BY_POINT: Final = ("help_in", "examples")
POINT_LINES = _("One point per line: value | label | help. The help may be left out.")
BY_LANGUAGE = _(
    "One per line: value | language | text, such as 4 | de | Ein Bus wartet."
)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto"})


class CriterionForm(forms.Form):
    """One question. Left as it came up, it asks nothing."""

    use_required_attribute = False
    question = forms.CharField(label=_("Question"), required=False, max_length=200)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        help_text=_("What reports call it."),
    )
    help = forms.CharField(required=False, widget=area(2), label=_("Help below it"))
    scale = forms.ChoiceField(
        label=_("Scale"), choices=Criterion.Scale.choices, initial="ordinal"
    )
    points = forms.CharField(
        label=_("Points"), required=False, widget=area(4), help_text=POINT_LINES
    )
    kinds = forms.MultipleChoiceField(
        label=_("Asked of"),
        required=False,
        choices=CONTENT_KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all."),
    )
    required = forms.BooleanField(
        required=False, initial=True, label=_("Needs an answer"), label_suffix=""
    )
    order = forms.IntegerField(
        required=False, min_value=1, max_value=LAST, label=_("Place")
    )
    help_in = forms.CharField(
        required=False,
        widget=area(2),
        label=_("Help for a language"),
        help_text=BY_LANGUAGE,
    )
    examples = forms.CharField(
        label=_("Examples"), required=False, widget=area(2), help_text=BY_LANGUAGE
    )
    remove = forms.BooleanField(required=False, label=_("Ask this no longer"))

    def __init__(
        self,
        number: int,
        data: Mapping[str, Any] | None = None,
        asked: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(
            data,
            prefix=f"q{number}",
            initial={"order": number} | (_shown(asked) if asked else {}),
            empty_permitted=True,
        )
        self.number = number
        self.is_asked = asked is not None

    @property
    def is_spare(self) -> bool:
        return not self.is_asked and not (self.is_bound and self.has_changed())

    @property
    def is_gone(self) -> bool:
        return self.is_spare or bool(self["remove"].data)

    @property
    def explains(self) -> bool:
        """Whether the part about languages has something to show."""
        return bool(self.errors.keys() & set(BY_POINT))

    def clean_points(self) -> list[dict[str, Any]]:
        return [_point(line) for line in _lines(self.cleaned_data["points"])]

    def clean_help_in(self) -> dict[int, dict[str, str]]:
        return _by_language(self.cleaned_data["help_in"])

    def clean_examples(self) -> dict[int, dict[str, str]]:
        return _by_language(self.cleaned_data["examples"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        values = {point["value"] for point in cleaned.get("points", [])}
        for name in BY_POINT:
            unknown = sorted(set(cleaned.get(name, {})) - values)
            if unknown and "points" not in self.errors:
                self.add_error(
                    name,
                    _("No point has the value %(unknown)s.") % {"unknown": unknown[0]},
                )
        return cleaned

    def asked(self) -> dict[str, Any]:
        """The question in the form that `rubrics.read` takes."""
        said = self.cleaned_data
        points = [
            point
            | {name: said.get(name, {}).get(point["value"], {}) for name in BY_POINT}
            for point in said.get("points", [])
        ]
        return {
            "code": said.get("code", ""),
            "question": said.get("question", ""),
            "help": plain(said.get("help", "")),
            "scale": said.get("scale", ""),
            "points": points,
            "kinds": said.get("kinds", []),
            "required": said["required"],
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _split(line: str, wanted: str) -> tuple[int, str, str]:
    value, _bar, rest = line.partition("|")
    second, _bar, third = rest.partition("|")
    try:
        number = int(value)
    except ValueError:
        raise forms.ValidationError(
            _("Begin “%(line)s” with a whole number: %(wanted)s.")
            % {"line": line, "wanted": wanted}
        ) from None
    if not second.strip():
        raise forms.ValidationError(
            _("Something is missing in “%(line)s”: %(wanted)s.")
            % {"line": line, "wanted": wanted}
        )
    return number, second.strip(), third.strip()


def _point(line: str) -> dict[str, Any]:
    value, label, help_text = _split(line, str(_("value | label | help")))
    return {"value": value, "label": label, "help": help_text}


def _by_language(text: str) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for line in _lines(text):
        value, language, said = _split(line, str(_("value | language | text")))
        if language not in NAMES:
            known = ", ".join(NAMES)
            raise forms.ValidationError(
                _("%(language)s in “%(line)s” is none of %(known)s.")
                % {"language": repr(language), "line": line, "known": known}
            )
        if language in found.setdefault(value, {}):
            raise forms.ValidationError(
                _("“%(line)s” is the second of that language.") % {"line": line}
            )
        found[value][language] = said
    return found


def _shown(asked: Mapping[str, Any]) -> dict[str, Any]:
    """A stored question as the form's fields hold it."""
    points = asked["points"]
    lines = (
        " | ".join(map(str, filter(None, _first_three(point)))) for point in points
    )
    return dict(asked) | {
        "points": "\n".join(lines),
        "help_in": _language_lines(points, "help_in"),
        "examples": _language_lines(points, "examples"),
    }


def _first_three(point: Mapping[str, Any]) -> list[str]:
    return [str(point["value"]), point["label"], point.get("help", "")]


def _language_lines(points: Iterable[Mapping[str, Any]], name: str) -> str:
    return "\n".join(
        f"{point['value']} | {language} | {text}"
        for point in points
        for language, text in point.get(name, {}).items()
    )
