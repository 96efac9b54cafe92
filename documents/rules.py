"""Which files are taken, by what is in them: never by what they are called (ASVS 5.2, 5.3).

PDF, JPEG, PNG, the text documents of the two office suites, and plain text. Nothing that a program could hide in by
its kind: no macros, no archives, no pages, no drawings.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

import puremagic

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_TIMES_LARGER = 200
SUSPICIOUS_FROM = 1024 * 1024
"""Bytes unpacked; a short text may well pack by more than MOST_TIMES_LARGER."""
LONGEST_NAME = 100

ACCEPTED = "PDF, JPEG, PNG, Word (.docx), OpenDocument text (.odt) or plain text"
_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "text/plain": ".txt",
}
MEDIA_TYPES = tuple(_SUFFIXES)
_BEGINS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_ODT, _DOCX = "application/vnd.oasis.opendocument.text", MEDIA_TYPES[3]
_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^Basic/|^Scripts/|(^|/)(activeX|embeddings)/", re.IGNORECASE)
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class NotAccepted(Exception):
    """The file is not taken; `str` is the sentence why."""


@dataclass(frozen=True)
class Taken:
    """What a file is, as we found out ourselves."""

    media_type: str

    @property
    def suffix(self) -> str:
        return _SUFFIXES[self.media_type]


def examine(content: bytes) -> Taken:
    """What the file is. Raises NotAccepted."""
    if not content:
        raise NotAccepted("The selected file is empty")
    if len(content) > MOST_BYTES:
        raise NotAccepted("The selected file must be 10 MB or smaller")
    for begin, media_type in _BEGINS.items():
        if content.startswith(begin):
            if _SUFFIXES[media_type] not in _guesses(content):
                raise _of_another_kind()
            return Taken(media_type)
    if content.startswith(b"PK\x03\x04"):
        return Taken(_in_the_archive(content))
    if _is_text(content):
        return Taken("text/plain")
    raise _of_another_kind()


def suffix_of(media_type: str) -> str:
    return _SUFFIXES[media_type]


def clean_name(name: str) -> str:
    """What the sender called it, to be read by people alone: without folders, and without signs that are not shown."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    words = " ".join(seen.split()).lstrip(".")
    return words[-LONGEST_NAME:].strip() or "Without a name"


def _of_another_kind() -> NotAccepted:
    return NotAccepted(f"The selected file must be a {ACCEPTED} file")


def _guesses(content: bytes) -> set[str]:
    """A second opinion on how the file begins and ends."""
    try:
        return {found.extension for found in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not _NOT_IN_TEXT.search(text) and not text.startswith(("{\\rtf", "#!"))


def _in_the_archive(content: bytes) -> str:
    """Both suites' documents are ZIP archives with a table of contents of their own. Raises NotAccepted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _plain_members(archive)
            _unpack(archive, len(content))
            if "mimetype" in names and archive.read("mimetype").strip() == _ODT.encode() and "content.xml" in names:
                return _ODT
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as broken:
        raise NotAccepted(
            "The selected file is damaged or protected by a password, so nobody could read it"
        ) from broken
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return _DOCX
    raise _of_another_kind()


def _plain_members(archive: zipfile.ZipFile) -> set[str]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise NotAccepted("The selected file holds too many parts to be checked")
    if any(member.flag_bits & 1 for member in members):
        raise NotAccepted("The selected file is protected by a password, so it cannot be checked. Remove the password")
    names = {member.filename for member in members}
    if any(_MACROS.search(name) for name in names):
        raise NotAccepted("The selected file holds macros or embedded files. Save it without them, or as PDF")
    return names


def _unpack(archive: zipfile.ZipFile, packed: int) -> None:
    """Unpack all of it, piece by piece, and keep nothing: what the table of contents says of sizes may be a lie."""
    unpacked = 0
    for member in archive.infolist():
        with archive.open(member) as part:
            while piece := part.read(64 * 1024):
                unpacked += len(piece)
                too_dense = unpacked > SUSPICIOUS_FROM and unpacked > MOST_TIMES_LARGER * packed
                if unpacked > MOST_UNPACKED or too_dense:
                    raise NotAccepted("The selected file unpacks to far more than a document holds, so it was refused")
