"""The queue's order and filters, its fixed number of queries, and what a referrer may read."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection

from accounts.models import Team, User
from deadlines.models import Deadline
from frontend import keyset
from people.models import Child
from referrals import selectors, services
from referrals.models import Referral, Route
from referrals.rules import OPEN, Grade, Outcome, State
from referrals.selectors import BY_DANGER, BY_DATE, Filters
from tests import factories
from tests.referrals.conftest import accepted, decided, discussed

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(mash: Team) -> Child:
    return factories.child(known_to=mash)


@pytest.fixture
def many(mash: Team, known: Child, worker: User, at: datetime) -> list[Referral]:
    """Sixty open referrals of all grades, one a minute."""
    return Referral.objects.bulk_create(
        Referral(
            child=known,
            route=Route.PROFESSIONAL,
            handling_team=mash,
            origin_team=worker.team,
            made_by=worker,
            concern="x",
            received_at=at + timedelta(minutes=number),
            grade=list(Grade)[number % 5],
        )
        for number in range(60)
    )


class TestQueue:
    def test_stands_by_danger_and_then_newest_first(self, officer: User, many: list[Referral]) -> None:
        rows = keyset.page(selectors.queue(officer, Filters()), BY_DANGER, size=60).rows
        grades = [row.grade for row in rows]
        assert grades == sorted(grades, reverse=True)
        assert [row.grade for row in rows if row.grade][:12] == [Grade.RED] * 12
        reds = [row.received_at for row in rows if row.grade == Grade.RED]
        assert reds == sorted(reds, reverse=True)

    def test_what_nobody_has_graded_stands_between_red_and_amber(self, officer: User, many: list[Referral]) -> None:
        rows = keyset.page(selectors.queue(officer, Filters()), BY_DANGER, size=60).rows
        order = list(dict.fromkeys(row.grade for row in rows))
        assert order == [Grade.RED, Grade.UNGRADED, Grade.AMBER, Grade.GREEN, Grade.BLUE]

    def test_every_referral_is_on_one_page_in_both_directions(self, officer: User, many: list[Referral]) -> None:
        rows = selectors.queue(officer, Filters())
        forth, page = [], keyset.page(rows, BY_DANGER, size=7)
        forth.append([row.pk for row in page.rows])
        while page.older:
            page = keyset.page(rows, BY_DANGER, older=page.older, size=7)
            forth.append([row.pk for row in page.rows])
        back = [forth[-1]]
        while page.newer:
            page = keyset.page(rows, BY_DANGER, newer=page.newer, size=7)
            back.append([row.pk for row in page.rows])
        assert sorted(pk for part in forth for pk in part) == sorted(row.pk for row in many)
        assert back[::-1] == forth

    def test_without_a_filter_shows_what_is_open(self, officer: User, bring_to: Any) -> None:
        bring_to(State.DECIDED)
        assert not selectors.queue(officer, Filters()).exists()

    @pytest.mark.parametrize("state", State)
    def test_filters_by_state(self, officer: User, bring_to: Any, state: State) -> None:
        referral = bring_to(state)
        for asked in State:
            found = selectors.queue(officer, Filters(state=asked))
            assert list(found) == ([referral] if asked == state else [])

    def test_filters_by_grade(self, officer: User, many: list[Referral]) -> None:
        found = selectors.queue(officer, Filters(grade=Grade.BLUE))
        assert {row.grade for row in found} == {Grade.BLUE}

    def test_filters_by_who_has_it(
        self, officer: User, colleague: User, referral: Referral, many: list[Referral], at: datetime
    ) -> None:
        mine = accepted(referral, officer, at)
        assert list(selectors.queue(officer, Filters(holder="mine"))) == [mine]
        assert not selectors.queue(colleague, Filters(holder="mine")).exists()
        assert selectors.queue(officer, Filters(holder="nobody")).count() == len(many)

    def test_an_outcome_is_looked_for_among_what_is_decided(self, officer: User, bring_to: Any) -> None:
        referral = bring_to(State.DECIDED)
        assert list(selectors.queue(officer, Filters(outcome=Outcome.ADVICE))) == [referral]
        assert not selectors.queue(officer, Filters(outcome=Outcome.EARLY_HELP)).exists()

    def test_a_reference_is_found_wherever_it_stands(self, officer: User, bring_to: Any) -> None:
        referral = bring_to(State.CLOSED)
        Referral.objects.filter(pk=referral.pk).update(public_reference="ABCD-EFGH")
        for text in (referral.reference, referral.reference.lower(), str(referral.pk), " abcd-efgh "):
            assert list(selectors.queue(officer, Filters(reference=text))) == [referral]
        for text in ("R999999", "9" * 30, "²", "R"):
            assert not selectors.queue(officer, Filters(reference=text)).exists()

    def test_shows_nothing_to_those_who_are_not_in_mash(self, stranger: User, many: list[Referral]) -> None:
        assert not selectors.queue(stranger, Filters()).exists()

    def test_uses_the_queue_index_at_any_depth(self, officer: User, many: list[Referral]) -> None:
        deep = keyset.place(many[30], BY_DANGER)
        with connection.cursor() as cursor:
            cursor.execute(
                "set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off"
            )
        for place, mode in product(("", deep), ("force_custom_plan", "force_generic_plan")):
            with connection.cursor() as cursor:
                cursor.execute(f"set local plan_cache_mode = {mode}")
            plan = plan_of(officer, place)
            assert "referral_queue" in plan
            assert "Sort" not in plan

    def test_counts_no_further_than_a_thousand(self, monkeypatch: Any, officer: User, many: list[Referral]) -> None:
        assert selectors.total(officer, Filters()) == "60"
        assert selectors.total(officer, Filters(reference=many[0].reference)) == "1"
        monkeypatch.setattr(selectors, "COUNTED_TO", 59)
        assert selectors.total(officer, Filters()) == "more than 59"

    def test_a_page_holds_what_the_queue_does_whoever_asks_with_whatever_filters(
        self, officer: User, colleague: User, stranger: User, referral: Referral, many: list[Referral], at: datetime
    ) -> None:
        accepted(referral, officer, at)
        asked = [Filters(), Filters(grade=Grade.RED), Filters(state=State.ACCEPTED), Filters(outcome=Outcome.ADVICE)]
        asked += [Filters(holder=holder, reference=of) for holder in ("", "mine", "nobody") for of in ("", "R1")]
        for filters in asked:
            for user in (officer, colleague, stranger):
                first = selectors.queue_page(user, filters)
                second = selectors.queue_page(user, filters, older=first.older) if first.older else first
                back = selectors.queue_page(user, filters, newer=second.newer) if second.newer else first
                assert back.rows == first.rows
                rows = selectors.queue(user, filters)
                plain = keyset.page(rows, filters.key)
                assert (first.older, [row.id for row in first.rows]) == (plain.older, [row.pk for row in plain.rows])
                if plain.older:
                    plain = keyset.page(rows, filters.key, older=plain.older)
                assert [row.id for row in second.rows] == [row.pk for row in plain.rows]
                assert selectors.total(user, filters) == str(rows.count())


class TestLines:
    def test_say_what_the_referral_says_of_itself(
        self, officer: User, worker: User, mash: Team, known: Child, at: datetime
    ) -> None:
        nameless = factories.child(known_to=mash, given_name="", family_name="", provisional=True)
        for n, child in enumerate((known, nameless)):
            made = {"child": child, "made_by": worker, "handling_team": mash, "received_at": at + timedelta(hours=n)}
            factories.referral(**made)
            factories.referral(**made, told_name="Kim", origin_team=None, referrer_relationship="parent")
        page = selectors.queue_page(officer, Filters())
        records = Referral.objects.in_bulk([row.id for row in page.rows])
        for line in selectors.lines(page.rows, at=at):
            record = records[line.pk]
            assert (line.child, line.from_whom, line.reference, line.grade, line.state, line.outcome) == (
                record.child_name,
                record.from_whom,
                record.reference,
                record.get_grade_display(),
                record.get_state_display(),
                record.get_outcome_display(),
            )
            assert line.in_log == f"referrals.referral:{record.pk}"


class TestFilters:
    def test_only_what_is_open_stands_by_danger(self) -> None:
        assert all(Filters(state=state).key == BY_DANGER for state in OPEN)
        assert all(each.key == BY_DATE for each in (Filters(state="closed"), Filters(outcome="advice")))


class TestClocks:
    def test_the_first_due_is_on_top_and_a_breach_is_marked(
        self, referral: Referral, officer: User, at: datetime
    ) -> None:
        services.grade(
            by=officer, at=at, referral=referral, version=referral.version, grade=Grade.RED, reason="Because."
        )
        rows = selectors.queue_page(officer, Filters()).rows
        line = selectors.lines(rows, at=at + timedelta(hours=4, minutes=1))[0]
        assert [(clock.text, clock.urgency) for clock in line.clocks] == [
            ("overdue by 1 m", "overdue"),
            ("due in 31 h 58 m", ""),
        ]

    def test_a_clock_in_its_warning_time_is_soon(self, referral: Referral, at: datetime) -> None:
        deadline = Deadline.objects.get()
        assert selectors.clocks([deadline], at=deadline.due_at - timedelta(hours=4))[0].urgency == "soon"


class TestWaitingFor:
    def test_shows_an_officer_their_own_and_what_nobody_has(
        self, officer: User, colleague: User, referral: Referral, at: datetime
    ) -> None:
        assert [line.pk for line in selectors.waiting_for(officer, at=at)] == [referral.pk]
        accepted(referral, colleague, at)
        assert not selectors.waiting_for(officer, at=at)
        assert selectors.waiting_for(colleague, at=at)

    def test_shows_others_nothing(self, worker: User, referral: Referral, at: datetime) -> None:
        assert selectors.waiting_for(worker, at=at) == []


class TestMadeByTeam:
    def test_shows_the_team_and_no_other(
        self, worker: User, manager: User, stranger: User, officer: User, referral: Referral
    ) -> None:
        assert list(selectors.made_by_team(worker)) == list(selectors.made_by_team(manager)) == [referral]
        assert not selectors.made_by_team(stranger).exists()
        assert not selectors.made_by_team(officer).exists()

    def test_shows_nothing_to_somebody_without_a_team(self, mash: Team, at: datetime) -> None:
        factories.referral(origin_team=None)
        assert not selectors.made_by_team(factories.user(team=None)).exists()


class TestTracked:
    def test_tells_neither_grade_nor_check_nor_reason(self, bring_to: Any) -> None:
        told = selectors.tracked(bring_to(State.DECIDED))
        assert "What we know so far." not in str(told)
        assert "Older man, gifts." not in str(told)
        assert told.outcome == "MASH has given advice."

    def test_does_not_tell_that_there_is_a_strategy_discussion(self, bring_to: Any) -> None:
        told = selectors.tracked(bring_to(State.IN_DISCUSSION))
        assert told.outcome == ""
        assert told.status == "MASH is looking into it"

    @pytest.mark.parametrize("state", State)
    def test_has_words_for_every_state(self, bring_to: Any, state: State) -> None:
        assert selectors.tracked(bring_to(state)).status


class TestPossible:
    def test_is_what_the_state_allows_and_still_has_something_to_do(
        self, bring_to: Any, referral: Referral, officer: User, partners: Any, at: datetime
    ) -> None:
        assert selectors.possible(referral) == ["accept", "grade", "acknowledge"]
        mine = accepted(referral, officer, at, grade=None)
        assert "decide" not in selectors.possible(mine)
        referral.refresh_from_db()
        mine = services.grade(
            by=officer, at=at, referral=mine, version=referral.version, grade=Grade.AMBER, reason="Because."
        )
        assert "decide" in selectors.possible(mine)
        held = discussed(decided(mine, officer, at, Outcome.STRATEGY_DISCUSSION), officer, at, partners)
        assert "record_discussion" not in selectors.possible(held)

    def test_of_a_closed_referral_is_what_concerns_the_nrm(self, bring_to: Any) -> None:
        assert selectors.possible(bring_to(State.CLOSED)) == ["refer_to_nrm"]


class TestPanel:
    def test_shows_the_referrals_one_may_see(self, worker: User, stranger: User, referral: Referral, at: Any) -> None:
        child = referral.child
        factories.let_know(child, stranger.team)
        assert selectors.panel(worker, child, at)["referrals"] == [referral]
        assert selectors.panel(stranger, child, at)["referrals"] == []


def plan_of(user: User, place: str) -> str:
    """The plan of the page's own query, as the database would run it."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        selectors.queue_page(user, Filters(), older=place)
    with connection.cursor() as cursor:
        cursor.execute(f"explain {captured.captured_queries[-1]['sql']}")
        return "\n".join(line for (line,) in cursor.fetchall())
