"""What it costs that the database itself keeps who sees which row (issue 4's ratio): the same pages with and without.

One team sees every child, another fifty of them; both read the same lists. With and without take turns within the same
seconds, so that whatever else the machine does weighs on both.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from accounts import row_security
from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from cse.bench import database, pages
from cse.bench.client import ADDRESS
from people.models import Child
from riskassessment.models import Screening

NAME = "cse_bench_sight"
TEMPLATES = 40
"""Children of the demonstration that the others are made like."""
FEW = 50
ROUNDS, LOOKS = 7, 5
GOAL = 1.5
Say = Callable[[str], None]


def measure(*, children: int, say: Say) -> None:
    """Say what each list costs each team, and how many times what it costs without the policies."""
    a_program = override_settings(PAGES_PER_MINUTE=1_000_000_000)  # is measured here, not a person
    with a_program, database.for_once(NAME, children=TEMPLATES):
        say(f"Making {children:,} children, each with a screening")
        everything, few = _fill(children)
        paths = {"screenings": reverse("riskassessment:submitted"), "home": reverse("home")}
        for who, user in (("a team that sees all", everything), (f"a team that sees {FEW}", few)):
            browser = _browser(user)
            for name, path in paths.items():
                say(f"{name:<12} {who:<24} {_ratio(browser, path)}")


def _ratio(browser: Client, path: str) -> str:
    kept, free = [], []
    for _ in range(ROUNDS):
        kept.append(_looks(browser, path))
        with _without_policies():
            free.append(_looks(browser, path))
    with_policies, without = statistics.median(kept), statistics.median(free)
    ratio = statistics.median(one / other for one, other in zip(kept, free, strict=True))
    said = "met" if ratio <= GOAL else "NOT MET"
    return f"{with_policies:8.1f} ms with, {without:8.1f} ms without: x{ratio:.2f} (goal x{GOAL}: {said})"


def _looks(browser: Client, path: str) -> float:
    """Milliseconds of the whole page, the best of some looks after one to warm up."""
    times = []
    for _ in range(LOOKS + 1):
        began = time.perf_counter()
        answer = browser.get(path, secure=bool(settings.SECURE_SSL_REDIRECT))
        times.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise ValueError(f"{path} answered {answer.status_code}")
    return min(times[1:])


@contextmanager
def _without_policies() -> Iterator[None]:
    _each_table("disable")
    try:
        yield
    finally:
        _each_table("enable")


def _each_table(what: str) -> None:
    for table in row_security.tables():
        _execute(f"alter table {table.name} {what} row level security")


def _browser(user: User) -> Client:
    browser = Client(headers={"host": ADDRESS})
    browser.cookies[settings.SESSION_COOKIE_NAME] = pages.signed_in(user).session
    return browser


def _fill(children: int) -> tuple[User, User]:
    """One who sees all of them and one who sees few; twenty teams share the rest."""
    officer = User.objects.filter(roles__contains=[Role.MASH], is_active=True, team__kind=TeamKind.MASH).first()
    worker = User.objects.filter(
        roles__contains=[Role.PRACTITIONER], is_active=True, team__kind=TeamKind.PRACTICE
    ).first()
    if officer is None or officer.team is None or worker is None or worker.team is None:
        raise ValueError("the demonstration has no MASH officer or no practitioner")
    _execute("set session_replication_role = replica")
    first = _last(Child) + 1
    _multiply(Child, children, _CHILD)
    _multiply(Screening, children, {**_SCREENING, "child_id": f"{first} + number - 1"})
    _execute("delete from people_childteamgrant where group_id = %s", [worker.team.pk])
    others = list(Team.objects.exclude(pk__in=(officer.team.pk, worker.team.pk)).values_list("pk", flat=True)[:20])
    for statement, team in ((_ALL, [officer.team.pk]), (_SHARED, others), (_FEW, [worker.team.pk])):
        _execute(statement, {"teams": team, "first": first, "count": children, "few": FEW, "by": officer.pk})
    _execute("set session_replication_role = origin")
    _execute("vacuum analyze")
    return officer, worker


_CHILD: Mapping[str, str] = {
    "given_name": "'Child' || number",
    "family_name": "'Family' || number %% 5000",
    "date_of_birth": "current_date - 3000 - (number %% 2500)::integer",
    "nhs_number": "null",
    "upn": "null",
    "token": "null",
    "same_as_id": "null",
    "provisional": "false",
}
_SCREENING: Mapping[str, str] = {
    "submitted_at": "now() - number * interval '1 minute'",
    "changed_at": "now() - number * interval '1 minute'",
}
_GRANT = """
    insert into people_childteamgrant
        (permission_id, group_id, content_object_id, kind, reason, granted_by_id, granted_at)
    select cse_sight_permission(), {team}, %(first)s + number, 'case', 'bench', %(by)s, now()
    from generate_series(0, %(count)s - 1{step}) as number
    on conflict do nothing
"""
_ALL = _GRANT.format(team="(%(teams)s::integer[])[1]", step="")
_SHARED = _GRANT.format(team="(%(teams)s::integer[])[1 + number %% cardinality(%(teams)s::integer[])]", step="")
_FEW = _GRANT.format(team="(%(teams)s::integer[])[1]", step=", %(count)s / %(few)s")


def _multiply(model: type[Any], count: int, changed: Mapping[str, str]) -> None:
    """Rows like one that is there, with other values in some columns."""
    columns = [
        field.column for field in model._meta.local_concrete_fields if not field.generated and not field.primary_key
    ]
    like = {column: f"one.{column}" for column in columns} | dict(changed)
    where = "where submitted_at is not null" if model is Screening else ""
    table = model._meta.db_table
    _execute(
        f"insert into {table} ({', '.join(columns)}) "  # nosec B608 # noqa: S608 (names of our own)
        f"select {', '.join(like[column] for column in columns)} "
        f"from (select * from {table} {where} order by id limit 1) as one, generate_series(1, %s) as number",
        [count],
    )


def _last(model: type[Any]) -> int:
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return int(last or 0)


def _execute(sql: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
