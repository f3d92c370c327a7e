"""What the cases of the checks on terms cannot show: trees from elsewhere, sets without definitions, many names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from check_cases import made
from small import LEAST

import agreementkit as ak
from agreementkit.checks import Scene
from agreementkit.checks.kinds import Check
from agreementkit.checks.structure import CHECKS as STRUCTURE
from agreementkit.checks.terms import CHECKS as TERMS
from agreementkit.tree.nodes import Clause, DefinitionEntry

DAY = {"kind": "definition", "front": 'term: "Working Day"', "body": "means a day from Monday to Friday."}
ANSWERS = {
    "working-day": DAY,
    "words": "These words have the meanings given here:\n\n[[definitions]]",
    "answers": "1.  The ICB will answer within five {working days}.\n2.  A reminder is answered in two Working Days.",
}


def check(code: str) -> Check:
    return next(one for one in (*TERMS, *STRUCTURE) if one.code == code)


def test_a_term_whose_definition_is_not_printed_is_found_in_a_tree_from_elsewhere(tmp_path: Path) -> None:
    scene = made({"clauses": ANSWERS}, tmp_path).scene
    document = scene.documents[0]
    assert not list(check("AK502").look(scene))
    words = document.body[0]
    assert isinstance(words, Clause)
    bare = replace(words, blocks=tuple(b for b in words.blocks if not isinstance(b, DefinitionEntry)))
    torn = Scene(scene.config, scene.bank, [replace(document, body=(bare, *document.body[1:]))], dt.date(2026, 1, 1))
    assert ["Working Days" in found.message for found in check("AK502").look(torn)] == [True]


@pytest.mark.parametrize("code", ["AK502", "AK504", "AK507", "AK508", "AK509"])
def test_a_set_without_definitions_has_no_terms_to_check(code: str, tmp_path: Path) -> None:
    plain = made({"config": {"document": {"definitions": "none"}}, "clauses": ANSWERS}, tmp_path)
    assert not list(check(code).look(plain.scene))


def test_labels_with_the_same_words_are_one_finding_that_names_both_settings() -> None:
    config = ak.Config.model_validate({**LEAST, "labels": {"staff_side": "Side", "employer_side": "Side"}})
    found = list(check("AK505").look(ak.assemble(config).scene))
    assert len(found) == 1
    assert found[0].path in ("labels.staff_side", "labels.employer_side")
    assert "labels.staff_side" in " ".join(found[0].hints)
    assert "labels.employer_side" in " ".join(found[0].hints)


@pytest.mark.parametrize(
    "labels",
    [
        {"unions": "Trade Union", "staff_side": "Trade Union Side", "representative": "union representative"},
        {"unions": "Union", "employer": "Council", "employer_side": "Managers", "full_time_officer": "union official"},
        {"employer": "Trust", "staff": "people", "staff_side": "Joint Unions", "representative": "steward"},
    ],
)
def test_words_of_a_setting_are_not_taken_for_unmarked_terms(labels: dict[str, str]) -> None:
    forum = {"name": "Joint Committee", "short": "Committee"}
    config = ak.Config.model_validate({**LEAST, "labels": labels, "forum": forum, "forms": ["legal-summary"]})
    scene = ak.assemble(config).scene
    assert not [found.message for one in TERMS for found in one.look(scene)]


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("under clause 7.2(a) of the Only Agreement", True),
        ("under paragraph (b)", True),
        ("in Schedule 2", True),
        ("see the section below", True),
        ("under section 168(1) of the Employment Rights Act 1996", False),
        ("under Schedule 2 to the Employment Rights Act 1996", False),
        ("under section 25 of the NHS Handbook", False),
        ("under clause 4 of the lease", False),
        ("at the stage above it, on schedule", False),
    ],
)
def test_typed_references_are_told_from_references_to_other_texts(words: str, typed: bool, tmp_path: Path) -> None:
    scene = made({"clauses": {"pay": f"1.  Time off {words} is paid.\n2.  It is asked for."}}, tmp_path).scene
    assert bool(list(check("AK511").look(scene))) is typed
