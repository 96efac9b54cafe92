"""The proving ground: everything that one fault needs, real, ours alone, and put back in order after it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from accounts import selectors as people_and_teams
from accounts.models import User
from cse.torture import nursery, post_office, servers, world
from cse.torture.crew import Crew
from cse.torture.points import DIRECTORY, Points
from cse.torture.post_office import HOST, PostOffice
from cse.torture.programs import DidNotHappen, Programs, until
from cse.torture.servers import Servers
from cse.torture.world import World
from deadlines.models import Deadline, Notice
from stack.process import last_lines


@dataclass(frozen=True)
class Ground:
    programs: Programs
    servers: Servers
    office: PostOffice
    points: Points
    crew: Crew
    world: World

    @property
    def system(self) -> User:
        return people_and_teams.system_actor()

    def quiet(self, deadlines: Sequence[Deadline], *, but_not: User | None = None) -> None:
        """Wait until nothing of these is due and no e-mail waits, but for those to one person.

        Whoever should try again later tries now.
        """
        pks = [each.pk for each in deadlines]

        def is_quiet() -> bool:
            self.programs.revive()  # Celery ends by itself where the queue goes while it has a task in hand
            return not self._falling(pks) and not self._unsent(pks, but_not)

        try:
            until(is_quiet, "Something still waits to be said")
        except DidNotHappen as trouble:
            raise DidNotHappen(f"{trouble}. The workers say:\n{last_lines(self.crew.log)}") from trouble

    def _falling(self, pks: Sequence[int]) -> bool:
        soon = now() + world.SOON[1]
        return Deadline.objects.filter(pk__in=pks, next_fire_at__lte=soon).exists()

    def _unsent(self, pks: Sequence[int], but_not: User | None) -> bool:
        notices = Notice.objects.filter(deadline__in=pks, sent_at=None, in_digest=False).exclude(recipient=but_not)
        notices.exclude(next_try_at=None).update(next_try_at=None)
        return notices.exists()

    def in_order(self) -> None:
        """As before the fault: both services up, one scheduler, one worker, a well-behaved post office."""
        self.office.deaf = 0
        self.office.refused.clear()
        self.points.let_go()
        for program in (self.servers.postgres, self.servers.valkey):
            if not self.programs.is_running(program.name):
                self.programs.start(program)
        self.programs.revive()
        self.crew.schedule(1)
        self.crew.keep(1)
        self.points.disarm()


def now() -> datetime:
    """The database's own clock: the one by which everything here is judged."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@contextmanager
def opened(asked_for: Path) -> Iterator[Ground]:
    """Everything running, and this process turned to it."""
    programs = Programs()
    with (
        post_office.opened() as office,
        servers.directory(asked_for) as directory,
        servers.started(directory, programs) as ours,
    ):
        points = Points(directory / "points")
        letters = {"EMAIL_BACKEND": "cse.torture.app.PostOffice", "EMAIL_HOST": HOST, "EMAIL_PORT": str(office.port)}
        environment = {**ours.environment(), **letters, DIRECTORY: str(directory / "points")}
        with nursery.opened(environment, directory / "logs" / "nursery.log") as children, ours.turned_to():
            call_command("migrate", interactive=False, verbosity=0)
            people = world.new(now())
            crew = Crew(programs, children, directory, environment)
            crew.schedule(1)
            crew.keep(1)
            yield Ground(programs, ours, office, points, crew, people)
