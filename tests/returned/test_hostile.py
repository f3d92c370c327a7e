"""Files of strangers: each is refused with a next step, or read with a warning; nothing hangs, nothing is hidden."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from commented import changed
from edited import new_paragraph, paragraph
from lxml import etree
from test_returned import agreement, back, sent

from agreementkit.errors import SourceError
from agreementkit.returned import Returned
from agreementkit.returned.back import MOST_CHANGES
from agreementkit.returned.parts import MAX_FILE, read_file
from agreementkit.writers.word.markup import R, W, w

MAIN = "word/document.xml"


def main_part(text: bytes) -> bytes:
    return part(MAIN, text)


def body(text: str) -> bytes:
    return main_part(f'<w:document xmlns:w="{W}"><w:body>{text}</w:body></w:document>'.encode())


def more(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO(sent())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")  # that a name is there twice is the point
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


LINKS = "word/_rels/document.xml.rels"


def linked(link: str, part: str = LINKS, content: bytes = b"") -> bytes:
    end = b"</Relationships>"
    return changed(content or sent(), lambda n, d: d.replace(end, link.encode() + end) if n == part else d)


OUTSIDE = (
    f'<Relationship Id="x9" Type="{R}/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/>'
)


def two_documents() -> bytes:
    link = f'<Relationship Id="x8" Type="{R}/officeDocument" Target="word/other.xml"/>'
    return linked(link, "_rels/.rels", more(("word/other.xml", b"<a/>")))


def part(name: str, data: bytes | None) -> bytes:
    return changed(sent(), lambda n, d: data if n == name else d)


def without(start: str) -> bytes:
    return changed(sent(), lambda n, d: None if n.startswith(start) or n.endswith(start) else d)


def other_types() -> bytes:
    types = "[Content_Types].xml"
    return changed(sent(), lambda n, d: d.replace(b"wordprocessingml", b"spreadsheetml") if n == types else d)


def locked() -> bytes:
    data = bytearray(sent())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", data, at + offset)
            struct.pack_into("<H", data, at + offset, flags | 1)
            at = data.find(signature, at + 4)
    return bytes(data)


def bomb() -> bytes:
    return main_part(b"<w>" + b" " * 60_000_000 + b"</w>")


def odd(number: int) -> str:
    """Return a word that does not come twice, so that the file packs as words of people do."""
    return f"{number * 2654435761 % 2**32:08x}"


def many_changes() -> bytes:
    one = '<w:ins w:id="1"><w:r><w:t>{}</w:t></w:r></w:ins><w:r><w:t>b</w:t></w:r>'
    return body("<w:p>" + "".join(one.format(odd(number)) for number in range(MOST_CHANGES + 1)) + "</w:p>")


LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
)
FETCH = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&x;</w:document>'

REFUSED = {
    "no zip": (lambda: b"PK\x03\x04 and nothing else", "not a sound Word file"),
    "cut short": (lambda: sent()[: len(sent()) // 2], "not a sound Word file"),
    "an old .doc, or locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "locked with a password"),
    "locked inside": (locked, "locked with a password"),
    "a zip bomb": (bomb, "far too large"),
    "an entity that fetches": (lambda: main_part(FETCH), "document type"),
    "entities in entities": (lambda: main_part(LAUGHS), "document type"),
    "broken XML": (lambda: main_part(b"<w:document"), "cannot be read"),
    "a part nested too deep": (lambda: body("<w:p>" * 3_000 + "</w:p>" * 3_000), "cannot be read"),
    "another kind of document": (lambda: main_part(b'<workbook xmlns="x"/>'), "is no Word document"),
    "no document": (lambda: part(MAIN, None), "no main document"),
    "two documents": (two_documents, "two main documents"),
    "a part twice": (lambda: more((MAIN, b"<a/>")), "twice"),
    "a part twice in other letters": (lambda: more(("Word/Document.xml", b"<a/>")), "twice"),
    "broken comments": (lambda: part("word/comments.xml", b"<"), "cannot be read"),
    "broken links": (lambda: part(LINKS, b"<"), "rels"),
    "too many changes": (many_changes, "tracked changes"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_why_and_what_to_do(name: str) -> None:
    make, why = REFUSED[name]
    with pytest.raises(SourceError) as caught:
        Returned.read(make(), agreement(), "back.docx")
    (found,) = caught.value.diagnostics
    assert found.code == "AK744"
    assert why in found.message
    assert found.hints
    assert found.place
    assert found.place.file == "back.docx"


READ = {
    "macros": (lambda: more(("word/vbaProject.bin", b"x")), ["AK800"]),
    "embedded objects": (lambda: more(("word/embeddings/o.bin", b"x"), ("word/activeX/a.xml", b"<a/>")), ["AK800"]),
    "a template from outside": (lambda: linked(OUTSIDE), ["AK801"]),
    "names that lead elsewhere": (lambda: more(("../../etc/passwd", b"x")), ["AK802"]),
    "no types": (lambda: part("[Content_Types].xml", None), []),
    "other types": (other_types, []),
    "no links": (lambda: without(".rels"), []),
    "no comments": (lambda: without("word/comments"), []),
    "no properties": (lambda: without("docProps"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_read_whole_and_says_what_is_odd(name: str) -> None:
    make, codes = READ[name]
    found = Returned.read(make(), agreement(), "back.docx")
    assert [one.code for one in found.report] == codes
    assert found.edits == ()
    assert all(one.hints for one in found.report)


def test_a_link_that_a_reader_may_click_is_text() -> None:
    link = f'<Relationship Id="x9" Type="{R}/hyperlink" Target="https://example.org" TargetMode="External"/>'
    assert len(Returned.read(linked(link), agreement()).report) == 0


def test_a_paragraph_of_very_many_runs_is_one_edit() -> None:
    runs = "".join(f"<w:r><w:t>{odd(number)} </w:t></w:r>" for number in range(60_000)).encode()
    start = b"<w:t>What is reasonable depends on the case."

    def one(name: str, data: bytes) -> bytes:
        return data.replace(start, start + b"</w:t></w:r>" + runs + b"<w:r><w:t>", 1) if name == MAIN else data

    (edit,) = Returned.read(changed(sent(), one), agreement()).edits
    assert (edit.kind, edit.place.id) == ("inserted", "time-off/amount")
    assert len(edit.after.split()) == 60_000


def test_very_many_paragraphs_take_no_more_than_their_share() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        for number in range(6_000):
            one.addnext(new_paragraph(f"Number {number} of many.", author="B" if number % 2 else ""))

    found = back(change)
    assert sum(one.kind == "inserted" for one in found.edits) == 6_000


def test_fields_that_are_never_closed_hide_nothing() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        for code in ("REF ak_disputes", "TOC \\o"):
            new = new_paragraph("", one)
            for kind in ("begin", "code", "separate"):
                run = etree.SubElement(new, w("r"))
                if kind == "code":
                    etree.SubElement(run, w("instrText")).text = code
                else:
                    etree.SubElement(run, w("fldChar")).set(w("fldCharType"), kind)
            etree.SubElement(etree.SubElement(new, w("r")), w("t")).text = f"No notice is needed ({code[:3]})"
            one.addnext(new)

    found = back(change)
    said = " ".join(one.after for one in found.edits)
    assert "needed (REF)" in said
    assert "needed (TOC)" in said
    assert not [one for one in found.edits if one.kind == "deleted"]


def test_a_file_that_cannot_be_read_or_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path, tmp_path / "missing.docx"):
        with pytest.raises(SourceError, match="AK740"):
            Returned.load(path)
    assert MAX_FILE > 1_000_000
    monkeypatch.setattr("agreementkit.returned.parts.MAX_FILE", 10)
    large = tmp_path / "large.docx"
    large.write_bytes(b"PK" * 10)
    with pytest.raises(SourceError, match="larger than"):
        read_file(large)


def test_nothing_of_a_text_is_markup_when_it_is_shown() -> None:
    found = back(lambda root: paragraph(root, "What is reasonable").addnext(new_paragraph("<script>alert(1)</script>")))
    assert "<script>" in found.edits[0].after
    assert "<script>" not in found._repr_html_()
