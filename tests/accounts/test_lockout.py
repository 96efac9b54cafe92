"""Wrong passwords: shut out in one place, and nobody learns who has an account."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "otter violin gravel", "not the password"
ATTACKER, HOME, OFFICE = "192.0.2.66", "192.0.2.7", "192.0.2.8"


@pytest.fixture(autouse=True)
def counting_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def victim(worker: User) -> User:
    worker.set_password(RIGHT)
    worker.save()
    return worker


def attempt(email: str, password: str, place: str, client: Client | None = None) -> HttpResponse:
    answer: HttpResponse = (client or Client()).post(
        reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=place
    )
    return answer


def attack(email: str, place: str = ATTACKER) -> list[HttpResponse]:
    return [attempt(email, WRONG, place) for _ in range(11)]


class TestLockout:
    def test_asvs_6_1_1_shuts_the_attacker_out_and_lets_the_victim_in_elsewhere(self, victim: User) -> None:
        assert [answer.status_code for answer in attack(victim.email)] == [200] * 9 + [429] * 2
        assert attempt(victim.email, RIGHT, ATTACKER).status_code == 429
        assert attempt(victim.email, RIGHT, HOME).status_code == 302

    def test_asvs_6_1_1_lasts_although_the_cache_was_lost(self, victim: User) -> None:
        attack(victim.email)
        cache.clear()
        assert attempt(victim.email, RIGHT, ATTACKER).status_code == 429

    def test_other_letters_of_the_address_are_the_same_account(self, victim: User) -> None:
        attack(victim.email)
        assert attempt(victim.email.upper(), RIGHT, ATTACKER).status_code == 429

    def test_a_colleague_in_the_same_place_is_not_shut_out(self, victim: User, stranger: User) -> None:
        stranger.set_password(RIGHT)
        stranger.save()
        attack(victim.email)
        assert attempt(stranger.email, RIGHT, ATTACKER).status_code == 302

    def test_is_recorded_and_the_victim_is_told_when_they_come_in(
        self, victim: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
    ) -> None:
        attack(victim.email)
        assert Event.objects.filter(verb="accounts.locked_out.refused", subject_id=victim.pk).exists()
        with django_capture_on_commit_callbacks(execute=True):
            attempt(victim.email, RIGHT, HOME)
        assert "Too many wrong passwords" in mailoutbox[0].body
        assert Event.objects.filter(verb="accounts.locked_out", subject_id=victim.pk).count() == 1


class TestTooMany:
    """What allauth counts by place alone, whoever tries (sqlmap found that it could not say so)."""

    @pytest.fixture(autouse=True)
    def one_a_minute(self, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(("login", "login_failed", "reset_password"), "1/m/ip")

    @pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
    def test_says_so_and_how_long_to_wait(self, victim: User, name: str) -> None:
        typed = {"login": victim.email, "password": WRONG, "email": victim.email}
        first, second = (Client().post(f"{reverse(name)}?next=/mash/", typed) for _ in range(2))
        assert first.status_code in {200, 302}
        assert (second.status_code, second["Retry-After"]) == (429, "60")
        assert f'href="{reverse(name)}?next=/mash/"' in second.content.decode()


class TestSameAnswer:
    @pytest.fixture
    def hashes(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Every time a password is hashed."""
        done: list[str] = []
        for name in ("encode", "verify"):
            original = getattr(Argon2PasswordHasher, name)

            def counted(*args: Any, name: str = name, original: Any = original, **options: Any) -> Any:
                done.append(name)
                return original(*args, **options)

            monkeypatch.setattr(Argon2PasswordHasher, name, counted)
        return done

    def test_asvs_6_3_8_known_or_unknown_it_is_the_same_answer_at_the_same_cost(
        self, victim: User, stranger: User, hashes: list[str]
    ) -> None:
        """`stranger` has an account but has chosen no password yet."""
        left = User.objects.create(
            email="left@example.org", full_name="Left", is_active=False, password=victim.password
        )
        said, cost = [], []
        for email in (victim.email, stranger.email, left.email, "nobody@example.org"):
            hashes.clear()
            answer = attempt(email, WRONG, OFFICE)
            said.append((answer.status_code, answer.content.decode().replace(email, "").split("<main")[1]))
            cost.append(len(hashes))
        assert cost == [1, 1, 1, 1]
        assert len({text.split('name="csrfmiddlewaretoken"')[0] for _, text in said}) == 1
        assert "not correct" in said[0][1]

    def test_asvs_6_3_8_being_shut_out_is_the_same_too(self, victim: User) -> None:
        known, unknown = attack(victim.email)[-1], attack("nobody@example.org", OFFICE)[-1]
        assert known.status_code == unknown.status_code == 429
        assert known.content == unknown.content

    def test_asvs_6_3_8_so_is_asking_for_a_new_password(self, victim: User, mailoutbox: list[EmailMessage]) -> None:
        pages = [
            Client().post(reverse("account_reset_password"), {"email": email}, follow=True, REMOTE_ADDR=OFFICE)
            for email in (victim.email, "nobody@example.org")
        ]
        assert pages[0].content == pages[1].content
        assert len(mailoutbox) == 2
