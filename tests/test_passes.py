"""The passes: their order, what each leaves behind, and what only they can find."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import clause_text, configured, one_clause, small_bank, write_bank

import agreementkit as ak
from agreementkit import passes
from agreementkit.assemble import assemble_documents
from agreementkit.assemble.definitions import Terms
from agreementkit.passes import PASSES, Context
from agreementkit.passes.number import letters, roman
from agreementkit.tree.nodes import (
    Anchor,
    Clause,
    CrossReference,
    DefinitionsHere,
    Document,
    Field,
    Note,
    Para,
    SchedulePart,
    Stage,
    SubClause,
    TermUse,
    Text,
    Voice,
)
from agreementkit.tree.walk import block_inlines, division_inlines, divisions, flatten, note_inlines


def context(found: list[ak.Diagnostic] | None = None) -> Context:
    authors = {voice: (voice.value.title(), voice.value[:2].upper()) for voice in Voice}
    return Context(
        terms=Terms({}, {}),
        law=small_bank().law,
        authors=authors,
        voices=frozenset(Voice),
        found=found if found is not None else [],
    )


def small_document(*children: SubClause, notes: tuple[Note, ...] = ()) -> Document:
    clause = Clause(
        id="x", heading=(Text("X"),), children=children or (SubClause(id="x/a", blocks=(Para((Text("A."),)),)),)
    )
    return Document("only", "Only Agreement", "Only", "only", body=(clause,), notes=notes)


def test_the_order_of_the_passes() -> None:
    assert [step.__name__ for step in PASSES] == ["identify", "number", "define", "refer", "annotate"]
    assert all(getattr(passes, step.__name__) is step for step in PASSES)


def test_each_pass_moves_the_document_one_stage_on() -> None:
    document = small_document()
    stages = [document.stage]
    for step in PASSES:
        document = step(document, context())
        stages.append(document.stage)
    assert stages == list(Stage)


def test_passes_do_not_change_what_they_are_given() -> None:
    document = small_document()
    for step in PASSES:
        before = replace(document)
        step(document, context())
        assert document == before


def test_a_resolved_set_holds_no_stand_in() -> None:
    config = configured()
    found: list[ak.Diagnostic] = []
    filled = [one.document for one in assemble_documents(config, small_bank(), found)]
    assert any(
        isinstance(i, TermUse | CrossReference) for d in filled for v in divisions(d) for i in division_inlines(v)
    )
    for agreement in ak.assemble(config, small_bank()):
        document = agreement.document
        inlines = [i for division in divisions(document) for i in division_inlines(division)]
        inlines += [i for note in document.notes for i in note_inlines(note)]
        inlines += [i for line in document.subtitle for i in flatten(line)]
        inlines += [i for block in document.opening for run in block_inlines(block) for i in flatten(run)]
        assert len(inlines) > 50
        assert not [i for i in inlines if isinstance(i, Field | TermUse | CrossReference)]
        assert not [b for d in divisions(document) for b in d.blocks if isinstance(b, DefinitionsHere)]


def test_a_note_whose_words_are_missing_is_reported() -> None:
    found: list[ak.Diagnostic] = []
    note = Note("x~n", Anchor("x/a", "x~n"), Voice.LAW, (Para((Text("Note."),)),))
    resolved = passes.annotate(small_document(notes=(note,)), context(found))
    assert [(d.code, d.path) for d in found] == [("AK408", "x~n")]
    assert resolved.notes == ()


def test_notes_come_in_the_order_of_what_they_stand_on() -> None:
    def note(key: str, anchor: str) -> Note:
        return Note(key, Anchor(anchor), Voice.LAW, (Para((Text(key),)),))

    children = (SubClause(id="x/a", blocks=(Para((Text("A."),)),)), SubClause(id="x/b", blocks=(Para((Text("B."),)),)))
    document = small_document(*children, notes=(note("3", "x/b"), note("1", "x"), note("4", "x/b"), note("2", "x/a")))
    assert [n.id for n in passes.annotate(document, context()).notes] == ["1", "2", "3", "4"]


def test_two_divisions_with_one_id_are_reported_once() -> None:
    found: list[ak.Diagnostic] = []
    same = SubClause(id="x/a", blocks=(Para((Text("A."),)),))
    passes.identify(small_document(same, replace(same)), context(found))
    assert [(d.code, d.path) for d in found] == [("AK403", "x/a")]


def test_an_unnamed_item_is_named_by_its_position() -> None:
    below = SubClause(id="x/~9", blocks=(Para((Text("B."),)),))
    document = small_document(SubClause(id="x/~7", children=(below,)), SubClause(id="x/named", children=(below,)))
    assert [d.id for d in divisions(passes.identify(document, context()))] == [
        "x",
        "x/~1",
        "x/~1/~1",
        "x/named",
        "x/named/~1",
    ]


def test_what_cannot_be_numbered_is_a_mistake_of_the_caller() -> None:
    part = SchedulePart(id="x/p")
    with pytest.raises(TypeError, match="SchedulePart cannot stand below a clause"):
        passes.number(small_document(part), context())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "letter", "numeral"),
    [
        (1, "a", "i"),
        (4, "d", "iv"),
        (9, "i", "ix"),
        (26, "z", "xxvi"),
        (27, "aa", "xxvii"),
        (28, "bb", "xxviii"),
        (53, "aaa", "liii"),
    ],
)
def test_letters_and_numerals(count: int, letter: str, numeral: str) -> None:
    assert (letters(count), roman(count)) == (letter, numeral)


def test_every_agreement_is_found_by_id_and_number() -> None:
    agreements = ak.assemble(configured(), small_bank())
    partnership, recognition = agreements["partnership"], agreements["recognition"]
    assert recognition["disputes"].number == "4"
    assert recognition["4"].id == "disputes"
    assert recognition["4.1"].id == "disputes/start"
    assert recognition["6"].id == "single", "a lone sub-clause shares its clause's number"
    assert partnership["3.2"].id == "joint-forum/task", "a clause in a part is found by its number"
    assert partnership["Schedule 1"].id == "constitution"
    assert "joint-forum" in partnership
    assert "9.9" not in partnership
    with pytest.raises(KeyError, match="has no clause 'disptes'; did you mean 'disputes'"):
        recognition["disptes"]
    with pytest.raises(KeyError, match="has no agreement 'recogntion'"):
        agreements["recogntion"]


def test_definitions_know_their_uses() -> None:
    recognition = ak.assemble(configured(), small_bank())["recognition"]
    assert list(recognition.definitions) == sorted(recognition.definitions)
    dispute = recognition.definitions["Dispute"]
    assert (dispute.id, dispute.uses) == ("dispute", ("disputes/start", "disputes/~3"))
    assert dispute.meaning == "means a difference about terms and conditions."


def test_a_blank_is_reported_once_with_the_setting_to_give() -> None:
    agreements = ak.assemble(configured(), small_bank())
    blanks = [d for d in agreements["recognition"].report if d.code == "AK501"]
    assert blanks
    assert all(d.severity is ak.Severity.INFO for d in blanks)
    hints = [hint for d in blanks for hint in d.hints]
    assert "set `dates.agreement` in the configuration" in hints
    assert "set `signatories.employer[0].name` in the configuration" in hints
    assert len(hints) == len(set(hints))


def test_a_blank_says_where_it_stands(tmp_path_factory: pytest.TempPathFactory) -> None:
    blank = "{{ dates.agreement | date }}"
    clauses = {
        "p": clause_text("p", "{{ title }}.", kind="party"),
        "r": clause_text("r", "{{ time_off.pool_hours | hours }}.", kind="recital"),
        "x": clause_text("x", f"1.  One.\n2.  {blank}."),
        "s": clause_text("s", "1.  One.\n2.  {{ dates.commencement | date }}.", kind="schedule"),
    }
    core = write_bank(tmp_path_factory.mktemp("blanks") / "bank", clauses, p="party", r="recital", s="schedule")
    report = ak.assemble(configured(agreements=["only"]), ak.Bank.load(core=core)).report
    places = [d.message.split(" of the Only")[0] for d in report if d.code == "AK501"]
    assert places == ["party (1)", "recital (A)", "clause 1.2", "paragraph 2 of Schedule 1"]


def test_one_setting_that_is_blank_in_many_places_is_one_finding(tmp_path_factory: pytest.TempPathFactory) -> None:
    agreement = one_clause(
        tmp_path_factory.mktemp("blank") / "bank", "1.  {{ title }} and {{ title }}.\n2.  {{ title }}."
    )
    assert [(d.code, d.path) for d in agreement.report] == [("AK501", "title")]
