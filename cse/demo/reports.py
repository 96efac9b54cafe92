"""The reports of the two quarters before the last one, issued; the last one waits for its chair to begin."""

from datetime import datetime, timedelta

import reports.services
from accounts.gate import at_work
from accounts.roles import Role
from cse.demo.delivery import one
from frontend.text import local_day
from reports import assembling
from reports.models import Assembling, Draft, Issued
from reports.rules import Progress, quarters_over

WORDS = (
    {
        "summary": "This is the first report to the Board in this form. Training has begun in every agency.\n\n"
        "Return interviews are held sooner than in the year before, and not yet soon enough.",
        "barriers": "Both need money that no single agency holds.",
        "themes": "Young people are met at the same hotels and takeaways again and again.",
        "escalations": "The Board is asked to find half a post for an analyst.",
        "figures": "Schools that sent their screenings on paper are counted from this quarter on.",
    },
    {
        "summary": "More agencies screen than ever before. Most return interviews are held in time.\n\n"
        "The delivery plan moves, except where the analyst is missing.",
        "plan": "Prevention is ahead of its dates. Prosecution waits for the profile.",
        "barriers": "The post of the analyst has been advertised twice.",
        "attendance": "Health sent a deputy to each meeting.",
        "escalations": "The Board is asked again to find half a post for an analyst.",
        "consistency": "Judgements differ most where a school knows a child from one lesson a week.",
    },
)
"""What the chair wrote, the older quarter first."""


def tell(now: datetime) -> None:
    """Issue the two, unless something was issued."""
    if Issued.objects.exists():
        return
    chair = one(Role.SEMT_CHAIR)
    quarters = quarters_over(local_day(now))[2:0:-1]
    for days, quarter, words in zip((3, 2), quarters, WORDS, strict=True):
        at = now - timedelta(days=days)
        draft = with_figures(reports.services.open_draft(by=chair, at=at, first=quarter.first), at)
        saved = reports.services.save_narrative(
            by=chair, at=at, draft=draft, version=draft.version, words=words, what_changed=""
        )
        reports.services.sign_off(by=chair, at=at, draft=saved, version=saved.version, seen=saved.assembly_id)


def with_figures(draft: Draft, at: datetime) -> Draft:
    """What a worker does with a draft that has just been opened, at once."""
    with at_work() as actor:
        reports.services.take_up(by=actor, at=at, kind=Assembling)
        work = draft.assemblings.get(state=Progress.RUNNING)
        made = assembling.assembled(draft.quarter, at=at)
        return reports.services.keep_assembly(by=actor, at=at, draft=draft, assembling=work, made=made)
