"""Templates and addresses: one frame, nothing inline, no person in an address."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from missing.converters import MeasureConverter, PartConverter
from riskassessment.converters import SectionConverter
from tests.architecture import checks
from tests.architecture.source import ROOT, nothing

# Addresses that carry something else than numbers, and why.
NOT_NUMBERS = {
    "account_reset_password_from_key": "the one-time key of the e-mail, which names nobody",
    **dict.fromkeys(
        ("openid_connect_login", "openid_connect_callback", "saml_login", "saml_acs", "saml_finish_acs"),
        "an agency's sign-in, from the operator's list",
    ),
    **dict.fromkeys(("saml_metadata", "saml_sls"), "an agency's sign-in, from the operator's list"),
    "autosave": "a part of the screening form, from a closed list",
    **dict.fromkeys(("behind", "figure"), "what is counted, from a closed list"),
    "save_interview": "a part of the interview, from a closed list",
    "save_section": "a part of the screening form, from a closed list",
}


# A number, or a word from a list of our own.
CLOSED = (IntConverter, SectionConverter, PartConverter, MeasureConverter)


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_page_has_the_frame() -> None:
    nothing(checks.without_frame(ROOT))


def test_nothing_is_inline() -> None:
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]
    nothing(checks.inline_code(ROOT, allowed))


def test_asvs_14_2_1_addresses_carry_numbers_only() -> None:
    """A name in an address would stand in logs, histories and bookmarks (ASVS 14.2.1)."""
    wordy = {str(each.name) for each in patterns() if not _only_numbers(each)}
    assert wordy == NOT_NUMBERS.keys(), "addresses carry numbers only (<int:pk>)"


def _only_numbers(pattern: URLPattern) -> bool:
    converters = pattern.pattern.converters.values()
    return len(converters) == pattern.pattern.regex.groups and all(
        isinstance(each, IntConverter) for each in converters
    )
