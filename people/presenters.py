"""What the pages about a child show, as texts by field."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from audit.acting import Beyond, beyond
from frontend.addresses import url
from frontend.text import date_in_words, local_day
from people import panels, rules, selectors
from people.forms.records import DetailsForm
from people.models import Child

LABELS: Mapping[str, str] = {name: str(field.label) for name, field in DetailsForm.base_fields.items()}
NOT_SHOWN = "Not shown to you"
_DISPLAYED = ("sex", "ethnicity", "looked_after", "responsible_authority", "host_authority")


def texts(child: Child, *, hidden: Collection[str]) -> dict[str, str]:
    """Every detail of the record in words, empty where nothing is known, and for the fields that are `hidden`."""
    values = {name: str(getattr(child, name) or "") for name in LABELS}
    values |= {name: getattr(child, f"get_{name}_display")() for name in _DISPLAYED}
    return (
        values
        | dict.fromkeys(hidden, "")
        | {
            "aliases": ", ".join(child.aliases),
            "date_of_birth": date_in_words(child.date_of_birth),
            "learning_disability": {True: "Yes", False: "No", None: "Not known"}[child.learning_disability],
            "nhs_number": spaced_nhs_number(child.nhs_number or ""),
        }
    )


def spaced_nhs_number(number: str) -> str:
    """As it stands on letters: 999 000 0018."""
    return " ".join(filter(None, (number[:3], number[3:6], number[6:])))


def age_in_words(born: date | None, day: date) -> str:
    if born is None:
        return "Not known"
    age = rules.age_on(born, day)
    return f"{age}, an adult" if age >= rules.CHILDHOOD_ENDS else str(age)


def hidden(user: User, child: Child) -> frozenset[str]:
    """The fields of the record that this person is not shown."""
    return frozenset() if selectors.sees_address(user, child) else rules.WHERE_THEY_LIVE


def page(user: User, child: Child, *, at: datetime) -> dict[str, Any]:
    """The child's page: details, case, other records of the child, and the panels of other rooms."""
    day = local_day(at)
    case = selectors.case_of(child)
    return {
        "child": child,
        "sections": _sections(child, day, hidden=hidden(user, child)),
        "case": case,
        "staffs_case": bool(case and selectors.staffs(user, case.team)),
        "closed_cases": list(selectors.closed_cases(child)),
        "same_children": list(selectors.same_children(user, child)),
        "panels": panels.for_child(user, child, at=at),
        "adult": bool(child.date_of_birth and rules.age_on(child.date_of_birth, day) >= rules.CHILDHOOD_ENDS),
        "proposal": selectors.lift_proposal(child) if child.restriction else None,
        "shows_address": not hidden(user, child),
        "may": may(user),
    }


def sight(user: User, child: Child, *, at: datetime) -> dict[str, Any]:
    """The page that says who sees a record; information governance read it of a record they do not see."""
    governs = Permission.SIGHT_GOVERN in user.permissions
    with beyond(Beyond.GOVERNANCE) if governs else nullcontext():
        decides = Permission.RECORD_RESTRICT in user.permissions and selectors.answers_for(user, child)
        ends = Permission.SIGHT_END in user.permissions
        return {
            "child": child,
            "governs": governs,
            "decides": decides,
            "since": selectors.restricted_since(child),
            "proposal": selectors.lift_proposal(child),
            "teams": _ending(selectors.team_sights(child, at=at), "end_sight", child, may_end=ends),
            "people": _ending(selectors.personal_sights(child, at=at), "end_sight_of_person", child, may_end=decides),
            "exclusions": selectors.exclusions(child),
            "address_secret": bool(child.address_secret),
            "told_address": selectors.told_address(child) if child.address_secret else [],
        }


def _ending(sights: list[selectors.Sight], name: str, child: Child, *, may_end: bool) -> list[dict[str, Any]]:
    """Each with the address where it is ended, where that is by hand and this person may."""
    return [
        {"sight": each, "end": url(f"people:{name}", child.pk, each.who.pk) if may_end and each.ended_by_hand else ""}
        for each in sights
    ]


def may(user: User) -> dict[str, bool]:
    """What this person's role allows, by the permission's name: `may.CHILD_CORRECT`."""
    return {permission.name: permission in user.permissions for permission in Permission}


def both_versions(theirs: Child, yours: Mapping[str, Any], *, hidden: Collection[str]) -> dict[str, Any]:
    """The saved record and the refused one, by field, for the two to be compared; without what is hidden."""
    refused = Child(pk=theirs.pk, **{name: yours.get(name, getattr(theirs, name)) for name in LABELS})
    saved, typed = texts(theirs, hidden=hidden), texts(refused, hidden=hidden)
    last = selectors.last_correction(theirs)
    return {
        "labels": {name: label for name, label in LABELS.items() if saved[name] or typed[name]},
        "theirs": {"title": "What is saved now", "byline": _byline(last), "values": saved},
        "yours": {"title": "What you typed", "byline": "Not saved", "values": typed},
    }


def _byline(last: tuple[str, datetime] | None) -> str:
    return f"Saved by {last[0]} on {date_in_words(last[1])}" if last else "Saved"


def _sections(child: Child, day: date, *, hidden: Collection[str]) -> list[dict[str, Any]]:
    """Titled rows of the summary, without what nobody has filled in except what always matters."""
    values = (
        texts(child, hidden=hidden) | dict.fromkeys(hidden, NOT_SHOWN) | {"age": age_in_words(child.date_of_birth, day)}
    )
    labels = {**LABELS, "age": "Age", "looked_after": "Looked after", "learning_disability": "Learning disability"}
    rows = [
        ("Details", ("given_name", "family_name", "aliases", "age", "date_of_birth", "sex", "ethnicity")),
        ("Numbers and school", ("nhs_number", "upn", "school", "learning_disability")),
        ("Home", ("looked_after", "responsible_authority", "host_authority", "address", "postcode", "ward", "phone")),
        ("Notes", ("notes",)),
    ]
    return [
        {"title": title, "rows": [{"key": labels[name], "text": values[name] or "Not known"} for name in names]}
        for title, names in rows
        if title != "Notes" or child.notes
    ]
