"""Passwords that leaked somewhere are refused (ASVS 6.2.12); beside length there are no other rules (NCSC).

The operator mounts the list: `BREACHED_PASSWORDS_FILE` names a file of SHA-1 hashes in capitals, one a line and sorted,
each with `:` and how often it was seen, as haveibeenpwned.com gives them. It is searched where it lies, by halves:
of a thousand million lines, thirty are read.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

LEAKED = "This password is on a list of passwords that were stolen elsewhere. Choose another one."


class NotLeaked:
    """A validator of Django's (AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user: object | None = None) -> None:
        if settings.BREACHED_PASSWORDS_FILE and is_listed(password, Path(settings.BREACHED_PASSWORDS_FILE)):
            raise ValidationError(LEAKED, code="password_leaked")

    def get_help_text(self) -> str:
        return "Not one that was stolen elsewhere."


def is_listed(password: str, path: Path) -> bool:
    """Raises OSError where there is no such file: a list that went away must not pass for one that found nothing."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            line = _line_after(file, middle)
            if not line or line[:40].upper() >= wanted:
                high = middle
            else:
                low = middle + 1
        return _line_after(file, low)[:40].upper() == wanted


def _line_after(file: BinaryIO, place: int) -> bytes:
    """The first line that begins at this place or after it; nothing at the end."""
    file.seek(max(place - 1, 0))
    if place > 0:
        file.readline()
    return file.readline()
