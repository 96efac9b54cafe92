"""An e-mail backend that refuses one address, and one that cannot be reached."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend

REFUSED = "gone@example.org"


class RefusesOne(EmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage | EmailMultiAlternatives]) -> int:
        if any(REFUSED in message.to for message in messages):
            raise SMTPRecipientsRefused({REFUSED: (550, b"No such user")})
        return super().send_messages(messages)


class CannotBeReached(EmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage | EmailMultiAlternatives]) -> int:
        raise ConnectionRefusedError
