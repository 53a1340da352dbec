"""One reader per upstream dataset: path -> records, and an error for each bad row."""

from corpus.content import KINDS
from corpus.sources import concord_jsonl, mmbench, pixmo_cap
from corpus.sources.source import Reader, Source, SourceError

__all__ = ["READERS", "Reader", "Source", "SourceError"]

_SOURCES = (
    Source(
        name="pixmo-cap",
        title="PixMo-Cap",
        reader=pixmo_cap.read,
        licence="ODC-BY-1.0",
        licence_url="https://opendatacommons.org/licenses/by/1-0/",
        attribution=(
            "PixMo-Cap by the Allen Institute for AI (allenai/pixmo-cap). "
            "The images are third-party works, given by address."
        ),
        kinds=("caption",),
        suffixes=(".parquet",),
    ),
    Source(
        name="mmbench",
        title="MMBench",
        reader=mmbench.read,
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        attribution="MMBench by the OpenCompass authors (opencompass/MMBench).",
        kinds=("multiple_choice",),
        suffixes=(".tsv",),
    ),
    Source(
        name="concord",
        title="Concord JSON lines",
        reader=concord_jsonl.read,
        licence="",
        licence_url="",
        attribution="",
        kinds=KINDS,
        suffixes=(".jsonl",),
    ),
)

READERS: dict[str, Source] = {source.name: source for source in _SOURCES}
