"""What the rooms measure, against examples counted by hand; each lies in the last quarter of 2026 unless it says so."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from deadlines.models import Deadline
from deadlines.rules import Kind
from figures.measures import breakdowns, find
from figures.rules import Part, Period
from missing.models import Episode
from missing.rules import InterviewStatus, ReturnedTo
from people.codes import Authority
from referrals.rules import Outcome, State
from riskassessment.rules import Level
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
LATER = datetime(2027, 1, 10, tzinfo=UTC)
LAST_MOMENT_BEFORE = datetime(2026, 9, 30, 22, 59, tzinfo=UTC)  # 11:59pm in London
FIRST_MOMENT = datetime(2026, 9, 30, 23, tzinfo=UTC)


def counted(key: str, at: datetime = LATER) -> Any:
    found = find(key)
    assert found
    return found.count(QUARTER, at)


def by_agency(key: str, at: datetime = LATER) -> Any:
    found = find(key)
    assert found
    assert found.by_agency
    return found.by_agency(QUARTER, at)


class TestScreenings:
    @pytest.fixture(autouse=True)
    def five_of_two_agencies(self, db: None) -> None:
        """Three of one school and one of another, of which one is AT RISK; a draft, and one of the quarter before."""
        school, other = factories.user(team=factories.team()), factories.user(team=factories.team())
        for author, submitted_at, judged in (
            (school, FIRST_MOMENT, Level.SERIOUS),
            (school, NOON, Level.SIGNIFICANT),
            (school, NOON, Level.AT_RISK),
            (other, NOON, Level.SIGNIFICANT),
            (factories.user(team=factories.team()), LAST_MOMENT_BEFORE, Level.SERIOUS),
        ):
            levels = {"suggested_level": judged, "judged_level": judged}
            factories.screening(author=author, submitted_at=submitted_at, **levels)
        factories.screening(author=school)

    def test_submitted(self) -> None:
        assert counted("riskassessment.submitted") == 4

    def test_by_agency(self) -> None:
        assert sorted(by_agency("riskassessment.submitted").values()) == [1, 3]
        assert sorted((each.of, each.whole) for each in by_agency("riskassessment.at_risk").values()) == [
            (1, 1),
            (2, 3),
        ]

    def test_agencies(self) -> None:
        assert counted("riskassessment.agencies") == 2

    def test_at_risk(self) -> None:
        assert counted("riskassessment.at_risk") == Part(3, 4)


class TestReferrals:
    def test_received(self) -> None:
        for received_at in (LAST_MOMENT_BEFORE, FIRST_MOMENT, NOON):
            factories.referral(received_at=received_at)
        assert counted("referrals.received") == 2

    def test_decided_in_time(self) -> None:
        """In time, at the last moment, late, not yet, void, and due in the quarter before: 2 of 4."""
        due, hour = NOON, timedelta(hours=1)
        for number, (due_at, closed) in enumerate(
            (
                (due, {"met_at": due - hour}),
                (due, {"met_at": due}),
                (due, {"met_at": due + hour}),
                (due, {}),
                (due, {"voided_at": due}),
                (LAST_MOMENT_BEFORE, {"met_at": LAST_MOMENT_BEFORE}),
            )
        ):
            times = {"started_at": due_at - hour, "watched_from": due_at - hour, "due_at": due_at}
            recorded = {"recorded_at": closed["met_at"]} if "met_at" in closed else {}
            about = {"child": factories.child(), "subject_type": "made.up", "subject_id": number}
            who = {"kind": Kind.MASH_DECISION, "owner_team": factories.team()}
            Deadline.objects.create(**who, **about, **times, **closed, **recorded)
        assert counted("referrals.decided_in_time") == Part(2, 4)

    def test_what_is_due_later_today_has_not_been_missed(self) -> None:
        times = {"started_at": NOON, "watched_from": NOON, "due_at": NOON + timedelta(hours=3)}
        about = {"child": factories.child(), "subject_type": "made.up", "subject_id": 1}
        Deadline.objects.create(kind=Kind.MASH_DECISION, owner_team=factories.team(), **about, **times)
        assert counted("referrals.decided_in_time", NOON) == Part(0, 0)
        assert counted("referrals.decided_in_time", NOON + timedelta(hours=4)) == Part(0, 1)


class TestMissing:
    @pytest.fixture(autouse=True)
    def three_returned(self, db: None) -> None:
        """One child twice, one once: one interview in time, one late, none of the third."""
        twice, day = factories.child(), timedelta(days=1)
        held_after = (day, 4 * day, None)
        for place, after in enumerate(held_after):
            child = twice if place < 2 else factories.child()
            returned_at = NOON - timedelta(days=20 - 5 * place)
            seen = {"last_seen_at": returned_at - day, "returned_at": returned_at, "returned_to": ReturnedTo.HOME}
            episode = factories.episode(child=child, **seen)
            if after:
                held = {
                    "status": InterviewStatus.COMPLETED,
                    "conducted_at": returned_at + after,
                    "completed_at": LATER,
                    "recorded_at": LATER,
                }
                factories.interview(episodes=[episode], recorded_by=factories.user(team=factories.team()), **held)

    def test_in_time(self) -> None:
        assert counted("missing.in_time") == Part(1, 3)

    def test_in_time_by_the_agency_that_owes_the_interview(self) -> None:
        owing = factories.team()
        about = {"subject_type": "missing.episode", "child": factories.child()}
        times = {"started_at": NOON, "watched_from": NOON, "due_at": NOON}
        for episode in Episode.objects.order_by("pk")[:2]:
            Deadline.objects.create(
                kind=Kind.RETURN_INTERVIEW, owner_team=owing, subject_id=episode.pk, **about, **times
            )
        assert by_agency("missing.in_time") == {
            owing.agency.name: Part(1, 2),
            "Nobody owes an interview yet": Part(0, 1),
        }

    def test_offered(self) -> None:
        assert counted("missing.offered") == Part(2, 3)

    def test_repeat(self) -> None:
        assert counted("missing.repeat") == Part(1, 2)


class TestByPlacement:
    def test_counts_episodes_by_whose_child_lives_where(self) -> None:
        ours, other = Authority.WOLVERHAMPTON, next(each for each in Authority if each != Authority.WOLVERHAMPTON)
        for responsible, host in ((ours, ours), (ours, other), (ours, other), (other, ours)):
            factories.episode(last_seen_at=NOON, responsible_authority=responsible, host_authority=host)
        factories.episode(last_seen_at=LAST_MOMENT_BEFORE)
        assert dict(breakdowns()["missing.by_placement"].count(QUARTER, LATER)) == {
            ("Ours, and lives here", ""): 1,
            ("Ours, and placed elsewhere", ""): 2,
            ("Placed here by others", ""): 1,
        }


class TestBreakdowns:
    """Three children: one stays, one rises, one was screened and closed again."""

    def cells(self, key: str) -> Any:
        return dict(breakdowns()[key].count(QUARTER, LATER))

    def screened(self, child: Any, at: datetime, level: Level, suggested: Level | None = None) -> None:
        levels = {"suggested_level": level if suggested is None else suggested, "judged_level": level}
        factories.screening(child=child, submitted_at=at, **levels)

    @pytest.fixture(autouse=True)
    def three_children(self, db: None) -> None:
        stays, rises, closed = (factories.child(known_to=factories.team()) for _ in range(3))
        self.screened(stays, LAST_MOMENT_BEFORE, Level.AT_RISK)
        self.screened(rises, LAST_MOMENT_BEFORE, Level.AT_RISK)
        self.screened(rises, NOON, Level.SERIOUS, suggested=Level.SIGNIFICANT)
        self.screened(closed, FIRST_MOMENT, Level.SIGNIFICANT)
        factories.involvement(child=closed, opened_at=FIRST_MOMENT, closed_at=NOON)

    def test_children_by_level(self) -> None:
        assert self.cells("riskassessment.children") == {("At risk", ""): 1, ("Serious", ""): 1}

    def test_movement(self) -> None:
        assert self.cells("riskassessment.movement") == {("At risk", "At risk"): 1, ("At risk", "Serious"): 1}

    def test_judgement(self) -> None:
        counted = self.cells("riskassessment.judgement")
        assert sorted((judged, count) for (_, judged), count in counted.items()) == [("As suggested", 1), ("Higher", 1)]

    def test_by_agency(self) -> None:
        assert sorted(level for _, level in self.cells("riskassessment.by_agency")) == ["Serious", "Significant"]

    def test_two_records_of_one_child_are_one_child(self) -> None:
        known = factories.child(known_to=factories.team())
        other = factories.child(known_to=factories.team(), provisional=True, same_as=known)
        self.screened(known, FIRST_MOMENT, Level.AT_RISK)
        self.screened(other, NOON, Level.SERIOUS)
        assert self.cells("riskassessment.children") == {("At risk", ""): 1, ("Serious", ""): 2}

    def test_referrals_by_outcome(self) -> None:
        officer = factories.user(team=factories.team())
        for decided_at in (NOON, LAST_MOMENT_BEFORE):
            accepted = {"accepted_by": officer, "accepted_at": decided_at, "received_at": decided_at}
            decided = {"state": State.DECIDED, "outcome": Outcome.EARLY_HELP, "decided_at": decided_at}
            factories.referral(**accepted, **decided)
        assert self.cells("referrals.by_outcome") == {(Outcome.EARLY_HELP.label, ""): 1}
