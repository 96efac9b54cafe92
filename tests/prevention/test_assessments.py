"""Agencies' self-assessments: scored, sent, moderated, compared with the time before (domain.md 33)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Agency, User
from accounts.roles import Role
from figures import measures
from figures.rules import Part, Period
from frontend import findings
from prevention import selectors, services
from prevention.models import Assessment, Standard
from prevention.rules import AssessmentState
from tests import factories
from tests.prevention.test_training_views import MOST_QUERIES, page, read

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def standard(db: None) -> Standard:
    return factories.standard(text="Staff know the screening form")


@pytest.fixture
def assessment(own: Agency, manager: User, standard: Standard) -> Assessment:
    return factories.assessment(agency=own, begun_by=manager)


def score(by: User, at: datetime, assessment: Assessment, standard: Standard, given: int = 2) -> Assessment:
    scores = {standard.pk: (given, "The list of who was there")}
    version = selectors.sheet(assessment).version
    return services.score_standards(by=by, at=at, assessment=assessment, version=version, scores=scores)


class TestAddStandard:
    def test_is_numbered_after_the_last(self, keeper: User, manager: User, at: datetime, standard: Standard) -> None:
        assert services.add_standard(by=keeper, at=at, text="Another").number == standard.number + 1
        with pytest.raises(PermissionDenied):
            services.add_standard(by=manager, at=at, text="Another")


class TestRetireStandard:
    def test_is_asked_no_more(self, keeper: User, at: datetime, standard: Standard) -> None:
        retired = services.retire_standard(by=keeper, at=at, standard=standard)
        assert not selectors.standards()
        with pytest.raises(services.NotNow):
            services.retire_standard(by=keeper, at=at, standard=retired)


class TestBeginAssessment:
    def test_one_at_a_time_and_of_ones_own_agency(
        self, manager: User, own: Agency, at: datetime, standard: Standard
    ) -> None:
        services.begin_assessment(by=manager, at=at, agency=own)
        with pytest.raises(services.NotNow, match="has not been moderated yet"):
            services.begin_assessment(by=manager, at=at, agency=own)
        with pytest.raises(PermissionDenied):
            services.begin_assessment(by=manager, at=at, agency=factories.agency())

    def test_needs_standards(self, manager: User, own: Agency, at: datetime) -> None:
        with pytest.raises(services.NotNow, match="no standards yet"):
            services.begin_assessment(by=manager, at=at, agency=own)


class TestScoreStandards:
    def test_is_corrected_until_it_is_sent(
        self, manager: User, at: datetime, assessment: Assessment, standard: Standard
    ) -> None:
        score(manager, at, assessment, standard, 1)
        score(manager, at, assessment, standard, 4)
        assert [each.score for each in assessment.scores.all()] == [4]
        sent = services.send_assessment(by=manager, at=at, assessment=assessment)
        with pytest.raises(services.NotNow):
            score(manager, at, sent, standard, 3)

    def test_is_not_done_for_another_agency(
        self, worker: User, at: datetime, standard: Standard, manager: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            score(manager, at, factories.assessment(), standard)


class TestSendAssessment:
    def test_needs_every_score_and_is_done_once(
        self, manager: User, at: datetime, assessment: Assessment, standard: Standard
    ) -> None:
        with pytest.raises(services.NotNow, match="Score every standard"):
            services.send_assessment(by=manager, at=at, assessment=assessment)
        score(manager, at, assessment, standard)
        sent = services.send_assessment(by=manager, at=at, assessment=assessment)
        assert (sent.state, sent.sent_on) == (AssessmentState.SENT, TODAY)
        with pytest.raises(services.NotNow, match="already been sent"):
            services.send_assessment(by=manager, at=at, assessment=sent)


class TestModerateScore:
    def test_only_while_it_waits(self, keeper: User, at: datetime) -> None:
        given: dict[str, Any] = {"version": 1, "moderated": 1, "moderated_reason": "Nobody had heard of it"}
        written = factories.score(assessment=factories.assessment())
        with pytest.raises(services.NotNow):
            services.moderate_score(by=keeper, at=at, score=written, **given)
        sent = factories.score(assessment=factories.assessment(state=AssessmentState.SENT), score=4)
        assert services.moderate_score(by=keeper, at=at, score=sent, **given).settled == 1
        with pytest.raises(services.Changed):
            services.moderate_score(by=keeper, at=at, score=sent, **given)


class TestSettleAssessment:
    def test_is_measured_by_what_the_moderator_made_of_it(self, keeper: User, at: datetime) -> None:
        assessment = factories.assessment(state=AssessmentState.SENT)
        for own, moderated in ((4, 2), (3, None), (1, None)):
            factories.score(assessment=assessment, score=own, moderated=moderated)
        found = measures.find("assessments.met")
        assert found
        quarter = Period(date(2026, 10, 1), date(2026, 12, 31))
        assert found.count(quarter, at) == Part(0, 0)
        settled = services.settle_assessment(by=keeper, at=at, assessment=assessment)
        assert found.count(quarter, at) == Part(1, 3)
        with pytest.raises(services.NotNow):
            services.settle_assessment(by=keeper, at=at, assessment=settled)

    def test_only_the_last_of_each_agency_counts(self, own: Agency) -> None:
        done = {"state": AssessmentState.MODERATED, "moderated_by": factories.user(), "agency": own}
        for day, given in ((date(2025, 5, 1), 1), (date(2026, 5, 1), 4)):
            factories.score(assessment=factories.assessment(begun_on=day, moderated_on=day, **done), score=given)
        assert selectors.standards_met(TODAY) == Part(1, 1)
        assert selectors.standards_met(date(2025, 6, 1)) == Part(0, 1)
        (latest, first) = selectors.results(selectors.assessments().order_by("-begun_on"))
        assert (latest.met, latest.before, first.before) == (Part(1, 1), Part(0, 1), None)


class TestPages:
    def test_one_is_begun_scored_sent_moderated_and_made_an_action(
        self, manager: User, own: Agency, browser_of: Any
    ) -> None:
        writer, chair = browser_of(manager), browser_of(factories.user(team=factories.team(), roles=[Role.SEMT_CHAIR]))
        assert "No standard has been added yet" in read(chair, "standards")
        assert "No agency has begun" in read(chair, "assessments")
        chair.post(page("add_standard"), {"text": "Staff know the form"})
        key = Standard.objects.get().pk
        writer.post(page("begin_assessment"), {"agency": str(own.pk)})
        made = Assessment.objects.get()
        words = {f"score_{key}": "3", f"evidence_{key}": ""}
        assert "Enter what shows it, for" in writer.post(page("score_standards", made.pk), words).content.decode()
        words = {f"score_{key}": "", f"evidence_{key}": "The list"}
        assert "Select a score for standard" in writer.post(page("score_standards", made.pk), words).content.decode()
        words = {f"score_{key}": "3", f"evidence_{key}": "The list", "version": "0"}
        writer.post(page("score_standards", made.pk), words)
        writer.post(page("send_assessment", made.pk))
        assert "Let the scores stand" in read(chair, "assessment", made.pk)
        score = made.scores.get()
        asked = read(chair, "moderate_score", score.pk)
        assert all(words in asked for words in ("Staff know the form", "says that this is in place", "The list"))
        words = {"moderated": "1", "moderated_reason": "Nobody had heard of it", "version": "1"}
        chair.post(page("moderate_score", score.pk), words)
        chair.post(page("settle_assessment", made.pk))
        said = read(chair, "assessment", made.pk)
        assert "Nobody had heard of it" in said
        assert f"finding=prevention.score.{score.pk}" in said
        action = factories.action(finding=findings.key(score))
        followed = read(writer, "assessment", made.pk)
        leads_on = reverse("delivery_plan:action", args=[action.pk])
        assert leads_on in followed
        arose = f'href="{page("assessment", made.pk)}">Standard {score.standard.number} in the self-assessment of {own}'
        assert arose in chair.get(leads_on).content.decode()
        assert "Make it an action" not in read(chair, "assessment", made.pk)
        assert "0% (0 of 1)" in read(chair, "assessments")
        chair.post(page("retire_standard", key))
        assert "No standard has been added yet" in read(chair, "standards")

    def test_two_who_write_at_once_see_both_texts(
        self, manager: User, keeper: User, assessment: Assessment, standard: Standard, browser_of: Any
    ) -> None:
        def told(client: Any, name: str, pk: int, words: dict[str, str], mine: str) -> str:
            client.post(page(name, pk), words)
            return str(client.post(page(name, pk), {**words, mine: "Mine"}).content.decode())

        key = standard.pk
        words = {f"score_{key}": "3", f"evidence_{key}": "The list", "version": "0"}
        said = told(browser_of(manager), "score_standards", assessment.pk, words, f"evidence_{key}")
        assert all(
            each in said for each in ("What was saved meanwhile", "The list", "Mine", 'name="version" value="1"')
        )
        Assessment.objects.update(state=AssessmentState.SENT)
        words = {"moderated": "1", "moderated_reason": "Nobody knew", "version": "1"}
        said = told(browser_of(keeper), "moderate_score", assessment.scores.get().pk, words, "moderated_reason")
        assert all(
            each in said for each in ("What was saved meanwhile", "Nobody knew", "Mine", 'name="version" value="2"')
        )

    def test_scores_are_the_agencys_own_until_they_are_moderated(
        self, manager: User, worker: User, stranger: User, assessment: Assessment, browser_of: Any
    ) -> None:
        factories.score(assessment=assessment, evidence="Only ours")
        assert "Only ours" in read(browser_of(manager), "assessment", assessment.pk)
        assert "Only ours" not in read(browser_of(stranger), "assessment", assessment.pk)
        Assessment.objects.update(state=AssessmentState.MODERATED, moderated_on=TODAY, moderated_by=manager)
        assert "Only ours" in read(browser_of(stranger), "assessment", assessment.pk)

    def test_the_list_is_read_in_few_queries(
        self, keeper: User, browser_of: Any, django_assert_max_num_queries: Any
    ) -> None:
        client = browser_of(keeper)
        for _ in range(30):
            factories.score(assessment=factories.assessment())
        with django_assert_max_num_queries(MOST_QUERIES):
            assert "older=" in read(client, "assessments")
