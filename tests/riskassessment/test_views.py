"""The pages of a screening as their users meet them."""

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Team, User
from audit.models import Event
from people.models import Child
from riskassessment import selectors
from riskassessment.models import Answer, Screening
from riskassessment.rules import Level, Presence
from riskassessment.sections import Section, field_name
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(team: Team) -> Child:
    return factories.child(known_to=team)


@pytest.fixture
def draft(worker: User, child: Child) -> Screening:
    return factories.screening(author=worker, child=child)


def page_of(screening: Screening, section: Section) -> str:
    return reverse("riskassessment:save_section", args=[screening.pk, section])


def typed(screening: Screening, section: Section, **changes: Any) -> dict[str, Any]:
    """What the browser would send for this section: its digest, what is stored, and the changes."""
    content = selectors.content(screening, section)
    data: dict[str, Any] = {"version": content.digest}
    for line in content.lines:
        data[field_name(line.key, "presence")] = line.answer.presence
        data[field_name(line.key, "evidence")] = line.answer.evidence
        data[field_name(line.key, "source")] = line.answer.source
    return data | {name: value or "" for name, value in content.columns.items() if value is not None} | changes


def key_of(screening: Screening, code: str) -> int:
    return screening.indicator_set.indicators.get(code=code).pk


class TestStart:
    def test_begins_a_draft_and_a_second_time_goes_on_with_it(
        self, worker: User, child: Child, browser_of: Any
    ) -> None:
        browser = browser_of(worker)
        first = browser.post(reverse("riskassessment:start", args=[child.pk]))
        second = browser.post(reverse("riskassessment:start", args=[child.pk]))
        assert first.url == second.url == reverse("riskassessment:screening", args=[Screening.objects.get().pk])

    def test_a_stranger_to_the_child_gets_404(self, stranger: User, child: Child, browser_of: Any) -> None:
        assert browser_of(stranger).post(reverse("riskassessment:start", args=[child.pk])).status_code == 404


class TestSaveSection:
    def test_every_part_can_be_opened(self, worker: User, draft: Screening, browser_of: Any) -> None:
        for section in Section:
            assert browser_of(worker).get(page_of(draft, section)).status_code == 200

    def test_shows_every_indicator_verbatim_with_its_meaning(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        page = html.unescape(browser_of(worker).get(page_of(draft, Section.SIGNIFICANT)).content.decode())
        for indicator in draft.indicator_set.indicators.filter(group="significant"):
            assert indicator.wording in page
            assert indicator.meaning in page

    def test_keeps_what_is_incomplete_and_says_what_is_missing(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        key = key_of(draft, "S1")
        data = typed(draft, Section.SERIOUS, **{field_name(key, "presence"): "current"})
        page = browser_of(worker).post(page_of(draft, Section.SERIOUS), data)
        assert page.status_code == 200
        assert "Enter the evidence for" in page.content.decode()
        assert Answer.objects.get(screening=draft).presence == Presence.CURRENT

    def test_save_and_come_back_later_complains_of_nothing(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        data = typed(draft, Section.SERIOUS, later="1")
        assert browser_of(worker).post(page_of(draft, Section.SERIOUS), data).status_code == 302

    def test_a_bad_date_keeps_everything_else_and_what_was_typed(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        key = key_of(draft, "S1")
        answer = {
            field_name(key, "presence"): "current",
            field_name(key, "evidence"): "Seen in the park",
            field_name(key, "source"): "Head of year",
            f"{field_name(key, 'observed_on')}-day": "31",
            f"{field_name(key, 'observed_on')}-month": "2",
            f"{field_name(key, 'observed_on')}-year": "2026",
        }
        page = browser_of(worker).post(page_of(draft, Section.SERIOUS), typed(draft, Section.SERIOUS, **answer))
        text = page.content.decode()
        assert "must be a real date" in text
        assert 'value="31"' in text
        assert Answer.objects.get(screening=draft).evidence == "Seen in the park"

    def test_a_date_that_contradicts_current_is_questioned(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        key = key_of(draft, "S1")
        answer = {
            field_name(key, "presence"): "current",
            field_name(key, "evidence"): "Seen",
            field_name(key, "source"): "Mother",
            f"{field_name(key, 'observed_on')}-day": "1",
            f"{field_name(key, 'observed_on')}-month": "2",
            f"{field_name(key, 'observed_on')}-year": "2020",
        }
        page = browser_of(worker).post(page_of(draft, Section.SERIOUS), typed(draft, Section.SERIOUS, **answer))
        assert "more than 6 months ago" in page.content.decode()

    def test_fifty_thousand_characters_get_a_sentence_and_are_kept_on_the_page(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        data = typed(draft, Section.ANALYSIS, analysis="x" * 50_000)
        page = browser_of(worker).post(page_of(draft, Section.ANALYSIS), data).content.decode()
        assert "must be 10,000 characters or fewer" in page
        assert "x" * 50_000 in page

    def test_emoji_and_any_script_are_kept(self, worker: User, draft: Screening, browser_of: Any) -> None:
        words = "She said “I’m scared 😟” – ਮੈਂ ਡਰੀ ਹੋਈ ਹਾਂ"
        browser_of(worker).post(page_of(draft, Section.ANALYSIS), typed(draft, Section.ANALYSIS, analysis=words))
        draft.refresh_from_db()
        assert draft.analysis == words

    def test_an_indicator_of_another_set_is_refused_in_words(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        other = factories.indicator_set(version=2)
        foreign = other.indicators.get(code="S1").pk
        data = typed(draft, Section.SERIOUS, **{field_name(foreign, "presence"): "current"})
        page = browser_of(worker).post(page_of(draft, Section.SERIOUS), data)
        assert "another set of indicators" in page.content.decode()
        assert not Answer.objects.filter(indicator_id=foreign).exists()

    def test_someone_elses_draft_is_404(self, stranger: User, draft: Screening, browser_of: Any) -> None:
        factories.let_know(draft.child, stranger)
        assert browser_of(stranger).get(page_of(draft, Section.SERIOUS)).status_code == 404

    def test_two_people_on_one_page_see_both_versions_and_overwrite_neither(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        colleague = factories.user(team=worker.team)
        mine = typed(draft, Section.ANALYSIS, analysis="What I wrote")
        theirs = typed(draft, Section.ANALYSIS, analysis="What she wrote")
        browser_of(colleague).post(page_of(draft, Section.ANALYSIS), theirs)
        page = browser_of(worker).post(page_of(draft, Section.ANALYSIS), mine)
        text = page.content.decode()
        assert page.status_code == 409
        assert "What I wrote" in text
        assert "What she wrote" in text
        draft.refresh_from_db()
        assert draft.analysis == "What she wrote"

    def test_after_seeing_both_versions_saving_again_keeps_mine(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        mine = typed(draft, Section.ANALYSIS, analysis="What I wrote")
        browser_of(worker).post(page_of(draft, Section.ANALYSIS), typed(draft, Section.ANALYSIS, analysis="Hers"))
        browser_of(worker).post(page_of(draft, Section.ANALYSIS), mine)
        draft.refresh_from_db()
        again = mine | {"version": selectors.content(draft, Section.ANALYSIS).digest}
        assert browser_of(worker).post(page_of(draft, Section.ANALYSIS), again).status_code == 302
        draft.refresh_from_db()
        assert draft.analysis == "What I wrote"

    def test_a_tab_left_open_after_submission_changes_nothing(
        self, worker: User, draft: Screening, mash: Team, browser_of: Any
    ) -> None:
        data = typed(draft, Section.ANALYSIS, analysis="Too late")
        draft.suggested_level = draft.judged_level = 1
        draft.submitted_at, draft.submitted_by = factories.NOON, worker
        draft.save()
        answer = browser_of(worker).post(page_of(draft, Section.ANALYSIS), data, follow=True)
        assert "can no longer be changed" in answer.content.decode()

    def test_prompts_for_other_words_but_never_blocks(self, worker: User, draft: Screening, browser_of: Any) -> None:
        data = typed(draft, Section.ANALYSIS, analysis="He absconded again.")
        assert browser_of(worker).post(page_of(draft, Section.ANALYSIS), data).status_code == 302
        page = browser_of(worker).get(page_of(draft, Section.ANALYSIS)).content.decode()
        assert "went missing" in page

    @pytest.mark.parametrize("section", list(Section))
    def test_costs_a_fixed_number_of_queries(
        self, worker: User, draft: Screening, browser_of: Any, django_assert_max_num_queries: Any, section: Section
    ) -> None:
        for _ in range(30):
            factories.team()
        browser = browser_of(worker)
        browser.get(page_of(draft, section))
        with django_assert_max_num_queries(12):
            browser.get(page_of(draft, section))


class TestAutosave:
    def test_saves_and_answers_with_the_suggestion(self, worker: User, draft: Screening, browser_of: Any) -> None:
        data = typed(draft, Section.SERIOUS, **{field_name(key_of(draft, "S1"), "presence"): "current"})
        answer = browser_of(worker).post(reverse("riskassessment:autosave", args=[draft.pk, Section.SERIOUS]), data)
        assert answer.status_code == 200
        assert "SERIOUS because" in answer.json()["html"]["suggestion"]
        assert answer.json()["version"] == selectors.content(draft, Section.SERIOUS).digest

    def test_does_not_say_saved_of_what_it_could_not_save(
        self, worker: User, draft: Screening, browser_of: Any
    ) -> None:
        url = reverse("riskassessment:autosave", args=[draft.pk, Section.ANALYSIS])
        answer = browser_of(worker).post(url, typed(draft, Section.ANALYSIS, analysis="x" * 10_001))
        assert "except this: Your analysis must be 10,000 characters or fewer" in answer.json()["saved_at_text"]

    def test_a_conflict_is_409(self, worker: User, draft: Screening, browser_of: Any) -> None:
        url = reverse("riskassessment:autosave", args=[draft.pk, Section.ANALYSIS])
        stale = typed(draft, Section.ANALYSIS, analysis="Mine")
        browser_of(worker).post(url, typed(draft, Section.ANALYSIS, analysis="Theirs"))
        assert browser_of(worker).post(url, stale).status_code == 409

    def test_without_a_session_it_is_refused(self, draft: Screening, client: Any) -> None:
        url = reverse("riskassessment:autosave", args=[draft.pk, Section.ANALYSIS])
        assert client.post(url, {"analysis": "x"}, headers={"x-requested-with": "fetch"}).status_code == 403


class TestSubmit:
    @pytest.fixture
    def complete(self, draft: Screening) -> Screening:
        for indicator in draft.indicator_set.indicators.all():
            Answer.objects.create(screening=draft, indicator=indicator, presence=Presence.NO)
        Answer.objects.filter(screening=draft, indicator__code="G1").update(
            presence="current", evidence="Not at home twice", source="Mother"
        )
        draft.immediate_danger, draft.through_technology, draft.analysis = False, "no", "Worried."
        draft.save()
        return draft

    def test_shows_the_suggestion_and_why(self, worker: User, complete: Screening, browser_of: Any) -> None:
        page = browser_of(worker).get(reverse("riskassessment:submit", args=[complete.pk])).content.decode()
        assert "SIGNIFICANT because" in page

    def test_submits_and_shows_it_to_mash(
        self, worker: User, officer: User, complete: Screening, browser_of: Any
    ) -> None:
        data = {"version": complete.version, "judged_level": Level.SIGNIFICANT.value, "judged_reason": ""}
        answer = browser_of(worker).post(reverse("riskassessment:submit", args=[complete.pk]), data)
        assert answer.status_code == 302
        page = browser_of(officer).get(reverse("riskassessment:screening", args=[complete.pk]))
        assert page.status_code == 200

    def test_a_double_submit_lands_on_the_same_screening(
        self, worker: User, mash: Team, complete: Screening, browser_of: Any
    ) -> None:
        data = {"version": complete.version, "judged_level": 2, "judged_reason": ""}
        url = reverse("riskassessment:submit", args=[complete.pk])
        first, second = browser_of(worker).post(url, data), browser_of(worker).post(url, data)
        assert first.url == second.url
        assert complete.child.referrals.count() == 1

    def test_a_different_judgement_needs_a_reason_and_keeps_the_choice(
        self, worker: User, mash: Team, complete: Screening, browser_of: Any
    ) -> None:
        data = {"version": complete.version, "judged_level": 3, "judged_reason": ""}
        page = browser_of(worker).post(reverse("riskassessment:submit", args=[complete.pk]), data).content.decode()
        assert "Enter why your judgement differs" in page
        complete.refresh_from_db()
        assert complete.is_draft

    def test_an_incomplete_one_says_what_is_missing(
        self, worker: User, mash: Team, draft: Screening, browser_of: Any
    ) -> None:
        page = browser_of(worker).get(reverse("riskassessment:submit", args=[draft.pk])).content.decode()
        assert "Still to answer" in page
        data = {"version": draft.version, "judged_level": 0, "judged_reason": ""}
        answer = browser_of(worker).post(reverse("riskassessment:submit", args=[draft.pk]), data)
        assert answer.status_code == 200
        draft.refresh_from_db()
        assert draft.is_draft


class TestReading:
    def test_shows_what_changed_since_the_previous_one(
        self, worker: User, child: Child, at: datetime, browser_of: Any
    ) -> None:
        factories.screening(author=worker, child=child, answers={"S1": Presence.NO}, submitted_at=at - timedelta(90))
        now = factories.screening(author=worker, child=child, answers={"S1": Presence.CURRENT}, submitted_at=at)
        page = browser_of(worker).get(reverse("riskassessment:changes", args=[now.pk])).content.decode()
        assert "<strong>Changed</strong>" in page

    def test_an_old_screening_shows_the_set_it_was_made_on(
        self, worker: User, child: Child, at: datetime, browser_of: Any
    ) -> None:
        old = factories.screening(author=worker, child=child, answers={"S1": Presence.CURRENT}, submitted_at=at)
        new = factories.indicator_set(version=2, in_force_from=at.date())
        new.indicators.update(wording="Something quite new")
        page = browser_of(worker).get(reverse("riskassessment:screening", args=[old.pk])).content.decode()
        assert "Periods of absence/missing" in page
        assert "Something quite new" not in page

    def test_a_print_is_recorded_as_such(self, worker: User, child: Child, at: datetime, browser_of: Any) -> None:
        record = factories.screening(author=worker, child=child, submitted_at=at)
        page = browser_of(worker).get(reverse("riskassessment:print_screening", args=[record.pk]))
        assert f"Printed by {worker.full_name}" in page.content.decode()
        assert Event.objects.get(verb="riskassessment.screening.print").child_id == child.pk

    def test_a_list_records_whom_it_showed(self, worker: User, draft: Screening, browser_of: Any) -> None:
        browser_of(worker).get(reverse("riskassessment:screenings"))
        shown = Event.objects.get(verb="riskassessment.screenings").payload.after["shown"]
        assert shown == [f"riskassessment.screening:{draft.pk}"]

    def test_lists_and_guidance_open(self, worker: User, draft: Screening, browser_of: Any) -> None:
        for name in ("screenings", "submitted", "guidance"):
            assert browser_of(worker).get(reverse(f"riskassessment:{name}")).status_code == 200


class TestDiscard:
    def test_asks_then_discards(self, worker: User, draft: Screening, browser_of: Any) -> None:
        url = reverse("riskassessment:discard", args=[draft.pk])
        assert browser_of(worker).get(url).status_code == 200
        browser_of(worker).post(url)
        assert not Screening.objects.exists()


class TestCountersign:
    def test_a_manager_agrees(self, worker: User, manager: User, child: Child, at: datetime, browser_of: Any) -> None:
        record = factories.screening(
            author=worker, child=child, suggested_level=3, judged_level=1, countersignature="waiting", submitted_at=at
        )
        url = reverse("riskassessment:countersign", args=[record.pk])
        assert browser_of(manager).get(url).status_code == 200
        browser_of(manager).post(url, {"agree": "yes", "reason": "Discussed in supervision"})
        record.refresh_from_db()
        assert record.effective_level == Level.AT_RISK
