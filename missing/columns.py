"""Columns that the tables of this room share."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models

from accounts.models import User


def text(longest: int = 4000) -> "models.TextField[str, str]":
    return models.TextField(blank=True, validators=[MaxLengthValidator(longest)])


def offset() -> "models.SmallIntegerField[int | None, int | None]":
    """Minutes ahead of UTC on the clock that the person read, beside the instant (domain.md 10)."""
    return models.SmallIntegerField(null=True, blank=True)


def moment() -> "models.DateTimeField[datetime | None, datetime | None]":
    return models.DateTimeField(null=True, blank=True)


def person(related: str = "+") -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name=related
    )
