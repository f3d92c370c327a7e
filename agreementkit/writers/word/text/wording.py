"""Questions about the words of resolved inlines that are asked of every paragraph, answered without joining them.

One word that is read answers the one, the last sign answers the other.
"""

from __future__ import annotations

from agreementkit.tree.nodes import Emphasis, Inline, Phrase, Strong, Term, Text
from agreementkit.tree.walk import plain_text

_HOLDERS = (Phrase, Strong, Emphasis)
_TEXTS = (Text, Term)


def shows_words(inlines: tuple[Inline, ...]) -> bool:
    """Return whether anything but space is read in them."""
    for inline in inlines:
        if shows_words(inline.inlines) if isinstance(inline, _HOLDERS) else _words(inline).strip():
            return True
    return False


def leads_on(inlines: tuple[Inline, ...]) -> bool:
    """Return whether the words end with a colon, so that what they lead to stays with them."""
    return _last_sign(inlines) == ":"


def _last_sign(inlines: tuple[Inline, ...]) -> str:
    """Return the last sign that is no space; nothing where there is none."""
    for inline in reversed(inlines):
        last = _last_sign(inline.inlines) if isinstance(inline, _HOLDERS) else _words(inline).rstrip()[-1:]
        if last:
            return last
    return ""


def _words(inline: Inline) -> str:
    return inline.text if isinstance(inline, _TEXTS) else plain_text((inline,))
