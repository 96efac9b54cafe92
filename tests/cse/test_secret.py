"""A deployment has secrets of its own or does not start (ASVS 13.3.1), and shows nothing of its inside (13.4)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from cse import secret
from tests.architecture.source import ROOT, run
from tests.architecture.test_tools import PRODUCTION

STRONG = "0123456789abcdef" * 4
ASKED = ("DEBUG", "HTTPS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
ASKED += (
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY",
    "SESSION_COOKIE_PATH",
    "SESSION_COOKIE_DOMAIN",
    "SECRET_KEY",
)
ASKED += ("DEMONSTRATION", "SECURE_HSTS_SECONDS", "CONTENT_SECURITY_POLICY")
SAY = f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    given = {**PRODUCTION, **changes, "DJANGO_SETTINGS_MODULE": "cse.settings"}
    return run([sys.executable, "-c", SAY], **given)


class TestStarting:
    @pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL"])
    def test_asvs_13_3_1_is_refused_without_a_secret(self, name: str, tmp_path: Path) -> None:
        done = start(**{name: ""}, **({} if name.endswith(("KEY", "KEYS")) else {"CSE_STATE": str(tmp_path / "none")}))
        assert done.returncode != 0
        assert "ImproperlyConfigured" in done.stderr
        assert name in done.stderr

    @pytest.mark.parametrize(
        "weak", ["-", "x" * 60, "abc" * 30, "django-insecure-" + STRONG, "change-me-" + STRONG, STRONG[:20]]
    )
    def test_asvs_13_3_1_is_refused_with_a_key_that_could_be_guessed(self, weak: str) -> None:
        done = start(SECRET_KEY=weak)
        assert "SECRET_KEY could be guessed" in done.stderr
        assert len(weak) < 3 or weak not in done.stderr

    @pytest.mark.parametrize("weak", ["cse", "postgres", "password1234567"])
    def test_asvs_13_3_1_is_refused_with_a_password_that_could_be_guessed(self, weak: str) -> None:
        done = start(DATABASE_URL=f"postgresql://cse:{weak}@database.example.org/cse")
        assert "The password in DATABASE_URL could be guessed" in done.stderr
        assert f":{weak}@" not in done.stderr.splitlines()[-1]

    def test_reads_secrets_from_files(self, tmp_path: Path) -> None:
        (tmp_path / "key").write_text(f"{STRONG}\n")
        done = start(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))
        assert json.loads(done.stdout)["SECRET_KEY"] == STRONG

    def test_a_strong_key_and_no_password_are_taken(self) -> None:
        secret.require_strong_key("SECRET_KEY", STRONG)
        secret.require_strong_password("DATABASE_URL", "postgresql://cse@database.example.org/cse")
        weak = "postgresql://cse:cse@localhost/cse"  # pragma: allowlist secret
        with pytest.raises(ImproperlyConfigured):
            secret.require_strong_password("DATABASE_URL", weak)


class TestProduction:
    def test_asvs_3_3_1_cookies_belong_to_this_host_alone(self) -> None:
        said = json.loads(start().stdout)
        for cookie in ("SESSION", "CSRF"):
            assert said[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
            assert said[f"{cookie}_COOKIE_SECURE"]
            assert said[f"{cookie}_COOKIE_HTTPONLY"]
        assert (said["SESSION_COOKIE_PATH"], said["SESSION_COOKIE_DOMAIN"]) == ("/", None)

    def test_asvs_13_4_2_shows_no_inside(self) -> None:
        said = json.loads(start().stdout)
        assert not said["DEBUG"]
        assert not said["DEMONSTRATION"]
        assert said["SECURE_HSTS_SECONDS"] >= 31_536_000
        assert said["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"]

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "path",
        [
            *("/admin/", "/metrics", "/metrics/", "/schema/", "/api/schema/", "/openapi.json", "/swagger/", "/docs/"),
            *("/__debug__/", "/.git/config", "/.env", "/server-status", "/static/../cse/settings.py", "/silk/"),
        ],
    )
    def test_asvs_13_4_5_what_describes_the_inside_is_not_served(self, path: str) -> None:
        answer = Client().get(path, secure=True, follow=True)
        assert answer.status_code == 404
        assert b"urlpatterns" not in answer.content


def test_the_project_root_is_not_served() -> None:
    from django.conf import settings

    assert settings.STATICFILES_DIRS == [ROOT / "static" / "build"]

    @pytest.mark.parametrize("wrong", ["1:AAAA", "1:" + "A" * 44, "A" * 43 + "=", f"1:{'A' * 43}=,1:{'B' * 42}A="])
    def test_keys_that_seal_nothing_are_refused(self, wrong: str) -> None:
        assert "FIELD_KEYS is no list of keys" in start(FIELD_KEYS=wrong).stderr
