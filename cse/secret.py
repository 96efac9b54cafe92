"""Secrets of a deployment: from files or the environment, and never a default or a guess (ASVS 13.3.1)."""

import base64
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LEAST_SIGNS, LEAST_DIFFERENT = 32, 10
LEAST_OF_PASSWORD = 12
TELLTALE = re.compile(r"change.?me|insecure|default|example|placeholder|secret.?key|password|your.?key", re.IGNORECASE)


def secret(name: str, *, default: str | None = None) -> str:
    """The value of `name`, or the content of the file that `name`_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Use ./run for the embedded services, or set {name} or {name}_FILE."
        )
    return value


def given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def derived_key(secret_key: str) -> str:
    """The embedded services have one secret; a deployment has one for each purpose."""
    return base64.b64encode(hashlib.sha256(b"fields" + secret_key.encode()).digest()).decode()


def require_field_keys(name: str, value: str) -> None:
    """Raises ImproperlyConfigured unless it is `number:base64 of 32 bytes`, one or several, all with other numbers."""
    try:
        keys = {number.strip(): base64.b64decode(key, validate=True) for number, key in _entries(value)}
    except ValueError:
        keys = {}
    if len(keys) != len(value.split(",")) or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured(f"{name} is no list of keys. Make one with: echo 1:$(openssl rand -base64 32)")


def _entries(value: str) -> list[list[str]]:
    return [entry.strip().split(":") for entry in value.split(",")]


def require_strong_key(name: str, value: str) -> None:
    """Raises ImproperlyConfigured for one that somebody could guess, and never says what it was."""
    if len(value) < LEAST_SIGNS or len(set(value)) < LEAST_DIFFERENT or TELLTALE.search(value):
        raise ImproperlyConfigured(
            f"{name} could be guessed. Make one with: openssl rand -hex 48 (and keep it in a file, {name}_FILE)."
        )


def require_strong_password(name: str, url: str) -> None:
    """Of the address of a service; one without a password is let in by other means, such as its account."""
    password = urlsplit(url).password
    if password is not None and (len(password) < LEAST_OF_PASSWORD or TELLTALE.search(password)):
        raise ImproperlyConfigured(f"The password in {name} could be guessed. Make one with: openssl rand -hex 24")
