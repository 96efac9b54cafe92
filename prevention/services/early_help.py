"""What is done for children for whom MASH decided on early help (strategy §7.1, domain.md 33)."""

from datetime import date, datetime

from accounts.gate import command
from accounts.models import Agency, User
from accounts.refusals import NotNow, Refusal
from accounts.roles import Permission
from frontend.text import local_day
from prevention.models import EarlyHelp, Service
from prevention.rules import HelpOutcome
from referrals.models import Referral


class OutOfOrder(Refusal):
    """A day before the one that it must follow."""


@command(Permission.REFERRAL_TRIAGE, on="referral")
def step_to_early_help(*, by: User, at: datetime, referral: Referral) -> EarlyHelp:
    """MASH has decided on it: from now on somebody is asked what becomes of it. Said again, it is the same one."""
    given = {"child_id": referral.child_id, "decided_on": local_day(at)}
    return EarlyHelp.objects.get_or_create(referral=referral, defaults=given)[0]


@command(Permission.CASE_CHANGE, on="help")
def begin_help(
    *, by: User, at: datetime, help: EarlyHelp, agency: Agency, service: Service | None, begun_on: date
) -> EarlyHelp:
    """Somebody gives it; said again, it is corrected. Raises NotNow, OutOfOrder."""
    _must_be_open(help)
    if begun_on < help.decided_on:
        raise OutOfOrder("The day it began must be the same as or after the day MASH decided on it")
    help.agency, help.service, help.begun_on = agency, service, begun_on
    help.save(update_fields=["agency", "service", "begun_on"])
    return help


@command(Permission.CASE_CHANGE, on="help")
def end_help(
    *, by: User, at: datetime, help: EarlyHelp, outcome: HelpOutcome, outcome_reason: str, ended_on: date
) -> EarlyHelp:
    """How it ended; it may end before it began. Raises NotNow, OutOfOrder."""
    _must_be_open(help)
    if help.begun_on is None and outcome in {HelpOutcome.NEEDS_MET, HelpOutcome.NOT_MET}:
        raise NotNow("Say first who gave the help, and since when")
    if ended_on < (help.begun_on or help.decided_on):
        raise OutOfOrder("The day it ended must be the same as or after the day it began")
    help.outcome, help.outcome_reason, help.ended_on = outcome, outcome_reason, ended_on
    help.save(update_fields=["outcome", "outcome_reason", "ended_on"])
    return help


def _must_be_open(help: EarlyHelp) -> None:
    if help.ended_on:
        raise NotNow("This early help has already ended")
