"""The log on screen: who saw this child, what did this person see, as a page and as a file (ASVS 16.3.2, 1.2.10)."""

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest

from accounts import gate
from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from people.models import Child
from tests import factories
from tests.audit.tampering import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def ig(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.IG_OFFICER])


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team, given_name="Zebulon", family_name="Quartermaine")


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


class TestLog:
    def test_leads_from_a_reference_to_the_child(self, ig: User, child: Child, browser_of: Any) -> None:
        answer = browser_of(ig).post("/log/", {"child": child.reference.lower()})
        assert (answer.status_code, answer["Location"]) == (302, f"/log/children/{child.pk}/")

    def test_finds_people_by_name(self, ig: User, worker: User, browser_of: Any) -> None:
        page = text_of(browser_of(ig).post("/log/", {"person": worker.full_name}))
        assert f'href="/log/people/{worker.pk}/"' in page

    @pytest.mark.parametrize("typed", [{}, {"child": "Zebulon"}, {"child": "C0"}])
    def test_says_what_it_wants(self, ig: User, typed: dict[str, str], browser_of: Any) -> None:
        assert "There is a problem" in text_of(browser_of(ig).post("/log/", typed))


class TestChildLog:
    def test_asvs_16_3_2_a_look_a_list_and_a_refusal_are_shown(
        self, ig: User, worker: User, stranger: User, child: Child, at: datetime, browser_of: Any
    ) -> None:
        browser_of(worker).get(f"/children/{child.pk}/")
        gate.searched(worker, verb="people.find", at=at, terms={"name": "Zeb"}, shown=[child])
        record(at, verb="people.child.view.refused", actor_id=stranger.pk, subject_id=child.pk, child_id=None)
        page = text_of(browser_of(ig).get(f"/log/children/{child.pk}/"))
        assert "Looked at: child" in page
        assert "List or search: find (people)" in page
        assert worker.full_name in page
        assert "Was refused: Looked at: child" in page
        refused = text_of(browser_of(ig).get(f"/log/people/{stranger.pk}/"))
        assert "Was refused: Looked at: child" in refused

    def test_asvs_16_3_2_a_refusal_is_remembered_though_its_request_is_rolled_back(
        self, stranger: User, child: Child, browser_of: Any, refusals: Any
    ) -> None:
        assert browser_of(stranger).get(f"/children/{child.pk}/", REMOTE_ADDR="192.0.2.7").status_code == 404
        remembered = refusals("people.child.view").latest("pk")
        assert (remembered.actor_id, remembered.subject_id) == (stranger.pk, child.pk)
        assert (remembered.ip, bool(remembered.request_id)) == ("192.0.2.7", True)

    @pytest.mark.parametrize(
        ("how", "said"),
        [("download", "Downloaded: child"), ("print", "Printed: child"), ("sight", "Looked who sees: child")],
    )
    def test_says_how_it_was_looked_at(
        self, ig: User, worker: User, child: Child, at: datetime, browser_of: Any, how: str, said: str
    ) -> None:
        gate.looked(worker, child, at=at, how=how)
        browser = browser_of(ig)
        assert said in text_of(browser.get(f"/log/children/{child.pk}/"))
        taken = text_of(browser.get(f"/log/children/{child.pk}/", {"kind": "taken"}))
        assert (said in taken) is (how != "sight")

    @pytest.mark.parametrize(
        ("verb", "said"),
        [("accounts.passkey_added", "Passkey added: user"), ("people.once_called", "Once called: user")],
    )
    def test_what_was_done_to_one_is_a_deed_whatever_its_command_is_called(
        self, ig: User, worker: User, at: datetime, browser_of: Any, verb: str, said: str
    ) -> None:
        gate.happened(worker, verb, at=at)
        assert said in text_of(browser_of(ig).get(f"/log/people/{worker.pk}/"))

    def test_names_no_child(self, ig: User, worker: User, child: Child, browser_of: Any) -> None:
        browser_of(worker).get(f"/children/{child.pk}/")
        page = text_of(browser_of(ig).get(f"/log/children/{child.pk}/"))
        assert child.reference in page
        assert "Zebulon" not in page
        assert "Quartermaine" not in page

    def test_is_itself_recorded_with_the_request(self, ig: User, child: Child, browser_of: Any) -> None:
        browser_of(ig).get(f"/log/children/{child.pk}/", REMOTE_ADDR="192.0.2.7")
        event = Event.objects.get(verb="oversight.child_log")
        assert (event.actor_id, event.shown_child_ids, event.ip) == (ig.pk, [child.pk], "192.0.2.7")
        assert event.request_id

    def test_an_address_that_a_client_makes_up_is_not_believed(self, ig: User, child: Child, browser_of: Any) -> None:
        browser_of(ig).get(f"/log/children/{child.pk}/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="192.0.2.9")
        assert Event.objects.get(verb="oversight.child_log").ip == "192.0.2.7"

    @pytest.mark.parametrize(
        ("kind", "shown"),
        [("look", True), ("change", False), ("search", False), ("taken", False), ("refused", False)],
    )
    def test_is_narrowed_to_a_kind(
        self, ig: User, worker: User, child: Child, kind: str, shown: bool, at: datetime, browser_of: Any
    ) -> None:
        gate.looked(worker, child, at=at)
        page = text_of(browser_of(ig).get(f"/log/children/{child.pk}/", {"kind": kind}))
        assert ("Looked at: child" in page) is shown

    def test_is_narrowed_to_days(self, ig: User, worker: User, child: Child, at: datetime, browser_of: Any) -> None:
        gate.looked(worker, child, at=at)
        days = {"first-day": "22", "first-month": "11", "first-year": "2026"}
        days |= {"last-day": "22", "last-month": "11", "last-year": "2026"}
        assert "Nothing has been recorded" in text_of(browser_of(ig).get(f"/log/children/{child.pk}/", days))
        days["last-day"] = "23"
        assert "Looked at: child" in text_of(browser_of(ig).get(f"/log/children/{child.pk}/", days))

    def test_goes_on_through_pages(self, ig: User, worker: User, child: Child, at: datetime, browser_of: Any) -> None:
        for _ in range(30):
            gate.looked(worker, child, at=at)
        page = text_of(browser_of(ig).get(f"/log/children/{child.pk}/", {"kind": "look"}))
        assert page.count("Looked at: child") == 25
        assert "older=" in page

    def test_says_on_paper_which_part_of_the_log_it_is(
        self, ig: User, worker: User, child: Child, at: datetime, browser_of: Any
    ) -> None:
        for _ in range(60):
            gate.looked(worker, child, at=at)
        hers, address = browser_of(ig), f"/log/children/{child.pk}/"
        days = {"kind": "look", "first-day": "1", "first-month": "11", "first-year": "2026"}
        page = text_of(hers.get(address, days))
        assert "Looks at a record from 1 November 2026. There are older lines than these." in page
        older = re.findall(r"[?&;]older=([0-9.]+)", page)[0]
        assert "There are newer and older lines than these." in text_of(hers.get(address, {"older": older}))
        assert f"printed by {ig.full_name}." in page

    def test_a_number_that_no_child_can_have_is_404(self, ig: User, browser_of: Any) -> None:
        assert browser_of(ig).get(f"/log/children/{2**64}/").status_code == 404


class TestExport:
    def test_asvs_1_2_10_holds_no_formula_and_is_recorded(
        self, ig: User, worker: User, child: Child, at: datetime, browser_of: Any
    ) -> None:
        User.objects.filter(pk=worker.pk).update(full_name="=1+1")
        gate.looked(worker, child, at=at, reason="@SUM(A1)")
        answer = browser_of(ig).post(f"/log/children/{child.pk}/")
        rows = list(csv.reader(io.StringIO(text_of(answer))))
        looked = next(row for row in rows if row[3] == "Looked at: child")
        assert (looked[1], looked[4], looked[5]) == ("'=1+1", child.reference, "'@SUM(A1)")
        assert Event.objects.get(verb="oversight.export_child_log").shown_child_ids == [child.pk]


class TestSeenBy:
    def test_shows_a_manager_who_looked(
        self, manager: User, worker: User, child: Child, at: datetime, browser_of: Any
    ) -> None:
        gate.looked(worker, child, at=at)
        page = text_of(browser_of(manager).get(f"/log/seen-by/{child.pk}/"))
        assert worker.full_name in page
        assert str(worker.team.agency) in page  # type: ignore[union-attr]
        assert "Everything. As it stood on " in page

    def test_is_linked_from_the_childs_page_for_those_allowed(
        self, manager: User, worker: User, child: Child, browser_of: Any
    ) -> None:
        link = f'href="/log/seen-by/{child.pk}/"'
        assert link in text_of(browser_of(manager).get(f"/children/{child.pk}/"))
        assert link not in text_of(browser_of(worker).get(f"/children/{child.pk}/"))
