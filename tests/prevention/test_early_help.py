"""Children for whom MASH decided on early help: who gives it, what became of it (strategy §7.1, domain.md 33)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Team, User
from audit.models import Event
from figures.rules import Part, Period
from people.models import Child
from prevention import selectors, services
from prevention.models import EarlyHelp
from prevention.rules import HelpOutcome
from referrals.rules import Outcome
from tests import factories
from tests.referrals.conftest import accepted, decided

pytestmark = pytest.mark.django_db
TODAY = factories.NOON.date()
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(given_name="Zoe", family_name="Quill", known_to=team)


@pytest.fixture
def help(child: Child) -> EarlyHelp:
    return factories.early_help(child=child)


def ended(help: EarlyHelp, by: User, at: datetime, outcome: str, on: date = TODAY) -> EarlyHelp:
    given = {"outcome": outcome, "outcome_reason": "She sleeps at home again", "ended_on": on}
    return services.end_help(by=by, at=at, help=help, **given)


def begun(help: EarlyHelp, by: User, at: datetime, on: date = TODAY) -> EarlyHelp:
    return services.begin_help(by=by, at=at, help=help, agency=factories.agency(), service=None, begun_on=on)


class TestStepToEarlyHelp:
    def test_follows_a_decision_of_mash_and_no_other(self, team: Team, officer: User, at: datetime) -> None:
        for outcome in (Outcome.ADVICE, Outcome.EARLY_HELP):
            referral = factories.referral(handling_team=officer.team)
            decided(accepted(referral, officer, at), officer, at, outcome, team)
        stepped = EarlyHelp.objects.get()
        assert (stepped.referral, stepped.child, stepped.decided_on) == (referral, referral.child, TODAY)
        assert services.step_to_early_help(by=officer, at=at, referral=referral) == stepped


class TestBeginHelp:
    def test_says_who_gives_it_and_is_corrected(self, help: EarlyHelp, manager: User, at: datetime) -> None:
        service = factories.service()
        given = {"agency": factories.agency(), "service": service, "begun_on": TODAY}
        services.begin_help(by=manager, at=at, help=help, **given)
        assert begun(help, manager, at).service is None

    def test_not_before_mash_decided(self, help: EarlyHelp, manager: User, at: datetime) -> None:
        with pytest.raises(services.OutOfOrder):
            begun(help, manager, at, TODAY - timedelta(days=1))

    def test_is_for_a_manager_who_may_see_the_child(
        self, help: EarlyHelp, worker: User, stranger: User, at: datetime
    ) -> None:
        for user in (worker, factories.user(team=factories.team(), roles=["team_manager"])):
            with pytest.raises(PermissionDenied):
                begun(help, user, at)
        assert EarlyHelp.objects.get().agency is None


class TestEndHelp:
    def test_keeps_how_it_ended(self, help: EarlyHelp, manager: User, at: datetime) -> None:
        done = ended(begun(help, manager, at), manager, at, HelpOutcome.NEEDS_MET)
        assert (done.outcome, done.ended_on) == (HelpOutcome.NEEDS_MET, TODAY)
        with pytest.raises(services.NotNow):
            ended(done, manager, at, HelpOutcome.MOVED)

    def test_needs_are_not_met_by_help_that_never_began(self, help: EarlyHelp, manager: User, at: datetime) -> None:
        with pytest.raises(services.NotNow, match="Say first who gave"):
            ended(help, manager, at, HelpOutcome.NEEDS_MET)
        assert ended(help, manager, at, HelpOutcome.DECLINED).begun_on is None

    def test_not_before_it_began(self, help: EarlyHelp, manager: User, at: datetime) -> None:
        with pytest.raises(services.OutOfOrder):
            ended(begun(help, manager, at), manager, at, HelpOutcome.MOVED, TODAY - timedelta(days=1))


class TestMeasures:
    def test_count_every_child_whoever_may_see_them(self, at: datetime) -> None:
        agency = factories.agency()
        running = {"agency": agency, "begun_on": TODAY}
        end = {"outcome_reason": "x", "ended_on": TODAY}
        factories.early_help()
        factories.early_help(decided_on=date(2026, 9, 30))
        factories.early_help(**running)
        factories.early_help(**running, **end, outcome=HelpOutcome.NEEDS_MET)
        factories.early_help(**end, outcome=HelpOutcome.DECLINED)
        assert selectors.help_begun(QUARTER, at) == Part(2, 4)
        assert selectors.help_needs_met(QUARTER, at) == Part(1, 2)


class TestPages:
    def test_the_list_holds_children_whom_one_may_see_and_remembers_the_look(
        self, help: EarlyHelp, manager: User, browser_of: Any
    ) -> None:
        other = factories.early_help(child=factories.child(given_name="Unseen", family_name="Other"))
        said = browser_of(manager).get(reverse("prevention:early_help")).content.decode()
        assert "Zoe Quill" in said
        assert "Unseen" not in said
        assert Event.objects.filter(verb="prevention.early_help", actor_id=manager.pk).exists()
        assert browser_of(manager).get(reverse("prevention:begin_help", args=[other.pk])).status_code == 404

    def test_from_the_childs_page_to_an_outcome(self, help: EarlyHelp, manager: User, browser_of: Any) -> None:
        client, home = browser_of(manager), reverse("people:child", args=[help.child_id])
        assert "Decided on by MASH on 23 November 2026" in client.get(home).content.decode()
        day = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
        begin = {"agency": factories.agency(name="Hearthside").pk} | {f"begun_on-{k}": v for k, v in day.items()}
        assert client.post(reverse("prevention:begin_help", args=[help.pk]), begin).url == home
        end = {"outcome": "needs_met", "outcome_reason": "She is safe"} | {f"ended_on-{k}": v for k, v in day.items()}
        assert client.post(reverse("prevention:end_help", args=[help.pk]), end).url == home
        said = client.get(home).content.decode()
        assert "Given by Hearthside" in said
        assert "She is safe" in said
        assert "Zoe Quill" in client.get(reverse("prevention:early_help") + "?ended=yes").content.decode()

    def test_of_many_children_is_read_in_few_queries(
        self, team: Team, manager: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(60):
            factories.early_help(child=factories.child(known_to=team))
        client = browser_of(manager)
        with django_assert_max_num_queries(14):
            assert client.get(reverse("prevention:early_help")).status_code == 200
