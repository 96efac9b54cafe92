"""The pages that are measured, who asks for them, and what they may cost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.signing import get_cookie_signer
from django.urls import reverse
from django.utils.crypto import get_random_string

import figures.selectors
import figures.services
import referrals.selectors
import riskassessment.selectors
from accounts import policy, proof
from accounts.gate import at_work
from accounts.models import User
from accounts.roles import Role
from accounts.sessions import SessionStore
from cse.bench import client, drafts
from frontend import held, keyset
from people.models import Child
from riskassessment.models import Screening
from riskassessment.sections import Section

QUEUE, FORM, SUBMIT, DASHBOARD = 10, 15, 8, 6


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in."""

    user: User
    session: str
    csrf: str

    @property
    def cookies(self) -> str:
        """As the site has set them on an earlier page, where it is served without HTTPS, as it is while measuring."""
        typist = get_cookie_signer(salt=held.COOKIE + held.COOKIE).sign(str(self.user.pk))
        return f"session={self.session}; csrf={self.csrf}; {held.COOKIE}={typist}"


@dataclass(frozen=True)
class Ask:
    """One request: a look at `path`, or a form sent to it."""

    path: str
    form: Mapping[str, str] | None = None

    def as_bytes(self, person: Person) -> bytes:
        if self.form is None:
            return client.get(self.path, person.cookies)
        body = urlencode({"csrfmiddlewaretoken": person.csrf, **self.form})
        return client.post(self.path, person.cookies, body)


@dataclass(frozen=True)
class Page:
    """`goal` is the most it may cost, in B. `asks` ends where every request needs something fresh."""

    name: str
    person: Person
    asks: Iterator[Ask]
    status: int = 200
    goal: int | None = None

    def requests(self) -> Iterator[bytes]:
        return (ask.as_bytes(self.person) for ask in self.asks)


@dataclass(frozen=True)
class Cast:
    """A MASH officer and a practitioner, signed in, with drafts of the latter's team."""

    officer: Person
    author: Person
    drafts: list[Screening]
    at: datetime


def cast_of(*, fresh_drafts: int, at: datetime) -> Cast:
    author = User.objects.filter(roles__contains=[Role.PRACTITIONER], is_active=True).exclude(team=None).order_by("pk")
    officer = User.objects.filter(roles__contains=[Role.MASH], is_active=True).order_by("pk")
    writer = author[:1].get()
    return Cast(signed_in(officer[:1].get()), signed_in(writer), drafts.prepare(fresh_drafts, writer, at), at)


def signed_in(user: User) -> Person:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    proof.put(session, user, proof.SECOND_FACTOR)
    session.create()
    return Person(user, str(session.session_key), get_random_string(32))


def _looks(name: str, person: Person, path: str, goal: int | None = None) -> Page:
    return Page(name, person, repeat(Ask(path)), goal=goal)


def _deep_in_the_queue(cast: Cast) -> str:
    """The page that starts nine tenths of the way down."""
    filters = referrals.selectors.Filters()
    rows = referrals.selectors.queue(cast.officer.user, filters)
    down = rows.count() * 9 // 10
    last = rows.order_by(*(f"-{name}" for name in filters.key))[down : down + 1].get()
    return f"{reverse('referrals:queue')}?older={keyset.place(last, filters.key)}"


def _child_in_view(cast: Cast) -> Child:
    seen = riskassessment.selectors.submitted(cast.author.user).order_by("-submitted_at")[:1].get()
    return policy.visible(cast.author.user, Child).get(pk=seen.child_id)


def _searches(cast: Cast) -> Page:
    child = _child_in_view(cast)
    asked = {"given_name": child.given_name, "family_name": child.family_name}
    empty = dict.fromkeys(("date_of_birth-day", "date_of_birth-month", "date_of_birth-year", "nhs_number", "upn"), "")
    return Page("find", cast.author, repeat(Ask(reverse("people:find"), asked | empty)))


def _submissions(cast: Cast) -> Page:
    """Each needs a draft of its own."""
    level = str(drafts.judged_level(cast.drafts[0], cast.at))
    asks = (
        Ask(
            reverse("riskassessment:submit", args=[draft.pk]),
            {"version": str(draft.version), "judged_level": level, "judged_reason": ""},
        )
        for draft in cast.drafts[1:]
    )
    return Page("submit", cast.author, asks, status=302, goal=SUBMIT)


def _form(cast: Cast) -> Page:
    path = reverse("riskassessment:save_section", args=[cast.drafts[0].pk, Section.SIGNIFICANT])
    return _looks("form", cast.author, path, FORM)


def _month(cast: Cast) -> Page:
    """As CMOG's chair reads it, once its figures have been counted."""
    with at_work() as actor:
        figures.services.recount(by=actor, at=cast.at, periods=figures.selectors.months(cast.at))
    chair = User.objects.filter(roles__contains=[Role.CMOG_CHAIR], is_active=True).order_by("pk")
    return _looks("dashboard", signed_in(chair[:1].get()), reverse("governance:dashboard"), DASHBOARD)


PAGES: Mapping[str, Callable[[Cast], Page]] = {
    "home": lambda cast: _looks("home", cast.officer, reverse("home")),
    "queue": lambda cast: _looks("queue", cast.officer, reverse("referrals:queue"), QUEUE),
    "queue-deep": lambda cast: _looks("queue-deep", cast.officer, _deep_in_the_queue(cast), QUEUE),
    "queue-filtered": lambda cast: _looks(
        "queue-filtered", cast.officer, f"{reverse('referrals:queue')}?state=received&grade=3", QUEUE
    ),
    "form": _form,
    "check": lambda cast: _looks("check", cast.author, reverse("riskassessment:submit", args=[cast.drafts[0].pk])),
    "submit": _submissions,
    "find": _searches,
    "child": lambda cast: _looks("child", cast.author, reverse("people:child", args=[_child_in_view(cast).pk])),
    "dashboard": _month,
}
