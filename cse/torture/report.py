"""What the faults left, as a table."""

from collections.abc import Iterable, Iterator, Sequence

from cse.torture.strike import Struck

COLUMNS = ("due", "claimed", "lost", "doubled", "notices", "e-mails", "again", "seconds")
SHOWN = 3  # of what went wrong


def _row(name: str, cells: Iterable[object]) -> str:
    return f"{name:<38}" + "".join(f"{cell:>9}" for cell in cells)


HEAD = _row("fault", COLUMNS)


def line(struck: Struck) -> str:
    return _row(struck.name, [*counts(struck), f"{struck.seconds:.1f}"])


def counts(struck: Struck) -> tuple[int, ...]:
    """Stages due and claimed; what was lost and doubled; notices; e-mails, and how many of them were repeated."""
    found = struck.ledger
    return (
        len(found.due),
        found.claimed.total(),
        len(found.lost),
        len(found.doubled),
        found.told.total(),
        found.posted.total(),
        found.emails_doubled,
    )


def total(struck: Sequence[Struck]) -> str:
    sums = [sum(column) for column in zip(*map(counts, struck), strict=True)]
    return _row("in all", [*sums, f"{sum(one.seconds for one in struck):.1f}"])


def troubles(struck: Struck) -> Iterator[str]:
    """A sentence for each of the first few things that went wrong."""
    found = struck.ledger
    yield from (f"    {struck.name}: {sentence}" for sentence in struck.complaints[:SHOWN])
    yield from (f"    {struck.name}, lost: {each}" for each in found.lost[:SHOWN])
    yield from (f"    {struck.name}, doubled: {each}" for each in found.doubled[:SHOWN])
    if found.unposted:
        yield f"    {struck.name}: {found.unposted} e-mails do not count as sent"
