"""One function per scanner: it runs to its end and says what it found."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stack.scan import source, tools
from stack.scan.copy import ADDRESS, Copy
from stack.state import REPOSITORY

MODULES = "sql,xss,csp,http_headers,cookieflags,csrf,file,redirect"
CRAWLS_FOR, ATTACKS_FOR = 600, 120  # seconds: in all, and by one module at one kind of request
ONE_PAGE_FOR = 400
FEWEST_PAGES = 40  # less is what a visitor comes to see


@dataclass(frozen=True)
class Page:
    """An address that sqlmap tries, and the form that is sent there; `*` is a place in the address itself.

    CHILD stands for the number of a child whom the officer may see. Of a page for visitors nobody is signed in.
    """

    address: str
    form: str = ""
    signed_in: bool = True
    has_token: bool = True


TEN_PAGES = (
    Page("children/", "given_name=Amy&family_name=Jones&nhs_number=9434765919&upn=&adults=on"),
    Page("children/to-match/?older=1&newer="),
    Page("children/CHILD*/"),
    Page("children/CHILD/correct/", "given_name=Amy&family_name=Jones&school=Northgate&postcode=WV1+1AA&version=1"),
    Page("mash/?grade=red&holder=mine&state=received&outcome=&older=1"),
    Page("missing/?kind=&whose=mine&team=1&authority=336&older=1"),
    Page("missing/figures/?start=2026-01-01&end=2026-11-01&team=1&authority=336"),
    Page("screenings/?older=1&newer=1"),
    Page("account/sign-in/", "login=somebody%40example.org&password=a+long+enough+one&next=%2F", signed_in=False),
    Page("tell-us/", "concern=A+worry&told_name=Amy&told_age=14&told_place=Park", signed_in=False, has_token=False),
)


@dataclass
class Result:
    """What one scanner did in numbers, and what it found: nothing, we hope."""

    scanner: str
    did: str
    findings: list[str] = field(default_factory=list)


def _run(
    command: Sequence[str | Path], log: Path, *, seconds: int, **environment: str
) -> subprocess.CompletedProcess[str]:
    """To its end or to ours; what it said stands in the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
    )
    log.write_text(done.stdout)
    return done


def wapiti(copy: Copy) -> Result:
    """Crawls from the home page, signed in, and attacks every address and form it finds."""
    report, logs = tools.HOME / "wapiti.json", tools.HOME / "logs"
    report.unlink(missing_ok=True)
    # Else it is signed in no more, or as somebody else.
    leave_alone = [f"{copy.url}{address}*" for address in ("account/sign-out/", "account/sessions/", "demo/")]
    command: list[str | Path] = [tools.python_tool("wapiti3", "wapiti"), "-u", copy.url, "-m", MODULES]
    command += ["-H", f"Cookie: {copy.cookies}", "--verify-ssl", "0", "--scope", "folder"]
    for address in ("missing/", "mash/", "children/to-match/", "screenings/", f"children/{copy.child}/", "tell-us/"):
        command += ["-s", f"{copy.url}{address}"]
    command += [part for address in leave_alone for part in ("-x", address)]
    command += ["--depth", "3", "--max-links-per-page", "25", "--max-files-per-dir", "15", "--max-parameters", "30"]
    command += ["--max-scan-time", str(CRAWLS_FOR), "--max-attack-time", str(ATTACKS_FOR), "--no-bugreport"]
    command += ["--flush-session", "--store-session", tools.HOME / "wapiti", "--store-config", tools.HOME / "wapiti"]
    command += ["-f", "json", "-o", report]
    _run(command, logs / "wapiti.log", seconds=CRAWLS_FOR * 4)
    said = json.loads(report.read_text())
    findings = [
        f"{kind}: {each['method']} {each['path']} {each.get('parameter') or ''} {each['info']}"
        for group in ("vulnerabilities", "anomalies")
        for kind, found in said[group].items()
        for each in found
    ]
    return Result(
        "wapiti", f"{said['infos'].get('crawled_pages_nbr', '?')} requests crawled, modules {MODULES}", findings
    )


def sqlmap(copy: Copy) -> Result:
    """Every parameter of ten pages."""
    findings, tried = [], 0
    for number, page in enumerate(TEN_PAGES):
        log = tools.HOME / "logs" / f"sqlmap-{number}.log"
        said = _run(_sqlmap_at(copy, page), log, seconds=ONE_PAGE_FOR * 3).stdout
        tried += len(set(re.findall(r"testing for SQL injection on (\S+ parameter '[^']+')", said)))
        if "identified the following injection" in said:
            findings.append(f"{page.address}: {' '.join(re.findall(r'Parameter: .*', said))}")
        elif "do not appear to be injectable" not in said:
            findings.append(f"{page.address} could not be tried to the end: see {log.relative_to(REPOSITORY)}")
    return Result("sqlmap", f"{tried} parameters of {len(TEN_PAGES)} pages", findings)


def _sqlmap_at(copy: Copy, page: Page) -> list[str | Path]:
    url = copy.url + page.address.replace("CHILD", str(copy.child))
    command: list[str | Path] = [tools.python_tool("sqlmap", "sqlmap"), "-u", url, "--batch", "--dbms", "PostgreSQL"]
    command += ["--output-dir", tools.HOME / "sqlmap", "--disable-coloring", "--flush-session", "--ignore-code", "*"]
    command += ["--referer", url]  # which Django asks of whoever sends a form by HTTPS
    command += ["--time-limit", str(ONE_PAGE_FOR), "--time-sec", "3", "--technique", "BEUS"]
    if page.signed_in:
        command += ["--cookie", copy.cookies, "--drop-set-cookie"]
    if page.form and page.has_token:  # asked for anew before each request
        command += ["--csrf-token", "csrfmiddlewaretoken", "--csrf-url", url, "--threads", "1"]
        return [*command, "--data", f"{page.form}&csrfmiddlewaretoken=x"]
    return [*command, "--threads", "4", *(("--data", page.form) if page.form else ())]


def observatory(copy: Copy) -> Result:
    """Mozilla's grade of the headers."""
    script = tools.observatory()
    done = _run(
        ["node", script, f"{ADDRESS}:{copy.port}"],
        tools.HOME / "logs" / "observatory.log",
        seconds=120,
        NODE_EXTRA_CA_CERTS=str(copy.certificate),
    )
    said = json.loads(done.stdout[done.stdout.index("{") :])
    scan = said.get("scan", {})
    failed = [name for name, test in said.get("tests", {}).items() if not test["pass"]]
    findings = [f"failed: {name}" for name in failed]
    if scan.get("grade") != "A+":
        findings.append(f"grade {scan.get('grade')} ({scan.get('score')}): {said.get('error', '')}")
    passed = f"{scan.get('testsPassed')} of {scan.get('testsQuantity')} tests"
    return Result("observatory", f"grade {scan.get('grade')}, score {scan.get('score')}, {passed}", findings)


def bandit() -> Result:
    program = Path(sys.executable).parent / "bandit"
    done = _run([program, *source.BANDIT, "--format", "json"], tools.HOME / "logs" / "bandit.log", seconds=600)
    said = json.loads(done.stdout[done.stdout.index("{") :])
    found = [f"{each['filename']}:{each['line_number']} {each['issue_text']}" for each in said["results"]]
    return Result("bandit", f"{said['metrics']['_totals']['loc']} lines", found)


def detect_secrets() -> Result:
    program = Path(sys.executable).parent / "detect-secrets"
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    found, read = [], 0
    for options, names in source.detect_secrets(listed.split()):
        done = _run([program, *options, *names], tools.HOME / "logs" / "detect-secrets.log", seconds=600)
        for name, secrets in json.loads(done.stdout)["results"].items():
            found += [f"{name}:{each['line_number']} {each['type']}" for each in secrets]
        read += len(names)
    return Result("detect-secrets", f"{read} files", found)
