"""Standing text is shared between agreements, and nobody can tell from what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import clause_text, configured, small_bank, write_bank

import agreementkit as ak
from agreementkit.assemble import budget
from agreementkit.assemble.compile import compile_clause, template_text
from agreementkit.assemble.definitions import _PLAIN_WORDS
from agreementkit.assemble.fill import Filler
from agreementkit.assemble.select import choose
from agreementkit.assemble.standing import MAX_WAYS, Ways, ways_of
from agreementkit.assemble.tidy import MAX_KEPT, tidy
from agreementkit.assemble.values import Evaluator, Names, outcomes
from agreementkit.diagnostics import Place
from agreementkit.reader.template import Condition
from agreementkit.tree.nodes import Document, Text
from agreementkit.tree.walk import block_inlines, plain_text, subtree

BODY = """\
1.  Words that [stand][^a] for all: {#one}
    1.  first;
    2.  second [*with*][^b] emphasis; and
    3.  third.
2.  Told to {{ employers | map(attribute='name') | and_list }}: {#two}
    1.  [marked][^c] words; and
    2.  only there; {#there when="several_employers"}
    3.  last  words , spaced.
3.  As {{ union.name }} says: {each="union in unions"}
    1.  [it][^d] stands;
    2.  below what is repeated.
4.  As follows:

    | What | When |
    | --- | --- |
    | [this][^e] | always |
    {caption="What and when"}

[^a]: {voice=law} On words.
[^b]: {voice=joint} With a {{ employers | length | words }} in it.
[^c]: {voice=employer} On *marked* words.
[^d]: {voice=drafter} On it.
[^e]: {voice=staff-side} In a table.
[^f]: {voice=drafter on=#one} On a paragraph.
[^g]: {voice=drafter on=#there} On one that may go.
"""


def filled(config: ak.Config, bank: ak.Bank, *, share: bool) -> list[object]:
    """Return what comes of every clause of a bank, each filled twice."""
    out: list[object] = []
    names = Names.of(config, "only", bank.options)
    for source in bank:
        chosen = choose(source, names, Evaluator([]))
        for _ in range(2 if chosen else 0):
            assert chosen is not None
            found: list[ak.Diagnostic] = []
            filler = Filler(chosen, names, source.id, found, share=share)
            made = filler.fill()
            out.append((made.blocks, made.children, made.notes, filler.title(), filler.own_origin(), found))
            out.append(names.budget.letters)
    assert out, "nothing was chosen"
    return out


@pytest.mark.parametrize("employers", [1, 2])
def test_shared_text_is_what_is_filled_afresh(tmp_path: Path, employers: int) -> None:
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", BODY)}))
    several = [{"name": f"Trust {n}", "short": f"T{n}", "kind": "trust"} for n in range(employers)]
    config = configured(agreements=["only"], employers=several, unions=["unison", "rcn"])
    assert filled(config, bank, share=True) == filled(config, bank, share=False)
    assert filled(config, bank, share=True) == filled(config, bank, share=False), "and so it is once more"


def test_shared_text_of_the_small_bank_is_what_is_filled_afresh() -> None:
    bank, config = small_bank(), configured()
    assert filled(config, bank, share=True) == filled(config, bank, share=False)


def test_text_is_shared_between_agreements_of_different_organisations(tmp_path: Path) -> None:
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", BODY)}))

    def note(name: str) -> Document:
        employer = {"name": name, "short": "E", "kind": "trust"}
        return ak.assemble(configured(agreements=["only"], employers=[employer]), bank)["only"].document

    one, two = note("Anytown Trust"), note("Othertown Trust")
    first, other = (document.body[0].children[0].children[0] for document in (one, two))
    assert first.blocks[0] is other.blocks[0]
    assert "Anytown" in str(one)
    assert "Anytown" not in str(two)
    assert "Anytown" not in str(compile_clause(bank["x"]).standing), "no organisation's values are kept"


def test_what_stands_is_told_from_what_varies(tmp_path: Path) -> None:
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", BODY)}))
    clause = compile_clause(bank["x"])
    assert [ways_of(item) is not None for item in clause.body.sections[0].items] == [True, False, False, True]
    ak.assemble(configured(agreements=["only"]), bank)
    (standing,) = clause.standing.values()
    assert None in standing.parts.values()
    assert any(ways and ways.made for ways in standing.parts.values())


def test_standing_text_counts_in_the_measure_of_an_agreement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", "1.  Twelve signs.\n2.  Twelve signs.")}))
    config = configured(agreements=["only"])
    ak.assemble(config, bank)  # all of it is known from here on
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (budget.MAX_TURNS, 20, False))
    with pytest.raises(ak.AssemblyError) as error:
        ak.assemble(config, bank)
    assert [one.code for one in error.value.diagnostics] == ["AK249"]


def test_a_list_that_loses_its_last_item_ends_well_and_is_whole_again_after(tmp_path: Path) -> None:
    body = '1.  These:\n    1.  one;\n    2.  two; and\n    3.  three. {when="several_employers"}'
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", body)}))

    def ends(employers: int) -> list[str]:
        several = [{"name": f"Trust {n}", "short": f"T{n}", "kind": "trust"} for n in range(employers)]
        document = ak.assemble(configured(agreements=["only"], employers=several), bank)["only"].document
        return [plain_text(one) for item in subtree(document.body[0]) for b in item.blocks for one in block_inlines(b)]

    for _ in range(2):
        assert ends(1) == ["These:", "one; and", "two."]
        assert ends(2) == ["These:", "one;", "two; and", "three."]


ASKING = """\
1.  All of it: {#one}
    1.  [for [several][^a]]{when="several_employers"} [for one]{when="not several_employers"} employer;
    2.  only there; {#there when="several_employers"}
    3.  only [here][^b]; {#here when="not several_employers"}
    4.  last.
2.  [Gone.]{when="several_employers"}
3.  For each of them: {each="union in unions"}
    1.  nurses [only][^c]; {#nurses when="union.short == 'RCN'"}
    2.  others [too][^d]. {#others when="union.short != 'RCN'"}
4.  As follows:

    | What | When |
    | --- | --- |
    | [this][^e] | always |
    | {when="several_employers"} that | sometimes |
    {caption="What and when"}

[^a]: {voice=law} On several.
[^b]: {voice=joint} [On one.]{when="not several_employers"}
[^c]: {voice=employer} On nurses.
[^d]: {voice=drafter} On others.
[^e]: {voice=staff-side} In a table. [For several.]{when="several_employers"}
[^f]: {voice=drafter on=#nurses} On an item below what is repeated.
[^g]: {voice=drafter on=#there} On either.
"""


def test_text_with_conditions_is_kept_for_each_way_and_is_what_is_filled_afresh(tmp_path: Path) -> None:
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", ASKING)}))
    for _ in range(2):
        for unions in (["rcn", "unison"], ["unison", "rcn"], ["unison"]):
            for employers in (1, 2):
                several = [{"name": f"Trust {n}", "short": f"T{n}", "kind": "trust"} for n in range(employers)]
                config = configured(agreements=["only"], employers=several, unions=unions)
                assert filled(config, bank, share=True) == filled(config, bank, share=False)
    kept = [ways for one in compile_clause(bank["x"]).standing.values() for ways in one.parts.values()]
    assert any(ways is not None and ways.asked and len(ways.made) == 2 for ways in kept)


def test_only_so_many_ways_are_kept(tmp_path: Path) -> None:
    words = " ".join(f"[w{n}]{{when=\"reference == 'r{n}'\"}}" for n in range(3 * MAX_WAYS))
    words = words.replace("reference", "document.reference")
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", f"1.  Always {words}.")}))
    for n in range(3 * MAX_WAYS):
        config = configured(agreements=["only"], document={"reference": f"r{n}"})
        assert f"Always w{n}." in str(ak.assemble(config, bank)["only"].document)
    (standing,) = compile_clause(bank["x"]).standing.values()
    assert max(len(ways.made) for ways in standing.parts.values() if isinstance(ways, Ways)) == MAX_WAYS


def test_a_condition_that_fails_behind_one_that_is_false_is_no_fault(tmp_path: Path) -> None:
    names = Names({"years": None, "given": False}, {})
    assert outcomes(("given", "years > 3"), names) is None
    assert outcomes(("given", "not years"), names) == (False, True)
    item = '1.  Always [given [long]{when="dates.commencement > dates.agreement"}]{when="dates.commencement"}.'
    bank = ak.Bank.load(core=write_bank(tmp_path, {"x": clause_text("x", item)}))
    for _ in range(2):
        assert "Always." in str(ak.assemble(configured(agreements=["only"]), bank)["only"].document)


def test_what_an_expression_comes_to_goes_on_to_the_next_agreement_unless_it_is_its_own() -> None:
    bank, config = small_bank(), configured()
    one, other = Names.of(config, "one", bank.options), Names.of(config, "other", bank.options)
    asked = ("precedent == 'one'", "'gone' is present", "employers | length")
    for text in asked:
        Evaluator([]).evaluate(text, one, None)
    assert set(one.known) == set(asked)
    assert other.knowing(one).known == {"employers | length": len(config.employers)}
    assert not Evaluator([]).holds(Condition(asked[0], Place("x.md", 1)), other)


@pytest.mark.parametrize("text", ["Working Day", "Working  Day", " Day", "a*b*", "{{ x }}", "e-mail", "_a_", "Day\n"])
def test_only_words_that_read_as_they_are_written_are_plain(text: str) -> None:
    found: list[ak.Diagnostic] = []
    read = template_text(text, Place("x.md", 1), found)
    assert bool(_PLAIN_WORDS.fullmatch(text)) == (text == "Working Day")
    assert (read == (Text(text),)) or not _PLAIN_WORDS.fullmatch(text)
    assert not found


@pytest.mark.parametrize("length", [1, MAX_KEPT + 1])
def test_spaces_that_pruning_leaves_go_from_short_and_long_text(length: int) -> None:
    words = "w" * length
    for _ in range(2):
        assert tidy([Text(f" {words}  and"), Text(" , so "), Text("")]) == (Text(f"{words} and, so"),)
