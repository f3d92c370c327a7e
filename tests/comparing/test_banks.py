"""Two banks side by side: which clauses each has, and how their wordings differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small import SMALL, small_bank

import agreementkit as ak

AMENDMENT = """---
amends: time-off
version: "2.5"
base: "1.0"
because: Managers asked for the form.
---
## after #duties

1.  The request is made on the form. {#form when="forum.meetings_a_year > 2"}

## notes

[^form]: {voice=employer on=#form} A form is quicker for both.
"""
OWN = """---
id: parking
version: "1.0"
title: Parking
---
1.  A representative may park at {{ forum.name }}. {#where}
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> ak.Bank:
    pack = tmp_path_factory.mktemp("packs") / "anytown"
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: anytown\ntitle: Anytown\nversion: "1.0"\n', encoding="utf-8")
    (pack / "time-off.md").write_text(AMENDMENT, encoding="utf-8")
    (pack / "parking.md").write_text(OWN, encoding="utf-8")
    (pack / "precedents").mkdir()
    (pack / "precedents" / "recognition.yaml").write_text(
        'amends: recognition\nbase: "1.0"\nbecause: It is ours.\ninsert: [{after: time-off, ids: [parking]}]\n', "utf-8"
    )
    return ak.Bank.load([pack], core=SMALL)


def test_a_bank_and_itself_are_the_same() -> None:
    found = ak.compare(small_bank(), small_bank())
    assert found.same
    assert found.summary == "Nothing differs."


def test_what_a_pack_adds_and_changes_is_shown_in_its_words(changed: ak.Bank) -> None:
    found = ak.compare(small_bank(), changed, names=("core", "anytown"))
    assert [(one.id, one.how) for one in found.changes] == [("parking", "added"), ("time-off", "changed")]
    assert found.summary == "1 added; 1 changed; 1 outline changed."
    text = found.text()
    assert "#form {+The request is made on the form.+}" in text
    assert "#where {+A representative may park at forum.name.+}" in text
    assert "{+parking+}" in text
    assert "with anytown 2.5" in text
    assert "quicker" not in text


def test_notes_are_compared_when_asked_for(changed: ak.Bank) -> None:
    assert "{+A form is quicker for both.+}" in ak.compare(small_bank(), changed, notes=True).text()


def test_the_other_way_round_it_is_removed(changed: ak.Bank) -> None:
    found = ak.compare(changed, small_bank())
    assert [(one.id, one.how) for one in found.changes] == [("parking", "removed"), ("time-off", "changed")]


def test_the_ways_to_look_agree(changed: ak.Bank) -> None:
    found = ak.compare(small_bank(), changed)
    data = json.loads(json.dumps(found.as_dict()))
    assert [one["id"] for one in data["clauses"]] == [row["id"] for row in found.table()] == ["parking", "time-off"]
    assert "<ins>The request is made on the form.</ins>" in found.markdown()
    assert "The request is made on the form." in found.html()


def test_a_withdrawn_clause_says_who_withdrew_it_and_why() -> None:
    pack = Path(__file__).parents[2] / "examples" / "packs" / "anyshire-icb"
    found = ak.compare(ak.Bank.load(), ak.Bank.load([pack]))
    (gone,) = [one for one in found.changes if one.how == "removed"]
    assert gone.id == "change-timetable"
    assert gone.remark.startswith("withdrawn by anyshire-icb: The change notice")
