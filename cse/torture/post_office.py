"""A post office on this machine that speaks SMTP, remembers every message it accepted, and can misbehave."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

MESSAGE_ID = re.compile(rb"^Message-ID: *<(.+?)>", re.IGNORECASE | re.MULTILINE)
HOST = "127.0.0.1"


class PostOffice(socketserver.ThreadingTCPServer):
    """`accepted` counts the messages by Message-ID. `deaf` and `refused` are what goes wrong from now on."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Customer)
        self.accepted: Counter[tuple[str, str]] = Counter()
        self.refused: set[str] = set()
        self.deaf = 0
        self._counter = threading.Lock()
        self._closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def accept(self, recipient: str, message: bytes) -> bool:
        """Keep it; whether to say so."""
        found = MESSAGE_ID.search(message)
        with self._counter:
            self.accepted[found[1].decode() if found else "", recipient] += 1
            silent = self.deaf > 0
            self.deaf -= silent
        return not silent

    def say_nothing(self) -> None:
        self._closing.wait()

    def server_close(self) -> None:
        self._closing.set()
        super().server_close()


class Customer(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.recipient = ""
        try:
            self._say("220 ready")
            while line := self.rfile.readline():
                if not self._answer(line.decode(errors="replace").strip()):
                    break
        except OSError:  # the customer has gone
            return

    def _answer(self, line: str) -> bool:
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "RCPT":
                self.recipient = rest.partition("<")[2].partition(">")[0]
                self._say("550 no such user" if self.recipient in self.server.refused else "250 fine")
            case "DATA":
                self._say("354 go on")
                return self._take(self._message())
            case "QUIT":
                self._say("221 bye")
                return False
            case _:
                self._say("250 fine")
        return True

    def _take(self, message: bytes | None) -> bool:
        """Half a message, from a customer who died, was never posted."""
        if message is None:
            return False
        if not self.server.accept(self.recipient, message):
            self.server.say_nothing()
        self._say("250 accepted")
        return True

    def _message(self) -> bytes | None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line.rstrip(b"\r\n"))
        return b"\n".join(lines)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def opened() -> Iterator[PostOffice]:
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
