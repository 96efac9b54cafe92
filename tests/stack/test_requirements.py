"""The lock files: complete, hashed, and without a trace of the machine they were made on."""

import re

import pytest

from stack.requirements import NAMES
from stack.state import REPOSITORY


@pytest.mark.parametrize("name", NAMES)
class TestLockFiles:
    def test_name_no_address_and_no_path(self, name: str) -> None:
        lock = (REPOSITORY / f"{name}.lock").read_text()
        assert re.findall(r"\w+://|--[a-z-]*(?:index|link|host)|^[./]", lock, re.MULTILINE) == []

    def test_hash_every_package(self, name: str) -> None:
        entries = re.split(r"\n(?=\S)", (REPOSITORY / f"{name}.lock").read_text().strip())
        assert entries
        assert [
            entry for entry in entries if not re.match(r"[\w.-]+==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", entry)
        ] == []

    def test_hold_what_was_asked_for(self, name: str) -> None:
        """After a change to a requirements*.in: python3 -m stack lock."""
        asked = re.findall(r"^([\w-]+)(?:\[[\w-]+\])?==(\S+)$", (REPOSITORY / f"{name}.in").read_text(), re.MULTILINE)
        lock = (REPOSITORY / f"{name}.lock").read_text()
        assert asked
        assert [
            f"{package}=={version}" for package, version in asked if f"\n{package}=={version} " not in f"\n{lock}"
        ] == []

    def test_ask_for_exact_versions(self, name: str) -> None:
        lines = (REPOSITORY / f"{name}.in").read_text().splitlines()
        assert [line for line in lines if line and line[0] not in "#-" and "==" not in line] == []


def test_site_and_tests_agree_on_shared_packages() -> None:
    site, tests = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (REPOSITORY / f"{name}.lock").read_text(), re.MULTILINE))
        for name in NAMES[:2]
    )
    assert {name: (site[name], tests[name]) for name in site.keys() & tests.keys() if site[name] != tests[name]} == {}
