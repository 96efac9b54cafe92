"""Before anything is installed: what a machine lacks is put in words, and nothing is done twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stack import assets, bootstrap, environment, fingerprint, machine, shell
from stack.console import Problem
from stack.state import REPOSITORY

MISSING = machine.Need("flying", lambda: False, ("libwings1",), "brew install wings", essential=True)
WANTED = machine.Need("swimming", lambda: False, ("libfins2",), "brew install fins")
FULFILLED = machine.Need("walking", lambda: True, ("liblegs",), "grow some", essential=True)


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1000)


class TestProvide:
    def test_asks_for_everything_in_one_command(self, visitor: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        with pytest.raises(Problem, match=r"flying and swimming.*\n\n    sudo apt-get install .* libwings1 libfins2\n"):
            machine.provide([MISSING, WANTED, FULFILLED])

    def test_goes_on_without_what_is_not_essential(
        self, visitor: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: None)
        machine.provide([WANTED, FULFILLED])
        assert "Going on without swimming; to have it:\n\n    brew install fins" in capsys.readouterr().err

    def test_installs_as_root_and_says_so(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ran: list[list[str]] = []
        monkeypatch.setattr(os, "getuid", lambda: 0)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(machine, "quietly", lambda command, *_: ran.append(command))
        machine.provide([WANTED])
        assert "Installing with apt-get: libfins2" in capsys.readouterr().out
        assert ran[1] == ["apt-get", "install", "--yes", "--no-install-recommends", "libfins2"]

    def test_says_nothing_when_nothing_is_missing(self, capsys: pytest.CaptureFixture[str]) -> None:
        machine.provide([FULFILLED])
        assert capsys.readouterr() == ("", "")


class TestStart:
    def test_an_old_python_is_answered_with_a_sentence(self) -> None:
        for command in ("./run", "./test"):
            refused = subprocess.run(
                [command], cwd=REPOSITORY, env={**os.environ, "CSE_PYTHON": "false"}, capture_output=True, text=True
            )
            assert refused.returncode == 1
            assert refused.stderr.startswith("CSE_PYTHON=false is not Python 3.11 or newer.")

    def test_no_python_at_all_is_answered_with_a_sentence(self, tmp_path: Path) -> None:
        for name in ("sh", "dirname"):
            (tmp_path / name).symlink_to(str(shutil.which(name)))
        refused = subprocess.run(["./run"], cwd=REPOSITORY, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
        assert refused.returncode == 1
        assert refused.stderr.startswith("Python 3.11 or newer is needed.")


class TestQuietly:
    def test_shows_the_end_of_what_failed_and_the_remedy(self) -> None:
        with pytest.raises(Problem, match=r"(?s)no space left.*Make room\."):
            shell.quietly(["sh", "-c", "echo no space left; exit 1"], "Make room.")

    def test_a_command_that_is_not_there_is_no_traceback(self) -> None:
        with pytest.raises(Problem, match="Install it"):
            shell.quietly(["no-such-command"], "Install it.")
        assert not shell.works("no-such-command")
        assert not shell.works("false")
        assert shell.works("true")


class TestEnvironment:
    def test_each_chosen_python_has_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CSE_PYTHON", raising=False)
        assert environment.Environment().path.name == ".venv"
        monkeypatch.setenv("CSE_PYTHON", "python3.99")
        assert environment.Environment().path.name == f".venv-{sys.version_info[0]}.{sys.version_info[1]}"


class TestKeepCompiled:
    def test_beside_nothing_of_ours_and_whatever_python_was_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        monkeypatch.setenv("PYTHONPYCACHEPREFIX", "elsewhere")
        source = tmp_path / "source"
        source.mkdir()
        (source / "module.py").touch()
        bootstrap.keep_compiled(tmp_path / "compiled")
        subprocess.run([sys.executable, "-c", "import module"], cwd=source, check=True)
        assert list((tmp_path / "compiled").rglob("module.*.pyc"))
        assert list(source.iterdir()) == [source / "module.py"]


class TestNode:
    @pytest.mark.parametrize(("said", "version"), [("v20.1.0", 20), ("not found", 0), ("", 0)])
    def test_an_answer_that_is_no_version_counts_as_none(
        self, said: str, version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        node = tmp_path / "node"
        node.write_text(f"#!/bin/sh\necho '{said}'\n")
        node.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        assert assets.node_version() == version

    def test_the_oldest_is_the_one_in_package_json(self) -> None:
        assert assets.oldest_node() >= 18


class TestFingerprint:
    def test_changes_with_content_only(self, tmp_path: Path) -> None:
        file = tmp_path / "a.scss"
        file.write_text("a")
        first = fingerprint.of_content([file])
        os.utime(file, (1, 1))
        assert fingerprint.of_content([file]) == first
        file.write_text("b")
        assert fingerprint.of_content([file]) != first

    def test_a_changed_module_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fingerprint, "REPOSITORY", tmp_path)
        (tmp_path / "requirements.lock").write_text("")
        (tmp_path / "people").mkdir()
        module = tmp_path / "people" / "models.py"
        module.write_text("one = 1")
        first = fingerprint.of_code()
        assert fingerprint.of_code() == first
        module.write_text("one = 11")
        assert fingerprint.of_code() != first
