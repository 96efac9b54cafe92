"""Finding children: what is found, why, and that nobody is told of what they may not see."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team, User
from audit.acting import acting_as
from people import selectors
from people.codes import Restriction
from people.models import Child
from people.rules import Particulars
from people.selectors import records
from tests import factories

pytestmark = pytest.mark.django_db

BORN = date(2012, 3, 27)
AMY = Particulars("Amy", "Jones", BORN)


def amy(**values: Any) -> Child:
    return factories.child(**{"given_name": "Amy", "family_name": "Jones", "date_of_birth": BORN, **values})


def keys(matches: list[selectors.Match]) -> list[int]:
    return [match.pk for match in matches]


class TestFind:
    @pytest.mark.parametrize(
        ("terms", "reason"),
        [
            (AMY, "Same name and date of birth"),
            (Particulars("amy", "JONES"), "Same name"),
            (Particulars(family_name="Jones"), "Part of the name matches"),
            (Particulars("Jonnes"), "Similar name"),
            (Particulars(date_of_birth=BORN), "Same date of birth"),
            (Particulars(nhs_number="9434765919"), "Same NHS number"),
            (Particulars(upn="A336200012345"), "Same unique pupil number"),
            (Particulars("Ames", "Jones"), "Also known as Ames"),
            (Particulars("Amy", "Jones", date(2012, 9, 1)), "Similar name, born within a year"),
        ],
    )
    def test_by_anything_that_is_known_and_says_why(
        self, worker: User, at: datetime, terms: Particulars, reason: str
    ) -> None:
        child = amy(known_to=worker.team, nhs_number="9434765919", upn="A336200012345", aliases=["Ames"])
        amy(known_to=worker.team, given_name="Zoltan", family_name="Kovacs", date_of_birth=date(2016, 6, 6))
        found = selectors.find(worker, terms, at=at)
        assert keys(found) == [child.pk]
        assert reason in found[0].reasons

    @pytest.mark.parametrize(("held", "typed"), [("José", "Jose"), ("Jose", "José"), ("محمد", "محمد")])
    def test_names_whatever_their_accents_or_script(self, worker: User, at: datetime, held: str, typed: str) -> None:
        child = amy(known_to=worker.team, given_name=held, family_name="García")
        assert keys(selectors.find(worker, Particulars(typed, "Garcia"), at=at)) == ([child.pk])

    def test_leaves_out_what_this_person_may_not_see(self, stranger: User, worker: User, at: datetime) -> None:
        amy(known_to=worker.team)
        assert selectors.find(stranger, AMY, at=at) == []

    def test_the_best_comes_first(self, worker: User, at: datetime) -> None:
        similar = amy(known_to=worker.team, given_name="Amie")
        same = amy(known_to=worker.team)
        assert keys(selectors.find(worker, AMY, at=at)) == [same.pk, similar.pk]

    def test_an_eighteenth_birthday_hides_a_child_from_the_list_and_not_from_whoever_asks(
        self, worker: User, at: datetime
    ) -> None:
        adult = amy(known_to=worker.team, date_of_birth=date(2008, 11, 23))
        child = amy(known_to=worker.team, date_of_birth=date(2008, 11, 24))
        terms = Particulars("Amy", "Jones")
        assert keys(selectors.find(worker, terms, at=at)) == [child.pk]
        assert set(keys(selectors.find(worker, terms, at=at, adults=True))) == {adult.pk, child.pk}

    def test_shows_a_bounded_number(self, worker: User, at: datetime) -> None:
        for _ in range(selectors.SHOWN + 5):
            amy(known_to=worker.team)
        assert len(selectors.find(worker, AMY, at=at)) == selectors.SHOWN


class TestBornAfter:
    @pytest.mark.parametrize(
        ("day", "limit"),
        [(date(2026, 11, 23), date(2008, 11, 23)), (date(2028, 2, 29), date(2010, 2, 28))],
    )
    def test_is_eighteen_years_before(self, day: date, limit: date) -> None:
        assert selectors.born_after(day) == limit


class TestNearMatches:
    def test_are_looked_for_among_all_children(self) -> None:
        child = amy()
        assert keys(selectors.near_matches(AMY)) == [child.pk]

    def test_visible_to_leaves_only_what_this_person_may_see(self, worker: User) -> None:
        mine, _ = amy(known_to=worker.team), amy()
        assert keys(selectors.near_matches(AMY, visible_to=worker)) == [mine.pk]

    def test_a_date_of_birth_alone_is_no_near_match(self) -> None:
        amy(given_name="Zoltan", family_name="Kovacs")
        assert selectors.near_matches(AMY) == []

    def test_reads_as_often_whatever_exists(self, worker: User) -> None:
        """A hidden record must not be felt by the number of questions to the database either."""
        assert not worker.team_ids & worker.hidden_children  # both are read with the person, when the request begins
        with CaptureQueriesContext(connection) as nobody:
            selectors.unseen_match(worker, AMY)
        amy()
        with CaptureQueriesContext(connection) as somebody:
            selectors.unseen_match(worker, AMY)
        assert len(nobody) == len(somebody)


class TestUnseenMatch:
    def test_is_about_records_this_person_may_not_see(self, worker: User) -> None:
        amy(known_to=worker.team)
        assert not selectors.unseen_match(worker, AMY)
        amy()
        assert selectors.unseen_match(worker, AMY)


class TestCandidates:
    def test_are_other_records_than_those_already_matched(self, mash: Team, officer: User) -> None:
        told_of, first = amy(known_to=mash, provisional=True), amy()
        amy(same_as=told_of)
        found = selectors.candidates(told_of, user=officer)
        assert keys(found) == [first.pk]
        assert found[0].added_by == str(first.added_by_team)

    def test_are_few_because_each_is_a_look_at_a_record(self, mash: Team, officer: User) -> None:
        told_of = amy(known_to=mash, provisional=True)
        for _ in range(selectors.OFFERED + 3):
            amy()
        assert len(selectors.candidates(told_of, user=officer)) == selectors.OFFERED

    def test_are_not_those_that_are_restricted_or_kept_from_the_officer(self, mash: Team, officer: User) -> None:
        told_of, restricted, kept = amy(known_to=mash, provisional=True), amy(restriction=Restriction.POLICE), amy()
        factories.exclusion(child=kept, person=officer)
        assert keys(selectors.candidates(told_of, user=officer)) == []
        factories.let_know(restricted, officer)
        again = User.objects.get(pk=officer.pk)
        assert keys(selectors.candidates(told_of, user=again)) == [restricted.pk]

    def test_show_only_what_identifies_a_child(self) -> None:
        assert set(selectors.Match.__dataclass_fields__) == {
            *("pk", "reference", "name", "date_of_birth", "added_by", "reasons", "place", "restriction", "identical")
        }


class TestSameChildren:
    def test_only_those_this_person_may_see(self, worker: User, mash: Team, officer: User) -> None:
        held = amy(known_to=worker.team)
        told_of = amy(known_to=mash, same_as=held)
        sibling = amy(known_to=mash, same_as=held)
        assert list(selectors.same_children(worker, held)) == []
        assert list(selectors.same_children(officer, held)) == [told_of, sibling]
        assert list(selectors.same_children(officer, told_of)) == [sibling]


class TestCaseOf:
    def test_is_the_open_one(self, at: datetime) -> None:
        child = amy()
        factories.involvement(child=child, closed_at=at)
        assert selectors.case_of(child) is None
        case = factories.involvement(child=child)
        assert selectors.case_of(child) == case


class TestKeyWorkerFor:
    def test_lists_the_open_cases_this_person_holds_and_may_see(self, worker: User, at: datetime) -> None:
        mine = factories.involvement(child=amy(known_to=worker.team), key_worker=worker)
        factories.involvement(child=amy(known_to=worker.team), key_worker=worker, closed_at=at)
        factories.involvement(child=amy(known_to=worker.team))
        factories.involvement(child=amy(), key_worker=worker)
        assert list(selectors.key_worker_for(worker)) == [mine]


class TestCaseHolders:
    def test_are_those_whose_role_reads_records(self, worker: User, stranger: User) -> None:
        factories.user(roles=["board_reader"])
        factories.user(is_active=False)
        assert set(selectors.case_holders()) == {worker, stranger}


class TestSearchUnderRowSecurity:
    @pytest.mark.parametrize(
        "statement",
        [
            "select id from people_child where search_name % 'AMY JONES'",
            "select id from people_child where 'JONES' <% search_name",
            "select id from people_child where search_aliases && array['AMY']",
        ],
    )
    def test_what_the_search_functions_ask_is_answered_by_an_index(self, db: None, statement: str) -> None:
        """Of one who asked so for themselves it would not be: each row's policy comes before what may reveal it."""
        factories.child()
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
            cursor.execute(f"explain {statement}")
            assert "Bitmap Index Scan on child_search" in str(cursor.fetchall())
            cursor.execute(
                "select prosecdef from pg_proc where proname like 'people_named%' or proname = 'people_also_called'"
            )
            assert cursor.fetchall() == [(True,)] * 3

    def test_a_name_is_found_by_those_alone_who_may_see_it(self, worker: User, stranger: User, at: datetime) -> None:
        factories.child(given_name="Amy", family_name="Jones", known_to=worker.team)
        found = []
        for person in (worker, stranger):
            with acting_as(person.pk):
                found.append(len(Child.objects.filter(pk__in=records._named("people_named_like", "AMY JONES"))))
        assert found == [1, 0]
