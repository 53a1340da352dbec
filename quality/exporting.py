"""Stage 7, exporting: accepted decisions to a frozen, numbered release.

One snapshot of the database is read. Files are written beside the final folder, synced
and verified; one rename makes them visible, and the Release row is written last, in the
transaction that ends the job. Same state and same arguments, same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from annotation import jobs
from annotation.errors import Invalid
from annotation.models import Candidate, Event, Job, Project, User
from corpus.formats import licences, manifest, training_parquet, vlmevalkit_tsv
from corpus.formats.card import render, render_licences
from corpus.formats.release import Part, ReleaseError
from corpus.formats.vlmevalkit_names import require_plain
from corpus.record import ReleaseItem
from quality import describing
from quality.models import Decision, Release
from quality.selecting import Selection, select

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
BLOCKED = "its text would be changed silently by the program that reads it"


def ask(
    *,
    project: Project,
    design: str,
    languages: list[str],
    by: User | None = None,
    embed_images: bool = True,
) -> Job:
    """Write the job that makes a release. Raises Invalid for a wrong wish."""
    if design not in Release.Design.values:
        raise Invalid("Choose a training set or a benchmark set.")
    unknown = [code for code in languages if code not in project.target_languages]
    if unknown or not languages:
        raise Invalid(
            f"{unknown[0]!r} is no language of this project."
            if unknown
            else "Choose at least one language."
        )
    arguments = {
        "design": design,
        "languages": sorted(set(languages)),
        "embed_images": embed_images,
    }
    return jobs.ask(Job.Kind.RELEASE, project=project, by=by, arguments=arguments)


def run_release(run: jobs.Run) -> None:
    """The work of a release job."""
    project, arguments = run.job.project, run.job.arguments
    home = settings.RELEASE_DIR / project.code
    draft = home / f".draft-{run.job.pk}-{run.attempt}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        run.progress("reading what was accepted", 0, 4)
        facts, selection = _write(project, draft, run, **arguments)
        run.progress("packing", 3, 4)
        archive = _pack(draft)
        _publish(run, draft, archive, facts, selection)
    except ReleaseError as error:
        raise Invalid(str(error)) from None
    except OSError as error:
        raise Invalid(f"The release could not be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        draft.with_suffix(".zip").unlink(missing_ok=True)


def _write(
    project: Project,
    draft: Path,
    run: jobs.Run,
    *,
    design: str,
    languages: list[str],
    embed_images: bool,
) -> tuple[dict[str, Any], Selection]:
    with transaction.atomic():
        _one_snapshot()
        selection = select(project=project, design=design, languages=languages)
        if reason := _why_nothing(selection):
            raise Invalid(reason)
        parts = _parts(draft, design, selection, embed_images)
        card = describing.card(
            project=project,
            design=design,
            selection=selection,
            parts=parts,
            embed_images=embed_images,
        )
        facts = describing.facts(
            project=project,
            design=design,
            languages=languages,
            selection=selection,
            parts=parts,
            embed_images=embed_images,
        )
    run.progress("writing card and checksums", 2, 4)
    (draft / "README.md").write_text(render(card), "utf-8")
    (draft / "LICENSES.md").write_text(render_licences(card.sources), "utf-8")
    manifest.write(draft, facts)
    if problems := manifest.verify(draft):
        raise ReleaseError(problems[0])
    return facts, selection


def _one_snapshot() -> None:
    """Inside a test's transaction the isolation level cannot change any more."""
    if connection.savepoint_ids or len(connection.atomic_blocks) > 1:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _why_nothing(selection: Selection) -> str | None:
    if not selection.items:
        reasons = ", ".join(f"{n} {why}" for why, n in selection.left_out.items())
        return f"Nothing is accepted yet, so there is nothing to release ({reasons})."
    return licences.why_not(item.licence for item in selection.items)


def _parts(
    draft: Path, design: str, selection: Selection, embed_images: bool
) -> list[Part]:
    if design == Release.Design.TRAINING:
        kinds = sorted({item.content.kind for item in selection.items})
        return training_parquet.write(
            selection.items, draft, kinds=kinds, embed_images=embed_images
        )
    _leave_out_blocked(selection)
    if not selection.items:
        raise Invalid("Every accepted item is blocked by the benchmark format.")
    parts: list[Part] = []
    for name, items in _tables(selection.items):
        parts += vlmevalkit_tsv.write(items, draft, name=name)
    return parts


def _leave_out_blocked(selection: Selection) -> None:
    blocked = frozenset(
        (item.dataset, item.key)
        for item in selection.items
        if vlmevalkit_tsv.refusals(item)
    )
    if blocked:
        selection.without(blocked, BLOCKED)


def _tables(items: list[ReleaseItem]) -> list[tuple[str, list[ReleaseItem]]]:
    """One table per dataset and kind, under a name VLMEvalKit gives no meaning to."""

    def table(item: ReleaseItem) -> tuple[str, str]:
        return item.dataset, item.content.kind

    by_table = sorted(items, key=table)
    return [
        (_table_name(dataset, kind, number), list(own))
        for number, ((dataset, kind), own) in enumerate(groupby(by_table, table), 1)
    ]


def _table_name(dataset: str, kind: str, number: int) -> str:
    word = {"multiple_choice": "choice", "yes_no": "yesno"}[kind]
    plain = re.sub("[^A-Za-z0-9]+", "-", dataset.split("@")[0]).strip("-")
    try:
        return require_plain(f"Multi-{plain}-{word}")
    except ReleaseError:
        return f"Multi-set{number}-{word}"


def _pack(draft: Path) -> Path:
    """The same files as one zip, byte for byte the same each time."""
    archive = draft.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
        for path in sorted(p for p in draft.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(path.relative_to(draft).as_posix(), ZIP_EPOCH)
            info.external_attr = 0o644 << 16
            with (
                path.open("rb") as source,
                zipped.open(info, "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(source, target, 1 << 20)
    return archive


def _sync(folder: Path) -> None:
    """Everything in a folder, and the folder itself, is on disk."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Changed(Exception):
    """Somebody corrected an answer while its item was being written."""


def _require_unchanged(released: list[int], decisions: dict[int, int]) -> None:
    """Hold the candidates, and see that the snapshot's decisions still stand."""
    held = Candidate.objects.filter(pk__in=released).order_by("pk")
    waiting = [c.pk for c in held.select_for_update(no_key=True) if c.needs_decision]
    current = Decision.objects.current().filter(candidate__in=released)
    standing = dict(current.values_list("candidate", "pk"))
    moved = [pk for pk in released if standing.get(pk) != decisions[pk]]
    if waiting or moved:
        raise Changed(f"{len({*waiting, *moved})} items changed meanwhile")


@transaction.atomic
def _publish(
    run: jobs.Run,
    draft: Path,
    archive: Path,
    facts: dict[str, Any],
    selection: Selection,
) -> Release:
    """Number the release, make its folder visible, write its row and end the job."""
    project = Project.objects.select_for_update(no_key=True).get(pk=run.job.project_id)
    released = [item.candidate_id for item in selection.items]
    _require_unchanged(released, selection.decisions)
    taken = Release.objects.filter(project=project).aggregate(n=Max("number"))["n"]
    listed = (draft / manifest.MANIFEST).read_bytes()
    release = Release(
        project=project,
        number=(taken or 0) + 1,
        design=facts["design"],
        languages=facts["languages"],
        policy=facts["policy"],
        items=len(selection.items),
        left_out=facts["left_out"],
        manifest=json.loads(listed),
        manifest_sha256=hashlib.sha256(listed).hexdigest(),
        created_by=run.job.created_by,
    )
    _sync(draft)
    for path in (release.folder, release.archive):
        # Left by an attempt that died between its rename and its commit.
        shutil.rmtree(path, ignore_errors=True)
    os.replace(archive, release.archive)
    os.replace(draft, release.folder)
    _sync(release.folder.parent)
    release.save()
    Candidate.objects.filter(pk__in=released, settled_at=None).update(settled_at=Now())
    Event.record(Event.Kind.RELEASED, release, project=project, user=run.job.created_by)
    run.finish(release=release.pk, number=release.number, items=release.items)
    return release
