"""Postgres and Valkey for one data folder, and the environment that points at them."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tools import locks, postgres, valkey
from tools.messages import Stop, say, step
from tools.place import Place, clear, prepare, secret_key
from tools.processes import Crew
from tools.relocation import SHORT, find_home, forget_data

ADDRESSES = ("DATABASE_URL", "REDIS_URL", "CONCORD_EAGER_TASKS")
SETTINGS_MODULE = "config.settings"
# What a test sees must not depend on whose shell it was started from.
APART = {
    "CONCORD_DEBUG": "0",
    "CONCORD_ALLOWED_HOSTS": "127.0.0.1,localhost",
    "CONCORD_BASE_URL": "http://127.0.0.1:8000",
    "CONCORD_INSECURE_HTTP": "1",
    "CONCORD_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
INHERITED_PYTHON = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")


def start(place: Place, crew: Crew, *, lasting: bool = True) -> dict[str, str]:
    """Start what the environment does not name already; return the addresses."""
    addresses = _addresses(os.environ)
    if "DATABASE_URL" not in addresses:
        with step("Starting Postgres"):
            home = find_home(place)
            log = place.logs / "postgres.log"
            addresses["DATABASE_URL"] = postgres.start(
                home, crew=crew, log=log, lasting=lasting
            )
    if "REDIS_URL" not in addresses:
        addresses |= _start_broker(place, crew)
    return addresses


def _start_broker(place: Place, crew: Crew) -> dict[str, str]:
    binary = valkey.program(place)
    if binary is None:
        say(
            "  WARNING: no Valkey for this machine, so there is no Celery worker: jobs"
            " run inside the request that asks for them. Set REDIS_URL to change that."
        )
        return {"CONCORD_EAGER_TASKS": "1"}
    with step("Starting Valkey"):
        return {"REDIS_URL": valkey.start(binary, place=place, crew=crew)}


def environment(
    place: Place, addresses: Mapping[str, str], *, url: str | None = None
) -> dict[str, str]:
    """What every Django, Celery and test process is started with."""
    defaults = {
        "CONCORD_SECRET_KEY": secret_key(place),
        "CONCORD_DEBUG": "0",
        "CONCORD_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CONCORD_BASE_URL": url or "http://127.0.0.1:8000",
        "CONCORD_INSECURE_HTTP": "1",
        "CONCORD_STATIC_ROOT": str(place.data / "static"),
    }
    fixed = {
        **addresses,
        "CONCORD_DATA": str(place.data),
        "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
        "PYTHONPATH": str(place.root),
        "PYTHONUNBUFFERED": "1",
    }
    kept = {k: v for k, v in os.environ.items() if k not in INHERITED_PYTHON}
    if "DATABASE_URL" not in os.environ:
        kept = {k: v for k, v in kept.items() if not k.startswith("PG")}
    return {**defaults, **kept, **fixed}


def wipe(place: Place) -> None:
    """Forget everything in a data folder whose lock is held."""
    forget_data(place)
    clear(place)
    prepare(place)


def claim_services(place: Place, command: str) -> locks.Claim:
    """Own the services of a data folder, or stop because another command does."""
    prepare(place)
    claim = locks.try_claim(place.lock)
    if claim is None:
        raise Stop(_who_has(place))
    claim.tell(command=command)
    return claim


def _who_has(place: Place) -> str:
    facts = locks.holder(place.lock)
    where = f", {facts['url']}" if "url" in facts else ""
    return (
        f"`./run {facts.get('command', '?')}` is already using {place.data}"
        f" (process {facts.get('pid', '?')}{where}). Stop it first."
    )


@contextmanager
def owned(place: Place, command: str) -> Iterator[tuple[locks.Claim, Crew]]:
    """Own the data folder for the block; everything started in it ends with it."""
    claim = claim_services(place, command)
    try:
        with Crew() as crew:
            yield claim, crew
    finally:
        shutil.rmtree(SHORT / f"concord-{place.token}", ignore_errors=True)
        claim.release()


@contextmanager
def private(
    place: Place, name: str, *, lasting: bool = True
) -> Iterator[dict[str, str]]:
    """Services in an empty data folder of their own: they never meet the demo's.

    Where timings are of no interest they need not be `lasting`, and are quicker.
    """
    prepare(place)
    apart = place.private(name)
    with owned(apart, name) as (_, crew):
        wipe(apart)
        yield {**environment(apart, start(apart, crew, lasting=lasting)), **APART}


@contextmanager
def borrowed(place: Place, command: str) -> Iterator[dict[str, str]]:
    """The environment of running services, started for this block if none run yet."""
    prepare(place)
    while True:
        claim = locks.try_claim(place.lock)
        if claim is not None:
            with _lent(place, claim, command) as env:
                yield env
            return
        with locks.Door(place.visitors) as door:
            door.enter()
            told = locks.holder(place.lock)
            if "CONCORD_DATA" in told:
                yield environment(place, _addresses(told), url=told.get("url"))
                return
        time.sleep(0.1)


@contextmanager
def _lent(place: Place, claim: locks.Claim, command: str) -> Iterator[dict[str, str]]:
    """Services that stay up until the last command that borrowed them has ended."""
    claim.tell(command=command)
    try:
        with locks.Door(place.visitors) as door, Crew() as crew:
            addresses = start(place, crew)
            claim.tell(command=command, **facts(place, addresses))
            yield environment(place, addresses)
            door.bar()
    finally:
        claim.release()


def facts(place: Place, addresses: Mapping[str, str]) -> dict[str, str]:
    """What the owner of running services writes down for those who borrow them."""
    return {**addresses, "CONCORD_DATA": str(place.data)}


def _addresses(found: Mapping[str, str]) -> dict[str, str]:
    return {name: found[name] for name in ADDRESSES if name in found}
