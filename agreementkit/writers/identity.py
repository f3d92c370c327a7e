"""Which agreement a file is of: what a review copy and a Word file say, and what is asked of what comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import top_divisions
from agreementkit.writers.outline import text_lines
from agreementkit.writers.stamp import SHORT_DIGEST


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one version of an agreement from another.

    Attributes:
        precedent: Precedent id: `recognition`.
        title: Title as on the cover.
        bank: Name and version of the clause bank and packs.
        digest: Beginning of the hash of the configuration.
        words: Beginning of the hash of all words of the agreement with their numbers; "" where a file does not say.
    """

    precedent: str
    title: str
    bank: str = ""
    digest: str = ""
    words: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return it as plain data for JSON."""
        return {
            "precedent": self.precedent,
            "title": self.title,
            "bank": self.bank,
            "digest": self.digest,
            "words": self.words,
        }

    def differs(self, other: Identity) -> bool:
        """Whether the two name different words: by the hash of the words where both have one, else by the rest."""
        if self.words and other.words:
            return self.words != other.words
        return (self.digest, self.bank) != (other.digest, other.bank)


def identity_of(document: Document) -> Identity:
    """Return the identity of a resolved document. Notes make no difference to it."""
    said = hashlib.sha256()
    for division in top_divisions(document):
        for line in text_lines(division):
            said.update(line.encode() + b"\n")
    return replace(named(document), words=said.hexdigest()[:SHORT_DIGEST])


def named(document: Document) -> Identity:
    """Return the identity of a document without the hash of its words, for those who have none to compare it with."""
    meta = document.meta
    return Identity(document.precedent, document.title, meta.bank, meta.digest[:SHORT_DIGEST])
