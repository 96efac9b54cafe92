"""A file is what is in it, whatever it is called (ASVS 5.2)."""

import struct
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import rules
from tests.documents.files import EVERY_KIND, OPEN, PDF, WORD, archive


class TestExamine:
    @pytest.mark.parametrize("media_type", EVERY_KIND)
    def test_knows_each_kind_by_its_content(self, media_type: str) -> None:
        assert rules.examine(EVERY_KIND[media_type]).media_type == media_type

    def test_every_kind_has_an_example(self) -> None:
        assert set(EVERY_KIND) == set(rules.MEDIA_TYPES)

    @pytest.mark.parametrize(
        "content",
        [
            b"MZ\x90\x00\x03" + b"\0" * 60,
            b"\x7fELF" + b"\0" * 60,
            b"GIF89a" + b"\0" * 60,
            b"{\\rtf1 text}",
            b"#!/bin/sh\nrm -rf /\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            b"Rar!\x1a\x07\x00" + b"\0" * 60,
            b"text with \0 in it",
            b"\xff\xfe\x00broken",
            archive({"letter.txt": b"an archive is no document"}),
            archive({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
            archive({"mimetype": b"application/vnd.oasis.opendocument.graphics", "content.xml": b"<x/>"}),
        ],
    )
    def test_asvs_5_2_2_refuses_every_other_kind(self, content: bytes) -> None:
        with pytest.raises(rules.NotAccepted, match="must be a PDF"):
            rules.examine(content)

    def test_asvs_5_2_1_refuses_what_is_too_large(self) -> None:
        assert rules.examine(PDF + b"\n" * (rules.MOST_BYTES - len(PDF)))
        with pytest.raises(rules.NotAccepted, match="10 MB or smaller"):
            rules.examine(PDF + b"\n" * (rules.MOST_BYTES - len(PDF) + 1))

    def test_refuses_nothing_at_all(self) -> None:
        with pytest.raises(rules.NotAccepted, match="empty"):
            rules.examine(b"")

    def test_asvs_5_2_3_refuses_a_bomb_by_what_it_unpacks_to(self) -> None:
        bomb = archive({**WORD, "word/media/image1.png": b"\0" * 20_000_000})
        assert len(bomb) < 50_000
        with pytest.raises(rules.NotAccepted, match="unpacks to far more"):
            rules.examine(bomb)

    def test_asvs_5_2_3_refuses_a_bomb_that_lies_about_its_size(self) -> None:
        large = b"\0" * 20_000_000
        bomb = archive({**WORD, "word/media/image1.png": large}).replace(
            struct.pack("<I", len(large)), struct.pack("<I", 10)
        )
        with pytest.raises(rules.NotAccepted):
            rules.examine(bomb)

    def test_asvs_5_2_3_refuses_one_of_too_many_parts(self) -> None:
        with pytest.raises(rules.NotAccepted, match="too many parts"):
            rules.examine(archive({**WORD, **{f"word/{n}.xml": b"" for n in range(rules.MOST_MEMBERS)}}))

    def test_takes_a_large_document_that_is_no_bomb(self) -> None:
        prose = b" ".join(b"word%d" % n for n in range(400_000))
        assert len(prose) > rules.SUSPICIOUS_FROM
        assert rules.examine(archive({**WORD, "word/document.xml": prose}))

    @pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/a.bin"])
    def test_refuses_macros_and_what_is_embedded_in_a_word_document(self, name: str) -> None:
        with pytest.raises(rules.NotAccepted, match="macros or embedded files"):
            rules.examine(archive({**WORD, name: b"x"}))

    def test_refuses_macros_in_an_open_document(self) -> None:
        with pytest.raises(rules.NotAccepted, match="macros"):
            rules.examine(archive({**OPEN, "Basic/Standard/Module1.xml": b"x"}))

    def test_refuses_a_document_with_a_password(self) -> None:
        locked = bytearray(archive(WORD))
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = locked.find(mark)
            while start >= 0:
                locked[start + at] |= 1
                start = locked.find(mark, start + 1)
        with pytest.raises(rules.NotAccepted, match="password"):
            rules.examine(bytes(locked))

    @pytest.mark.parametrize("length", [4, 30, 60, 120])
    def test_refuses_a_damaged_archive_in_a_sentence(self, length: int) -> None:
        with pytest.raises(rules.NotAccepted, match="damaged"):
            rules.examine(archive(WORD)[:length])

    @given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff"]))
    def test_whatever_is_sent_is_taken_or_refused_and_nothing_else(self, content: bytes, begin: bytes) -> None:
        try:
            found = rules.examine(begin + content).media_type
        except rules.NotAccepted as refusal:
            found = str(refusal)
        assert found in EVERY_KIND or found.startswith("The selected file")


class TestCleanName:
    @pytest.mark.parametrize(
        ("given_name", "kept"),
        [
            ("letter.pdf", "letter.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\amy\\letter.pdf", "letter.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
            ("evil\u202egpj.exe", "evil gpj.exe"),
            ("...", "Without a name"),
            ("", "Without a name"),
        ],
    )
    def test_keeps_what_people_can_read(self, given_name: str, kept: str) -> None:
        assert rules.clean_name(given_name) == kept

    @given(st.text())
    def test_is_always_short_and_shown_whole(self, name: str) -> None:
        kept = rules.clean_name(name)
        assert 0 < len(kept) <= rules.LONGEST_NAME
        assert not any(unicodedata.category(sign)[0] == "C" for sign in kept)
        assert "/" not in kept
