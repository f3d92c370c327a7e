"""The text of JSON straight from a tree says what `json.dumps` says of its data, to the byte."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from agreementkit.errors import SourceError
from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.codec import to_data
from agreementkit.tree.walk import map_document
from agreementkit.writers.json import bare_json, read_json, without_notes, write_json
from agreementkit.writers.jsontext import json_text

DOCUMENT = n.Document("p", "T", "S", "t", stage=n.Stage.RESOLVED)
NOTHING = n.Phrase("b", ())


def dumped(document: n.Document, **form: object) -> str:
    return json.dumps({"format": "x", **to_data(document)}, ensure_ascii=False, **form)  # type: ignore[arg-type]


def stripped(document: n.Document) -> n.Document:
    return map_document(without_notes(document), lambda one: replace(one, origin=None))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_it_is_what_json_makes_of_the_data(document: n.Document) -> None:
    assert json_text(document, format="x") == dumped(document, separators=(",", ":"))
    assert json_text(document, indent=True, format="x") == dumped(document, indent=2)
    bare = stripped(document)
    assert json_text(document, bare=True, format="x") == dumped(bare, separators=(",", ":"))
    assert json_text(document, bare=True, indent=True, format="x") == dumped(bare, indent=2)


@pytest.mark.parametrize(
    "inlines",
    [
        (NOTHING,),
        (n.Phrase("a", (NOTHING,)),),
        (n.Text("x"), NOTHING, n.Phrase("a", (n.Strong((NOTHING,)), n.Text("100 %s")))),
        (n.Emphasis((n.Phrase("a", (n.Text("y"), n.LineBreak())),)),),
        (),
    ],
)
def test_phrases_without_words_leave_no_gap(inlines: tuple[n.Inline, ...]) -> None:
    clause = n.Clause(id="c", heading=inlines, blocks=(n.Para(inlines), n.List((inlines, ()))))
    document = replace(DOCUMENT, body=(clause,))
    assert read_json(bare_json(document).encode()) == stripped(document)
    assert json_text(document, bare=True, indent=True) == json.dumps(to_data(stripped(document)), indent=2)


def test_texts_and_numbers_of_other_types_are_written_as_what_they_are() -> None:
    class Words(str):
        __slots__ = ()

    document = replace(DOCUMENT, title=Words("“T”"), body=(n.Clause(id="c", number=n.Number((7, True), "7", "7")),))
    assert json_text(document, format="x") == dumped(document, separators=(",", ":"))


def test_what_is_no_node_is_refused() -> None:
    for value in (1.5, object(), {"type": "Text"}):
        with pytest.raises(TypeError, match="is no node of the tree"):
            json_text(replace(DOCUMENT, body=(value,)))  # type: ignore[arg-type]


UNFIT = ["\x01", "\b", "\f", "\x1f", "\x7f", "\x85", "\x9f", "\ufffe", "\uffff", "\ud800"]
ITSELF = ["\x7f", "\x85", "\x9f", "\ufffe", "\uffff"]  # what JSON lets stand without an escape


@pytest.mark.parametrize(("char", "escaped"), [*((one, True) for one in UNFIT), *((one, False) for one in ITSELF)])
def test_characters_that_nothing_can_carry_are_refused(char: str, escaped: bool) -> None:
    text = json.dumps(json.loads(write_json(replace(DOCUMENT, title=f"T{char}"))), ensure_ascii=escaped)
    with pytest.raises(SourceError, match=f"U\\+{ord(char):04X}"):
        read_json(text.encode())


@pytest.mark.parametrize("text", ["a & <b>", "\\b \\f \\u0001", "“é” \xa0 👩‍⚖️ \ufeff", "\t\n\r ~"])
def test_any_other_character_is_read_however_it_is_spelt(text: str) -> None:
    document = replace(DOCUMENT, title=text)
    for ascii_only in (True, False):
        spelt = json.dumps(json.loads(write_json(document)), ensure_ascii=ascii_only).replace("&", "\\u0026")
        assert read_json(spelt.encode()) == document
