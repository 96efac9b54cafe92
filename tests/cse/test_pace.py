"""Nobody reads two hundred records a minute (ASVS 2.4.1), and nothing that was typed is lost over it."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from redis import Redis
from redis.exceptions import ConnectionError as CacheIsDown

from accounts.models import User
from frontend import throttle
from frontend.throttle import Limit
from people.models import Child
from tests import factories

pytestmark = pytest.mark.django_db
PACE = int(configured.PAGES_PER_MINUTE)


@pytest.fixture(autouse=True)
def as_configured(in_no_hurry: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real limit, counted for this test alone: the numbers of people begin again in every test database."""
    settings.PAGES_PER_MINUTE = PACE
    ours = str(uuid4())
    key_of = throttle.key_of
    monkeypatch.setattr(throttle, "key_of", lambda limit, who: key_of(limit, f"{ours}{who}"))


@pytest.fixture
def child(worker: User) -> Child:
    return factories.child(known_to=worker.team)


@pytest.fixture
def hers(browser_of: Any, worker: User) -> Client:
    client: Client = browser_of(worker)
    return client


def statuses(client: Client, path: str, times: int) -> list[int]:
    return [client.get(path, secure=configured.HTTPS).status_code for _ in range(times)]


def cache_is_down() -> None:
    raise CacheIsDown("no Valkey")


class TestAtAHumanPace:
    def test_asvs_2_4_1_two_hundred_fast_looks_at_records_are_stopped(self, hers: Client, child: Child) -> None:
        answers = statuses(hers, reverse("people:child", args=[child.pk]), 200)
        assert answers == [200] * PACE + [429] * (200 - PACE)

    def test_another_session_of_the_same_person_is_stopped_too(
        self, hers: Client, browser_of: Any, worker: User
    ) -> None:
        statuses(hers, "/notices/", PACE)
        assert statuses(browser_of(worker), "/notices/", 1) == [429]

    def test_a_colleague_is_not(self, hers: Client, browser_of: Any, team: Any) -> None:
        statuses(hers, "/notices/", PACE + 1)
        assert statuses(browser_of(factories.user(team=team)), "/notices/", 1) == [200]

    def test_the_page_says_what_to_do_and_reads_nothing_of_the_database_but_the_session(
        self, hers: Client, settings: Any, django_assert_num_queries: Any
    ) -> None:
        settings.PAGES_PER_MINUTE = 0
        with django_assert_num_queries(1):
            answer = hers.get("/notices/", secure=configured.HTTPS)
        assert answer.headers["Retry-After"] == "60"
        page = answer.content.decode()
        for words in ("Wait a minute", 'href="/notices/"', "call 999"):
            assert words in page

    def test_what_was_typed_is_there_again_afterwards(self, hers: Client, settings: Any) -> None:
        page = reverse("people:register")
        hers.get(page, secure=configured.HTTPS)  # so that the browser is marked with who types
        settings.PAGES_PER_MINUTE = 0
        stopped = hers.post(page, {"given_name": "Typed", "family_name": "At length"}, secure=configured.HTTPS)
        assert stopped.status_code == 429
        settings.PAGES_PER_MINUTE = PACE
        again = hers.get(page, secure=configured.HTTPS).content.decode()
        assert 'value="At length"' in again

    def test_visitors_are_not_counted(self) -> None:
        assert set(statuses(Client(), "/account/sign-in/", PACE + 1)) == {200}

    def test_the_limit_holds_where_the_cache_is_away(self, hers: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("frontend.throttle._server", cache_is_down)
        assert statuses(hers, "/notices/", PACE + 1) == [200] * PACE + [429]


class TestLimit:
    def test_a_count_that_runs_out_meanwhile_begins_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Forgetful:
            def add(self, *args: Any, **options: Any) -> bool:
                return True

            def incr(self, key: str) -> int:
                raise ValueError(key)

        monkeypatch.setattr("frontend.throttle._server", cache_is_down)
        monkeypatch.setattr("frontend.throttle.caches", {"process": Forgetful()})
        assert not throttle.too_many(Limit("gone", 1, 60), str(uuid4()))

    def test_is_counted_in_one_exchange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        exchanges: list[str] = []
        ask = Redis.execute_command

        def counted(server: Redis, *command: Any, **options: Any) -> Any:
            exchanges.append(command[0])
            return ask(server, *command, **options)

        monkeypatch.setattr(Redis, "execute_command", counted)
        who = str(uuid4())
        assert [throttle.too_many(Limit("once", 2, 60), who) for _ in range(3)] == [False, False, True]
        assert exchanges == ["EVAL"] * 3

    def test_holds_nobody_in_clear(self) -> None:
        assert "192.0.2.7" not in throttle.key_of(Limit("tell-us", 5, 60), "192.0.2.7")
