"""The forms that say who sees a record: restrict, exclude, open in an emergency, end sight, keep an address secret."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from frontend.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    YesNoField,
)
from frontend.forms import Form
from people import rules
from people.codes import Restriction
from people.forms.records import NameField, named, nhs_number_field, upn_field

REFERENCE = re.compile(r"[Cc]?0*([1-9][0-9]{0,8})", re.ASCII)
LONGEST_REASON = 300
NUMBERS = ("reference", "nhs_number", "upn")


def reason(label: str, noun: str, **options: Any) -> LongTextField:
    return LongTextField(label, noun=noun, max_length=LONGEST_REASON, **{"look": Look(rows=3, count=True), **options})


class ReferenceField(TextField):
    """Our own reference, as the number of the record."""

    def __init__(self, label: str, **options: Any) -> None:
        look = Look(width="10", spellcheck=False)
        super().__init__(label, max_length=12, **{"look": look, "hint": "Like C000123", **options})

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        found = REFERENCE.fullmatch(text)
        if text and not found:
            raise ValidationError("Reference must be a C and digits, like C000123", code="invalid")
        return int(found[1]) if found else None


class PeopleField(CheckboxesField):
    """Some of the people who are offered; cleaned to the people themselves."""

    def offer(self, people: Iterable[User]) -> None:
        self.people = {str(each.pk): each for each in people}
        self.choices = named(self.people.values())

    def clean(self, value: Any) -> Any:
        return [self.people[key] for key in super().clean(value)]


class PersonField(SelectField):
    """One of the people who are offered; cleaned to the person."""

    def offer(self, people: Iterable[User]) -> None:
        self.people = {str(each.pk): each for each in people}
        self.choices = [("", "Choose a person"), *named(self.people.values())]

    def clean(self, value: Any) -> Any:
        return self.people[super().clean(value)]


class RestrictForm(Form):
    kind = RadiosField(
        "Why is the record restricted?",
        noun="why the record is restricted",
        choices=[choice for choice in Restriction.choices if choice[0]],
    )
    reason = reason("What makes it necessary?", "what makes it necessary")
    keep = PeopleField(
        "Who else keeps sight of the record?",
        noun="who keeps sight",
        required=False,
        choices=(),
        hint="You keep it, and so does whoever holds the case. One must be a CSE co-ordinator or a team manager",
    )

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        offered: Any = self.fields["keep"]
        offered.offer(people)


class OnePersonForm(Form):
    """A person and a reason."""

    person = PersonField("Person", noun="a person", choices=())
    reason = reason("Why?", "why")

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        offered: Any = self.fields["person"]
        offered.offer(people)


class ExcludeFromForm(OnePersonForm):
    reference = ReferenceField("Reference of the record", noun="the reference of the record")
    field_order = ["reference", "person", "reason"]


class ReasonForm(Form):
    reason = reason("Why?", "why")


class AnswerForm(Form):
    agreed = YesNoField("Do you agree to lift the restriction?", noun="whether you agree")
    reason = reason("Why?", "why")


class EmergencyForm(Form):
    """Exact details of one child, why, and for how long (security.md 2)."""

    mark_optional = False

    reference = ReferenceField("Our reference", noun="our reference", required=False)
    nhs_number = nhs_number_field()
    upn = upn_field()
    given_name = NameField("First name", required=False)
    family_name = NameField("Last name", required=False)
    date_of_birth = DateField("Date of birth", required=False, when="past", hint="For example, 27 3 2012")
    reason = LongTextField(
        "Why must you see the record now?",
        noun="why you must see the record now",
        max_length=1000,
        look=Look(rows=4, count=True),
        hint=f"At least {rules.SHORTEST_REASON} characters. The record's owner and information governance read it",
    )
    hours = SelectField(
        "For how long?",
        noun="for how long",
        choices=[(str(n), f"{n} hour{'' if n == 1 else 's'}") for n in range(1, rules.MOST_HOURS + 1)],
        initial="1",
    )

    def clean_reason(self) -> str:
        text: str = self.cleaned_data["reason"].strip()
        if len(text) < rules.SHORTEST_REASON:
            raise ValidationError(f"Say why in {rules.SHORTEST_REASON} characters or more", code="too_short")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = [cleaned.get(part) for part in ("given_name", "family_name", "date_of_birth")]
        if self.errors or any(cleaned.get(number) for number in NUMBERS) or all(name):
            return cleaned
        if any(name):
            raise ValidationError("Enter first name, last name and date of birth, all three")
        raise ValidationError(
            "Enter our reference, an NHS number, a unique pupil number, or full name and date of birth"
        )

    @property
    def exact(self) -> dict[str, Any]:
        """The arguments of services.open_in_emergency that say which record: the surest of what was entered."""
        chosen = self.cleaned_data
        for number in NUMBERS:
            if chosen[number]:
                return {number: chosen[number]}
        return {"name": f"{chosen['given_name']} {chosen['family_name']}", "date_of_birth": chosen["date_of_birth"]}


class ReviewForm(Form):
    justified = YesNoField("Was it justified to open the record?", noun="whether it was justified")
    note = LongTextField("What did you find?", noun="what you found", max_length=1000, look=Look(rows=4, count=True))


class SecretAddressForm(Form):
    reason = reason("Why must nobody else know where the child lives?", "why nobody else must know")
    people = PeopleField(
        "Who else sees where the child lives?", noun="who sees it", required=False, choices=(), hint="You do"
    )

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        offered: Any = self.fields["people"]
        offered.offer(people)


class TellForm(Form):
    tells = YesNoField(
        "May a search say that your team has a record?",
        noun="whether a search may say that your team has a record",
        hint="Only to a search for exactly that child, and only your team's name and how to reach it",
    )
    phone = TextField("Phone number", max_length=30, required=False, look=Look(width="20", inputmode="tel"))
    email = EmailField("E-mail address", required=False, max_length=254)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("tells") and not self.errors and not (cleaned["phone"] or cleaned["email"]):
            raise ValidationError("Enter a phone number or an e-mail address at which the team is reached")
        return cleaned
