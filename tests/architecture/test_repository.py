"""What must not be in the files themselves."""

import json
import re

from tests.architecture.source import ROOT, files, nothing

TEXT = ("*.py", "*.html", "*.txt", "*.md", "*.toml", "*.in", "*.lock", "*.json", "*.js", "*.scss", "*.css", "*.svg")
MORE_TEXT = (*TEXT, "*.sh", "*.yml", "*.yaml", "run", "test", "Dockerfile", "LICENSE", ".editorconfig", ".gitignore")
HOMES = re.compile(r"/(home|Users)/[a-z0-9]")


def test_lock_files_name_no_server() -> None:
    """A lock says which files by their hashes, not where somebody's mirror once had them."""
    locks = list(files(ROOT, "requirements*.lock", "requirements*.in", ".npmrc"))
    assert len(locks) >= 4
    nothing(path.name for path in locks if re.search(r"https?://|index-url", path.read_text()))
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages
    nothing(name for name, package in packages.items() if "resolved" in package)


def test_no_path_of_a_machine_is_written_down() -> None:
    found = []
    for path in files(ROOT, *MORE_TEXT):
        text = path.read_text(errors="replace")
        if path.name != "Dockerfile" and (f"{ROOT}/" in text or HOMES.search(text)):
            found.append(str(path.relative_to(ROOT)))
    nothing(found)


def test_text_files_end_with_one_newline() -> None:
    found = []
    for path in files(ROOT, *MORE_TEXT):
        text = path.read_bytes()
        if text and (not text.endswith(b"\n") or text.endswith(b"\n\n") or b"\r" in text):
            found.append(str(path.relative_to(ROOT)))
    nothing(found)


def test_no_conflict_marker_is_left() -> None:
    marker = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
    nothing(str(path) for path in files(ROOT, *MORE_TEXT) if marker.search(path.read_text(errors="replace")))
