"""A copy of the site to be scanned: started, signed in to, and stopped with whoever asked for it."""

import datetime as dt
import ipaddress
import os
import re
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stack import services, site, sockets, state
from stack.console import Problem, say
from stack.process import Program
from stack.supervisor import Supervisor

ADDRESS = site.ADDRESS
CARD = "Sign in as a MASH officer"
A_PROGRAM_ASKS = {"CSE_PAGES_PER_MINUTE": "1000000000", "CSE_LIMITS_TIMES": "1000000", "CSE_HTTPS": "1"}


@dataclass(frozen=True)
class Copy:
    url: str
    port: int
    certificate: Path
    cookies: str
    """Of the MASH officer, as a header."""
    child: int
    """The number of a child whom they may see."""


@contextmanager
def running() -> Iterator[Copy]:
    """The copy, ready and signed in to. Nothing but the loopback address reaches it."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        if services.given(name):
            raise Problem(f"{name} is set, and a scan must never reach a site that somebody uses. Unset it.")
    os.environ["CSE_STATE"] = str(state.REPOSITORY / "var" / "scan" / "state")
    directory = services.prepare_directory()
    with sockets.directory(directory / "run") as where, Supervisor(directory) as supervisor:
        known = services.start(supervisor, directory, where)
        port = _free_port()
        here = site.Site(directory, port, {**site.environment(port, known.secret_key), **A_PROGRAM_ASKS})
        here.prepare(supervisor, seed=True)
        say("Starting the copy")
        certificate, key = _certificate(here.directory)
        supervisor.start(_web(here, certificate, key))
        yield _signed_in(f"https://{ADDRESS}:{port}/", port, certificate)


def _web(here: site.Site, certificate: Path, key: Path) -> Program:
    options = ("--bind", f"{ADDRESS}:{here.port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4")
    by_https = ("--certfile", str(certificate), "--keyfile", str(key), "--no-control-socket", "--preload")
    return Program(
        name="Web",
        argv=(sys.executable, "-m", "gunicorn", "cse.wsgi", *options, *by_https),
        log=here.directory / "logs" / "web.log",
        environment=here.environment,
        ready=lambda: _listens(here.port),
        working_directory=state.REPOSITORY,
        stop_within=15,
    )


def _signed_in(url: str, port: int, certificate: Path) -> Copy:
    with requests.Session() as visitor:
        visitor.trust_env = False  # no proxy, no list of authorities
        visitor.verify = str(certificate)
        visitor.headers["Referer"] = url
        page = _patiently(visitor, f"{url}demo/").text
        form = next((each for each in page.split("<form")[1:] if CARD in each), "")
        fields = dict(re.findall(r'name="(csrfmiddlewaretoken|card)" value="([^"]+)"', form))
        visitor.post(f"{url}demo/sign-in/", fields, timeout=60)
        queue = visitor.get(f"{url}children/to-match/", timeout=60)
        found = re.search(r"/children/(\d+)/", queue.text)
        if queue.status_code != 200 or not found:
            raise Problem(f"Nobody could sign in by the card {CARD!r}. See templates/cse/cards.html.")
        kept = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        return Copy(url, port, certificate, kept, int(found[1]))


def _patiently(visitor: requests.Session, url: str) -> requests.Response:
    give_up_at = time.monotonic() + 60
    while True:
        try:
            return visitor.get(url, timeout=60)
        except requests.ConnectionError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with closing(socket.create_server((ADDRESS, 0))) as free:
        port: int = free.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with closing(socket.socket()) as caller:
        return caller.connect_ex((ADDRESS, port)) == 0


def _certificate(directory: Path) -> tuple[Path, Path]:
    """For this address and this day, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ADDRESS)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(ADDRESS))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = directory / "certificate.pem", directory / "key.pem"
    plain = serialization.NoEncryption()
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].touch(mode=0o600)
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return files
