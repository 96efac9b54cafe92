"""A training list from a file: what it would change, row by row; recorded; undone (domain.md 33)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.gate import command, refuse
from accounts.models import Agency, User
from accounts.refusals import NotNow
from accounts.roles import Permission
from frontend.lists import ListState
from prevention import selectors
from prevention.models import Attendance, Learner, Session, TrainingList, TrainingRow
from prevention.rules import ADDING, ListRow, Outcome, clean_reference, role_named

DETAILS = ("name", "agency_id", "role", "left_on")
DETAILS_AS_FIELDS = ("name", "agency", "role", "left_on")


@command(Permission.PREVENTION_RECORD, on="session")
def propose_list(*, by: User, at: datetime, session: Session, rows: Sequence[ListRow]) -> TrainingList:
    """Keep the rows with what recording each would do. Nothing else changes."""
    made = TrainingList.objects.create(session=session, proposed_by=by, proposed_at=at)
    agencies = {each.name.lower(): each for each in Agency.objects.all()}
    read = [_read(made, each, agencies.get(each.agency.strip().lower())) for each in rows]
    TrainingRow.objects.bulk_create(_judged(made, read, by))
    return made


@command(Permission.PREVENTION_RECORD, on="training_list", related=("session",))
def apply_list(*, by: User, at: datetime, training_list: TrainingList) -> TrainingList:
    """Record what was shown, and only that: if the register has changed since, nothing. Raises NotNow."""
    _must_be_theirs(by, training_list, at=at)
    if training_list.state != ListState.PROPOSED:
        raise NotNow("This list has already been recorded")
    rows = list(training_list.rows.order_by("number"))
    shown = [(row.outcome, row.was) for row in rows]
    if [(row.outcome, row.was) for row in _judged(training_list, rows, by)] != shown:
        raise NotNow("The register has changed since this was shown. Choose the file again")
    adding = [row for row in rows if row.outcome in ADDING]
    if not adding:
        raise NotNow("There is nothing in this list to be recorded")
    learners = _recorded(adding)
    Attendance.objects.bulk_create(
        Attendance(
            session=training_list.session,
            learner=learners[row.reference],
            recorded_by=by,
            recorded_at=at,
            came_with=row,
        )
        for row in adding
    )
    training_list.state, training_list.applied_at = ListState.APPLIED, at
    training_list.save(update_fields=["state", "applied_at"])
    return training_list


@command(Permission.PREVENTION_RECORD, on="training_list")
def undo_list(*, by: User, at: datetime, training_list: TrainingList) -> TrainingList:
    """Take back what it recorded; what somebody has changed since stays as they left it. Raises NotNow."""
    _must_be_theirs(by, training_list, at=at)
    if training_list.state != ListState.APPLIED:
        raise NotNow("This list is not recorded, so there is nothing to undo")
    rows = list(training_list.rows.filter(outcome__in=ADDING))
    Attendance.objects.filter(came_with__in=rows).delete()
    learners = {each.reference: each for each in Learner.objects.filter(reference__in=[row.reference for row in rows])}
    _forget(learners[row.reference].pk for row in rows if row.outcome == Outcome.ADDS_PERSON)
    for row in rows:
        if row.outcome == Outcome.CHANGES:
            _give_back(learners[row.reference], row)
    training_list.state, training_list.undone_at = ListState.UNDONE, at
    training_list.save(update_fields=["state", "undone_at"])
    return training_list


def _read(made: TrainingList, row: ListRow, agency: Agency | None) -> TrainingRow:
    """As it can be stored; what is too long is kept in part and said to be wrong."""
    role = role_named(row.role)
    reference = clean_reference(row.reference)
    read = TrainingRow(training_list=made, number=row.number, name=row.name[:120], reference=reference[:254])
    read.agency, read.role = agency, role or ""
    faults = [
        (not row.name, "The name is missing"),
        (len(row.name) > 120, "The name must be 120 characters or fewer"),
        (not reference, "The email or reference is missing"),
        (len(reference) > 254, "The email or reference must be 254 characters or fewer"),
        (not row.agency, "The agency is missing"),
        (bool(row.agency) and agency is None, f"No agency is called “{row.agency[:120]}”"),
        (not row.role, "The role is missing"),
        (bool(row.role) and role is None, f"No role is called “{row.role[:120]}”"),
    ]
    read.why = ". ".join(said for wrong, said in faults if wrong)
    return read


def _judged(training_list: TrainingList, rows: list[TrainingRow], by: User) -> list[TrainingRow]:
    """What recording each would do, as the register is now."""
    known = {each.reference: each for each in Learner.objects.filter(reference__in=[row.reference for row in rows])}
    there = set(
        Attendance.objects.filter(session=training_list.session_id).values_list("learner__reference", flat=True)
    )
    own = None if selectors.answers_for_all(by) else selectors.agency_of(by)
    seen = set[str]()
    for row in rows:
        learner = known.get(row.reference)
        if not row.why:
            row.why = _objection(row, learner, own.pk if own else None, seen)
        row.was = _differs(learner, row) if learner and not row.why else {}
        row.outcome = _outcome(row, learner, there)
        seen.add(row.reference)
    return rows


def _objection(row: TrainingRow, learner: Learner | None, own: int | None, seen: set[str]) -> str:
    if row.reference in seen:
        return "This person stands in the list more than once"
    if own and (row.agency_id != own or (learner and learner.agency_id != own)):
        return "This person is of another agency, so it is not yours to record"
    return ""


def _outcome(row: TrainingRow, learner: Learner | None, there: set[str]) -> Outcome:
    if row.why:
        return Outcome.WRONG
    if row.reference in there:
        return Outcome.NOTHING
    if learner is None:
        return Outcome.ADDS_PERSON
    return Outcome.CHANGES if row.was else Outcome.ADDS


def _details(row: TrainingRow) -> dict[str, Any]:
    """What the row says of the person, as columns; who is on a list works here."""
    return {"name": row.name, "agency_id": row.agency_id, "role": row.role, "left_on": None}


def _differs(learner: Learner, row: TrainingRow) -> dict[str, Any]:
    """The details that would become others, as they are now."""
    said = _details(row)
    before = {name: getattr(learner, name) for name in DETAILS}
    left = before["left_on"]
    before["left_on"] = left.isoformat() if left else None
    return {name: value for name, value in before.items() if value != said[name]}


def _recorded(rows: Iterable[TrainingRow]) -> Mapping[str, Learner]:
    """The learners of these rows by reference, new and known, with the details that the rows give."""
    rows = list(rows)
    Learner.objects.bulk_create(
        Learner(reference=row.reference, **_details(row)) for row in rows if row.outcome == Outcome.ADDS_PERSON
    )
    learners = {each.reference: each for each in Learner.objects.filter(reference__in=[row.reference for row in rows])}
    changed = [row for row in rows if row.outcome == Outcome.CHANGES]
    for row in changed:
        learner = learners[row.reference]
        for name, value in _details(row).items():
            setattr(learner, name, value)
    Learner.objects.bulk_update([learners[row.reference] for row in changed], DETAILS_AS_FIELDS)
    return learners


def _forget(keys: Iterable[int]) -> None:
    """Those who were added and have been nowhere else since."""
    Learner.objects.filter(pk__in=list(keys), attendances=None).delete()


def _give_back(learner: Learner, row: TrainingRow) -> None:
    """The details as they were, where they still are what the row made them."""
    made = _details(row)
    for name, before in row.was.items():
        if getattr(learner, name) == made[name]:
            setattr(learner, name, date.fromisoformat(before) if name == "left_on" and before else before)
    learner.save(update_fields=DETAILS_AS_FIELDS)


def _must_be_theirs(by: User, training_list: TrainingList, *, at: datetime) -> None:
    """Whoever proposed it, or who keeps the registers. Raises PermissionDenied."""
    if not selectors.may_settle(by, training_list):
        refuse("prevention.record", by=by, at=at, subject=training_list)
