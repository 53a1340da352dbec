"""People in front of browsers, and everything their browsers complain about."""

from __future__ import annotations

import re
import time
from typing import Any, Literal

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from annotation.models import User

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP ${event.violatedDirective} blocked ${event.blockedURI}`);
});
"""
STATUS = re.compile(r"Failed to load resource: .* status of (\d+)")
OWN_SCHEMES = ("data:", "blob:", "about:", "chrome:")


class Traffic:
    """How many requests the server is busy with. It runs in this very process."""

    def __init__(self) -> None:
        self._busy = 0
        request_started.connect(self._on_start)
        request_finished.connect(self._on_finish)

    def settle(self, *, seconds: float = 30) -> None:
        """Wait until nothing has been asked for a while, cancelled requests included.

        A request that outlives its test would meet the emptied database.
        """
        ends, quiet_since = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() - quiet_since < 0.3:
            time.sleep(0.02)
            if self._busy:
                quiet_since = time.monotonic()
            assert time.monotonic() < ends, f"{self._busy} requests do not end"

    def stop(self) -> None:
        request_started.disconnect(self._on_start)
        request_finished.disconnect(self._on_finish)

    def _on_start(self, **_: Any) -> None:
        self._busy += 1

    def _on_finish(self, **_: Any) -> None:
        self._busy -= 1


class Visits:
    """Opens a browser of its own for each person, and collects complaints.

    A complaint is a console warning or error, a script that failed, a breach of the
    Content-Security-Policy, or a request to any host but the test server. Answers with
    a status in `expected` are none.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.expected: set[int] = set()
        self.complaints: list[str] = []
        self.traffic = Traffic()
        self._contexts: list[BrowserContext] = []

    def open(
        self,
        user: User | None = None,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
    ) -> Page:
        """A page of a fresh browser profile, logged in as `user` if one is given."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
            accept_downloads=True,
            locale="en-GB",
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        if scripts:
            context.add_init_script(REPORT_VIOLATIONS)
        if user is not None:
            self.log_in(context, user)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._complain(f"script: {error.error}"))
        context.on("request", self._on_request)
        return context.new_page()

    def log_in(self, context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self.traffic.settle()
        self.traffic.stop()

    def _complain(self, complaint: str) -> None:
        self.complaints.append(complaint)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        status = STATUS.search(message.text)
        if status and int(status[1]) in self.expected:
            return
        self._complain(f"console: {message.text} ({message.location.get('url')})")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", *OWN_SCHEMES)):
            self._complain(f"asks elsewhere: {request.url}")
