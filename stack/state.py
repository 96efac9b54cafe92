"""Where the embedded services keep their data, and how the rest of the project finds them."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

REPOSITORY = Path(__file__).resolve().parent.parent
FOR_ROOT = Path("/var/lib/cse")


@dataclass(frozen=True)
class State:
    """How to reach the services `./run` started. Left empty: the address of a service it did not start."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)

    def database_url_of(self, role: str) -> str:
        """For one of the roles that the site knows there; for the owner of the tables where none is named."""
        place = urlsplit(self.database_url)
        where = place.netloc.rpartition("@")[2]
        return place._replace(netloc=f"{role}:{place.password}@{where}").geturl() if role else self.database_url


def asked_for() -> Path:
    """The directory named by `CSE_STATE`, else `var/state` in the project."""
    return Path(os.environ.get("CSE_STATE") or REPOSITORY / "var" / "state").resolve()


def directory(asked: Path | None = None) -> Path:
    """The directory everything is kept in: the one asked for, but for root one of its own under /var/lib/cse.

    PostgreSQL refuses to run as root, and the account it runs as instead cannot enter root's home or a private
    temporary directory; every path asked for therefore has its own name there.
    """
    asked = asked or asked_for()
    return asked if os.getuid() != 0 else FOR_ROOT / hashlib.sha256(os.fsencode(asked)).hexdigest()[:12]


def read() -> State | None:
    """What the supervisor wrote last, or None if none has run here yet."""
    try:
        return State(**json.loads((directory() / "state.json").read_text()))
    except FileNotFoundError:
        return None


def write(state: State) -> None:
    """Replace the file in one move; nobody but its owner may read it."""
    path = directory() / "state.json"
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(state), file)
    draft.replace(path)
