"""What a password must be: long, and not stolen elsewhere. Nothing else."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given, strategies

from accounts import passwords

LEAKED = "otter violin gravel"


def listed(*leaked: str) -> bytes:
    hashes = (hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in leaked)
    return b"".join(f"{each}:7\r\n".encode() for each in sorted(hashes))


@pytest.fixture
def breached(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "breached"
    path.write_bytes(listed(LEAKED, *(f"other {n}" for n in range(500))))
    settings.BREACHED_PASSWORDS_FILE = str(path)
    return path


class TestValidation:
    def test_asvs_6_2_1_thirteen_signs_are_too_few_and_fourteen_are_enough(self) -> None:
        with pytest.raises(ValidationError, match="at least 14"):
            validate_password("qzv bnm wrt pl"[:13])
        validate_password("qzv bnm wrt pl")

    @pytest.mark.parametrize("length", [64, 128, 1000])
    def test_asvs_6_2_9_long_ones_are_accepted(self, length: int) -> None:
        validate_password(("otter violin gravel " * 60)[:length])

    def test_no_kind_of_sign_is_asked_for(self) -> None:
        for each in (
            "only small letters here",
            "ONLY CAPITALS IN HERE",
            "éèüß ñandú ĳsvogel",
            "🦦🎻🪨 otters and more",
        ):
            validate_password(each)

    def test_asvs_6_2_12_one_that_leaked_is_refused(self, breached: Path) -> None:
        with pytest.raises(ValidationError, match="stolen elsewhere"):
            validate_password(LEAKED)
        validate_password(LEAKED + "s")

    def test_common_ones_are_refused_without_a_list(self) -> None:
        with pytest.raises(ValidationError):
            validate_password("pe#5gz29ptzmse")

    def test_a_list_that_went_away_is_not_one_that_found_nothing(self, breached: Path) -> None:
        breached.unlink()
        with pytest.raises(OSError, match="breached"):
            validate_password(LEAKED)


class TestIsListed:
    @given(strategies.sets(strategies.text(max_size=5), max_size=30), strategies.text(max_size=5))
    def test_finds_each_and_no_other(self, tmp_path_factory: Any, leaked: set[str], other: str) -> None:
        path = tmp_path_factory.mktemp("list") / "hashes"
        path.write_bytes(listed(*leaked))
        assert all(passwords.is_listed(each, path) for each in leaked)
        assert passwords.is_listed(other, path) == (other in leaked)
