"""Pages by key are the same whether their queries are prepared or not."""

from datetime import date

import pytest

from accounts.models import Team
from frontend import keyset
from frontend.prepared import Given
from prevention.models import Session
from tests import factories

pytestmark = pytest.mark.django_db

KEY = ("agency_id", "pk")


class TestPreparedPages:
    def test_turn_as_plain_pages_do(self) -> None:
        agency = factories.agency()
        for _ in range(7):
            factories.team(agency=agency)
        rows = Team.objects.filter(agency=agency)
        pages = keyset.PreparedPages(lambda: Team.objects.filter(agency=Given("agency")), KEY, size=3)
        places = [{}, {"older": "nonsense"}, {"newer": "1.2.3"}, {"older": "0.0"}]
        places += [{side: keyset.place(team, KEY)} for side in ("older", "newer") for team in rows]
        for place in places:
            assert pages.page(**place, given={"agency": agency.pk}) == keyset.page(rows, KEY, **place, size=3)


class TestEarliestFirst:
    def test_every_row_is_on_one_page_in_both_directions(self) -> None:
        agency = factories.agency()
        made = [factories.team(agency=agency) for _ in range(7)]
        rows = Team.objects.filter(agency=agency)
        page = keyset.page(rows, KEY, size=3, earliest_first=True)
        forth = [page.rows]
        while page.older:
            page = keyset.page(rows, KEY, older=page.older, size=3, earliest_first=True)
            forth.append(page.rows)
        assert [team for part in forth for team in part] == made
        back = [page.rows]
        while page.newer:
            page = keyset.page(rows, KEY, newer=page.newer, size=3, earliest_first=True)
            back.append(page.rows)
        assert back[::-1] == forth


class TestPlace:
    def test_of_a_day_is_read_again(self) -> None:
        days = [date(2026, 1, 31), date(2026, 1, 31), date(2025, 12, 1)]
        course = factories.course()
        made = [factories.session(course=course, held_on=day) for day in days]
        rows, key = Session.objects.filter(course=course), ("held_on", "id")
        first = keyset.page(rows, key, size=1)
        second = keyset.page(rows, key, older=first.older, size=1)
        assert [*first.rows, *second.rows] == [made[1], made[0]]
        assert keyset.page(rows, key, newer=second.newer, size=1).rows == first.rows

    def test_that_is_no_day_gives_the_first_page(self) -> None:
        session = factories.session()
        page = keyset.page(Session.objects.all(), ("held_on", "id"), older="0.0", size=1)
        assert page.rows == [session]
        beyond = keyset.page(Session.objects.all(), ("held_on", "id"), older="9999999999999999.1", size=1)
        assert beyond.rows == [session]
