"""What is done to a report: by the chair who writes and signs it, and by the worker that draws its PDF."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from figures.rules import Period
from frontend.text import local_day
from reports import numbers, outline, selectors
from reports.feeds import Asked
from reports.models import Assembly, Draft, Drawing, Issued, Pdf
from reports.printed import Document, as_json
from reports.rules import Progress, is_over, lacks


class Changed(Refusal):
    """Somebody else has written since; `theirs` is how it is now."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("Somebody else has changed this while you were writing. Compare the two versions below.")
        self.theirs = theirs


class NotNow(Refusal):
    """The quarter, the report or its PDF is not in a state in which that can be done."""


class NotReady(Refusal):
    """Something is still to be written; `lacks` says what, by field."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__(next(iter(found.values())))
        self.lacks = found


@command(Permission.REPORT_WRITE)
def open_draft(*, by: User, at: datetime, first: date) -> Draft:
    """Begin the report on the quarter of this day, with all that the records say. Raises NotNow."""
    quarter = Period.quarter(first)
    if not is_over(quarter, local_day(at)):
        raise NotNow("This quarter is not over yet")
    if selectors.latest(quarter.first):
        raise NotNow("The report on this quarter has already been issued. Correct it instead.")
    return _opened(quarter, None, by=by, at=at)


@command(Permission.REPORT_WRITE)
def correct(*, by: User, at: datetime, issued: Issued) -> Draft:
    """Begin a version that follows this one, with its words and with figures as they are known now. Raises NotNow."""
    if selectors.later_version(issued):
        raise NotNow("A later version of this report has been issued. Correct that one.")
    return _opened(issued.quarter, issued, by=by, at=at)


@command(Permission.REPORT_WRITE, on="draft")
def save_narrative(
    *, by: User, at: datetime, draft: Draft, version: int, words: Mapping[str, str], what_changed: str
) -> Draft:
    """Keep what the chair has written so far. Raises Changed, NotNow."""
    _must_be_open(draft)
    if draft.version != version:
        raise Changed(draft)
    draft.words, draft.what_changed = dict(words), what_changed
    draft.changed_by, draft.changed_at, draft.version = by, at, version + 1
    draft.save(update_fields=["words", "what_changed", "changed_by", "changed_at", "version"])
    return draft


@command(Permission.REPORT_WRITE, on="draft")
def bring_up_to_date(*, by: User, at: datetime, draft: Draft) -> Draft:
    """Take the figures and the plan as they are known now; the words stay. Raises NotNow."""
    _must_be_open(draft)
    draft.assembly = _assembled(draft.quarter, at)
    draft.save(update_fields=["assembly"])
    return draft


@command(Permission.REPORT_WRITE, on="draft")
def discard(*, by: User, at: datetime, draft: Draft) -> Draft:
    """Give the draft up; what was written stays in its history. Raises NotNow."""
    _must_be_open(draft)
    draft.closed_at = at
    draft.save(update_fields=["closed_at"])
    return draft


@command(Permission.REPORT_WRITE, on="draft", related=("assembly", "corrects"))
def sign_off(*, by: User, at: datetime, draft: Draft, version: int) -> Issued:
    """Issue the report as it stands, and have its PDF drawn. Raises Changed, NotReady, NotNow.

    Its figures are those that the chair has seen: where another report was issued since they were assembled, what they
    hide was not weighed against it, and they are to be brought up to date first.
    """
    _must_be_open(draft)
    if draft.version != version:
        raise Changed(draft)
    if found := lacks(draft.words, draft.what_changed, needed=[outline.SUMMARY], corrects=draft.corrects is not None):
        raise NotReady(found)
    issued = _issued(draft, by, at)
    draft.closed_at = at
    draft.save(update_fields=["closed_at"])
    Drawing.objects.create(issued=issued, asked_by=by, asked_at=at, heard_at=at)
    return issued


@command(Permission.REPORT_WRITE)
def ask_for_pdf(*, by: User, at: datetime, issued: Issued) -> Drawing:
    """Have the PDF drawn again, after it was cancelled or failed. Raises NotNow."""
    try:
        with transaction.atomic():
            return Drawing.objects.create(issued=issued, asked_by=by, asked_at=at, heard_at=at)
    except IntegrityError as there:
        raise NotNow("The PDF is there, or is being drawn") from there


@command(Permission.REPORT_WRITE, on="drawing")
def cancel_pdf(*, by: User, at: datetime, drawing: Drawing) -> Drawing:
    """Stop drawing it: whoever is at it stops at its next step. Raises NotNow."""
    if drawing.state not in {Progress.WAITING, Progress.DRAWING}:
        raise NotNow("The PDF is not being drawn any more")
    return _moved(drawing, Progress.CANCELLED, at)


@command(Permission.REPORT_DRAW)
def take_up(*, by: User, at: datetime) -> Drawing | None:
    """The next PDF to be drawn, also one that a worker was at which is lost; None where there is none."""
    drawing = selectors.to_draw(at).select_for_update(skip_locked=True).first()
    if drawing is None:
        return None
    drawing.step = 0
    return _moved(drawing, Progress.DRAWING, at)


def goes_on(drawing: Drawing, step: int, *, at: datetime) -> bool:
    """Note how far the drawing is; False where it was cancelled meanwhile."""
    running = Drawing.objects.filter(pk=drawing.pk, state=Progress.DRAWING)
    return bool(running.update(step=step, heard_at=at))


@command(Permission.REPORT_DRAW, on="drawing", related=("issued",))
def keep_pdf(*, by: User, at: datetime, drawing: Drawing, data: bytes) -> Drawing:
    """The file is there. One that was cancelled in the last moment is not kept."""
    if drawing.state != Progress.DRAWING:
        return drawing
    digest = hashlib.sha256(data).hexdigest()
    Pdf.objects.create(issued=drawing.issued, data=data, sha256=digest, made_at=at)
    return _moved(drawing, Progress.DONE, at)


@command(Permission.REPORT_DRAW, on="drawing")
def give_up(*, by: User, at: datetime, drawing: Drawing) -> Drawing:
    """It could not be drawn: the chair may ask again."""
    return _moved(drawing, Progress.FAILED, at) if drawing.state == Progress.DRAWING else drawing


def _opened(quarter: Period, corrects: Issued | None, *, by: User, at: datetime) -> Draft:
    words = {each.key: each.words for each in selectors.document(corrects).sections} if corrects else {}
    assembly = _assembled(quarter, at)
    people = {"opened_by": by, "opened_at": at, "changed_by": by, "changed_at": at}
    try:
        with transaction.atomic():
            return Draft.objects.create(
                first=quarter.first, corrects=corrects, assembly=assembly, words=words, **people
            )
    except IntegrityError as again:
        raise NotNow("A draft of the report on this quarter is open already") from again


def _assembled(quarter: Period, at: datetime) -> Assembly:
    after = Issued.objects.count()
    known = selectors.figures_of(quarter, at=at)
    sections = outline.filled(Asked(quarter, at, known))
    truth = numbers.as_json(known.report)
    return Assembly.objects.create(first=quarter.first, sections=as_json(sections), truth=truth, after=after, at=at)


def _issued(draft: Draft, by: User, at: datetime) -> Issued:
    document = written(draft, by=by, at=at)
    try:
        with transaction.atomic():
            _must_be_weighed(draft)
            return Issued.objects.create(
                first=draft.first,
                number=document.number,
                serial=draft.assembly.after + 1,
                content=as_json(document),
                what_changed=draft.what_changed if draft.corrects else "",
                assembly=draft.assembly,
                issued_by=by,
                issued_at=at,
            )
    except IntegrityError as overtaken:
        raise _Overtaken from overtaken


def _must_be_weighed(draft: Draft) -> None:
    if Issued.objects.count() != draft.assembly.after:
        raise _Overtaken


class _Overtaken(NotNow):
    def __init__(self) -> None:
        super().__init__("Another report has been issued since. Bring the figures up to date, and look at them again.")


def written(draft: Draft, *, by: User | None = None, at: datetime | None = None) -> Document:
    """The report as it would be issued by this person now; still a draft where nobody is named."""
    sections = selectors.sections(draft.assembly)
    corrects = draft.corrects
    number = (corrects.number if corrects else 0) + 1
    before = selectors.document(corrects) if corrects else None
    document = Document(
        partnership=settings.PARTNERSHIP_NAME,
        quarter=draft.quarter,
        figures_at=draft.assembly.at,
        sections=tuple(replace(each, words=draft.words.get(each.key, "")) for each in sections),
        what_changed=draft.what_changed if corrects else "",
        changes=selectors.changes(before, sections) if before else None,
    )
    if by is None:
        return document
    signed = f"{by.full_name}, {by.job_title}" if by.job_title else by.full_name
    return replace(document, number=number, issued_at=at, signed_by=signed)


def _moved(drawing: Drawing, state: Progress, at: datetime) -> Drawing:
    drawing.state, drawing.heard_at = state, at
    drawing.save(update_fields=["state", "step", "heard_at"])
    return drawing


def _must_be_open(draft: Draft) -> None:
    if draft.closed_at:
        raise NotNow("This draft is closed: the report was issued, or the draft was given up")
