"""One child, the records about them, and a person for every relation to them (see table.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Model
from django.test import Client

from accounts.models import Team, TeamKind, User
from accounts.roles import Role
from deadlines import tasks
from deadlines.models import Absence, Notice
from delivery_plan.models import Action, PlanList
from delivery_plan.rules import UpdateState
from missing.models import Episode, Interview, InterviewAction
from missing.rules import InterviewStatus, ReturnedTo
from oversight.models import UnusualVolume, Verification
from people.models import Child
from prevention.models import Learner, TrainingList
from referrals.models import Check, NrmReferral, Referral
from referrals.rules import Outcome, State
from riskassessment.models import Countersignature
from riskassessment.rules import Level, Presence
from tests import factories
from tests.access.committees import of_committees
from tests.delivery_plan import making as proofs
from tests.reports import making
from tests.signing_in import sign_in

LONG_AGO, FAR_AHEAD = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
# What only somebody with a need to know may read, on whatever page.
SECRETS = ("Zebulon", "Quartermaine", "Grey van at the gate")


@dataclass
class World:
    people: dict[str, User | None]
    records: dict[str, Callable[[], Model]]
    child: Child
    sessions: dict[str, str]
    """The cookie of each who is signed in."""

    def also(self, about: str) -> tuple[int, ...]:
        """The further number in an address about the sight of a team or a person."""
        team, person = _of(self.people, "gra").team, _of(self.people, "per")
        return {"partner": (team.pk if team else 0,), "inperson": (person.pk,)}.get(about, ())


def build() -> World:
    tasks.sweep()  # so that the site says that it is well
    team_a, granted = factories.team(name="A"), factories.team(name="Granted")
    mash = factories.team(name="MASH", kind=TeamKind.MASH)
    cse = factories.team(name="CSE", kind=TeamKind.CSE)
    cmog = factories.team(name="CMOG", kind=TeamKind.CMOG)
    people = _people(team_a, granted, mash, cse, cmog)
    child = factories.child(given_name="Zebulon", family_name="Quartermaine", added_by_team=team_a)
    for team in (team_a, granted, mash, cse, cmog):
        factories.let_know(child, team)
    factories.let_know(child, _of(people, "per"))
    factories.let_know(child, _of(people, "exp"), until=LONG_AGO)
    factories.let_know(child, _of(people, "exc"))
    factories.exclusion(child=child, person=_of(people, "exc"))
    factories.emergency(child=child, person=_of(people, "brk"))
    for person in filter(None, people.values()):
        person.password = _hash()
        person.save(update_fields=["password"])
    author, officer = _of(people, "aut"), _of(people, "msh")
    records = _of_the_child(child, team_a, mash) | _screenings(child, author) | _referrals(child, author, officer)
    records |= _episodes(child, author)
    records |= _interviews(records["returned"], author)
    records["shared"] = lambda: factories.share(episode=records["returned"](), team=granted, shared_by=author)
    records |= _of_sight(child, people, granted) | _of_prevention(_of(people, "man"))
    records["help"] = lambda: factories.early_help(child=child)
    records |= of_committees(child, _of(people, "cmg"))
    records |= _of_the_quarter()
    records |= _of_the_author(author) | _of_the_log(author)
    return World(people, records, child, {who: _session(person) for who, person in people.items() if person})


def _session(person: User) -> str:
    """Signed in an hour from now: what they proved is as fresh at the last row of the table as at the first."""
    client = Client()
    sign_in(client, person, seconds_ago=-3600)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _of_sight(child: Child, people: dict[str, User | None], granted: Team) -> dict[str, Callable[[], Model]]:
    """The child and one more number: whose sight is ended, who is kept from it, which emergency is reviewed."""

    def emergency() -> Model:
        return factories.emergency(child=child, person=_of(people, "brk"), ended_at=LONG_AGO)

    return {
        "partner": lambda: child,
        "inperson": lambda: child,
        "exclusion": lambda: child.exclusions.get(),
        "emergency": emergency,
    }


def _of_prevention(manager: User) -> dict[str, Callable[[], Model]]:
    """Training, of the manager's agency where it is of one."""

    def learner() -> Learner:
        return factories.learner(agency=manager.team.agency if manager.team else None)

    def assessment() -> Model:
        return factories.assessment(agency=manager.team.agency if manager.team else None)

    def training_list() -> Model:
        return TrainingList.objects.create(session=factories.session(), proposed_by=manager, proposed_at=factories.NOON)

    return {
        "course": factories.course,
        "session": factories.session,
        "learner": learner,
        "attended": lambda: factories.attendance(learner=learner()),
        "list": training_list,
        "standard": factories.standard,
        "assessment": assessment,
        "score": lambda: factories.score(assessment=factories.assessment()),
        "campaign": factories.campaign,
        "service": factories.service,
        "gap": factories.gap,
        "resource": factories.resource,
    }


def _of_the_quarter() -> dict[str, Callable[[], Model]]:
    return {
        "report": making.draft,
        "assembling": making.assembling,
        "issued": making.issued,
        "drawing": making.drawing,
    }


def _of_the_author(author: User) -> dict[str, Callable[[], Model]]:
    """What they were told, and when they are away."""

    def notice() -> Model:
        return Notice.objects.create(
            recipient=author, key="told", text="Something waits", path="/", created_at=LONG_AGO
        )

    def absence() -> Model:
        times = {"starts_at": LONG_AGO, "ends_at": FAR_AHEAD, "recorded_at": LONG_AGO}
        return Absence.objects.create(person=author, recorded_by=author, **times)

    def planned() -> Action:
        return factories.action(lead=author)

    def sent() -> Model:
        return factories.plan_update(action=planned(), drafted_by=author, state=UpdateState.SUBMITTED)

    plan: dict[str, Callable[[], Model]] = {
        "plan": lambda: planned().plan,
        "planned": planned,
        "sent": sent,
        "barrier": lambda: factories.barrier(action=planned()),
        "proof": lambda: proofs.evidence(action=planned()),
        "proof_file": lambda: proofs.evidence_file(evidence=proofs.evidence(action=planned())),
        "milestone": lambda: factories.milestone(action=planned()),
        "plan_list": lambda: PlanList.objects.create(
            plan=planned().plan, proposed_by=author, proposed_at=factories.NOON
        ),
    }
    return plan | {
        "notice": notice,
        "absence": absence,
        "somebody": lambda: author,
    }


def _of_the_log(author: User) -> dict[str, Callable[[], Model]]:
    def unusual() -> Model:
        many = {"day": factories.NOON.date(), "in_hour": 70, "in_day": 200, "usual": 3}
        return UnusualVolume.objects.create(person=author, noticed_at=factories.NOON, **many)

    def verifying() -> Model:
        return Verification.objects.create(asked_by=author, asked_at=LONG_AGO, heard_at=LONG_AGO)

    return {"unusual": unusual, "verifying": verifying}


@lru_cache
def _hash() -> str:
    """Made once: it takes as long as an attacker should need."""
    return make_password("a password for tests")


def _people(team_a: Team, granted: Team, mash: Team, cse: Team, cmog: Team) -> dict[str, User | None]:
    people: dict[str, User | None] = {
        "vis": None,
        "aut": factories.user(team=team_a, roles=[Role.PRACTITIONER]),
        "man": factories.user(team=team_a, roles=[Role.TEAM_MANAGER]),
        "gra": factories.user(team=granted, roles=[Role.PRACTITIONER]),
        "msh": factories.user(team=mash, roles=[Role.MASH]),
        "per": factories.user(team=factories.team(), roles=[Role.PRACTITIONER]),
        "exp": factories.user(team=factories.team(), roles=[Role.PRACTITIONER]),
        "str": factories.user(team=factories.team(), roles=[Role.PRACTITIONER]),
        "exc": factories.user(team=team_a, roles=[Role.PRACTITIONER]),
        "brk": factories.user(team=factories.team(), roles=[Role.PRACTITIONER]),
        "coo": factories.user(team=cse, roles=[Role.CSE_COORDINATOR]),
        "cmg": factories.user(team=cmog, roles=[Role.CMOG_MEMBER]),
        "lft": factories.user(team=team_a, roles=[Role.TEAM_MANAGER], is_active=False),
    }
    no_case_content = {
        "sem": [Role.SEMT_CHAIR, Role.SEMT_MEMBER],
        "brd": [Role.BOARD_READER],
        "igo": [Role.IG_OFFICER],
        "adm": [Role.ADMINISTRATOR],
    }
    for name, roles in no_case_content.items():
        misplaced = factories.user(team=team_a, roles=roles)
        misplaced.groups.add(*(team.group for team in (granted, mash, cse, cmog)))
        people[name] = misplaced
    return people


def _of_the_child(child: Child, team_a: Team, mash: Team) -> dict[str, Callable[[], Model]]:
    def case() -> Model:
        factories.involvement(child=child, team=mash)
        return child

    def provisional() -> Model:
        made = factories.child(
            given_name="Zebulon", family_name="Quartermaine", provisional=True, added_by_team=team_a, known_to=team_a
        )
        factories.let_know(made, mash)
        return made

    def document() -> Model:
        return factories.document(child=child, content=SECRETS[2].encode(), title=SECRETS[2])

    return {"child": lambda: child, "case": case, "provis": provisional, "document": document}


def _screenings(child: Child, author: User) -> dict[str, Callable[[], Model]]:
    answers = {"SER1": Presence.CURRENT}

    def draft() -> Model:
        return factories.screening(child=child, author=author, answers=answers, analysis=SECRETS[2])

    def submitted() -> Model:
        return factories.screening(
            child=child, author=author, answers=answers, analysis=SECRETS[2], submitted_at=factories.NOON
        )

    def second() -> Model:
        submitted()
        return factories.screening(
            child=child, author=author, answers=answers, submitted_at=factories.NOON + timedelta(days=1)
        )

    def lowered() -> Model:
        return factories.screening(
            child=child,
            author=author,
            analysis=SECRETS[2],
            submitted_at=factories.NOON,
            suggested_level=Level.SERIOUS,
            judged_level=Level.AT_RISK,
            judged_reason="Seen by the school nurse",
            countersignature=Countersignature.WAITING,
        )

    return {"draft": draft, "submitted": submitted, "second": second, "lowered": lowered}


def _referrals(child: Child, author: User, officer: User) -> dict[str, Callable[[], Model]]:
    def received(**values: Any) -> Referral:
        return factories.referral(child=child, made_by=author, handling_team=officer.team, concern=SECRETS[2], **values)

    def accepted(state: State = State.ACCEPTED, **values: Any) -> Referral:
        return received(state=state, accepted_by=officer, accepted_at=factories.NOON, **values)

    def decided() -> Referral:
        return accepted(State.DECIDED, outcome=Outcome.ADVICE, decided_at=factories.NOON)

    def check() -> Model:
        return Check.objects.create(
            referral=accepted(), agency=factories.agency(), asked_by=officer, asked_at=factories.NOON
        )

    def nrm() -> Model:
        referral = accepted()
        NrmReferral.objects.create(referral=referral, first_responder=factories.agency(), sent_on=factories.NOON.date())
        return referral

    return {"received": received, "accepted": accepted, "decided": decided, "check": check, "nrm": nrm}


def _episodes(child: Child, author: User) -> dict[str, Callable[[], Model]]:
    def missing(**values: Any) -> Model:
        return factories.episode(child=child, recorded_by=author, circumstances=SECRETS[2], **values)

    def returned() -> Model:
        return missing(returned_at=factories.NOON, returned_to=ReturnedTo.HOME)

    return {"missing": missing, "returned": returned}


def _interviews(returned: Callable[[], Model], author: User) -> dict[str, Callable[[], Model]]:
    def agreed(status: InterviewStatus = InterviewStatus.ACCEPTED) -> Interview:
        episode = returned()
        assert isinstance(episode, Episode)
        return factories.interview(episodes=[episode], status=status, recorded_by=author, own_words=SECRETS[2])

    def held() -> Interview:
        return agreed(InterviewStatus.COMPLETED)

    def action() -> Model:
        made = {"what": SECRETS[2], "due_on": factories.NOON.date(), "added_by": author, "added_at": factories.NOON}
        return InterviewAction.objects.create(interview=held(), owner_team=author.team, **made)

    return {"agreed": agreed, "held": held, "action": action}


def _of(people: dict[str, User | None], name: str) -> User:
    person = people[name]
    assert person
    return person
