"""What is asked on sharing with partners, telling authorities, and strategy meetings."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from accounts.models import Agency, Team
from accounts.refusals import Refusal
from frontend.fields import CheckboxesField, LongTextField, Look, RadiosField, Reveal, TextField
from frontend.moment_forms import Asked
from missing import services
from missing.forms.steps import StepForm
from missing.models import Episode
from missing.rules import Capacity, Consent, LawfulBasis, Shared
from missing.selectors.sharing import is_interviewed
from people.codes import Authority

_REVEALED = Reveal(when=(Consent.REFUSED, Consent.NOT_SOUGHT), fields=("consent_note",))


def _consent() -> RadiosField:
    return RadiosField(
        "Was consent asked?",
        noun="whether consent was asked",
        hint="Of the child, or of a parent where the child cannot give it.",
        choices=Consent.choices,
        look=Look(size="m", reveal=_REVEALED),
    )


def _consent_note() -> TextField:
    return TextField("Why was it refused, or not sought?", noun="why consent was refused or not sought", max_length=300)


class _WithPartners(StepForm):
    """A form that asks which partner teams it is about."""

    teams = CheckboxesField("Which teams?", noun="at least one team", choices=[], look=Look(size="m", small=True))

    def __init__(self, *args: Any, episode: Episode, partners: Sequence[Team], **options: Any) -> None:
        super().__init__(*args, episode=episode, **options)
        self._partners = {str(team.pk): team for team in partners}
        self.offer("teams", [(pk, str(team)) for pk, team in self._partners.items()])

    def arguments(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return given | {
            "teams": [self._partners[pk] for pk in given["teams"]],
            "consent": Consent(given["consent"]),
        }


class ShareForm(_WithPartners):
    """Which partners, what, for what purpose, on what lawful basis, with what consent (domain.md 36)."""

    beside: ClassVar[Mapping[type[Refusal], str]] = {
        services.NotAPartner: "teams",
        services.AlreadyShared: "teams",
        services.NothingToShare: "what",
        services.NoConsent: "lawful_basis",
    }

    what = RadiosField("What do you share?", noun="what you share", choices=Shared.choices, look=Look(size="m"))
    purpose = TextField(
        "For what purpose?",
        noun="the purpose",
        hint="For example, so that the school can keep the child safe on the way home. Leave out names.",
        max_length=300,
        look=Look(size="m"),
    )
    lawful_basis = RadiosField(
        "On what lawful basis?",
        noun="the lawful basis",
        choices=LawfulBasis.choices,
        error_messages={"required": "Select the lawful basis. Nothing may be shared without one"},
        look=Look(size="m"),
    )
    consent = _consent()
    consent_note = _consent_note()

    def __init__(self, *args: Any, episode: Episode, partners: Sequence[Team], **options: Any) -> None:
        super().__init__(*args, episode=episode, partners=partners, **options)
        if not is_interviewed(episode):
            what = self.fields["what"]
            what.choices = [(Shared.SAFETY.value, Shared.SAFETY.label)]  # type: ignore[attr-defined]
            what.help_text = "The interview can be shared once it is completed."

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return given | {"what": Shared(given["what"]), "lawful_basis": LawfulBasis(given["lawful_basis"])}


class NotShareForm(_WithPartners):
    """With which partners nothing is shared, and why (domain.md 36)."""

    beside: ClassVar[Mapping[type[Refusal], str]] = {services.NotAPartner: "teams"}

    reason = LongTextField(
        "Why do you not share with them?", noun="why you do not share", max_length=1000, look=Look(size="m")
    )
    consent = _consent()
    consent_note = _consent_note()


class TellAuthorityForm(StepForm):
    """Which authority was told, when, whom there and how."""

    moments: ClassVar[Mapping[str, Asked]] = {"told": Asked("When were they told?", "when they were told")}
    field_order = ("capacity", "told", "whom", "how")
    beside: ClassVar[Mapping[type[Refusal], str]] = {
        services.AlreadyTold: "capacity",
        services.NotToBeTold: "capacity",
    }

    capacity = RadiosField(
        "Which authority was told?", noun="which authority was told", choices=[], look=Look(size="m")
    )
    whom = TextField("Whom did you tell?", noun="whom you told", hint="Name and job title, or the desk", max_length=120)
    how = TextField("How?", noun="how they were told", hint="For example, secure email", max_length=120)

    def __init__(self, *args: Any, episode: Episode, concerned: Sequence[tuple[Capacity, str]], **options: Any) -> None:
        only = {"capacity": concerned[0][0]} if len(concerned) == 1 else {}
        super().__init__(*args, episode=episode, initial=only, **options)
        self.fields["capacity"].choices = [  # type: ignore[attr-defined]
            (capacity.value, f"{Authority(authority).label} ({capacity.label.lower()})")
            for capacity, authority in concerned
        ]

    def arguments(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return given | {"capacity": Capacity(given["capacity"])}


class StrategyMeetingForm(StepForm):
    """When it was held, who took part, what was agreed."""

    moments: ClassVar[Mapping[str, Asked]] = {"held": Asked("When was the meeting held?", "when the meeting was held")}
    field_order = ("held", "agencies", "outcome")
    beside: ClassVar[Mapping[type[Refusal], str]] = {
        services.NotAMeeting: "agencies",
        services.AlreadyHeld: "held",
    }

    agencies = CheckboxesField(
        "Who took part?",
        noun="who took part",
        hint="Local authority, police and health must take part, or it is no strategy meeting.",
        choices=[],
        look=Look(size="m", small=True),
    )
    outcome = LongTextField("What was agreed?", noun="what was agreed", look=Look(size="m"))

    def __init__(self, *args: Any, episode: Episode, agencies: Sequence[Agency], **options: Any) -> None:
        super().__init__(*args, episode=episode, **options)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        self.offer("agencies", [(pk, agency.name) for pk, agency in self._agencies.items()])

    def arguments(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return given | {"agencies": [self._agencies[pk] for pk in given["agencies"]]}
