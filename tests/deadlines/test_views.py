"""The inbox, how notices come, and absences, as people use them: without JavaScript, nothing typed is lost."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from deadlines import services
from deadlines.models import Absence, Notice
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHEN = {"starts_on": "27 11 2046", "ends_on": "4 12 2046"}


def typed(**given: str) -> dict[str, str]:
    """As the browser sends it: a day in three parts."""
    data = {}
    for name, value in {**WHEN, **given}.items():
        if name.endswith("_on"):
            data |= dict(zip([f"{name}-{part}" for part in ("day", "month", "year")], value.split(), strict=False))
        else:
            data[name] = value
    return data


def tell(person: User, at: datetime, *, key: str = "a", path: str = "") -> Notice:
    services.notify([person], key=key, text=f"Notice {key}.", path=path, at=at)
    return Notice.objects.get(key=f"{key}:{person.pk}")


class TestInbox:
    def test_shows_ones_own_only(self, worker: User, stranger: User, at: datetime, browser_of: Any) -> None:
        tell(worker, at)
        assert "Notice a." in browser_of(worker).get(reverse("deadlines:inbox")).content.decode()
        assert "Notice a." not in browser_of(stranger).get(reverse("deadlines:inbox")).content.decode()

    def test_goes_on_page_by_page(self, worker: User, at: datetime, browser_of: Any) -> None:
        for number in range(26):
            tell(worker, at, key=f"{number:02}")
        first = browser_of(worker).get(reverse("deadlines:inbox")).content.decode()
        older = re.search(r"older=[0-9.]+", first)
        assert older
        second = browser_of(worker).get(f"{reverse('deadlines:inbox')}?{older[0]}").content.decode()
        assert ("Notice 25." in first, "Notice 00." in first, "Notice 00." in second) == (True, False, True)

    def test_costs_the_same_however_much_there_is(self, worker: User, at: datetime, browser_of: Any) -> None:
        client = browser_of(worker)
        counts = []
        for number in range(3):
            tell(worker, at, key=f"{number}")
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("deadlines:inbox"))
            counts.append(len(queries))
        assert counts[1] == counts[2]
        assert counts[2] <= 7


class TestOpenNotice:
    def test_marks_it_and_leads_to_what_it_is_about(self, worker: User, at: datetime, browser_of: Any) -> None:
        notice, other = tell(worker, at, path="/children/"), tell(worker, at, key="b")
        client = browser_of(worker)
        address = reverse("deadlines:open_notice", args=[notice.pk])
        assert f'formaction="{address}"' in client.get(reverse("deadlines:inbox")).content.decode()
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (302, "/children/")
        assert client.post(reverse("deadlines:open_notice", args=[other.pk]))["Location"] == "/notices/"
        assert not Notice.objects.filter(read_at=None).exists()

    def test_a_foreign_one_does_not_exist(self, worker: User, stranger: User, at: datetime, browser_of: Any) -> None:
        notice = tell(worker, at)
        answer = browser_of(stranger).post(reverse("deadlines:open_notice", args=[notice.pk]))
        assert answer.status_code == 404
        assert Notice.objects.get().read_at is None

    def test_a_look_changes_nothing(self, worker: User, at: datetime, browser_of: Any) -> None:
        assert browser_of(worker).get(reverse("deadlines:open_notice", args=[tell(worker, at).pk])).status_code == 405


class TestChooseDigest:
    def test_shows_what_is_chosen_and_what_never_waits(self, worker: User, browser_of: Any) -> None:
        client = browser_of(worker)
        page = client.get(reverse("deadlines:choose_digest")).content.decode()
        assert re.search(r'value="at_once"[^>]*checked', page)
        assert "return interview" in page
        client.post(reverse("deadlines:choose_digest"), {"how": "daily"})
        assert User.objects.get(pk=worker.pk).daily_digest
        page = client.get(reverse("deadlines:choose_digest")).content.decode()
        assert re.search(r'value="daily"[^>]*checked', page)

    def test_asks_again_where_nothing_was_chosen(self, worker: User, browser_of: Any) -> None:
        page = browser_of(worker).post(reverse("deadlines:choose_digest"), {}).content.decode()
        assert "There is a problem" in page


class TestAbsences:
    def absent(self, person: User, at: datetime) -> Absence:
        times = {"starts_at": at, "ends_at": at.replace(year=2100), "recorded_at": at}
        return Absence.objects.create(person=person, recorded_by=person, **times)

    def test_shows_ones_own_and_to_a_manager_the_teams(
        self, worker: User, manager: User, stranger: User, at: datetime, browser_of: Any
    ) -> None:
        self.absent(worker, at)
        self.absent(stranger, at)
        for person, shown in ((worker, [worker]), (manager, [worker]), (stranger, [stranger])):
            page = browser_of(person).get(reverse("deadlines:absences")).content.decode()
            assert [each for each in (worker, stranger) if f"absence of {each}" in page] == shown

    def test_costs_the_same_however_many_are_away(self, manager: User, at: datetime, browser_of: Any) -> None:
        client = browser_of(manager)
        counts = []
        for _ in range(3):
            self.absent(factories.user(team=manager.team), at)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("deadlines:absences"))
            counts.append(len(queries))
        assert counts[1] == counts[2]


class TestRecordAbsence:
    address = "/notices/absences/record/"

    def test_whole_days_to_the_end_of_the_last(self, worker: User, browser_of: Any) -> None:
        colleague = factories.user(team=worker.team)
        answer = browser_of(worker).post(self.address, typed(delegate=str(colleague.pk)))
        assert answer.status_code == 302
        absence = Absence.objects.get()
        assert (absence.person, absence.delegate) == (worker, colleague)
        assert absence.starts_at.isoformat() == "2046-11-27T00:00:00+00:00"
        assert absence.ends_at.isoformat() == "2046-12-05T00:00:00+00:00"

    def test_to_the_hour_where_that_is_typed(self, worker: User, browser_of: Any) -> None:
        browser_of(worker).post(self.address, typed(starts_time="14:30", ends_time="9am"))
        absence = Absence.objects.get()
        assert (absence.starts_at.hour, absence.ends_at.hour, absence.ends_at.day) == (14, 9, 4)

    def test_an_hour_that_came_twice_makes_the_absence_longer(self, worker: User, browser_of: Any) -> None:
        twice = "28 10 2046"
        given = typed(starts_on=twice, ends_on=twice, starts_time="01:30", ends_time="01:30")
        browser_of(worker).post(self.address, given)
        absence = Absence.objects.get()
        assert absence.ends_at - absence.starts_at == timedelta(hours=1)

    def test_an_hour_that_never_came_is_refused_beside_it(self, worker: User, browser_of: Any) -> None:
        page = browser_of(worker).post(self.address, typed(starts_on="25 3 2046", starts_time="01:30")).content.decode()
        assert "1:30am never came on 25 March 2046" in page

    def test_a_manager_says_whose_it_is(self, worker: User, manager: User, browser_of: Any) -> None:
        assert 'name="person"' in browser_of(manager).get(self.address).content.decode()
        browser_of(manager).post(self.address, typed(person=str(worker.pk)))
        assert (Absence.objects.get().person, Absence.objects.get().recorded_by) == (worker, manager)

    def test_nobody_else_is_asked_nor_heard(self, worker: User, manager: User, browser_of: Any) -> None:
        assert 'name="person"' not in browser_of(worker).get(self.address).content.decode()
        browser_of(worker).post(self.address, typed(person=str(manager.pk)))
        assert Absence.objects.get().person == worker

    def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
        self, worker: User, manager: User, stranger: User, browser_of: Any
    ) -> None:
        client = browser_of(worker)
        page = client.post(self.address, typed(ends_on="26 11 2046", ends_time="10:15")).content.decode()
        assert 'href="#id_ends_on' in page
        assert "must end after it starts" in page
        assert 'value="10:15"' in page
        assert not Absence.objects.exists()
        client.post(self.address, typed())
        assert "already away in that time" in client.post(self.address, typed()).content.decode()
        page = client.post(self.address, typed(delegate=str(stranger.pk))).content.decode()
        assert 'href="#id_delegate"' in page
        page = client.post(self.address, typed(starts_on="1 1 2047", ends_on="2 1 2047", delegate=str(worker.pk)))
        assert "in none of" in page.content.decode()

    def test_what_is_no_date_is_said_so(self, worker: User, browser_of: Any) -> None:
        page = browser_of(worker).post(self.address, typed(starts_on="31 2 2046", ends_on="1 1 2001")).content.decode()
        assert "real date" in page
        assert "must be today or in the future" in page


class TestEndAbsence:
    def test_by_oneself_or_the_manager_and_nobody_else(
        self, worker: User, manager: User, stranger: User, at: datetime, browser_of: Any
    ) -> None:
        for person, status in ((stranger, 404), (factories.user(team=worker.team), 404), (manager, 302)):
            absence = TestAbsences().absent(worker, at)
            address = reverse("deadlines:end_absence", args=[absence.pk])
            assert browser_of(person).post(address).status_code == status
            assert browser_of(worker).post(address).status_code == (404 if status == 302 else 302)
