"""One world of each kind says as much as all of them: the proof finds the same whether it skips the others or not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import SMALL, clause_text, write_bank

import agreementkit as ak
from agreementkit.assemble.expressions import parse
from agreementkit.config import Config
from agreementkit.proof import Proof, prove
from agreementkit.proof.domains import BEHIND
from agreementkit.proof.expressions import Asked
from agreementkit.proof.kinds import _ALSO_READ, Asking, Kinds, filled, truth
from agreementkit.proof.worlds import SET, Worlds, least

BODIES = (
    '1.  [A large pool.]{when="time_off.pool_hours > 100"} More.\n2.  {{ forum.papers_days }} days.',
    '1.  A pool. {when="time_off.pool_hours"}\n2.  An office. {when="facilities.office == \'dedicated\'"}',
    '1.  These:\n    1.  {{ union.short }}; {each="union in unions" when="union.partner and not forum.negotiates"}',
    '1.  [Here.]{when="several_unions"} [There.]{when="forum.meetings_a_year > 4 or \'b\' is present"}',
    '1.  [See @b.]{when="forum.negotiates"} Words.\n2.  {{ board }} and {{ forum.negotiates }}.',
)


def told(proof: Proof) -> str:
    return re.sub(r"seconds=[\d.e-]+", "", repr(proof))


@pytest.mark.parametrize("body", BODIES)
def test_the_report_is_the_same_without_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    clauses = {
        "a": clause_text("a", body),
        "b": clause_text("b", "1.  Words.\n2.  More.", front="when: legal_status == 'binding' or several_employers\n"),
    }
    bank = ak.Bank.load(core=write_bank(tmp_path / "bank", clauses))
    for most in (20_000, 5):  # exact, and rows with more at random
        quick = told(prove(bank, exact_up_to=most, whole_sets=0))
        with monkeypatch.context() as plain:
            plain.setattr(Kinds, "is_sound", lambda _self, _kind: False)
            assert told(prove(bank, exact_up_to=most, whole_sets=0)) == quick


def test_far_fewer_worlds_are_looked_at_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bool] = []
    is_sound = Kinds.is_sound
    monkeypatch.setattr(Kinds, "is_sound", lambda self, kind: looked.append(is_sound(self, kind)) or looked[-1])
    prove(ak.Bank.load(core=SMALL), whole_sets=0)
    assert looked.count(True) > 0, "nothing is ever skipped"


def test_values_that_no_answer_tells_apart_are_one() -> None:
    asking = Asking(Worlds("partnership"))
    found = {"forum.papers_days": (0, 3, 4, 5), "forum.negotiates": (True, False)}
    asked = [Asked("forum.papers_days > 3", {}), Asked("forum.negotiates", {})]
    assert asking.kinds(asked, found, found, truth).numbers == ((0, 0, 1, 1), (0, 1))
    printed = [Asked("forum.papers_days", {}, decides=False), *asked[1:]]
    assert asking.kinds(printed, found, found, filled).numbers == ((0, 0, 0, 0), (0, 1))
    wording = [Asked("'a' if forum.papers_days == 3 else 'b:'", {}, decides=False), *asked[1:]]
    assert not isinstance(parse(wording[0].text), str)
    assert asking.kinds(wording, found, found, filled).numbers == ((0, 1, 0, 0), (0, 1)), "words that differ count"


def test_a_kind_is_sound_with_the_answers_and_no_other() -> None:
    asking = Asking(Worlds("partnership"))
    found = {"forum.papers_days": (0, 5), "forum.minutes_days": (0, 5)}
    asked = [Asked("forum.papers_days > 3 or forum.minutes_days > 3", {})]
    kinds = asking.kinds(asked, found, found, truth)
    kinds.found_sound((0, 1))
    assert [kind for kind, _ in kinds.every() if kinds.is_sound(kind)] == [(0, 1), (1, 0), (1, 1)]
    rows = [dict(zip(found, values, strict=True)) for values in ((5, 0), (0, 0), (5, 5))]
    assert list(kinds.of(rows)) == [((1, 0), (5, 0)), ((0, 0), (0, 0)), ((1, 1), (5, 5))]


class _Reading:
    """A configuration that notes what is read of it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(self._config, name)


def test_what_a_configuration_works_out_reads_nothing_but_what_is_known() -> None:
    for name, computed in Config.model_computed_fields.items():
        for config in (least(), least().model_copy(update={"headcount": 5})):
            reading = _Reading(config)
            computed.wrapped_property.fget(reading)  # type: ignore[misc]  # a property has one
            known = {name, *_ALSO_READ.get(name, ()), *(base.split(".")[0] for base in BEHIND.get(name, ()))}
            assert reading.read <= known, f"{name} hangs on more than the proof knows: {reading.read - known}"
            assert SET not in reading.read
