"""The session of whoever is signed in: when it ends, where it is used, who may end it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.devices import device_in_words
from accounts.models import Session, User
from accounts.roles import Role
from accounts.sessions import SessionStore
from audit.models import Event
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PAGE = "deadlines:inbox"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.fixture
def hers(worker: User) -> Client:
    client = Client()
    sign_in(client, worker)
    return client


def is_in(client: Client, **headers: str) -> bool:
    return client.get(reverse(PAGE), headers=headers).status_code == 200


def ago(**time: float) -> Any:
    return timezone.now() - timedelta(**time)


class TestSessionStore:
    def test_a_key_that_no_session_can_have_is_a_visitor(self, client: Client) -> None:
        """The quotes let a cookie hold a NUL, which PostgreSQL does not take."""
        client.cookies[settings.SESSION_COOKIE_NAME] = r"\000aaaaaaaaaaa"
        client.cookies[settings.SESSION_COOKIE_NAME].set(settings.SESSION_COOKIE_NAME, "", r'"\000aaaaaaaaaaa"')
        assert client.get("/").status_code == 200

    def test_asvs_7_4_1_the_old_cookie_is_dead_once_signed_out(self, hers: Client) -> None:
        key = hers.session.session_key
        hers.post(reverse("account_logout"))
        assert not SessionStore(key).load()
        hers.cookies[settings.SESSION_COOKIE_NAME] = str(key)
        assert not is_in(hers)

    def test_asvs_7_2_4_signing_in_makes_the_key_anew(self, worker: User) -> None:
        worker.set_password("otter violin gravel")
        worker.save()
        client = Client()
        session = client.session
        session["before"] = True
        session.save()
        before = session.session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = str(before)
        client.post(reverse("account_login"), {"login": worker.email, "password": "otter violin gravel"})
        assert client.session["_auth_user_id"] == str(worker.pk)
        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()

    def test_asvs_7_3_1_ends_a_quarter_of_an_hour_after_the_last_use(self, hers: Client) -> None:
        Session.objects.update(seen_at=ago(minutes=14, seconds=50))
        assert is_in(hers)
        Session.objects.update(seen_at=ago(minutes=15, seconds=1))
        assert not is_in(hers)

    def test_asvs_7_3_2_ends_eight_hours_after_the_sign_in_however_much_is_done(
        self, hers: Client, worker: User
    ) -> None:
        session = hers.session
        session["began"] = ago(hours=7, minutes=59).timestamp()
        session.save()
        assert is_in(hers)
        assert Session.objects.get(user=worker).expire_date < timezone.now() + timedelta(minutes=2)
        session["began"] = ago(hours=8, seconds=1).timestamp()
        session.save()
        assert not is_in(hers)

    def test_use_prolongs_it_and_is_written_at_most_once_a_minute(
        self, hers: Client, django_assert_num_queries: Any
    ) -> None:
        Session.objects.update(seen_at=ago(seconds=50))
        is_in(hers)
        assert Session.objects.get().seen_at < ago(seconds=49)
        Session.objects.update(seen_at=ago(minutes=10))
        is_in(hers)
        assert Session.objects.get().seen_at > ago(seconds=20)

    def test_what_a_page_does_by_itself_does_not(self, hers: Client) -> None:
        Session.objects.update(seen_at=ago(minutes=10))
        assert is_in(hers, x_requested_with="fetch")
        assert hers.get(reverse(PAGE), {"keep": "3"}).status_code == 200
        assert Session.objects.get().seen_at < ago(minutes=9)

    def test_what_is_over_is_cleared_away_when_somebody_signs_in(self, worker: User, stranger: User) -> None:
        sign_in(Client(), stranger)
        Session.objects.update(expire_date=ago(minutes=1))
        worker.set_password("otter violin gravel")
        worker.save()
        Client().post(reverse("account_login"), {"login": worker.email, "password": "otter violin gravel"})
        assert {each.user for each in Session.objects.all()} == {worker}

    def test_a_visitors_session_belongs_to_nobody(self, client: Client) -> None:
        client.session.save()
        assert Session.objects.get().user is None


class TestStay:
    def test_says_how_long_there_is_without_prolonging_it(self, hers: Client) -> None:
        Session.objects.update(seen_at=ago(minutes=10))
        left = hers.get(reverse("account_stay"), headers={"x-requested-with": "fetch"}).json()["left"]
        assert 290 <= left <= 300

    def test_a_post_prolongs_it(self, hers: Client) -> None:
        Session.objects.update(seen_at=ago(minutes=10))
        assert hers.post(reverse("account_stay")).json()["left"] > 890


class TestMySessions:
    def test_asvs_7_5_2_shows_each_with_device_address_and_last_use(self, worker: User) -> None:
        worker.set_password("otter violin gravel")
        worker.save()
        client = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="192.0.2.7")
        client.post(reverse("account_login"), {"login": worker.email, "password": "otter violin gravel"})
        other = Client()
        sign_in(other, worker)
        page = other.get(reverse("my_sessions")).content.decode()
        assert "Firefox on Windows" in page
        assert "192.0.2.7" in page
        assert page.count("This one") == 1

    def test_shows_nobody_elses(self, hers: Client, stranger: User) -> None:
        sign_in(Client(), stranger)
        assert hers.get(reverse("my_sessions")).content.decode().count("<tr") == 2


class TestEndSession:
    def test_the_other_device_is_out_at_once_and_the_person_is_told(
        self,
        hers: Client,
        worker: User,
        mailoutbox: list[EmailMessage],
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        other = Client()
        sign_in(other, worker)
        number = Session.objects.get(session_key=other.session.session_key).number
        with django_capture_on_commit_callbacks(execute=True):
            hers.post(reverse("end_session", args=[number]))
        assert not is_in(other)
        assert is_in(hers)
        assert Event.objects.filter(verb="accounts.end_session", actor_id=worker.pk).exists()
        assert "signed out on another device" in mailoutbox[0].body

    def test_nobody_ends_anothers(self, hers: Client, stranger: User) -> None:
        theirs = Client()
        sign_in(theirs, stranger)
        number = Session.objects.get(user=stranger).number
        hers.post(reverse("end_session", args=[number]))
        assert is_in(theirs)


class TestEndOtherSessions:
    def test_leaves_the_one_at_hand(self, hers: Client, worker: User) -> None:
        others = [Client(), Client()]
        for each in others:
            sign_in(each, worker)
        hers.post(reverse("end_other_sessions"))
        assert is_in(hers)
        assert not any(is_in(each) for each in others)


class TestEndAccount:
    def test_asvs_7_4_2_a_leavers_next_request_is_refused_and_no_session_is_left(
        self, hers: Client, worker: User, at: Any
    ) -> None:
        boss = factories.user(roles=[Role.ADMINISTRATOR])
        assert is_in(hers)
        services.end_account(by=boss, at=at, user=worker)
        assert not is_in(hers)
        assert not Session.objects.filter(user=worker).exists()

    def test_asvs_7_4_2_so_is_that_of_an_account_switched_off_by_hand(self, hers: Client, worker: User) -> None:
        User.objects.filter(pk=worker.pk).update(is_active=False)
        assert not is_in(hers)


class TestDeviceInWords:
    @pytest.mark.parametrize(
        ("agent", "words"), [(FIREFOX, "Firefox on Windows"), (EDGE, "Edge on Windows"), ("", "A browser")]
    )
    def test_names_browser_and_system(self, agent: str, words: str) -> None:
        assert device_in_words(agent) == words
