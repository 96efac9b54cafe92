"""Who is told that a child was reported missing."""

from datetime import datetime

import pytest

from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from deadlines.models import Notice
from people.models import Child
from tests import factories
from tests.missing.acting import report

pytestmark = pytest.mark.django_db


class TestTellOfReport:
    def test_tells_the_key_worker_and_the_coordinators_at_once_and_names_no_child(
        self, worker: User, team: Team, manager: User, child: Child, stranger: User, at: datetime
    ) -> None:
        key_worker = factories.user(team=team, daily_digest=True)
        factories.involvement(child=child, team=team, key_worker=key_worker)
        coordinator = factories.user(team=factories.team(kind=TeamKind.CSE), roles=[Role.CSE_COORDINATOR])
        episode = report(worker, child, at)
        told = Notice.objects.filter(key__startswith=f"missing:{episode.pk}:")
        assert {notice.recipient for notice in told} == {key_worker, coordinator}
        assert {notice.in_digest for notice in told} == {False}
        assert {notice.path for notice in told} == {f"/missing/{episode.pk}/"}
        assert {notice.text for notice in told} == {f"{episode.reference}: a child you work with was reported missing"}

    def test_where_no_case_is_open_tells_the_team_that_would_owe_the_interview_but_not_the_reporter(
        self, worker: User, child: Child, stranger: User, at: datetime
    ) -> None:
        cse = factories.team(kind=TeamKind.CSE)
        of_the_team, reporter = (factories.user(team=cse) for _ in range(2))
        factories.let_know(child, reporter)
        report(reporter, child, at)
        assert Notice.objects.get().recipient == of_the_team
