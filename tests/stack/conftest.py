"""A place for embedded data, and the commands of `python -m stack` run in it as a person would run them."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import commands
from tests.stack.place import OURS, Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CSE_STATE", str(tmp_path / "state"))
    place = Place(tmp_path / "state")
    yield place
    commands.erase()
    assert not place.directory.exists()


@pytest.fixture(autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """A shell's background job is deaf to Ctrl-C, and so would be all that we start."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
