"""What people type, parsed and cleaned. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from annotation import rubrics
from annotation.importing import UNVERSIONED
from annotation.judging import MAX_NOTE, Answer
from annotation.models import Candidate, Criterion, Judgment, User
from annotation.span_forms import OFFERED
from annotation.span_forms import rows as span_rows
from annotation.text_forms import TextsForm, plain, rewritten
from corpus.sources import Source

Verdict = Judgment.Verdict
#: Kept as they are here, and shown in the language of the page.
SKIP_REASONS = (
    gettext_noop("The image is missing or unreadable"),
    gettext_noop("I do not know enough about the subject"),
    gettext_noop("I have seen this item elsewhere"),
)
OTHER = "other"


class VerdictRadios(forms.RadioSelect):
    """The four verdicts, each with the key that chooses it."""

    KEYS: Mapping[str, dict[str, str]] = {
        Verdict.ACCEPT: {"data-key": "KeyA"},
        Verdict.ACCEPT_WITH_EDITS: {"data-key": "KeyE", "data-focus": "id_edit-0"},
        Verdict.REJECT: {"data-key": "KeyR"},
        Verdict.CANNOT_JUDGE: {"data-key": "KeyX"},
    }

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= self.KEYS.get(str(value), {})
        return option


class JudgmentForm(TextsForm):
    """One answer about one candidate. A first answer begins with nothing chosen."""

    offered = OFFERED
    id = forms.UUIDField(widget=forms.HiddenInput)
    spent = forms.IntegerField(
        min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput
    )
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=Verdict.choices,
        required=False,
        widget=VerdictRadios,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(
            {"rows": 2, "data-key": "KeyC", "data-key-label": _("Note"), "dir": "auto"}
        ),
    )

    def __init__(
        self,
        candidate: Candidate,
        criteria: Iterable[Criterion],
        data: Mapping[str, Any] | None = None,
        *,
        corrects: Judgment | None = None,
    ) -> None:
        criteria = list(criteria)
        self.rubric = candidate.project.rubric
        data, self.is_stale = rubrics.carried(data, self.rubric, criteria)
        edited = corrects.edited_json if corrects else None
        super().__init__(
            candidate,
            data,
            start=type(candidate.content).parse(edited) if edited else None,
            initial={"id": uuid4()} | (_said(corrects, criteria) if corrects else {}),
        )
        self.spans = span_rows(candidate, data, corrects)
        self.criteria = {f"rating-{c.code}": c for c in criteria}
        for name, criterion in self.criteria.items():
            self.fields[name] = forms.TypedChoiceField(
                label=criterion.question,
                choices=[(p["value"], p["label"]) for p in criterion.points],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields([*self.criteria, "verdict"])

    def resume(self, kept: Mapping[str, Sequence[str]]) -> None:
        """Begin with what a draft holds; a field that it lacks begins as ever."""
        typed: Any = MultiValueDict({name: list(said) for name, said in kept.items()})
        typed, _ = rubrics.carried(typed, self.rubric, self.criteria.values())
        for name, field in self.fields.items():
            if typed.getlist(name):
                self.initial[name] = field.widget.value_from_datadict(
                    typed, MultiValueDict(), name
                )

    @property
    def questions(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[name]) for name, criterion in self.criteria.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_stale:
            self.add_error(None, rubrics.STALE)
        verdict = cleaned.get("verdict")
        if not verdict and "verdict" not in self.errors:
            self.add_error("verdict", _("Choose a verdict."))
        if verdict == Verdict.ACCEPT and self.is_edited():
            self.add_error(
                "verdict",
                _(
                    "You changed the text. Choose “Accept with edits”, or undo the change."
                ),
            )
        if verdict == Verdict.ACCEPT_WITH_EDITS and not self.is_edited():
            self.add_error(
                "verdict",
                _("You changed nothing. Edit the text, or choose “Accept”."),
            )
        if verdict in (Verdict.REJECT, Verdict.CANNOT_JUDGE) and self.is_edited():
            self.add_error(
                "verdict",
                _(
                    "You changed the text, and this verdict would drop the change. "
                    "Choose “Accept with edits”, or undo it."
                ),
            )
        for name, criterion in self.criteria.items():
            missing = criterion.required and cleaned.get(name) is None
            if missing and verdict != Verdict.CANNOT_JUDGE and name not in self.errors:
                self.add_error(name, _("Choose one of the answers."))
        for number, row in enumerate(self.spans, 1):
            for error in [e for errors in row.errors.values() for e in errors]:
                self.add_error(
                    None,
                    _("Marked error %(number)s: %(error)s")
                    % {"number": number, "error": error},
                )
        return cleaned

    @property
    def spans_failed(self) -> bool:
        return any(row.errors for row in self.spans)

    def answer(self) -> Answer:
        said = self.cleaned_data
        edits = said["verdict"] == Verdict.ACCEPT_WITH_EDITS
        content = self.candidate.content
        return Answer(
            id=said["id"],
            verdict=said["verdict"],
            ratings={
                criterion.code: said[name]
                for name, criterion in self.criteria.items()
                if said[name] is not None
            },
            edited=rewritten(content, self.edited_texts()) if edits else None,
            note=plain(said["note"]),
            spent=said["spent"],
            spans=[row.mark for row in self.spans if row.mark],
            rubric=str(self.rubric),
        )


def _said(judgment: Judgment, criteria: list[Criterion]) -> dict[str, Any]:
    still = rubrics.ratings_still_asked(judgment, criteria)
    given = {f"rating-{code}": value for code, value in still.items()}
    return given | {"verdict": judgment.verdict, "note": judgment.note}


class ReasonRadios(forms.RadioSelect):
    """Whoever has another reason goes on to say which."""

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value == OTHER:
            option["attrs"]["data-focus"] = "id_other"
        return option


class SkipForm(forms.Form):
    """Why somebody passes an item on."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[*((r, _(r)) for r in SKIP_REASONS), (OTHER, _("Another reason"))],
        required=False,
        widget=ReasonRadios,
    )
    other = forms.CharField(label=_("In your words"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        own = cleaned.get("other", "").strip()
        chosen = cleaned.get("reason") or (OTHER if own else "")
        if not chosen and "reason" not in self.errors:
            self.add_error("reason", _("Choose why you skip this item."))
        if chosen == OTHER and not own:
            self.add_error("other", _("Say in a word why you skip it."))
        return cleaned | {"reason": own if chosen == OTHER else chosen}


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("language", "theme", "single_keys")
        widgets = {"language": forms.RadioSelect, "theme": forms.RadioSelect}


class ImportForm(forms.Form):
    """A file of one source, with the terms under which its data may leave again."""

    file = forms.FileField(label=_("File"), help_text="")
    name = forms.CharField(max_length=80, label=_("Name of the dataset"))
    revision = forms.CharField(
        label=_("Revision"),
        max_length=80,
        required=False,
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=60, help_text=_("An SPDX identifier.")
    )
    licence_url = forms.URLField(
        label=_("Address of the licence"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    attribution = forms.CharField(
        label=_("Attribution"), widget=forms.Textarea({"rows": 3})
    )
    strict = forms.BooleanField(
        required=False,
        label=_("All or nothing"),
        help_text=_("Import nothing if a single row is bad."),
    )

    def __init__(
        self,
        source: Source,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
    ) -> None:
        initial = {
            "name": source.name,
            "licence": source.licence,
            "licence_url": source.licence_url,
            "attribution": source.attribution,
        }
        super().__init__(data, files, initial=initial)
        self.source = source
        self.fields["revision"].help_text = _(
            "The upstream version, for example a commit or a date; %(unversioned)s if "
            "left empty."
        ) % {"unversioned": UNVERSIONED}
        wanted = str(_(" or ")).join(source.suffixes)
        self.fields["file"].help_text = _("A %(wanted)s file.") % {"wanted": wanted}
        self.fields["file"].widget.attrs["accept"] = ",".join(source.suffixes)

    def clean_file(self) -> UploadedFile[Any]:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if Path(upload.name or "").suffix.lower() not in self.source.suffixes:
            wanted = str(_(" or ")).join(self.source.suffixes)
            raise forms.ValidationError(
                _("%(source)s is read from a %(wanted)s file.")
                % {"source": self.source.title, "wanted": wanted}
            )
        return upload
