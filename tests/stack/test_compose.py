"""docker-compose.yml runs what ./run runs, with nothing more than it needs."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from stack import postgres, process, site, valkey
from stack.state import REPOSITORY

COMPOSE: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
HERE = site.Site(Path("/state"), 8000, {})
HERE_PROGRAMS = (HERE.web(), HERE.worker(), HERE.scheduler(), HERE.watch())
PLACES = {"127.0.0.1:8000", "0.0.0.0:8000", "/state/schedule", "/tmp/schedule", "/state/watch", "/tmp/watch"}  # noqa: S108


def works(*command: str) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.skipif(not works("docker", "compose", "version"), reason="docker compose is not installed here")
def test_docker_accepts_it() -> None:
    done = subprocess.run(["docker", "compose", "config", "--quiet"], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("service", "program"),
    [("web", HERE.web()), ("worker", HERE.worker()), ("scheduler", HERE.scheduler()), ("watch", HERE.watch())],
)
def test_starts_what_the_supervisor_starts(service: str, program: process.Program) -> None:
    theirs, ours = SERVICES[service]["command"].split()[1:], list(program.argv[1:])
    assert [each for each in theirs if each not in PLACES] == [each for each in ours if each not in PLACES]


def test_database_and_queue_are_set_up_alike() -> None:
    assert SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split() == [*postgres.LOCALE, postgres.ACCESS]
    assert SERVICES["postgres"]["image"] == "postgres:18"
    for name, value in valkey.SETTINGS.items():
        shown = value or '""'
        assert f"--{name} {shown}" in SERVICES["valkey"]["command"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_locked_down(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert not service["user"].startswith("0")
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name == "migrate" or "healthcheck" in service


def test_only_the_site_has_a_port_and_only_on_loopback() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_secrets_are_files() -> None:
    told = [pair for each in SERVICES.values() for pair in each.get("environment", {}).items()]
    secret = {(key, value) for key, value in told if re.search("SECRET|PASSWORD|KEYS|DATABASE_URL", key)}
    assert secret
    assert all(key.endswith("_FILE") and value.startswith("/run/secrets/") for key, value in secret)
    assert set(COMPOSE["secrets"]) == {Path(value).name for _, value in secret}


def test_each_process_signs_in_to_the_database_as_its_role() -> None:
    told = {
        name: each["environment"]["DATABASE_URL_FILE"]
        for name, each in SERVICES.items()
        if "command" in each and "DATABASE_URL_FILE" in each.get("environment", {})
    }
    as_worker = dict.fromkeys(("worker", "scheduler", "watch"), "/run/secrets/worker_database_url")
    assert told == {"web": "/run/secrets/app_database_url", "migrate": "/run/secrets/database_url", **as_worker}
    programs = {program.name: program.environment["CSE_DATABASE_ROLE"] for program in HERE_PROGRAMS}
    assert programs == {"Web": "cse_app", "Worker": "cse_worker", "Scheduler": "cse_worker", "Watch": "cse_worker"}


def test_image_holds_every_room() -> None:
    ignored = (REPOSITORY / ".dockerignore").read_text()
    rooms = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")} - {"tests"}
    assert rooms == set(re.findall(r"^!([a-z_]+)$", ignored, re.MULTILINE)) - {"templates"}
