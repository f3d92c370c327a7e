"""The language of the bank: plain, modern, even-handed, with law spoken of as it stands."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict

import pytest
import textstat
from bank_text import Passage, count_words, notes, passages, sentences

from agreementkit import Bank
from agreementkit.assemble.compile import compile_clause
from agreementkit.bank import Kind
from agreementkit.tree.nodes import Voice

BANNED = {
    "archaism": r"\b(shall|hereby|herein|hereinafter|hereto|thereof|therein|thereto|whereas|pursuant|notwithstanding|"
    r"forthwith|aforesaid|in witness whereof|inter alia|mutatis mutandis)\b",
    "and/or": r"\band/or\b",
    "gendered word": r"\b(he|she|him|his|her|hers|himself|herself|chairman|chairmen|chairwoman|manpower|workmen|"
    r"spokesman)\b",
    "open end": r"\betc\b(?!\. Act)",
    "long way round": r"\b(prior to|in the event that|in respect of the fact|for the purpose of enabling|utilised?)\b",
    "American spelling": r"\b(labor|organization|organized|recognize[ds]?|recognition and organization|behavior|favor|"
    r"program|fulfill|judgment call)\b",
}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.load()


@pytest.fixture(scope="module")
def operative(bank: Bank) -> list[Passage]:
    return list(passages(bank))


def where(passage: Passage) -> str:
    return f"{passage.clause.file}:{passage.line}"


@pytest.mark.parametrize("kind", BANNED)
def test_the_operative_text_is_free_of(kind: str, operative: list[Passage]) -> None:
    pattern = re.compile(BANNED[kind], re.IGNORECASE)
    found = [f"{where(p)}: {m[0]}" for p in operative if (m := pattern.search(p.text))]
    assert not found


@pytest.mark.parametrize("kind", ["and/or", "gendered word", "American spelling"])
def test_the_notes_are_free_of(kind: str, bank: Bank) -> None:
    pattern = re.compile(BANNED[kind], re.IGNORECASE)
    found = [f"{where(p)}: {m[0]}" for p in notes(bank) if (m := pattern.search(p.text))]
    assert not found


def test_sentences_are_short(operative: list[Passage]) -> None:
    lengths = [(count_words(s), where(p), s) for p in operative for s in sentences(p.text)]
    assert statistics.mean(n for n, _, _ in lengths) < 17
    assert sum(n > 30 for n, _, _ in lengths) / len(lengths) < 0.06


def test_the_text_is_as_easy_to_read_as_an_agreement_can_be(operative: list[Passage]) -> None:
    """Flesch reading ease: 50 is a quality newspaper; most agreements of this kind lie well below 40."""
    text = " ".join(p.text if p.text.endswith((".", ":", ";")) else f"{p.text}." for p in operative)
    assert textstat.flesch_reading_ease(text) > 45


def test_every_clause_says_where_it_comes_from(bank: Bank) -> None:
    assert not [c.id for c in (*bank.clauses.values(), *bank.terms.values()) if not c.front.sources]


def test_every_clause_has_notes_in_three_voices(bank: Bank) -> None:
    poor = {}
    for source in bank.clauses.values():
        if source.front.kind is Kind.CLAUSE:
            voices = {note.voice for note in compile_clause(source).body.notes}
            if len(voices) < 3 or not {Voice.EMPLOYER, Voice.STAFF_SIDE} <= voices:
                poor[source.id] = sorted(voices)
    assert not poor


def test_every_variant_has_the_reasons_of_both_sides(bank: Bank) -> None:
    poor = []
    for source in bank.clauses.values():
        spoken: dict[str, set[Voice]] = defaultdict(set)
        for note in compile_clause(source).body.notes:
            for variant in [note.variant] if note.variant else source.front.variants:
                spoken[variant].add(note.voice)
        if source.front.kind is Kind.CLAUSE:
            poor += [
                f"{source.id}: {variant}"
                for variant in source.front.variants
                if not {Voice.EMPLOYER, Voice.STAFF_SIDE} <= spoken[variant]
            ]
    assert not poor


def test_pending_law_is_never_spoken_of_as_law(bank: Bank) -> None:
    """A note that cites something pending says that it is planned, or not yet in force."""
    careful = re.compile(
        r"\b(plan|planned|plans|expected|would|proposed|not (yet )?(been )?(confirmed|in force)|comes? into force|"
        r"once|enacted|future|start date|awaiting|draft|if it)\b",
        re.IGNORECASE,
    )
    bold = [
        where(p)
        for p in notes(bank)
        if p.note and any(bank.law[c].status == "pending" for c in p.note.cites) and not careful.search(p.text)
    ]
    assert not bold


def test_no_note_repeats_its_clause(bank: Bank, operative: list[Passage]) -> None:
    """No eight words in a row of a note stand in its clause; a note of law may say what the clause took from it."""

    def groups(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w’'-]+", text.lower())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    said: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for passage in operative:
        said[passage.clause.file] |= groups(passage.text)
    repeated = [
        p for p in notes(bank) if p.note and p.note.voice is not Voice.LAW and groups(p.text) & said[p.clause.file]
    ]
    assert not [where(p) for p in repeated]
