"""Every scanner one after the other, or those that are named."""

import time
from collections.abc import Callable, Mapping, Sequence

from stack.console import Problem, say
from stack.scan import copy, runs
from stack.scan.copy import Copy
from stack.scan.runs import Result

OF_THE_SOURCE: Mapping[str, Callable[[], Result]] = {"bandit": runs.bandit, "detect-secrets": runs.detect_secrets}
OF_THE_SITE: Mapping[str, Callable[[Copy], Result]] = {
    "observatory": runs.observatory,
    "sqlmap": runs.sqlmap,
    "wapiti": runs.wapiti,
}
NOT_RUN = "schemathesis: not run, because there is no interface with a schema yet"


def scan(named: Sequence[str]) -> int:
    """The exit status: 1 where anything was found."""
    if unknown := set(named) - OF_THE_SOURCE.keys() - OF_THE_SITE.keys():
        raise Problem(f"There is no scanner {', '.join(sorted(unknown))}. Name some of: {', '.join(_names())}.")
    wanted = named or _names()
    results = [_timed(name, run) for name, run in OF_THE_SOURCE.items() if name in wanted]
    of_the_site = {name: run for name, run in OF_THE_SITE.items() if name in wanted}
    if of_the_site:
        with copy.running() as here:
            results += [_timed(name, lambda run=run: run(here)) for name, run in of_the_site.items()]  # type: ignore[misc]
    say()
    for result, seconds in results:
        say(f"{result.scanner}: {len(result.findings)} findings ({result.did}; {seconds:.0f} s)")
        for finding in result.findings:
            say(f"    {finding}")
    say(NOT_RUN)
    return int(any(result.findings for result, _ in results))


def _names() -> list[str]:
    return [*OF_THE_SOURCE, *OF_THE_SITE]


def _timed(name: str, run: Callable[[], Result]) -> tuple[Result, float]:
    say(f"Scanning with {name}")
    began = time.monotonic()
    return run(), time.monotonic() - began
