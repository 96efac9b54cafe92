"""The chain over the log: what was written in the last minute is hashed, and each seal covers the one before it.

A change by somebody whom no right of the database stops, its own superuser, then shows; and since a superuser could
write the whole chain anew, each seal is told to the world outside as it is made (`audit.seal`, `CSE_SEAL_FILE`).
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from audit.models import Seal, SealedRows

logger = logging.getLogger("audit.seal")

AT_ONCE = 50_000
"""Rows of one table in one seal; what is above that goes into the next."""
IN_ONE_TICK = 200
_EXPORTED = re.compile(r"\bseal (\d+) ([0-9a-f]{64})\b")


def seal() -> list[Seal]:
    """Seal what is new, and tell of each seal. Nothing where nothing is new, or while another does it."""
    made = list(_made())
    for each in made:
        logger.info("%s", line(each))
    if made and settings.SEAL_FILE:
        append(Path(settings.SEAL_FILE))
    return made


def _made() -> Iterator[Seal]:
    for _ in range(IN_ONE_TICK):
        with connection.cursor() as cursor:
            cursor.execute("select audit_seal_new(%s)", [AT_ONCE])
            number = cursor.fetchone()[0]
        if number is None:
            return
        yield Seal.objects.get(pk=number)


def line(each: Seal) -> str:
    """How a seal is told: `exported` reads it back, whatever stands around it in a log."""
    return f"seal {each.pk} {each.digest}"


def append(path: Path) -> None:
    """Add to the file all the seals that it lacks, those too that were made while it could not be written."""
    last = max(exported(path), default=0)
    with path.open("a") as file:
        file.writelines(f"{line(each)}\n" for each in Seal.objects.filter(pk__gt=last).order_by("pk"))


def exported(path: Path) -> dict[int, str]:
    """The seals in a file that was exported: digests by number."""
    with suppress(FileNotFoundError):
        return {int(number): digest for number, digest in _EXPORTED.findall(path.read_text())}
    return {}


def digest_of(each: Seal, tables: Iterable[SealedRows]) -> str:
    """What `audit_seal_new` wrote as its digest."""
    about = f"{each.pk} {each.at:%Y-%m-%dT%H:%M:%S.%f} {each.newest_transaction} {each.previous}"
    covered = [
        f"{of.table} {','.join(of.columns)} {','.join(map(str, of.ids))} {hashlib.sha256(of.hashes).hexdigest()}"
        for of in sorted(tables, key=lambda of: of.table.encode())
    ]
    return hashlib.sha256("\n".join([about, *covered]).encode()).hexdigest()
