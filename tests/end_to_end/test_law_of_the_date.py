"""Notes speak of the law of the agreement's own date: a text of 2013 knows nothing of 2026."""

from __future__ import annotations

import pytest
from built import EXAMPLES

from agreementkit import Config, assemble
from agreementkit.bank.law import Standing


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_note_cites_law_of_another_time(path: object) -> None:
    config = Config.load(str(path))
    every_note = config.model_copy(update={"notes": config.notes.model_copy(update={"detail": "full"})})
    agreements = assemble(every_note)
    day = agreements.config.dates.agreement
    if day is None:
        pytest.skip("an undated draft is read on any day")
    law, nation = agreements.bank.law, agreements.config.nation
    wrong = {
        (cite.id, law.status_on(cite.id, day, nation).value)
        for agreement in agreements
        for note in agreement.notes
        for cite in note.cites
        if law.status_on(cite.id, day, nation) is Standing.NOT_YET
    }
    assert not wrong


def test_the_texts_of_2013_and_2026_differ_where_the_law_does() -> None:
    cited = {}
    for name in ("suffolk-ccgs", "icb-2026"):
        path = next(path for path in EXAMPLES if path.stem == name)
        agreements = assemble(Config.load(path))
        cited[name] = {c.id for agreement in agreements for note in agreement.notes for c in note.cites}
    assert "tulrca-1992-s189-pre-2026-04" in cited["suffolk-ccgs"] - cited["icb-2026"]
    assert {"era-2025-s64", "kostal-v-dunkley-2021-uksc-47", "era-2025-s66"} <= cited["icb-2026"] - cited[
        "suffolk-ccgs"
    ]
    assert not [id_ for id_ in cited["suffolk-ccgs"] if id_.startswith("era-2025")]
