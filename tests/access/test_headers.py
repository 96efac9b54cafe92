"""What every answer carries, whoever asks and whatever comes of it (ASVS 3.4.1–3.4.8, 14.3)."""

from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client

from accounts.models import User
from cse import views
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/accessibility/", "/privacy/", "/account/sign-in/", "/account/password/reset/", "/tell-us/", "/health/"]


def ask(path: str, user: User | None = None, method: str = "GET") -> HttpResponse:
    client = Client(raise_request_exception=False)
    if user:
        sign_in(client, user)
    answer: HttpResponse = client.generic(method, path, secure=settings.HTTPS)
    return answer


def drained(answer: HttpResponse) -> HttpResponse:
    """A static file is open until it has been read."""
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        answer.close()
    return answer


def complaints(answer: HttpResponse, *, stored: bool = False) -> list[str]:
    """What is missing from the headers of an answer; a static file alone may be `stored`."""
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    found = [
        f"{name}: {answer.headers.get(name)}" for name, value in wanted.items() if answer.headers.get(name) != value
    ]
    policy = answer.headers.get("Content-Security-Policy", "")
    strict = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    strict += ["require-trusted-types-for 'script'", "trusted-types fragments"]
    found += [f"no {part} in the policy" for part in strict if part not in policy]
    if "unsafe" in policy or "http:" in policy or "*" in policy:
        found.append(f"a loose policy: {policy}")
    if not stored and "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append("may be stored")
    if "Access-Control-Allow-Origin" in answer.headers:
        found.append("other sites may read it")
    return found + ([] if "camera=()" in answer.headers.get("Permissions-Policy", "") else ["no Permissions-Policy"])


class TestHeaders:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_asvs_14_3_2_on_public_pages(self, path: str) -> None:
        assert not complaints(ask(path))

    @pytest.mark.parametrize("path", ["/notices/", "/children/", "/screenings/", "/mash/", "/children/999999999/"])
    def test_on_the_way_to_sign_in(self, path: str) -> None:
        answer = ask(path)
        assert answer.status_code == 302
        assert not complaints(answer)

    @pytest.mark.parametrize(
        ("path", "method", "status"),
        [
            ("/notices/", "GET", 200),
            ("/no-such-page/", "GET", 404),
            ("/children/999999999/", "GET", 404),
            ("/mash/", "GET", 403),
            ("/notices/", "POST", 405),
            ("/notices/", "PUT", 405),
            ("/notices", "GET", 301),
        ],
    )
    def test_asvs_3_4_1_to_8_whatever_comes_of_it(self, worker: User, path: str, method: str, status: int) -> None:
        answer = ask(path, worker, method)
        assert answer.status_code == status
        assert not complaints(answer)

    def test_when_the_host_is_not_ours(self) -> None:
        answer = Client().get("/", headers={"host": "evil.example.net"}, secure=settings.HTTPS)
        assert answer.status_code == 400
        assert not complaints(answer)

    def test_when_too_much_is_sent(self) -> None:
        answer = Client().post("/tell-us/", {"concern": "x" * 3_000_000}, "text/plain", secure=settings.HTTPS)
        assert answer.status_code == 413
        assert not complaints(answer)

    def test_when_the_length_is_no_number(self) -> None:
        answer = Client().post("/tell-us/", {}, secure=settings.HTTPS, CONTENT_LENGTH="-1")
        assert answer.status_code == 400
        assert not complaints(answer)

    def test_when_pages_are_opened_too_fast(self, worker: User, settings: Any) -> None:
        settings.PAGES_PER_MINUTE = 0
        answer = ask("/notices/", worker)
        assert answer.status_code == 429
        assert not complaints(answer)

    def test_on_static_files(self) -> None:
        answer = drained(ask(static("app.js")))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert not complaints(answer, stored=True)

    def test_under_https_browsers_are_told_to_stay_there(self, settings: Any) -> None:
        settings.SECURE_HSTS_SECONDS = 31_536_000
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = settings.SECURE_SSL_REDIRECT = True
        asked = Client().get("/")
        assert (asked.status_code, asked.headers["Location"]) == (301, "https://testserver/")
        assert not complaints(asked)
        for path in ("/", "/no-such-page/", static("app.js")):
            told = drained(Client().get(path, secure=True)).headers["Strict-Transport-Security"]
            assert told == "max-age=31536000; includeSubDomains; preload"

    def test_when_something_breaks(self, worker: User, monkeypatch: pytest.MonkeyPatch) -> None:
        def break_down(*_: Any, **__: Any) -> None:
            raise RuntimeError("broken on purpose")

        monkeypatch.setattr(views.waiting, "for_user", break_down)
        answer = ask("/", worker)
        assert answer.status_code == 500
        assert not complaints(answer)
        assert b"broken on purpose" not in answer.content

    def test_asvs_3_5_1_when_the_form_has_no_token(self, worker: User) -> None:
        client = Client(enforce_csrf_checks=True)
        sign_in(client, worker)
        answer = client.post("/account/sign-out/", secure=settings.HTTPS)
        assert answer.status_code == 403
        assert not complaints(answer)


class TestLooks:
    def test_asvs_3_5_3_asking_for_a_page_changes_nothing(self, worker: User, manager: User) -> None:
        """Of the pages that have a form: a look at one leaves every record as it was."""
        child = factories.child(known_to=worker.team)
        factories.involvement(child=child, team=worker.team)
        before = list(type(child).objects.values()), list(child.involvements.values())
        for step in ("correct/", "case/open/", "case/key-worker/", "case/close/", "match/", "unmatch/"):
            ask(f"/children/{child.pk}/{step}?confirm=yes", manager)
        assert (list(type(child).objects.values()), list(child.involvements.values())) == before


class TestCookies:
    def test_asvs_14_3_1_whose_session_ends_leaves_nothing_in_the_browser(self, worker: User) -> None:
        client = Client()
        client.force_login(worker)
        assert "Clear-Site-Data" not in client.get("/notices/", secure=settings.HTTPS).headers
        answer = client.post("/account/sign-out/", secure=settings.HTTPS)
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert not complaints(answer)

    @pytest.mark.parametrize("path", PUBLIC)
    def test_a_public_page_leaves_none_but_the_token_of_its_form(self, path: str) -> None:
        assert set(ask(path).cookies) <= {settings.CSRF_COOKIE_NAME}

    @pytest.mark.parametrize("path", ["/tell-us/", "/privacy/", "/accessibility/", "/health/"])
    def test_who_may_be_watched_finds_none_at_all(self, path: str) -> None:
        assert not ask(path).cookies

    def test_asvs_3_3_1_to_4_the_session_is_for_this_site_and_no_script(self, worker: User) -> None:
        worker.set_password("a long password for tests")
        worker.save(update_fields=["password"])
        typed = {"login": worker.email, "password": "a long password for tests"}
        answer = Client().post("/account/sign-in/", typed, secure=settings.HTTPS)
        morsel = answer.cookies[settings.SESSION_COOKIE_NAME]
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert bool(morsel["secure"]) == settings.HTTPS

    def test_a_leaver_is_out_with_the_next_request(self, worker: User) -> None:
        client = Client()
        sign_in(client, worker)
        assert client.get("/notices/", secure=settings.HTTPS).status_code == 200
        factories.User.objects.filter(pk=worker.pk).update(is_active=False)
        assert client.get("/notices/", secure=settings.HTTPS).status_code == 302
