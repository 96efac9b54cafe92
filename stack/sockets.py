"""Unix sockets: the only way in to the embedded services."""

import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from stack.process import private_directory, unprivileged

LONGEST_DIRECTORY = 80  # bytes: the kernel takes 107 (macOS 103) with the socket's own name


@contextmanager
def directory(preferred: Path) -> Iterator[Path]:
    """A private directory for sockets: the preferred one, or a temporary one if that name is too long or too odd."""
    name = str(preferred)
    if len(name.encode()) <= LONGEST_DIRECTORY and re.fullmatch(r"[\w/.+-]+", name):
        yield private_directory(preferred, unprivileged())
        return
    temporary = private_directory(Path(tempfile.mkdtemp(prefix="cse-")), unprivileged())
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def answers(path: Path, question: bytes, answer: bytes) -> bool:
    """Whether something behind the socket gives this answer to this question."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
            connection.sendall(question)
            return connection.recv(len(answer)) == answer
        except OSError:
            return False
