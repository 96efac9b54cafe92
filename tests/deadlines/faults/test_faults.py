"""Whatever breaks while deadlines fall: nothing is lost and nothing is told twice (security.md 5).

Real worker, scheduler, PostgreSQL, Valkey and post office, all of them ours alone; the same faults with thousands of
deadlines are in `manage.py torture`. One file, so that everything is started once.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from cse.torture import ground as proving
from cse.torture import report
from cse.torture.ground import Ground
from cse.torture.strike import EVERY_FAULT, strike
from tests import prepared
from tests.stack.place import Place

DEADLINES = 12
ONLY_IN_TORTURE = {
    "none",
    "worker killed after its commit",
    "worker killed before the e-mail",
    "worker killed after its commit too",
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Ground]:
    place = Place(tmp_path_factory.mktemp("faults") / "state")
    prepared.tables(place)
    with django_db_blocker.unblock(), proving.opened(place.asked_for) as ground:
        yield ground


@pytest.mark.parametrize("fault", [name for name in EVERY_FAULT if name not in ONLY_IN_TORTURE])
def test_asvs_16_5_3_nothing_is_lost_or_told_twice(fault: str, ground: Ground) -> None:
    struck = strike(ground, fault, DEADLINES)
    assert struck.ledger.due
    assert struck.holds, "\n".join([report.HEAD, report.line(struck), *report.troubles(struck)])
