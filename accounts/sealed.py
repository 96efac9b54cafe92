"""Secrets that the database keeps for us, such as the seed of an authenticator app: AES-256-GCM (ASVS 11.3.2).

The key comes from outside the database: `FIELD_KEYS` holds `number:base64 of 32 bytes`, the one in use first, then
those that may still open what they once sealed. `manage.py reseal` seals everything anew with the first, so that an
old key can be taken away (ASVS 11.1.1). What is sealed says with which key, and for what, so that the text of one
kind of secret cannot be put in the place of another.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = "s1"
NONCE = 12


class NotSealed(ValueError):
    """It was changed, is meant for something else, or its key is not among ours."""


def seal(text: str, *, purpose: str) -> str:
    number, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE)
    box = nonce + AESGCM(key).encrypt(nonce, text.encode(), _about(number, purpose))
    return f"{VERSION}:{number}:{base64.b64encode(box).decode()}"


def unseal(sealed: str, *, purpose: str) -> str:
    """The text. Raises NotSealed."""
    version, number, box = _parts(sealed)
    key = _keys().get(number)
    if version != VERSION or key is None:
        raise NotSealed(f"There is no key {number}.")
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], _about(number, purpose)).decode()
    except InvalidTag as error:
        raise NotSealed("It was sealed otherwise.") from error


def is_current(sealed: str) -> bool:
    """Whether it was sealed with the key in use."""
    return sealed.startswith(f"{VERSION}:{next(iter(_keys()))}:")


def _keys() -> dict[str, bytes]:
    entries = (entry.strip().partition(":") for entry in settings.FIELD_KEYS.split(","))
    return {number: base64.b64decode(key, validate=True) for number, _, key in entries}


def _parts(sealed: str) -> tuple[str, str, bytes]:
    try:
        version, number, box = sealed.split(":")
        return version, number, base64.b64decode(box, validate=True)
    except ValueError as error:
        raise NotSealed("It is not sealed.") from error


def _about(number: str, purpose: str) -> bytes:
    return f"{VERSION}:{number}:{purpose}".encode()
