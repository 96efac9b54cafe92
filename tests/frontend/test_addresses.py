"""Addresses by name are Django's own."""

from typing import Any

import pytest
from django.test.utils import override_settings
from django.urls import NoReverseMatch, path, reverse, set_script_prefix

from frontend.addresses import url

PATTERNS = [("home", []), ("referrals:queue", []), ("people:child", [17]), ("people:child", [10**20])]
urlpatterns = [path("elsewhere/", lambda request: None, name="home")]  # type: ignore[arg-type,return-value]


class TestUrl:
    @pytest.mark.parametrize(("name", "args"), PATTERNS)
    def test_is_what_django_finds(self, name: str, args: list[Any]) -> None:
        assert url(name, *args) == url(name, *args) == reverse(name, args=args)

    def test_words_and_names_are_left_to_django(self) -> None:
        named = reverse("riskassessment:save_section", args=[17, "danger"])
        assert url("riskassessment:save_section", 17, "danger") == named
        assert url("people:child", pk=17) == reverse("people:child", args=[17])

    def test_what_does_not_exist_is_an_error(self) -> None:
        for name, args in (("people:nothing", []), ("people:child", []), ("people:child", [-1])):
            with pytest.raises(NoReverseMatch):
                url(name, *args)

    def test_other_patterns_and_another_prefix_have_other_addresses(self) -> None:
        here = url("home")
        with override_settings(ROOT_URLCONF=__name__):
            assert url("home") == "/elsewhere/"
        set_script_prefix("/site/")
        try:
            assert url("home") == f"/site{here}"
        finally:
            set_script_prefix("/")
        assert url("home") == here
