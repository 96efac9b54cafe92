"""Campaigns, services, resources and self-assessments of the demonstration, by the commands that their people use."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Agency, AgencyKind, User
from deadlines.rules import add_months
from frontend.text import local_day
from prevention import services
from prevention.models import Standard
from prevention.rules import Audience, Channel, ResourceKind

CAMPAIGNS: tuple[tuple[str, tuple[Audience, ...], tuple[Channel, ...], str, int, int | None], ...] = (
    (
        *("Something is not right", (Audience.CHILDREN, Audience.PARENTS), (Channel.SCHOOL, Channel.SOCIAL_MEDIA)),
        *("How to tell, and whom to tell.", 8, 4200),
    ),
    (
        *("Open eyes in the night", (Audience.BUSINESS,), (Channel.EVENT, Channel.PRINT)),
        *("What drivers and hotels see, and the number to ring.", 3, None),
    ),
)
"""Title, for whom, by what, what it says, how many months ago it began, how many it reached."""
SERVICES = (
    (
        "Talk it through",
        "Hearthside (invented)",
        (Audience.CHILDREN,),
        "One to one, as long as it takes",
        20,
        6,
        7,
    ),
    ("Parents together", "Families First (invented)", (Audience.PARENTS, Audience.CARERS), "A group", 12, None, -1),
)
"""Name, who provides it, for whom, what, how many places, how many wait, in how many months it is to be reviewed."""
PILLARS = "Prevention, protection, prosecution."
WORDS = "Listen. Promise nothing. Write down the words. Ring MASH."
RESOURCES = (
    (ResourceKind.STRATEGY, "Child sexual exploitation strategy", PILLARS, "training", 9),
    (ResourceKind.PROCEDURE, "When a child tells you", WORDS, "screening interview decision", 2),
)
"""Kind, title, what it says, where it is needed, in how many months it is to be reviewed."""
STANDARDS = (
    "Everybody who works with children knows the screening form",
    "Children are asked what they think of the service",
    "A senior leader answers for this work",
)
SCORES = {AgencyKind.POLICE: (3, 2, 4), AgencyKind.SCHOOL: (2, 3, 3)}


def tell(keeper: User, now: datetime) -> None:
    today = local_day(now)
    for title, audiences, channels, message, months, reached in CAMPAIGNS:
        first = add_months(today, -months)
        days = {"starts_on": first, "ends_on": first + timedelta(days=30), "lead_agency": None}
        words: dict[str, Any] = {"audiences": list(audiences), "channels": list(channels), "message": message}
        made = services.add_campaign(by=keeper, at=now, title=title, **words, **days)
        if reached:
            learnt = "Posters in toilets were seen most. Start before the holidays."
            services.evaluate_campaign(
                by=keeper, at=now, campaign=made, version=made.version, reached=reached, evaluation=learnt
            )
    for name, provider, audiences, offers, capacity, waiting, months in SERVICES:
        given: dict[str, Any] = {"name": name, "provider": provider, "audiences": list(audiences), "offers": offers}
        given |= {"capacity": capacity, "waiting": waiting, "review_by": add_months(today, months), "owner": keeper}
        services.add_service(by=keeper, at=now, who_may="", referral_route="By telephone, or through MASH", **given)
    gap, found_on = "No group for boys and young men", add_months(today, -5)
    services.report_gap(by=keeper, at=now, what=gap, audiences=[Audience.CHILDREN], found_on=found_on)
    for kind, title, text, places, months in RESOURCES:
        given = {"kind": kind, "title": title, "owner": keeper, "review_by": add_months(today, months)}
        services.add_resource(by=keeper, at=now, text=text, link="", shown_at=places.split(), **given)
    _assess(keeper, now)


def _assess(keeper: User, now: datetime) -> None:
    """Two agencies, one of them half a year before as well."""
    standards = [services.add_standard(by=keeper, at=now, text=text) for text in STANDARDS]
    police, school = (Agency.objects.filter(kind=kind).order_by("name")[0] for kind in SCORES)
    _assessed(keeper, police, standards, (2, 2, 3), now - timedelta(days=180))
    _assessed(keeper, police, standards, SCORES[AgencyKind.POLICE], now - timedelta(days=3))
    _assessed(keeper, school, standards, SCORES[AgencyKind.SCHOOL], now - timedelta(days=3))


def _assessed(keeper: User, agency: Agency, standards: list[Standard], scores: tuple[int, ...], at: datetime) -> None:
    begun = services.begin_assessment(by=keeper, at=at, agency=agency)
    given = {each.pk: (score, "Seen in an audit of records") for each, score in zip(standards, scores, strict=True)}
    services.score_standards(by=keeper, at=at, assessment=begun, version=0, scores=given)
    sent = services.send_assessment(by=keeper, at=at, assessment=begun)
    services.settle_assessment(by=keeper, at=at, assessment=sent)
