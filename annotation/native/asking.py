"""The job that takes in a file of native texts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation import batches, jobs
from annotation.errors import Invalid
from annotation.models import Dataset, Event, Job, Project, User
from annotation.models.proposals import LONGEST_TERMS
from annotation.native.adding import Collection, Terms, add_texts
from corpus.formats.licences import why_not
from corpus.sources import SourceError
from corpus.sources.native_texts import read

UNRELEASABLE = "As things are, no release can hold these texts: {why}"


def dataset_named(project: Project, name: str, revision: str = "") -> Dataset:
    """The dataset of that name. Raises Invalid if there is none, or several."""
    found = project.datasets.filter(name=name)
    if revision:
        found = found.filter(revision=revision)
    several = list(found.order_by("revision")[:10])
    if len(several) > 1:
        listed = ", ".join(dataset.revision for dataset in several)
        raise Invalid(
            _("%(name)s is there in several revisions. Choose one: %(listed)s.")
            % {"name": name, "listed": listed}
        )
    if not several:
        called = f"{name} at {revision}" if revision else name
        raise Invalid(
            _("%(code)s has no dataset %(called)s. Import it first.")
            % {"code": project.code, "called": called}
        )
    return several[0]


def ask(
    *,
    collection: Collection,
    path: str,
    strict: bool = False,
    by: User | None = None,
) -> Job:
    """Write the job that takes in a file of native texts for a dataset's items.

    Where the terms credit nobody, the source is credited. Raises Invalid if something
    is missing or no such language is judged.
    """
    project, language = collection.dataset.project, collection.language
    if language not in project.target_languages:
        known = ", ".join(project.target_languages)
        raise Invalid(
            _("%(language)s is none of the project's languages: %(known)s.")
            % {"language": repr(language), "known": known}
        )
    terms = {name: told.strip() for name, told in asdict(collection.terms).items()}
    for name, longest in LONGEST_TERMS.items():
        if not terms[name]:
            raise Invalid(
                _("Say the %(name)s of these texts: nothing leaves without one.")
                % {"name": _(name)}
            )
        if len(terms[name]) > longest:
            raise Invalid(
                _("The %(name)s has at most %(longest)s characters.")
                % {"name": _(name), "longest": longest}
            )
    arguments: dict[str, Any] = terms | {
        "attribution": terms["attribution"] or terms["source"],
        "dataset": collection.dataset.pk,
        "language": language,
        "path": path,
        "strict": strict,
    }
    return jobs.ask(Job.Kind.NATIVE, project=project, by=by, arguments=arguments)


def run_native(run: jobs.Run) -> None:
    """The work of a job that takes in native texts."""
    arguments = run.job.arguments
    path = batches.file_of(run)
    dataset = run.job.project.datasets.get(pk=arguments["dataset"])
    terms = Terms(*(arguments[name] for name in Terms.__slots__))
    before = arguments.get("added", 0)
    try:
        report = add_texts(
            Collection(dataset, arguments["language"], terms),
            read(path, arguments["language"]),
            strict=arguments["strict"],
            progress=batches.reading(run, path),
            saved=lambda added: run.remember(added=before + added),
        )
    except SourceError as error:
        raise Invalid(str(error)) from None
    report.count_earlier(before)
    why = why_not([dataset.licence, terms.licence])
    with transaction.atomic():
        Event.record(
            Event.Kind.IMPORTED,
            dataset,
            project=run.job.project,
            user=run.job.created_by,
            native=arguments["language"],
            added=report.added,
            refused=report.refused,
        )
        run.finish(**report.result(UNRELEASABLE.format(why=why) if why else ""))
        batches.let_go(path)
