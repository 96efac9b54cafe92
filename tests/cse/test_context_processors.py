"""The frame of every page: the places of whoever is signed in, and how many unread notices wait."""

from datetime import datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from cse.context_processors import frame
from deadlines.models import Notice
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def tell(user: User, at: datetime, *, read: bool = False) -> None:
    key = f"told {Notice.objects.count()}"
    Notice.objects.create(
        recipient=user, key=key, text="x", created_at=at, read_at=at + timedelta(hours=1) if read else None
    )


class TestFrame:
    def test_counts_the_unread_notices_of_whoever_is_signed_in(
        self, rf: RequestFactory, worker: User, stranger: User, at: datetime
    ) -> None:
        for user, read in ((worker, False), (worker, False), (worker, True), (stranger, True)):
            tell(user, at, read=read)
        request = rf.get("/")
        for user, unread in ((worker, 2), (stranger, 0)):
            client = Client()
            sign_in(client, user)
            request.user, request.session = user, client.session
            places = frame(request)["frame"]["navigation"]
            assert [place["count"] for place in places if place["text"] == "Notices"] == [unread]

    def test_each_page_of_a_room_is_below_its_place(self, rf: RequestFactory, worker: User) -> None:
        client = Client()
        sign_in(client, worker)
        for name, place in (
            ("prevention:training", "Prevention"),
            ("prevention:resources", "Prevention"),
            ("missing:missing_now", "Missing"),
            ("delivery_plan:barriers", "Delivery plan"),
            ("home", "Home"),
        ):
            request = rf.get(reverse(name))
            request.user, request.session = worker, client.session
            active = [each["text"] for each in frame(request)["frame"]["navigation"] if each["active"]]
            assert active == [place], name
