"""Coming in with a second factor: set up, asked for, used once, changed, lost."""

import re
import time
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sealed, second_factor, services
from accounts.middleware import SETTING_UP
from accounts.models import CodeUse, User
from accounts.roles import Role
from accounts.second_factor import MOST_WRONG, PURPOSE, Kind
from audit.models import Event
from tests import factories
from tests.signing_in import note, sign_in

PASSWORD = "otter violin gravel"
HOME = "/"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def her(worker: User) -> User:
    return with_password(worker)


@pytest.fixture
def secret(her: User) -> str:
    """The seed of her authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(her, secret)
    return secret


@pytest.fixture
def codes(her: User, secret: str) -> list[str]:
    return list(RecoveryCodes.activate(her).get_unused_codes())


def code_now(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def by_password(user: User, **more: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **more})
    return client


def page(client: Client, path: str) -> str:
    return str(client.get(path, follow=True).content.decode())


@pytest.mark.django_db
class TestSettingUp:
    def test_asvs_6_3_3_who_has_none_is_led_to_set_one_up_and_reaches_nothing_else(self, her: User) -> None:
        client = by_password(her)
        for path in (HOME, reverse("deadlines:inbox"), reverse("people:find"), reverse("account_change_password")):
            assert client.get(path)["Location"] == reverse("mfa_index")
            assert client.post(path, {"q": "x"})["Location"] == reverse("mfa_index")
        shown = page(client, HOME)
        assert "you need a second factor" in shown
        assert her.full_name not in shown

    def test_pages_for_everybody_are_shown_as_to_a_visitor(self, her: User) -> None:
        shown = page(by_password(her), reverse("accessibility"))
        assert "Accessibility statement" in shown
        assert her.full_name not in shown

    def test_an_app_is_set_up_and_recovery_codes_are_shown_once(
        self, her: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
    ) -> None:
        client = by_password(her)
        form = page(client, reverse("mfa_activate_totp"))
        key = re.search(r'class="app-key">(\w+)<', form)
        assert key
        assert 'src="data:image/svg+xml;base64,' in form
        with django_capture_on_commit_callbacks(execute=True):
            done = client.post(reverse("mfa_activate_totp"), {"code": code_now(key[1])}, follow=True)
        codes = re.findall(r"<li>(\d{8})</li>", done.content.decode())
        assert len(codes) == 10
        assert codes[0] not in page(client, reverse("mfa_view_recovery_codes"))
        assert her.full_name in page(client, HOME)
        assert Event.objects.filter(verb="accounts.app_added", subject_id=her.pk).exists()
        assert "An authenticator app was set up" in mailoutbox[-1].body
        assert her.full_name not in mailoutbox[-1].body

    def test_the_seed_lies_sealed_in_the_session_and_in_the_database(self, her: User) -> None:
        client = by_password(her)
        key = re.search(r'class="app-key">(\w+)<', page(client, reverse("mfa_activate_totp")))
        assert key
        assert key[1] not in str(dict(client.session))
        client.post(reverse("mfa_activate_totp"), {"code": code_now(key[1])})
        with connection.cursor() as cursor:
            cursor.execute("select data::text from mfa_authenticator where user_id = %s and type = 'totp'", [her.pk])
            stored = cursor.fetchone()[0]
        assert key[1] not in stored
        assert "s1:0:" in stored

    def test_a_session_from_before_may_not_add_another_one(self, her: User, secret: str) -> None:
        """Opened with the password alone, it would let a thief in."""
        before = Client()
        before.force_login(her)
        note(before, her, method="password", at=time.time())
        for name in ("mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes"):
            assert before.get(reverse(name)).status_code in {302, 403}
        assert before.get(reverse("mfa_add_webauthn")).status_code == 403
        assert before.get(HOME)["Location"].startswith(reverse("mfa_reauthenticate"))

    def test_an_administrator_needs_a_passkey(self) -> None:
        boss = with_password(factories.user(team=factories.team(), roles=[Role.ADMINISTRATOR]))
        TOTP.activate(boss, generate_totp_secret())
        client = Client()
        client.force_login(boss)
        note(client, boss, method="mfa", type="totp", at=time.time())
        assert client.get(HOME)["Location"] == reverse("mfa_index")
        assert "Administrators sign in with a passkey" in page(client, HOME)
        note(client, boss, method="mfa", type="webauthn", at=time.time())
        assert boss.full_name in page(client, HOME)

    def test_what_is_reached_without_it_is_only_what_sets_it_up(self) -> None:
        assert {
            *("account_login", "account_logout", "account_reauthenticate", "mfa_reauthenticate"),
            *("mfa_reauthenticate_webauthn", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
            "mfa_view_recovery_codes",
        } == SETTING_UP


@pytest.mark.django_db
class TestSigningIn:
    def test_the_password_alone_opens_nothing(self, her: User, secret: str) -> None:
        client = by_password(her)
        assert "_auth_user_id" not in client.session
        assert client.get(reverse("deadlines:inbox"))["Location"].startswith(reverse("account_login"))

    def test_with_the_code_it_leads_on_to_where_one_was_going(self, her: User, secret: str) -> None:
        client = by_password(her, next=reverse("deadlines:inbox"))
        answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert answer["Location"] == reverse("deadlines:inbox")
        assert client.get(reverse("deadlines:inbox")).status_code == 200

    def test_a_code_may_be_typed_with_a_space(self, her: User, secret: str) -> None:
        client, code = by_password(her), code_now(secret)
        answer = client.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"})
        assert answer.status_code == 302

    def test_asvs_6_5_1_a_totp_code_is_refused_twice_after_the_cache_was_lost(self, her: User, secret: str) -> None:
        code = code_now(secret)
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        cache.clear()
        again = by_password(her).post(reverse("mfa_authenticate"), {"code": code})
        assert "That did not work" in again.content.decode()

    def test_asvs_6_5_1_an_earlier_code_is_refused_after_a_later_one(self, her: User, secret: str) -> None:
        now, before = code_now(secret), code_now(secret, -1)
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": now}).status_code == 302
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": before}).status_code == 200

    def test_asvs_6_5_1_the_code_that_set_the_app_up_is_used(self, her: User) -> None:
        client = by_password(her)
        key = re.search(r'class="app-key">(\w+)<', page(client, reverse("mfa_activate_totp")))
        assert key
        code = code_now(key[1])
        client.post(reverse("mfa_activate_totp"), {"code": code})
        cache.clear()
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": code}).status_code == 200

    def test_asvs_6_5_1_a_recovery_code_works_once_after_the_cache_was_lost(self, her: User, codes: list[str]) -> None:
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
        cache.clear()
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
        assert by_password(her).post(reverse("mfa_authenticate"), {"code": codes[1]}).status_code == 302
        assert Event.objects.filter(verb="accounts.code_spent", subject_id=her.pk).count() == 2

    def test_after_many_wrong_codes_not_even_the_right_one_helps_for_a_while(self, her: User, secret: str) -> None:
        client, wrong = by_password(her), code_now(secret, 5000)
        for _ in range(MOST_WRONG):
            cache.clear()
            client.post(reverse("mfa_authenticate"), {"code": wrong})
        right = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert "Too many wrong codes" in right.content.decode()
        CodeUse.objects.update(wrong_at=timezone.now() - timedelta(hours=2))
        cache.clear()
        assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 302

    def test_asvs_6_4_3_a_new_password_does_not_bypass_it(
        self, her: User, secret: str, mailoutbox: list[EmailMessage]
    ) -> None:
        client = Client()
        client.post(reverse("account_reset_password"), {"email": her.email})
        link = re.search(r"http\S+", mailoutbox[0].body)
        assert link
        form = client.get(link[0], follow=True)
        new = {"password1": PASSWORD + "s", "password2": PASSWORD + "s"}
        client.post(form.redirect_chain[-1][0], new)
        assert client.get(reverse("deadlines:inbox")).status_code == 302
        asked = client.post(reverse("account_login"), {"login": her.email, "password": PASSWORD + "s"})
        assert asked["Location"] == reverse("mfa_authenticate")
        assert "_auth_user_id" not in client.session


class TestUseStep:
    def test_asvs_6_5_1_of_two_at_once_one_wins(self, committed: None) -> None:
        user, won, start = factories.user(), [], Barrier(8)

        def use() -> None:
            start.wait()
            won.append(second_factor.use_step(user, 7))
            connection.close()

        threads = [Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(won) == [False] * 7 + [True]


@pytest.mark.django_db
class TestRemoving:
    def test_the_last_one_cannot_be_removed(self, her: User, secret: str, browser_of: Any) -> None:
        answer = browser_of(her).post(reverse("mfa_deactivate_totp"))
        assert "Add another one first" in answer.content.decode()
        assert Authenticator.objects.filter(user=her, type=Kind.TOTP).exists()

    def test_other_sessions_end_and_what_was_proved_with_it_counts_no_more(self, her: User, secret: str) -> None:
        app = Authenticator.objects.get(user=her)
        Authenticator.objects.create(user=her, type=Kind.WEBAUTHN, data={"name": "Laptop", "credential": {}})
        here, elsewhere = Client(), Client()
        here.force_login(her)
        note(here, her, method="mfa", type="totp", id=app.pk, at=time.time())
        sign_in(elsewhere, her)
        key = here.session.session_key
        assert here.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
        assert here.session.session_key != key
        assert elsewhere.get(reverse("deadlines:inbox")).status_code == 302
        assert here.get(HOME)["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
        assert Event.objects.filter(verb="accounts.app_removed", subject_id=her.pk).exists()

    def test_asvs_7_5_1_changing_it_asks_again_first(self, her: User, secret: str) -> None:
        client = Client()
        sign_in(client, her, seconds_ago=3600)
        for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
            assert client.post(reverse(name))["Location"].startswith(reverse("mfa_reauthenticate"))

    def test_nobody_removes_anothers_passkey(self, her: User, secret: str, stranger: User, browser_of: Any) -> None:
        theirs = Authenticator.objects.create(user=her, type=Kind.WEBAUTHN, data={"name": "Laptop", "credential": {}})
        assert browser_of(stranger).post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
        assert Authenticator.objects.filter(pk=theirs.pk).exists()


@pytest.mark.django_db
class TestResetSecondFactor:
    @pytest.fixture
    def boss(self) -> User:
        return factories.user(team=factories.team(), roles=[Role.ADMINISTRATOR])

    def test_removes_all_ends_sessions_and_tells_the_person(
        self,
        boss: User,
        her: User,
        codes: list[str],
        browser_of: Any,
        mailoutbox: list[EmailMessage],
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        browser = browser_of(her)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("reset_second_factor", her.email, by=boss.email)
        assert not Authenticator.objects.filter(user=her).exists()
        assert browser.get(reverse("deadlines:inbox")).status_code == 302
        assert Event.objects.get(verb="accounts.reset_second_factor").actor_id == boss.pk
        assert [mail.to for mail in mailoutbox] == [[her.email]]

    def test_takes_an_administrator_and_another_person(self, boss: User, her: User) -> None:
        for by in (her, boss):
            with pytest.raises(CommandError):
                call_command("reset_second_factor", boss.email if by == boss else her.email, by=by.email)

    def test_is_refused_to_others(self, her: User, stranger: User, at: Any) -> None:
        with pytest.raises(PermissionDenied):
            services.reset_second_factor(by=stranger, at=at, user=her)


OLD, NEW = ("1:" + "A" * 43 + "=", "2:" + "B" * 42 + "A=")


class TestSealed:
    def test_asvs_11_3_2_what_was_changed_or_meant_for_something_else_does_not_open(self, settings: Any) -> None:
        settings.FIELD_KEYS = OLD
        box = sealed.seal("seed", purpose=PURPOSE)
        assert sealed.unseal(box, purpose=PURPOSE) == "seed"
        assert sealed.seal("seed", purpose=PURPOSE) != box
        for other, purpose in ((box, "other"), (box[:-6] + "AAAA" + box[-2:], PURPOSE), ("seed", PURPOSE)):
            with pytest.raises(sealed.NotSealed):
                sealed.unseal(other, purpose=purpose)

    @pytest.mark.django_db
    def test_asvs_11_1_1_after_resealing_the_old_key_may_go(self, settings: Any) -> None:
        settings.FIELD_KEYS = OLD
        user, secret = factories.user(), generate_totp_secret()
        TOTP.activate(user, secret)
        codes = RecoveryCodes.activate(user).get_unused_codes()
        settings.FIELD_KEYS = f"{NEW},{OLD}"
        call_command("reseal")
        settings.FIELD_KEYS = NEW
        assert TOTP(Authenticator.objects.get(user=user, type=Kind.TOTP)).validate_code(code_now(secret))
        kept = Authenticator.objects.get(user=user, type=Kind.RECOVERY_CODES)
        assert RecoveryCodes(kept).get_unused_codes() == codes
        settings.FIELD_KEYS = OLD
        with pytest.raises(sealed.NotSealed):
            RecoveryCodes(kept).get_unused_codes()
