"""The table of formats, and what each makes of the common options."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agreementkit.tree import nodes as n
from agreementkit.writers import WRITERS, BytesWriter, TextWriter, WriteOptions

DOCUMENT = n.Document(
    "recognition",
    "Title é",
    "Short",
    "stem",
    body=(
        n.Clause(
            id="c",
            heading=(n.Text("Heading"),),
            number=n.Number((1,), "1", "1."),
            blocks=(n.Para((n.Reference("x", (n.ReferencePart("clause 7"),), "partnership"),)),),
        ),
    ),
    notes=(n.Note("c/n", n.Anchor("c"), n.Voice.EMPLOYER, (n.Para((n.Text("Remark."),)),), author="Employer"),),
    stage=n.Stage.RESOLVED,
)


def written(name: str, **options: Any) -> str:
    return WRITERS[name].write(DOCUMENT, WriteOptions(**options)).decode()


def test_names_and_kinds() -> None:
    assert {name: (type(writer), writer.suffix) for name, writer in WRITERS.items()} == {
        "docx": (BytesWriter, ".docx"),
        "pdf": (BytesWriter, ".pdf"),
        "md": (TextWriter, ".md"),
        "json": (TextWriter, ".json"),
        "html": (TextWriter, ".html"),
    }


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        WRITERS["pdf"] = WRITERS["md"]  # type: ignore[index]


def test_the_table_and_the_text_formats_load_no_word_library() -> None:
    code = (
        "import sys, agreementkit.writers as w; from agreementkit.tree.nodes import Document, Stage\n"
        "d = Document('p', 'T', 'S', 's', stage=Stage.RESOLVED)\n"
        "[w.WRITERS[n].write(d, w.WriteOptions()) for n in ('md', 'json', 'html')]\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'docx', 'docxtpl', 'lxml', 'jinja2', 'pydantic'}))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


@pytest.mark.parametrize("notes", [None, "comments", "footnotes"])
def test_markdown_shows_notes_as_footnotes(notes: Any) -> None:
    assert "Heading[^1]\n" in written("md", notes=notes)


def test_markdown_inline_none_and_links() -> None:
    assert "> **Employer:** Remark." in written("md", notes="inline")
    assert "Remark" not in written("md", notes="none")
    assert "[clause 7](partnership.md#ak-x)" in written("md", files={"partnership": "partnership.md"})


def test_json_holds_notes_or_not() -> None:
    assert json.loads(written("json"))["notes"][0]["id"] == "c/n"
    assert json.loads(written("json", notes="none"))["notes"] == []
    assert "é" in written("json")


def test_html_is_a_whole_page() -> None:
    made = written("html", files={"partnership": "partnership.html"})
    assert made.startswith("<!DOCTYPE html>")
    assert "Remark" in made
    assert 'href="partnership.html#ak-partnership_3a_x"' in made
    assert "Remark" not in written("html", notes="none")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [(None, "comments"), ("comments", "comments"), ("footnotes", "footnotes"), ("inline", "inline"), ("none", "none")],
)
def test_word_gets_its_options(monkeypatch: pytest.MonkeyPatch, notes: Any, expected: str) -> None:
    word = pytest.importorskip("agreementkit.writers.word")
    seen: list[Any] = []

    def write_word(document: n.Document, options: Any) -> bytes:
        seen.append((document, options))
        return b"docx"

    monkeypatch.setattr(word, "write_word", write_word)
    options = WriteOptions(notes=notes, final=True, pages={"c": 3}, template=Path("house.docx"))
    assert WRITERS["docx"].write(DOCUMENT, options) == b"docx"
    ((document, given),) = seen
    assert document is DOCUMENT
    assert (given.notes, given.draft, given.pages, given.template) == (expected, False, {"c": 3}, Path("house.docx"))


@pytest.mark.parametrize("name", ["md", "json", "html"])
def test_every_format_refuses_what_is_not_resolved(name: str) -> None:
    with pytest.raises(TypeError, match="not resolved"):
        WRITERS[name].write(replace(DOCUMENT, stage=n.Stage.REFERRED), WriteOptions())
