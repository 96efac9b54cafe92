"""The figures on return interviews: what is counted.

Pure: no database, no clock. domain.md 16 word for word; the strategy's own figure is `due_in_time` of `due` (§7.2: "all
… within the required 72 hours").
"""

from dataclasses import dataclass, fields

from django.db.models import TextChoices

from figures.rules import Part


class Measure(TextChoices):
    """What is counted, each with the words for the list of episodes behind it."""

    ELIGIBLE = "eligible", "Episodes that ended in the period"
    OFFERED = "offered", "Ended, and an interview was offered"
    ACCEPTED = "accepted", "Ended, and the offer was accepted"
    COMPLETED = "completed", "Ended, and the interview was held"
    IN_TIME = "in_time", "Ended, and the interview was held within 72 hours"
    DUE = "due", "Interview due by the end of the period"
    DUE_IN_TIME = "due_in_time", "Due, and held within 72 hours"
    NOT_IN_TIME = "not_in_time", "Due, and not held within 72 hours"
    BEGAN = "began", "Episodes that began in the period"
    REPEATED = "repeated", "Episodes of children who went missing more than once in the period"


@dataclass(frozen=True)
class Figures:
    """The counts for one line; episodes, except `children` and `repeat`."""

    eligible: int = 0
    offered: int = 0
    accepted: int = 0
    completed: int = 0
    in_time: int = 0
    due: int = 0
    due_in_time: int = 0
    children: int = 0
    repeat: int = 0

    @property
    def parts(self) -> dict[str, Part]:
        """What domain.md 16 divides by what, by the name of the upper number."""
        return {
            "offered": Part(self.offered, self.eligible),
            "accepted": Part(self.accepted, self.offered),
            "completed": Part(self.completed, self.offered),
            "in_time": Part(self.in_time, self.completed),
            "due_in_time": Part(self.due_in_time, self.due),
            "repeat": Part(self.repeat, self.children),
        }

    @property
    def not_in_time(self) -> int:
        return self.due - self.due_in_time


COUNTED = tuple(field.name for field in fields(Figures))
