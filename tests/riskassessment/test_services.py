"""Writing screenings: what is locked, routed, countersigned and refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts import policy
from accounts.models import Team, User
from accounts.roles import Permission, Role
from audit.models import Event
from deadlines.models import Deadline, Notice
from deadlines.rules import Kind
from people.models import Child
from riskassessment import selectors, services
from riskassessment.models import Answer, IndicatorSet, PhraseUse, Screening
from riskassessment.rules import Level, Presence
from riskassessment.sections import AnswerValue, Section
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def draft(worker: User, child: Child, mash: Team) -> Screening:
    """Complete but for the judgement: one Significant indicator current."""
    made = factories.screening(author=worker, child=child)
    for indicator in made.indicator_set.indicators.all():
        Answer.objects.create(screening=made, indicator=indicator, presence=Presence.NO)
    answer(made, "G1", Presence.CURRENT)
    made.immediate_danger, made.through_technology, made.analysis = False, "no", "Worried."
    made.save()
    return made


def answer(screening: Screening, code: str, presence: Presence) -> None:
    Answer.objects.filter(screening=screening, indicator__code=code).update(
        presence=presence, evidence="Seen with an older man", source="Mother"
    )


def submit(screening: Screening, by: User, at: datetime, judged: Level, reason: str = "") -> Screening:
    return services.submit(
        by=by, at=at, screening=screening, seen=screening.version, judged_level=judged, judged_reason=reason
    )


class TestStart:
    def test_uses_the_set_in_force_that_day(self, worker: User, child: Child, at: datetime) -> None:
        factories.indicator_set(version=2, in_force_from=(at + timedelta(1)).date())
        assert services.start(by=worker, at=at, child=child).indicator_set.version == 1
        assert IndicatorSet.objects.in_force((at + timedelta(1)).date()).version == 2

    def test_the_team_has_one_draft_at_a_time(self, worker: User, child: Child, at: datetime) -> None:
        colleague = factories.user(team=worker.team)
        assert services.start(by=worker, at=at, child=child) == services.start(by=colleague, at=at, child=child)

    def test_an_adult_is_referred_to_the_adult_pathway(self, worker: User, child: Child, at: datetime) -> None:
        child.date_of_birth = date(2008, 11, 23)  # eighteen today
        child.save()
        with pytest.raises(services.Refusal, match="adult safeguarding"):
            services.start(by=worker, at=at, child=child)

    def test_is_refused_to_a_stranger(self, stranger: User, child: Child, at: datetime) -> None:
        with pytest.raises(PermissionDenied):
            services.start(by=stranger, at=at, child=child)


class TestSaveSection:
    def test_keeps_answers_and_records_what_changed(self, worker: User, draft: Screening, at: datetime) -> None:
        content = selectors.content(draft, Section.SERIOUS)
        value = AnswerValue("current", "In a red car", "Neighbour", None)
        services.save_section(
            by=worker,
            at=at,
            screening=draft,
            section=Section.SERIOUS,
            seen=content.digest,
            columns={},
            answers={content.lines[0].key: value},
        )
        assert selectors.content(draft, Section.SERIOUS).lines[0].answer == value
        payload = Event.objects.get(verb="riskassessment.save_section").payload
        assert payload.before["answer_S1"][0] == "no"
        assert payload.after["answer_S1"][1] == "In a red car"

    def test_another_part_changed_meanwhile_is_no_conflict(self, worker: User, draft: Screening, at: datetime) -> None:
        analysis = selectors.content(draft, Section.ANALYSIS)
        danger = selectors.content(draft, Section.DANGER)
        save = {"by": worker, "at": at, "screening": draft, "answers": {}}
        services.save_section(
            **save, section=Section.DANGER, seen=danger.digest, columns={"danger_details": "In a car outside"}
        )
        services.save_section(**save, section=Section.ANALYSIS, seen=analysis.digest, columns={"analysis": "More"})
        draft.refresh_from_db()
        assert (draft.danger_details, draft.analysis) == ("In a car outside", "More")

    def test_a_stale_page_overwrites_nothing(self, worker: User, draft: Screening, at: datetime) -> None:
        save = {"by": worker, "at": at, "screening": draft, "section": Section.ANALYSIS, "answers": {}}
        seen = selectors.content(draft, Section.ANALYSIS).digest
        services.save_section(**save, seen=seen, columns={"analysis": "First"})
        with pytest.raises(services.Stale) as refusal:
            services.save_section(**save, seen=seen, columns={"analysis": "Second"})
        assert refusal.value.theirs.columns["analysis"] == "First"

    def test_is_refused_to_another_team_even_one_that_knows_the_child(
        self, stranger: User, draft: Screening, at: datetime
    ) -> None:
        factories.let_know(draft.child, stranger)
        with pytest.raises(PermissionDenied):
            services.save_section(
                by=stranger, at=at, screening=draft, section=Section.ANALYSIS, seen="", columns={}, answers={}
            )


class TestSubmit:
    def test_keeps_both_levels_apart_with_the_reason_and_versions(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        submit(draft, worker, at, Level.SERIOUS, "She is afraid to go home")
        draft.refresh_from_db()
        assert (draft.suggested_level, draft.judged_level, draft.effective_level) == (2, 3, 3)
        assert draft.suggested_because.startswith("SIGNIFICANT because: 1 Significant indicator is current")
        assert (draft.rule_version, draft.submitted_at, draft.submitted_by) == ("1", at, worker)

    def test_the_database_refuses_to_change_what_was_submitted(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        submit(draft, worker, at, Level.SIGNIFICANT)
        for change in (
            lambda: Screening.objects.update(judged_level=0),
            lambda: Answer.objects.update(evidence="Nothing"),
            lambda: Answer.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
                change()

    def test_lets_the_authors_team_and_mash_know_and_nobody_else(
        self, worker: User, stranger: User, officer: User, draft: Screening, at: datetime
    ) -> None:
        assert not policy.may(officer, Permission.SCREENING_VIEW, draft)
        submit(draft, worker, at, Level.SIGNIFICANT)
        assert policy.may(officer, Permission.SCREENING_VIEW, draft)
        assert policy.may(worker, Permission.SCREENING_VIEW, draft)
        assert not policy.may(stranger, Permission.SCREENING_VIEW, draft)

    @pytest.mark.parametrize(
        ("judged", "due"),
        [
            (Level.SERIOUS, datetime(2026, 12, 30, 23, 59, 59, tzinfo=UTC)),
            (Level.SIGNIFICANT, datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)),
        ],
    )
    def test_opens_the_review_in_calendar_months(
        self, worker: User, draft: Screening, judged: Level, due: datetime
    ) -> None:
        """domain.md 7: 30 November and three months is 28 February."""
        submit(draft, worker, datetime(2026, 11, 30, 9, tzinfo=UTC), judged, "Because")
        assert Deadline.objects.get(kind__startswith="review").due_at == due

    def test_a_new_screening_keeps_the_last_ones_review(self, worker: User, draft: Screening, at: datetime) -> None:
        submit(draft, worker, at, Level.SIGNIFICANT)
        second = factories.screening(author=worker, child=draft.child)
        for indicator in second.indicator_set.indicators.all():
            Answer.objects.create(screening=second, indicator=indicator, presence=Presence.NO)
        Screening.objects.filter(pk=second.pk).update(
            immediate_danger=False, through_technology="no", analysis="Better", further_action="Mentoring goes on"
        )
        second.refresh_from_db()
        submit(second, worker, at + timedelta(60), Level.NO_CURRENT_RISK)
        assert Deadline.objects.get(kind__startswith="review").met_at == at + timedelta(60)

    def test_no_open_case_makes_a_referral_to_mash(self, worker: User, draft: Screening, at: datetime) -> None:
        submit(draft, worker, at, Level.SIGNIFICANT)
        assert draft.child.referrals.get().screening == draft

    def test_an_open_case_goes_to_its_key_worker_and_co_ordinator_and_the_cmog_list(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        key_worker = factories.user(team=factories.team())
        coordinator = factories.user(team=factories.team(), roles=[Role.CSE_COORDINATOR])
        case = factories.involvement(
            child=draft.child, team=key_worker.team, key_worker=key_worker, coordinator=coordinator
        )
        submit(draft, worker, at, Level.SIGNIFICANT)
        case.refresh_from_db()
        assert not draft.child.referrals.exists()
        assert {notice.recipient for notice in Notice.objects.filter(key__startswith="screened")} == {
            key_worker,
            coordinator,
        }
        assert case.cmog_listed_at == at
        assert Deadline.objects.get(kind__startswith="review").owner == key_worker

    def test_a_case_that_nobody_holds_is_told_to_its_team_and_danger_is_named(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        member = factories.user(team=factories.team())
        factories.involvement(child=draft.child, team=member.team)
        Screening.objects.filter(pk=draft.pk).update(immediate_danger=True, danger_details="Called 999")
        submit(draft, worker, at, Level.SIGNIFICANT)
        notice = Notice.objects.get(key__startswith="screened")
        assert notice.recipient == member
        assert notice.text.startswith("IMMEDIATE DANGER")
        assert draft.child.referrals.get().get_grade_display() == "Red"

    def test_no_notice_names_the_child(self, worker: User, draft: Screening, at: datetime) -> None:
        factories.involvement(child=draft.child, key_worker=worker)
        submit(draft, worker, at, Level.AT_RISK, "Less than it seems")
        for notice in Notice.objects.all():
            assert draft.child.given_name not in notice.text
            assert draft.child.family_name not in notice.text

    def test_a_lower_judgement_waits_and_the_suggested_level_stands(
        self, worker: User, manager: User, draft: Screening, at: datetime
    ) -> None:
        submit(draft, worker, at, Level.AT_RISK, "An explanation was found")
        draft.refresh_from_db()
        assert (draft.countersignature, draft.effective_level) == ("waiting", Level.SIGNIFICANT)
        assert Deadline.objects.filter(kind=Kind.COUNTERSIGNATURE, met_at=None).count() == 1
        assert Notice.objects.get(key__startswith="countersign:").recipient == manager

    def test_where_no_other_manager_is_mash_countersigns(
        self, worker: User, officer: User, draft: Screening, at: datetime
    ) -> None:
        submit(draft, worker, at, Level.AT_RISK, "An explanation was found")
        assert Notice.objects.get(key__startswith="countersign:").recipient == officer
        assert Deadline.objects.get(kind=Kind.COUNTERSIGNATURE).owner_team == officer.team

    def test_a_nil_screening_needs_what_further_action_was_considered(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        answer(draft, "G1", Presence.NO)
        with pytest.raises(services.NotComplete, match="not proof of safety"):
            submit(draft, worker, at, Level.NO_CURRENT_RISK)

    def test_an_answer_changed_since_it_was_checked_is_not_submitted_unseen(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        checked = Screening.objects.get(pk=draft.pk)
        content = selectors.content(draft, Section.ANALYSIS)
        services.save_section(
            by=worker,
            at=at,
            screening=draft,
            section=Section.ANALYSIS,
            seen=content.digest,
            columns={"analysis": "Changed"},
            answers={},
        )
        with pytest.raises(services.NotComplete, match="changed after you opened"):
            submit(checked, worker, at, Level.SIGNIFICANT)

    def test_a_second_submission_is_refused(self, worker: User, draft: Screening, at: datetime) -> None:
        submit(draft, worker, at, Level.SIGNIFICANT)
        with pytest.raises(services.AlreadySubmitted):
            submit(draft, worker, at, Level.SIGNIFICANT)

    def test_counts_prompted_phrases_by_month_and_against_nobody(
        self, worker: User, draft: Screening, at: datetime
    ) -> None:
        Screening.objects.filter(pk=draft.pk).update(analysis="He absconded.")
        submit(draft, worker, at, Level.SIGNIFICANT)
        use = PhraseUse.objects.get()
        assert (use.phrase, use.month.isoformat(), use.times) == ("absconded", "2026-11-01", 1)

    def test_immediate_danger_makes_the_referral_red(self, worker: User, draft: Screening, at: datetime) -> None:
        Screening.objects.filter(pk=draft.pk).update(immediate_danger=True, danger_details="Called 999")
        submit(draft, worker, at, Level.SIGNIFICANT)
        assert draft.child.referrals.get().get_grade_display() == "Red"

    def test_asvs_2_3_3_a_failure_on_the_way_leaves_no_half_submission(
        self, worker: User, draft: Screening, at: datetime, monkeypatch: Any
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(services.routing, "to_mash", fail)
        with pytest.raises(RuntimeError):
            submit(draft, worker, at, Level.SIGNIFICANT)
        draft.refresh_from_db()
        assert draft.is_draft
        assert not Deadline.objects.exists()


class TestCountersign:
    @pytest.fixture
    def waiting(self, worker: User, draft: Screening, at: datetime) -> Screening:
        return submit(draft, worker, at, Level.AT_RISK, "An explanation was found")

    def test_agreeing_lets_the_lower_level_stand_with_its_later_review(
        self, manager: User, waiting: Screening, at: datetime
    ) -> None:
        done = services.countersign(by=manager, at=at, screening=waiting, agree=True, reason="Checked")
        assert done.effective_level == Level.AT_RISK
        assert Deadline.objects.get(voided_at=None, met_at=None, kind__startswith="review").kind == Kind.REVIEW_AT_RISK

    def test_agreeing_after_a_newer_screening_opens_no_second_review(
        self, worker: User, manager: User, waiting: Screening, at: datetime
    ) -> None:
        newer = factories.screening(author=worker, child=waiting.child, submitted_at=at + timedelta(1), judged_level=3)
        services.deadlines.services.meet_all(services.REVIEWS.values(), child=waiting.child, at=at)
        services.countersign(by=manager, at=at + timedelta(2), screening=waiting, agree=True, reason="Late")
        assert newer.submitted_at
        assert not Deadline.objects.filter(kind__startswith="review", met_at=None, voided_at=None).exists()

    def test_refusing_lets_the_suggested_level_stand(self, manager: User, waiting: Screening, at: datetime) -> None:
        done = services.countersign(by=manager, at=at, screening=waiting, agree=False, reason="Not convinced")
        assert done.effective_level == Level.SIGNIFICANT
        assert (
            Deadline.objects.get(voided_at=None, met_at=None, kind__startswith="review").kind == Kind.REVIEW_SIGNIFICANT
        )

    def test_nobody_countersigns_their_own(self, worker: User, waiting: Screening, at: datetime) -> None:
        worker.roles = [Role.PRACTITIONER, Role.TEAM_MANAGER]
        worker.save()
        own = User.objects.get(pk=worker.pk)
        with pytest.raises(services.CannotCountersign, match="Somebody else"):
            services.countersign(by=own, at=at, screening=waiting, agree=True, reason="Mine")

    def test_is_refused_without_the_permission(self, worker: User, waiting: Screening, at: datetime) -> None:
        colleague = factories.user(team=worker.team)
        with pytest.raises(PermissionDenied):
            services.countersign(by=colleague, at=at, screening=waiting, agree=True, reason="x")

    def test_only_once(self, manager: User, waiting: Screening, at: datetime) -> None:
        services.countersign(by=manager, at=at, screening=waiting, agree=True, reason="Checked")
        with pytest.raises(services.CannotCountersign, match="not waiting"):
            services.countersign(by=manager, at=at, screening=waiting, agree=False, reason="No")


class TestDiscard:
    def test_throws_the_draft_away_and_keeps_it_in_the_log(self, worker: User, draft: Screening, at: datetime) -> None:
        services.discard(by=worker, at=at, screening=draft)
        assert not Screening.objects.exists()
        payload = Event.objects.get(verb="riskassessment.discard").payload
        assert payload.before["analysis"] == "Worried."
        assert payload.before["answer_G1"][1] == "Seen with an older man"

    def test_a_submitted_one_stays(self, worker: User, draft: Screening, at: datetime) -> None:
        submit(draft, worker, at, Level.SIGNIFICANT)
        with pytest.raises(services.AlreadySubmitted):
            services.discard(by=worker, at=at, screening=draft)


class TestLoadIndicatorSet:
    def test_adds_a_version_as_data(self, at: datetime) -> None:
        administrator = factories.user(roles=[Role.ADMINISTRATOR])
        first = factories.indicator_set()
        line = {
            "code": "S1",
            "group": "serious",
            "position": 1,
            "wording": "New",
            "meaning": "M",
            "meaning_source": "O",
        }
        content = {
            "version": 2,
            "name": "Next",
            "source": "CMOG",
            "in_force_from": "2027-01-01",
            "rule": first.rule,
            "indicators": [line],
        }
        made = services.load_indicator_set(by=administrator, at=at, content=content)
        assert [indicator.wording for indicator in made.indicators.all()] == ["New"]
        with pytest.raises(services.Refusal, match="loaded already"):
            services.load_indicator_set(by=administrator, at=at, content=content)
