"""Fields of a house file: what they may say, and where one stands that says anything else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import reading
from docx.document import Document as WordDocument

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import TemplateError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.house.check import check_house
from agreementkit.writers.word.house.load import load_house

Make = Callable[[WordDocument], object]


def house(tmp_path: Path, make: Make) -> Path:
    document = docx.Document()
    make(document)
    document.add_paragraph("AK_BODY")
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "house.docx"
    path.write_bytes(stream.getvalue())
    return path


def faults(tmp_path: Path, make: Make) -> list[Diagnostic]:
    path = house(tmp_path, make)
    with pytest.raises(TemplateError) as caught:
        load_house(path)
    assert check_house(path).faults == tuple(caught.value.diagnostics), "the check must find what a build refuses"
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ("{{ title.__class__.__mro__ }}", "the attribute '__class__'"),
        ("{{ ''.__class__ }}", "the attribute '__class__'"),
        ("{{ cycler.__init__.__globals__.os }}", "the attribute '__globals__'"),
        ("{{ title['x'] }}", "an entry in brackets"),
        ("{{ range(9) }}", "a call"),
        ("{% for i in range(100000) %}x{% endfor %}", "a loop over anything but parties or facts"),
        ("{{ title * 1000000000 }}", "mul"),
        ("{{ title ~ title }}", "concat"),
        ("{{ title | center(1000000000) }}", "the filter 'center'"),
        ("{{ title | safe }}", "the filter 'safe'"),
        ("{% set title = 'x' %}", "assign"),
        ("{% include 'x' %}", "include"),
        ("{% macro x() %}{% endmacro %}", "macro"),
        ("{{ title is callable }}", "the test 'callable'"),
    ],
)
def test_a_field_that_does_more_than_print_is_refused_with_its_place(tmp_path: Path, tag: str, what: str) -> None:
    found = faults(tmp_path, lambda document: document.add_paragraph(f"Agreement {tag}"))
    assert all(one.code in ("AK606", "AK607") for one in found)
    said = [one.message for one in found if one.code == "AK606"]
    assert any(f"a field may not use {what}" in one for one in said), said
    assert all(one.startswith("In the text, where it says “Agreement {") for one in said)
    assert all(one.hints for one in found)


def test_an_unknown_field_is_named_with_the_part_and_the_words_around_it(tmp_path: Path) -> None:
    def make(document: WordDocument) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].add_run("Ours: {{ refrence }}")
        section.footer.paragraphs[0].add_run("Dated {{ dat }}")
        document.add_table(1, 1).cell(0, 0).text = "Cell {{ titel }}"

    found = {one.message: one.hints for one in faults(tmp_path, make)}
    asks = "the template asks for a field"
    lacks = "which agreementkit does not have."
    assert found == {
        f"In the text, where it says “Cell {{{{ titel }}}}”, {asks} 'titel', {lacks}": ("did you mean 'title'?",),
        f"In the header of the first page, where it says “Ours: {{{{ refrence }}}}”, {asks} 'refrence', {lacks}": (
            "did you mean 'reference'?",
        ),
        f"In the footer, where it says “Dated {{{{ dat }}}}”, {asks} 'dat', {lacks}": ("did you mean 'date'?",),
    }


def test_all_faults_of_a_part_come_at_once_even_when_it_cannot_be_read(tmp_path: Path) -> None:
    def make(document: WordDocument) -> None:
        document.add_paragraph("First {{ titel }}")
        document.add_paragraph("Second {% if title %}")

    assert [one.code for one in faults(tmp_path, make)] == ["AK606", "AK607"]


def test_a_condition_that_takes_the_file_apart_is_refused(tmp_path: Path) -> None:
    def make(document: WordDocument) -> None:
        document.add_paragraph("{% if version %}a")
        document.add_table(1, 1).cell(0, 0).text = "b{% endif %}c"

    [found] = faults(tmp_path, make)
    assert found.code == "AK606"
    assert "takes a paragraph or a row apart when fields have no value" in found.message


def test_conditions_and_loops_in_paragraphs_of_their_own_work(tmp_path: Path, document: Document) -> None:
    def make(empty: WordDocument) -> None:
        for words in ("{%p if version %}", "Version {{ version | upper }}", "{%p endif %}"):
            empty.add_paragraph(words)
        empty.add_paragraph("{% for party in parties %}{{ party }}{% if not loop.last %}; {% endif %}{% endfor %}")

    path = house(tmp_path, make)
    first, second, *_ = [line.text for line in reading.lines(write_word(document, WordOptions(template=path)))]
    assert first == f"Version {document.meta.version.upper()}"
    assert second.count("; ") == len(document.subtitle) - 1


def test_pictures_without_a_description_are_told(tmp_path: Path) -> None:
    from houses import logo

    def make(document: WordDocument) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        for header, described in ((section.first_page_header, False), (section.header, True)):
            picture = header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()))
            if described:
                picture._inline.docPr.set("descr", "Our logo")

    path = house(tmp_path, make)
    [advice] = check_house(path).advice
    assert advice.startswith("A picture in the header of the first page has no description")


def test_drawings_of_one_id_in_two_headers_get_ids_of_their_own(tmp_path: Path, document: Document) -> None:
    from houses import logo

    def make(empty: WordDocument) -> None:
        section = empty.sections[0]
        section.different_first_page_header_footer = True
        for header in (section.first_page_header, section.header):
            header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()))

    content = write_word(document, WordOptions(template=house(tmp_path, make)))
    ids = [
        one.get("id")
        for name in reading.parts(content)
        if name.startswith("word/header")
        for one in reading.tree(content, name).iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        )
    ]
    assert len(ids) == len(set(ids)) == 2
