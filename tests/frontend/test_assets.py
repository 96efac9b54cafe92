"""What `npm run build` makes, and what it is made from."""

import gzip
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "static" / "build"
MOST_KILOBYTES = 50
"""Of a whole page, compressed, its HTML included (performance.md 5, goal 11); 12 of them are left to the HTML."""


def built(name: str) -> bytes:
    path = BUILD / name
    assert path.exists(), f"{path.relative_to(ROOT)} has not been built. Run: npm ci --ignore-scripts && npm run build"
    return path.read_bytes()


def test_a_page_stays_small() -> None:
    weight = sum(len(gzip.compress(built(name), 9)) for name in ("app.css", "app.js"))
    assert weight <= (MOST_KILOBYTES - 12) * 1024


def test_no_font_or_crown_of_the_government_is_used() -> None:
    """Off GOV.UK the design system comes without its branding, logos and fonts."""
    css = built("app.css").decode()
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "crest" not in css


def test_every_picture_named_by_the_stylesheet_is_there() -> None:
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", built("app.css").decode()):
        assert address.startswith("data:") or (BUILD / address).exists(), address


def test_the_scripts_store_nothing_in_the_browser() -> None:
    for script in (ROOT / "static" / "src").glob("*.js"):
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", script.read_text()), (
            script
        )


def test_the_lock_names_no_registry_and_pins_every_package() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert all("resolved" not in package for package in packages)
    assert all(package["integrity"].startswith("sha512-") for package in packages)
