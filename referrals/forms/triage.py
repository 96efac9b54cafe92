"""What MASH officers are asked."""

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from accounts.models import Agency, Team, User
from accounts.refusals import Refusal
from frontend.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    Look,
    RadiosField,
    Reveal,
    SelectField,
    TextField,
    TimeField,
)
from frontend.forms import Form, with_value
from frontend.text import LONDON
from people.models import Involvement
from referrals import selectors, services
from referrals.models import Grounds, Referral
from referrals.rules import OPENS_CASE, TOLD_TO_REFERRER, Grade, Outcome, State
from referrals.selectors import Filters
from riskassessment.models import LONG_TEXT

GRADES = [(str(grade), str(grade.label)) for grade in sorted(Grade, reverse=True)]
STATES = [(str(state), str(state.label)) for state in State]
OUTCOMES = [(str(outcome), str(outcome.label)) for outcome in Outcome]


class QueueForm(Form):
    """What the queue is filtered by. What cannot be is left out."""

    mark_optional = False

    grade = SelectField("Grade", choices=[("", "All"), *GRADES], required=False)
    holder = SelectField(
        "Who has it", choices=[("", "Everyone"), ("mine", "Me"), ("nobody", "Nobody yet")], required=False
    )
    state = SelectField("State", choices=[("", "Everything open"), *STATES], required=False)
    outcome = SelectField(
        "Outcome",
        choices=[("", "All"), *(each for each in OUTCOMES if each[0] in TOLD_TO_REFERRER)],
        required=False,
    )
    reference = TextField("Reference", max_length=20, required=False, look=Look(width="10"))

    def filters(self) -> Filters:
        self.is_valid()
        given = self.cleaned_data
        grade = given.get("grade")
        return Filters(
            state=given.get("state", ""),
            grade=Grade(int(grade)) if grade else None,
            holder=given.get("holder", ""),
            outcome=given.get("outcome", ""),
            reference=given.get("reference", ""),
        )


class TriageForm(Form):
    """A form about a referral, which knows how the referral was when the page was opened."""

    beside: ClassVar[dict[type[Refusal], str]] = {}
    """The field beside which a refusal is shown; at the top where none is named."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Load this page again", "invalid": "Load this page again"}
    )

    def __init__(self, *args: Any, referral: Referral, **options: Any) -> None:
        super().__init__(*args, initial={"version": referral.version}, **options)

    def arguments(self) -> dict[str, Any]:
        """What the service is called with."""
        return self.cleaned_data

    def refuse(self, refusal: Refusal, referral: Referral) -> None:
        """Show the refusal, keep what was typed, and take note of the referral as it is now."""
        self.add_error(self.beside.get(type(refusal)), str(refusal))
        self.data = with_value(self.data, "version", str(referral.version))


class UnversionedForm(TriageForm):
    """For a command that nothing else can contradict."""

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class GradeForm(TriageForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.SameGrade: "grade"}

    grade = RadiosField(
        "What grade is this referral?",
        noun="the grade",
        choices=[each for each in GRADES if each[0] != str(Grade.UNGRADED)],
        look=Look(
            size="m",
            item_hints={
                str(Grade.RED): "Act within 4 hours (local rule)",
                str(Grade.AMBER): "Act within 24 hours (local rule)",
                str(Grade.GREEN): "Act within 72 hours (local rule)",
                str(Grade.BLUE): "No clock of its own",
            },
        ),
    )
    reason = LongTextField("Why?", noun="why you give this grade", look=Look(size="m"))

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "grade": Grade(int(self.cleaned_data["grade"]))}


class HandOverForm(TriageForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.NotAnOfficer: "officer"}

    officer = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who takes this referral?",
        error_messages={"required": "Select who takes this referral", "invalid_choice": "Select a MASH officer"},
    )

    def __init__(self, *args: Any, referral: Referral, **options: Any) -> None:
        super().__init__(*args, referral=referral, **options)
        self.fields["officer"].queryset = selectors.officers(referral)  # type: ignore[attr-defined]


class AskAgencyForm(UnversionedForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.AlreadyAsked: "agency"}

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.order_by("name"),
        label="Which agency did you ask?",
        error_messages={"required": "Select the agency you asked", "invalid_choice": "Select an agency from the list"},
    )


class RecordCheckForm(Form):
    finding = LongTextField(
        "What do they know?",
        noun="what they know",
        hint="If they know nothing of the child, say so.",
        max_length=LONG_TEXT,
        look=Look(size="m"),
    )
    answered_by = TextField("Who answered?", noun="who answered", max_length=120, hint="Name and job title")


class RecordDiscussionForm(UnversionedForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.WrongMoment: "held_on", services.NotADiscussion: "agencies"}

    held_on = DateField("What day was it held?", noun="the day of the discussion", when="past", look=Look(size="m"))
    held_time = TimeField(
        "What time did it start?", noun="the time", hint="For example, 2:30pm", look=Look(size="m", width="5")
    )
    agencies = CheckboxesField(
        "Who took part?",
        noun="who took part",
        hint="Local authority, police and health must take part, or it is no strategy discussion.",
        choices=[],
        look=Look(size="m", small=True),
    )
    summary = LongTextField(
        "What was said and agreed?", noun="what was said and agreed", max_length=LONG_TEXT, look=Look(size="m")
    )

    def __init__(self, *args: Any, referral: Referral, **options: Any) -> None:
        super().__init__(*args, referral=referral, **options)
        self._agencies = {str(agency.pk): agency for agency in selectors.agencies_for_discussion()}
        self.offer("agencies", [(pk, agency.name) for pk, agency in self._agencies.items()])

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "held_at": datetime.combine(given["held_on"], given["held_time"], LONDON),
            "agencies": [self._agencies[pk] for pk in given["agencies"]],
            "summary": given["summary"],
        }


class DecideForm(TriageForm):
    """Outcome and reason; and which team takes the case, where the outcome opens one and none is open."""

    outcome = RadiosField("What is the decision?", noun="the decision", choices=[], look=Look(size="m"))
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        label="Which team takes the case?",
        error_messages={"required": "Select the team that takes the case", "invalid_choice": "Select a team"},
    )
    reason = LongTextField("Why?", noun="why you decide so", max_length=LONG_TEXT, look=Look(size="m"))

    def __init__(self, *args: Any, referral: Referral, case: Involvement | None, **options: Any) -> None:
        super().__init__(*args, referral=referral, **options)
        outcome, team = self.fields["outcome"], self.fields["team"]
        discussed = referral.state == State.IN_DISCUSSION
        outcome.choices = [  # type: ignore[attr-defined]
            each for each in OUTCOMES if not (discussed and each[0] == Outcome.STRATEGY_DISCUSSION)
        ]
        hints = {str(Outcome.SECTION_47): "Needs a recorded strategy discussion"}
        if case:
            del self.fields["team"]
            reveal = None
        else:
            team.queryset = selectors.teams_for_a_case()  # type: ignore[attr-defined]
            reveal = Reveal(when=tuple(sorted(OPENS_CASE)), fields=("team",))
        outcome.look = replace(outcome.look, item_hints=hints, reveal=reveal)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": Outcome(self.cleaned_data["outcome"])}


class GiveFeedbackForm(UnversionedForm):
    feedback = LongTextField(
        "What do you tell the referrer?",
        noun="what you tell the referrer",
        hint="They read exactly this, with the decision. Write nothing that they may not know.",
        look=Look(size="m", count=True),
    )


class ReferToNrmForm(UnversionedForm):
    beside: ClassVar[dict[type[Refusal], str]] = {
        services.NotAFirstResponder: "first_responder",
        services.WrongGrounds: "sent_on",
    }

    first_responder = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label="Which first responder made the referral?",
        error_messages={"required": "Select the first responder", "invalid_choice": "Select a first responder"},
    )
    sent_on = DateField("What day was it sent?", noun="the day it was sent", when="past")

    def __init__(self, *args: Any, referral: Referral, **options: Any) -> None:
        super().__init__(*args, referral=referral, **options)
        self.fields["first_responder"].queryset = selectors.first_responders()  # type: ignore[attr-defined]


class RecordGroundsForm(UnversionedForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.WrongGrounds: "decided_on"}

    grounds = RadiosField(
        "What was decided?",
        noun="what was decided",
        choices=[(Grounds.POSITIVE.value, "Positive"), (Grounds.NEGATIVE.value, "Negative")],
        look=Look(size="m", inline=True),
    )
    decided_on = DateField("What day was it decided?", noun="the day of the decision", when="past", look=Look(size="m"))

    def arguments(self) -> dict[str, Any]:
        return {"grounds": Grounds(self.cleaned_data["grounds"]), "decided_on": self.cleaned_data["decided_on"]}


class RecordAssessmentForm(UnversionedForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.WrongMoment: "held_on"}

    held_on = DateField("What day was it completed?", noun="the day it was completed", when="past", look=Look(size="m"))
    outcome = LongTextField("What did it find?", noun="what it found", max_length=LONG_TEXT, look=Look(size="m"))


class RecordConferenceForm(UnversionedForm):
    beside: ClassVar[dict[type[Refusal], str]] = {services.WrongMoment: "held_on"}

    held_on = DateField("What day was it held?", noun="the day it was held", when="past", look=Look(size="m"))
    outcome = LongTextField(
        "What did the conference decide?",
        noun="what the conference decided",
        hint="For example, a child protection plan, and why.",
        max_length=LONG_TEXT,
        look=Look(size="m"),
    )
