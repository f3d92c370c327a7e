"""What a caller can choose about a Markdown file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """Choices for one Markdown file.

    Attributes:
        notes: How notes are shown: as footnotes, as block quotes after the paragraph they explain, or not at all.
        files: Name of the Markdown file of each other agreement of the set by its precedent id. A reference into an
            agreement that is not here is printed without a link.
    """

    notes: Literal["footnotes", "inline", "none"] = "footnotes"
    files: Mapping[str, str] = field(default_factory=dict)
