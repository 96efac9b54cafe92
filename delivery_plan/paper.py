"""The plan on paper, as it stands for this reader.

Drawn in the request: two or three sheets take a third of a second. What they show depends on who may see which figures,
so that nothing could be kept for the next reader.
"""

from collections.abc import Sequence
from datetime import datetime

from django.template.loader import render_to_string

from delivery_plan import presenters
from delivery_plan.models import Plan
from delivery_plan.selectors import Line


def drawn(plan: Plan, lines: Sequence[Line], *, at: datetime) -> bytes:
    """The file. WeasyPrint is heavy, and few processes of the site are ever asked for one."""
    from frontend import pdf

    context = {
        "plan": plan,
        "at": at,
        "kinds": [title for title, _ in presenters.KINDS.values()],
        "counts": presenters.counts(lines),
        "pillars": presenters.pillars(lines),
        "footnote": presenters.footnote(lines),
    }
    return pdf.draw(render_to_string("delivery_plan/_paper.html", context))
