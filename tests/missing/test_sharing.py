"""Sharing with partners, deciding not to, and that a partner has read it (domain.md 14, 36)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.models import Team, User
from accounts.roles import Role
from audit.models import Event
from deadlines import services as deadlines_services
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from missing import selectors, services
from missing.models import Episode, Interview, InterviewAction, Share
from missing.rules import Consent, InterviewStatus, LawfulBasis, Shared
from people.models import Child, ChildTeamGrant
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def episode(team: Team, mash: Team, worker: User, at: datetime) -> Episode:
    return factories.episode(child=factories.child(known_to=team), recorded_by=worker, returned_at=at - HOUR)


@pytest.fixture
def partner(db: None) -> User:
    """Of a school that knows nothing of the child yet."""
    return factories.user(team=factories.team(name="Pastoral care"))


def share(episode: Episode, by: User, at: datetime, *teams: Team, **values: Any) -> Episode:
    given = {
        "what": Shared.SAFETY,
        "purpose": "So that the school can keep the child safe",
        "lawful_basis": LawfulBasis.PUBLIC_TASK,
        "consent": Consent.GIVEN,
        **values,
    }
    return services.share_with(by=by, at=at, episode=episode, teams=teams, **given)


def system() -> User:
    return User.objects.get(email="system@cse.invalid")


class TestShareWith:
    def test_lets_the_partner_see_the_child_for_good_and_says_why(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        assert not policy.visible(partner, Child).exists()
        share(episode, worker, at, partner.team)
        assert policy.visible(partner, Episode).get() == episode
        grant = ChildTeamGrant.objects.get(group=partner.team.group, content_object=episode.child)
        assert (grant.kind, grant.expires_at, grant.granted_by) == ("share", None, worker)
        assert "full sight of the record" in grant.reason
        assert "Public task" in grant.reason
        assert episode.child.family_name not in grant.reason

    def test_makes_one_share_of_each_team_with_its_own_clock(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        other = factories.user(team=factories.team())
        share(episode, worker, at, partner.team, other.team)
        clocks = Deadline.objects.filter(kind=Kind.SHARE_ACKNOWLEDGEMENT, child=episode.child)
        assert {each.owner_team for each in clocks} == {partner.team, other.team}
        assert {each.due_at for each in clocks} == {at + 24 * HOUR}
        assert {each.subject_id for each in clocks} == set(Share.objects.values_list("pk", flat=True))

    def test_tells_the_partners_people_at_once_without_a_name(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        partner.daily_digest = True
        partner.save()
        share(episode, worker, at, partner.team)
        notice = Notice.objects.get()
        assert (notice.recipient, notice.in_digest) == (partner, False)
        assert notice.path == f"/missing/shares/{Share.objects.get().pk}/"
        assert episode.child.given_name not in notice.text

    def test_is_logged_with_purpose_basis_and_consent(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        share(
            episode, worker, at, partner.team, consent=Consent.NOT_SOUGHT, consent_note="It could put the child at risk"
        )
        event = Event.objects.get(verb="missing.share_with")
        logged = event.payload.after[f"share_{Share.objects.get().pk}"]
        assert (event.child_id, logged["lawful_basis"], logged["consent"]) == (
            episode.child_id,
            "public_task",
            "not_sought",
        )
        assert (logged["what"], logged["sight"]) == ("safety", "full sight of the record")

    def test_unacknowledged_for_a_day_tells_the_partners_manager_and_the_coordinators(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        manager = factories.user(team=partner.team, roles=[Role.TEAM_MANAGER])
        coordinator = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        share(episode, worker, at, partner.team)
        deadlines_services.sweep(by=system(), at=at + 23 * HOUR)
        assert not Notice.objects.filter(key__startswith="stage").exists()
        deadlines_services.sweep(by=system(), at=at + 24 * HOUR)
        told = {notice.recipient for notice in Notice.objects.filter(key__startswith="stage")}
        assert told == {partner, manager, coordinator}

    @pytest.mark.parametrize("status", [None, InterviewStatus.ACCEPTED, InterviewStatus.DECLINED])
    def test_of_an_interview_waits_until_there_is_one(
        self, episode: Episode, worker: User, partner: User, at: datetime, status: str | None
    ) -> None:
        if status:
            episode.interview = factories.interview(child=episode.child, status=status)
            episode.save()
        with pytest.raises(services.NothingToShare, match="no completed return interview"):
            share(episode, worker, at, partner.team, what=Shared.WHOLE)

    @pytest.mark.parametrize("consent", [Consent.REFUSED, Consent.NOT_SOUGHT])
    def test_on_consent_that_was_not_given_is_refused(
        self, episode: Episode, worker: User, partner: User, at: datetime, consent: Consent
    ) -> None:
        with pytest.raises(services.NoConsent, match="only where it was given"):
            share(
                episode,
                worker,
                at,
                partner.team,
                lawful_basis=LawfulBasis.CONSENT,
                consent=consent,
                consent_note="Angry",
            )
        assert not policy.visible(partner, Child).exists()

    def test_with_ones_own_team_is_refused(self, episode: Episode, worker: User, at: datetime) -> None:
        with pytest.raises(services.NotAPartner, match="your own team"):
            share(episode, worker, at, worker.team)

    def test_of_the_same_twice_is_refused_until_it_is_acknowledged(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        share(episode, worker, at, partner.team)
        with pytest.raises(services.AlreadyShared, match="23 November 2026 at midday"):
            share(episode, worker, at + HOUR, partner.team)
        services.acknowledge(by=partner, at=at + HOUR, share=Share.objects.get())
        share(episode, worker, at + 2 * HOUR, partner.team)
        assert Share.objects.count() == 2

    def test_of_an_episode_recorded_in_error_is_refused(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        Episode.objects.update(voided_at=at, void_reason="Wrong child")
        with pytest.raises(services.NotPossibleNow):
            share(episode, worker, at, partner.team)

    def test_is_not_for_a_stranger_who_sees_no_more_by_trying(
        self, episode: Episode, stranger: User, at: datetime, refusals: Any
    ) -> None:
        with pytest.raises(PermissionDenied):
            share(episode, stranger, at, stranger.team)
        assert refusals("missing.share_with").exists()
        assert not policy.visible(stranger, Child).exists()


class TestDecideNotToShare:
    def test_keeps_the_reason_and_gives_and_tells_nothing(
        self, episode: Episode, worker: User, partner: User, at: datetime
    ) -> None:
        services.decide_not_to_share(
            by=worker,
            at=at,
            episode=episode,
            teams=[partner.team],
            reason="The child fears a cousin who works there",
            consent=Consent.REFUSED,
            consent_note="The child said no",
        )
        decided = Share.objects.get()
        assert (decided.decided_not_to, decided.shared_by) == ("The child fears a cousin who works there", worker)
        assert not policy.visible(partner, Child).exists()
        assert not Notice.objects.exists()
        assert not Deadline.objects.exists()
        event = Event.objects.get(verb="missing.decide_not_to_share")
        assert "cousin" in event.payload.after[f"share_{decided.pk}"]["decided_not_to"]

    def test_is_not_for_a_stranger(self, episode: Episode, stranger: User, partner: User, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.decide_not_to_share(
                by=stranger, at=at, episode=episode, teams=[partner.team], reason="No", consent=Consent.GIVEN
            )


class TestAcknowledge:
    @pytest.fixture
    def shared(self, episode: Episode, worker: User, partner: User, at: datetime) -> Share:
        share(episode, worker, at, partner.team)
        return Share.objects.get()

    def test_keeps_the_promise_and_tells_who_shared(
        self, shared: Share, worker: User, partner: User, at: datetime
    ) -> None:
        done = services.acknowledge(by=partner, at=at + HOUR, share=shared)
        assert (done.acknowledged_by, done.acknowledged_at) == (partner, at + HOUR)
        assert Deadline.objects.get(kind=Kind.SHARE_ACKNOWLEDGEMENT).met_at == at + HOUR
        notice = Notice.objects.get(recipient=worker)
        assert str(partner) in notice.text
        assert notice.path == f"/missing/shares/{shared.pk}/"
        assert Event.objects.get(verb="missing.acknowledge").child_id == shared.episode.child_id

    def test_tells_nobody_who_has_left(self, shared: Share, worker: User, partner: User, at: datetime) -> None:
        User.objects.filter(pk=worker.pk).update(is_active=False)
        services.acknowledge(by=partner, at=at, share=shared)
        assert not Notice.objects.filter(recipient=worker).exists()

    def test_is_refused_to_whoever_comes_second(self, shared: Share, partner: User, at: datetime) -> None:
        colleague = factories.user(team=partner.team)
        services.acknowledge(by=colleague, at=at, share=shared)
        with pytest.raises(services.AlreadyAcknowledged, match=str(colleague)):
            services.acknowledge(by=partner, at=at + HOUR, share=shared)

    def test_is_for_the_partner_alone_though_others_see_it(
        self, shared: Share, worker: User, stranger: User, at: datetime, refusals: Any
    ) -> None:
        for person in (worker, stranger):
            with pytest.raises(PermissionDenied):
                services.acknowledge(by=person, at=at, share=shared)
        assert refusals("missing.acknowledge").count() == 2
        shared.refresh_from_db()
        assert shared.acknowledged_at is None

    def test_of_a_decision_not_to_share_is_refused(self, episode: Episode, partner: User, at: datetime) -> None:
        factories.let_know(episode.child, partner.team)
        decided = factories.share(
            episode=episode, team=partner.team, decided_not_to="No need", what="", purpose="", lawful_basis=""
        )
        with pytest.raises(PermissionDenied):
            services.acknowledge(by=partner, at=at, share=decided)

    def test_is_asked_no_more_of_an_episode_recorded_in_error(self, shared: Share, at: datetime) -> None:
        services.void_acknowledgements(shared.episode, at=at, reason="Wrong child")
        assert Deadline.objects.get(kind=Kind.SHARE_ACKNOWLEDGEMENT).void_reason == "Wrong child"


class TestPartners:
    def test_are_teams_of_others_in_which_somebody_can_read_it(self, worker: User, partner: User, mash: Team) -> None:
        factories.team(name="Nobody in it")
        factories.user(team=factories.team(name="Readers of reports"), roles=[Role.BOARD_READER])
        factories.user(team=factories.team(name="All have left"), is_active=False)
        assert selectors.partners(worker) == [partner.team]


class TestSharedRows:
    @pytest.fixture
    def interviewed(self, episode: Episode) -> Episode:
        episode.interview = factories.interview(
            child=episode.child,
            status=InterviewStatus.COMPLETED,
            own_words="He drove me round.",
            risks="A man in a grey car.",
            who_with="Two older boys",
            places=["The arcade"],
            push_factors=["conflict"],
        )
        episode.circumstances = "Left after tea."
        episode.save()
        return episode

    def rows(self, what: str, episode: Episode) -> str:
        made = factories.share(episode=episode, what=what)
        return "\n".join(
            f"{key}: {text}"
            for key, text in selectors.shared_rows(
                Share.objects.select_related(*selectors.SHARE_RELATED).get(pk=made.pk)
            )
        )

    @pytest.mark.parametrize(
        ("what", "given", "kept"),
        [
            (Shared.SAFETY, ["grey car", "Two older boys", "The arcade", "after tea"], ["drove me", "Conflict"]),
            (Shared.SUMMARY, ["grey car", "Conflict"], ["drove me", "Two older boys", "after tea"]),
            (Shared.WHOLE, ["grey car", "Conflict", "drove me", "Two older boys"], []),
        ],
    )
    def test_are_what_was_shared_and_no_more(
        self, interviewed: Episode, what: str, given: list[str], kept: list[str]
    ) -> None:
        text = self.rows(what, interviewed)
        assert all(words in text for words in given)
        assert not [words for words in kept if words in text]

    def test_of_an_interview_taken_back_are_the_safety_information(self, interviewed: Episode) -> None:
        Episode.objects.update(interview=None)
        text = self.rows(Shared.WHOLE, interviewed)
        assert "drove me" not in text
        assert "after tea" in text

    def test_name_who_held_the_interview_as_it_was_written_down(self, interviewed: Episode, worker: User) -> None:
        Interview.objects.update(interviewer=worker)
        text = self.rows(Shared.SUMMARY, interviewed)
        assert "Interviewer: Ann Hall, Advocate, A charity" in text
        assert str(worker) not in text

    def test_name_the_actions_with_who_does_them(
        self, interviewed: Episode, team: Team, worker: User, at: datetime
    ) -> None:
        action = InterviewAction.objects.create(
            interview=interviewed.interview,
            what="Ask the police to stop the car",
            owner_team=team,
            due_on=at.date(),
            added_by=worker,
            added_at=at,
        )
        assert action.what in self.rows(Shared.SUMMARY, interviewed)
