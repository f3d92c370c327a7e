"""The proof explores the options of packs, and prints them in a counterexample as a file has them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from optioned import optioned_bank
from small import clause_text

import agreementkit as ak
from agreementkit.config.options import with_options
from agreementkit.proof import prove
from agreementkit.proof.domains import domain, settings_behind
from agreementkit.proof.expressions import Asked, used
from agreementkit.proof.sets import faults

OWN = "options.anytown_icb"


def target(when: str) -> dict[str, str]:
    return {
        "a": clause_text("a", "1.  See @b/here.\n2.  More."),
        "b": clause_text("b", f'1.  Words.\n2.  Here. {{#here when="{when}"}}'),
    }


@pytest.mark.parametrize(
    ("when", "options"),
    [
        (f"{OWN}.basis == 'pool'", {"basis": "release"}),
        (f"{OWN}.paid", {"paid": False}),
        (f"{OWN}.ballot_days < 20", {"ballot_days": 20}),
        (f"'north' in {OWN}.where", {"where": ["south"]}),
        (f"not {OWN}.room", {"room": "room given"}),
    ],
)
def test_a_dangling_reference_behind_an_option_is_found(tmp_path: Path, when: str, options: dict[str, object]) -> None:
    bank = optioned_bank(tmp_path, target(when))
    proof = prove(bank, whole_sets=0)
    assert [one.finding.code for one in proof.counterexamples] == ["AK404"]
    [found] = proof.counterexamples
    assert yaml.safe_load(found.configuration)["options"] == {"anytown-icb": options}
    assert "AK404" in {one.code for one in faults(ak.Config.from_yaml(found.configuration), bank)}


def test_a_guarded_reference_is_sound(tmp_path: Path) -> None:
    clauses = target(f"{OWN}.basis == 'pool'")
    clauses["a"] = clause_text("a", f"1.  [See @b/here.]{{when=\"{OWN}.basis == 'pool'\"}} Words.\n2.  More.")
    proof = prove(optioned_bank(tmp_path, clauses), whole_sets=12)
    assert proof.ok, [one.finding.render() for one in proof.counterexamples]


def test_whole_sets_take_no_value_that_a_pack_refuses(tmp_path: Path) -> None:
    when = f"{OWN}.room == ' ' or {OWN}.ballot_days > 900"
    clauses = {"a": clause_text("a", f'1.  Words.\n2.  More. {{when="{when}"}}')}
    assert prove(optioned_bank(tmp_path, clauses), whole_sets=12).ok


def test_values_of_an_option_keep_its_bounds(tmp_path: Path) -> None:
    root = with_options(optioned_bank(tmp_path).options)
    looked_at = used((Asked(f"{OWN}.ballot_days > 29 or {OWN}.from_day > '2026-04-01'", {}),))
    assert set(settings_behind(looked_at, root)) == {f"{OWN}.ballot_days", f"{OWN}.from_day"}
    assert set(domain(f"{OWN}.ballot_days", (), looked_at, root)) == {10, 5, 28, 29, 30}
    days = domain(f"{OWN}.from_day", (), looked_at, root)
    assert days[0] is None
    assert "2026-03-31" in {str(day) for day in days}
