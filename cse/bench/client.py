"""A small HTTP client that takes little of the machine it measures: raw requests, one connection each.

Gunicorn's sync workers close every connection after one answer, so there is nothing to keep alive.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

ADDRESS = "127.0.0.1"
TIMEOUT = 60


@dataclass
class Load:
    """What one stretch of requests gave."""

    seconds: float = 0
    latencies: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0


def get(path: str, cookies: str = "") -> bytes:
    return _request("GET", path, cookies)


def post(path: str, cookies: str, body: str) -> bytes:
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body.encode())}\r\n"
    return _request("POST", path, cookies, kind) + body.encode()


def _request(method: str, path: str, cookies: str, more: str = "") -> bytes:
    cookie = f"Cookie: {cookies}\r\n" if cookies else ""
    return f"{method} {path} HTTP/1.1\r\nHost: {ADDRESS}\r\n{cookie}{more}Connection: close\r\n\r\n".encode()


def send(port: int, request: bytes) -> tuple[int, bytes]:
    """The status and the whole answer; 0 where there was none."""
    try:
        answer = _exchange(port, request)
    except OSError:
        return 0, b""
    return int(answer[9:12] or 0), answer


def _exchange(port: int, request: bytes) -> bytes:
    with socket.create_connection((ADDRESS, port), timeout=TIMEOUT) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def measure(port: int, requests: Iterator[bytes], *, clients: int, seconds: float, expected: int) -> Load:
    """Send requests from so many clients, each waiting for its answer, until time or requests run out."""
    load, lock = Load(), threading.Lock()
    take = _taking(requests)
    began = time.perf_counter()

    def work() -> None:
        latencies, wrong = [], []
        while time.perf_counter() - began < seconds and (request := take()):
            start = time.perf_counter()
            status, _ = send(port, request)
            latencies.append(time.perf_counter() - start)
            if status != expected:
                wrong.append(status)
        with lock:
            load.latencies += latencies
            load.wrong += wrong

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load


def _taking(requests: Iterator[bytes]) -> Callable[[], bytes | None]:
    lock = threading.Lock()

    def take() -> bytes | None:
        with lock:
            return next(requests, None)

    return take
