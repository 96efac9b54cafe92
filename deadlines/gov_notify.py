"""E-mail through GOV.UK Notify: set EMAIL_BACKEND to this module's `EmailBackend`, and the GOVUK_NOTIFY_ settings.

Written against its REST API, because the maintained client needs a package that exists only as source, and what is
installed here is only what was built and hashed. The template has two placeholders, ((subject)) and ((body)). An
e-mail's Message-ID is sent as its reference, so that one sent twice can be found there.
"""

import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

KEY_LENGTH = 36  # of the service's number and of its secret, the last two parts of an API key


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One request for each recipient. ValueError for an e-mail that is refused, OSError where all would be."""
        sent = 0
        for message in email_messages:
            try:
                for address in message.recipients():
                    _post(message, address)
            except (ValueError, OSError):
                if not self.fail_silently:
                    raise
            else:
                sent += 1
        return sent


def _post(message: EmailMessage, address: str) -> None:
    asked: dict[str, Any] = {
        "email_address": address,
        "template_id": settings.GOVUK_NOTIFY_TEMPLATE_ID,
        "personalisation": {"subject": message.subject, "body": message.body},
    }
    if name := message.extra_headers.get("Message-ID"):
        asked["reference"] = str(name).strip("<>")
    answer = requests.post(
        f"{settings.GOVUK_NOTIFY_URL}/v2/notifications/email",
        json=asked,
        headers={"Authorization": f"Bearer {_token(settings.GOVUK_NOTIFY_API_KEY)}"},
        timeout=settings.EMAIL_TIMEOUT,
        allow_redirects=False,
    )
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        raise ValueError("GOV.UK Notify refuses this e-mail")
    if answer.status_code != HTTPStatus.CREATED:
        raise ConnectionError(f"GOV.UK Notify answers {answer.status_code}")


def _token(api_key: str) -> str:
    """Who we are, for the next half minute."""
    service, secret = api_key[-2 * KEY_LENGTH - 1 : -KEY_LENGTH - 1], api_key[-KEY_LENGTH:]
    return jwt.encode({"iss": service, "iat": int(time.time())}, secret, algorithm="HS256")
