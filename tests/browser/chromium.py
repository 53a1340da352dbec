"""Finding a Chromium, and starting it so that it talks to nobody but the test server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
VARIABLE = "CONCORD_CHROMIUM"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The shared memory of a container is too small for a page with pictures.
    "--disable-dev-shm-usage",
]


def find() -> str | None:
    """The browser's path; what CONCORD_CHROMIUM names is the only one looked for."""
    named = os.environ.get(VARIABLE)
    names = (named,) if named else NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


def why_none() -> str:
    named = os.environ.get(VARIABLE)
    if named:
        return f"NO BROWSER: {VARIABLE} names {named}, which is no program"
    return (
        f"NO BROWSER: none of {', '.join(NAMES)} is on PATH and {VARIABLE} is not set;"
        " on Debian: apt-get install chromium"
    )


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """A browser for the block.

    Playwright keeps an event loop in this thread, in which Django would refuse to ask
    the database although nothing here is asynchronous.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            try:
                yield browser
            finally:
                browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before
