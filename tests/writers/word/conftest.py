from __future__ import annotations

import pytest
from word_sample import sample

from agreementkit.tree.nodes import Document
from agreementkit.writers.word import write_word


@pytest.fixture(scope="session")
def document() -> Document:
    return sample()


@pytest.fixture(scope="session")
def written(document: Document) -> bytes:
    return write_word(document)
