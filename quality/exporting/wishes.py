"""What somebody wants released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from annotation import jobs
from annotation.errors import Invalid
from annotation.models import Job, Project, User
from corpus.formats.arms import ARMS
from corpus.languages import ENGLISH
from quality.models import Release

#: The formats of a training set: name, words for the form.
TRAINING_FORMATS = {
    "parquet": "Parquet in the columns of the source",
    "messages": "Chat messages in parquet, for TRL",
    "llava": "LLaVA JSON",
    "webdataset": "WebDataset",
}

#: The fields of a wish that are lists; JSON has no tuples.
LISTS = ("languages", "formats", "datasets")

#: The largest share of the pictures that a test split may have.
MOST_HELD_OUT: Final = 0.9


@dataclass(frozen=True, slots=True)
class Wish:
    """The arguments of a release.

    `test_share` of the pictures go to a held-out test split; `arm` narrows a training
    set to one arm of an ablation. A benchmark has all its formats. English sources
    come along if `english`. `datasets` (name@revision) are those of the project that
    it is made of; none are all of them.
    """

    design: str
    languages: tuple[str, ...]
    formats: tuple[str, ...] = ()
    embed_images: bool = True
    english: bool = True
    test_share: float = 0.0
    arm: str = ""
    datasets: tuple[str, ...] = ()

    @classmethod
    def of(cls, job: Job) -> Self:
        """The wish that a release or part job carries."""
        wish = dict(job.arguments["wish"])
        for name in LISTS:
            wish[name] = tuple(wish.get(name, ()))
        return cls(**wish)

    @property
    def is_benchmark(self) -> bool:
        return self.design == Release.Design.BENCHMARK

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Those of the files, sorted as their rows are."""
        return tuple(sorted({*self.languages, *([ENGLISH] if self.english else [])}))

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {name: list(getattr(self, name)) for name in LISTS}


def ask(
    *,
    project: Project,
    design: str,
    languages: Sequence[str],
    by: User | None = None,
    formats: Sequence[str] | None = None,
    datasets: Sequence[str] | None = None,
    **choices: Any,
) -> Job:
    """Write the job that makes a release. Raises Invalid for a wrong wish.

    `formats` are those of a training set, parquet if not given. `datasets` are names
    or name@revision, all datasets of the project if not given.
    """
    if design not in Release.Design.values:
        raise Invalid(_("Choose a training set or a benchmark set."))
    unknown = [code for code in languages if code not in project.target_languages]
    if unknown:
        told = _("%(code)s is no language of this project.")
        raise Invalid(told % {"code": repr(unknown[0])})
    if not languages:
        raise Invalid(_("Choose at least one language."))
    if formats is None:
        formats = ("parquet",) if design == Release.Design.TRAINING else ()
    wish = Wish(
        design=design,
        languages=tuple(sorted(set(languages))),
        formats=_formats(formats),
        datasets=() if datasets is None else _datasets(project, datasets),
        **choices,
    )
    _require_sense(wish)
    return jobs.ask(
        Job.Kind.RELEASE, project=project, by=by, arguments={"wish": wish.to_json()}
    )


def _choose_formats() -> str:
    told = _("Choose the formats among %(formats)s.")
    return told % {"formats": ", ".join(TRAINING_FORMATS)}


def _formats(wanted: Sequence[str]) -> tuple[str, ...]:
    strange = [name for name in wanted if name not in TRAINING_FORMATS]
    if strange:
        raise Invalid(_choose_formats())
    return tuple(name for name in TRAINING_FORMATS if name in wanted)


def _datasets(project: Project, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those that are meant: a name alone means all its revisions, all there are none."""
    names = {dataset.full_name: dataset.name for dataset in project.datasets.all()}
    chosen = set[str]()
    for name in wanted:
        meant = {full for full, short in names.items() if name in (full, short)}
        if not meant:
            there = ", ".join(sorted(names)) or _("no dataset yet")
            told = _("%(name)s is no dataset of this project. It has %(there)s.")
            raise Invalid(told % {"name": repr(name), "there": there})
        chosen |= meant
    if not chosen:
        raise Invalid(_("Choose at least one dataset."))
    return () if chosen == names.keys() else tuple(sorted(chosen))


def _require_sense(wish: Wish) -> None:
    if not 0 <= wish.test_share <= MOST_HELD_OUT:
        told = _("The share held out for testing is a number from 0 to %(most)s.")
        raise Invalid(told % {"most": MOST_HELD_OUT})
    if wish.arm and wish.arm not in ARMS:
        told = _("%(arm)s is none of the arms %(arms)s.")
        raise Invalid(told % {"arm": repr(wish.arm), "arms": ", ".join(ARMS)})
    if wish.arm and not wish.english:
        raise Invalid(_("An arm compares with English, so English must come along."))
    if not wish.is_benchmark and not wish.formats:
        raise Invalid(_choose_formats())
    if wish.is_benchmark and (named := _of_training(wish)):
        told = _(
            "A benchmark is released whole, in all its formats and with its pictures: "
            "leave %(named)s to training sets."
        )
        raise Invalid(told % {"named": _(" and ").join(named)})


def _of_training(wish: Wish) -> list[str]:
    """What was chosen that only a training set can have."""
    chosen = {
        _("the choice of formats"): wish.formats,
        _("the pictures held out for testing"): wish.test_share,
        _("the arm of an ablation"): wish.arm,
        _("addresses in place of pictures"): not wish.embed_images,
    }
    return [words for words, is_chosen in chosen.items() if is_chosen]
