"""The companion of an agreement: every note once, on the words it explains, under the agreement's own numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import agreementkit as ak
from agreementkit.tree.nodes import Clause, Document, Note, Reference, Value
from agreementkit.tree.walk import block_inlines, divisions, flatten, plain_text
from agreementkit.writers.guide import LONGEST_WORDS, guide
from agreementkit.writers.markdown import write_markdown
from agreementkit.writers.word import WordOptions, write_word

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
SUFFOLK = next(path for path in EXAMPLES if path.stem == "suffolk-ccgs")


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def pairs(request: pytest.FixtureRequest) -> list[tuple[Document, Document]]:
    return [(one.document, guide(one.document)) for one in ak.assemble(ak.Config.load(request.param))]


def lines(document: Document) -> list[str]:
    return [plain_text(run) for d in divisions(document) for b in d.blocks for run in block_inlines(b)]


def said(note: Note) -> list[str]:
    return [plain_text(run) for block in note.blocks for run in block_inlines(block)]


def test_every_note_stands_in_the_guide_once(pairs: list[tuple[Document, Document]]) -> None:
    for agreement, companion in pairs:
        printed = lines(companion)
        assert agreement.notes
        for note in agreement.notes:
            first, *rest = said(note)
            label = re.compile(rf"{re.escape(note.author)}( on “[^”]*( …)?”?.*?)?: {re.escape(first)}\Z", re.DOTALL)
            assert sum(bool(label.match(line)) for line in printed) >= 1, note.id
            for words in rest:
                assert words in printed
        spoken = sum(len(said(note)) + bool(note.cites) for note in agreement.notes)
        quoted = [line for line in printed if line not in {words for note in agreement.notes for words in said(note)}]
        assert spoken <= len(printed) <= spoken + len(quoted)


def test_clauses_have_the_numbers_and_headings_of_the_agreement(pairs: list[tuple[Document, Document]]) -> None:
    for agreement, companion in pairs:

        def numbered(document: Document) -> list[tuple[str, str, str]]:
            return [
                (d.id, d.number.own if d.number else "", plain_text(d.heading))
                for top in document.body
                for d in (top, *top.children)
                if isinstance(d, Clause)
            ]

        assert numbered(companion) == numbered(agreement)
        assert [(s.id, s.number) for s in companion.schedules] == [(s.id, s.number) for s in agreement.schedules]


def test_word_counts_along(pairs: list[tuple[Document, Document]]) -> None:
    for _, companion in pairs:
        assert write_word(companion, WordOptions(notes="none")).startswith(b"PK")


def test_a_guide_has_no_values_to_change_and_refers_into_the_agreement(
    pairs: list[tuple[Document, Document]],
) -> None:
    for agreement, companion in pairs:
        inlines = [i for d in divisions(companion) for b in d.blocks for run in block_inlines(b) for i in flatten(run)]
        assert not [i for i in inlines if isinstance(i, Value)]
        assert {i.agreement for i in inlines if isinstance(i, Reference)} >= {agreement.precedent}
        assert all(i.agreement for i in inlines if isinstance(i, Reference))
        made = write_markdown(companion)
        assert "](#" not in made
        assert companion.notes == ()
        assert companion.parties == companion.background == ()


def test_long_phrases_are_shortened_in_the_label_only(pairs: list[tuple[Document, Document]]) -> None:
    for _, companion in pairs:
        found = [re.match(r"[A-Z][\w ]+ on “(.*?)”: ", line) for line in lines(companion)]
        labels = [one[1] for one in found if one]
        assert labels
        assert max(map(len, labels)) <= LONGEST_WORDS + 2


def test_a_companion_is_written_beside_the_clean_agreement(tmp_path: Path) -> None:
    agreements = ak.assemble(ak.Config.load(SUFFOLK))
    written = agreements.write(tmp_path, ["md", "json", "html"], notes="companion")
    names = {one.path.name for one in written}
    assert {"recognition-agreement.md", "recognition-agreement-guide.md"} <= names
    plain = (tmp_path / "recognition-agreement.md").read_text("utf-8")
    companion = (tmp_path / "recognition-agreement-guide.md").read_text("utf-8")
    assert "[^1]" not in plain
    assert "](recognition-agreement.md#" in companion
    words = [line for note in agreements["recognition"].notes for line in said(note)]
    assert words
    assert not [line for line in words if line in plain]
