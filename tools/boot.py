"""What `./run` starts: makes `tools` importable from anywhere, then hands over."""

import sys
from pathlib import Path


def boot() -> int:
    """Run the sub-command named on the command line; return the exit code."""
    if sys.platform == "win32":
        print("Concord runs on Linux and macOS; on Windows use WSL.", file=sys.stderr)
        return 1
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from tools.commands import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(boot())
