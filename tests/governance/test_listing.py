"""CMOG's list: what is said of a child, and the minuted step-down (domain.md 22)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.models import Team, User
from accounts.refusals import Changed, NotNow
from governance import selectors, services
from governance.models import Discussion, Meeting, Member
from governance.rules import Body, ConcernKind, Decided
from people.models import Child, Involvement
from riskassessment.rules import Level
from tests import factories
from tests.governance import making

pytestmark = pytest.mark.django_db


def discuss(by: User, child: Child, meeting: Meeting, at: datetime, **values: Any) -> Discussion:
    given = {"version": 0, "said": "Seen in the park", "decided": Decided.STAYS, "reason": "", **values}
    return services.discuss_child(by=by, at=at, child=child, meeting=meeting, **given)


def stepped(by: User, child: Child, meeting: Meeting, at: datetime) -> Discussion:
    return discuss(by, child, meeting, at, decided=Decided.STEPS_DOWN, reason="Nothing for six months")


def is_listed(child: Child) -> bool:
    return Involvement.objects.get(child=child).cmog_listed_at is not None


def screen(child: Child, at: datetime, level: Level) -> None:
    factories.screening(child=child, submitted_at=at, judged_level=level)


class TestDiscussChild:
    def test_is_on_the_childs_record(
        self, listed: Child, meeting: Meeting, inspector: User, stranger: User, at: datetime
    ) -> None:
        screen(listed, at, Level.SERIOUS)
        said = discuss(inspector, listed, meeting, at)
        assert said.level == Level.SERIOUS
        assert selectors.panel(inspector, listed, at)["discussions"] == [said]
        assert not policy.visible(stranger, Discussion).exists()

    def test_what_another_has_written_is_not_overwritten(
        self, listed: Child, meeting: Meeting, inspector: User, at: datetime
    ) -> None:
        discuss(inspector, listed, meeting, at, said="Theirs")
        with pytest.raises(Changed) as refusal:
            discuss(inspector, listed, meeting, at, said="Ours")
        assert refusal.value.theirs.said == "Theirs"
        assert discuss(inspector, listed, meeting, at, said="Both", version=1).version == 2

    def test_only_of_a_child_whom_one_sees(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            discuss(inspector, making.listed(factories.team()), meeting, at)

    def test_by_who_keeps_cmog(self, listed: Child, meeting: Meeting, partner: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            discuss(partner, listed, meeting, at)

    def test_at_a_meeting_of_cmog_that_was_held(
        self, listed: Child, inspector: User, secretary: User, at: datetime
    ) -> None:
        with pytest.raises(NotNow, match="who came"):
            discuss(inspector, listed, making.meeting(), at)
        factories.let_know(listed, secretary)
        semt = making.held(making.quorum(making.committee(Body.SEMT)))
        with pytest.raises(NotNow, match="Only CMOG"):
            discuss(secretary, listed, semt, at)

    def test_nobody_is_stepped_down_without_a_quorum(
        self, listed: Child, seats: list[Member], inspector: User, at: datetime
    ) -> None:
        meeting = making.held(seats, "YYA")
        with pytest.raises(services.NotQuorate, match="health"):
            stepped(inspector, listed, meeting, at)


class TestStepDown:
    """A part of agreeing the minutes."""

    def agree(self, by: User, meeting: Meeting, at: datetime) -> Meeting:
        return services.agree_minutes(by=by, at=at, meeting=meeting)

    def test_nobody_leaves_before_the_minutes_are_agreed(
        self, listed: Child, meeting: Meeting, inspector: User, at: datetime
    ) -> None:
        stepped(inspector, listed, meeting, at)
        assert is_listed(listed)

    def test_the_child_leaves_with_the_minutes(
        self, listed: Child, cmog_team: Team, meeting: Meeting, inspector: User, at: datetime
    ) -> None:
        stays = making.listed(cmog_team)
        discuss(inspector, stays, meeting, at)
        stepped(inspector, listed, meeting, at)
        agreed = self.agree(inspector, meeting, at)
        assert (is_listed(listed), is_listed(stays)) == (False, True)
        assert Discussion.objects.get(child=listed).stepped_down_at == at
        counts = (agreed.children_listed, agreed.children_discussed, agreed.children_stepped_down)
        assert counts == (2, 2, 1)

    def test_who_was_screened_since_stays(self, listed: Child, meeting: Meeting, inspector: User, at: datetime) -> None:
        stepped(inspector, listed, meeting, at)
        screen(listed, at + timedelta(hours=1), Level.SIGNIFICANT)
        agreed = self.agree(inspector, meeting, at + timedelta(hours=2))
        assert is_listed(listed)
        assert agreed.children_stepped_down == 0

    def test_but_not_whom_a_screening_found_at_less_risk(
        self, listed: Child, meeting: Meeting, inspector: User, at: datetime
    ) -> None:
        stepped(inspector, listed, meeting, at)
        screen(listed, at + timedelta(hours=1), Level.AT_RISK)
        self.agree(inspector, meeting, at + timedelta(hours=2))
        assert not is_listed(listed)

    def test_not_when_the_register_is_corrected_to_less_than_a_quorum(
        self, listed: Child, meeting: Meeting, inspector: User, at: datetime
    ) -> None:
        stepped(inspector, listed, meeting, at)
        meeting.attendances.filter(member__agency__kind="health").update(code="A")
        with pytest.raises(services.NotQuorate):
            self.agree(inspector, meeting, at)
        assert is_listed(listed)


class TestListed:
    def test_the_gravest_first_and_nobody_else(self, cmog_team: Team, inspector: User, at: datetime) -> None:
        unscreened, significant, serious = (making.listed(cmog_team) for _ in range(3))
        making.listed(factories.team())
        factories.involvement(child=factories.child(known_to=cmog_team))
        screen(significant, at, Level.SIGNIFICANT)
        screen(serious, at, Level.SERIOUS)
        rows = selectors.listed(inspector).order_by("-level")
        assert [each.child for each in rows] == [serious, significant, unscreened]


class TestTableConcern:
    def test_is_looked_at_from_then_on(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        given = {"kind": ConcernKind.PERSON, "title": "Police reference 17", "text": "Notice served"}
        concern = services.table_concern(by=inspector, at=at, meeting=meeting, **given)
        assert selectors.concerns(meeting) == [concern]
        assert [each.text for each in concern.notes.all()] == ["Notice served"]

    def test_at_cmog_alone(self, secretary: User, at: datetime) -> None:
        semt = making.meeting(committee=making.committee(Body.SEMT))
        with pytest.raises(NotNow):
            services.table_concern(by=secretary, at=at, meeting=semt, kind=ConcernKind.GROUP, title="x", text="y")


class TestNoteConcern:
    def test_until_it_is_closed(self, meeting: Meeting, inspector: User, at: datetime) -> None:
        concern = making.concern(tabled_at=meeting)
        note = {"meeting": meeting, "concern": concern}
        services.note_concern(by=inspector, at=at, text="Lights put up", closed=False, **note)
        services.note_concern(by=inspector, at=at, text="Nobody goes there", closed=True, **note)
        following = making.meeting(held_on=meeting.held_on + timedelta(days=28))
        assert selectors.concerns(meeting) == [concern]
        assert selectors.concerns(following) == []
        with pytest.raises(NotNow):
            services.note_concern(by=inspector, at=at, text="Again", closed=False, **note)
