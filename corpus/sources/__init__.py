"""One reader per upstream dataset: path -> records, and an error for each bad row."""

from corpus.content import KINDS
from corpus.sources import (
    ai2d,
    concord_jsonl,
    cosyn,
    mmbench,
    mme,
    pixmo_ask_model_anything,
    pixmo_cap,
    pope,
    repeats,
    scienceqa,
)
from corpus.sources.source import FileKind, Reader, Source, SourceError

__all__ = ["READERS", "FileKind", "Reader", "Source", "SourceError"]

_CC = "https://creativecommons.org/licenses"
_ODC_BY = "https://opendatacommons.org/licenses/by/1-0/"
_CHOICES = ("index", "question", "A", "B", "answer", "category", "image")


def _file(reader: Reader, *columns: str) -> FileKind:
    return FileKind(reader, frozenset(columns))


_POPE_LINES = _file(pope.read_jsonl, "question_id", "image", "text", "label")

_SOURCES = (
    Source(
        name="pixmo-cap",
        title="PixMo-Cap",
        files={".parquet": _file(pixmo_cap.read, *pixmo_cap.COLUMNS)},
        licence="ODC-BY-1.0",
        licence_url=_ODC_BY,
        attribution=(
            "PixMo-Cap by the Allen Institute for AI (allenai/pixmo-cap). "
            "The images are third-party works, given by address."
        ),
        kinds=("caption",),
    ),
    Source(
        name="pixmo-ask-model-anything",
        title="PixMo-AskModelAnything",
        files={
            ".parquet": _file(
                pixmo_ask_model_anything.read, *pixmo_ask_model_anything.COLUMNS
            )
        },
        licence="ODC-BY-1.0",
        licence_url=_ODC_BY,
        attribution=(
            "PixMo-AskModelAnything by the Allen Institute for AI "
            "(allenai/pixmo-ask-model-anything). "
            "The images are third-party works, given by address."
        ),
        kinds=("question_answer",),
    ),
    Source(
        name="cosyn",
        title="CoSyn-400K",
        files={".parquet": _file(cosyn.read, *cosyn.COLUMNS, "metadata", "code")},
        licence="ODC-BY-1.0",
        licence_url=_ODC_BY,
        attribution=(
            "CoSyn-400K by the Allen Institute for AI (allenai/CoSyn-400K). "
            "Its texts were made with models whose own terms apply."
        ),
        kinds=("conversation",),
    ),
    Source(
        name="mmbench",
        title="MMBench",
        files={
            ".tsv": _file(mmbench.read_tsv, *_CHOICES, "hint", "split", "l2-category"),
            ".parquet": _file(mmbench.read_parquet, *mmbench.PARQUET_COLUMNS),
        },
        licence="CC-BY-4.0",
        licence_url=f"{_CC}/by/4.0/",
        attribution="MMBench by the OpenCompass authors (opencompass/MMBench).",
        kinds=("multiple_choice",),
    ),
    Source(
        name="scienceqa",
        title="ScienceQA",
        files={
            ".parquet": _file(scienceqa.read_parquet, *scienceqa.COLUMNS),
            ".tsv": _file(scienceqa.read_tsv, *_CHOICES, "hint", "split"),
        },
        licence="CC-BY-NC-SA-4.0",
        licence_url=f"{_CC}/by-nc-sa/4.0/",
        attribution="ScienceQA by Lu et al., 2022 (lmms-lab/ScienceQA).",
        kinds=("multiple_choice",),
    ),
    Source(
        name="mme",
        title="MME",
        files={
            ".parquet": _file(mme.read_parquet, *mme.PARQUET_COLUMNS),
            ".tsv": _file(mme.read_tsv, "index", "image", *mme.TSV_COLUMNS),
        },
        licence="LicenseRef-MME",
        licence_url="https://github.com/BradyFU/Awesome-Multimodal-Large-Language-Models",
        attribution="MME by Fu et al., 2023. For academic research only.",
        kinds=("yes_no",),
    ),
    Source(
        name="pope",
        title="POPE",
        files={
            ".parquet": _file(
                pope.read_parquet, *pope.PARQUET_COLUMNS, "image_source", "category"
            ),
            ".tsv": _file(pope.read_tsv, "index", "image", *pope.TSV_COLUMNS),
            ".json": _POPE_LINES,
            ".jsonl": _POPE_LINES,
        },
        licence="MIT",
        licence_url="https://spdx.org/licenses/MIT.html",
        attribution=(
            "POPE by Li et al., 2023 (AoiDragon/POPE). "
            "The images are those of COCO val2014, each under its photographer's terms."
        ),
        kinds=("yes_no",),
        merge=repeats.merged,
    ),
    Source(
        name="ai2d",
        title="AI2D",
        files={
            ".parquet": _file(ai2d.read_parquet, *ai2d.COLUMNS),
            ".tsv": _file(ai2d.read_tsv, *_CHOICES),
        },
        licence="CC-BY-SA-4.0",
        licence_url=f"{_CC}/by-sa/4.0/",
        attribution="AI2D by the Allen Institute for AI (lmms-lab/ai2d).",
        kinds=("multiple_choice",),
    ),
    Source(
        name="concord",
        title="Concord JSON lines",
        files={
            ".jsonl": _file(concord_jsonl.read, "key", "kind", "content", "image"),
        },
        licence="",
        licence_url="",
        attribution="",
        kinds=KINDS,
    ),
)

READERS: dict[str, Source] = {source.name: source for source in _SOURCES}
