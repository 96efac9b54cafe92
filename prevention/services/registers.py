"""What is done to campaigns, services, gaps and resources (strategy §7.1, domain.md 33)."""

from datetime import date, datetime
from typing import Any, TypeVar

from accounts.gate import command
from accounts.models import User
from accounts.refusals import NotNow
from accounts.roles import Permission
from frontend.text import local_day
from prevention import clocks
from prevention.conflicts import changed
from prevention.models import Campaign, Gap, Resource, ResourceVersion, Service

EVALUATION = ("reached", "evaluation")
CAMPAIGN = ("title", "audiences", "channels", "message", "lead_agency", "starts_on", "ends_on")
SERVICE = (
    *("name", "provider", "audiences", "offers", "who_may", "referral_route", "capacity", "waiting"),
    *("owner", "review_by"),
)
RESOURCE = ("kind", "title", "shown_at", "owner", "review_by")
M = TypeVar("M", Campaign, Service, Resource)
KEEP = Permission.PREVENTION_KEEP


@command(KEEP)
def add_campaign(*, by: User, at: datetime, **given: Any) -> Campaign:
    """Say what will be said to whom, and how."""
    return _added(Campaign, given, CAMPAIGN)


@command(KEEP, on="campaign")
def change_campaign(*, by: User, at: datetime, campaign: Campaign, version: int, **given: Any) -> Campaign:
    """Raises Changed."""
    return changed(campaign, version, given, CAMPAIGN)


@command(KEEP, on="campaign")
def evaluate_campaign(
    *, by: User, at: datetime, campaign: Campaign, version: int, reached: int, evaluation: str
) -> Campaign:
    """Say how many it reached and what was learnt; said again, it is corrected. Raises Changed, NotNow."""
    if campaign.starts_on > local_day(at):
        raise NotNow("This campaign has not begun yet")
    given = {"reached": reached, "evaluation": evaluation, "evaluated_on": local_day(at)}
    return changed(campaign, version, given, given)


@command(KEEP)
def add_service(*, by: User, at: datetime, **given: Any) -> Service:
    """Say what is there, for whom, and how it is reached."""
    service = _added(Service, given, SERVICE)
    clocks.keep(Service, [service], at=at)
    return service


@command(KEEP, on="service", related=("owner__team",))
def change_service(*, by: User, at: datetime, service: Service, version: int, **given: Any) -> Service:
    """Raises Changed, NotNow."""
    _must_stand(service)
    changed(service, version, given, SERVICE)
    clocks.keep(Service, [service], at=at)
    return service


@command(KEEP, on="service", related=("owner__team",))
def review_service(*, by: User, at: datetime, service: Service, review_by: date) -> Service:
    """What it says is right today; it is looked at again by `review_by`. Raises NotNow."""
    _review(service, review_by, at)
    clocks.keep(Service, [service], at=at)
    return service


@command(KEEP, on="service", related=("owner__team",))
def withdraw_service(*, by: User, at: datetime, service: Service) -> Service:
    """It is there no more. Raises NotNow."""
    _withdraw(service, at)
    clocks.keep(Service, [service], at=at)
    return service


@command(KEEP)
def report_gap(*, by: User, at: datetime, what: str, audiences: list[str], found_on: date) -> Gap:
    """Say what nobody offers."""
    gap = Gap(what=what, audiences=audiences, found_on=found_on, reported_by=by)
    gap.full_clean(exclude=["reported_by"])
    gap.save()
    return gap


@command(KEEP, on="gap")
def close_gap(*, by: User, at: datetime, gap: Gap, how_closed: str) -> Gap:
    """It was filled, or is none any more. Raises NotNow."""
    if gap.closed_on:
        raise NotNow("This gap has already been closed")
    gap.closed_on, gap.how_closed = local_day(at), how_closed
    gap.save(update_fields=["closed_on", "how_closed"])
    return gap


@command(KEEP)
def add_resource(*, by: User, at: datetime, text: str, link: str, **given: Any) -> Resource:
    """With its first version."""
    resource = _added(Resource, given, RESOURCE)
    _publish(resource, by, at, text=text, link=link, what_changed="")
    clocks.keep(Resource, [resource], at=at)
    return resource


@command(KEEP, on="resource", related=("owner__team",))
def change_resource(*, by: User, at: datetime, resource: Resource, version: int, **given: Any) -> Resource:
    """Its title, owner and day of review; what it says is changed by a new version. Raises Changed, NotNow."""
    _must_stand(resource)
    changed(resource, version, given, RESOURCE)
    clocks.keep(Resource, [resource], at=at)
    return resource


@command(KEEP, on="resource", related=("owner__team",))
def publish_version(
    *, by: User, at: datetime, resource: Resource, text: str, link: str, what_changed: str, review_by: date
) -> Resource:
    """What it says from now on; that it was written anew is a review of it. Raises NotNow."""
    _review(resource, review_by, at)
    _publish(resource, by, at, text=text, link=link, what_changed=what_changed)
    clocks.keep(Resource, [resource], at=at)
    return resource


@command(KEEP, on="resource", related=("owner__team",))
def review_resource(*, by: User, at: datetime, resource: Resource, review_by: date) -> Resource:
    """What it says still holds; it is looked at again by `review_by`. Raises NotNow."""
    _review(resource, review_by, at)
    clocks.keep(Resource, [resource], at=at)
    return resource


@command(KEEP, on="resource", related=("owner__team",))
def withdraw_resource(*, by: User, at: datetime, resource: Resource) -> Resource:
    """It holds no more; what it said stays readable. Raises NotNow."""
    _withdraw(resource, at)
    clocks.keep(Resource, [resource], at=at)
    return resource


def _added(model: type[M], given: dict[str, Any], names: tuple[str, ...]) -> M:
    made = model(**{name: given[name] for name in names})
    made.full_clean()
    made.save()
    return made


def _review(record: Service | Resource, review_by: date, at: datetime) -> None:
    _must_stand(record)
    if review_by <= local_day(at):
        raise NotNow("The day of the next review must be in the future")
    clocks.kept(record, at=at)
    record.reviewed_on, record.review_by = local_day(at), review_by
    record.version += 1
    record.save(update_fields=["reviewed_on", "review_by", "version"])


def _withdraw(record: Service | Resource, at: datetime) -> None:
    _must_stand(record)
    record.withdrawn_on = local_day(at)
    record.save(update_fields=["withdrawn_on"])


def _must_stand(record: Service | Resource) -> None:
    if record.withdrawn_on:
        raise NotNow("This has been withdrawn")


def _publish(resource: Resource, by: User, at: datetime, **said: str) -> None:
    number = resource.versions.count() + 1
    version = ResourceVersion(resource=resource, number=number, published_by=by, published_at=at, **said)
    version.full_clean(exclude=["resource", "published_by"])
    version.save()
