"""The core bank holds for configurations that nobody thought of."""

from __future__ import annotations

import pytest

from agreementkit import Bank, assemble
from agreementkit.testing import faults_of_the_bank, random_configuration
from agreementkit.tree.nodes import Reference
from agreementkit.tree.walk import division_inlines, divisions
from agreementkit.writers import WRITERS, WriteOptions


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.load()


@pytest.mark.parametrize("seed", range(24))
def test_a_random_configuration_gives_whole_agreements(seed: int, bank: Bank) -> None:
    """Assembled without an error, every reference at home, and written: the Word writer verifies its own package."""
    agreements = assemble(random_configuration(seed), bank)
    assert not faults_of_the_bank(agreements)
    ids = {a.precedent: {d.id for d in divisions(a.document)} for a in agreements}
    for agreement in agreements:
        for division in divisions(agreement.document):
            for inline in division_inlines(division):
                if isinstance(inline, Reference):
                    assert inline.target in ids[inline.agreement or agreement.precedent]
        for name in ("docx", "md"):
            assert WRITERS[name].write(agreement.document, WriteOptions())


@pytest.mark.parametrize("seed", range(100, 106))
def test_dropping_the_notes_changes_no_word_and_no_number(seed: int, bank: Bank) -> None:
    config = random_configuration(seed)
    silent = config.model_copy(update={"notes": config.notes.model_copy(update={"voices": ()})})
    for spoken, without in zip(assemble(config, bank), assemble(silent, bank), strict=True):
        assert not without.notes
        assert [(p.id, p.number, p.text) for p in spoken] == [(p.id, p.number, p.text) for p in without]
