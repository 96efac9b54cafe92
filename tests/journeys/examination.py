"""What is asked of every page a journey comes to: WCAG 2.2 AA by axe, no sideways scrolling, valid HTML."""

import json
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.architecture.source import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
IN_A_HURRY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it ends before its code would be compiled better
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = """tags => axe.run(
    document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false}
).then(({violations}) => violations)"""
WORDS = re.compile(r">[^<>]*[^<>\s][^<>]*<")
ADDRESSES_AND_VALUES = re.compile(r'\b(href|action|value|content|datetime|src|data-[a-z-]+)="[^"]*"')
TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > room + 1)
        .map(each => `${each.tagName.toLowerCase()}.${each.className}`).slice(0, 8);
}"""


@lru_cache
def axe_when_asked_for() -> str:
    """A script for each page of a window, which reads axe when somebody first names it: its half a megabyte is handed
    over once, and a page that is not examined does without."""
    assert AXE.exists(), "axe is not installed. Do: npm ci"
    read = f"delete window.axe; (function () {{ {AXE.read_text()} }}).call(window); return window.axe;"
    return f"Object.defineProperty(window, 'axe', {{ configurable: true, get() {{ {read} }} }});"


def structure(html: str) -> str:
    """Each kind of element once, in the order in which a page brings them, without what it says: two such pages, of
    which one has more rows, are judged alike by axe, which takes half a second."""
    wordless = re.sub(r"\d+", "N", WORDS.sub(">words<", ADDRESSES_AND_VALUES.sub(r"\1", html)))
    return "<".join(dict.fromkeys(wordless.split("<")))


def axe(page: Page, width: int) -> None:
    """No violation at all, best practices included."""
    violations = page.evaluate(ASK_AXE, TAGS)
    assert not violations, f"{page.url} at {width} px:\n" + "\n".join(map(_sentence, violations))


def _sentence(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in violation["nodes"])
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


def no_horizontal_scroll(page: Page, width: int) -> None:
    wide = page.evaluate(TOO_WIDE)
    assert not wide, f"{page.url} scrolls sideways at {width} px because of {', '.join(wide)}"


def html(folder: Path) -> None:
    """No error in any page that was kept in the folder."""
    if not any(folder.glob("*.html")):
        return
    assert shutil.which("java"), "The HTML checker needs Java 11 or newer: apt-get install default-jre-headless"
    assert VNU.exists(), "The HTML checker is not installed. Do: npm ci"
    command = ["java", *IN_A_HURRY, "-Xss4m", "-jar", str(VNU), "--format", "json", "--errors-only", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    assert not messages, "\n".join(_complaint(each) for each in messages)


def _complaint(message: dict[str, Any]) -> str:
    page = Path(message.get("url", "")).name
    return f"{page}:{message.get('lastLine', '')} {message['message']}\n    {message.get('extract', '').strip()!r}"
