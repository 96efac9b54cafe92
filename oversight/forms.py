"""Whom or what to look up in the log, which part of it to show, and what was found."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from frontend.fields import DateField, LongTextField, Look, SelectField, TextField
from frontend.forms import Form
from oversight.selectors import Filters, Kind

_REFERENCE = re.compile(r"[Cc]?0*([1-9][0-9]{0,17})", re.ASCII)


class LookUpForm(Form):
    mark_optional = False

    child = TextField(
        "Reference of a child",
        noun="the reference",
        hint="As on the child’s record, for example C000017",
        required=False,
        look=Look(width="10"),
    )
    person = TextField(
        "Name or e-mail address of a person",
        noun="the name or e-mail address",
        hint="Somebody who uses this site, not a child",
        required=False,
        look=Look(width="20"),
    )

    def clean_child(self) -> int | None:
        typed = self.cleaned_data["child"]
        if not typed:
            return None
        found = _REFERENCE.fullmatch(typed.strip())
        if not found:
            raise ValidationError("Enter a reference as it stands on the record, for example C000017")
        return int(found[1])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not given.get("child") and not given.get("person"):
            self.add_error("child", "Enter the reference of a child, or a person’s name or e-mail address")
        return given


class FilterForm(Form):
    """What is left out is not narrowed down."""

    mark_optional = False

    kind = SelectField("What", choices=[("", "Everything"), *Kind.choices], required=False)
    first = DateField("From", noun="the first day", when="past", required=False)
    last = DateField("To", noun="the last day", when="past", required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the same as or after the first day")
        return given

    @property
    def filters(self) -> Filters:
        if not self.is_bound or not self.is_valid():
            return Filters()
        given = self.cleaned_data
        first: date | None = given.get("first")
        return Filters(kind=given.get("kind") or "", first=first, last=given.get("last"))


class FoundForm(Form):
    found = LongTextField(
        "What did you find?",
        noun="what you found",
        hint="What the person said, whom else you asked, and what follows. Name no child.",
    )
