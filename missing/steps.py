"""What every command on a missing episode does first and last, and who owes the interview."""

from accounts import policy
from accounts.models import Team, TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.selectors import mash_team
from audit.acting import Beyond, beyond
from missing.models import Episode, Interview
from people import selectors as people_selectors
from people.models import Child, Involvement


class Stale(Refusal):
    """It was changed after this page was opened."""


class NotPossibleNow(Refusal):
    """What has happened so far does not allow this."""


class WrongMoment(Refusal):
    """It cannot have happened then; `moment` names what (`rules.MOMENTS`), so that it is said beside that field."""

    def __init__(self, moment: str, sentence: str) -> None:
        super().__init__(sentence)
        self.moment = moment


def must_be_fresh(record: Episode | Interview, version: int) -> None:
    """Raises Stale where it is no longer as the person saw it."""
    if record.version != version:
        raise Stale("This was changed while you had the page open. Read what happened, then answer again.")


def must_stand(episode: Episode) -> None:
    """Raises NotPossibleNow for an episode that was recorded in error."""
    if episode.voided_at:
        raise NotPossibleNow(f"{episode.reference} was recorded in error, so nothing more can be added to it.")


def changed(record: Episode | Interview, *names: str) -> None:
    """Save these columns and count the change, so that whoever has an older page open is told."""
    record.version += 1
    record.save(update_fields=[*names, "version"])


def sees_for_good(user: User, child: Child) -> bool:
    """Whether the person sees the child by more than a personal grant that runs out, such as one to break the glass."""
    lasting = {"content_object_id": child.pk, "expires_at": None}
    of_teams = policy.group_grants().filter(group__in=user.team_ids, **lasting)
    return of_teams.exists() or policy.user_grants().filter(user=user, **lasting).exists()


@beyond(Beyond.ONE_CHILD)
def case_for(child: Child) -> Involvement | None:
    """The open case of the child: that of this record, or of another of theirs whose team sees this record too.

    Nobody comes to hear of a record that they may not see by what is owed on it (domain.md 20).
    """
    own = people_selectors.case_of(child)
    if own:
        return own
    seeing = policy.group_grants().filter(content_object_id=child.pk, expires_at=None).values("group_id")
    rows = Involvement.objects.filter(child__in=people_selectors.same_pks(child), team__in=seeing, closed_at=None)
    return rows.select_related("team__agency", "key_worker", "coordinator").order_by("opened_at", "pk").first()


def interview_owed_by(child: Child) -> tuple[Team, User | None]:
    """Who owes the child's interview: the key worker of the open case, else the team that co-ordinates, else MASH."""
    case = case_for(child)
    if case:
        holder = case.key_worker
        return case.team, holder if holder and policy.may(holder, Permission.CHILD_VIEW, child) else None
    coordinating = Team.objects.filter(kind=TeamKind.CSE).order_by("pk").first()
    return coordinating or mash_team(), None
