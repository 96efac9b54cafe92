"""The forms about a child: find, add, correct, match, and the case."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import Team, User
from frontend.fields import (
    PARTS,
    CheckboxesField,
    DateField,
    LongTextField,
    Look,
    RadiosField,
    Reveal,
    SelectField,
    TextField,
    TokenField,
)
from frontend.forms import Form
from frontend.text import date_in_words, local_day
from people import rules
from people.codes import Authority, Ethnicity, LookedAfter, Sex
from people.models import Child
from people.rules import Particulars
from people.selectors import Match

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", re.ASCII)
OTHER_RECORD = "other"
NONE_OF_THESE = "none"
LONGEST_NAME = 80


class NameField(TextField):
    """A name in any script; what cannot be part of one is refused with a sentence."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **{"max_length": LONGEST_NAME, "look": Look(width="20", spellcheck=False), **options})

    def clean(self, value: Any) -> str:
        try:
            return rules.clean_name(super().clean(value))
        except ValueError as problem:
            raise ValidationError(f"{self.subject} {problem}", code="invalid") from None


class NumberField(TextField):
    """An identifier checked by a rule of this room; empty is None."""

    def __init__(self, label: str, *, rule: Callable[[str], str], **options: Any) -> None:
        self.rule = rule
        super().__init__(label, max_length=30, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.rule(text) if text else None
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from None


class PostcodeField(TextField):
    def clean(self, value: Any) -> str:
        text = re.sub(r"\s+", "", super().clean(value)).upper()
        found = POSTCODE.fullmatch(text)
        if text and not found:
            raise ValidationError("Postcode must be a full UK postcode, like WV1 1AA", code="invalid")
        return f"{found[1]} {found[2]}" if found else ""


class OtherNamesField(TextField):
    """Several names with commas between them."""

    def clean(self, value: Any) -> Any:
        names = [" ".join(name.split()) for name in super().clean(value).split(",")]
        try:
            names = [rules.clean_name(name) for name in names if name]
        except ValueError as problem:
            raise ValidationError(f"Each other name {problem}", code="invalid") from None
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(
                f"Each other name must be {LONGEST_NAME} characters or fewer. Put commas between them", code="invalid"
            )
        return names

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


def nhs_number_field() -> NumberField:
    look = Look(width="20", inputmode="numeric", spellcheck=False)
    return NumberField("NHS number", rule=rules.clean_nhs_number, required=False, look=look, hint="10 digits")


def upn_field() -> NumberField:
    look = Look(width="20", spellcheck=False)
    hint = "A letter and 12 more characters. The school has it"
    return NumberField("Unique pupil number", rule=rules.clean_upn, required=False, look=look, hint=hint)


class FindForm(Form):
    """Anything that is known: one answer is enough."""

    mark_optional = False

    given_name = NameField("First name", required=False)
    family_name = NameField("Last name", required=False)
    date_of_birth = DateField("Date of birth", required=False, when="past", hint="For example, 27 3 2012")
    nhs_number = nhs_number_field()
    upn = upn_field()
    adults = CheckboxesField(
        "Young people who are now adults",
        required=False,
        choices=[("yes", "Also show people who are now 18 or over")],
        look=Look(small=True),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in FIND_BY):
            raise ValidationError("Enter a name, a date of birth, an NHS number or a unique pupil number")
        return cleaned

    @property
    def terms(self) -> Particulars:
        return Particulars(**{name: self.cleaned_data[name] for name in FIND_BY})


FIND_BY = ("given_name", "family_name", "date_of_birth", "nhs_number", "upn")
CARRIED = ("given_name", "family_name", *(f"date_of_birth-{part}" for part in PARTS), "nhs_number", "upn")
"""What "Add a child" takes over from "Find a child", as typed."""


class DetailsForm(Form):
    """What is recorded of a child. `added_on` is the day on which the child must have been under 18.

    What is `hidden` from the person is not asked of them either, and stays as it is.
    """

    given_name = NameField("First name", noun="the child's first name")
    family_name = NameField("Last name", noun="the child's last name")
    aliases = OtherNamesField(
        "Other names the child is known by", noun="other names", required=False, hint="With commas between them"
    )
    date_of_birth = DateField(
        "Date of birth", noun="the child's date of birth", when="past", hint="For example, 27 3 2012"
    )
    sex = RadiosField("Sex", choices=Sex.choices, required=False, look=Look(inline=True))
    nhs_number = nhs_number_field()
    upn = upn_field()
    school = TextField("School or college", max_length=120, required=False)
    ethnicity = SelectField("Ethnicity", choices=Ethnicity.choices, required=False)
    learning_disability = RadiosField(
        "Does the child have a learning disability?",
        noun="whether the child has a learning disability",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not known")],
        required=False,
        look=Look(inline=True),
    )
    looked_after = SelectField("Is the child looked after?", choices=LookedAfter.choices, required=False)
    responsible_authority = SelectField(
        "Responsible authority", choices=Authority.choices, required=False, hint="The council that is responsible"
    )
    host_authority = SelectField(
        "Where the child lives", choices=Authority.choices, required=False, hint="Another one when placed away"
    )
    address = TextField("Address", max_length=300, required=False)
    postcode = PostcodeField("Postcode", max_length=10, required=False, look=Look(width="10", spellcheck=False))
    ward = TextField("Ward", max_length=60, required=False)
    phone = TextField("Phone number", max_length=30, required=False, look=Look(width="20", inputmode="tel"))
    notes = LongTextField("Anything else that helps to recognise the child", noun="notes", required=False)

    SECTIONS = (
        ("Who the child is", ("given_name", "family_name", "aliases", "date_of_birth", "sex", "nhs_number", "upn")),
        ("School and background", ("school", "ethnicity", "learning_disability")),
        (
            "Home",
            ("looked_after", "responsible_authority", "host_authority", "address", "postcode", "ward", "phone"),
        ),
        ("Anything else", ("notes",)),
    )

    def __init__(
        self, *args: Any, added_on: dt.date, named: bool = True, hidden: Collection[str] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.added_on = added_on
        for name in ("given_name", "family_name", "date_of_birth"):
            self.fields[name].required = named
        for name in hidden:
            del self.fields[name]

    def clean_date_of_birth(self) -> dt.date | None:
        born: dt.date | None = self.cleaned_data["date_of_birth"]
        problem = born and rules.birth_date_problem(born, self.added_on)
        if problem:
            raise ValidationError(problem, code="invalid")
        return born

    def clean_learning_disability(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["learning_disability"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("sex", "ethnicity", "looked_after", "responsible_authority", "host_authority"):
            if not cleaned.get(name):
                cleaned[name] = getattr(Child(), name)
        return cleaned


class RegisterForm(DetailsForm):
    """A new child; when the name or the date is not known, MASH is asked to find out who it is."""

    unknown = CheckboxesField(
        "If you are not sure who the child is",
        required=False,
        choices=[("yes", "I do not know the child's full name or date of birth")],
    )

    token = TokenField()

    RECOGNISED_BY = ("given_name", "family_name", "aliases", "nhs_number", "upn", "school", "address", "phone", "notes")

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, named=not (data and "unknown" in data), **options)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("unknown") and not self.errors and not any(cleaned.get(name) for name in self.RECOGNISED_BY):
            raise ValidationError("Enter something by which the child can be recognised, if only in your own words")
        return cleaned


class CorrectForm(DetailsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MatchForm(Form):
    """Which record is about the same child: one of the candidates, another one by its reference, or none."""

    chosen = RadiosField(
        "Which of our records is about the same child?", noun="a record, or that none of these is the child", choices=()
    )
    reference = TextField(
        "Reference of the other record", max_length=12, required=False, look=Look(width="10"), hint="Like C000123"
    )

    def __init__(self, *args: Any, candidates: Iterable[Match], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {str(match.pk): match for match in candidates}
        field: Any = self.fields["chosen"]
        field.choices = [
            *((key, f"{match.name} ({match.reference})") for key, match in offered.items()),
            (OTHER_RECORD, "Another record that I may see"),
            (NONE_OF_THESE, "None of these: this is a child we did not know"),
        ]
        field.look = Look(
            size="m",
            item_hints={key: _what_identifies(match) for key, match in offered.items()},
            reveal=Reveal(when=(OTHER_RECORD,), fields=("reference",)),
        )

    def clean_reference(self) -> int | None:
        digits = re.fullmatch(r"[Cc]?0*([1-9][0-9]{0,8})", self.cleaned_data["reference"])
        if self.cleaned_data.get("chosen") == OTHER_RECORD and not digits:
            raise ValidationError("Enter the reference of the other record, like C000123")
        return int(digits[1]) if digits else None


class CaseForm(Form):
    """Who is to hold the case."""

    team = SelectField("Team that holds the case", noun="the team that holds the case", choices=())
    key_worker = SelectField("Key worker", noun="a key worker", choices=(), required=False)
    coordinator = SelectField("CSE co-ordinator", noun="a CSE co-ordinator", choices=(), required=False)

    def __init__(
        self, *args: Any, teams: Iterable[Team], workers: Iterable[User], coordinators: Iterable[User], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.people = {str(user.pk): user for user in (*workers, *coordinators)}
        self.teams = {str(team.pk): team for team in teams}
        _offer(self.fields["team"], [(pk, str(team)) for pk, team in self.teams.items()], "Choose a team")
        _offer(self.fields["key_worker"], named(workers), "Nobody yet")
        _offer(self.fields["coordinator"], named(coordinators), "Nobody yet")

    @property
    def holders(self) -> dict[str, Any]:
        """The arguments of services.open_case."""
        chosen = self.cleaned_data
        return {
            "team": self.teams[chosen["team"]],
            "key_worker": self.people.get(chosen["key_worker"]),
            "coordinator": self.people.get(chosen["coordinator"]),
        }


class KeyWorkerForm(Form):
    key_worker = SelectField("Key worker", noun="a key worker", choices=())

    def __init__(self, *args: Any, workers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(user.pk): user for user in workers}
        _offer(self.fields["key_worker"], named(self.people.values()), "Choose a person")

    @property
    def person(self) -> User:
        return self.people[self.cleaned_data["key_worker"]]


def details_of(child: Child) -> dict[str, Any]:
    """What the form starts with when a record is corrected."""
    names = [name for _, section in DetailsForm.SECTIONS for name in section]
    values = {name: getattr(child, name) for name in names}
    known = {True: "yes", False: "no", None: ""}[child.learning_disability]
    return {**values, "learning_disability": known, "version": child.version}


def known_to_differ(data: QueryDict) -> list[int]:
    """The records that were shown as possible duplicates and are, the author says, of another child."""
    keys = data.getlist("known_to_differ")
    return [int(key) for key in keys if re.fullmatch(r"[0-9]{1,12}", key, re.ASCII)]


def added_on(child: Child) -> dt.date:
    return local_day(child.added_at)


def _what_identifies(match: Match) -> str:
    born = f"Born {date_in_words(match.date_of_birth)}" if match.date_of_birth else "Date of birth not known"
    return f"{born}. {', '.join(match.reasons)}. Added by {match.added_by}."


def named(users: Iterable[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), ", ".join(filter(None, [user.full_name, user.job_title]))) for user in users]


def _offer(field: Any, choices: list[tuple[str, str]], nothing: str) -> None:
    field.choices = [("", nothing), *choices]
