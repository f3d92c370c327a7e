"""The proof finds what is planted in a bank, with a small configuration; and finds nothing in a sound one."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from small import SMALL, clause_text, write_bank

import agreementkit as ak
from agreementkit.proof import Proof, prove
from agreementkit.proof.covering import pairwise
from agreementkit.proof.domains import domain
from agreementkit.proof.expressions import Asked, used
from agreementkit.proof.minimise import minimised
from agreementkit.proof.sets import faults

PLAIN = "1.  Always here.\n2.  And here."


def proof_of(tmp_path: Path, clauses: dict[str, str], **kinds: str) -> Proof:
    return prove(ak.Bank.load(core=write_bank(tmp_path / "bank", clauses, **kinds)), whole_sets=0)


def the_counterexample(tmp_path: Path, clauses: dict[str, str], code: str, **kinds: str) -> dict[str, object]:
    """Return the configuration found, without what every configuration has; it really has the fault."""
    bank = ak.Bank.load(core=write_bank(tmp_path / "bank", clauses, **kinds))
    proof = prove(bank, whole_sets=0)
    assert [one.finding.code for one in proof.counterexamples] == [code], [c.finding for c in proof.counterexamples]
    [found] = proof.counterexamples
    again = ak.Config.from_yaml(found.configuration)
    assert code in {one.code for one in faults(again, bank)}
    given_ = yaml.safe_load(found.configuration)
    return {key: value for key, value in given_.items() if key not in ("employers", "unions", "agreements")}


def test_a_sound_bank_is_sound() -> None:
    proof = prove(ak.Bank.load(core=SMALL), whole_sets=12)
    assert proof.ok, [one.finding.render() for one in proof.counterexamples]
    assert [claim.how for claim in proof.claims] == ["exact", "search", "exact", "search", "search"]
    assert sum(claim.worlds for claim in proof.claims) > 300


def test_a_reference_whose_target_may_be_gone(tmp_path: Path) -> None:
    clauses = {
        "a": clause_text("a", "1.  See @b/pool.\n2.  More."),
        "b": clause_text("b", '1.  Words.\n2.  A pool. {#pool when="time_off.pool_hours"}'),
    }
    assert the_counterexample(tmp_path, clauses, "AK404") == {}, "the usual configuration has no pool"
    clauses["a"] = clause_text("a", '1.  Here.\n2.  [See @b/pool.]{when="time_off.pool_hours"} More.')
    assert proof_of(tmp_path / "guarded", clauses).ok


def test_a_reference_to_a_clause_that_one_option_leaves_out(tmp_path: Path) -> None:
    clauses = {
        "a": clause_text("a", "1.  See @b.\n2.  More."),
        "b": clause_text("b", PLAIN, front="when: \"legal_status != 'binding'\"\n"),
    }
    assert the_counterexample(tmp_path, clauses, "AK404") == {"legal_status": "binding"}
    clauses["a"] = clause_text("a", "1.  [See @b.]{when=\"'b' is present\"} More.\n2.  More.")
    assert proof_of(tmp_path / "guarded", clauses).ok


def test_a_term_whose_definition_one_option_leaves_out(tmp_path: Path) -> None:
    clauses = {
        "a": clause_text("a", "1.  These:\n\n    [[definitions]]\n\n2.  The {thing}."),
        "thing": clause_text("thing", "means it.", kind="definition", front="term: Thing\nwhen: forum.negotiates\n"),
    }
    found = the_counterexample(tmp_path, clauses, "AK401", thing="definition")
    assert found == {"forum": {"negotiates": False}} or found == {}


def test_variants_that_overlap_or_leave_a_gap(tmp_path: Path) -> None:
    front = "variants:\n  one: several_unions\n  two: several_employers\n"
    body = "## one\n\n1.  One.\n2.  Two.\n\n## two\n\n1.  One.\n2.  Two."
    bank = ak.Bank.load(core=write_bank(tmp_path / "bank", {"a": clause_text("a", body, front=front)}))
    proof = prove(bank, whole_sets=0)
    assert {one.finding.code for one in proof.counterexamples} == {"AK307"}
    messages = " ".join(one.finding.message for one in proof.counterexamples)
    assert "fit at once" in messages or "no variant fits" in messages


def test_a_clause_that_may_be_empty(tmp_path: Path) -> None:
    body = '1.  A pool. {when="time_off.pool_hours"}\n2.  An office. {when="facilities.office == \'dedicated\'"}'
    found = the_counterexample(tmp_path, {"a": clause_text("a", body), "b": clause_text("b", PLAIN)}, "AK308")
    assert found.get("time_off", {}).get("pool_hours") is None  # type: ignore[attr-defined]


def test_an_expression_that_fails_without_a_value(tmp_path: Path) -> None:
    body = '1.  Words.\n2.  [A large pool.]{when="time_off.pool_hours > 100"} More.'
    assert the_counterexample(tmp_path, {"a": clause_text("a", body)}, "AK305") == {}


def test_two_settings_that_only_together_do_harm(tmp_path: Path) -> None:
    clauses = {
        "a": clause_text("a", '1.  [See @b/here.]{when="forum.negotiates"} Words.\n2.  More.'),
        "b": clause_text("b", '1.  Words.\n2.  Here. {#here when="not equality.public_duty"}'),
    }
    found = the_counterexample(tmp_path, clauses, "AK404")
    assert found["equality"] == {"public_duty": True}
    assert set(found) <= {"equality", "forum"}


# --------------------------------------------------------------------------------------------------- its parts


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=9), st.integers(0, 3))
def test_rows_cover_every_pair(sizes: list[int], seed: int) -> None:
    found = {f"v{n}": tuple(range(size)) for n, size in enumerate(sizes)}
    rows = list(pairwise(found, seed))
    assert rows == list(pairwise(found, seed))
    for one, other in itertools.combinations(found, 2):
        assert {(row[one], row[other]) for row in rows} == set(itertools.product(found[one], found[other]))
    for name, values in found.items():
        assert {row[name] for row in rows} == set(values)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_only_what_is_needed_is_left(needed: set[int], more: set[int]) -> None:
    assignment = {f"v{n}": n for n in needed | more}
    left = minimised(assignment, lambda other: {f"v{n}" for n in needed} <= set(other))
    assert set(left) == {f"v{n}" for n in needed}


@pytest.mark.parametrize(
    ("expression", "path", "values"),
    [
        ("forum.negotiates", "forum.negotiates", {True, False}),
        ("consultation.days > 30", "consultation.days", {29, 30, 31}),
        ("dates.agreement >= '2026-04-06'", "dates.agreement", {None}),
        ("legal_status == 'binding'", "legal_status", {"binding"}),
    ],
)
def test_values_lie_around_what_is_compared(expression: str, path: str, values: set[object]) -> None:
    looked_at = used((Asked(expression, {}),))
    assert path in looked_at.settings
    assert values <= set(domain(path, (), looked_at))


def test_days_before_and_after_are_tried() -> None:
    looked_at = used((Asked("dates.agreement >= '2026-04-06'", {}),))
    days = {str(day) for day in domain("dates.agreement", (), looked_at)}
    assert {"2026-04-05", "2026-04-06"} <= days


def test_what_is_asked_of_an_entry_is_varied() -> None:
    looked_at = used((Asked("union.local_representatives", {"union": "unions"}),))
    assert looked_at.settings == {"unions.local_representatives"}
    lists = domain("unions", ("local_representatives",), looked_at)
    told = {one[0].get("local_representatives") for one in lists if one and isinstance(one[0], dict)}
    assert {True, False} <= told
    assert {len(one) for one in lists} >= {1, 2}
