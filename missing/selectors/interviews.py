"""Return interviews and their actions: how they stand, who may hold them, who may be asked for something."""

from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from accounts import policy
from accounts.models import Agency, Team, User
from accounts.roles import Permission
from accounts.selectors import holders_of
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind
from frontend.text import moment_in_words
from missing import parts
from missing.models import Episode, Interview, InterviewAction
from missing.parts import Lack
from missing.rules import RUNNING, InterviewStatus
from people.models import Child

RELATED = (
    "child",
    "offered_by",
    "interviewer__team__agency",
    "completed_by",
    "recorded_by",
    "voided_by",
)
ACTION_RELATED = ("interview__child", "owner_team__agency", "owner", "added_by", "done_by")


def with_its_own(interview: Interview) -> Interview:
    """The interview with the episodes it is for and its actions, in a fixed number of queries."""
    actions = InterviewAction.objects.select_related("owner_team__agency", "owner", "done_by").order_by("due_on", "pk")
    prefetch_related_objects(
        [interview],
        Prefetch("episodes", Episode.objects.order_by("last_seen_at", "pk")),
        Prefetch("formerly_of", Episode.objects.order_by("last_seen_at", "pk")),
        Prefetch("actions", actions),
    )
    return interview


def episodes_of(interview: Interview) -> list[Episode]:
    """Those it is for, without any that was recorded in error."""
    return [episode for episode in interview.episodes.all() if episode.voided_at is None]


def lacks(record: Interview, at: datetime) -> list[Lack]:
    """What the interview still needs before it is complete, all parts."""
    return parts.lacks(record, episodes_of(record), employer=employer_kind(record), at=at)


def is_for_nothing(interview: Interview) -> bool:
    """Whether every time that it is for was recorded in error."""
    return bool(interview.episodes.all()) and not episodes_of(interview)


def how_it_stands(interview: Interview) -> str:
    """One sentence, for somebody who wants something else of it."""
    match interview.status:
        case InterviewStatus.COMPLETED:
            when = moment_in_words(interview.completed_at)
            return f"The interview was completed already, on {when} by {interview.completed_by}."
        case InterviewStatus.DECLINED:
            return "The interview was declined. Offer it again first."
        case InterviewStatus.VOID:
            return "The interview was recorded in error."
        case InterviewStatus.NOT_OFFERED:
            return "The interview was not offered. Offer it first."
        case _:
            said = interview.get_status_display().lower()
            return f"The interview was {said} already. It was offered on {moment_in_words(interview.offered_at)}."


def named_interviewer(episode: Episode) -> User | None:
    """Whose name stands on the running clock of the interview."""
    clocks = Deadline.objects.filter(OPEN, kind=Kind.RETURN_INTERVIEW, subject_type="missing.episode")
    clock = clocks.filter(subject_id=episode.pk).select_related("owner__team__agency").first()
    return clock.owner if clock else None


def interviewers() -> QuerySet[User]:
    """Who may hold an interview."""
    return holders_of(Permission.MISSING_RECORD).select_related("team__agency").order_by("full_name", "pk")


def also_awaiting(episode: Episode) -> list[Episode]:
    """The other times this child was away and is back, with no interview held or under way, the newest first."""
    rows = Episode.objects.filter(child=episode.child_id, voided_at=None).exclude(pk=episode.pk)
    rows = rows.filter(Q(returned_at__isnull=False) | Q(located_at__isnull=False))
    rows = rows.filter(Q(interview=None) | ~Q(interview__status__in=[*RUNNING, InterviewStatus.COMPLETED]))
    return list(rows.order_by("-last_seen_at", "-pk"))


def employer_kind(interview: Interview) -> str | None:
    """What kind of agency the interviewer works for: that of their account, or the one that was named."""
    person = interview.interviewer
    if person and person.team:
        return person.team.agency.kind
    return Agency.objects.filter(name__iexact=interview.interviewer_employer).values_list("kind", flat=True).first()


def teams_that_may_act(child: Child, *, at: datetime) -> QuerySet[Team]:
    """The teams that see the child and have somebody who may act on an interview."""
    live = Q(expires_at=None) | Q(expires_at__gt=at)
    seeing = policy.group_grants().filter(live, content_object_id=child.pk).values("group_id")
    acting = holders_of(Permission.MISSING_RECORD).values("groups")
    return Team.objects.filter(pk__in=seeing).filter(pk__in=acting).select_related("agency").order_by("name", "pk")


def people_who_may_act(teams: list[Team]) -> dict[int, list[User]]:
    """By their team's key."""
    found: dict[int, list[User]] = {team.pk: [] for team in teams}
    rows = holders_of(Permission.MISSING_RECORD).filter(groups__in=found).annotate(of_team=F("groups"))
    for person in rows.order_by("full_name", "pk"):
        found[person.of_team].append(person)
    return found


def may_finish(user: User, action: InterviewAction) -> bool:
    """Its owner, anyone of the team that owns it, or whoever settles what is missing."""
    owns = action.owner_id == user.pk or action.owner_team_id in user.team_ids
    return owns or Permission.MISSING_SETTLE in user.permissions
