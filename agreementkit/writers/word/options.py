"""What a caller can choose about a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from agreementkit.writers.threads import Thread
from agreementkit.writers.word.house.mapping import HouseStyle
from agreementkit.writers.word.notes.spoken import Mode


@dataclass(frozen=True, slots=True)
class WordOptions:
    """Choices for one Word file.

    Attributes:
        notes: How notes are shown: as Word comments, as footnotes, as shaded paragraphs in the text, or not at all.
        template: The organisation's own house, a Word file or a house style, or one that a pack brings; None for the
            neutral one.
        pages: Page of each heading by division id, for the contents; None for contents without page numbers.
        draft: Whether this is a draft. A draft says so on the cover and in the footer and may hold blanks.
        threads: Comments of reviewers with the answers to them, which only a draft has.
    """

    notes: Mode = "comments"
    template: Path | HouseStyle | None = None
    pages: Mapping[str, int] | None = None
    draft: bool = True
    threads: tuple[Thread, ...] = ()
