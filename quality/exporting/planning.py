"""What all parts of a release share, settled once and remembered."""

from __future__ import annotations

from dataclasses import asdict

from annotation import jobs
from annotation.models import Project
from corpus import checks
from quality import adjudicating
from quality.exporting import files
from quality.exporting.parts import Plan
from quality.exporting.wishes import Wish
from quality.models import Decision
from quality.selecting import last_decision, selected


def planned(run: jobs.Run, wish: Wish) -> Plan:
    """Up to which decision the release goes: the same again after a kill."""
    if known := Plan.of(run.job):
        return known
    # A correction of this moment must not make the release start again later.
    adjudicating.catch_up(run)
    until = last_decision(run.job.project)
    run.progress("looking for what must stay behind", 0, 4)
    plan = Plan(until, _refused(run.job.project, wish, until))
    run.remember(plan=asdict(plan))
    return plan


def _refused(project: Project, wish: Wish, until: int) -> list[tuple[str, str, str]]:
    """What today's checks block though others let it pass, and what no format holds."""
    accepted = Decision.objects.current().filter(
        candidate__project=project, outcome=Decision.Outcome.ACCEPTED, pk__lte=until
    )
    is_old = accepted.exclude(checks=checks.VERSION).exists()
    if not is_old and not files.may_refuse(wish):
        return []
    languages = list(wish.languages)
    with selected(
        project=project,
        design=wish.design,
        languages=languages,
        until=until,
        arm=wish.arm,
        datasets=wish.datasets,
    ) as selection:
        if is_old:
            selection.recheck()
        selection.drop(files.unfit(selection, wish))
        return [(*pair, why) for pair, why in sorted(selection.dropped.items())]
