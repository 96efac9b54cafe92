"""The ledger of the checks of security.md 4: each stands in the name of a test, or here with a reason why not.

A test names the requirement of ASVS 5.0 that it proves: `test_asvs_2_4_1_two_hundred_fast_looks_…`.
"""

import ast
import re
from functools import lru_cache

import pytest

from tests.architecture.source import ROOT, files, nothing, tree

CHECKS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("no query is put together from what was typed", ("1.2.4",)),
    2: ("a table for spreadsheets holds no formula", ("1.2.10",)),
    3: ("PDF fetches nothing; templates never come from input", ("1.3.6", "1.3.7")),
    4: ("contradictory dates are refused", ("2.2.3",)),
    5: ("states of a referral cannot be skipped", ("2.3.1",)),
    6: ("a failure on the way leaves no half referral", ("2.3.3",)),
    7: ("the restricted flag is taken off by two people", ("2.3.5",)),
    8: ("two hundred fast views are stopped", ("2.4.1",)),
    9: ("what was uploaded is served as an attachment that nobody sniffs", ("3.2.1",)),
    10: ("cookies are for this host, HTTPS and no script", ("3.3.1",)),
    11: ("every answer carries the headers", ("3.4.1",)),
    12: ("no form without its token; looking changes nothing", ("3.5.1", "3.5.3")),
    13: ("an address that a client makes up is not believed", ("4.1.3",)),
    14: ("undeclared methods are 405", ("4.1.4",)),
    15: ("too large, of another kind or a zip bomb: refused", ("5.2.1", "5.2.2", "5.2.3")),
    16: ("EICAR is refused; nothing unscanned is served", ("5.4.3",)),
    17: ("a lock-out does not lock out the victim elsewhere", ("6.1.1",)),
    18: ("passwords: 14 at least, 64 accepted, breached refused", ("6.2.1", "6.2.9", "6.2.12")),
    19: ("no page without a second factor; administrators need a passkey", ("6.3.3",)),
    20: ("known or unknown, the same answer at the same cost", ("6.3.8",)),
    21: ("a new password does not go round the second factor", ("6.4.3",)),
    22: ("a code is not taken twice, even when the cache was emptied", ("6.5.1",)),
    23: ("the same e-mail at two providers is not one account; unsigned is refused", ("6.8.1", "6.8.2")),
    24: ("the session changes at sign-in and is dead after sign-out", ("7.2.4", "7.4.1")),
    25: ("sessions end by idleness and by age", ("7.3.1", "7.3.2")),
    26: ("who is disabled is refused at the next request", ("7.4.2",)),
    27: ("step-up before a change of factors, export and break-glass", ("7.5.1", "7.5.3")),
    28: ("every address declares who may", ("8.2.1",)),
    29: ("role by object, over all addresses", ("8.2.2",)),
    30: ("a school never receives police intelligence", ("8.2.3",)),
    31: ("a grant that was revoked bites at once", ("8.3.2",)),
    32: ("row-level security agrees with an independent oracle", ("8.4.1",)),
    33: ("a client is limited to its scopes", ("10.4.4", "10.4.11")),
    34: ("authenticated encryption, and keys that can be changed", ("11.3.2", "11.1.1")),
    35: ("the application's role can neither define nor rub out", ("13.2.2",)),
    36: ("no default secret, none written down", ("13.3.1",)),
    37: ("no debugging, no schema, no metrics", ("13.4.2", "13.4.5")),
    38: ("no name in an address", ("14.2.1",)),
    39: ("nothing is stored in the browser", ("14.3.1", "14.3.2", "14.3.3")),
    40: ("fields that a client adds are ignored", ("15.3.3",)),
    41: ("of two who accept at once, one wins", ("15.4.2",)),
    42: ("every look and refusal is logged", ("16.3.2",)),
    43: ("a change of the log is found, its seal is outside", ("16.4.2", "16.4.3")),
    44: ("queue, scanner and mail away: closed, and nothing lost", ("16.5.3",)),
}

NOT_YET: dict[int, str] = {}
"""What others are to prove. A number leaves this list with its test."""

NOT_APPLICABLE = {
    33: "there is no interface for other agencies' programs yet, so there are no clients and no scopes",
}


@lru_cache
def _names() -> str:
    """Of every test function and class."""
    found = [
        node.name
        for path in files(ROOT / "tests", "test_*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test")
    ]
    return "\n".join(found).lower()


def _is_named(requirement: str) -> bool:
    return re.search(rf"asvs_{requirement.replace('.', '_')}(?!\d)", _names()) is not None


def test_the_ledger_holds_every_check() -> None:
    assert list(CHECKS) == list(range(1, 45))
    assert not NOT_YET.keys() & NOT_APPLICABLE.keys()


@pytest.mark.parametrize("number", CHECKS)
def test_a_test_is_named_after_the_check(number: int) -> None:
    what, requirements = CHECKS[number]
    unnamed = [each for each in requirements if not _is_named(each)]
    if number not in NOT_YET and number not in NOT_APPLICABLE:
        nothing(unnamed, f"{number}: {what}. Write test_asvs_… or give the reason here.")


def test_what_does_not_apply_has_no_test() -> None:
    nothing(str(n) for n in NOT_APPLICABLE if any(map(_is_named, CHECKS[n][1])))
