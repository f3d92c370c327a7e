"""What a written file says of its making, as short named texts: which agreement, which packs, which configuration.

Word keeps them as custom properties, which every editor keeps and which hold few characters each; so there is one for
each pack. A page of HTML keeps them as `meta` elements. JSON has the same facts in `meta`. Of the configuration there
is only a hash: names of people and of bodies stay where they were typed.
"""

from __future__ import annotations

from agreementkit.tree.nodes import Document

FORMAT = "1"
"""Version of the names and their meaning; a change that a reader must know of raises it."""
PREFIX = "agreementkit."
PACK = f"{PREFIX}pack."
SHORT_DIGEST = 16
MOST = 255
"""How many characters Word lets a property have."""


def stamp(document: Document) -> dict[str, str]:
    """Return what a file says of its making, by name; what is not known is left out."""
    meta = document.meta
    facts = {
        "precedent": document.precedent,
        "bank": meta.bank[:MOST],  # for people; the packs below are exact
        "digest": meta.digest[:SHORT_DIGEST],
        "provenance": FORMAT if meta.made_by else "",
        "version": meta.made_by,
        "configuration": meta.digest if meta.made_by else "",
        "house": meta.house,
    }
    facts |= {f"pack.{n}": f"{one.id} {one.version} {one.digest}" for n, one in enumerate(meta.packs, 1)}
    return {f"{PREFIX}{name}": fact for name, fact in facts.items() if fact}
