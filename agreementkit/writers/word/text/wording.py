"""Questions about the words of resolved inlines that are asked of every paragraph, answered without joining them."""

from __future__ import annotations

from agreementkit.tree.nodes import Inline, Text
from agreementkit.tree.walk import plain_text


def shows_words(inlines: tuple[Inline, ...]) -> bool:
    """Return whether anything but space is read in them."""
    for inline in inlines:  # noqa: SIM110  `any` would make a generator for each paragraph, and the first word ends it
        if _words(inline).strip():
            return True
    return False


def leads_on(inlines: tuple[Inline, ...]) -> bool:
    """Return whether the words end with a colon, so that what they lead to stays with them."""
    for inline in reversed(inlines):
        words = _words(inline).rstrip()
        if words:
            return words.endswith(":")
    return False


def _words(inline: Inline) -> str:
    return inline.text if isinstance(inline, Text) else plain_text((inline,))
