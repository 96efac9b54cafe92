"""CMOG's update to SEMT, and audits and learning reviews (strategy §3, §8)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.refusals import Changed, NotNow
from figures.rules import Period
from governance import selectors, services
from governance.models import Member, MonthlyUpdate
from governance.rules import ConcernKind, MatterKind, MeetingState, ReviewKind, UpdateState, few
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(date(2026, 10, 1))
BEGUN: dict[str, Any] = {"kind": ReviewKind.CASE_AUDIT, "title": "Ten", "agency": None, "looked_at": "Ten records"}
BEGUN["began_on"] = date(2026, 10, 1)


def said(**words: str) -> dict[str, str]:
    return dict.fromkeys(selectors.SECTIONS, "") | words


class TestAssembled:
    def test_what_the_month_has(self, seats: list[Member], at: datetime) -> None:
        counts = {"children_listed": 12, "children_discussed": 3, "children_stepped_down": 0}
        agreed = {"state": MeetingState.AGREED, "agreed_at": at, "agreed_by": factories.user()}
        meeting = making.held(seats, "YDA", **counts, **agreed)
        making.matter(meeting=meeting, text="Younger boys")
        making.matter(meeting=meeting, kind=MatterKind.BARRIER, text="No beds")
        making.concern(tabled_at=meeting)
        making.concern(tabled_at=meeting, kind=ConcernKind.PERSON, title="Reference 17")
        making.action(meeting=meeting, due_on=date(2026, 10, 28))
        making.escalation(committee=meeting.committee)
        found = selectors.assembled(OCTOBER, at=at)
        assert found == {
            "children": "27 October 2026: Children on the list: 12. Gone through: fewer than five. Stepped down: none.",
            "concerns": "- Persons of concern: 1.\n- Location of concern, Market Street arcade: Seen",
            "themes": "- Younger boys",
            "barriers": "- No beds",
            "issues": "Nothing this month.",
            "actions": "1 actions of CMOG are open, 1 of them overdue.\n- Write to the hotels (due 28 October 2026)",
            "attendance": f"- {seats[2].agency.name}: sent an apology on 27 October 2026",
            "asks": "- Health has not come: proposed, not yet raised",
        }

    def test_a_month_without_a_meeting_reads_sensibly(self, at: datetime) -> None:
        found = selectors.assembled(OCTOBER, at=at)
        assert found["children"] == "CMOG did not meet this month."
        assert found["themes"] == "Nothing this month."

    def test_small_numbers_are_words(self) -> None:
        assert [few(number) for number in (0, 1, 4, 5, 1200)] == ["none", *["fewer than five"] * 2, "5", "1,200"]


class TestAssembleUpdate:
    def test_once_a_month(self, inspector: User, at: datetime) -> None:
        made = services.assemble_update(by=inspector, at=at, month=date(2026, 10, 17))
        assert made.month == OCTOBER.first
        with pytest.raises(NotNow):
            services.assemble_update(by=inspector, at=at, month=date(2026, 10, 1))

    def test_not_of_a_month_to_come(self, inspector: User, at: datetime) -> None:
        with pytest.raises(NotNow):
            services.assemble_update(by=inspector, at=at, month=date(2026, 12, 1))

    def test_by_who_keeps_cmog(self, chief: User, secretary: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.assemble_update(by=chief, at=at, month=OCTOBER.first)
        assert services.assemble_update(by=secretary, at=at, month=OCTOBER.first)


class TestSaveUpdate:
    def test_two_who_write_at_once_overwrite_neither(self, inspector: User, secretary: User, at: datetime) -> None:
        update = making.update()
        services.save_update(by=secretary, at=at, update=update, version=1, **said(themes="Theirs"))
        with pytest.raises(Changed) as refusal:
            services.save_update(by=inspector, at=at, update=update, version=1, **said(themes="Ours"))
        assert refusal.value.theirs.themes == "Theirs"


class TestAgreeUpdate:
    def test_by_the_chair_and_then_it_stands(self, inspector: User, secretary: User, at: datetime) -> None:
        update = making.update()
        with pytest.raises(PermissionDenied):
            services.agree_update(by=secretary, at=at, update=update)
        services.agree_update(by=inspector, at=at, update=update)
        assert MonthlyUpdate.objects.get().state == UpdateState.AGREED
        with pytest.raises(NotNow):
            services.save_update(by=inspector, at=at, update=update, version=1, **said())


class TestBeginReview:
    def test_by_who_keeps_a_committee(self, secretary: User, partner: User, at: datetime) -> None:
        assert services.begin_review(by=secretary, at=at, **BEGUN).title == "Ten"
        with pytest.raises(PermissionDenied):
            services.begin_review(by=partner, at=at, **BEGUN)


class TestAddFinding:
    def test_numbers_them(self, secretary: User, at: datetime) -> None:
        review = making.review()
        found = [services.add_finding(by=secretary, at=at, review=review, text=text) for text in ("One", "Two")]
        assert [each.number for each in found] == [1, 2]


class TestRecordChange:
    def test_also_after_the_review(self, secretary: User, at: datetime) -> None:
        finding = making.finding(review=making.review(finished_on=date(2026, 11, 2), summary="Much"))
        changed = services.record_change(by=secretary, at=at, finding=finding, what_changed="A prompt")
        assert changed.changed_on == date(2026, 11, 23)


class TestFinishReview:
    def test_once_something_was_found(self, secretary: User, at: datetime) -> None:
        review = making.review()
        with pytest.raises(NotNow, match="what was found"):
            services.finish_review(by=secretary, at=at, review=review, summary="Much")
        making.finding(review=review)
        finished = services.finish_review(by=secretary, at=at, review=review, summary="Much")
        with pytest.raises(NotNow, match="finished"):
            services.add_finding(by=secretary, at=at, review=finished, text="More")
