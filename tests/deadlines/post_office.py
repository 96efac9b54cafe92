"""E-mail backends that fail: at one address, at one message in whatever way, or at the server itself."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import ClassVar

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend

Messages = Sequence[EmailMessage | EmailMultiAlternatives]
REFUSED = "gone@example.org"


class FailsAtOne(EmailBackend):
    problem: ClassVar[Exception] = SMTPRecipientsRefused({REFUSED: (550, b"No such user")})

    def send_messages(self, messages: Messages) -> int:
        if any(REFUSED in message.to for message in messages):
            raise self.problem
        return super().send_messages(messages)


class FailsAfterAccepting(EmailBackend):
    """The letter is on its way, and the answer never comes."""

    def send_messages(self, messages: Messages) -> int:
        super().send_messages(messages)
        raise TimeoutError


class CannotBeReached(EmailBackend):
    def send_messages(self, messages: Messages) -> int:
        raise ConnectionRefusedError
