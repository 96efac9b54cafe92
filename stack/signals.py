"""Signals as something to wait for, so that none interrupts a step half-way."""

import select
import signal
import socket

TO_STOP = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class Signals:
    """Collects the signals that stop us and the news of children that ended."""

    def __init__(self) -> None:
        self._received, self._written = socket.socketpair()
        self._received.setblocking(False)
        self._written.setblocking(False)
        signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        for number in (*TO_STOP, signal.SIGCHLD):
            if number == signal.SIGCHLD or signal.getsignal(number) is not signal.SIG_IGN:  # nohup stays nohup
                signal.signal(number, lambda *_: None)

    def wait(self, seconds: float) -> set[int]:
        """The signals that have come in; returns at the first, at the latest after `seconds`."""
        readable, _, _ = select.select([self._received], [], [], seconds)
        return set(self._received.recv(4096)) if readable else set()
