"""Asking ClamAV's daemon about a file, over its socket (its INSTREAM command: pieces, each after its length).

`CLAMD_SOCKET` is the path of its socket, or `host:port` where it listens on the network.
"""

import re
import socket
import struct
import time

PIECE = 256 * 1024
ANSWERS_WITHIN = 30
"""Seconds for all of it: whoever scans waits for one file at a time."""
LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (?P<virus>[^\x00]{1,200}) FOUND")


class Away(Exception):
    """The scanner gave no verdict: it is not there, too slow, or says what we do not understand."""


def virus_in(data: bytes, where: str) -> str:
    """The name of the virus that was found; empty where the file is clean. Raises Away."""
    give_up_at = time.monotonic() + ANSWERS_WITHIN
    try:
        with _connected(where) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                connection.settimeout(_left(give_up_at))
                piece = data[start : start + PIECE]
                connection.sendall(struct.pack(">I", len(piece)) + piece)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer(connection, give_up_at)
    except OSError as trouble:
        raise Away(type(trouble).__name__) from trouble
    if answer == "stream: OK":
        return ""
    if found := _FOUND.fullmatch(answer):
        return found["virus"]
    raise Away("an answer that is no verdict")


def _connected(where: str) -> socket.socket:
    host, colon, port = where.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=ANSWERS_WITHIN)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(ANSWERS_WITHIN)
    try:
        connection.connect(where)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket, give_up_at: float) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        connection.settimeout(_left(give_up_at))
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.removesuffix(b"\0").decode("utf-8", "replace").strip()


def _left(give_up_at: float) -> float:
    left = give_up_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
