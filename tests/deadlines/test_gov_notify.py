"""GOV.UK Notify, as a server on this machine that speaks its protocol: accepts, refuses, limits, falls silent."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import jwt
import pytest
from django.core.mail import EmailMessage, get_connection, send_mail

from accounts.models import User
from deadlines import services
from deadlines.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
SERVICE, SECRET = "3f2a8c1e-1111-4222-8333-444455556666", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


class Notify(BaseHTTPRequestHandler):
    """Accepts, unless told what to answer; keeps what it was asked."""

    answers: ClassVar[list[int]] = []
    silent: ClassVar[float] = 0
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], issuer=SERVICE, options={"require": ["iat", "iss"]})
        assert self.path == "/v2/notifications/email"
        assert abs(claims["iat"] - time.time()) < 30
        assert set(body) <= {"email_address", "template_id", "personalisation", "reference", "email_reply_to_id"}
        self.asked.append(body)
        time.sleep(self.silent)
        status = self.answers.pop(0) if self.answers else 201
        answer = {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": body.get("reference")}
        answer = answer if status == 201 else {"status_code": status, "errors": [{"error": "X", "message": "no"}]}
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: Any) -> None:
        """It says nothing."""


@pytest.fixture(autouse=True)
def notify(settings: Any) -> Iterator[type[Notify]]:
    class Fresh(Notify):
        answers: ClassVar[list[int]] = []
        asked: ClassVar[list[dict[str, Any]]] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fresh)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.EMAIL_BACKEND = "deadlines.gov_notify.EmailBackend"
    settings.EMAIL_TIMEOUT = 2
    settings.GOVUK_NOTIFY_URL = f"http://127.0.0.1:{server.server_address[1]}"
    settings.GOVUK_NOTIFY_API_KEY = f"our_key-{SERVICE}-{SECRET}"
    settings.GOVUK_NOTIFY_TEMPLATE_ID = TEMPLATE
    yield Fresh
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def two(worker: User, at: datetime) -> list[Notice]:
    services.notify([worker, factories.user()], key="test", text="Something waits", path="/", at=at)
    return list(Notice.objects.order_by("pk"))


class TestSendMessages:
    def test_asks_as_the_protocol_has_it_with_a_reference_that_stays_the_same(
        self, notify: type[Notify], two: list[Notice], system: User, at: datetime
    ) -> None:
        assert services.deliver(by=system, at=at) == 2
        first = notify.asked[0]
        assert first["email_address"] == two[0].recipient.email
        assert first["template_id"] == TEMPLATE
        assert first["personalisation"]["subject"].startswith("OFFICIAL-SENSITIVE")
        assert "Something waits" in first["personalisation"]["body"]
        Notice.objects.update(sent_at=None)
        services.deliver(by=system, at=at)
        assert first["reference"] == notify.asked[2]["reference"]
        assert first["reference"].startswith(f"notice-{two[0].pk}@")

    def test_one_that_is_refused_waits_alone(
        self, notify: type[Notify], two: list[Notice], system: User, at: datetime
    ) -> None:
        notify.answers = [400]
        assert services.deliver(by=system, at=at) == 1
        assert [notice.tries for notice in Notice.objects.order_by("pk")] == [1, 0]

    @pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
    def test_what_every_e_mail_would_meet_ends_the_run(
        self, notify: type[Notify], two: list[Notice], system: User, at: datetime, status: int
    ) -> None:
        notify.answers = [status]
        assert services.deliver(by=system, at=at) == 0
        assert len(notify.asked) == 1

    def test_one_that_was_accepted_too_late_is_asked_again_under_its_reference(
        self, notify: type[Notify], two: list[Notice], system: User, at: datetime, settings: Any
    ) -> None:
        settings.EMAIL_TIMEOUT, notify.silent = 0.1, 0.3
        assert services.deliver(by=system, at=at) == 0
        settings.EMAIL_TIMEOUT, notify.silent = 2, 0
        assert services.deliver(by=system, at=at.replace(hour=13)) == 2
        references = [asked["reference"] for asked in notify.asked]
        assert len(references) == 3
        assert len(set(references)) == 2

    def test_a_server_that_is_not_there_ends_the_run(
        self, two: list[Notice], system: User, at: datetime, settings: Any
    ) -> None:
        settings.GOVUK_NOTIFY_URL = "http://127.0.0.1:1"
        assert services.deliver(by=system, at=at) == 0

    def test_sends_what_is_no_notice_without_a_reference_and_to_each_recipient(self, notify: type[Notify]) -> None:
        assert send_mail("Subject", "Body", None, ["a@example.org", "b@example.org"]) == 1
        assert [asked["email_address"] for asked in notify.asked] == ["a@example.org", "b@example.org"]
        assert "reference" not in notify.asked[0]

    def test_fails_silently_only_when_asked(self, notify: type[Notify]) -> None:
        message = EmailMessage("Subject", "Body", to=["a@example.org"])
        notify.answers = [400, 500, 400]
        quiet = get_connection(fail_silently=True)
        assert [quiet.send_messages([message]) for _ in range(2)] == [0, 0]
        with pytest.raises(ValueError, match="refuses"):
            get_connection().send_messages([message])
