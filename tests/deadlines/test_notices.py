"""Notices are told once, opened by the one they are for, and marked as read only when they were shown."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from deadlines import selectors, services
from deadlines.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


def tell(*people: User, key: str = "test", at: datetime, **options: Any) -> None:
    services.notify(people, key=key, text=f"Notice {key}.", path="", at=at, **options)


class TestNotify:
    def test_once_per_key_and_person(self, worker: User, at: datetime) -> None:
        colleague = factories.user(team=worker.team)
        tell(worker, at=at)
        tell(worker, colleague, at=at)
        assert Notice.objects.count() == 2

    def test_waits_for_the_digest_of_who_chose_it_unless_it_is_urgent(self, worker: User, at: datetime) -> None:
        worker.daily_digest = True
        tell(worker, key="a", at=at)
        tell(worker, key="b", at=at, urgent=True)
        assert [notice.in_digest for notice in Notice.objects.order_by("pk")] == [True, False]


class TestOpenNotice:
    def test_the_first_time_counts(self, worker: User, at: datetime) -> None:
        tell(worker, at=at)
        notice = services.open_notice(by=worker, at=at + timedelta(hours=1), notice=Notice.objects.get())
        services.open_notice(by=worker, at=at + timedelta(hours=2), notice=notice)
        assert Notice.objects.get().read_at == at + timedelta(hours=1)

    def test_is_for_the_addressee_alone(self, worker: User, stranger: User, at: datetime) -> None:
        tell(worker, at=at)
        with pytest.raises(PermissionDenied):
            services.open_notice(by=stranger, at=at, notice=Notice.objects.get())
        assert Notice.objects.get().read_at is None


class TestReadAll:
    def test_leaves_what_came_after_the_page_was_shown(self, worker: User, at: datetime, browser_of: Any) -> None:
        client = browser_of(worker)
        tell(worker, key="first", at=at)
        shown = re.search(r'name="up_to" value="([0-9]+)"', client.get(reverse("deadlines:inbox")).content.decode())
        assert shown
        tell(worker, key="second", at=at)
        client.post(reverse("deadlines:read_all"), {"up_to": shown[1]})
        assert [notice.text for notice in selectors.inbox(worker).filter(read_at=None)] == ["Notice second."]

    def test_marks_nobody_elses(self, worker: User, stranger: User, at: datetime) -> None:
        tell(worker, stranger, at=at)
        services.read_all(by=worker, at=at, up_to=Notice.objects.latest("pk").pk)
        assert selectors.unread_count(worker) == 0
        assert selectors.unread_count(stranger) == 1

    @pytest.mark.parametrize("up_to", ["", "x", "9" * 30, "-1"])
    def test_takes_anything_and_marks_nothing(self, worker: User, at: datetime, browser_of: Any, up_to: str) -> None:
        tell(worker, at=at)
        assert browser_of(worker).post(reverse("deadlines:read_all"), {"up_to": up_to}).status_code == 302
        assert selectors.unread_count(worker) == 1
