"""The resolved tree as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from agreementkit.diagnostics import Place
from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.codec import from_data
from agreementkit.tree.walk import plain_text
from agreementkit.writers.json import without_notes, write_json
from agreementkit.writers.outline import text_lines

ORIGIN = n.Origin("core", "c", "1.0", place=Place("c.md", 3, source="1.  [These count][^secret]"))
DOCUMENT = n.Document(
    "recognition",
    "Title “é”",
    "Short",
    "stem",
    body=(
        n.Clause(
            id="c",
            heading=(n.Strong((n.Phrase("secret", (n.Text("Words"),)),)),),
            blocks=(n.Para((n.Phrase("secret", (n.Text("more"),)),)),),
            origin=ORIGIN,
        ),
        n.Clause(id="d", origin=n.Origin("core", "d", "1.0")),
        n.Clause(id="e"),
    ),
    notes=(n.Note("c/secret", n.Anchor("c", "secret"), n.Voice.EMPLOYER, ()),),
    stage=n.Stage.RESOLVED,
)


def test_form() -> None:
    made = write_json(DOCUMENT)
    assert made.startswith('{\n  "format": "agreementkit/1",\n  "type": "Document",\n  "precedent": "recognition",\n')
    assert made.endswith("}\n")
    assert "Title “é”" in made
    assert made == write_json(DOCUMENT)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_what_is_written_can_be_read(document: n.Document) -> None:
    data = json.loads(write_json(document))
    assert data.pop("format") == "agreementkit/1"
    assert from_data(data) == document


def test_unresolved_is_refused() -> None:
    with pytest.raises(TypeError, match="numbered, not resolved"):
        write_json(replace(DOCUMENT, stage=n.Stage.NUMBERED))


def test_without_notes_there_is_no_trace_of_them() -> None:
    assert "secret" in write_json(DOCUMENT)
    bare = without_notes(DOCUMENT)
    assert "secret" not in write_json(bare)
    assert bare.body[0].origin == replace(ORIGIN, place=Place("c.md", 3))
    assert plain_text(bare.body[0].heading) == "Words"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_without_notes_no_word_changes(document: n.Document) -> None:
    bare = without_notes(document)
    assert bare.notes == ()
    for before, after in zip(document.body, bare.body, strict=True):
        assert list(text_lines(before)) == list(text_lines(after))
