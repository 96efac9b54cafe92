"""What the live board is filtered by. What cannot be is left out."""

from collections.abc import Sequence
from typing import Any

from deadlines.rules import CLOCKS, OF_MISSING
from frontend.fields import SelectField
from frontend.forms import Form
from missing.selectors.board import Filters
from people.codes import Authority

KINDS = sorted(((str(kind), CLOCKS[kind].promise) for kind in OF_MISSING), key=lambda choice: choice[1])


class BoardForm(Form):
    mark_optional = False

    kind = SelectField("Clock", choices=[("", "All"), *KINDS], required=False)
    whose = SelectField(
        "Who owes it",
        choices=[("", "Everyone"), ("mine", "Me"), ("team", "A team of mine"), ("nobody", "No person named yet")],
        required=False,
    )
    team = SelectField("Team", choices=[], required=False)
    authority = SelectField("Responsible authority", choices=[("", "All"), *Authority.choices], required=False)

    def __init__(self, *args: Any, teams: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("team", [("", "All"), *teams])

    def filters(self) -> Filters:
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            kind=given.get("kind", ""),
            whose=given.get("whose", ""),
            team=int(given.get("team") or 0),
            authority=given.get("authority", ""),
        )
