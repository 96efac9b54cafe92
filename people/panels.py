"""The child's page is made of panels that rooms register, so that this room imports nobody above it.

In a room's `AppConfig.ready`: `panels.register(panels.Panel("Screenings", "riskassessment/_panel.html", ...))`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from people.models import Child


@dataclass(frozen=True)
class Panel:
    """One section of the child's page, shown to those who hold `permission`; `context` reads what it shows.

    The template finds that under the name `panel`, beside `child`; the page draws the heading. What it has under
    `warning` is so grave that it stands at the top of the page as well.
    """

    title: str
    template: str
    permission: Permission
    context: Callable[[User, Child, datetime], Mapping[str, Any]]


_PANELS: list[Panel] = []


def register(panel: Panel) -> None:
    _PANELS.append(panel)


def for_child(user: User, child: Child, *, at: datetime) -> list[tuple[Panel, Mapping[str, Any]]]:
    """The panels this person may see on this child's page, with what they show."""
    return [(panel, panel.context(user, child, at)) for panel in _PANELS if panel.permission in user.permissions]
