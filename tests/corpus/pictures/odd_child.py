"""The program apart, except for pictures that say what they do to their decoder."""

from __future__ import annotations

import os
import signal
import sys
import time

from corpus.pictures import child


def odd(original: bytes) -> child.Answer:
    match original.split(b" ")[0].decode(errors="replace"):
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "eat":
            return {"eaten": len(bytearray(2**32))}, b"", b""
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "crash-once":
            _crash_once(original.split(b" ")[1].decode())
        case "speak":
            os.write(1, b"\xff" * 30)
            os._exit(0)
        case "tell":
            names = ",".join(sorted(os.environ))
            files = len(os.listdir("/proc/self/fd"))
            told = sorted(sys.modules.keys() & {"django", "psycopg"})
            return {"names": names, "files": files, "told": str(told)}, b"", b""
    return child.look(original)


def _crash_once(mark: str) -> None:
    if not os.path.exists(mark):
        open(mark, "x").close()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    child.main(int(sys.argv[1]), int(sys.argv[2]), child.WORKS | {child.LOOK: odd})
