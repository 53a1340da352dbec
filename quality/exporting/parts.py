"""One unit of a release, written from one snapshot by a job of its own."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from annotation import jobs
from annotation.errors import Invalid
from annotation.models import Job, Project
from corpus.formats.release import ReleaseError, ReleaseKey
from corpus.record import ReleaseItem
from quality.exporting import files, held_out, sidecar
from quality.exporting.units import Unit, units_of
from quality.exporting.wishes import Wish
from quality.selecting import selected

#: Beside the files of a part: what it holds, and which decisions stand behind it.
FACTS = "part.json"
ROWS_PER_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts of a release share: decisions count up to `until`, and `refused`
    are the items (dataset, key, reason) that a check or a format does not let pass."""

    until: int
    refused: list[tuple[str, str, str]]

    @classmethod
    def of(cls, release: Job) -> Self | None:
        """What a release job has remembered, if it has planned already."""
        known = release.arguments.get("plan")
        return cls(**known) if known else None


def draft_of(job: Job) -> Path:
    """Where the files of a release job grow. Attempts end; the job comes back here."""
    home: Path = settings.RELEASE_DIR / job.project.code
    return home / f".draft-{job.pk}"


def ask_parts(release: Job, wish: Wish, plan: Plan) -> list[Job]:
    """The part jobs of a release job up to a decision, made if none are there yet.

    One that was done for a draft that is gone is made again.
    """
    asked = Job.objects.filter(kind=Job.Kind.PART, project=release.project)
    home = draft_of(release)
    known = {}
    for job in asked.filter(arguments__release=release.pk, arguments__until=plan.until):
        unit = job.arguments["unit"]
        is_gone = job.state == Job.State.DONE and facts_of(home, unit) is None
        if job.state != Job.State.FAILED and not is_gone:
            known[unit] = job
    return [
        known.get(unit) or _ask_part(release, wish, unit, plan)
        for unit in units_of(wish)
    ]


def _ask_part(release: Job, wish: Wish, unit: str, plan: Plan) -> Job:
    arguments = {
        "wish": wish.to_json(),
        "unit": unit,
        "release": release.pk,
        "until": plan.until,
    }
    part = jobs.ask(Job.Kind.PART, project=release.project, arguments=arguments)
    jobs.wake(part)
    return part


def run_part(run: jobs.Run) -> None:
    """The work of a part job."""
    wish = Wish.of(run.job)
    unit = units_of(wish)[run.job.arguments["unit"]]
    release = Job.objects.select_related("project").get(pk=run.job.arguments["release"])
    if release.state not in (Job.State.QUEUED, Job.State.RUNNING):
        raise Invalid("The release that wanted this part has ended.")
    plan = Plan.of(release)
    if plan is None or plan.until != run.job.arguments["until"]:
        raise Invalid("The release that wanted this part goes by later decisions now.")
    home = draft_of(release)
    draft = home / f".{unit.name}-{run.job.pk}-{run.attempt}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        with _uncollected():
            facts = _write(release.project, wish, unit, plan, draft, run)
        (draft / FACTS).write_text(json.dumps(facts), "utf-8")
        shutil.rmtree(home / unit.name, ignore_errors=True)
        os.replace(draft, home / unit.name)
    except (ReleaseError, OSError) as error:
        raise Invalid(sentence(error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    run.finish(rows=facts["rows"])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: rows have none, and it took a third of writing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def sentence(error: ReleaseError | OSError) -> str:
    """What went wrong, for the lead."""
    if isinstance(error, ReleaseError):
        return str(error)
    name = f" ({Path(error.filename).name})" if error.filename else ""
    return f"The release could not be written: {error.strerror}{name}."


def _write(
    project: Project, wish: Wish, unit: Unit, plan: Plan, draft: Path, run: jobs.Run
) -> dict[str, Any]:
    with selected(
        project=project,
        design=wish.design,
        languages=list(wish.languages),
        until=plan.until,
        arm=wish.arm,
        datasets=wish.datasets,
    ) as selection:

        def watch(items: Iterable[ReleaseItem], what: str) -> Iterator[ReleaseItem]:
            for n, item in enumerate(items):
                if n % ROWS_PER_NOTE == 0:
                    run.note(f"{unit.name}: writing {what}", n)
                yield item

        run.note(f"{unit.name}: checking", 0)
        selection.drop(
            (ReleaseKey(dataset, key, ""), why) for dataset, key, why in plan.refused
        )
        if wish.is_benchmark:
            selection.drop(held_out.spent(selection))
        made = files.Written([], [])
        if unit.texts:
            made = files.write(unit, selection, draft, wish, watch)
        else:
            files.narrow(selection, wish)
        if unit.sidecar:
            run.note(f"{unit.name}: writing provenance and judgments", 0)
            sidecar.write(selection, unit.languages, draft)
        return {
            "digest": selection.digest(list(unit.behind)),
            "rows": sum(part.rows for part in made.parts),
            "parts": [asdict(part) for part in made.parts],
            "notes": made.notes,
            "dropped": [
                [*pair, why] for pair, why in sorted(selection.dropped.items())
            ],
        }


def facts_of(home: Path, unit: str) -> dict[str, Any] | None:
    """What a written part says of itself; None if it is not there."""
    try:
        facts: dict[str, Any] = json.loads((home / unit / FACTS).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return facts
