"""What the tests of the pages share: what is typed, and comparing two pages to the last byte."""

import re
from datetime import date
from typing import Any

from people.models import Child
from tests import factories

NAME = {"given_name": "Amy", "family_name": "Jones"}
BIRTH = {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2012"}
TYPED = {**NAME, **BIRTH}
BORN = date(2012, 3, 27)


def amy(**values: Any) -> Child:
    return factories.child(**{**NAME, "date_of_birth": BORN, **values})


def page(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
_NUMBER = re.compile(rb"C\d{6}|/children/\d+/|/new/\d+/|/start/\d+/|/report/\d+/|/of-child/\d+/")


def same_page(one: Any, other: Any, *interchangeable: str) -> bool:
    """Whether both are the same to the last byte; tokens, references and the texts given may differ."""
    assert _bare(one, interchangeable) == _bare(other, interchangeable)
    return bool(one.status_code == other.status_code)


def _bare(response: Any, interchangeable: tuple[str, ...]) -> bytes:
    content = _NUMBER.sub(b"#", _TOKEN.sub(rb"\1", response.content))
    for text in interchangeable:
        content = content.replace(text.encode(), b"#")
    return content
