"""The only ways in which sight of a child arises (domain.md 34): who calls what grants or ends it, and as what kind."""

import ast

from accounts.models import PERSONAL_KINDS, TEAM_KINDS, GrantKind
from tests.architecture.source import ROOT, called, nothing, python, tree

GRANTING = {"let_team_know", "let_teams_know", "let_person_know", "end_team_sight"}
MADE_BY_THE_DATABASE = {GrantKind.BREAK_GLASS}
HELD_BY = {"KIND": GrantKind.INTERVIEW, "kind": GrantKind.RESTRICTED}
# Module and function → the kinds of sight that it gives or takes back, or the name that holds the kind there.
WAYS = {
    "missing/services/episodes.py::_begun": {"MISSING"},
    "missing/services/sharing.py::share_with": {"SHARE"},
    "missing/services/sight.py::give_sight": {"KIND"},
    "missing/services/sight.py::end_sight": {"KIND"},
    "people/services/cases.py::_begun": {"CASE"},
    "people/services/cases.py::_end_sight": {"CASE"},
    "people/services/cases.py::_let_hold": {"CASE"},
    "people/services/cases.py::let_cmog_know": {"CMOG"},
    "people/services/cases.py::take_off_cmog": set(),
    "people/services/records.py::_added": {"AUTHOR"},
    "people/services/records.py::_ask_for_a_match": {"MATCH"},
    "people/services/restricting.py::_lift": {"kind"},
    "people/services/restricting.py::let_keep_sight": {"RESTRICTED"},
    "people/services/restricting.py::restrict": {"RESTRICTED"},
    "people/services/seeing.py::end_sight": set(),
    "people/services/seeing.py::keep_address_secret": {"ADDRESS"},
    "referrals/services/intake.py::make": {"REFERRAL"},
    "referrals/services/outcomes.py::_case": {"CASE"},
    "riskassessment/services.py::_let_know_and_route": {"SCREENING"},
}


def found() -> dict[str, set[str]]:
    """Every function that calls what grants or ends sight, with the kinds that it names."""
    ways: dict[str, set[str]] = {}
    for path in python(ROOT):
        name = str(path.relative_to(ROOT))
        if name.startswith(("cse/", "accounts/")):  # the demonstration and the faults; what is called
            continue
        for function in (each for each in ast.walk(tree(path)) if isinstance(each, ast.FunctionDef)):
            calls = [call for call in ast.walk(function) if isinstance(call, ast.Call) and _grants(call)]
            if calls:
                ways[f"{name}::{function.name}"] = {kind for call in calls for kind in _kinds(call)}
    return ways


def _grants(call: ast.Call) -> bool:
    return called(call.func).split(".")[-1] in GRANTING


def _kinds(call: ast.Call) -> list[str]:
    """As it stands in the call: `GrantKind.CASE`, or the name that holds it."""
    given = [ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == "kind"]
    return [text.rpartition(".")[2] for text in given]


def test_sight_arises_only_in_the_ways_that_are_listed() -> None:
    ways = found()
    nothing(ways.keys() - WAYS.keys(), "A new way to sight: is it one of GrantKind, and is it in domain.md 34?")
    nothing(WAYS.keys() - ways.keys(), "This gives no sight any more: take it off the list.")
    assert ways == WAYS


def test_every_kind_of_sight_has_its_way() -> None:
    made = {HELD_BY.get(kind) or GrantKind[kind] for kinds in WAYS.values() for kind in kinds} | MADE_BY_THE_DATABASE
    assert made == set(GrantKind) == {*TEAM_KINDS, *PERSONAL_KINDS}


def test_grants_are_written_nowhere_else() -> None:
    """Not by the models themselves."""
    writers = {"create", "bulk_create", "update_or_create", "get_or_create", "save"}
    stray = []
    for path in python(ROOT):
        name = str(path.relative_to(ROOT))
        if name.startswith(("cse/demo/", "accounts/services.py")):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called(node.func).split(".")[-1] in writers:
                text = ast.unparse(node.func)
                if any(grant in text for grant in ("ChildUserGrant", "ChildTeamGrant", "_grants().model")):
                    stray.append(f"{name}:{node.lineno}")
    nothing(stray, "Grant sight through accounts.services.let_… alone.")
