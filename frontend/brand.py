"""The partnership's own colour, the one thing about the look that a partnership may change."""

import hashlib
import re
from functools import lru_cache

from django.conf import settings

from frontend.addresses import url

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_CONTRAST = 4.5


def stylesheet() -> str:
    """A stylesheet of its own, because the security policy allows no style inside a page."""
    return f":root{{--govuk-brand-colour:{settings.BRAND_COLOUR}}}\n"


def stylesheet_url() -> str:
    """The address changes with the colour, so browsers may keep the file for ever."""
    return f"{url('frontend:brand')}?{_version(stylesheet())}"


@lru_cache(maxsize=8)
def _version(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def is_colour(value: str) -> bool:
    return _HEX.fullmatch(value) is not None


def contrast_with_white(colour: str) -> float:
    """The ratio of WCAG 2.2, 1.4.3: white text stands on this colour."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
