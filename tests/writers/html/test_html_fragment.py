"""Agreements as a fragment of HTML: escaped, whole, accessible."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from agreementkit.errors import OutputError
from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.walk import divisions, plain_text
from agreementkit.writers.html import COLOURS, write_html_fragment
from agreementkit.writers.html.words import Words

TAGS = "article style h2 h3 h4 h5 h6 p div span mark em strong a br ul li table thead tbody tr th td dfn aside"
NAME = 'A*B & C <Ltd> "x"'
DOCUMENT = n.Document(
    "recognition",
    NAME,
    "Short",
    "stem",
    opening=(n.Para((n.Blank("dates.signed", "Date of <signing>"),)),),
    body=(
        n.Clause(
            id="c/~1",
            heading=(n.Text("Heading"),),
            number=n.Number((1,), "1", "1."),
            blocks=(
                n.Para((n.Value('a["b"]', NAME), n.LineBreak(), n.Reference("c/~1", (n.ReferencePart("clause 1"),)))),
            ),
        ),
    ),
    notes=(
        n.Note(
            "c/n",
            n.Anchor("c/~1"),
            n.Voice.STAFF_SIDE,
            (n.Para((n.Text("Remark."),)),),
            author="Staff Side",
            cites=(n.Citation("x", "s 168"),),
        ),
    ),
    stage=n.Stage.RESOLVED,
)


def parsed(document: n.Document, **options: Any) -> Any:
    return html.fragment_fromstring(write_html_fragment(document, **options))


def test_values_blanks_numbers_and_references() -> None:
    tree = parsed(DOCUMENT)
    (value,) = tree.xpath("//span[@class='ak-value']")
    assert (value.get("title"), value.text_content()) == ('a["b"]', NAME)
    (blank,) = tree.xpath("//mark[@class='ak-blank']")
    assert (blank.get("title"), blank.text_content()) == ("Date of <signing>", "[●]")
    assert tree.xpath("//h4")[0].text_content() == "1. Heading"
    (link,) = tree.xpath("//a")
    assert tree.xpath("//*[@id=$id]", id=link.get("href")[1:])[0].tag == "div"


def test_notes_say_whose_they_are() -> None:
    (note,) = parsed(DOCUMENT).xpath("//aside")
    assert note.get("aria-label") == "Note: Staff Side"
    assert note.get("class") == "ak-note ak-staff-side"
    assert [p.text_content() for p in note.xpath("p")] == ["Staff Side: Remark.", "Sources: s 168"]
    assert not parsed(DOCUMENT, notes=False).xpath("//aside")


def test_a_note_on_nothing_is_shown_at_the_end() -> None:
    lost = replace(DOCUMENT, notes=(replace(DOCUMENT.notes[0], anchor=n.Anchor("gone")),))
    assert parsed(lost).xpath("//aside")


def test_references_into_another_agreement() -> None:
    other = n.Para((n.Reference("x", (n.ReferencePart("clause 7"),), "partnership"),))
    gone = n.Para((n.Reference("gone", (n.ReferencePart("clause 8"),)),))
    document = replace(DOCUMENT, opening=(other, gone), body=(), notes=())
    assert [a.get("href") for a in parsed(document).xpath("//a")] == ["#ak-partnership_3a_x"]
    linked = parsed(document, files={"partnership": "a b.html"})
    assert [a.get("href") for a in linked.xpath("//a")] == ["a%20b.html#ak-partnership_3a_x"]


def test_control_characters_are_refused() -> None:
    with pytest.raises(OutputError, match=r"AK700.*HTML"):
        write_html_fragment(replace(DOCUMENT, title="a\x00b"))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_any_agreement_is_only_escaped_text(document: n.Document) -> None:
    tree = parsed(document)
    known = set(TAGS.split(" "))
    assert {one.tag for one in tree.iter()} <= known
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on") or name == "src"]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)) == len(list(divisions(document)))
    assert {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#ak-recognition")} <= set(ids)
    assert len(tree.xpath("//aside")) == len(document.notes)
    text = _squeezed(tree.text_content())
    for division in divisions(document):
        for block in division.blocks:
            if isinstance(block, n.Para) and not _broken(block.inlines):
                assert _squeezed(plain_text(block.inlines)) in text


def _broken(inlines: tuple[Any, ...]) -> bool:
    return any(isinstance(one, n.LineBreak) or _broken(getattr(one, "inlines", ())) for one in inlines)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_colours_of_voices_can_be_read() -> None:
    assert set(COLOURS) == {voice.value for voice in n.Voice}
    for back, ink in COLOURS.values():
        light, dark = sorted((_luminance(back), _luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(one, 16) / 255 for one in re.findall("..", colour[1:])]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("stand_in", [n.Field("a"), n.TermUse("a"), n.CrossReference("a")])
def test_stand_ins_are_refused(stand_in: Any) -> None:
    with pytest.raises(TypeError, match=f"{type(stand_in).__name__} 'a' in the subtitle"):
        write_html_fragment(replace(DOCUMENT, subtitle=((stand_in,),)))
    with pytest.raises(TypeError, match="is a stand-in"):
        Words(DOCUMENT, {}).inline(stand_in)
