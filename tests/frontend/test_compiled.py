"""Templates are kept compiled, and never longer than they are right."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from frontend import compiled


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ours = tmp_path / "frontend"
    ours.mkdir()
    (ours / "text.py").write_text("number = str")
    monkeypatch.setattr(compiled, "OURS", ours)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    return tmp_path


def drawn(template: str, **filters: Callable[[int], str]) -> str:
    environment = Environment(autoescape=True, bytecode_cache=compiled.templates(), loader=DictLoader({"a": template}))
    environment.filters.update(filters)
    return environment.get_template("a").render()


def kept(place: Path) -> list[Path]:
    return [path for path in (place / "compiled").rglob("*") if path.is_file()]


def test_a_template_is_compiled_once(place: Path) -> None:
    assert drawn("{{ 1 }}") == drawn("{{ 1 }}") == "1"
    assert len(kept(place)) == 1


def test_one_that_has_changed_is_compiled_anew(place: Path) -> None:
    assert (drawn("old"), drawn("new")) == ("old", "new")


def test_so_is_one_whose_filters_have_changed(place: Path) -> None:
    assert drawn("{{ 1|number }}", number=lambda number: "one") == "one"
    (place / "frontend" / "text.py").write_text("number = roman")
    assert drawn("{{ 1|number }}", number=lambda number: "I") == "I"


def test_nothing_is_kept_where_python_keeps_its_modules_beside_their_sources(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert compiled.templates() is None


def test_it_goes_without_where_it_may_not_write(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "compiled").touch()
    assert compiled.templates() is None
    (place / "compiled").unlink()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert compiled.templates() is None
