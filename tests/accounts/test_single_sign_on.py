"""Coming in by an agency's own sign-in, against providers that speak the protocols."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from cse import sign_on
from tests import factories
from tests.accounts import providers
from tests.accounts.providers import OpenIdProvider, SamlProvider, open_id_provider
from tests.signing_in import note, sign_in

pytestmark = pytest.mark.django_db

INBOX = "deadlines:inbox"
SITE = "http://testserver"
CERTAIN = {"amr": ["pwd", "mfa"]}


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[OpenIdProvider, OpenIdProvider]]:
    with open_id_provider() as one, open_id_provider() as other:
        yield one, other


@pytest.fixture
def police(running: Any) -> OpenIdProvider:
    running[0].claims = {"sub": "p-7", "email": "same@example.org"}
    return running[0]


@pytest.fixture
def health(running: Any) -> OpenIdProvider:
    running[1].claims = {"sub": "p-7", "email": "same@example.org"}
    return running[1]


@pytest.fixture
def school() -> SamlProvider:
    return SamlProvider()


@pytest.fixture(autouse=True)
def configured(settings: Any, police: OpenIdProvider, health: OpenIdProvider, school: SamlProvider) -> None:
    common = {"kind": "openid_connect", "client_id": "cse", "secret": "s", "second_factor": {"amr": ["mfa"]}}
    entries = [
        {"id": "police", "agency": "Police", "server": police.address, **common},
        {"id": "health", "agency": "Health", "server": health.address, **common},
        {
            "id": "school",
            "agency": "School",
            "kind": "saml",
            "entity_id": school.entity,
            "sso_url": school.sso_url,
            "certificate": school.certificate,
        },
    ]
    settings.SIGN_ON = sign_on.read(json.dumps(entries))
    settings.SOCIALACCOUNT_PROVIDERS = settings.SIGN_ON.providers


def of(agency: str, **values: Any) -> User:
    """Somebody of this agency, without a password here."""
    return factories.user(team=factories.team(agency=factories.agency(name=agency)), **values)


def link(user: User, provider: str, subject: str) -> SocialAccount:
    account: SocialAccount = SocialAccount.objects.create(user=user, provider=provider, uid=subject)
    return account


def come(provider: OpenIdProvider, name: str, client: Client | None = None, query: str = "") -> Any:
    """By the button of the sign-in page, and back from the agency."""
    client = client or Client()
    away = client.post(reverse("openid_connect_login", args=[name]) + query)
    return client, client.get(provider.authorise(away["Location"]))


def is_in(client: Client) -> bool:
    return client.get(reverse(INBOX)).status_code == 200


class TestOpenIdConnect:
    def test_who_is_linked_comes_in_when_the_agency_proves_a_second_factor(self, police: OpenIdProvider) -> None:
        link(of("Police"), "police", "p-7")
        police.claims |= CERTAIN
        client, answer = come(police, "police")
        assert answer["Location"] == "/"
        assert is_in(client)

    def test_otherwise_ours_is_asked_for(self, police: OpenIdProvider) -> None:
        user = of("Police")
        link(user, "police", "p-7")
        client, _ = come(police, "police")
        assert client.get(reverse(INBOX))["Location"] == reverse("mfa_index")
        TOTP.activate(user, generate_totp_secret())
        client, answer = come(police, "police")
        assert answer["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)

    def test_an_administrator_needs_a_passkey_all_the_same(self, police: OpenIdProvider) -> None:
        link(of("Police", roles=[Role.ADMINISTRATOR]), "police", "p-7")
        police.claims |= CERTAIN
        client, _ = come(police, "police")
        assert client.get(reverse(INBOX))["Location"] == reverse("mfa_index")

    def test_nobody_gets_an_account_by_it(self, police: OpenIdProvider) -> None:
        before = User.objects.count()
        client, answer = come(police, "police")
        assert "not linked" in answer.content.decode()
        assert User.objects.count() == before
        assert "_auth_user_id" not in client.session

    def test_asvs_6_8_1_the_same_address_at_two_providers_is_not_one_account(
        self, police: OpenIdProvider, health: OpenIdProvider
    ) -> None:
        """Nor is the same number, nor the same address as that of an account here."""
        link(of("Police", email="same@example.org"), "police", "p-7")
        health.claims |= CERTAIN
        client, answer = come(health, "health")
        assert answer.status_code == 403
        assert not is_in(client)
        assert SocialAccount.objects.count() == 1

    def test_another_agencys_sign_in_lets_nobody_in(self, health: OpenIdProvider) -> None:
        link(of("Police"), "health", "p-7")
        health.claims |= CERTAIN
        client, answer = come(health, "health")
        assert "not the sign-in of your agency" in answer.content.decode()
        assert not is_in(client)

    def test_a_leaver_does_not_come_in(self, police: OpenIdProvider) -> None:
        user = of("Police")
        link(user, "police", "p-7")
        police.claims |= CERTAIN
        client, _ = come(police, "police")
        assert is_in(client)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert not is_in(client)
        again, answer = come(police, "police")
        assert answer["Location"] == reverse("account_inactive")
        assert not is_in(again)

    def test_an_answer_that_this_browser_did_not_ask_for_is_refused(self, police: OpenIdProvider) -> None:
        link(of("Police"), "police", "p-7")
        police.claims |= CERTAIN
        away = Client().post(reverse("openid_connect_login", args=["police"]))
        other = Client()
        other.get(police.authorise(away["Location"]))
        assert not is_in(other)

    @pytest.mark.parametrize(
        "claims", [{"iss": "https://elsewhere.example.org"}, {"aud": "another"}, {"exp": 1}], ids=str
    )
    def test_a_token_of_another_or_too_old_is_refused(self, police: OpenIdProvider, claims: dict[str, Any]) -> None:
        link(of("Police"), "police", "p-7")
        police.claims |= CERTAIN | claims
        client, answer = come(police, "police")
        assert "did not work" in answer.content.decode()
        assert not is_in(client)

    def test_looking_at_its_address_starts_nothing(self, police: OpenIdProvider) -> None:
        assert Client().get(reverse("openid_connect_login", args=["police"])).status_code == 200
        assert Client().get(reverse("openid_connect_login", args=["unknown"])).status_code == 404


class TestLinking:
    def test_somebody_signed_in_otherwise_links_themselves_and_is_told(
        self, police: OpenIdProvider, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
    ) -> None:
        user = of("Police")
        client = Client()
        sign_in(client, user)
        with django_capture_on_commit_callbacks(execute=True):
            come(police, "police", client, "?process=connect")
        assert SocialAccount.objects.get(user=user).uid == "p-7"
        assert Event.objects.filter(verb="accounts.sign_on_linked", subject_id=user.pk).exists()
        assert "linked to your account" in mailoutbox[0].body

    def test_not_long_after_they_proved_who_they_are(self, police: OpenIdProvider) -> None:
        user = of("Police")
        TOTP.activate(user, generate_totp_secret())
        client = Client()
        sign_in(client, user, seconds_ago=3600)
        _, answer = come(police, "police", client, "?process=connect")
        assert "again" in answer["Location"]
        assert not SocialAccount.objects.exists()

    def test_not_without_a_second_factor(self, police: OpenIdProvider) -> None:
        user = of("Police")
        half = Client()
        half.force_login(user)
        note(half, user, method="password", at=time.time())
        come(police, "police", half, "?process=connect")
        assert not SocialAccount.objects.exists()

    def test_not_what_is_anothers(self, police: OpenIdProvider) -> None:
        first, second = of("Police"), factories.user()
        second.team = first.team
        second.save()
        link(first, "police", "p-7")
        client = Client()
        sign_in(client, second)
        come(police, "police", client, "?process=connect")
        assert SocialAccount.objects.get().user_id == first.pk


class TestStepUp:
    def test_asvs_7_5_3_who_has_only_their_agencys_sign_in_is_asked_there_again(self, police: OpenIdProvider) -> None:
        user = of("Police", roles=[Role.CSE_COORDINATOR])
        link(user, "police", "p-7")
        police.claims |= CERTAIN
        client = Client()
        client.force_login(user)
        note(client, user, method="single_sign_on", at=time.time() - 3600)
        export = reverse("missing:export_903")
        asked = client.post(export, {"year": "2025"})
        assert asked["Location"].startswith(reverse("sign_on_again"))
        away = client.post(reverse("sign_on_again"), {"next": export})
        back = client.get(police.authorise(away["Location"]))
        assert (police.asked["prompt"], police.asked["max_age"]) == ("login", "0")
        assert back["Location"] == export
        assert client.post(export, {"year": "2025"})["Content-Type"].startswith("text/csv")

    @pytest.mark.parametrize(
        "claims",
        [{"auth_time": int(time.time()) - 3600}, {"amr": ["pwd"]}, {"sub": "p-8"}],
        ids=["too long ago", "without a second factor", "as somebody else"],
    )
    def test_an_old_sign_in_there_or_anothers_does_not_do(self, police: OpenIdProvider, claims: dict[str, Any]) -> None:
        user = of("Police", roles=[Role.CSE_COORDINATOR])
        colleague = factories.user(team=user.team)
        link(user, "police", "p-7")
        link(colleague, "police", "p-8")
        police.claims |= CERTAIN | claims
        client = Client()
        client.force_login(user)
        note(client, user, method="single_sign_on", at=time.time() - 3600)
        away = client.post(reverse("sign_on_again"), {"next": "/"})
        assert "did not confirm" in client.get(police.authorise(away["Location"])).content.decode()
        assert client.post(reverse("missing:export_903"), {"year": "2025"}).status_code == 302
        assert client.session["_auth_user_id"] == str(user.pk)


class TestSaml:
    back = reverse("saml_acs", args=["school"])
    audience = SITE + reverse("saml_metadata", args=["school"])

    def ask(self, school: SamlProvider, client: Client) -> str:
        away = client.post(reverse("saml_login", args=["school"]))
        assert away["Location"].startswith(school.sso_url)
        return school.question(away["Location"])

    def give(self, client: Client, answer: str) -> HttpResponse:
        response: HttpResponse = client.post(self.back, {"SAMLResponse": answer, "RelayState": ""}, follow=True)
        return response

    def answer(self, school: SamlProvider, **options: Any) -> str:
        return school.answer("s-1", to=SITE + self.back, audience=self.audience, **options)

    @pytest.fixture
    def teacher(self) -> User:
        user = of("School")
        link(user, "school", "s-1")
        return user

    @pytest.fixture
    def client(self) -> Client:
        return Client(HTTP_HOST="testserver")

    def test_a_signed_answer_to_our_question_leads_to_our_second_factor(
        self, school: SamlProvider, client: Client, teacher: User
    ) -> None:
        TOTP.activate(teacher, generate_totp_secret())
        question = self.ask(school, client)
        response: Any = self.give(client, self.answer(school, question=question))
        assert response.redirect_chain[-1][0] == reverse("mfa_authenticate")

    def test_asvs_6_8_2_an_unsigned_assertion_is_refused(
        self, school: SamlProvider, client: Client, teacher: User
    ) -> None:
        question = self.ask(school, client)
        page = self.give(client, self.answer(school, question=question, sign=False))
        assert "did not work" in page.content.decode()
        assert "_auth_user_id" not in client.session

    def test_asvs_6_8_2_so_is_one_signed_by_another(
        self, school: SamlProvider, client: Client, teacher: User, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        question = self.ask(school, client)
        monkeypatch.setattr(providers, "PEM", providers.new_key()[1])
        assert "did not work" in self.give(client, self.answer(school, question=question)).content.decode()
        assert "_auth_user_id" not in client.session

    def test_an_answer_that_nobody_asked_for_is_refused(
        self, school: SamlProvider, client: Client, teacher: User
    ) -> None:
        assert "did not work" in self.give(client, self.answer(school)).content.decode()
        assert "_auth_user_id" not in client.session

    def test_an_answer_counts_once_and_in_its_browser(
        self, school: SamlProvider, client: Client, teacher: User
    ) -> None:
        answer = self.answer(school, question=self.ask(school, client))
        self.give(client, answer)
        assert client.session["_auth_user_id"] == str(teacher.pk)
        thief = Client(HTTP_HOST="testserver")
        self.give(thief, answer)
        assert "_auth_user_id" not in thief.session

    def test_tells_the_agency_who_we_are_and_offers_no_way_to_sign_others_out(self, client: Client) -> None:
        assert b"EntityDescriptor" in client.get(reverse("saml_metadata", args=["school"])).content
        assert client.get(reverse("saml_sls", args=["school"])).status_code == 404


class TestLinkSignOn:
    @pytest.fixture
    def boss(self) -> User:
        return factories.user(team=factories.team(), roles=[Role.ADMINISTRATOR])

    def test_an_administrator_enters_the_number(self, boss: User, police: OpenIdProvider) -> None:
        user = of("Police")
        call_command("link_sign_on", user.email, "police", "p-7", by=boss.email)
        police.claims |= CERTAIN
        assert is_in(come(police, "police")[0])
        assert Event.objects.get(verb="accounts.link_sign_on").actor_id == boss.pk

    def test_one_number_is_one_person(self, boss: User) -> None:
        call_command("link_sign_on", of("Police").email, "police", "p-7", by=boss.email)
        with pytest.raises(CommandError, match="another account"):
            call_command("link_sign_on", factories.user().email, "police", "p-7", by=boss.email)

    def test_is_refused_to_others(self, stranger: User, worker: User, at: Any) -> None:
        with pytest.raises(PermissionDenied):
            services.link_sign_on(by=stranger, at=at, user=worker, provider="police", subject="x")


class TestUnlinkSignOn:
    def test_one_takes_away_ones_own(self, worker: User, stranger: User, browser_of: Any) -> None:
        worker.set_password("otter violin gravel")
        worker.save()
        mine, theirs = link(worker, "police", "1"), link(stranger, "police", "2")
        assert browser_of(worker).post(reverse("unlink_sign_on", args=[theirs.pk])).status_code == 404
        browser_of(worker).post(reverse("unlink_sign_on", args=[mine.pk]))
        assert list(SocialAccount.objects.all()) == [theirs]

    def test_not_without_a_password(self, worker: User, browser_of: Any) -> None:
        mine = link(worker, "police", "1")
        answer = browser_of(worker).post(reverse("unlink_sign_on", args=[mine.pk]), follow=True)
        assert "Choose a password first" in answer.content.decode()
        assert SocialAccount.objects.filter(pk=mine.pk).exists()


GOOD = {
    "id": "a",
    "agency": "A",
    "kind": "openid_connect",
    "server": "https://a.example.org",
    "client_id": "c",
    "secret": "s",
}


class TestConfiguration:
    @pytest.mark.parametrize(
        "wrong",
        [
            "{",
            json.dumps([GOOD, GOOD]),
            json.dumps([{**GOOD, "server": "http://a.example.org"}]),
            json.dumps([{**GOOD, "id": "A/../b"}]),
            json.dumps([{**GOOD, "kind": "openid"}]),
            json.dumps([{"id": "a"}]),
        ],
        ids=str,
    )
    def test_what_is_not_as_described_is_refused_at_the_start(self, wrong: str) -> None:
        with pytest.raises(ImproperlyConfigured):
            sign_on.read(wrong)

    def test_the_sign_in_page_offers_it(self) -> None:
        page = Client().get(reverse("account_login")).content.decode()
        for agency in ("Police", "Health", "School"):
            assert f"Sign in through {agency}" in page
