"""From the key that saves to the next item on the screen, and the bytes it takes."""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from benchmarks._database import prepare

if TYPE_CHECKING:
    from playwright.sync_api import Page

ITEMS: Final = int(os.environ.get("CONCORD_BENCH_ITEMS", "40"))
#: Milliseconds, and thousands of bytes without pictures.
MOST_MS, MOST_FIRST, MOST_NEXT = 100, 60, 15
HOST: Final = "127.0.0.1"

# From the key to the frame after the one in which the next item is drawn.
_CLOCK: Final = """
(() => {
  window.waits = [];
  window.shifts = [];
  let pressed = 0;
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") pressed = event.timeStamp;
  }, true);
  document.addEventListener("shown", () => {
    requestAnimationFrame(() => setTimeout(() => {
      const pictures = [...document.querySelectorAll("main img")];
      const isWhole = pictures.every((one) => one.complete && one.naturalWidth);
      waits.push([performance.now() - pressed, isWhole]);
    }));
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts.push(entry.value);
  }).observe({ type: "layout-shift", buffered: true });
})();
"""
_HAS_LOOKED: Final = "() => 'ready' in document.querySelector('form.judging').dataset"
_IS_READY: Final = "() => document.querySelector('form.judging').dataset.ready > 0"
_IS_SENT: Final = "() => !outbox.all().length"


@dataclass
class Wire:
    """What came over the wire, pictures left out."""

    received: float = 0
    pictures: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_end)

    def _on_response(self, event: dict[str, Any]) -> None:
        if event["response"]["mimeType"].startswith("image/"):
            self.pictures.add(event["requestId"])

    def _on_end(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self.pictures:
            self.received += event["encodedDataLength"]


def run() -> None:
    """Prints median and p95 of the wait, the bytes, and the layout shift."""
    folder = prepare()
    try:
        from django.conf import settings

        from annotation import demonstrating, enrolling

        with _server(folder) as url:
            # The demonstration's texts come from a worker, by the server's own door.
            settings.BASE_URL = url
            demonstrating.load(lambda line: None)
            ana = next(one for one in demonstrating.people() if one.username == "ana")
            _measure(url, enrolling.login_link(ana))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(url: str, link: str) -> None:
    from tests.browser import chromium

    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.why_none())
    with chromium.started(path) as browser:
        page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 900})
        page.goto(link)
        page.get_by_role("button", name="Log in as").click()
        page.add_init_script(_CLOCK)
        wire = Wire()
        wire.listen(page)
        # As if it were the first page of all: nothing is in the browser's store.
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.locator("form[action$='/judge/fr/'] button").click()
        page.wait_for_load_state("load")
        first, items = wire.received, 0
        while items < ITEMS and _answered(page):
            items += 1
        following = (wire.received - first) / items
        waits = page.evaluate("waits")
        _report(waits, first, following, sum(page.evaluate("shifts")))


def _answered(page: Page) -> bool:
    """Answer the item on the screen by its keys; False if none is ahead of it."""
    page.wait_for_function(_IS_SENT)
    page.wait_for_function(_HAS_LOOKED)
    if not page.evaluate(_IS_READY):
        return False
    for _ in range(page.locator("fieldset.criterion").count()):
        page.keyboard.press("1")
    page.keyboard.press("r")
    shown = page.evaluate("waits.length")
    page.keyboard.press("Enter")
    page.wait_for_function("n => waits.length > n", arg=shown)
    return True


def _report(
    waits: list[tuple[float, bool]], first: float, following: float, shift: float
) -> None:
    times = sorted(wait for wait, _ in waits)
    p95 = statistics.quantiles(times, n=20)[-1]
    whole = sum(is_whole for _, is_whole in waits)
    print(f"workbench: {len(times)} items by keys, Chromium, the next two loaded ahead")
    print(f"  key to next item painted, median   {statistics.median(times):6.1f} ms")
    print(f"  key to next item painted, p95      {p95:6.1f} ms, {MOST_MS} wanted")
    print(f"  with all its pictures by then      {whole:4} of {len(times)}")
    print(f"  first page, without pictures       {first / 1000:6.1f} kB, {MOST_FIRST}")
    print(
        f"  each following item                {following / 1000:6.1f} kB, {MOST_NEXT}"
    )
    print(f"  layout shift                       {shift:6.3f}, 0 wanted")


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The web server as it is deployed, with its style sheets and scripts packed."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = f"http://{HOST}:{port}"
    packed = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    env = os.environ | {
        "CONCORD_BASE_URL": url,
        "CONCORD_STATIC_ROOT": str(folder / "static"),
        "CONCORD_STATIC_STORAGE": packed,
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput"]
    subprocess.run(collect, env=env, check=True, stdout=subprocess.DEVNULL)
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    sizes = ["--port", str(port), "--workers", "1", "--blocking-threads", "8"]
    server = subprocess.Popen(
        [*program, *sizes, "config.wsgi:application"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield url
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    ends = monotonic() + 60
    while True:
        line = HTTPConnection(HOST, port, timeout=5)
        try:
            line.request("GET", "/healthz")
            line.getresponse()
        except OSError:
            if monotonic() > ends:
                raise SystemExit("The web server did not start.") from None
            sleep(0.2)
        else:
            return
        finally:
            line.close()
