"""Scanners of the source: nothing that a query is made of comes from outside, and no secret is written down."""

import ast
import json
import subprocess
from pathlib import Path

import pytest

from stack.scan import source as scanned
from tests.architecture.source import ROOT, called, nothing, python, run, tool, tree

FROM_TEXT = {"Template", "jinja2.Template", "template.Template"}
OF_OUR_OWN_TEXT = {"cse/bench/bare.py": "the bare page that others are compared with, which stands there"}
FETCHES = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "weasyprint"}
# Who speaks to another machine, and to which.
FETCHERS = {
    "stack/scan/copy.py": "the copy of the site that is scanned, on the loopback address",
    "deadlines/gov_notify.py": "GOV.UK Notify, whose address is a setting",
    "frontend/pdf.py": "draws PDF, and fetches nothing: tests/reports/test_pdf.py",
    "stack/site.py": "the site it has started, on the loopback address",
}


def test_asvs_1_2_4_bandit_finds_nothing() -> None:
    """Among the rest: no query is put together from what somebody typed (B608)."""
    done = run([*tool("bandit"), *scanned.BANDIT])
    assert done.returncode == 0, done.stdout


def test_asvs_13_3_1_detect_secrets_finds_nothing() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    found = [
        f"{name}:{each['line_number']} {each['type']}"
        for options, names in scanned.detect_secrets(listed)
        for name, secrets in json.loads(run([*tool("detect-secrets"), *options, *names]).stdout)["results"].items()
        for each in secrets
    ]
    nothing(found, "If it is none, say so at the end of its line:  # pragma: allowlist secret")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("planted.py", 'TOKEN = "ghp_' + "16c7" * 9 + '"'),
        ("planted.py", 'password = "' + "correcthorse" + 'battery1"'),
        ("tests/planted.py", 'KEY = "AKIA' + "IOSFODNN7" + 'EXAMPLQ"'),
    ],
)
def test_detect_secrets_bites(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / name).write_text(f"{line}\n")
    [(options, names)] = scanned.detect_secrets([name])
    assert json.loads(run([*tool("detect-secrets"), *options, *names], root=tmp_path).stdout)["results"]


def test_asvs_1_3_7_no_page_is_made_of_what_somebody_typed() -> None:
    """Templates are files of ours, compiled by their names."""
    found = []
    for path in python(ROOT):
        for node in ast.walk(tree(path)):
            name = called(node.func) if isinstance(node, ast.Call) else ""
            if name in FROM_TEXT or name.endswith("from_string"):
                found.append(str(path.relative_to(ROOT)))
    nothing(set(found) - OF_OUR_OWN_TEXT.keys())


def test_asvs_1_3_6_nothing_is_fetched_from_an_address_that_somebody_typed() -> None:
    """Neither by us nor by what draws PDF: whoever fetches is named here with what it asks."""
    found = set()
    for path in python(ROOT):
        for node in ast.walk(tree(path)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if FETCHES & set(names):
                found.add(str(path.relative_to(ROOT)))
    nothing(found - FETCHERS.keys())
    nothing(FETCHERS.keys() - found, "It fetches nothing any more: take it off the list.")
