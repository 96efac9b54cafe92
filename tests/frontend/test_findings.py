"""What was found in one room and is followed up in another."""

import pytest

from frontend import findings
from frontend.findings import Finding, FollowUp
from tests import factories

pytestmark = pytest.mark.django_db
TOLD = Finding("A made-up standard", "Nobody knows the form", "/here/", "made.up")


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_TELLERS", {})
    monkeypatch.setattr(findings, "_FOLLOWERS", [])


def test_a_room_tells_of_what_another_follows_up() -> None:
    gap = factories.gap()
    findings.told_by(type(gap), lambda pk: TOLD if pk == gap.pk else None)
    assert findings.find(findings.key(gap)) == TOLD
    assert findings.find(f"prevention.gap.{gap.pk + 1}") is None


@pytest.mark.parametrize("key", ["", ".", "7", "prevention.gap.", "prevention.gap.x", "prevention.gap.-1", "x.y.1"])
def test_what_is_no_key_finds_nothing(key: str) -> None:
    findings.told_by(type(factories.gap()), lambda pk: TOLD)
    assert findings.find(key) is None


def test_what_is_done_about_it_comes_from_every_room_that_does_something() -> None:
    findings.followed_by(lambda keys: {key: [FollowUp("Action 7", "/there/")] for key in keys})
    findings.followed_by(lambda keys: {})
    findings.followed_by(lambda keys: {"a": [FollowUp("A letter", "/letter/")]})
    found = findings.followed(["a", "b"])
    assert [each.title for each in found["a"]] == ["Action 7", "A letter"]
    assert [each.title for each in found["b"]] == ["Action 7"]
