"""Our own checks. Each reads a copy of the project and returns what is wrong, one sentence per place."""

import ast
import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.source import ROOMS, Function, called, configuration, files, functions, lines, python, tree

MOST_LINES = {"function": 40, "module": 400, "template": 150}

CLOCKS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|timezone\.now|time\.time)$")
CLOCKS_UNLESS_GIVEN = re.compile(r"(^|\.)timezone\.(localdate|localtime)$")

LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
OF_A_PERSON = {
    *("full_name", "email", "phone", "given_name", "family_name", "name", "aliases", "search_name", "date_of_birth"),
    *("nhs_number", "upn", "address", "postcode", "school", "notes", "evidence", "concern", "childs_words", "analysis"),
    *("referrer_name", "referrer_contact", "safe_contact", "POST", "GET", "body", "cleaned_data"),
}
RECORDS = {"child", "user", "person", "referral", "screening", "answer", "notice", "request", "form"}

INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style[\s>]", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false")
JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")


def place(root: Path, path: Path, line: int = 0) -> str:
    return f"{path.relative_to(root)}{f':{line}' if line else ''}"


def too_long(root: Path) -> Iterator[tuple[str, str]]:
    """What a newcomer would have to scroll through: (its name, the sentence)."""
    for path in python(root, tests=True):
        if (count := lines(path)) > MOST_LINES["module"]:
            yield place(root, path), f"{place(root, path)} has {count} lines"
        for function in functions(path):
            if (count := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES["function"]:
                name = f"{place(root, path)}::{function.name}"
                yield name, f"{name} has {count} lines"
    for path in files(root / "templates", "*"):
        if (count := lines(path)) > MOST_LINES["template"]:
            yield place(root, path), f"{place(root, path)} has {count} lines"


def hidden_clocks(root: Path) -> Iterator[str]:
    """Calls that read the time below the views. Where they are allowed is said once, in ruff's configuration."""
    lifted = configuration(root)["tool"]["ruff"]["lint"]["per-file-ignores"]
    allowed = [pattern for pattern, rules in lifted.items() if "TID251" in rules]
    for path in python(root):
        name = str(path.relative_to(root))
        if path.parts[len(root.parts)] == "stack" or any(_matches(name, pattern) for pattern in allowed):
            continue
        if "noqa: TID251" in path.read_text():
            yield f"{name} switches off the check for clocks in a line"
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _reads_clock(node):
                yield f"{name}:{node.lineno} reads the time; take `at` as an argument"


def _matches(name: str, pattern: str) -> bool:
    return fnmatch(name, pattern) or (pattern.startswith("**/") and fnmatch(name, pattern[3:]))


def _reads_clock(node: ast.Call) -> bool:
    name, given = called(node.func), node.args or node.keywords
    return bool(
        CLOCKS.search(name) or (name == "Now" and not given) or (CLOCKS_UNLESS_GIVEN.search(name) and not given)
    )


def services(root: Path) -> Iterator[tuple[str, Function]]:
    """Every public function of every room's services: ("people.services.correct", its definition)."""
    for room in ROOMS:
        folder = root / room / "services"
        for path in files(folder, "*.py") if folder.is_dir() else [root / room / "services.py"]:
            if path.exists():
                yield from ((f"{room}.services.{node.name}", node) for node in _public_functions(path))


def _public_functions(path: Path) -> Iterator[Function]:
    return (node for node in tree(path).body if isinstance(node, Function) and not node.name.startswith("_"))


def is_command(function: Function) -> bool:
    return any(isinstance(each, ast.Call) and called(each.func).endswith("command") for each in function.decorator_list)


def test_classes(root: Path, room: str) -> set[str]:
    """The names of all test classes of one room."""
    found = (tree(path).body for path in files(root / "tests" / room, "test_*.py"))
    return {node.name for body in found for node in body if isinstance(node, ast.ClassDef)}


def personal_log_lines(root: Path) -> Iterator[str]:
    """Log calls that are handed a person's attribute or a whole record."""
    for path in python(root):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _is_log_call(node):
                for part in _handed_over(node):
                    yield f"{place(root, path, node.lineno)} logs {part}; log a number instead"


def _is_log_call(node: ast.Call) -> bool:
    owner, _, method = called(node.func).rpartition(".")
    return method in LOG_METHODS and owner.split(".")[-1].lower().lstrip("_") in {"logger", "log", "logging"}


def _handed_over(node: ast.Call) -> Iterator[str]:
    for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
        if isinstance(argument, ast.Name) and argument.id in RECORDS:
            yield argument.id
        for part in ast.walk(argument):
            if isinstance(part, ast.Attribute) and part.attr in OF_A_PERSON:
                yield ast.unparse(part)
            if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name) and part.value.id in RECORDS:
                yield part.value.id


def page_templates(root: Path) -> Iterator[Path]:
    """Templates that are pages: not a frame, a part or a form's widget."""
    for path in files(root / "templates", "*.html"):
        inside = path.relative_to(root / "templates").parts
        if inside[0] != "forms" and not any(part.startswith(("_", "base")) for part in inside):
            yield path


def without_frame(root: Path) -> Iterator[str]:
    """Page templates whose chain of `extends` does not end in base.html."""
    for path in page_templates(root):
        parent, seen = path, {path}
        while found := EXTENDS.search(parent.read_text()):
            parent = root / "templates" / found[1]
            if parent in seen or not parent.exists():
                break
            seen.add(parent)
        if parent != root / "templates" / "base.html":
            yield f"{place(root, path)} does not extend base.html"


def inline_code(root: Path, allowed_hashes: Iterable[str] = ()) -> Iterator[str]:
    """Styles and scripts that the Content-Security-Policy would stop, and text put out unescaped."""
    for path in files(root / "templates", "*.html"):
        text = JINJA_COMMENT.sub("", path.read_text())
        if INLINE_STYLE.search(text):
            yield f"{place(root, path)} has an inline style"
        if INLINE_HANDLER.search(text):
            yield f"{place(root, path)} has an inline event handler"
        if UNESCAPED.search(text):
            yield f"{place(root, path)} puts text out unescaped"
        for script in INLINE_SCRIPT.findall(text):
            if csp_hash(script) not in allowed_hashes:
                yield f"{place(root, path)} has an inline script"


def csp_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
