"""The one-question pages of MASH: what they save, what they refuse, and that they keep what was typed."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Team, User
from frontend.text import LONDON
from people.models import Child
from referrals import services
from referrals.models import Check, Referral
from referrals.rules import Grade, Outcome, State
from tests import factories
from tests.referrals.reading import MOST_QUERIES, at_page, queries, text_of, version_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("three_hours_later")]


class TestPagesOfCommands:
    PAGES = ("grade", "hand_over", "ask_agency", "decide", "acknowledge", "refer_to_nrm")

    @pytest.mark.parametrize("name", [*PAGES, "record_discussion", "give_feedback", "record_grounds"])
    def test_opens_with_few_questions_to_the_database(
        self, mashs: Client, bring_to: Any, name: str, colleague: User, partners: list[Agency]
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        few = queries(mashs, at_page(name, referral.pk))
        for _ in range(20):
            factories.agency()
            factories.team()
        assert queries(mashs, at_page(name, referral.pk)) == few
        assert few <= MOST_QUERIES

    @pytest.mark.parametrize("name", PAGES)
    def test_an_empty_form_comes_back_with_its_errors(self, mashs: Client, bring_to: Any, name: str) -> None:
        page = text_of(mashs.post(at_page(name, bring_to(State.ACCEPTED).pk), {}))
        assert "There is a problem" in page


class TestAccept:
    def test_puts_the_officers_name_on_it(self, mashs: Client, officer: User, referral: Referral) -> None:
        page = text_of(mashs.post(at_page("accept", referral.pk), follow=True))
        assert f"{officer} has this referral" in page

    def test_tells_who_came_second(self, mashs: Client, colleague: User, referral: Referral, at: datetime) -> None:
        services.accept(by=colleague, at=at, referral=referral)
        page = text_of(mashs.post(at_page("accept", referral.pk), follow=True))
        assert f"{colleague} has already accepted this referral." in page


class TestDecide:
    def test_saves_and_says_so(self, mashs: Client, bring_to: Any) -> None:
        referral = bring_to(State.ACCEPTED)
        typed = {"version": referral.version, "outcome": "advice", "reason": "Enough is known 🙂."}
        page = text_of(mashs.post(at_page("decide", referral.pk), typed, follow=True))
        assert "The decision is saved." in page
        assert referral.decisions.get().reason == "Enough is known 🙂."

    def test_the_second_of_two_officers_sees_what_happened_and_loses_nothing_typed(
        self, mashs: Client, colleague: User, bring_to: Any, at: datetime
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        opened = version_in(text_of(mashs.get(at_page("decide", referral.pk))))
        services.decide(
            by=colleague,
            at=at + timedelta(hours=1),
            referral=referral,
            version=referral.version,
            outcome=Outcome.NO_FURTHER_ACTION,
            reason="Known to be safe.",
        )
        typed = {"version": opened, "outcome": "advice", "reason": "My long and careful reasons."}
        page = text_of(mashs.post(at_page("decide", referral.pk), typed), 409)
        for words in ("already been decided", "Decided: No further action", str(colleague), "Known to be safe."):
            assert words in page
        assert "My long and careful reasons." in page
        assert re.search(r'value="advice"[^>]*checked', page)
        assert referral.decisions.count() == 1

    def test_a_stale_tab_can_be_sent_again_once_it_is_read(
        self, mashs: Client, colleague: User, bring_to: Any, at: datetime
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        opened = referral.version
        services.ask_agency(by=colleague, at=at, referral=referral, agency=factories.agency())
        typed = {"version": opened, "outcome": "advice", "reason": "My reasons."}
        page = text_of(mashs.post(at_page("decide", referral.pk), typed), 409)
        assert "This referral was changed" in page
        typed["version"] = int(version_in(page))
        assert mashs.post(at_page("decide", referral.pk), typed).status_code == 302

    def test_asks_for_a_team_where_the_outcome_opens_a_case(
        self, mashs: Client, bring_to: Any, case_team: Team
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        typed = {"version": referral.version, "outcome": "early_help", "reason": "x"}
        assert "Select the team that takes the case" in text_of(mashs.post(at_page("decide", referral.pk), typed))
        typed["team"] = case_team.pk
        assert mashs.post(at_page("decide", referral.pk), typed).status_code == 302
        assert referral.child.involvements.get().team == case_team

    def test_of_a_matched_child_leads_nobody_in_mash_to_the_record_it_was_matched_with(
        self, mashs: Client, bring_to: Any, case_team: Team
    ) -> None:
        """domain.md 20: matching lets neither side see more, and neither does deciding."""
        referral, known = bring_to(State.ACCEPTED), factories.child()
        Child.objects.filter(pk=referral.child_id).update(provisional=True, same_as=known)
        theirs = reverse("people:child", args=[known.pk])
        assert "MASH does not come to see that record" in text_of(mashs.get(at_page("decide", referral.pk)))
        typed = {"version": referral.version, "outcome": "early_help", "reason": "x", "team": case_team.pk}
        page = text_of(mashs.post(at_page("decide", referral.pk), typed, follow=True))
        assert known.name not in page
        assert mashs.get(theirs).status_code == 404

    @pytest.mark.parametrize("pk", ["999999", "x", "9" * 40])
    def test_refuses_a_team_that_there_is_not(self, mashs: Client, bring_to: Any, pk: str) -> None:
        referral = bring_to(State.ACCEPTED)
        typed = {"version": referral.version, "outcome": "early_help", "reason": "x", "team": pk}
        assert "Select a team" in text_of(mashs.post(at_page("decide", referral.pk), typed))

    @pytest.mark.parametrize(
        ("reason", "sentence"),
        [
            ("a" * 50_000, "must be 10,000 characters or fewer"),
            ("a\x00b", "contains a character that cannot be saved"),
            ("", "Enter why you decide so"),
        ],
    )
    def test_says_what_is_wrong_with_the_reason_and_keeps_it(
        self, mashs: Client, bring_to: Any, reason: str, sentence: str
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        typed = {"version": referral.version, "outcome": "advice", "reason": reason}
        page = text_of(mashs.post(at_page("decide", referral.pk), typed))
        assert sentence in page
        assert reason.replace("\x00", "\ufffd") in page

    def test_a_form_sent_after_the_session_ended_is_held(self, client: Client, bring_to: Any) -> None:
        referral = bring_to(State.ACCEPTED)
        typed = {"version": referral.version, "outcome": "advice", "reason": "My reasons."}
        assert client.post(at_page("decide", referral.pk), typed).status_code == 401
        assert not referral.decisions.exists()


class TestRecordDiscussion:
    def sent(self, mashs: Client, referral: Referral, partners: list[Agency], held_at: datetime) -> Any:
        local = held_at.astimezone(LONDON)
        return mashs.post(
            at_page("record_discussion", referral.pk),
            {
                "version": referral.version,
                **{f"held_on-{part}": getattr(local, part) for part in ("day", "month", "year")},
                "held_time": f"{local:%H:%M}",
                "agencies": [agency.pk for agency in partners],
                "summary": "Agreed to enquire.",
            },
        )

    def test_saves(self, mashs: Client, bring_to: Any, partners: list[Agency], at: datetime) -> None:
        referral = bring_to(State.IN_DISCUSSION)
        assert self.sent(mashs, referral, partners, at + timedelta(hours=1)).status_code == 302
        assert set(referral.strategy_discussion.agencies.all()) == set(partners)

    def test_names_who_is_missing_and_keeps_what_was_typed(
        self, mashs: Client, bring_to: Any, partners: list[Agency], at: datetime
    ) -> None:
        response = self.sent(mashs, bring_to(State.IN_DISCUSSION), partners[:2], at + timedelta(hours=1))
        page = text_of(response, 409)
        assert "Missing: health." in page
        assert "Agreed to enquire." in page

    @pytest.mark.parametrize(
        ("moved", "sentence"),
        [
            (timedelta(days=400), "must be today or in the past"),
            (timedelta(days=-2), "before the referral was received"),
        ],
    )
    def test_refuses_a_day_it_cannot_have_been_held_on(
        self, mashs: Client, bring_to: Any, partners: list[Agency], at: datetime, moved: timedelta, sentence: str
    ) -> None:
        response = self.sent(mashs, bring_to(State.IN_DISCUSSION), partners, at + moved)
        assert sentence in response.content.decode()
        assert response.status_code in (200, 409)

    def test_refuses_an_agency_that_there_is_not(
        self, mashs: Client, bring_to: Any, partners: list[Agency], at: datetime
    ) -> None:
        ghost = Agency(pk=999_999)
        response = self.sent(mashs, bring_to(State.IN_DISCUSSION), [*partners, ghost], at + timedelta(hours=1))
        assert "There is a problem" in text_of(response)


class TestOtherSteps:
    def test_grade_hand_over_check_nrm_grounds_and_feedback_each_from_their_page(
        self, mashs: Client, bring_to: Any, colleague: User, partners: list[Agency], at: datetime
    ) -> None:
        referral = bring_to(State.ACCEPTED)
        day = at.astimezone(LONDON)
        today = {part: getattr(day, part) for part in ("day", "month", "year")}
        steps: list[tuple[str, dict[str, Any]]] = [
            ("grade", {"grade": int(Grade.GREEN), "reason": "Calmer."}),
            ("ask_agency", {"agency": partners[1].pk}),
            ("hand_over", {"officer": colleague.pk}),
            ("acknowledge", {}),
            ("refer_to_nrm", {"first_responder": partners[1].pk, **{f"sent_on-{k}": v for k, v in today.items()}}),
            ("record_grounds", {"grounds": "positive", **{f"decided_on-{k}": v for k, v in today.items()}}),
            ("decide", {"outcome": "advice", "reason": "Enough."}),
            ("give_feedback", {"feedback": "Thank you. We gave advice."}),
        ]
        for name, typed in steps:
            referral.refresh_from_db()
            response = mashs.post(at_page(name, referral.pk), {"version": referral.version, **typed})
            assert response.status_code == 302, (name, response.content.decode())
        referral.refresh_from_db()
        assert (referral.state, referral.accepted_by, referral.grade) == (State.CLOSED, colleague, Grade.GREEN)

    def test_a_check_is_recorded_from_its_page_once(
        self, mashs: Client, bring_to: Any, officer: User, at: datetime
    ) -> None:
        services.ask_agency(by=officer, at=at, referral=bring_to(State.ACCEPTED), agency=factories.agency())
        check = Check.objects.get()
        typed = {"finding": "Two call-outs.", "answered_by": "PC Hill"}
        assert text_of(mashs.get(at_page("record_check", check.pk)))
        assert mashs.post(at_page("record_check", check.pk), typed).status_code == 302
        typed["finding"] = "Something else."
        page = text_of(mashs.post(at_page("record_check", check.pk), typed), 409)
        assert "already been recorded" in page
        assert "Something else." in page

    def test_a_check_is_404_to_a_stranger(
        self, browser_of: Any, stranger: User, bring_to: Any, officer: User, at: datetime
    ) -> None:
        services.ask_agency(by=officer, at=at, referral=bring_to(State.ACCEPTED), agency=factories.agency())
        assert browser_of(stranger).get(at_page("record_check", Check.objects.get().pk)).status_code == 404
