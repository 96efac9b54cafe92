"""From how many children on it is unusual."""

import pytest

from oversight.rules import Limits, Volume, is_unusual, usual

LIMITS = Limits(most_in_hour=60, most_in_day=150, times_usual=4, least=30)


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        (Volume(60, 150), False),
        (Volume(61, 61), True),
        (Volume(10, 151), True),
        (Volume(10, 31, usual=7), True),
        (Volume(10, 30, usual=7), False),
        (Volume(10, 31, usual=8), False),
        (Volume(10, 31, usual=0), False),
    ],
)
def test_it_is_unusual_for_anybody_or_beside_their_own_days(volume: Volume, expected: bool) -> None:
    assert is_unusual(volume, LIMITS) is expected


def test_the_usual_is_the_middle_day() -> None:
    assert (usual([]), usual([3]), usual([1, 200, 5])) == (0, 3, 5)
