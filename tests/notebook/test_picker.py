"""The variants of a clause side by side, and the widget that shows them."""

from __future__ import annotations

import pytest
from built import ROOT

import agreementkit as ak
from agreementkit.notebook import choices, variant_picker

SET = ak.assemble(ak.Config.load(ROOT / "examples" / "minimal.yaml"))


def test_every_variant_has_its_words_and_its_condition() -> None:
    found = choices(SET, "time-off")
    assert [one.variant for one in found if one.chosen] == ["reasonable"]
    assert {one.variant for one in found} == set(SET.bank["time-off"].front.variants)
    assert len({one.text for one in found}) == len(found)
    pool = next(one for one in found if one.variant == "pool")
    assert pool.condition == "time_off.basis == 'pool'"
    assert pool.notes
    assert "pool" in pool._repr_html_()


def test_a_clause_with_one_wording_has_no_choice() -> None:
    with pytest.raises(ak.AssemblyError, match="AK269"):
        choices(SET, "access")


def test_the_widget_shows_what_is_picked() -> None:
    picker, shown = variant_picker(SET, "time-off").children
    assert picker.value == "reasonable"
    before = shown.value
    picker.value = "pool"
    assert shown.value != before
    assert "time_off.basis == &#x27;pool&#x27;" in shown.value
