"""How the person of this session proved who they are: what was noted in the session when they did.

allauth notes each step of a sign-in there (password, code, passkey) with its moment; the role cards of the
demonstration note their own. So the question costs no query.
"""

from typing import Any, cast

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest

Proof = dict[str, Any]
SECOND_FACTOR, ROLE_CARD = "mfa", "role_card"


def note(request: HttpRequest, method: str, **details: object) -> None:
    """Note that the person has just proved who they are."""
    record_authentication(request, request.user, method, **details)


def proofs(request: HttpRequest) -> list[Proof]:
    """Every proof of this session, the oldest first."""
    return cast("list[Proof]", get_authentication_records(request, cast(Any, request.user)))


def strong(request: HttpRequest) -> list[Proof]:
    """Those that count as a second factor; a role card does in the demonstration alone."""
    counts = {SECOND_FACTOR} | ({ROLE_CARD} if settings.DEMONSTRATION else set())
    return [proof for proof in proofs(request) if proof["method"] in counts]
