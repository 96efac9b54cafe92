"""The checks see what they are for: each is shown a copy of the project with one thing wrong in it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import checks
from tests.architecture.source import ROOT, files, run, tool

Plant = Callable[[str, str], Path]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in files(ROOT, "*.py", "*.html", "pyproject.toml"):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


@pytest.fixture
def plant(copy: Path) -> Plant:
    def add(name: str, text: str) -> Path:
        """Add the text to the end of a file, making it where there is none."""
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + text)
        return copy

    return add


@pytest.mark.parametrize(
    ("name", "line", "contract"),
    [
        ("deadlines/services/promises.py", "import people.models", "Rooms import downwards only"),
        ("people/planted.py", "import audit.services", "Only the gate writes the audit log"),
        ("people/planted.py", "import weasyprint", "PDF rendering is loaded only where a PDF is made"),
        ("people/rules.py", "import people.models", "Rules are pure: no records, no door"),
        ("people/models.py", "import people.forms", "Inside a room the same order everywhere"),
    ],
)
def test_import_linter_bites(plant: Plant, name: str, line: str, contract: str) -> None:
    plant("people/forms.py", "")
    done = run([*tool("lint-imports"), "--no-cache", "--no-logo"], root=plant(name, f"\n{line}\n"))
    broken = [each for each in done.stdout.splitlines() if "BROKEN" in each]
    assert done.returncode == 1
    assert any(each.startswith(contract) for each in broken), done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "from django.utils import timezone\nPLANTED = timezone.now()",
        "from datetime import datetime, UTC\nPLANTED = datetime.now(UTC)",
        "from datetime import date\nPLANTED = date.today()",
        "from django.db.models.functions import Now\nPLANTED = Now()",
        "from django.utils import timezone\nPLANTED = timezone.localdate()",
    ],
)
def test_the_clock_check_bites(plant: Plant, line: str) -> None:
    found = list(checks.hidden_clocks(plant("people/planted.py", f"{line}\n")))
    assert len(found) == 1
    assert "people/planted.py:2" in found[0]


@pytest.mark.parametrize("banned", ["from django.utils.timezone import now", "import guardian"])
def test_ruff_bites_on_what_is_banned(plant: Plant, banned: str) -> None:
    done = run([*tool("ruff"), "check", "--no-cache", "people"], root=plant("people/planted.py", f"{banned}\n"))
    assert "TID251" in done.stdout


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        "{{ child.notes | safe }}",
        "<style>",
    ],
)
def test_the_inline_check_bites(plant: Plant, markup: str) -> None:
    found = list(checks.inline_code(plant("templates/people/planted.html", f"{markup}\n"), _allowed()))
    assert [sentence for sentence in found if "people/planted.html" in sentence]


def test_the_frame_check_bites(plant: Plant) -> None:
    copy = plant("templates/people/planted.html", "<h1>Alone</h1>\n")
    assert list(checks.without_frame(copy)) == ["templates/people/planted.html does not extend base.html"]


def test_the_gate_check_bites(plant: Plant) -> None:
    copy = plant("deadlines/services/promises.py", "\n\ndef slip_in(*, child: object) -> None:\n    pass\n")
    plain = {name for name, function in checks.services(copy) if not checks.is_command(function)}
    assert "deadlines.services.slip_in" in plain


def test_the_size_check_bites(plant: Plant) -> None:
    copy = plant("people/planted.py", "def long() -> None:\n" + "    pass\n" * 41)
    assert "people/planted.py::long" in dict(checks.too_long(copy))


@pytest.mark.parametrize(
    "line", ['logger.info("%s", child.family_name)', 'logger.error(f"{user}")', "self.logger.warning(request.POST)"]
)
def test_the_log_check_bites(plant: Plant, line: str) -> None:
    copy = plant("people/planted.py", f"import logging\nlogger = logging.getLogger(__name__)\n{line}\n")
    assert any("people/planted.py:3" in sentence for sentence in checks.personal_log_lines(copy))


def _allowed() -> list[str]:
    from django.conf import settings

    allowed: list[str] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]
    return allowed
