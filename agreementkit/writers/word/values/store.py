"""The store behind the content controls: a custom XML part, and the words Word puts back into an emptied control.

A value that is printed alike in several places is one element; the controls that show it are bound to that
element, so that a change to one is a change to all. A value not yet given is an empty element, for which Word
shows a building block of the glossary part. The store says again what the text says and nothing more: a reader
that loses it has lost no word.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.tree.nodes import (
    Blank,
    Document,
    Emphasis,
    Inline,
    Para,
    Phrase,
    Reference,
    Strong,
    Term,
    Text,
    Value,
)
from agreementkit.tree.walk import BLANK, block_inlines, divisions
from agreementkit.writers.word.markup import DECLARATION, R, W, escape, run, w
from agreementkit.writers.word.package.archive import Relationship, relationships_xml
from agreementkit.writers.word.package.intake import parse
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.values.item import OURS, Attachment, custom_part, together

NAMESPACE = f"{OURS}values"
VALUES = f"{{{NAMESPACE}}}values"
"""Tag of the root of a store."""

BLOCK = "agreementkit blank"
"""Name of the building block that an empty control shows."""

GLOSSARY = f"{R}/glossaryDocument"
HIGHLIGHT = '<w:highlight w:val="yellow"/>'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STYLE = "PlaceholderText"
_WORDS = frozenset({Text, Term, Reference})
_HOLDERS = (Emphasis, Strong, Phrase)
_UNSAFE = re.compile(r"[\t\n\r&<]")
"""What a stored text must not hold: breaks, which no standard gives a meaning in a store, and characters on which
LibreOffice stumbles when it saves (it then writes an empty part)."""

_BLOCK_ID = "{6B1F0A52-3C4D-5E87-9A10-2F64C8D3B7E1}"


@dataclass(slots=True)
class Store:
    """What the controls of one document are bound to.

    Attributes:
        item: Identity of the store, in the spelling of Word: braces and capitals.
        shared: Path and text of what is printed alike in several places; the text of a blank is "".
        blanks: Whether a control shows the building block.
    """

    item: str
    shared: frozenset[tuple[str, str]]
    blanks: bool = False
    _entries: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Store:
        """Return an empty store for a document. Its identity follows from the document, never from chance."""
        meta = document.meta
        said = "\0".join((document.precedent, document.title, meta.bank, meta.digest, meta.version, meta.date))
        made = uuid.UUID(bytes=hashlib.blake2s(said.encode(), digest_size=16).digest(), version=5)
        counts = Counter(_printed(document))
        shared = frozenset(one for one, count in counts.items() if count > 1 and not _UNSAFE.search(one[1]))
        return cls("{" + str(made).upper() + "}", shared)

    def binding(self, path: str, text: str) -> str:
        """Return the property that binds a control to the element of `path` printed as `text`, or "".

        Only what is printed in several places is bound. An editor that knows nothing of stores changes the
        text alone, and Word then puts the stored text back: where a binding gains nothing it is not worth that.

        The element is found by a key and not by its position: a control that is pasted into another agreement
        finds the same value there or none, never another. LibreOffice drops the key when it saves, so that what
        was changed there stays as it was changed.
        """
        if (path, text) not in self.shared:
            return ""
        key = self._entries.get((path, text))
        if key is None:
            mark = hashlib.blake2s(f"{path}\0{text}".encode(), digest_size=6).hexdigest()
            key = self._entries[path, text] = f"v{mark}"
        return (
            f"<w:dataBinding w:prefixMappings=\"xmlns:ak='{NAMESPACE}'\""
            f' w:xpath="/ak:values[1]/ak:value[@key=\'{key}\']" w:storeItemID="{self.item}"/>'
        )

    def attach(self, taken: Collection[str], glossary: str = "", content: bytes = b"") -> Attachment:
        """Return the parts of the store and of its building block; none when no control needs them.

        Args:
            taken: Names of the parts that the package has already.
            glossary: Name of the house file's own glossary part, if it has one.
            content: That part, which then takes in the building block.
        """
        found = [custom_part(self._values(), self.item, NAMESPACE, taken)] if self._entries else []
        if self.blanks and glossary:
            found.append(Attachment({glossary: _with_block(content)}, {}, {}))
        elif self.blanks:
            found.append(_glossary())
        return together(found)

    def _values(self) -> bytes:
        rows = "".join(
            f'<value key="{key}" path="{escape(path)}">{escape(text)}</value>'
            for (path, text), key in self._entries.items()
        )
        return f'{DECLARATION}<values xmlns="{NAMESPACE}" xml:space="preserve">{rows}</values>'.encode()


def _printed(document: Document) -> list[tuple[str, str]]:
    """Return path and text of every value that is printed; the text of a blank is ""."""
    found: list[tuple[str, str]] = []

    def look_through(inlines: tuple[Inline, ...]) -> None:
        for inline in inlines:
            if type(inline) in _WORDS:  # most of them
                continue
            if isinstance(inline, Value):
                found.append((inline.path, inline.text))
            elif isinstance(inline, Blank):
                found.append((inline.path, ""))
            elif isinstance(inline, _HOLDERS):
                look_through(inline.inlines)

    for line in document.subtitle:
        look_through(line)
    blocks = [*document.opening, *document.summary]
    for division in divisions(document):
        look_through(division.heading)
        blocks += division.blocks
    for block in blocks:
        if isinstance(block, Para):
            look_through(block.inlines)
        else:
            for inlines in block_inlines(block):
                look_through(inlines)
    return found


def blank_look(style: str, look: str = "") -> str:
    """Return the look of a value not yet given, in the character style `style` if there is one, on top of `look`.

    The colours are said outright: Word's own placeholder style is grey, which on yellow is hard to read.
    """
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f'{named}{look}<w:color w:val="auto"/>{HIGHLIGHT}'


def _glossary() -> Attachment:
    """Return a glossary part with the building block alone, and the styles it needs.

    Word looks up styles of building blocks in the glossary's own styles and takes the document's style of the
    same name when it inserts one, so that the style here needs no look.
    """
    document = (
        f'{DECLARATION}<w:glossaryDocument xmlns:w="{W}"><w:docParts>{_block(_STYLE)}</w:docParts></w:glossaryDocument>'
    )
    styles = (
        f'{DECLARATION}<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        f'<w:name w:val="Default Paragraph Font"/></w:style><w:style w:type="character" w:styleId="{_STYLE}">'
        f'<w:name w:val="{Role.PLACEHOLDER.value}"/><w:basedOn w:val="DefaultParagraphFont"/></w:style></w:styles>'
    )
    return Attachment(
        {
            "word/glossary/document.xml": document.encode(),
            "word/glossary/styles.xml": styles.encode(),
            "word/glossary/_rels/document.xml.rels": relationships_xml(
                (Relationship("rId1", f"{R}/styles", "styles.xml"),)
            ),
        },
        {
            "word/glossary/document.xml": _MAIN + "document.glossary+xml",
            "word/glossary/styles.xml": _MAIN + "styles+xml",
        },
        {"word/glossary/document.xml": GLOSSARY},
    )


def _with_block(content: bytes) -> bytes:
    """Return a house file's glossary part with the building block in it, in no style: the styles there are its own."""
    root = parse(content)
    blocks = root.find(w("docParts"))
    if blocks is None:
        blocks = etree.SubElement(root, w("docParts"))
    if not any(name.get(w("val")) == BLOCK for name in blocks.iterfind(f"{w('docPart')}/{w('docPartPr')}/{w('name')}")):
        blocks.append(etree.fromstring(_block("").replace("<w:docPart>", f'<w:docPart xmlns:w="{W}">', 1)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _block(style: str) -> str:
    return (
        f'<w:docPart><w:docPartPr><w:name w:val="{BLOCK}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        f'<w:behaviors><w:behavior w:val="content"/></w:behaviors><w:guid w:val="{_BLOCK_ID}"/></w:docPartPr>'
        f"<w:docPartBody><w:p>{run(BLANK, blank_look(style))}</w:p></w:docPartBody></w:docPart>"
    )
