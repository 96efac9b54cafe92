"""The site itself: the steps before it can start, and its web, worker, scheduler and watch processes."""

import http.client
import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from stack import fingerprint, state
from stack.console import Problem, say
from stack.process import Program
from stack.services import given
from stack.supervisor import Supervisor

ADDRESS = "127.0.0.1"
CHECKED_BY_MIGRATE = {"SKIP_CHECKS": "true"}
"""Celery would check all of Django again whenever a worker or a scheduler starts."""


@dataclass(frozen=True)
class Site:
    """One copy of the site, for this machine only: plain HTTP on the loopback address."""

    directory: Path
    port: int
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.port}/"

    def prepare(self, supervisor: Supervisor, *, seed: bool) -> None:
        """Bring database and static files up to date, unless nothing they are made from changed since."""
        self.collect_static(supervisor)
        stamp = self.directory / "prepared"
        current = f"{fingerprint.of_code()} seed={seed}"
        ours = not given("DATABASE_URL")
        if ours and fingerprint.matches(stamp, current) and (self.directory / "postgres").exists():
            return
        self._manage(supervisor, "Bringing the database up to date", "migrate", "--no-input")
        if seed:
            self._manage(
                supervisor, "Loading the demonstration partnership if the database is empty", "seed_demo", "--if-empty"
            )
        if ours:
            stamp.write_text(current)

    def collect_static(self, supervisor: Supervisor) -> None:
        """Copy the built assets to where the site serves them from, unless they are there already."""
        target = Path(os.environ.get("STATIC_ROOT", state.REPOSITORY / "var" / "static"))
        stamp = target.with_name(f"{target.name}.stamp")
        lock = state.REPOSITORY / "requirements.lock"
        built = [path for path in (state.REPOSITORY / "static").rglob("*") if path.is_file()]
        current = fingerprint.of_content([lock, *built])
        if target.exists() and fingerprint.matches(stamp, current):
            return
        self._manage(supervisor, "Collecting the static files", "collectstatic", "--no-input", "--clear")
        stamp.write_text(current)

    def start(self, supervisor: Supervisor) -> None:
        """Web first: the others have nothing to do until somebody is there."""
        say("Starting the site")
        for program in (self.web(), self.worker(), self.scheduler(), self.watch()):
            supervisor.start(program)

    def _manage(self, supervisor: Supervisor, doing: str, *command: str) -> None:
        say(doing)
        argv = (sys.executable, "manage.py", *command)
        supervisor.run(f"manage.py {' '.join(command)}", argv, self.directory / "logs" / "setup.log", self.environment)

    def web(self) -> Program:
        options = ("--bind", f"{ADDRESS}:{self.port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4")
        served = ("cse.wsgi", *options, "--preload", "--no-control-socket")
        return self._program("Web", "gunicorn", *served, role="cse_app", ready=True)

    def worker(self) -> Program:
        return self._program("Worker", "celery", "-A", "cse", "worker", "--concurrency", "2", "--loglevel", "INFO")

    def scheduler(self) -> Program:
        return self._program(
            "Scheduler", "celery", "-A", "cse", "beat", "--schedule", f"{self.directory}/schedule", "--pidfile="
        )

    def watch(self) -> Program:
        """Whom it warns when the clocks are not watched it tells here too."""
        alive = ("--alive", f"{self.directory}/watch")
        return replace(self._program("Watch", "manage", "watch", *alive), heard=True)

    def _program(
        self, name: str, module: str, *arguments: str, role: str = "cse_worker", ready: bool = False
    ) -> Program:
        """In the database it is no more than its role: only what `_manage` does is done as the owner of the tables."""
        return Program(
            name=name,
            argv=(sys.executable, "-m", module, *arguments),
            log=self.directory / "logs" / f"{name.lower()}.log",
            environment={**self.environment, "CSE_DATABASE_ROLE": role, **CHECKED_BY_MIGRATE},
            ready=self._answers if ready else lambda: True,
            working_directory=state.REPOSITORY,
            stop_within=15,
        )

    def _answers(self) -> bool:
        """Whether the site says that it, its database and its queue answer (or that it wants HTTPS)."""
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=30)
        try:
            connection.request("GET", "/health/ready/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()


def environment(port: int, secret_key: str) -> dict[str, str]:
    """Ours, and what only the supervisor knows. No HTTPS by default: nobody but this machine can connect."""
    mine = {"CSE_STATE": str(state.asked_for()), "CSE_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    if not given("SECRET_KEY"):
        mine["SECRET_KEY"] = secret_key
    return {"CSE_HTTPS": "0", **os.environ, **mine}


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise Problem(
                f"Port {port} cannot be used: {error.strerror}. Choose another one, for example: "
                f"CSE_PORT={port + 1 if port >= 1024 else 8000} ./run"
            ) from error
