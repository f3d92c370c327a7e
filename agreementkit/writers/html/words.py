"""Words, inlines and blocks as HTML, for the fragment and the page alike; what they differ in they override.

Whatever comes from the document is escaped text. Nothing in here gives a text a way to become markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from agreementkit.tree.nodes import (
    Blank,
    Block,
    CrossReference,
    DefinitionEntry,
    DefinitionsHere,
    Document,
    Emphasis,
    Field,
    Inline,
    LineBreak,
    List,
    Para,
    Phrase,
    Reference,
    SignatureLines,
    Strong,
    Table,
    Term,
    TermUse,
    Text,
    Value,
)
from agreementkit.tree.walk import BLANK, plain_text
from agreementkit.writers.markdown.escape import require_fit
from agreementkit.writers.outline import SIGNATURE_LINES_ACROSS, definition_gap, slug
from agreementkit.writers.survey import survey

_AWKWARD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff&<>\"']")
"""What is escaped or refused, and a few characters that are neither."""


@lru_cache(maxsize=8_192)  # terms, numbers and most words of a bank stand in every agreement
def escaped(text: str) -> str:
    """Return text fit for an element or an attribute in double quotes.

    Raises:
        OutputError: AK700, it holds a control character.
    """
    if not _AWKWARD.search(text):  # most texts: one look instead of seven
        return text
    require_fit(text, "HTML")
    return html.escape(text).replace("\r", "&#13;")


def address(precedent: str, division: str) -> str:
    """Return the id of a division on a page that may show several agreements."""
    return slug(f"{precedent}:{division}")


class Words:
    """Writes the inlines and blocks of one document.

    Args:
        document: The document.
        files: HTML file of each other agreement by its precedent id.

    Raises:
        TypeError: The document is not resolved.
    """

    def __init__(self, document: Document, files: Mapping[str, str]) -> None:
        self.whole = document
        self.files = files
        self.survey = survey(document)
        self.known = self.survey.divisions

    def address(self, division: str) -> str:
        """Return the id of a division of this document."""
        return address(self.whole.precedent, division)

    # ------------------------------------------------------------------------------------------ inlines

    def inlines(self, inlines: Iterable[Inline]) -> str:
        """Return inlines as HTML."""
        # Plain text is by far the most frequent, so that it does not go through `inline`.
        return "".join([escaped(one.text) if type(one) is Text else self.inline(one) for one in inlines])

    def inline(self, inline: Inline) -> str:
        """Return one inline as HTML."""
        match inline:
            case Text(text):
                return escaped(text)
            case Term():
                return self.term(inline)
            case Value():
                return self.value(inline)
            case Blank(path, label):
                return f'<mark class="ak-blank" title="{escaped(label or path)}">{BLANK}</mark>'
            case Emphasis(inner):
                return f"<em>{self.inlines(inner)}</em>"
            case Strong(inner):
                return f"<strong>{self.inlines(inner)}</strong>"
            case Phrase():
                return self.phrase(inline)
            case LineBreak():
                return "<br>"
            case Reference():
                return self.reference(inline)
            case Field() | TermUse() | CrossReference():
                raise TypeError(f"{type(inline).__name__} is a stand-in and cannot be written")

    def term(self, term: Term) -> str:
        """Return a use of a defined term."""
        return escaped(term.text)

    def value(self, value: Value) -> str:
        """Return a filled-in value."""
        return f'<span class="ak-value" title="{escaped(value.path)}">{escaped(value.text)}</span>'

    def phrase(self, phrase: Phrase) -> str:
        """Return words that notes point at."""
        return self.inlines(phrase.inlines)

    def reference(self, reference: Reference) -> str:
        """Return a cross-reference as a link, or as words where it leads nowhere."""
        target = self.destination(reference)
        words = escaped(reference.text)
        return f'<a href="{escaped(target)}">{words}</a>' if target else words

    def destination(self, reference: Reference) -> str:
        """Return where a reference leads, or "" where nothing is."""
        if not reference.agreement:
            return f"#{self.address(reference.target)}" if reference.target in self.known else ""
        file = self.files.get(reference.agreement)
        return (quote(file) if file else "") + f"#{address(reference.agreement, reference.target)}"

    # ------------------------------------------------------------------------------------------- blocks

    def block(self, block: Block, mark: str = "") -> Iterator[str]:
        """Yield the lines of a block.

        Args:
            block: The block.
            mark: What stands after its last words, where it has a place for it.
        """
        match block:
            case Para(inlines):
                yield f"<p>{self.inlines(inlines)}{mark}</p>"
            case List(items):
                yield "<ul>" + "".join(f"<li>{self.inlines(item)}</li>" for item in items) + "</ul>"
            case Table():
                yield from self._table(block)
            case DefinitionEntry():
                yield self.definition(block, mark)
            case SignatureLines():
                yield from self._signature(block, mark)
            case DefinitionsHere():
                raise TypeError("DefinitionsHere is a stand-in and cannot be written")

    def definition(self, entry: DefinitionEntry, mark: str = "") -> str:
        """Return one definition."""
        gap = definition_gap(entry.inlines)
        return f"<p><dfn><strong>{escaped(entry.term)}</strong></dfn>{gap}{self.inlines(entry.inlines)}{mark}</p>"

    def _table(self, table: Table) -> Iterator[str]:
        label = escaped(table.caption or plain_text(table.header[0] if table.header else ()))
        yield f'<table aria-label="{label}"><thead><tr>'
        yield "".join(f'<th scope="col">{self.inlines(cell)}</th>' for cell in table.header)
        yield "</tr></thead><tbody>"
        for row in table.rows:
            yield "<tr>" + "".join(f"<td>{self.inlines(cell)}</td>" for cell in row) + "</tr>"
        yield "</tbody></table>"

    def _signature(self, block: SignatureLines, mark: str) -> Iterator[str]:
        yield f"<p>{self.inlines(block.lead)}{mark}</p>"
        for at in range(0, len(block.lines), SIGNATURE_LINES_ACROSS):
            lines = block.lines[at : at + SIGNATURE_LINES_ACROSS]
            yield f'<table class="ak-signature" aria-label="Signature block: {escaped(plain_text(block.lead))}"><thead>'
            yield "<tr>" + "".join(f'<th scope="col">{escaped(line.label)}</th>' for line in lines) + "</tr>"
            yield "</thead><tbody>"
            yield "<tr>" + "".join(f"<td>{self.inlines(line.inlines)}</td>" for line in lines) + "</tr></tbody></table>"
