"""`python -m benchmarks` lists the benchmarks, `python -m benchmarks NAME ...` runs some."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence

import benchmarks


def names() -> list[str]:
    """Every benchmark there is."""
    found = pkgutil.iter_modules(benchmarks.__path__)
    return sorted(m.name for m in found if not m.name.startswith("_"))


def main(wanted: Sequence[str]) -> int:
    """Runs the benchmarks named, or lists them all; 2 for a name there is not."""
    known = names()
    if not wanted:
        for name in known:
            summary = importlib.import_module(f"benchmarks.{name}").__doc__ or ""
            print(f"{name:12} {summary.splitlines()[0] if summary else ''}")
        return 0
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known)}")
        return 2
    for name in wanted:
        importlib.import_module(f"benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
