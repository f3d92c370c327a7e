"""The promise: what was accepted is what the agreement says when it is made again, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from proposed import added, agreements, all_paragraphs, from_text, paragraph, removed, reworded

import agreementkit as ak
from agreementkit.proposing import Proposals, WordingProposal, proposals_of
from agreementkit.proposing.changes import Reworded
from agreementkit.proposing.trying import Paragraph, paragraphs
from agreementkit.proposing.writing import inline_text
from agreementkit.returned import Edit
from agreementkit.tree.nodes import SubClause

_REPEATED = re.compile(r"-\d+(/|\Z)|~")
"""Ids of paragraphs that stand for an entry of a list each: other words for one would change them all."""


def single() -> list[Paragraph]:
    """Return the paragraphs of the founding case that are written for themselves."""
    rows = (one for one in all_paragraphs() if one.unit.kind != "row" or not one.unit.row)
    return [one for one in rows if one.text.strip() and not _REPEATED.search(one.division.id)]


def with_another_word(one: Paragraph) -> str:
    words = one.text.split(" ")
    plain = [at for at, word in enumerate(words) if word.isalpha() and word.islower()]
    if plain:
        words[plain[len(plain) // 2]] = "altered"
    return " ".join(words)


def with_one_word_more(one: Paragraph) -> str:
    words = one.text.split(" ")
    return " ".join([*words[: (len(words) + 1) // 2], "moreover", *words[(len(words) + 1) // 2 :]])


def without_a_sentence(one: Paragraph) -> str:
    if one.unit.kind == "definition":
        return one.text
    _, stop, rest = one.text.partition(". ")
    return rest if stop and rest else one.text


CHANGES: dict[str, Callable[[Paragraph], str]] = {
    "another word": with_another_word,
    "one word more": with_one_word_more,
    "a sentence less": without_a_sentence,
}


def accepted(edits: list[Edit]) -> Proposals:
    made = proposals_of(edits, agreements())
    assert {one.id: one.why for one in made if one.why} == {}
    assert len(made) == len(edits)
    assert not made.left
    return made.decide([one.id for one in made], "accepted", by="Joint Forum")


@pytest.mark.parametrize("kind", CHANGES)
def test_every_paragraph_of_the_founding_case_reads_as_accepted(kind: str, tmp_path: Path) -> None:
    chosen = single()[::2] if kind == "another word" else single()[::6]
    wanted = {one.key: new for one in chosen if (new := CHANGES[kind](one)) != one.text}
    assert len(wanted) > {"another word": 180, "one word more": 60, "a sentence less": 15}[kind]
    made = accepted([reworded(one, wanted[one.key]) for one in single() if one.key in wanted])
    made.write_pack(tmp_path / "agreed")
    bank = ak.Bank.load([tmp_path / "agreed"])
    after = paragraphs(ak.assemble(agreements().config, bank).documents[0])
    # a definition is printed as long as its term is used
    text = [one.key for one in all_paragraphs() if one.unit.kind != "definition"]
    assert [one.key for one in after if one.unit.kind != "definition"] == text
    for one in after:
        if one.key in wanted:
            assert one.reads(wanted[one.key]), one.key
    before = {one.key: one.said for one in all_paragraphs()}
    assert {one.key for one in after if one.said != before[one.key]} <= set(wanted)


def test_new_paragraphs_stand_where_they_were_put(tmp_path: Path) -> None:
    ends = [one for one in single() if isinstance(one.division, SubClause) and one.unit.kind == "text"]
    ends = [one for one in ends if not one.division.children and len(one.division.blocks) == 1][::15]
    new = {one.key: f"Rule {number} holds (see “this”), and 5 * 3 {{here}} [too]." for number, one in enumerate(ends)}
    made = accepted([added(one, new[one.key]) for one in ends])
    made.write_pack(tmp_path / "agreed")
    after = paragraphs(ak.assemble(agreements().config, ak.Bank.load([tmp_path / "agreed"])).documents[0])
    texts = [one.text for one in after]
    for one in ends:
        assert texts[texts.index(new[one.key]) - 1] == one.text
    assert len(after) == len(all_paragraphs()) + len(ends)


def test_paragraphs_that_were_struck_out_are_gone(tmp_path: Path) -> None:
    gone = [paragraph("disputes/principle"), paragraph("disputes/settlement")]
    made = accepted([removed(one) for one in gone])
    made.write_pack(tmp_path / "agreed")
    after = paragraphs(ak.assemble(agreements().config, ak.Bank.load([tmp_path / "agreed"])).documents[0])
    left = [one.key for one in all_paragraphs() if one.key not in {one.key for one in gone}]
    assert [one.key for one in after] == left


def test_what_other_words_keep_is_still_written_as_before(tmp_path: Path) -> None:
    one = paragraph("disputes/informal")
    new = one.text.replace("talk a difference through", "discuss a difference")
    accepted([reworded(one, new)]).write_pack(tmp_path / "agreed")
    text = (tmp_path / "agreed" / "clauses" / "disputes.md").read_text(encoding="utf-8")
    assert "{accredited representative}" in text
    assert '{when="not disputes.informal_first"}' in text, "the other choice of the clause stays"
    assert "[^informal-e][^informal-s]" in text, "notes stay on words of which some are left"
    assert "replace #informal" in text


def test_words_written_over_a_term_are_plain_words() -> None:
    one = paragraph("disputes/informal")
    (made,) = proposals_of([reworded(one, one.text.replace("Accredited Representative", "shop steward"))], agreements())
    assert isinstance(made, WordingProposal)
    assert made.fits
    assert made.wanted
    (change,) = made.wanted.changes
    assert isinstance(change, Reworded)
    assert "The shop steward and the manager" in inline_text(change.inlines)
    assert "{dispute}" in inline_text(change.inlines)


def test_an_entry_of_a_list_cannot_be_reworded_alone_and_says_so() -> None:
    one = next(one for one in all_paragraphs() if one.division.id.startswith("party-employers-1"))
    made = proposals_of([reworded(one, with_another_word(one))], agreements())
    (proposal,) = made
    assert "something else would change too" in proposal.why
    with pytest.raises(ak.ProposalError, match="AK811"):
        made.decide(proposal.id, "accepted")


def test_what_refers_to_a_paragraph_keeps_it() -> None:
    made = proposals_of([removed(paragraph("disputes/progress"))], agreements())
    (proposal,) = made
    assert "cannot be made then" in proposal.why


def test_a_paragraph_goes_with_what_stands_below_it_or_not_at_all() -> None:
    parent = next(one for one in all_paragraphs() if one.division.number and one.division.number.label == "2.2")
    assert parent.division.children
    alone = proposals_of([removed(parent)], agreements())
    assert "stands below" in next(iter(alone)).why
    whole = [parent, *(one for one in all_paragraphs() if one.division in parent.division.children)]
    edits = {one.key: removed(one) for one in whole}
    (together,) = proposals_of(list(edits.values()), agreements())
    assert together.fits


def test_a_wording_can_be_written_over_a_pack_that_is_there(tmp_path: Path) -> None:
    now = from_text(tmp_path)
    one = paragraph("disputes/principle")
    first = proposals_of([reworded(one, with_another_word(one))], now)
    written = first.decide([it.id for it in first], "accepted").write_all(tmp_path / "agreed")
    assert tmp_path / "agreement.yaml" in written
    again = ak.assemble(ak.Config.load(tmp_path / "agreement.yaml"))
    other = paragraph("disputes/settlement")
    second = proposals_of([reworded(one, with_another_word(one)), reworded(other, with_another_word(other))], again)
    assert [it.done for it in second] == [True, False]
    second = second.decide([it.id for it in second], "accepted")
    second.write_all(tmp_path / "agreed")
    assert sorted(path.name for path in (tmp_path / "agreed" / "clauses").iterdir()) == ["disputes-2.md", "disputes.md"]
    last = ak.assemble(ak.Config.load(tmp_path / "agreement.yaml"))
    texts = [it.text for it in paragraphs(last.documents[0])]
    assert with_another_word(one) in texts
    assert with_another_word(other) in texts
    assert (tmp_path / "agreement.yaml").read_text().count("packs:") == 1
