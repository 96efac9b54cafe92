"""The benchmark measures what it says, and its pages are the pages of the site."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from itertools import repeat
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.signals import request_started
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cse.bench import bare, client, drafts, machine, report, runs, server
from cse.bench.client import Load
from cse.bench.machine import Usage
from cse.bench.pages import PAGES, Ask, Cast, Page, Person, cast_of
from cse.bench.runs import Inside, Round, Stretch
from riskassessment.rules import Level
from tests import factories, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_of_this_file(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    now = timezone.now()  # noqa: TID251 - the pages that are asked read the real clock
    with prepared.for_a_file(django_db_blocker):
        call_command("seed_demo", children=60, until=now - timedelta(minutes=1), stdout=StringIO())
        yield cast_of(fresh_drafts=10, at=now)


@pytest.fixture
def cast(cast_of_this_file: Cast, db: None) -> Cast:
    return cast_of_this_file


def stretch(milliseconds: float, per_second: int, *, foreign: float = 0.0) -> Stretch:
    load = Load(seconds=1, latencies=[milliseconds / 1000] * per_second)
    return Stretch(load, Usage(at=1, site=0.5, postgres=0.1, ours=0.1, machine=0.7 + foreign))


def one(*, page: float = 9, bare_page: float = 1, foreign: float = 0.0) -> Round:
    return Round(
        alone=stretch(page, 100),
        bare_alone=stretch(bare_page, 1000),
        crowd=stretch(page, 100, foreign=foreign),
        bare_crowd=stretch(bare_page, 800),
    )


class TestPages:
    @pytest.mark.parametrize("name", PAGES)
    def test_each_is_given_to_its_person(self, cast: Cast, name: str) -> None:
        found = runs.inside(PAGES[name](cast))
        assert found.queries > 2

    @pytest.mark.parametrize("name", ["queue", "queue-deep", "queue-filtered", "form"])
    def test_queue_and_form_need_no_more_than_twelve_queries(self, cast: Cast, name: str) -> None:
        assert runs.inside(PAGES[name](cast)).queries <= 12

    def test_a_page_that_is_refused_stops_the_run(self, cast: Cast) -> None:
        page = Page("mistake", cast.author, repeat(Ask("/mash/")))
        with pytest.raises(ValueError, match="answered 403, not 200"):
            runs.inside(page)


class TestDrafts:
    def test_are_complete_and_of_different_children(self, cast: Cast) -> None:
        assert len({draft.child_id for draft in cast.drafts}) == 10
        assert drafts.judged_level(cast.drafts[0], cast.at) == Level.SERIOUS
        assert cast.drafts[0].answers.count() == cast.drafts[0].indicator_set.indicators.count()


class TestPerson:
    def test_comes_with_a_browser_that_the_site_has_seen(self, cast: Cast) -> None:
        answer = Client(headers={"cookie": cast.officer.cookies}).get("/")
        assert "Sign out" in answer.content.decode()
        assert list(answer.cookies) == ["csrf"]  # which Django sends with every form


class TestRequests:
    def test_a_form_carries_its_token_twice(self, worker: User) -> None:
        sent = Ask("/x/", {"a": "ä&"}).as_bytes(Person(worker, "s3ss10n", "t0k3n")).decode()
        assert "Cookie: session=s3ss10n; csrf=t0k3n; typist=" in sent
        head, _, body = sent.partition("\r\n\r\n")
        assert body == "csrfmiddlewaretoken=t0k3n&a=%C3%A4%26"
        assert f"Content-Length: {len(body)}" in head

    def test_nobody_there_is_no_answer(self) -> None:
        assert client.send(1, client.get("/")) == (0, b"")


class TestBare:
    def test_reads_one_row_and_passes_no_middleware(
        self, worker: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
    ) -> None:
        monkeypatch.setattr(bare, "ALIAS", "default")
        monkeypatch.setitem(connections.settings, "default", connections.settings["default"])  # put back afterwards
        monkeypatch.setattr(request_started, "send", lambda *_, **__: [])  # it would close the test's own connection
        application = bare.beside(lambda environ, start_response: [b"the site"])
        heard: list[Any] = []
        environ = {
            "PATH_INFO": f"/bench/{worker.pk}/",
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http",
        }
        with django_assert_num_queries(1):
            body = b"".join(application(environ, lambda *answer: heard.append(answer)))
        assert worker.full_name in body.decode()
        assert heard[0][0] == "200 OK"
        assert {name for name, _ in heard[0][1]} == {"Content-Type"}
        assert list(application({"PATH_INFO": "/"}, None)) == [b"the site"]


class TestMeasure:
    def test_stops_when_requests_run_out_and_tells_what_was_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "send", lambda port, request: (500 if request == b"3" else 200, b""))
        load = client.measure(1, iter([b"1", b"2", b"3"]), clients=2, seconds=5, expected=200)
        assert (len(load.latencies), load.wrong) == (3, [500])
        assert load.seconds < 1

    def test_stops_when_time_is_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "send", lambda port, request: time.sleep(0.01) or (200, b""))
        load = client.measure(1, repeat(b"x"), clients=2, seconds=0.1, expected=200)
        assert load.seconds < 1
        assert load.percentile(0.5) >= 10


class TestMachine:
    def test_counts_our_own_work_as_work(self) -> None:
        before = machine._of_tree(os.getpid()), machine._of_machine()
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass
        assert machine._of_tree(os.getpid()) - before[0] >= 0.05
        assert machine._of_machine() > before[1]

    def test_foreign_work_is_what_nobody_here_did(self) -> None:
        assert Usage(at=2, site=1, postgres=0.5, ours=0.5, machine=3).foreign_cores == 0.5


class TestReport:
    def page(self, goal: int) -> Page:
        return Page("queue", Person(factories.User(), "", ""), iter(()), goal=goal)

    def test_the_calmest_round_counts(self) -> None:
        assert report.best([one(foreign=0.9), one(page=7), one(foreign=0.4)]).alone.load.percentile(0.5) == 7

    def test_the_worse_of_alone_and_crowded_decides(self) -> None:
        found = one(page=9)
        assert (found.times_alone, found.times_crowd) == (9, 8)
        line = (self.page(9), found, Inside(11, 3.0))
        assert report.verdicts([line]) == ["queue at most x9: holds, measured x9.0"]
        line = (self.page(8), one(page=9, foreign=1), Inside(11, 3.0))
        [sentence] = report.verdicts([line])
        assert sentence.startswith("queue at most x8: DOES NOT HOLD, measured x9.0 (disturbed")

    def test_the_table_has_a_line_per_page(self) -> None:
        text = report.table([(self.page(9), one(foreign=0.5), Inside(11, 3.0))])
        assert [line.split()[0] for line in text.splitlines()] == ["page", "queue"]
        assert text.endswith("0.50*")


class TestCommand:
    def test_names_the_pages_there_are(self) -> None:
        with pytest.raises(CommandError, match="There is no page garden; there are home, queue"):
            call_command("bench", pages="garden")


class TestServer:
    def test_says_so_when_it_does_not_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "STARTS_WITHIN", 1)
        with pytest.raises(RuntimeError, match="did not start"), server.running(_broken()):
            pass


def _broken() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "no.such.settings"}
