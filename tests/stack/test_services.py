"""PostgreSQL and Valkey beside one command: what starts, what is refused, and that nothing is left behind."""

import json
import signal
import sys
from contextlib import closing
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

import stack.state
from stack import commands, console, services, sockets
from tests.stack.place import Place, Started, ended, until_ended

WAITING = (
    "-m",
    "stack",
    "services",
    "--",
    sys.executable,
    "-c",
    "import time; print('ready', flush=True); time.sleep(600)",
)


def query(sql: str) -> list[tuple[object, ...]]:
    state = stack.state.read()
    assert state
    with closing(psycopg2.connect(state.database_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def listening(started: Started) -> list[tuple[str, int]]:
    return [each.laddr for each in started.connections() if each.status == psutil.CONN_LISTEN]


class TestServices:
    def test_answers_on_sockets_and_nowhere_else(self, place: Place) -> None:
        with place.started(*WAITING, ready="ready") as started:
            assert query("SELECT current_setting('server_version_num')::int / 10000") == [(18,)]
            assert query("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'cse'") == [
                ("b", "C.UTF-8")
            ]
            state = stack.state.read()
            assert state
            with closing(redis.Redis.from_url(state.redis_url)) as queue:
                assert queue.ping()
                assert queue.config_get("appendonly", "maxmemory-policy") == {
                    "appendonly": "yes",
                    "maxmemory-policy": "noeviction",
                }
            assert listening(started) == []

    def test_keeps_its_secrets_to_itself(self, place: Place) -> None:
        place.stack("services", "--", "true")
        assert (place.directory / "state.json").stat().st_mode & 0o777 == 0o600
        assert (place.directory / "run").stat().st_mode & 0o777 == 0o700
        assert (place.directory / "postgres").stat().st_mode & 0o777 == 0o700
        state = stack.state.read()
        assert state
        assert state.secret_key not in repr(state)
        with place.started(*WAITING, ready="ready"), pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(host=str(place.directory / "run"), user="cse", dbname="cse", password="wrong")

    def test_no_data_service_runs_as_root(self, place: Place) -> None:
        with place.started(*WAITING, ready="ready") as started:
            servers = started.named("postgres") + started.named("valkey-server")
            assert servers
            assert all(server.uids().real != 0 for server in servers)

    def test_passes_on_the_status_and_keeps_the_data(self, place: Place) -> None:
        insert = "import tests.stack.test_services as t; t.query('CREATE TABLE kept (n int)'); raise SystemExit(7)"
        assert place.stack("services", "--", sys.executable, "-c", insert).returncode == 7
        before = stack.state.read()
        with place.started(*WAITING, ready="ready"):
            assert query("SELECT count(*) FROM kept") == [(0,)]
            assert stack.state.read() == before

    def test_stops_cleanly_when_asked(self, place: Place) -> None:
        with place.started(*WAITING, ready="ready") as started:
            family = started.family()
            started.process.send_signal(signal.SIGTERM)
            started.process.wait(60)
            assert all(ended(process) for process in family)
        log = (place.directory / "logs" / "postgres.log").read_text()
        assert log.rstrip().endswith("database system is shut down")


class TestOnlyOne:
    def test_a_second_copy_is_refused_with_a_sentence(self, place: Place) -> None:
        with place.started(*WAITING, ready="ready") as started:
            second = place.stack("services", "--", "true")
            assert second.returncode == 1
            assert f"already running (process {started.process.pid})" in second.stderr
            assert "Traceback" not in second.stderr
            assert "already running" in place.stack("erase").stderr


class TestKilled:
    def test_nothing_outlives_the_supervisor_and_the_next_start_keeps_the_data(self, place: Place) -> None:
        with place.started(*WAITING, ready="ready") as started:
            query("CREATE TABLE kept AS SELECT 1 AS n")
            family = started.kill()
            assert len(family) > 4
            again = place.stack("services", "--", sys.executable, "-c", "print('again')")
            assert again.returncode == 0, again.stderr
            until_ended(family)
        with place.started(*WAITING, ready="ready"):
            assert query("SELECT n FROM kept") == [(1,)]


class TestNamedElsewhere:
    def test_nothing_is_started_for_services_somebody_named(self, place: Place) -> None:
        named = {"DATABASE_URL": "postgresql://elsewhere/cse", "REDIS_URL": "redis://elsewhere"}
        with place.started(*WAITING, ready="ready", **named) as started:
            assert started.named("postgres") == started.named("valkey-server") == []
        assert stack.state.read() == stack.state.State("", "", stack.state.read().secret_key)  # type: ignore[union-attr]

    def test_one_may_be_named_and_the_other_not(self, place: Place) -> None:
        with place.started(*WAITING, ready="ready", DATABASE_URL="postgresql://elsewhere/cse") as started:
            assert started.named("postgres") == []
            assert started.named("valkey-server") != []

    @pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_URL_FILE"])
    def test_a_file_counts_as_naming(self, name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(name, "anything")
        assert services.given("DATABASE_URL")


class TestTrouble:
    def test_data_of_another_major_version_is_refused(self, place: Place) -> None:
        place.stack("services", "--", "true")
        (place.directory / "postgres" / "PG_VERSION").write_text("17\n")
        refused = place.stack("services", "--", "true")
        assert refused.returncode == 1
        assert "belongs to PostgreSQL 17" in refused.stderr
        assert "pg_dump" in refused.stderr

    def test_a_lost_state_file_does_not_lock_the_data_up(self, place: Place) -> None:
        place.stack("services", "--", "true")
        (place.directory / "state.json").unlink()
        with place.started(*WAITING, ready="ready"):
            assert query("SELECT 1") == [(1,)]

    def test_a_long_path_still_gets_a_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        long = tmp_path / ("a very long name, with a comma " * 4).strip()
        monkeypatch.setenv("CSE_STATE", str(long))
        place = Place(long)
        with place.started(*WAITING, ready="ready"):
            assert query("SELECT 1") == [(1,)]
        assert place.stack("erase").returncode == 0

    @pytest.mark.parametrize("name", ["x" * 100, "with, a comma", "with a space"])
    def test_sockets_move_when_a_name_does_not_suit_them(self, name: str, tmp_path: Path) -> None:
        with sockets.directory(tmp_path / name) as directory:
            assert directory.parent != tmp_path
            assert directory.stat().st_mode & 0o777 == 0o700
        assert not directory.exists()

    def test_a_directory_that_cannot_be_used_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stack.state, "directory", lambda: Path("/proc/nowhere"))
        with pytest.raises(console.Problem, match=r"/proc/nowhere cannot hold the data: .*(CSE_STATE|ordinary user)"):
            services.prepare_directory()

    def test_a_command_that_does_not_exist_is_named(self, place: Place) -> None:
        refused = place.stack("services", "--", "no-such-command", REDIS_URL="redis://x", DATABASE_URL="postgresql://x")
        assert "no-such-command cannot be started" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_erase_leaves_other_directories_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stack.state, "FOR_ROOT", tmp_path)
        monkeypatch.setenv("CSE_STATE", str(tmp_path / "precious"))
        precious = stack.state.directory()
        precious.mkdir()
        (precious / "diary.txt").write_text(json.dumps("mine"))
        with pytest.raises(console.Problem, match="does not look like ours"):
            commands.erase()
        assert (precious / "diary.txt").exists()
