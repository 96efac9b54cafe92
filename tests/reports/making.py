"""Reports in the states that tests need, without the commands that lead there."""

from datetime import date, datetime, timedelta

from figures.rules import Period
from reports.models import Assembling, Assembly, Draft, Drawing, Issued, Pdf
from reports.printed import Document, Section, as_json
from reports.rules import Progress
from tests import factories

FIRST = date(2026, 7, 1)
_NOTHING: dict[str, object] = {name: [] for name in ("values", "sums", "unprinted", "hidden", "exposed")}


def assembly(first: date = FIRST, **values: object) -> Assembly:
    given = {"sections": [], "truth": _NOTHING, "after": Issued.objects.count(), "at": factories.NOON, **values}
    return Assembly.objects.create(first=first, **given)


def draft(first: date = FIRST, **values: object) -> Draft:
    who = factories.user()
    people = {"opened_by": who, "opened_at": factories.NOON, "changed_by": who, "changed_at": factories.NOON}
    figures = values["assembly"] if "assembly" in values else assembly(first)
    return Draft.objects.create(first=first, **{**people, **values, "assembly": figures})


def assembling(**values: object) -> Assembling:
    """One that is under way, of a draft without figures where none is given."""
    about = {"state": Progress.RUNNING, "step": 2, "asked_at": factories.NOON, "heard_at": factories.NOON, **values}
    made = about.pop("draft", None) or draft(assembly=None)
    return Assembling.objects.create(draft=made, asked_by=made.opened_by, **about)


def issued(
    first: date = FIRST,
    *,
    number: int = 1,
    at: datetime = factories.NOON,
    words: str = "Much was done.",
    truth: dict[str, object] = _NOTHING,
) -> Issued:
    """With its PDF, which says nothing."""
    made = without_pdf(first, number, at, words, truth)
    Pdf.objects.create(issued=made, data=b"%PDF-1.7", sha256="0" * 64, made_at=at)
    Drawing.objects.create(issued=made, state=Progress.DONE, asked_by=made.issued_by, asked_at=at, heard_at=at)
    return made


def drawing() -> Drawing:
    """One that is under way."""
    made = without_pdf()
    moments = {"asked_at": factories.NOON, "heard_at": factories.NOON}
    return Drawing.objects.create(issued=made, state=Progress.RUNNING, step=5, asked_by=made.issued_by, **moments)


def without_pdf(
    first: date = FIRST,
    number: int = 1,
    at: datetime = factories.NOON,
    words: str = "Much",
    truth: dict[str, object] = _NOTHING,
) -> Issued:
    document = Document(
        partnership="Partnership",
        quarter=Period.quarter(first),
        figures_at=at - timedelta(days=1),
        sections=(Section("summary", "Summary", words=words),),
        number=number,
        issued_at=at,
        signed_by="A chair",
    )
    serial = Issued.objects.count() + 1
    return Issued.objects.create(
        first=first,
        number=number,
        serial=serial,
        content=as_json(document),
        what_changed="" if number == 1 else "A number",
        assembly=assembly(first, truth=truth),
        issued_by=factories.user(),
        issued_at=at,
    )
