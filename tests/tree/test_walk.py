"""The quick ways through a tree say what the plain ones say, and leave alone what does not change."""

from __future__ import annotations

import pytest

from agreementkit.tree.nodes import (
    Anchor,
    Blank,
    Block,
    Clause,
    CrossReference,
    DefinitionEntry,
    DefinitionsHere,
    Division,
    Document,
    Emphasis,
    Inline,
    LineBreak,
    List,
    Note,
    Para,
    Phrase,
    SignatureLine,
    SignatureLines,
    Strong,
    SubClause,
    Table,
    TermUse,
    Text,
    Value,
    Voice,
)
from agreementkit.tree.remake import note_with
from agreementkit.tree.walk import (
    division_inlines,
    divisions,
    flatten,
    gather,
    gather_blocks,
    map_block,
    map_blocks,
    map_document,
    map_inlines,
    map_kind,
    map_words,
    plain_text,
    rewrite_inlines,
    subtree,
)

USE = TermUse("employer")
RUN: tuple[Inline, ...] = (
    Text("a "),
    Phrase("p", (Emphasis((USE, Strong((Text("b"), USE)))), CrossReference("x"))),
    Value("path", "c"),
    USE,
)
PLAIN: tuple[Inline, ...] = (Text("plain "), Phrase("q", (Emphasis((Text("words"),)),)))
BLOCKS: tuple[Block, ...] = (
    Para(RUN),
    Para(PLAIN),
    List((PLAIN, RUN)),
    Table((PLAIN,), ((PLAIN,), (RUN,)), "caption", (1,)),
    DefinitionEntry("d", "Term", RUN),
    SignatureLines(PLAIN, (SignatureLine("Name", RUN), SignatureLine("Date"))),
    DefinitionsHere(),
)
TREE = Document(
    "only",
    "Only",
    "Only",
    "only",
    body=(
        Clause(
            id="x",
            heading=RUN,
            blocks=BLOCKS,
            children=(SubClause(id="x/a", blocks=(Para(RUN),)), SubClause(id="x/b", blocks=(Para(PLAIN),))),
        ),
        Clause(id="y", heading=PLAIN, children=(SubClause(id="y/a", blocks=(Para(PLAIN),)),)),
    ),
)


def word(inline: Inline) -> Inline:
    return Text("Employer") if isinstance(inline, TermUse) else inline


def test_changing_one_kind_is_changing_all_with_the_others_left_alone() -> None:
    assert map_kind(RUN, TermUse, word) == map_inlines(RUN, word)
    assert map_kind(PLAIN, TermUse, word) is PLAIN
    assert map_inlines(PLAIN, word) is PLAIN


def test_rewriting_words_in_one_walk_is_rewriting_each_division() -> None:
    seen: list[str] = []

    def change(run: tuple[Inline, ...], division: Division) -> tuple[Inline, ...]:
        seen.append(division.id)
        return map_kind(run, TermUse, word)

    quick = map_words(TREE, change)
    assert quick == map_document(TREE, lambda one: rewrite_inlines(one, lambda run: map_inlines(run, word)))
    assert quick.body[1] is TREE.body[1]
    assert quick.body[0].children[1] is TREE.body[0].children[1]
    assert not [one for division in divisions(quick) for one in division_inlines(division) if isinstance(one, TermUse)]
    assert list(dict.fromkeys(seen)) == ["x/a", "x/b", "x", "y/a", "y"]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_stays_itself_where_nothing_changes(block: Block) -> None:
    changed = map_block(block, lambda run: map_kind(run, TermUse, word))
    assert type(changed) is type(block)
    assert map_block(changed, lambda run: map_kind(run, TermUse, word)) is changed
    assert map_blocks((changed,), lambda run: run)[0] is changed
    assert map_blocks((block,), lambda run: map_kind(run, TermUse, word)) == (changed,)


def test_gathering_a_kind_finds_what_going_through_finds() -> None:
    for kinds in ({TermUse}, {Phrase, CrossReference}, {Emphasis, Text}):
        found: list[Inline] = []
        gather(RUN, kinds, found)
        assert found == [one for one in flatten(RUN) if type(one) in kinds]
        found = []
        gather_blocks(BLOCKS, kinds, found)
        clause = Clause(id="z", blocks=BLOCKS)
        assert found == [one for one in division_inlines(clause) if type(one) in kinds]


def test_divisions_come_before_their_children() -> None:
    assert [one.id for one in divisions(TREE)] == ["x", "x/a", "x/b", "y", "y/a"]
    assert [one.id for one in subtree(TREE.body[0])] == ["x", "x/a", "x/b"]
    assert next(subtree(TREE.body[0])) is TREE.body[0]


def test_a_note_stays_itself_where_nothing_changes() -> None:
    note = Note("x~a", Anchor("x"), Voice.LAW, (Para(PLAIN),), detail="more")
    assert note_with(note, anchor=note.anchor, blocks=note.blocks) is note
    moved = note_with(note, anchor=Anchor("y"))
    assert moved == Note("x~a", Anchor("y"), Voice.LAW, (Para(PLAIN),), detail="more")


def test_plain_text_of_every_kind() -> None:
    assert plain_text((Text("a"), Blank("p"), LineBreak(), Strong((Value("p", "b"),)))) == "a[●] b"
    for stand_in in (USE, CrossReference("x")):
        with pytest.raises(TypeError, match="is a stand-in and has no text yet"):
            plain_text((Emphasis((stand_in,)),))
