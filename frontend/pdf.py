"""A finished page as a PDF that everybody can read and that can be kept: PDF/UA-1 and PDF/A-3a in one file (ui.md 5).

The only module that loads WeasyPrint. The same HTML gives the same bytes. Nothing is fetched: what a document shows
stands in it. A processor draws some eight sheets in a second: what may be longer belongs into a Celery task, not into a
request.
"""

import base64
import io
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.urls import FatalURLFetchingError, URLFetcher

STEPS = 8
"""How many there are: WeasyPrint's seven, and one of ours."""
VARIANT = "pdf/a-3a"
Tell = Callable[[int], None]
"""Hears each step as it begins, from 1 to STEPS; what it raises ends the drawing."""

PROGRESS_LOGGER.propagate = False
PROGRESS_LOGGER.setLevel(logging.INFO)
"""A line for each page of each document is no news for the site's log."""
_STEP = re.compile(r"Step (\d)")
_UA = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""Says that the file is PDF/UA-1 as well, in the words that PDF/A asks for."""


def draw(html: str, *, tell: Tell = lambda step: None) -> bytes:
    """The file. Raises ValueError where the document names anything that stands elsewhere, and what `tell` raises."""
    with _told(tell):
        drawn = typeset(html)
    tell(STEPS)
    return _for_everybody(drawn)


def typeset(html: str) -> bytes:
    """What WeasyPrint alone makes of it, on which a bench counts us."""
    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    try:
        pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[_stylesheet()], pdf_variant=VARIANT)
    except FatalURLFetchingError as error:
        raise ValueError("The document names something that does not stand in it.") from error
    return pdf


@lru_cache
def _stylesheet() -> CSS:
    return CSS(string=Path(__file__).with_suffix(".css").read_text())


@contextmanager
def _told(tell: Tell) -> Iterator[None]:
    """Hand on what WeasyPrint logs of its steps. Other threads have their own drawing."""
    handler = _Steps(tell)
    PROGRESS_LOGGER.addHandler(handler)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)


class _Steps(logging.Handler):
    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell, self._thread, self._last = tell, threading.get_ident(), 0

    def emit(self, record: logging.LogRecord) -> None:
        found = _STEP.match(record.getMessage())
        step = int(found[1]) if found else 0
        if threading.get_ident() == self._thread and step > self._last:
            self._last = step
            self._tell(step)


def _for_everybody(drawn: bytes) -> bytes:
    """WeasyPrint knows one standard at a time, and compresses what readers of the standards look for."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        before = pdf.Root.Metadata.read_bytes()
        said = before.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")
        metadata = pikepdf.Stream(pdf, said)
        metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = metadata
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.read_raw_bytes().endswith(b"\r"):
                _end_in_print(each)
        pdf.save(
            made,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return made.getvalue()


def _end_in_print(stream: pikepdf.Stream) -> None:
    """One stream in 256 ends in a carriage return, which readers of PDF/A take for a part of the newline after it."""
    filters, parms = (_listed(stream.get(key)) for key in ("/Filter", "/DecodeParms"))
    printed = base64.a85encode(stream.read_raw_bytes()) + b"~>"
    how = pikepdf.Array([pikepdf.Name.ASCII85Decode, *filters])
    stream.write(printed, filter=how, decode_parms=pikepdf.Array([None, *(parms or [None] * len(filters))]))


def _listed(entry: object) -> list[object]:
    """What a stream has one of or several."""
    if isinstance(entry, pikepdf.Array):
        return list(entry)
    return [] if entry is None else [entry]
