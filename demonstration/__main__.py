"""`python -m demonstration FOLDER` writes the demonstration project's files there."""

from __future__ import annotations

import argparse
from pathlib import Path

from demonstration.building import build


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m demonstration", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    built = build(parser.parse_args().folder)
    for path in (
        *built.sources.values(),
        built.mirror,
        built.imports,
        built.batch,
        built.known,
    ):
        print(path)


if __name__ == "__main__":
    main()
