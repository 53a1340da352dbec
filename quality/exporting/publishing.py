"""From written parts to a visible release: checked, described, packed, numbered.

Nothing is visible before the last rename, and the row is written in the transaction
that ends the job. What dies before leaves a draft that the next attempt goes on with.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from annotation import jobs, settling
from annotation.errors import ConcordError, Invalid
from annotation.models import Event, Job, Project
from corpus.formats import licences, manifest
from corpus.formats.release import ReleaseError, ReleaseKey
from corpus.plain_text import counted
from quality import measuring
from quality.exporting import (
    describing,
    files,
    held_out,
    noting,
    packing,
    parts,
    planning,
    set_checks,
)
from quality.exporting.units import units_of
from quality.exporting.wishes import Wish
from quality.models import Release
from quality.selecting import NOT_IN_ARM, Selection, forget, selected

FITTING = (
    "Choose datasets that fit together: a release need not hold all of a project's."
)


class Changed(Exception):
    """Somebody corrected an answer while its item was being written."""


def run_release(run: jobs.Run) -> None:
    """The work of a release job."""
    wish, home = Wish.of(run.job), parts.draft_of(run.job)
    home.mkdir(parents=True, exist_ok=True)
    try:
        plan = planning.planned(run, wish)
        _write_parts(run, wish, plan)
        _publish(run, wish, home, plan.until)
        _forget(home)
    except (ReleaseError, OSError) as error:
        _start_over(run, home)
        raise Invalid(parts.sentence(error)) from error
    except (ConcordError, Changed):
        _start_over(run, home)
        raise


def _start_over(run: jobs.Run, home: Path) -> None:
    """What is asked again must look at what was decided since."""
    _forget(home)
    run.remember(plan=None)


def _forget(home: Path) -> None:
    """Remove the draft. What dies before this leaves it for the next attempt."""
    shutil.rmtree(home, ignore_errors=True)
    home.with_suffix(".zip").unlink(missing_ok=True)


def _write_parts(run: jobs.Run, wish: Wish, plan: parts.Plan) -> None:
    """Those that no other worker has begun are written here; then the others end."""
    asked = parts.ask_parts(run.job, wish, plan)
    # Meanwhile other workers write.
    run.progress("measuring agreement", 0, len(asked) + 2)
    measuring.renew(run.job)
    for n, part in enumerate(asked):
        run.progress(f"writing {part.arguments['unit']}", n, len(asked) + 2)
        _require_whole(jobs.run(part.pk))
    for part in asked:
        unit = part.arguments["unit"]
        run.progress(f"waiting for {unit}", len(asked), len(asked) + 2)
        _require_whole(jobs.see_through(part.pk))


def _require_whole(part: Job | None) -> None:
    if part is not None and part.state == Job.State.FAILED:
        raise Invalid(part.error)


def _publish(run: jobs.Run, wish: Wish, home: Path, until: int) -> None:
    project = run.job.project
    found = _found(home, wish)

    def hold() -> None:
        """The job's row, until the commit: nobody takes over a job that is locked.

        Had a heartbeat changed the row after the snapshot, this could not end the job.
        """
        run.progress("describing and packing", len(found), len(found) + 2)

    with (
        run.undisturbed,
        selected(
            project=project,
            design=wish.design,
            languages=list(wish.languages),
            until=until,
            arm=wish.arm,
            datasets=wish.datasets,
            first=hold,
            stays=True,
        ) as selection,
    ):
        _require_same(selection, found, wish)
        _require_something(selection, found)
        _require_licensed(selection)
        final = packing.assembled(home, found)
        if wish.test_share:
            set_checks.require_apart(final, noting.data_files(found))
        notes = noting.notes(found, wish, selection.accepted_in)
        facts = describing.write(
            selection, wish, noting.data_files(found), notes, final
        )
        archive = packing.pack(final, home.with_suffix(".zip"))
        packing.sync(*final.rglob("*"), final, archive)
    with run.undisturbed, transaction.atomic():
        run.progress("publishing", len(found) + 1, len(found) + 2)
        settling.close(project.pk)
        selection.settle()
        if moved := selection.moved():
            raise Changed(f"{counted(moved, 'item', 'items')} changed meanwhile")
        _show(run, wish, selection, facts, final, archive)
        forget()


def _found(home: Path, wish: Wish) -> dict[str, dict[str, Any]]:
    """What every part says of itself. A release never goes out without one of them."""
    found = {}
    for unit in units_of(wish):
        facts = parts.facts_of(home, unit)
        if facts is None:
            raise Changed(f"the written part {unit} was lost")
        found[unit] = facts
    return found


def _require_same(
    selection: Selection, written: dict[str, dict[str, Any]], wish: Wish
) -> None:
    """See that the parts were written from exactly what is selected now."""
    for facts in written.values():
        selection.drop(
            (ReleaseKey(dataset, key, ""), reason)
            for dataset, key, reason in facts["dropped"]
        )
    files.narrow(selection, wish)
    if wish.is_benchmark and any(held_out.spent(selection)):
        raise Changed("a training set with some of its pictures came out meanwhile")
    for name, unit in units_of(wish).items():
        if selection.digest(list(unit.behind)) != written[name]["digest"]:
            raise Changed(f"the part {name} holds other decisions by now")


def _require_something(
    selection: Selection, written: dict[str, dict[str, Any]]
) -> None:
    if any(facts["rows"] for facts in written.values()):
        return
    reasons = "; ".join(f"{why}: {n}" for why, n in selection.left_out.items())
    if NOT_IN_ARM in selection.left_out:
        raise Invalid(f"Nothing that was accepted belongs to this arm ({reasons}).")
    raise Invalid(
        f"Nothing is accepted yet, so there is nothing to release ({reasons})."
    )


def _require_licensed(selection: Selection) -> None:
    if reason := licences.why_not(selection.licences):
        is_choice = len(selection.sources) > 1
        raise Invalid(f"{reason} {FITTING}" if is_choice else reason)


def _show(
    run: jobs.Run,
    wish: Wish,
    selection: Selection,
    facts: dict[str, Any],
    final: Path,
    archive: Path,
) -> None:
    """Number the release, make its files visible, write its row and end the job."""
    project = Project.objects.select_for_update(no_key=True).get(pk=run.job.project_id)
    listed = (final / manifest.MANIFEST).read_bytes()
    release = Release(
        project=project,
        number=_next_number(project, run.job),
        design=wish.design,
        languages=list(wish.languages),
        datasets=list(wish.datasets),
        policy=project.policy,
        items=facts["items"],
        left_out=dict(selection.left_out),
        manifest=json.loads(listed),
        manifest_sha256=hashlib.sha256(listed).hexdigest(),
        created_by=run.job.created_by,
    )
    _claim_folder(release, run.job)
    os.replace(archive, release.archive)
    os.replace(final, release.folder)
    packing.sync(release.folder.parent)
    release.save()
    Event.record(Event.Kind.RELEASED, release, project=project, user=run.job.created_by)
    run.finish(release=release.pk, number=release.number, items=release.items)
    transaction.on_commit(_marker(release).unlink)


def _next_number(project: Project, job: Job) -> int:
    """One more than any release of this project, in the database or on disk.

    After a restore the folders may hold releases that the database forgot: they were
    given away, so their numbers are taken. What this very job left behind is not.
    """
    taken = Release.objects.filter(project=project).aggregate(n=Max("number"))["n"] or 0
    home = parts.draft_of(job).parent
    on_disk = [
        int(path.name)
        for path in home.glob("[0-9]*")
        if path.is_dir() and re.fullmatch("[0-9]{3,9}", path.name)
        if not _is_mine(home / f".publishing-{path.name}", job)
    ]
    return max([taken, *on_disk]) + 1


def _is_mine(marker: Path, job: Job) -> bool:
    return marker.exists() and marker.read_text() == str(job.pk)


def _marker(release: Release) -> Path:
    return release.folder.parent / f".publishing-{release.folder.name}"


def _claim_folder(release: Release, job: Job) -> None:
    """Remove what an attempt of this job left that died before its commit."""
    if _is_mine(_marker(release), job):
        shutil.rmtree(release.folder, ignore_errors=True)
        release.archive.unlink(missing_ok=True)
    _marker(release).write_text(str(job.pk))
