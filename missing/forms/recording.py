"""The pages of a return interview as forms, one a part. Nothing is required to save a draft: see `parts.lacks`."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from accounts.models import User
from frontend.fields import CheckboxesField, LongTextField, Look, RadiosField, Reveal, TextField, YesNoField
from frontend.forms import with_value
from frontend.moment_forms import Asked, MomentForm
from frontend.moments import Moment
from missing import parts
from missing.forms.interviews import described
from missing.models import Interview
from missing.parts import Content, Lack, Part
from missing.rules import Harm, PullFactor, PushFactor

MOST_PLACES, LONGEST_PLACE = 50, 200


class PartForm(MomentForm):
    """A page of the interview. `version` is the digest of what the page showed (`Content.digest`)."""

    mark_optional = False
    part: ClassVar[Part]
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, interview: Interview, me: User, **options: Any) -> None:
        self.content = parts.content(interview, self.part)
        initial = {**self.initial_of(interview, me), "version": self.content.digest}
        super().__init__(*args, initial=initial, **options)

    def initial_of(self, interview: Interview, me: User) -> dict[str, Any]:
        return dict(self.content.values)

    def typed_values(self) -> dict[str, Any]:
        """The part's columns as typed; what could not be understood is left out and stays as it is stored."""
        return {name: self.cleaned_data[name] for name in self.content.values if name in self.cleaned_data}

    def keep_saving_from(self, stored: Content) -> None:
        """The page is shown again after saving: what it shows now is what `stored` holds."""
        self.data = with_value(self.data, "version", stored.digest)

    def show(self, lacks: Iterable[Lack]) -> None:
        """Put each missing thing of this part beside its field, unless what was typed there is complained of."""
        wrong = set(self.errors)
        for lack in lacks:
            if lack.part == self.part and not wrong & set(self._in_order([lack.field])):
                self.add_error(self.field_of(lack.field) if lack.field in self.moments else lack.field, lack.sentence)


class MeetingForm(PartForm):
    part = Part.MEETING
    field_order = ["conducted"]
    moments: ClassVar[Mapping[str, Asked]] = {
        "conducted": Asked("When was the interview held?", "the interview was held", required=False)
    }
    place = TextField(
        "Where was it held?",
        noun="where the interview was held",
        max_length=120,
        required=False,
        hint="A place in which the child could talk freely",
        look=Look(size="m"),
    )
    present = TextField(
        "Who was present?",
        noun="who was present",
        hint="Everybody, the child as well. If the child asked for somebody, say so.",
        required=False,
        look=Look(size="m"),
    )
    held_by = RadiosField("Who held the interview?", noun="who held the interview", choices=[], required=False)
    interviewer_name = TextField("Their name", noun="the interviewer’s name", max_length=120, required=False)
    interviewer_role = TextField("Their role", noun="the interviewer’s role", max_length=120, required=False)
    interviewer_employer = TextField(
        "Who they work for", noun="who the interviewer works for", max_length=120, required=False
    )
    independent = YesNoField(
        "Is the interviewer independent of where the child lives?",
        noun="whether the interviewer is independent",
        hint="Nobody who looks after the child, and nobody whom the child may not want to tell.",
        required=False,
        look=Look(size="m", inline=True),
    )
    not_independent_reason = LongTextField(
        "If not, why not?",
        noun="why the interviewer was not independent",
        hint="Also where the interviewer works for a children’s home or a fostering service.",
        max_length=1000,
        required=False,
        look=Look(size="s", rows=3),
    )

    def __init__(self, *args: Any, interview: Interview, me: User, **options: Any) -> None:
        self._people = {"me": me}
        if interview.interviewer and interview.interviewer != me:
            self._people["named"] = interview.interviewer
        super().__init__(*args, interview=interview, me=me, **options)
        held_by = self.fields["held_by"]
        named = (
            [("named", described(interview.interviewer))] if "named" in self._people and interview.interviewer else []
        )
        self.offer("held_by", [("me", f"I did: {described(me)}"), *named, ("other", "Somebody else")])
        revealed = ("interviewer_name", "interviewer_role", "interviewer_employer")
        held_by.look = Look(size="m", reveal=Reveal(when=("other",), fields=revealed))  # type: ignore[attr-defined]

    def initial_of(self, interview: Interview, me: User) -> dict[str, Any]:
        initial = super().initial_of(interview, me)
        if interview.conducted_at:
            initial["conducted"] = Moment.of(interview.conducted_at)
        if interview.interviewer_name:
            initial["held_by"] = {None: "other", me.pk: "me"}.get(interview.interviewer_id, "named")
        return initial

    def typed_values(self) -> dict[str, Any]:
        values = super().typed_values()
        for name in ("interviewer_name", "interviewer_role", "interviewer_employer"):
            values.pop(name, None)
        if not {"conducted_on", "conducted_time", "conducted_which"} & self.errors.keys():
            conducted: Moment | None = self.cleaned_data["conducted"]
            values["conducted_at"] = conducted.at if conducted else None
            values["conducted_offset"] = conducted.offset if conducted else None
        return values | self._interviewer()

    def _interviewer(self) -> dict[str, Any]:
        """Name, role and employer: as the account says, or as typed for somebody without one."""
        held_by = self.cleaned_data.get("held_by", "")
        if person := self._people.get(held_by):
            return {
                "interviewer_id": person.pk,
                "interviewer_name": person.full_name,
                "interviewer_role": person.job_title or "Practitioner",
                "interviewer_employer": str(person.team.agency) if person.team else "",
            }
        if held_by != "other":
            return {}
        typed = ("interviewer_name", "interviewer_role", "interviewer_employer")
        return {"interviewer_id": None} | {name: self.cleaned_data[name] for name in typed if name in self.cleaned_data}


class WordsForm(PartForm):
    part = Part.WORDS
    own_words = LongTextField(
        "What did the child say, in their own words?",
        noun="what the child said",
        hint="As they said it. If the child did not want to talk, say so.",
        max_length=10_000,
        required=False,
        look=Look(size="m", rows=16, count=True),
    )


class WhyForm(PartForm):
    part = Part.WHY
    push_factors = CheckboxesField(
        "What did the child run from?",
        noun="what the child ran from",
        choices=PushFactor.choices,
        required=False,
        hint="Select all that apply, or none.",
        look=Look(size="m", small=True),
    )
    pull_factors = CheckboxesField(
        "What was the child drawn to?",
        noun="what the child was drawn to",
        choices=PullFactor.choices,
        required=False,
        hint="Select all that apply, or none.",
        look=Look(size="m", small=True),
    )
    factors_notes = LongTextField(
        "What do you make of it?", noun="what you make of it", required=False, look=Look(size="m")
    )


class AwayForm(PartForm):
    part = Part.AWAY
    who_with = LongTextField(
        "Who was the child with?",
        noun="who the child was with",
        hint="Names, nicknames, ages, how they met, phones, cars",
        required=False,
        look=Look(size="m"),
    )
    places = LongTextField(
        "Where was the child?",
        noun="where the child was",
        hint="One place on each line: an address, a shop, a park, a car. Places that come up again matter.",
        max_length=MOST_PLACES * LONGEST_PLACE,
        required=False,
        look=Look(size="m"),
    )
    harm = CheckboxesField(
        "What harm came to the child?",
        noun="what harm came to the child",
        choices=Harm.choices,
        required=False,
        hint="Select all that apply, or none.",
        look=Look(size="m", small=True),
    )
    harm_notes = LongTextField("What happened?", noun="what happened", required=False, look=Look(size="m"))

    def initial_of(self, interview: Interview, me: User) -> dict[str, Any]:
        return super().initial_of(interview, me) | {"places": "\n".join(interview.places)}

    def clean_places(self) -> list[str]:
        places = [line.strip() for line in self.cleaned_data["places"].split("\n") if line.strip()]
        if any(len(place) > LONGEST_PLACE for place in places):
            raise forms.ValidationError(f"Each place must be {LONGEST_PLACE} characters or fewer")
        if len(places) > MOST_PLACES:
            raise forms.ValidationError(f"Enter {MOST_PLACES} places or fewer")
        return places


class NextForm(PartForm):
    part = Part.NEXT
    risks = LongTextField(
        "What risks do you see?",
        noun="the risks you see",
        hint="Of going missing again, of harm. If you see none, say so.",
        required=False,
        look=Look(size="m"),
    )
    needs = LongTextField(
        "What does the child need?",
        noun="what the child needs",
        hint="What would help the child to be safe and to stay. If nothing is needed, say so.",
        required=False,
        look=Look(size="m"),
    )
    carer_account = LongTextField(
        "What does the parent or carer say?", noun="the carer’s account", required=False, look=Look(size="m")
    )


FORMS: Mapping[Part, type[PartForm]] = {
    form.part: form for form in (MeetingForm, WordsForm, WhyForm, AwayForm, NextForm)
}
