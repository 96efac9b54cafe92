"""The form for people without an account: nothing is kept in the browser, nobody in danger is locked out."""

import re
from ipaddress import IPv6Address
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as CacheIsDown

import riskassessment.services
from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from accounts.selectors import NoMash
from cse.bench import drafts
from frontend.throttle import key_of
from people.models import Child
from referrals import throttle
from referrals.checks import there_is_a_mash_team
from referrals.models import Referral, Relationship
from referrals.rules import Grade
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/tell-us/"
WORRY = {"concern": "A man waits for my friend after school."}


@pytest.fixture
def address() -> str:
    """An address from which nobody has used the form yet."""
    return str(IPv6Address(uuid4().int))


@pytest.fixture
def client(mash: Team, address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


class TestMakePublicly:
    def test_needs_the_worry_and_nothing_else(self, client: Client) -> None:
        page = text_of(client.post(URL, WORRY))
        referral = Referral.objects.get()
        assert referral.concern == WORRY["concern"]
        assert str(referral.public_reference) in page
        assert "Enter what you are worried about" in text_of(client.post(URL, {"told_name": "Amy"}))

    def test_has_the_name_that_its_service_has(self) -> None:
        assert reverse("referrals:make_publicly") == URL

    def test_keeps_nothing_in_the_browser(self, client: Client) -> None:
        for response in (client.get(URL), client.post(URL, WORRY), client.post(URL, {})):
            assert not response.cookies
            assert response["Cache-Control"] == "no-store"

    def test_works_without_a_cookie_and_without_a_script(self, mash: Team, address: str) -> None:
        strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
        assert "We have your message" in text_of(strict.post(URL, WORRY))

    def test_reveals_neither_number_nor_name_in_what_it_answers(self, client: Client) -> None:
        page = text_of(client.post(URL, {**WORRY, "told_name": "Amy Jones"}))
        assert Referral.objects.get().reference not in page
        assert "Amy" not in page

    def test_says_call_999_before_anything_is_typed_and_after_danger_was_told(self, client: Client) -> None:
        assert "call 999" in text_of(client.get(URL))
        page = text_of(client.post(URL, {**WORRY, "immediate_danger": "yes", "danger_details": "He is here."}))
        assert "Call 999 now" in page
        referral = Referral.objects.get()
        assert (referral.grade, referral.danger_details) == (Grade.RED, "He is here.")

    def test_keeps_how_to_reach_somebody_only_where_they_said_yes(self, client: Client) -> None:
        contact = {"referrer_name": "Jo", "referrer_contact": "07700 900123", "safe_contact": "Text only"}
        client.post(URL, {**WORRY, **contact, "may_contact": "no"})
        client.post(URL, {**WORRY, **contact, "may_contact": "yes"})
        no, yes = Referral.objects.order_by("pk")
        assert (no.referrer_name, no.referrer_contact, no.safe_contact, no.can_be_told) == ("", "", "", False)
        assert (yes.referrer_contact, yes.safe_contact, yes.can_be_told) == ("07700 900123", "Text only", True)

    def test_asks_how_where_somebody_may_be_contacted(self, client: Client) -> None:
        page = text_of(client.post(URL, {**WORRY, "may_contact": "yes"}))
        assert "Enter your phone number or email" in page
        assert WORRY["concern"] in page

    @pytest.mark.parametrize("who", Relationship.values)
    def test_takes_whoever_tells(self, client: Client, who: str) -> None:
        client.post(URL, {**WORRY, "referrer_relationship": who})
        assert Referral.objects.get().referrer_relationship == who

    @pytest.mark.parametrize(
        ("concern", "sentence"),
        [
            ("a" * 50_000, "must be 10,000 characters or fewer"),
            ("a\x00b", "contains a character that cannot be saved"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_it(self, client: Client, concern: str, sentence: str) -> None:
        page = text_of(client.post(URL, {"concern": concern}))
        assert sentence in page
        assert concern.replace("\x00", "\ufffd") in page

    def test_takes_emoji(self, client: Client) -> None:
        client.post(URL, {"concern": "😟😟", "told_name": "Sam 🌸"})
        referral = Referral.objects.get()
        assert (referral.concern, referral.told_name) == ("😟😟", "Sam 🌸")

    def test_a_second_press_or_a_reload_shows_the_same_reference(self, client: Client) -> None:
        token = re.search(r'name="token" value="([^"]+)"', text_of(client.get(URL)))
        assert token
        pages = [text_of(client.post(URL, {**WORRY, "token": token[1]})) for _ in range(8)]
        assert len(set(pages)) == 1
        assert (Referral.objects.count(), Child.objects.count()) == (1, 1)

    @pytest.mark.parametrize("token", ["", "x", "9" * 500, "\x00"])
    def test_a_token_that_came_to_harm_stops_nobody(self, client: Client, token: str) -> None:
        assert "We have your message" in text_of(client.post(URL, {**WORRY, "token": token}))

    def test_what_a_machine_fills_in_is_not_sent_but_a_second_press_is(self, client: Client) -> None:
        page = text_of(client.post(URL, {**WORRY, "website": "https://spam.example"}))
        assert "once more" in page
        assert "spam.example" not in page
        assert not Referral.objects.exists()
        assert "We have your message" in text_of(client.post(URL, {**WORRY, "website": ""}))

    def test_a_signed_in_person_tells_as_nobody(self, mash: Team, browser_of: Any, worker: User, address: str) -> None:
        browser_of(worker, REMOTE_ADDR=address).post(URL, WORRY)
        assert Referral.objects.get().made_by.email == "public@cse.invalid"


class TestWithoutMash:
    """A new site, whose administrator has added no MASH officer yet."""

    def test_says_whom_to_call_keeps_what_was_typed_and_logs_no_word_of_it(
        self, db: None, address: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        page = text_of(Client(REMOTE_ADDR=address).post(URL, {**WORRY, "told_name": "Amy Jones"}), 503)
        for words in ("does not work yet", "01632 960 001", "999", WORRY["concern"], "Amy Jones"):
            assert words in page
        assert "there is no MASH team" in caplog.text
        assert "Amy" not in caplog.text
        assert not Child.objects.exists()

    def test_a_professional_is_told_the_remedy_and_loses_nothing(
        self, browser_of: Any, worker: User, team: Team
    ) -> None:
        typed = {"concern": "An older man.", "immediate_danger": "no", "trafficking_indicated": "no"}
        typed |= {"child_informed": "yes", "parents_informed": "no"}
        child = factories.child(known_to=team)
        page = text_of(browser_of(worker).post(reverse("referrals:make", args=[child.pk]), typed), 409)
        assert "--team-kind mash" in page
        assert "An older man." in page

    def test_a_screening_is_not_submitted_and_the_remedy_is_named(self, worker: User, at: Any) -> None:
        factories.child(known_to=worker.team)
        [draft] = drafts.prepare(1, worker, at)
        submit = {"seen": draft.version, "judged_level": drafts.judged_level(draft, at), "judged_reason": ""}
        with pytest.raises(NoMash, match="--team-kind mash"):
            riskassessment.services.submit(by=worker, at=at, screening=draft, **submit)
        draft.refresh_from_db()
        assert draft.is_draft

    def test_the_queue_is_empty(self, browser_of: Any) -> None:
        misplaced = factories.user(team=factories.team(), roles=[Role.MASH])
        assert "The queue is empty" in text_of(browser_of(misplaced).get(reverse("referrals:queue")))

    def test_the_check_of_the_site_says_so_until_there_is_one(self, db: None) -> None:
        assert [each.id for each in there_is_a_mash_team(databases=["default"])] == ["referrals.W001"]
        assert there_is_a_mash_team(databases=None) == []
        factories.team(kind=TeamKind.MASH)
        assert there_is_a_mash_team(databases=["default"]) == []


class TestThrottle:
    def test_the_sixth_within_an_hour_is_told_whom_to_call_and_keeps_what_was_typed(self, client: Client) -> None:
        for _ in range(throttle.TELLING.allowed):
            text_of(client.post(URL, WORRY))
        page = text_of(client.post(URL, {"concern": "The sixth worry."}), 429)
        for words in ("999", "01632 960 001", "The sixth worry."):
            assert words in page
        assert Referral.objects.count() == throttle.TELLING.allowed

    def test_another_address_is_not_held_up(self, client: Client) -> None:
        for _ in range(throttle.TELLING.allowed + 1):
            client.post(URL, WORRY)
        assert text_of(client.post(URL, WORRY, REMOTE_ADDR=str(IPv6Address(uuid4().int))))

    def test_mistakes_are_not_counted(self, client: Client) -> None:
        for _ in range(throttle.TELLING.allowed * 2):
            client.post(URL, {})
        assert "We have your message" in text_of(client.post(URL, WORRY))

    def test_is_open_again_after_an_hour(self, client: Client, address: str) -> None:
        for _ in range(throttle.TELLING.allowed + 1):
            client.post(URL, WORRY)
        cache.delete(key_of(throttle.TELLING, address))  # as Valkey does by itself when the time has come
        assert "We have your message" in text_of(client.post(URL, WORRY))

    def test_counts_from_the_first_and_forgets_after_an_hour(self, client: Client, address: str) -> None:
        for _ in range(3):
            client.post(URL, WORRY)
        seconds = cache._cache.get_client().ttl(cache.make_key(key_of(throttle.TELLING, address)))  # type: ignore[attr-defined]
        assert 0 < seconds <= throttle.TELLING.per_seconds

    def test_where_an_address_is_not_known_nobody_is_locked_out_by_the_others(
        self, client: Client, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2  # and only one in front that says whose request it is
        through = {"X-Forwarded-For": "192.0.2.7"}
        for _ in range(throttle.TELLING.allowed + 1):
            answer = client.post(URL, {**WORRY, "token": str(uuid4())}, headers=through)
            assert "We have your message" in text_of(answer)
        assert "not limited now" in caplog.text

    def test_asvs_4_1_3_an_address_of_ones_own_invention_is_not_believed(self, client: Client) -> None:
        for n in range(throttle.TELLING.allowed):
            client.post(URL, {**WORRY, "token": str(uuid4())}, headers={"X-Forwarded-For": f"192.0.2.{n}"})
        text_of(client.post(URL, WORRY, headers={"X-Forwarded-For": "198.51.100.1", "X-Real-Ip": "198.51.100.2"}), 429)

    def test_holds_without_the_cache_and_still_keeps_what_was_typed(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def down(*args: Any, **options: Any) -> None:
            raise CacheIsDown("no Valkey")

        monkeypatch.setattr("frontend.throttle._server", down)
        for _ in range(throttle.TELLING.allowed):
            assert "We have your message" in text_of(client.post(URL, {**WORRY, "token": str(uuid4())}))
        page = text_of(client.post(URL, {"concern": "The sixth worry."}), 429)
        assert "The sixth worry." in page
        assert "01632 960 001" in page
        assert "counted by each process" in caplog.text
