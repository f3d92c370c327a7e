"""From a resolved document to the bytes of a .docx: house file, body, comments, properties, checks.

The house file is filled with finished strings; the body goes into its place as one piece of text; the package
is written in one order with fixed dates, read back and verified before anybody gets it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document, Meta, Stage
from agreementkit.tree.walk import divisions, plain_text
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.body.divisions import BodyWriter
from agreementkit.writers.word.house.filling import BODY_TOKEN, CONTENTS_TOKEN, COVER_TOKEN, place_marker
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.load import load_house
from agreementkit.writers.word.markup import run
from agreementkit.writers.word.notes import comments as comment_parts
from agreementkit.writers.word.notes import footnotes
from agreementkit.writers.word.notes.anchors import Anchors
from agreementkit.writers.word.options import WordOptions
from agreementkit.writers.word.package import properties
from agreementkit.writers.word.package.archive import (
    Relationship,
    Stored,
    content_types_xml,
    relationships_xml,
    write_package,
)
from agreementkit.writers.word.package.intake import MAIN_TYPES, resolve
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.text.inlines import InlineWriter
from agreementkit.writers.word.text.sheet import to_xml
from agreementkit.writers.word.values.carried import carried
from agreementkit.writers.word.values.controls import Controls
from agreementkit.writers.word.values.item import Attachment, together
from agreementkit.writers.word.values.store import GLOSSARY, Store
from agreementkit.writers.word.verify.verify import verify

NO_DATE = Meta().date
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


NOTE_WRITER = InlineWriter(lambda reference, look: run(reference.text, look), lambda _, runs: runs)
"""Writes the inlines inside a note, where a reference is words and nothing points at a phrase."""

_CONTROL_ID = re.compile(r'<w:id w:val="(\d+)"')


def write_word(document: Document, options: WordOptions | None = None) -> bytes:
    """Return the agreement as a Word file. The same document and options give the same bytes.

    Args:
        document: A document that every pass has been over.
        options: Notes, house file, page numbers, draft or final.

    Raises:
        TemplateError: The house file cannot be used.
        OutputError: The document cannot be written, or the written file did not pass its checks.
    """
    options = options or WordOptions()
    require_resolved(document)
    house = load_house(options.template)
    # No name is given to the parts: of a long agreement they take a tenth of a gigabyte, which the checks need too.
    content = packed(document, house, *_written(document, house, options), draft=options.draft)
    verify(content, document, notes=options.notes, draft=options.draft, threads=bool(options.threads and options.draft))
    return content


def _written(document: Document, house: House, options: WordOptions) -> tuple[dict[str, bytes], Controls | None]:
    """Return the parts that are written for an agreement, and the content controls of a draft."""
    filled = house.fill(field_values(document, draft=options.draft))
    allocator = Allocator()
    for division in divisions(document):  # in their order, whoever refers to whom: so who reads it knows the names
        allocator.bookmark(division.id)
    allocator.keep_controls(int(found) for text in filled.values() for found in _CONTROL_ID.findall(text))
    bullets = house.cast[Role.BULLET].place
    first = house.last_footnote + 1 if options.notes == "footnotes" else 0
    threads = options.threads if options.draft else ()
    anchors = Anchors(document.notes, options.notes, house.styles, allocator, NOTE_WRITER, bullets, first, threads)
    controls = Controls(house.styles, allocator, Store.of(document)) if options.draft else None
    writer = BodyWriter(document, house, allocator, anchors, options.pages, controls)
    cover, summary, contents, body = (
        to_xml(pieces) for pieces in (writer.cover(), writer.summary(), writer.contents(), writer.body())
    )
    body, joined = footnotes.join_marks(body) if options.notes == "footnotes" else (body, {})
    main = splice(filled.pop(house.main), cover, summary + contents, body, house)
    fresh = {house.main: main.encode(), **{name: text.encode() for name, text in filled.items()}}
    shown = anchors.placed if options.notes == "comments" else ()
    fresh |= comment_parts.comment_parts(shown, document.meta.date, house.styles, allocator, threads=anchors.hung)
    if options.notes == "footnotes" and anchors.placed:
        own = fresh.get(footnotes.PART) or house.part(footnotes.PART)
        fresh[footnotes.PART] = footnotes.footnotes_part(anchors.placed, joined, house.styles, bullets, own)
        settings = house.part(footnotes.SETTINGS)
        if settings and not own:
            fresh[footnotes.SETTINGS] = footnotes.with_separators(settings)
    return fresh, controls


def require_resolved(document: Document) -> None:
    """Refuse a document that has not been through all passes.

    Raises:
        OutputError: AK706.
    """
    if document.stage is not Stage.RESOLVED:
        raise OutputError(
            Diagnostic(
                "AK706",
                f"The document is {document.stage.value}, not resolved, and cannot be written yet.",
                hints=("run all passes over it first",),
            )
        )


def packed(
    document: Document, house: House, fresh: Mapping[str, bytes], controls: Controls | None = None, *, draft: bool
) -> bytes:
    """Return the package, with the properties of the document, not yet verified.

    Args:
        document: What the properties are about.
        house: The house file.
        fresh: The parts that were written, by name.
        controls: The content controls whose values are stored with it.
        draft: Whether the properties say that it is a draft.
    """
    status = _status(document.meta, draft=draft)
    own = {
        "docProps/core.xml": properties.core_xml(document, status),
        "docProps/custom.xml": properties.custom_xml(document),
        "docProps/app.xml": properties.app_xml(),
    }
    added = _attach(house, controls)
    if controls is not None:
        added = together([added, carried(document, {*house.static, *added.parts})])
    return write_package(package_parts(house, {**fresh, **own}, added))


def field_values(document: Document, *, draft: bool) -> dict[str, object]:
    """Return what the fields of a house file say for a document: finished strings, never markup."""
    meta = document.meta
    status = _status(meta, draft=draft)
    version = _line(meta.version)
    date = long_date(meta.date)
    facts = (_line(meta.reference), f"Version {version}" if version else "", date, status)
    return {
        "title": _line(document.title),
        "short": _line(document.short or document.title),
        "organisation": _line(meta.organisation),
        "status": status,
        "version": version,
        "reference": _line(meta.reference),
        "date": date,
        "draft": draft,
        "parties": [_line(plain_text(line)) for line in document.subtitle],
        "facts": [fact for fact in facts if fact],
    }


def long_date(iso: str) -> str:
    """Return an ISO date as the United Kingdom writes it: `1 March 2027`; nothing when there is none."""
    if iso == NO_DATE:
        return ""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError as fault:
        raise OutputError(
            Diagnostic(
                "AK707",
                f"The date {iso!r} is not a date.",
                hints=("write it as 2027-03-01",),
                path="meta.date",
            )
        ) from fault
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _status(meta: Meta, *, draft: bool) -> str:
    if draft:
        return _line(meta.status) or "Draft"
    return "" if "draft" in meta.status.lower() else _line(meta.status)


def _line(text: str) -> str:
    return " ".join(text.split())


def splice(main: str, cover: str, contents: str, body: str, house: House) -> str:
    """Put the text of the agreement into its places in the filled main part, in one go."""
    if not house.has_cover:
        contents = cover + contents
    if not house.has_contents:
        body = contents + body
    for token, text in ((COVER_TOKEN, cover), (CONTENTS_TOKEN, contents), (BODY_TOKEN, body)):
        main = main.replace(place_marker(token), text, 1)
    return main


def _attach(house: House, controls: Controls | None) -> Attachment:
    """Return the parts behind the controls; the house file's own glossary is kept and added to."""
    if controls is None:
        return Attachment({}, {}, {})
    found = (resolve(house.main, link.target) for link in house.links if link.type == GLOSSARY)
    glossary = next((name for name in found if name in house.static), "")
    return controls.store.attach(house.static, glossary, house.static[glossary].content() if glossary else b"")


def package_parts(house: House, fresh: Mapping[str, bytes], added: Attachment) -> dict[str, bytes | Stored]:
    """Return all parts of the package, with content types and relationships for what is new."""
    kinds = dict(house.overrides)
    kinds[house.main] = MAIN_TYPES[0]  # a template file (.dotx) becomes a document
    kinds["docProps/core.xml"] = properties.CORE_TYPE
    kinds["docProps/custom.xml"] = properties.CUSTOM_TYPE
    kinds["docProps/app.xml"] = properties.APP_TYPE
    links = list(house.links)
    if "word/comments.xml" in fresh:
        kinds |= {name: kind for name, (kind, _) in comment_parts.PARTS.items()}
        links += comment_parts.comment_relationships(house.main, (link.id for link in links))
    if footnotes.PART in fresh and footnotes.PART not in kinds:
        kinds[footnotes.PART] = footnotes.KIND
        links.append(Relationship("rIdAkFootnotes", footnotes.RELATION, "footnotes.xml"))
    kinds |= added.kinds
    links += added.relationships(house.main, {link.id for link in links})
    package_links = [
        *house.package_links,
        Relationship("rIdCore", properties.CORE_RELATION, "docProps/core.xml"),
        Relationship("rIdCustom", properties.CUSTOM_RELATION, "docProps/custom.xml"),
        Relationship("rIdApp", properties.APP_RELATION, "docProps/app.xml"),
    ]
    folder, _, name = house.main.rpartition("/")
    return {
        **house.static,
        **fresh,
        **added.parts,
        "[Content_Types].xml": content_types_xml(house.defaults, kinds),
        "_rels/.rels": relationships_xml(package_links),
        f"{folder}/_rels/{name}.rels": relationships_xml(links),
    }
