"""What is done to a report: by the chair who writes and signs it, and by the worker that assembles and draws it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from figures.rules import Period
from frontend.text import local_day
from reports import outline, selectors
from reports.models import Assembling, Assembly, Draft, Drawing, Issued, Pdf, Work
from reports.printed import Document, as_json
from reports.rules import UNFINISHED, Progress, is_over, lacks, not_yet

W = TypeVar("W", bound=Work)


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
    """Begin the report on the quarter of this day, and have all that the records say assembled. Raises NotNow."""
    quarter = Period.quarter(first)
    if not is_over(quarter, local_day(at)):
        raise NotNow("This quarter is not over yet")
    if selectors.latest(quarter.first):
        raise NotNow("The report on this quarter has already been issued. Correct it instead.")
    return _opened(quarter, None, by=by, at=at)


@command(Permission.REPORT_WRITE)
def correct(*, by: User, at: datetime, issued: Issued) -> Draft:
    """Begin a version that follows this one, with its words, and have the figures assembled anew. Raises NotNow."""
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
def bring_up_to_date(*, by: User, at: datetime, draft: Draft) -> Assembling:
    """Have the figures and the plan assembled as they are known now, also after that was cancelled or failed.

    The words stay, and so do the figures until the newer ones are there. Raises NotNow.
    """
    _must_be_open(draft)
    try:
        with transaction.atomic():
            return Assembling.objects.create(draft=draft, asked_by=by, asked_at=at, heard_at=at)
    except IntegrityError as already:
        raise NotNow("The figures are being put together already") from already


@command(Permission.REPORT_WRITE, on="draft")
def discard(*, by: User, at: datetime, draft: Draft) -> Draft:
    """Give the draft up; what was written stays in its history. Nobody goes on with its figures. Raises NotNow."""
    _must_be_open(draft)
    draft.closed_at = at
    draft.save(update_fields=["closed_at"])
    draft.assemblings.filter(state__in=UNFINISHED).update(state=Progress.CANCELLED, heard_at=at)
    return draft


@command(Permission.REPORT_WRITE, on="draft", related=("assembly", "corrects"))
def sign_off(*, by: User, at: datetime, draft: Draft, version: int, seen: int | None) -> Issued:
    """Issue the report as it stands, and have its PDF drawn. Raises Changed, NotReady, NotNow.

    Its figures are those that the chair has `seen`, by the key of their assembly, and none while newer ones are being
    put together. Where another report was issued since they were assembled, what they hide was not weighed against it,
    and they are to be brought up to date first.
    """
    _must_be_open(draft)
    if draft.version != version:
        raise Changed(draft)
    assembly = _settled(draft, seen)
    if found := lacks(draft.words, draft.what_changed, needed=[outline.SUMMARY], corrects=draft.corrects is not None):
        raise NotReady(found)
    issued = _issued(draft, assembly, by, at)
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


@command(Permission.REPORT_WRITE, on="work")
def cancel(*, by: User, at: datetime, work: W) -> W:
    """Whoever is at it stops at its next step. Raises NotNow."""
    if work.state not in UNFINISHED:
        raise NotNow("It had come to its end already")
    return _moved(work, Progress.CANCELLED, at)


@command(Permission.REPORT_DRAW)
def take_up(*, by: User, at: datetime, kind: type[W]) -> W | None:
    """The next of this kind to be done, also one that a worker was at which is lost; None where there is none."""
    work = selectors.to_do(kind, at).select_for_update(skip_locked=True).first()
    if work is None:
        return None
    work.step = 0
    return _moved(work, Progress.RUNNING, at)


def goes_on(work: Work, step: int, *, at: datetime) -> bool:
    """Note how far the work is; False where it was cancelled meanwhile."""
    running = type(work)._default_manager.filter(pk=work.pk, state=Progress.RUNNING)
    return bool(running.update(step=step, heard_at=at))


@command(Permission.REPORT_DRAW, on="draft")
def keep_assembly(*, by: User, at: datetime, draft: Draft, assembling: Assembling, made: Assembly) -> Draft:
    """The draft has its figures. Those whose assembling was cancelled in the last moment are not kept."""
    running = Assembling.objects.select_for_update().get(pk=assembling.pk, draft=draft)
    if running.state == Progress.RUNNING:
        made.save()
        draft.assembly = made
        draft.save(update_fields=["assembly"])
        _moved(running, Progress.DONE, at)
    return draft


@command(Permission.REPORT_DRAW, on="drawing", related=("issued",))
def keep_pdf(*, by: User, at: datetime, drawing: Drawing, data: bytes) -> Drawing:
    """The file is there. One that was cancelled in the last moment is not kept."""
    if drawing.state != Progress.RUNNING:
        return drawing
    digest = hashlib.sha256(data).hexdigest()
    Pdf.objects.create(issued=drawing.issued, data=data, sha256=digest, made_at=at)
    return _moved(drawing, Progress.DONE, at)


@command(Permission.REPORT_DRAW, on="work")
def give_up(*, by: User, at: datetime, work: W) -> W:
    """It broke off: the chair may ask again."""
    return _moved(work, Progress.FAILED, at) if work.state == Progress.RUNNING else work


def _opened(quarter: Period, corrects: Issued | None, *, by: User, at: datetime) -> Draft:
    words = {each.key: each.words for each in selectors.document(corrects).sections} if corrects else {}
    people = {"opened_by": by, "opened_at": at, "changed_by": by, "changed_at": at}
    try:
        with transaction.atomic():
            draft = Draft.objects.create(first=quarter.first, corrects=corrects, words=words, **people)
    except IntegrityError as again:
        raise NotNow("A draft of the report on this quarter is open already") from again
    Assembling.objects.create(draft=draft, asked_by=by, asked_at=at, heard_at=at)
    return draft


def _settled(draft: Draft, seen: int | None) -> Assembly:
    under_way = selectors.is_being_assembled(draft)
    if draft.assembly is None or under_way:
        raise NotNow(not_yet(has_figures=draft.assembly is not None, under_way=under_way))
    if draft.assembly.pk != seen:
        raise NotNow("Newer figures have been put together since. Look at them before you sign the report off.")
    return draft.assembly


def _issued(draft: Draft, assembly: Assembly, by: User, at: datetime) -> Issued:
    document = written(draft, assembly, by=by, at=at)
    try:
        with transaction.atomic():
            _must_be_weighed(assembly)
            return Issued.objects.create(
                first=draft.first,
                number=document.number,
                serial=assembly.after + 1,
                content=as_json(document),
                what_changed=draft.what_changed if draft.corrects else "",
                assembly=assembly,
                issued_by=by,
                issued_at=at,
            )
    except IntegrityError as overtaken:
        raise _Overtaken from overtaken


def _must_be_weighed(assembly: Assembly) -> None:
    if Issued.objects.count() != assembly.after:
        raise _Overtaken


class _Overtaken(NotNow):
    def __init__(self) -> None:
        super().__init__("Another report has been issued since. Bring the figures up to date, and look at them again.")


def written(draft: Draft, assembly: Assembly, *, by: User | None = None, at: datetime | None = None) -> Document:
    """The report as it would be issued by this person now; still a draft where nobody is named."""
    sections = selectors.sections(assembly)
    corrects = draft.corrects
    number = (corrects.number if corrects else 0) + 1
    before = selectors.document(corrects) if corrects else None
    document = Document(
        partnership=settings.PARTNERSHIP_NAME,
        quarter=draft.quarter,
        figures_at=assembly.at,
        sections=tuple(replace(each, words=draft.words.get(each.key, "")) for each in sections),
        what_changed=draft.what_changed if corrects else "",
        changes=selectors.changes(before, sections) if before else None,
    )
    if by is None:
        return document
    signed = f"{by.full_name}, {by.job_title}" if by.job_title else by.full_name
    return replace(document, number=number, issued_at=at, signed_by=signed)


def _moved(work: W, state: Progress, at: datetime) -> W:
    work.state, work.heard_at = state, at
    work.save(update_fields=["state", "step", "heard_at"])
    return work


def _must_be_open(draft: Draft) -> None:
    if draft.closed_at:
        raise NotNow("This draft is closed: the report was issued, or the draft was given up")
