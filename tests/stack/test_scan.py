"""The scanners know where to go, and never go anywhere else."""

from typing import Any

import pytest
from django.urls import resolve

from stack.console import Problem
from stack.scan import copy, everything, runs
from stack.scan.runs import Result


class TestTenPages:
    def test_are_ten(self) -> None:
        assert len(runs.TEN_PAGES) == 10

    @pytest.mark.parametrize("page", runs.TEN_PAGES, ids=lambda page: page.address)
    def test_each_is_an_address_of_the_site(self, page: runs.Page) -> None:
        path = page.address.replace("CHILD", "1").replace("*", "").split("?")[0]
        assert resolve(f"/{path}")
        assert "?" in page.address or "*" in page.address or page.form  # something to try


class TestCopy:
    @pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL_FILE"])
    def test_never_reaches_a_site_that_somebody_uses(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(name, "postgresql://somebody.example.org/cse")
        with pytest.raises(Problem, match="Unset it"), copy.running():
            pass


class TestScan:
    def test_a_scanner_that_does_not_exist_is_named(self) -> None:
        with pytest.raises(Problem, match="no scanner nikto"):
            everything.scan(["nikto"])

    @pytest.mark.parametrize(("findings", "status"), [([], 0), (["somewhere: something"], 1)])
    def test_any_finding_is_a_failure(
        self, findings: list[str], status: int, monkeypatch: pytest.MonkeyPatch, capsys: Any
    ) -> None:
        monkeypatch.setitem(everything.OF_THE_SOURCE, "bandit", lambda: Result("bandit", "1 line", findings))  # type: ignore[arg-type]
        assert everything.scan(["bandit"]) == status
        said = capsys.readouterr().out
        assert f"bandit: {len(findings)} findings" in said
        assert "schemathesis: not run" in said
