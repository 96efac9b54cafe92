"""The house keeps its shape: sizes, no hidden clock, every write through the gate, everything tested by name."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from accounts import gate, policy
from accounts.models import User
from audit import history
from tests.architecture import checks
from tests.architecture.source import ROOMS, ROOT, nothing

# What is longer than checks.MOST_LINES, and why.
LONG_FOR_A_REASON: dict[str, str] = {}

# Public functions of services that are not commands, and why they need not be.
NOT_COMMANDS = {
    "accounts.services.end_team_sight": "a part of commands: ends sight within their transaction",
    "accounts.services.let_person_know": "a part of commands: grants sight within their transaction",
    "accounts.services.let_team_know": "a part of commands: grants sight within their transaction",
    "accounts.services.let_teams_know": "a part of commands: grants sight within their transaction",
    "audit.services.record": "what the gate itself writes with; import-linter keeps others out",
    "deadlines.services.assign": "a part of commands: puts a name on the promises of their record",
    "deadlines.services.beat": "the sweep's own sign of life, not a record",
    "deadlines.services.deliver": "ticks `sent`, which is a command, for each e-mail that leaves",
    "deadlines.services.deliver_digests": "ticks `sent`, which is a command, for each e-mail that leaves",
    "deadlines.services.bank_holidays": "reads a package's data, writes nothing",
    "deadlines.services.hand_on": "a part of commands: another person holds the case",
    "deadlines.services.meet": "a part of commands: their record's promise is kept",
    "deadlines.services.meet_all": "a part of commands: a new screening keeps the last one's review",
    "deadlines.services.move": "a part of commands: the beginning of their record's clock was corrected",
    "deadlines.services.notify": "a part of commands: tells people within their transaction",
    "deadlines.services.pass_on": "ticks `pass_on_batch`, which is a command, while there is something to do",
    "deadlines.services.reopen": "a part of commands: their record's promise applies after all",
    "deadlines.services.start": "a part of commands: starts their record's clock",
    "deadlines.services.sweep": "ticks `fire`, which is a command, while there is something to do",
    "deadlines.services.void": "a part of commands: their record's promise falls away",
    "deadlines.services.write": "makes notices and stores none: a part of `notify` and `fire`",
    "deadlines.services.void_reviews": "a part of commands: the case is closed",
    "documents.services.store": "a part of commands: keeps the file of their record",
    "documents.services.try_later": "notes that the scanner is away: a sign of life, not a record",
    "governance.services.must_be_open": "a part of commands: refuses, and writes nothing",
    "governance.services.must_chair": "a part of commands: refuses, and writes nothing",
    "governance.services.must_keep": "a part of commands: refuses, and writes nothing",
    "governance.services.must_sit": "a part of commands: refuses, and writes nothing",
    "governance.services.propose_for_absence": "a part of commands: it was recorded who came",
    "governance.services.step_down": "a part of commands: the minutes of a meeting are agreed",
    "missing.services.ask_anew": "a part of commands: an episode was corrected out of the days that ask, or into them",
    "missing.services.ask_for_what_repeats_ask": "a part of commands: a report starts what repeated missing asks for",
    "missing.services.ask_no_more_for": "a part of commands: what a void episode had asked for falls away",
    "missing.services.end_sight": "a part of commands: another holds the interview",
    "missing.services.give_sight": "a part of commands: they name who holds the interview",
    "missing.services.meet_interview": "a part of commands: the interview is completed",
    "missing.services.move_clocks": "a part of commands: their episode's moments are others now",
    "missing.services.move_promises": "a part of commands: the beginning of their episode's clocks was corrected",
    "missing.services.must_be_for_something": "a part of commands: refuses, and writes nothing",
    "missing.services.run_from": "reads: from when their episode's clocks run",
    "missing.services.start_clocks": "a part of commands: the child is back",
    "missing.services.start_promises": "a part of commands: starts their episode's clocks",
    "missing.services.tell_of_report": "a part of commands: a child was reported missing",
    "missing.services.void_acknowledgements": "a part of commands: their episode is void",
    "missing.services.void_promises": "a part of commands: their episode is void",
    "missing.services.void_what_it_asks": "a part of commands: their episode is void",
    "oversight.services.goes_on": "notes how far a verification is: a sign of life, not a record",
    "oversight.services.watch": "ticks `raise_alert`, which is a command, for each person",
    "people.services.hold_cases": "a part of the sweep: locks and changes nothing",
    "people.services.let_cmog_know": "a part of commands: CMOG lists the child on another record",
    "figures.services.alone": "waits for its turn, and writes nothing",
    "people.services.list_at_cmog": "a part of commands: a submitted screening lists the child within its transaction",
    "people.services.must_answer_for": "a part of commands: refuses, and writes nothing",
    "people.services.must_still_be_answered_for": "a part of commands: refuses, and writes nothing",
    "people.services.take_off_cmog": "a part of commands: minutes that are agreed step the child down",
    "people.services.saved": "a part of commands: saves the record they changed",
    "reports.services.goes_on": "notes how far a worker is: a sign of life, not a record",
    "reports.services.written": "reads: the report as it would be issued",
}

# Models that nobody is given by `policy.visible`, and how they are reached instead.
REACHED_OTHERWISE = {
    "accounts.Agency": "named on pages of records that are visible",
    "accounts.Membership": "through its person",
    "accounts.Team": "named on pages of records that are visible",
    "accounts.CodeUse": "asked for the person who types a code",
    "accounts.Session": "through its person, who sees their own",
    "audit.Destruction": "read by verify_audit alone",
    "audit.Event": "written by the gate; read only through audit's own selectors",
    "audit.Payload": "through its event",
    "audit.Seal": "its number and digest, by who reads the log; else by whoever verifies",
    "audit.SealedRows": "read by whoever verifies the log",
    "deadlines.Move": "through its deadline",
    "deadlines.Stage": "through its deadline",
    "documents.Content": "through its document",
    "missing.AuthorityTold": "through its episode",
    "missing.Correction": "through its episode",
    "missing.GradeChange": "through its episode",
    "missing.PreventionCheck": "through its episode",
    "missing.StrategyMeeting": "through its episode",
    "people.EmergencyTry": "counted by the database alone",
    "people.LiftProposal": "through the restriction it would lift",
    "people.ChildTeamGrant": "is itself the policy's source",
    "people.ChildUserGrant": "is itself the policy's source",
    "referrals.Decision": "through its referral",
    "referrals.FollowUp": "through its referral",
    "referrals.GradeChange": "through its referral",
    "referrals.HandOver": "through its referral",
    "referrals.NrmReferral": "through its referral",
    "referrals.StrategyDiscussion": "through its referral",
    "oversight.Verification": "by who reads the log",
    "oversight.UnusualVolume": "by information governance, on pages that name no child",
    "reports.Assembly": "through its draft or its report; its true numbers are read by the next suppression alone",
    "reports.Pdf": "through its report",
    "riskassessment.Answer": "through its screening",
}


# Models that say who needs to know and have no history, and why.
WITHOUT_HISTORY = {
    "accounts.CodeUse": "a counter of codes, and of nothing that was written about a child",
    "accounts.Session": "says itself when it began and was last used, and changes with each page",
    "delivery_plan.EvidenceContent": "a file is never changed; its hash stands in its record, which has a history",
    "documents.Content": "a file is never changed; its hash stands in its document, which has a history",
    "deadlines.Absence": "says when somebody reads no notices, and nothing of a child",
    "deadlines.Heartbeat": "a sign of life, written twice a minute",
    "deadlines.Notice": "names no child, and says itself when it was read and sent",
    "deadlines.Stage": "the sweep's claim, which says itself when it fell, was noticed and was withdrawn",
    "figures.Current": "what is known now; what was known before stands in figures.Figure, which is never changed",
    "figures.Mark": "says that a table changed, and goes when that has been counted",
    "reports.Assembling": "how far figures are: a sign of life, and the figures themselves are kept for ever",
    "reports.Drawing": "how far a file is: a sign of life, and the file itself is kept for ever",
    "riskassessment.Indicator": "reference data: a new version is a new row, and a used one is never changed",
    "riskassessment.IndicatorSet": "reference data: a new version is a new row, and a used one is never changed",
    "riskassessment.PhraseUse": "a count of words, on purpose of nobody",
}


def our_models() -> list[type[Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def test_nothing_is_too_long_to_read() -> None:
    found = dict(checks.too_long(ROOT))
    nothing(sentence for name, sentence in found.items() if name not in LONG_FOR_A_REASON)
    nothing(LONG_FOR_A_REASON.keys() - found.keys(), "No longer long: take it off the list.")


def test_nothing_below_the_views_reads_the_clock() -> None:
    nothing(checks.hidden_clocks(ROOT))


def test_every_service_is_a_command_or_says_why_not() -> None:
    plain = {name for name, function in checks.services(ROOT) if not checks.is_command(function)}
    nothing(plain - NOT_COMMANDS.keys(), "Gate it with @command, or name it in NOT_COMMANDS with the reason.")
    nothing(NOT_COMMANDS.keys() - plain, "It is a command now or it is gone: take it off the list.")


def test_every_command_takes_keywords_only_with_actor_and_instant() -> None:
    for name, function in checks.services(ROOT):
        if checks.is_command(function):
            keywords = {argument.arg for argument in function.args.kwonlyargs}
            assert {"by", "at"} <= keywords, f"{name} does not take by= and at="
            assert not function.args.args, f"{name} takes arguments by position"


def test_every_command_has_a_test_class_of_its_name() -> None:
    tested = {room: checks.test_classes(ROOT, room) for room in ROOMS}
    names = [name for name, function in checks.services(ROOT) if checks.is_command(function)]
    wanted = {name: f"Test{name.split('.')[-1].title().replace('_', '')}" for name in names}
    nothing(f"{name}: class {title}" for name, title in wanted.items() if title not in tested[name.split(".")[0]])


def test_every_command_states_a_permission_that_some_role_holds() -> None:
    from accounts.roles import GRANTS

    held = frozenset().union(*GRANTS.values())
    nothing(f"{verb}: {permission}" for verb, permission in gate.COMMANDS.items() if permission not in held)


def test_every_model_says_who_needs_to_know_or_how_it_is_reached() -> None:
    ours = [model for model in our_models() if not hasattr(model, "pgh_tracked_model")]  # as the model it is of
    silent = {model._meta.label for model in ours if not hasattr(model, "need_to_know")}
    nothing(silent - REACHED_OTHERWISE.keys(), "Declare need_to_know, or name it in REACHED_OTHERWISE.")
    nothing(REACHED_OTHERWISE.keys() - silent, "It declares need_to_know now or is gone: take it off the list.")


def test_every_model_keeps_its_history_or_says_why_not() -> None:
    """What is not in a history can be changed by a bulk write or plain SQL, and nobody knows what it had been."""
    ours = [model for model in our_models() if not getattr(model, "append_only", False)]
    without = {model._meta.label for model in ours if history.history_of(model) is None}
    nothing(without - WITHOUT_HISTORY.keys(), "Put @recorded() on it, or name it in WITHOUT_HISTORY with the reason.")
    nothing(WITHOUT_HISTORY.keys() - without, "It has a history now or is gone: take it off the list.")


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in our_models() if hasattr(model, "need_to_know")], ids=str)
def test_every_declared_scope_makes_a_query_the_database_accepts(model: Any, worker: User) -> None:
    assert len(policy.visible(worker, model)[:1]) <= 1


def test_no_log_line_names_a_person() -> None:
    nothing(checks.personal_log_lines(ROOT))
