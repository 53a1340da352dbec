"""What all parts of a release share, settled once and remembered."""

from __future__ import annotations

from dataclasses import asdict

from annotation import jobs
from annotation.models import Project
from corpus import checks
from quality import adjudicating, measuring
from quality.exporting.parts import Plan
from quality.exporting.wishes import Wish
from quality.models import Decision
from quality.selecting import last_decision, selected


def planned(run: jobs.Run, wish: Wish) -> Plan:
    """Up to which decision the release goes: the same again after a kill."""
    if known := run.job.arguments.get("plan"):
        return Plan(**known)
    # A correction of this moment must not make the release start again later.
    adjudicating.catch_up(run)
    run.progress("measuring agreement", 0, 4)
    measuring.renew(run.job)
    until = last_decision(run.job.project)
    run.progress("checking again what was decided under other checks", 1, 4)
    plan = Plan(until, _refused(run.job.project, wish, until))
    run.remember(plan=asdict(plan))
    return plan


def _refused(project: Project, wish: Wish, until: int) -> list[tuple[str, str, str]]:
    """What was decided under other checks, and today's block."""
    decided = Decision.objects.filter(candidate__project=project, pk__lte=until)
    if not decided.exclude(checks=checks.VERSION).exists():
        return []
    languages = list(wish.languages)
    with selected(
        project=project, design=wish.design, languages=languages, until=until
    ) as selection:
        selection.recheck()
        return [(*pair, why) for pair, why in sorted(selection.dropped.items())]
