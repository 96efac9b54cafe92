"""What is asked about an episode, one page per step. Only what nobody else could fill in must be answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar

from accounts.models import AgencyKind, User
from accounts.refusals import Refusal
from frontend.fields import LongTextField, Look, RadiosField, Reveal, TextField, TokenField, YesNoField
from frontend.moment_forms import Asked, MomentForm
from frontend.moments import Moment
from frontend.text import moment_in_words
from missing import services
from missing.forms.steps import StepForm, refused
from missing.models import Episode
from missing.rules import MOMENT_WORDS, MOMENTS, EpisodeType, ReportedBy, ReturnedTo, RiskGrade
from people.codes import LookedAfter
from people.models import Child

BACK, MISSING = "back", "missing"
NOT_GRADED = ("", "Not graded yet")
REPORTS_FROM: Mapping[str, ReportedBy] = {
    AgencyKind.POLICE: ReportedBy.POLICE,
    AgencyKind.SCHOOL: ReportedBy.SCHOOL,
    AgencyKind.RESIDENTIAL: ReportedBy.PLACEMENT,
    AgencyKind.FOSTERING: ReportedBy.CARER,
}
"""Who reported, most likely, where somebody of such an agency writes it down."""
_PLACED = frozenset(LookedAfter) - {LookedAfter.NO, LookedAfter.UNKNOWN}


def _returned_to() -> RadiosField:
    return RadiosField("Where did the child return to?", noun="where the child returned to", choices=ReturnedTo.choices)


class ReportForm(MomentForm):
    """The shortest way to a running clock: a time to type, and the rest chosen beforehand as far as one can guess."""

    moments: ClassVar = {
        "last_seen": Asked("When was the child last seen?", MOMENT_WORDS["last_seen"]),
        "reported": Asked("When was the child reported missing?", MOMENT_WORDS["reported"]),
        "returned": Asked("When did the child return?", MOMENT_WORDS["returned"]),
    }
    field_order = ("episode_type", "last_seen", "last_seen_where", "reported_by", "reported", "state")

    episode_type = RadiosField(
        "What happened?",
        noun="what happened",
        choices=EpisodeType.choices,
        initial=EpisodeType.MISSING,
        look=Look(
            size="m",
            item_hints={EpisodeType.AWAY: "The placement knows where the child is, and did not agree to it"},
        ),
    )
    last_seen_where = TextField("Where was that?", noun="where the child was last seen", required=False)
    reported_by = RadiosField(
        "Who reported it?", noun="who reported it", choices=ReportedBy.choices, look=Look(size="m", small=True)
    )
    state = RadiosField(
        "Is the child back?",
        noun="whether the child is back",
        choices=[(MISSING, "No, still missing"), (BACK, "Yes")],
        initial=MISSING,
        look=Look(size="m", reveal=Reveal(when=(BACK,), fields=("returned_on", "returned_time", "returned_to"))),
    )
    returned_to = _returned_to()
    grade = RadiosField(
        "How have the police graded the risk?",
        noun="the police’s grade",
        choices=[NOT_GRADED, *reversed(RiskGrade.choices)],
        initial="",
        required=False,
        look=Look(size="m", small=True),
    )
    police_reference = TextField("Police reference", max_length=40, required=False, look=Look(width="20"))
    reporter_name = TextField(
        "Name of whoever reported it", max_length=120, required=False, look=Look(autocomplete="off")
    )
    circumstances = LongTextField(
        "What is known?",
        noun="what is known",
        hint="For example, what the child was wearing, who they may be with, and what puts them at risk.",
        required=False,
        look=Look(size="m"),
    )
    token = TokenField()

    def __init__(self, *args: Any, child: Child, user: User, now: datetime, **options: Any) -> None:
        moment = Moment.of(now)
        kind = user.team.agency.kind if user.team else ""
        days = {"last_seen_on": moment.day, "returned_on": moment.day}
        initial = {**days, "reported": moment, "reported_by": REPORTS_FROM.get(kind, "")}
        super().__init__(*args, initial=initial, today=moment.day, **options)
        if child.looked_after not in _PLACED:
            del self.fields["episode_type"]

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "state"}

    def refuse(self, refusal: Refusal) -> None:
        refused(self, refusal, {})


class TodayForm(StepForm):
    """Most steps are written down on the day itself."""

    def __init__(self, *args: Any, today: date | None = None, **options: Any) -> None:
        super().__init__(*args, initial={f"{name}_on": today for name in self.moments}, today=today, **options)


class GradeForm(StepForm):
    beside: ClassVar = {services.SameGrade: "grade"}

    grade = RadiosField(
        "How have the police graded the risk?",
        noun="the grade",
        choices=[*reversed(RiskGrade.choices)],
        look=Look(
            size="m",
            item_hints={
                RiskGrade.HIGH: "The risk of serious harm is very likely",
                RiskGrade.MEDIUM: "The risk of harm is likely, but not serious",
                RiskGrade.LOW: "The risk of harm is possible, but minimal",
                RiskGrade.NO_APPARENT: "There is no apparent risk of harm",
            },
        ),
    )
    reason = LongTextField("Why?", noun="why it is graded so", max_length=1000, look=Look(size="m", rows=3))


class RecordLocationForm(TodayForm):
    moments: ClassVar = {"located": Asked("When was the child found?", MOMENT_WORDS["located"])}

    located_where = TextField("Where?", noun="where the child was found", look=Look(size="m"))
    located_by = TextField(
        "Who found the child?",
        noun="who found the child",
        max_length=120,
        required=False,
        look=Look(size="m", autocomplete="off"),
    )


class RecordReturnForm(TodayForm):
    moments: ClassVar = {"returned": Asked("When did the child return?", MOMENT_WORDS["returned"])}

    returned_to = _returned_to()
    return_notes = LongTextField(
        "How was the child?",
        noun="how the child was",
        hint="Injuries, needs, what the child said first. The return interview comes later.",
        required=False,
        look=Look(size="m"),
    )


class RecordCheckForm(TodayForm):
    moments: ClassVar = {"conducted": Asked("When was the check made?", "when the check was made")}

    conducted_by = TextField(
        "Who made the check?",
        noun="who made the check",
        hint="Name or collar number, and force",
        max_length=120,
        look=Look(size="m", autocomplete="off"),
    )
    seen_alone = YesNoField(
        "Was the child seen alone?", noun="whether the child was seen alone", look=Look(size="m", inline=True)
    )
    found = LongTextField("What was found?", noun="what was found", look=Look(size="m"))


class CorrectMomentForm(StepForm):
    moments: ClassVar = {"became": Asked("When was it really?", "when it really was")}
    beside: ClassVar = {services.SameMoment: "became"}
    field_order = ("moment", "became", "reason")

    moment = RadiosField(
        "What was recorded wrongly?", noun="what was recorded wrongly", choices=[], look=Look(size="m")
    )
    reason = TextField(
        "Why is it corrected?",
        noun="why it is corrected",
        hint="What was recorded first stays in the history, with this reason.",
        look=Look(size="m"),
    )

    def __init__(self, *args: Any, episode: Episode, **options: Any) -> None:
        super().__init__(*args, episode=episode, **options)
        moment, recorded = self.fields["moment"], {name: getattr(episode, f"{name}_at") for name in MOMENTS}
        self.offer("moment", [(name, MOMENT_WORDS[name].capitalize()) for name, at in recorded.items() if at])
        hints = {name: f"Recorded: {moment_in_words(at)}" for name, at in recorded.items() if at}
        moment.look = replace(moment.look, item_hints=hints)  # type: ignore[attr-defined]


class ReviewForm(StepForm):
    review = LongTextField(
        "What was learnt?",
        noun="what was learnt",
        hint="About why the child went missing, how everybody responded, and what is done now to keep the child safe.",
        look=Look(size="m", rows=8),
    )


class VoidForm(StepForm):
    reason = TextField(
        "Why was it recorded in error?",
        noun="why it was recorded in error",
        hint="For example, the wrong child, or the same report twice.",
        look=Look(size="m"),
    )
