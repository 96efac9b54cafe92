"""Pages for when something went wrong, and the brand stylesheet."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template import loader
from django.test import RequestFactory
from django.test.utils import override_settings

from frontend import brand, checks, views


@pytest.fixture
def request_(rf: RequestFactory) -> Any:
    return rf.get("/somewhere")


def body(response: HttpResponse) -> str:
    return response.content.decode()


class TestServerError:
    def test_needs_no_database_and_no_context(self, request_: Any) -> None:
        """No database is allowed in this test, and the request has neither user nor session."""
        response = views.server_error(request_)
        assert response.status_code == 500
        assert "Sorry, there is a problem" in body(response)
        assert "OFFICIAL-SENSITIVE" in body(response)

    def test_says_so_even_when_its_page_cannot_be_drawn(
        self, request_: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(loader, "render_to_string", lambda *_: 1 / 0)
        response = views.server_error(request_)
        assert (response.status_code, body(response)) == (500, views.LAST_RESORT)
        assert "500.html could not be rendered" in caplog.text


class TestTheOthers:
    def test_a_refusal_is_shown_in_its_own_words(self, request_: Any) -> None:
        response = views.permission_denied(request_, PermissionDenied("Only <b>MASH</b> may decide."))
        assert response.status_code == 403
        assert "Only &lt;b&gt;MASH&lt;/b&gt; may decide." in body(response)

    def test_a_refusal_without_words_gets_ours(self, request_: Any) -> None:
        assert "Your role does not allow it" in body(views.permission_denied(request_))

    def test_not_found_does_not_say_whether_there_is_such_a_record(self, request_: Any) -> None:
        response = views.page_not_found(request_)
        assert response.status_code == 404
        assert "you may not be one of the people who can see it" in body(response)

    def test_a_request_that_makes_no_sense_changes_nothing(self, request_: Any) -> None:
        response = views.bad_request(request_)
        assert response.status_code == 400
        assert "Nothing has been changed" in body(response)


class TestBrand:
    @override_settings(BRAND_COLOUR="#003078")
    def test_the_stylesheet_carries_the_colour_and_may_be_kept(self, request_: Any) -> None:
        response = views.brand_stylesheet(request_)
        assert body(response) == ":root{--govuk-brand-colour:#003078}\n"
        assert response["Content-Type"] == "text/css"
        assert "immutable" in response["Cache-Control"]

    def test_another_colour_has_another_address(self) -> None:
        with override_settings(BRAND_COLOUR="#003078"):
            blue = brand.stylesheet_url()
        with override_settings(BRAND_COLOUR="#5a2a6b"):
            assert brand.stylesheet_url() != blue

    @pytest.mark.parametrize(
        ("colour", "problem"),
        [
            ("#5a2a6b", None),
            ("#767676", None),
            ("#777777", "frontend.E002"),
            ("#f47738", "frontend.E002"),
            ("purple", "frontend.E001"),
            ("#fff}body{display:none", "frontend.E001"),
        ],
    )
    def test_the_site_does_not_start_with_an_unreadable_colour(self, colour: str, problem: str | None) -> None:
        with override_settings(BRAND_COLOUR=colour):
            found = [error.id for error in checks.brand_colour_is_readable(None)]
        assert found == ([problem] if problem else [])
