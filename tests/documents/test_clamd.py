"""Asking the scanner: a verdict or none, and never one that was not given."""

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import clamd
from tests.documents.scanner import EICAR, pretending, running, says, swallow


@pytest.fixture
def done() -> threading.Event:
    return threading.Event()


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    with running() as where:
        yield where


class TestRealScanner:
    def test_asvs_5_4_3_finds_the_test_virus(self, real: str) -> None:
        assert clamd.virus_in(EICAR, real).startswith("Eicar-Test")

    def test_finds_nothing_in_a_letter(self, real: str) -> None:
        assert clamd.virus_in(b"Dear all", real) == ""

    def test_finds_it_behind_many_pieces(self, real: str) -> None:
        assert clamd.virus_in(b"Dear all\n" * 200_000 + EICAR, real)


class TestAway:
    def test_where_nobody_listens(self, tmp_path: Path) -> None:
        for where in (str(tmp_path / "none.sock"), "127.0.0.1:9"):
            with pytest.raises(clamd.Away):
                clamd.virus_in(b"x", where)

    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"\0",
            b"INSTREAM size limit exceeded. ERROR\0",
            b"stream: OK and more\0",
            b"stream: OKAY\0",
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            b"\xff\xfe" * 5000,
            b"stream:  FOUND\0",
        ],
    )
    def test_where_it_talks_garbage(self, answer: bytes) -> None:
        with pretending(says(answer)) as where, pytest.raises(clamd.Away):
            clamd.virus_in(b"x", where)

    def test_where_it_hangs_up_halfway(self) -> None:
        with pretending(lambda caller: caller.close()) as where, pytest.raises(clamd.Away):
            clamd.virus_in(b"x" * 8_000_000, where)

    def test_where_it_is_slow(self, monkeypatch: pytest.MonkeyPatch, done: threading.Event) -> None:
        monkeypatch.setattr(clamd, "ANSWERS_WITHIN", 0.3)

        def dawdle(caller: socket.socket) -> None:
            swallow(caller)
            done.wait(5)

        with pretending(dawdle) as where, pytest.raises(clamd.Away, match="Timeout"):
            clamd.virus_in(b"x", where)

    def test_where_it_says_a_little_again_and_again(
        self, monkeypatch: pytest.MonkeyPatch, done: threading.Event
    ) -> None:
        monkeypatch.setattr(clamd, "ANSWERS_WITHIN", 0.3)

        def drip(caller: socket.socket) -> None:
            swallow(caller)
            while not done.wait(0.05):  # until the caller has hung up
                try:
                    caller.sendall(b"s")
                except OSError:
                    return

        with pretending(drip) as where, pytest.raises(clamd.Away, match="Timeout"):
            clamd.virus_in(b"x", where)


def test_speaks_the_protocol() -> None:
    heard: list[bytes] = []

    def listen(caller: socket.socket) -> None:
        said = b""
        while not said.endswith(struct.pack(">I", 0)):
            said += caller.recv(65536)
        heard.append(said)
        caller.sendall(b"stream: OK\0")

    with pretending(listen) as where:
        assert clamd.virus_in(b"abc", where) == ""
    assert heard == [b"zINSTREAM\0" + struct.pack(">I", 3) + b"abc" + struct.pack(">I", 0)]
