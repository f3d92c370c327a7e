"""Edits made in LibreOffice, saved by it, and found at their clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from round_trip import STEPS, agreement, edit, found, table

from agreementkit.returned import Returned
from agreementkit.writers.word.layout.libreoffice import find_libreoffice


@pytest.mark.libreoffice
@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not on this machine")
def test_every_edit_made_in_libreoffice_is_found_at_its_clause(tmp_path: Path) -> None:
    sent = agreement()
    back = Returned.read(edit(tmp_path, sent), sent)
    assert all(found(one, back) for one in STEPS), table(back)
    assert len(back.edits) == len(STEPS) - 1  # one of them is a comment, and nothing is found besides
    assert back.unplaced == ()
