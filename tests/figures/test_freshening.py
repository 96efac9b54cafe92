"""What a change may have changed is counted again at once, and comes out as if all of it had been counted."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import selectors as people_and_teams
from accounts.models import User
from deadlines.models import Deadline
from deadlines.rules import Kind
from figures import marks, measures, selectors, services, tasks
from figures.measures import Breakdown, Value
from figures.models import Current, Figure, Mark
from figures.rules import Part, Period
from missing.models import Episode
from missing.rules import InterviewStatus, ReturnedTo
from people.models import Child
from prevention.rules import AssessmentState
from referrals.models import Referral
from referrals.rules import Outcome, State
from riskassessment.models import Screening
from riskassessment.rules import Level
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 20, tzinfo=UTC)
PERIODS = [*selectors.quarters(LATER)[-3:], *selectors.months(LATER)[-7:]]
DAYS = 210
"""As long as these periods, about."""
DAY = timedelta(days=1)
FRESH = {key: each for key, each in measures.everything().items() if each.tables}
WAITS = {"records.filled", "records.in_time", "records.good", "records.made"}
"""Counted from nearly every column of a child, a screening, an episode: a review over months, not news."""
OPERATIONS = 40
# What figures are not counted from, and read for its names alone: who is renamed is so within the hour.
NAMES = {"accounts_agency", "accounts_team"}


@pytest.fixture
def system() -> User:
    return people_and_teams.system_actor()


class History:
    """A partnership at work: each step is one that a command could have taken, on any of these days."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.teams = [factories.team(), factories.team()]
        self.children = [factories.child(known_to=self.teams[0]) for _ in range(6)]
        self.number = 0
        self.days = DAYS

    def step(self) -> None:
        steps: list[Callable[[], object]] = [
            self.screen,
            self.close_case,
            self.match,
            self.go_missing,
            self.return_home,
            self.take_back,
            self.hold_interview,
            self.refer,
            self.decide,
            self.promise,
            self.keep_promise,
            self.train,
            self.count_heads,
            self.find_gap,
            self.campaign,
            self.assess,
        ]
        self.random.choice(steps)()

    def moment(self) -> datetime:
        return LATER - self.random.random() * timedelta(days=self.days)

    def child(self) -> Child:
        return self.random.choice(self.children)

    def any_of(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.random.choice(found) if found else None

    def screen(self) -> None:
        author = factories.user(team=self.random.choice(self.teams))
        suggested, judged = self.random.choices(list(Level), k=2)
        levels = {"suggested_level": suggested, "judged_level": judged}
        factories.screening(author=author, child=self.child(), submitted_at=self.moment(), **levels)

    def close_case(self) -> None:
        closed_at = self.moment()
        factories.involvement(child=self.child(), opened_at=closed_at - DAY, closed_at=closed_at)

    def match(self) -> None:
        known, other = self.random.sample(self.children, 2)
        if not known.same_as_id and not Child.objects.filter(same_as=other).exists():
            Child.objects.filter(pk=other.pk).update(provisional=True, same_as=known)
            other.refresh_from_db()

    def go_missing(self) -> None:
        """Not while the child is missing, nor before they last returned."""
        child = self.child()
        last = Episode.objects.filter(child=child, voided_at=None).order_by("last_seen_at").last()
        begins = (last.returned_at if last else LATER - DAYS * DAY) or LATER
        begins += self.random.random() * 60 * DAY
        if begins < LATER:
            factories.episode(child=child, last_seen_at=begins)

    def return_home(self) -> None:
        if made := self.any_of(Episode.objects.filter(returned_at=None, voided_at=None)):
            made.returned_at = min(made.last_seen_at + self.random.random() * 3 * DAY + timedelta(hours=2), LATER)
            made.returned_offset, made.returned_to = 0, ReturnedTo.HOME
            made.save()

    def take_back(self) -> None:
        if made := self.any_of(Episode.objects.filter(voided_at=None)):
            by = {"voided_by": made.recorded_by, "void_reason": "Another child"}
            Episode.objects.filter(pk=made.pk).update(voided_at=LATER, **by)

    def hold_interview(self) -> None:
        if made := self.any_of(Episode.objects.filter(interview=None, voided_at=None).exclude(returned_at=None)):
            held = made.returned_at + self.random.random() * 5 * DAY
            status = self.random.choice([InterviewStatus.ACCEPTED, InterviewStatus.COMPLETED])
            done = {"conducted_at": held, "completed_at": held} if status == InterviewStatus.COMPLETED else {}
            factories.interview(episodes=[made], status=status, **done)

    def refer(self) -> None:
        factories.referral(received_at=self.moment(), child=self.child())

    def decide(self) -> None:
        if made := self.any_of(Referral.objects.exclude(state=State.DECIDED)):
            decided = {
                "outcome": self.random.choice(list(Outcome)),
                "decided_at": made.received_at + self.random.random() * 5 * DAY,
            }
            who = {"accepted_by": made.made_by, "accepted_at": made.received_at}
            Referral.objects.filter(pk=made.pk).update(state=State.DECIDED, **who, **decided)

    def promise(self) -> None:
        self.number += 1
        kind = self.random.choice([Kind.MASH_DECISION, Kind.RETURN_INTERVIEW])
        due, about = self.moment(), {"subject_type": "made.up", "subject_id": self.number}
        times = {"started_at": due - DAY, "watched_from": due - DAY, "due_at": due}
        Deadline.objects.create(kind=kind, child=self.child(), owner_team=self.teams[0], **about, **times)

    def keep_promise(self) -> None:
        if made := self.any_of(Deadline.objects.filter(met_at=None, voided_at=None)):
            Deadline.objects.filter(pk=made.pk).update(met_at=self.moment(), recorded_at=LATER)

    def train(self) -> None:
        factories.attendance(session=factories.session(held_on=self.moment().date()))

    def count_heads(self) -> None:
        factories.headcount(counted_on=self.moment().date(), people=self.random.randint(1, 9))

    def find_gap(self) -> None:
        found = self.moment().date()
        factories.gap(found_on=found)

    def campaign(self) -> None:
        ended = self.moment().date()
        factories.campaign(starts_on=ended - DAY, ends_on=ended)

    def assess(self) -> None:
        moderated = {"moderated_on": self.moment().date(), "moderated_by": factories.user()}
        made = factories.assessment(state=AssessmentState.MODERATED, **moderated)
        factories.score(assessment=made)


def stored() -> dict[tuple[str, Period], dict[tuple[str, str], Value]]:
    """What pages read; a cell that is gone is none."""
    rows = selectors.current(FRESH, PERIODS)
    return {
        about: {cell: Value(each.of, each.whole) for cell, each in cells.items() if each.of or each.whole}
        for about, cells in rows.items()
    }


def counted(at: datetime) -> dict[tuple[str, Period], dict[tuple[str, str], Value]]:
    """The same, by counting everything."""
    found: dict[tuple[str, Period], dict[tuple[str, str], Value]] = {}
    for key, each in FRESH.items():
        for period in PERIODS:
            if isinstance(each, Breakdown):
                cells = {cell: Value(count, None) for cell, count in each.count(period, at).items() if count}
            else:
                parts = each.by_agency(period, at) if each.by_agency else {}
                values = {(agency, ""): Value.of_count(part) for agency, part in parts.items()}
                values[measures.COUNTED] = Value.of_count(each.count(period, at))
                cells = {cell: value for cell, value in values.items() if value.of or value.whole}
            found[key, period] = cells
    return found


class TestFreshen:
    @pytest.mark.parametrize("seed", range(5))
    def test_comes_to_what_a_recount_comes_to_after_every_kind_of_change(self, system: User, seed: int) -> None:
        history = History(seed)
        services.recount(by=system, at=LATER, periods=PERIODS)
        for number in range(OPERATIONS):
            history.step()
            if number % 4 == 0:
                services.freshen(by=system, at=LATER, periods=PERIODS)
        services.freshen(by=system, at=LATER, periods=PERIODS)
        assert stored() == counted(LATER)

    @pytest.mark.parametrize("seed", range(3))
    def test_of_a_change_this_month_builds_upon_the_month_before(self, system: User, seed: int) -> None:
        history = History(seed)
        for _ in range(10):
            history.screen()
        history.match()
        services.recount(by=system, at=LATER, periods=PERIODS)
        history.days = LATER.day - 2
        for _ in range(10):
            history.random.choice([history.screen, history.close_case])()
            services.freshen(by=system, at=LATER, periods=PERIODS)
        assert stored() == counted(LATER)

    def test_counts_nothing_but_what_the_change_may_have_changed(
        self, system: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        services.recount(by=system, at=LATER, periods=PERIODS)
        factories.referral(received_at=NOON)
        Mark.objects.exclude(source=Referral._meta.db_table).delete()
        asked: list[tuple[str, Period]] = []

        def watch(key: str, count: Any) -> Any:
            return lambda period, at: asked.append((key, period)) or count(period, at)

        for registered in (measures._MEASURES, measures._BREAKDOWNS):
            for key, each in list(registered.items()):
                monkeypatch.setitem(registered, key, replace(each, count=watch(key, each.count)))  # type: ignore[arg-type]
        services.freshen(by=system, at=LATER, periods=PERIODS)
        of = {"referrals.received", "referrals.by_outcome"}
        assert {key for key, _ in asked} == of
        assert {period.in_brief for _, period in asked} == {"Nov 2026", "Dec 2026", "Q4 2026"}

    def test_a_draft_is_nobodys_figure(self) -> None:
        Mark.objects.all().delete()
        factories.screening()
        assert not Mark.objects.filter(source=Screening._meta.db_table).exists()

    def test_what_is_counted_is_not_counted_again(self, system: User) -> None:
        factories.referral(received_at=NOON)
        assert selectors.marks()
        services.freshen(by=system, at=LATER, periods=PERIODS)
        assert not selectors.marks()
        assert services.freshen(by=system, at=LATER, periods=PERIODS) == 0

    def test_nobody_else_counts(self, worker: User) -> None:
        with pytest.raises(PermissionDenied):
            services.freshen(by=worker, at=LATER, periods=PERIODS)


class TestOfADay:
    """A past day is looked at by what was known at its end."""

    @pytest.fixture(autouse=True)
    def made_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gives = Part(1, 4)
        monkeypatch.setattr(measures, "_MEASURES", {})
        monkeypatch.setattr(measures, "_BREAKDOWNS", {})
        measures.measure("made.up", "Made up", better=measures.Better.MORE, source="")(lambda period, at: self.gives)

    def known(self, at: datetime) -> Value | None:
        period = PERIODS[-1]
        return selectors.known_at(["made.up"], [period], at=at).get(("made.up", period))

    def test_what_changed_within_a_day_was_known_at_no_days_end(self, system: User) -> None:
        moments = (LATER, LATER + timedelta(hours=2), LATER + DAY)
        for of, moment in zip((1, 2, 3), moments, strict=True):
            self.gives = Part(of, 4)
            services.recount(by=system, at=moment, periods=PERIODS[-1:])
        assert list(Figure.objects.values_list("of", flat=True)) == [2]
        assert list(Current.objects.values_list("of", flat=True)) == [3]
        assert [self.known(moment) for moment in (LATER - DAY, LATER + timedelta(hours=3), LATER + DAY)] == [
            None,
            Value(2, 4),
            Value(3, 4),
        ]

    def test_what_has_not_changed_since_was_known_then(self, system: User, django_assert_num_queries: Any) -> None:
        services.recount(by=system, at=LATER, periods=PERIODS[-1:])
        services.recount(by=system, at=LATER + DAY, periods=PERIODS[-1:])
        assert not Figure.objects.exists()
        with django_assert_num_queries(1):
            assert self.known(LATER) == Value(1, 4)


def test_what_waits_for_the_next_recount_is_named() -> None:
    assert measures.everything().keys() - FRESH.keys() == WAITS


def test_each_measure_says_every_table_that_it_is_counted_from() -> None:
    read = set()

    def execute(run: Any, sql: str, *rest: Any) -> Any:
        read.update(re.findall(r'\b(?:from|join) "(\w+)"', sql, re.IGNORECASE))
        return run(sql, *rest)

    history = History(1)
    for _ in range(OPERATIONS):
        history.step()
    for key, each in FRESH.items():
        read.clear()
        with connection.execute_wrapper(execute):
            each.count(PERIODS[-1], LATER)
        assert read - NAMES <= each.tables, key
        assert each.tables <= {source.table for source in marks.sources()}, key


class TestTask:
    @pytest.fixture(autouse=True)
    def rested(self) -> None:
        cache.delete(tasks.RESTS_UNTIL)

    def test_counts_what_is_marked_at_once(self) -> None:
        for _ in range(2):
            factories.referral(received_at=NOON)
            assert 0 < selectors.marks() < tasks.FEW
            assert tasks.freshen() > 0
            assert not selectors.marks()

    def test_rests_after_much_was_written(self) -> None:
        factories.referral(received_at=NOON)
        Mark.objects.bulk_create(Mark(source="referrals_referral", since=NOON) for _ in range(tasks.FEW * tasks.RESTS))
        assert tasks.freshen() > 0
        factories.referral(received_at=NOON)
        assert tasks.freshen() == 0
        assert selectors.marks()

    def test_all_of_it_is_counted_measure_by_measure(self) -> None:
        assert tasks.recount_all() > 0
        assert tasks.recount() == 0
        assert {each.measure for each in Current.objects.all()} == set(measures.everything())
