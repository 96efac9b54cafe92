"""Agencies' own sign-in (OpenID Connect or SAML), from what the operator wrote in `SINGLE_SIGN_ON`: a JSON list.

    [{"id": "police", "agency": "West Midlands Police", "kind": "openid_connect",
      "server": "https://login.example.org/police/v2.0", "client_id": "…", "secret": "…",
      "second_factor": {"amr": ["mfa"]}},
     {"id": "school", "agency": "Hillside School", "kind": "saml", "entity_id": "https://idp.example.org/",
      "sso_url": "https://idp.example.org/sso", "certificate": "MIIC…"}]

`agency` is its name on this site: nobody of another agency is let in by it. `second_factor` says which words of its
answer prove that one was used; without it, or without such a word, ours is asked for.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Entry = Mapping[str, Any]
LOOPBACK = {"127.0.0.1", "localhost"}


@dataclass(frozen=True)
class Place:
    """Where an agency's people may sign in."""

    id: str
    agency: str
    kind: str
    origin: str

    @property
    def url_name(self) -> str:
        return f"{self.kind}_login"

    @property
    def argument(self) -> dict[str, str]:
        return {"organization_slug" if self.kind == "saml" else "provider_id": self.id}


@dataclass(frozen=True)
class SignOn:
    places: tuple[Place, ...]
    providers: dict[str, dict[str, Any]]
    """SOCIALACCOUNT_PROVIDERS"""


def read(text: str) -> SignOn:
    """Raises ImproperlyConfigured for what is no such list."""
    try:
        entries = json.loads(text)
        apps = [(entry["kind"], _OF_KIND[entry["kind"]](entry)) for entry in entries]
        places = tuple(_place(entry) for entry in entries)
    except (ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"SINGLE_SIGN_ON is not as cse/sign_on.py describes it: {error!r}") from error
    if len({place.id for place in places}) != len(places):
        raise ImproperlyConfigured("Two entries of SINGLE_SIGN_ON have the same id.")
    providers = {kind: {"APPS": [app for each, app in apps if each == kind]} for kind in _OF_KIND}
    return SignOn(places, providers)


def _place(entry: Entry) -> Place:
    address = urlsplit(entry["server"] if entry["kind"] == "openid_connect" else entry["sso_url"])
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ValueError(f"{entry['id']} is not reached by https")
    if not re.fullmatch(r"[a-z0-9-]+", entry["id"]):
        raise ValueError("an id is small letters, digits and dashes")
    return Place(entry["id"], entry["agency"], entry["kind"], f"{address.scheme}://{address.netloc}")


def _openid_connect(entry: Entry) -> dict[str, Any]:
    """The identity is taken from the signed token alone, and the code is bound to this browser (PKCE)."""
    return {
        "provider_id": entry["id"],
        "name": entry["agency"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server"],
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
            "scope": ["openid"],
            "second_factor": entry.get("second_factor", {}),
        },
    }


def _saml(entry: Entry) -> dict[str, Any]:
    """Each assertion is signed, and answers a question of ours."""
    return {
        "provider_id": entry["id"],
        "name": entry["agency"],
        "client_id": entry["id"],
        "settings": {
            "idp": {
                "entity_id": entry["entity_id"],
                "sso_url": entry["sso_url"],
                "x509cert": entry["certificate"],
            },
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "want_name_id": True,
                "want_attribute_statement": False,
                "reject_idp_initiated_sso": True,
                "reject_deprecated_algorithm": True,
                "allow_single_label_domains": True,
            },
        },
    }


_OF_KIND: Mapping[str, Callable[[Entry], dict[str, Any]]] = {"openid_connect": _openid_connect, "saml": _saml}
