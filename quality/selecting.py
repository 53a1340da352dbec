"""Which candidates a release takes, and why it leaves the others out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Collate

from annotation.models import Candidate, Control, Image, Item, Project
from corpus.content import BENCHMARK_KINDS, KINDS, parse
from corpus.record import ReleaseItem
from quality.models import Decision, Release

TRAINING_KINDS = tuple(kind for kind in KINDS if kind not in BENCHMARK_KINDS)
KINDS_OF = {
    Release.Design.TRAINING: TRAINING_KINDS,
    Release.Design.BENCHMARK: BENCHMARK_KINDS,
}


@dataclass(slots=True)
class Selection:
    """The accepted items in release order, and the count of the others by reason."""

    items: list[ReleaseItem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    decisions: dict[int, int] = field(default_factory=dict)

    def without(self, keys: frozenset[tuple[str, str]], reason: str) -> None:
        """Drop whole items, in every language."""
        kept = [i for i in self.items if (i.dataset, i.key) not in keys]
        self.left_out[reason] += len(self.items) - len(kept)
        self.items = kept


def select(*, project: Project, design: str, languages: list[str]) -> Selection:
    """What the policy accepts, in order of language, dataset and key.

    Of several candidates for one item and language the newest counts. Decisions made
    under another policy than the project's do not count as accepted.
    """
    selection = Selection()
    for candidate in _candidates(project, design, languages):
        if reason := _why_not(candidate, project):
            selection.left_out[reason] += 1
        else:
            decision = _decision(candidate)
            assert decision is not None
            selection.decisions[candidate.pk] = decision.pk
            selection.items.append(_release_item(candidate, decision))
    return selection


def _candidates(
    project: Project, design: str, languages: list[str]
) -> Iterator[Candidate]:
    newer = Candidate.objects.filter(
        item=OuterRef("item"),
        language=OuterRef("language"),
        version__gt=OuterRef("version"),
    )
    rows = Candidate.objects.filter(
        ~Exists(newer),
        project=project,
        language__in=languages,
        item__kind__in=KINDS_OF[Release.Design(design)],
    ).select_related("item__dataset", "item__image", "provenance", "control")
    standing = Prefetch(
        "decisions", Decision.objects.current(), to_attr="standing_decisions"
    )
    ordered = (
        rows.prefetch_related(standing)
        .annotate(
            held_out=Exists(_benchmark_items_with_this_image(project)),
        )
        .order_by(
            Collate("language", "C"),
            Collate("item__dataset__name", "C"),
            Collate("item__dataset__revision", "C"),
            Collate("item__key", "C"),
        )
    )
    return ordered.iterator(chunk_size=2000)


def _benchmark_items_with_this_image(project: Project) -> QuerySet[Item]:
    return Item.objects.filter(
        dataset__project=project,
        kind__in=BENCHMARK_KINDS,
        image=OuterRef("item__image"),
        image__isnull=False,
    )


def _decision(candidate: Candidate) -> Decision | None:
    standing: list[Decision] = candidate.standing_decisions  # type: ignore[attr-defined]
    return standing[0] if standing else None


def _why_not(candidate: Candidate, project: Project) -> str | None:
    item = candidate.item
    control = getattr(candidate, "control", None)
    if control and control.design == Control.Design.SPOILED:
        return "spoiled on purpose, as a control"
    if item.image and item.image.state != Image.State.STORED:
        return f"its image is {item.image.get_state_display().lower()}"
    if item.kind in TRAINING_KINDS and candidate.held_out:  # type: ignore[attr-defined]
        return "its image is held out for the benchmark"
    decision = _decision(candidate)
    if decision is None:
        return "not decided yet"
    if decision.policy != project.policy:
        return "decided under another policy"
    if decision.outcome != Decision.Outcome.ACCEPTED:
        return decision.outcome
    return None


def _release_item(candidate: Candidate, decision: Decision) -> ReleaseItem:
    item, image = candidate.item, candidate.item.image
    provenance = candidate.provenance
    return ReleaseItem(
        dataset=f"{item.dataset.name}@{item.dataset.revision}",
        revision=item.dataset.revision,
        licence=item.dataset.licence,
        attribution=item.dataset.attribution,
        key=item.key,
        group=item.group,
        language=candidate.language,
        origin=candidate.origin,
        content=parse(item.kind, decision.content_json),
        source=item.content,
        upstream=item.upstream,
        image_sha256=(image.sha256 or "") if image else "",
        image_url=item.image_url,
        image_path=str(image.original_path) if image else "",
        candidate_id=candidate.pk,
        judgments=candidate.needed,
        provenance={
            "model": provenance.model,
            "model_revision": provenance.model_revision,
            "prompt_template": f"{provenance.template_id}/{provenance.template_version}",
            "prompt_hash": provenance.template_hash,
        },
    )
