"""A bank that is read only as far as it is asked says the same as one that is read whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from check_cases import made
from small import LEAST

import agreementkit as ak
from agreementkit import cache as cache_module
from agreementkit.bank import listing
from agreementkit.bank.kept import KeptClause
from agreementkit.checks import check_set
from agreementkit.checks.terms.bank_text import BankText, printing
from agreementkit.checks.terms.script import key_of

PACKS = sorted((Path(__file__).parents[2] / "examples" / "packs").glob("*/pack.yaml"))
_USED = re.compile(r"(?<![{\]])\{([A-Za-z][A-Za-z0-9 -]*)(?:\(s\))?(?:\|[^{}]*)?\}|\|\s*(working_days)\b")
TERMS = {
    "sun": {"kind": "definition", "front": 'term: "Sun"', "body": "means what the {moon} goes round."},
    "moon": {"kind": "definition", "front": 'term: "Moon"', "body": "means what goes round the {sun}. A {moon} is."},
    "star": {"kind": "definition", "front": 'term: "Star"\nalso: [asterism]', "body": "means a far {planet}."},
    "planet": {"kind": "definition", "front": 'term: "Planet"', "body": "means a {comet} without a tail."},
    "comet": {"kind": "definition", "front": 'term: "Comet"', "body": "means a small thing."},
    "words": "These words have the meanings given here:\n\n[[definitions]]",
    "sky": "1.  An {asterism|Asterism} and a {Comet} shine.[^1]\n\n[^1]: {voice=drafter} Not the {sun}.",
}


def whole(bank: ak.Bank) -> Counter[tuple[str, str]]:
    """Return how often each definition ("" for anything else) uses each definition, with every file read."""
    keys = {key_of(key.lower().replace(" ", "-")): t.id for t in bank.terms.values() for key in (t.id, *t.front.also)}
    uses: Counter[tuple[str, str]] = Counter()
    texts = [("", line) for one in bank.precedents.values() for line in (*one.outline.subtitle, *one.outline.opening)]
    for source in (*bank.clauses.values(), *bank.terms.values()):
        by = source.id if source.is_definition else ""
        lines = (source.front.title, source.front.term, source.front.plural, *printing(source))
        texts.append((by, "\n".join(lines)))
    for by, text in texts:
        for key, days in _USED.findall(text):
            id_ = keys.get(key_of("working-day" if days else "-".join(key.lower().split())))
            if id_ and id_ != by:
                uses[by, id_] += 1
    return uses


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> list[ak.Bank]:
    odd = made({"clauses": TERMS}, tmp_path_factory.mktemp("odd")).scene.bank
    return [odd, ak.Bank.load(), ak.Bank.load([PACKS[0].parent])]


def test_definitions_are_used_as_often_as_the_whole_bank_says(banks: list[ak.Bank]) -> None:
    for bank in banks:
        text, uses = BankText(bank), whole(bank)
        for id_ in bank.terms:
            assert text.used_once(id_) == (sum(n for (_, to), n in uses.items() if to == id_) == 1), id_
        reached = {placed.outline.definition for placed in bank.precedents.values()} & set(bank.terms)
        reached |= {to for by, to in uses if not by}
        while more := {to for by, to in uses if by in reached} - reached:
            reached |= more
        assert [one.id for one in text.unreached] == [id_ for id_ in bank.terms if id_ not in reached]


def test_a_circle_that_no_clause_leads_to_is_unreached(banks: list[ak.Bank]) -> None:
    text = BankText(banks[0])
    assert {"sun", "moon"} <= {one.id for one in text.unreached}
    assert {"star", "planet", "comet"}.isdisjoint(one.id for one in text.unreached)
    assert [text.used_once(id_) for id_ in ("star", "planet", "comet", "moon")] == [True, True, False, True]


@pytest.mark.parametrize("stem", ["shine", "far", "shin", "tail", "asterism", "comet", "sub-committee", "zebra", "ha"])
def test_words_in_small_letters_are_those_of_the_whole_bank(stem: str, banks: list[ak.Bank]) -> None:
    pattern = re.compile(rf"\b{re.escape(stem)}(?:s|es)?\b")
    for bank in banks:
        lines = (line for source in (*bank.clauses.values(), *bank.terms.values()) for line in source.body)
        assert BankText(bank).writes_small(stem) == (pattern.search("\n".join(lines)) is not None)


def test_checks_make_no_clause_that_the_agreement_has_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTKIT_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(listing, "YOUNG", 0)
    cache_module._opened.cache_clear()
    core = tmp_path / "core"
    clauses = core / "clauses"
    clauses.mkdir(parents=True)
    (core / "pack.yaml").write_text('id: core\ntitle: A core\nversion: "1.0.0"\nlicence: CC-BY-4.0\n')
    (core / "law.yaml").write_text("version: 1\nchecked: 2026-01-01\nentries: []\nsources: {}\nfloors: []\n")
    for number in range(40):
        head = f'---\nid: a{number}\nversion: "1.0"\ntitle: Title {number}\n---\n\n'
        (clauses / f"a{number}.md").write_text(f"{head}1.  The Odd Number {number} of the ICB counts. {{#p}}\n")
    (core / "precedents").mkdir()
    outline = 'id: one\nversion: "1.0"\ntitle: An Agreement\nshort: Agreement\nstem: one\nbody: [a1, a3]\n'
    (core / "precedents" / "one.yaml").write_text(outline)
    ak.Bank.load(core=core)
    again = ak.Bank.load(core=core)
    done = ak.assemble(ak.Config.model_validate({**LEAST, "agreements": ["one"]}), again)
    check_set(done.scene)
    assert all(isinstance(source, KeptClause) for source in again.clauses.values())
    assert [id_ for id_, source in again.clauses.items() if _is_made(source)] == ["a1", "a3"]
    cache_module._opened.cache_clear()


def _is_made(source: object) -> bool:
    try:
        object.__getattribute__(source, "body")
    except AttributeError:
        return False
    return True
