"""A candidate's texts in a form: one textarea for each, and the content they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst

from annotation.errors import Conflict, Invalid
from annotation.models import Candidate
from annotation.phrases import said
from corpus.content import Content, Conversation, MultipleChoice, dump


def rewritten(content: Content, texts: Iterable[str]) -> dict[str, Any]:
    """The JSON form of `content` with its texts replaced, in the order of `texts()`.

    Keys, options and turns keep their number; only words change.
    """
    fresh = iter(texts)
    fields = dump(content)
    if isinstance(content, Conversation):
        for turn in fields["turns"]:
            for name in ("question", "explanation", "answer"):
                if turn[name]:
                    turn[name] = next(fresh)
        return fields
    if isinstance(content, MultipleChoice):
        if content.hint:
            fields["hint"] = next(fresh)
        fields["question"] = next(fresh)
        fields["options"] = [next(fresh) for _ in content.options]
        return fields
    return fields | {name: next(fresh) for name, _ in content.texts()}


def plain(text: str) -> str:
    """Browsers send CR LF; texts hold LF."""
    return text.replace("\r\n", "\n")


class TextsForm(forms.Form):
    """A form that holds one textarea for each text of a candidate: edit-0, edit-1, …"""

    use_required_attribute = False

    def __init__(
        self,
        candidate: Candidate,
        data: Mapping[str, Any] | None = None,
        *,
        start: Content | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.candidate = candidate
        self.names = [name for name, _ in candidate.content.texts()]
        texts = dict((start or candidate.content).texts())
        for n, name in enumerate(self.names):
            text = texts.get(name, "")
            rows = min(12, 1 + text.count("\n") + len(text) // 70)
            attrs = {"rows": rows, "lang": candidate.language, "dir": "auto"}
            self.fields[f"edit-{n}"] = forms.CharField(
                label=capfirst(said(name)),
                initial=text,
                required=False,
                strip=False,
                widget=forms.Textarea(attrs),
            )

    @property
    def text_fields(self) -> list[forms.BoundField]:
        return [self[f"edit-{n}"] for n in range(len(self.names))]

    @property
    def texts_failed(self) -> bool:
        return any(field.errors for field in self.text_fields)

    def edited_texts(self) -> list[str]:
        names = (f"edit-{n}" for n in range(len(self.names)))
        return [plain(self.cleaned_data.get(name, "")) for name in names]

    def is_edited(self) -> bool:
        texts = [plain(text) for _, text in self.candidate.content.texts()]
        return self.edited_texts() != texts

    def refuse(self, error: Invalid | Conflict) -> None:
        """Show what the stage function found, at the field where it found it."""
        self.add_error(None, str(error))
        for finding in error.findings if isinstance(error, Invalid) else ():
            if finding.field in self.names:
                name = f"edit-{self.names.index(finding.field)}"
                self.add_error(name, said(finding.message))
            else:
                self.add_error(None, f"{said(finding.field)}: {said(finding.message)}")

    def first_error(self) -> str:
        return next(str(error) for errors in self.errors.values() for error in errors)
