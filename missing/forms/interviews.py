"""What is asked around a return interview: who holds it, the offer, the answer, its actions, taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from accounts.models import Team, User
from accounts.refusals import Refusal
from frontend.fields import CheckboxesField, DateField, LongTextField, Look, RadiosField, Reveal, SelectField, TextField
from frontend.forms import Form, with_value
from frontend.moment_forms import Asked, MomentForm
from frontend.text import date_in_words
from missing import services
from missing.forms.steps import StepForm, refused
from missing.models import Episode, Interview
from missing.rules import DeclinedBy

_LOAD_AGAIN = "Load this page again"


class NameInterviewerForm(StepForm):
    beside: ClassVar[Mapping[type[Refusal], str]] = {services.CannotInterview: "interviewer"}

    interviewer = SelectField(
        "Who holds the return interview?",
        noun="who holds the interview",
        choices=[],
        hint="They come to see this child’s record and are told at once. The interviewer should be independent of "
        "where the child lives.",
        look=Look(size="m"),
    )

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(person.pk): person for person in people}
        named = [(pk, described(person)) for pk, person in self._people.items()]
        self.offer("interviewer", [("", "Select a person"), *named])

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "interviewer": self._people[self.cleaned_data["interviewer"]]}


class OfferForm(StepForm):
    """Asks for which episodes only where there are others, and who offered it only where somebody else was named."""

    beside: ClassVar[Mapping[type[Refusal], str]] = {services.AlreadyOffered: "covers"}

    moments: ClassVar[Mapping[str, Asked]] = {"offered": Asked("When was the interview offered?", "it was offered")}
    offered_to = TextField(
        "Who was it offered to?",
        noun="who it was offered to",
        max_length=120,
        hint="For example, the child, or the child through the foster carer",
        look=Look(size="m"),
    )
    offered_by = RadiosField("Who offered it?", noun="who offered it", choices=[], look=Look(size="m"))
    covers = CheckboxesField(
        "Which times is the interview for?",
        noun="which times the interview is for",
        hint="One interview may be for several times. Each is judged by its own 72 hours.",
        choices=[],
        look=Look(size="m"),
    )

    def __init__(
        self, *args: Any, episode: Episode, others: Sequence[Episode], me: User, named: User | None, **options: Any
    ) -> None:
        initial = {"covers": [str(episode.pk)]}
        super().__init__(*args, episode=episode, initial=initial, **options)
        self._others = {str(each.pk): each for each in others}
        self._offerers = {"me": me} | ({"named": named} if named and named != me else {})
        if others:
            self.offer("covers", [(str(each.pk), spell(each)) for each in (episode, *others)])
        else:
            del self.fields["covers"]
        if len(self._offerers) > 1:
            self.offer("offered_by", [("me", "I did"), ("named", str(named))])
        else:
            del self.fields["offered_by"]

    def clean_covers(self) -> list[str]:
        """The page is this episode's: an offer for others alone belongs on theirs."""
        chosen: list[str] = self.cleaned_data["covers"]
        if str(self.episode.pk) not in chosen:
            raise forms.ValidationError(f"{self.episode.reference} must stay selected: you offer this for it")
        return chosen

    def arguments(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        covers = given.pop("covers", [])
        given["also"] = [self._others[pk] for pk in covers if pk in self._others]
        given["offered_by"] = self._offerers[given.get("offered_by") or "me"]
        return given


class NotOfferForm(StepForm):
    reason = LongTextField(
        "Why was no interview offered?",
        noun="why no interview was offered",
        hint="The 72 hours run on. An interview can still be offered.",
        max_length=1000,
        look=Look(size="m"),
    )


class InterviewForm(MomentForm):
    """A form about an interview, which knows how it was when the page was opened."""

    beside: ClassVar[Mapping[type[Refusal], str]] = {}

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _LOAD_AGAIN, "invalid": _LOAD_AGAIN}
    )

    def __init__(self, *args: Any, interview: Interview, **options: Any) -> None:
        super().__init__(*args, initial={"version": interview.version}, **options)

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data

    def refuse(self, refusal: Refusal, interview: Interview) -> None:
        """Show the refusal, keep what was typed, and take note of the interview as it is now."""
        refused(self, refusal, self.beside)
        self.data = with_value(self.data, "version", str(interview.version))


class RecordResponseForm(InterviewForm):
    """The answer to an offer; where it was accepted before, only that they decline after all."""

    field_order = ["answer", "declined_by", "declined_why", "carer_account", "responded"]
    moments: ClassVar[Mapping[str, Asked]] = {"responded": Asked("When did they answer?", "they answered")}
    answer = RadiosField(
        "What was the answer?",
        noun="the answer",
        choices=[("accepted", "Accepted"), ("declined", "Declined")],
        look=Look(size="m", reveal=Reveal(when=("declined",), fields=("declined_by", "declined_why", "carer_account"))),
    )
    declined_by = RadiosField("Who declined?", noun="who declined", choices=DeclinedBy.choices)
    declined_why = LongTextField("Why?", noun="why it was declined", max_length=1000)
    carer_account = LongTextField(
        "What does the parent or carer say about the time away?", noun="the carer’s account", required=False
    )

    def __init__(self, *args: Any, interview: Interview, **options: Any) -> None:
        super().__init__(*args, interview=interview, **options)
        if interview.responded_at:
            self.offer("answer", [("declined", "Declined after all")])

    def arguments(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        accepted = given.pop("answer") == "accepted"
        if accepted:
            return {"version": given["version"], "responded": given["responded"], "accepted": True}
        return {**given, "accepted": False, "declined_by": DeclinedBy(given["declined_by"])}


class VoidInterviewForm(InterviewForm):
    reason = TextField(
        "What was recorded in error?",
        noun="what was recorded in error",
        hint="What was written stays readable, marked as recorded in error.",
        look=Look(size="m"),
    )


class RecordInterviewForm(InterviewForm):
    """Completing asks nothing more: it says which version was checked."""


class AddActionForm(Form):
    beside: ClassVar[Mapping[type[Refusal], str]] = {services.WrongDay: "due_on", services.WrongOwner: "owner"}

    what = TextField("What is to be done?", noun="what is to be done", max_length=300, look=Look(size="s"))
    owner = SelectField(
        "Who does it?",
        noun="who does it",
        choices=[],
        hint="Teams that see this child, and their people. To ask another team, share the interview with it first.",
        look=Look(size="s"),
    )
    due_on = DateField(
        "By what day?", noun="the day it is due", when="future", hint="For example, 27 3 2026", look=Look(size="s")
    )

    def __init__(self, *args: Any, teams: Sequence[Team], people: Mapping[int, Sequence[User]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._owners: dict[str, tuple[Team, User | None]] = {}
        choices = [("", "Select a team or a person")]
        for team in teams:
            for person in (None, *people[team.pk]):
                key = f"{team.pk}-{person.pk if person else ''}"
                self._owners[key] = (team, person)
                choices.append((key, f"{person}, {team.name}" if person else f"{team} (anyone)"))
        self.offer("owner", choices)

    def arguments(self) -> dict[str, Any]:
        team, person = self._owners[self.cleaned_data["owner"]]
        return {
            "what": self.cleaned_data["what"],
            "due_on": self.cleaned_data["due_on"],
            "owner_team": team,
            "owner": person,
        }

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(self.beside.get(type(refusal)), str(refusal))


class FinishActionForm(Form):
    outcome = LongTextField(
        "What was done, and what came of it?",
        noun="what was done and what came of it",
        max_length=1000,
        look=Look(size="m"),
    )


def described(person: User) -> str:
    """Name, job and agency."""
    return ", ".join(filter(None, (str(person), person.job_title, str(person.team.agency) if person.team else "")))


def spell(episode: Episode) -> str:
    """One time a child was away, in a line."""
    back = date_in_words(episode.interview_starts_at)
    return f"{episode.reference}: from {date_in_words(episode.last_seen_at)}, back {back}"
