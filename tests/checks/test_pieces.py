"""A passage is told apart into its pieces as a plain walk over its words would do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from agreementkit import Config, assemble
from agreementkit.checks import Scene
from agreementkit.checks.figures.quantities import FIGURE, figures
from agreementkit.checks.scene import _told_apart
from agreementkit.checks.terms.script import TERM, scripts
from agreementkit.checks.typed import MASK, typed
from agreementkit.tree.nodes import Blank, Emphasis, Inline, LineBreak, Strong, Term, Text, Value
from agreementkit.tree.walk import flatten, plain_text

EXAMPLES = Path(__file__).parents[2] / "examples"
ODD: tuple[Inline, ...] = (
    Text("One "),
    Strong((Emphasis((Term("a", "Thing"), Text("\u00a0and "))), Value("x.y", "5"))),
    LineBreak(),
    Emphasis(()),
    Blank("x.z", "a date"),
    Text(""),
)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return assemble(Config.load(EXAMPLES / "small-company.yaml")).scene


def check_pieces(inlines: tuple[Inline, ...], words: str, pieces: tuple[tuple[int, Inline], ...]) -> None:
    assert words == plain_text(inlines)
    assert [one for _, one in pieces] == [one for one in flatten(inlines) if not hasattr(one, "inlines")]
    begin = 0
    for place, one in pieces:
        assert place == begin
        begin += len(plain_text((one,)))
    assert begin == len(words)


def test_pieces_of_odd_words() -> None:
    for inlines in (ODD, ODD[:1], ODD[1:2], ODD[3:4], ()):
        check_pieces(inlines, *_told_apart(inlines))


def test_pieces_of_every_passage(scene: Scene) -> None:
    for one in typed(scene):
        passage = one.passage
        check_pieces(passage.inlines, passage.words, passage.pieces)
        assert len(one.text) == len(passage.words)
        for place, piece in passage.pieces:
            said = plain_text((piece,))
            kept = isinstance(piece, Text) or said == " "
            assert one.text[place : place + len(said)] == (said if kept else MASK * len(said))
        assert [piece for _, piece in one.given] == [p for _, p in passage.pieces if isinstance(p, Value)]


def test_lines_of_a_script_are_the_passages_with_the_words(scene: Scene) -> None:
    for script in scripts(scene):
        assert script.lines_saying([]) == script.lines_printing([]) == []
        for words in (["will"], ["nowhere at all"], ["meeting", "will", TERM]):
            lines = script.typed.split("\n")
            found = [script.typed[start:end] for start, end in script.lines_saying(words)]
            assert found == [line for line in lines if any(word in line for word in words)]
        assert len(script.lines_printing([""])) == len(lines)


@pytest.mark.parametrize("text", ["3 DAYS", "Twice a Quarter", "six (6) Months", "each YEAR", "3 fish", "", "annually"])
def test_a_quick_look_for_units_misses_no_figure(text: str) -> None:
    assert [(one.start, one.end) for one in figures(text)] == [match.span() for match in FIGURE.finditer(text)]
