"""Examining a house file: what it has, what it lacks, why it cannot be used; and the house made of it when it can."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.diagnostics import Place as SourcePlace
from agreementkit.writers.word.house.casting import Asked
from agreementkit.writers.word.house.dress import Dressed, dress
from agreementkit.writers.word.house.filling import BODY_TOKEN, CONTENTS_TOKEN, COVER_TOKEN, FIELDS
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.mend import mend_fonts, number_drawings
from agreementkit.writers.word.house.places import (
    HELP_END,
    HELP_START,
    TOKENS,
    Page,
    claim_empty_body,
    drop_help,
    ensure_section,
    is_boxed,
    is_fresh,
    keep_sections,
    markers,
    measure,
    shows_title,
    undescribed_pictures,
)
from agreementkit.writers.word.house.shell import compile_fields, mark_places
from agreementkit.writers.word.markup import R, w
from agreementkit.writers.word.package.archive import Relationship, deflate
from agreementkit.writers.word.package.intake import Package, open_package, parse, refuse, resolve
from agreementkit.writers.word.package.settle import settled
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.styles.stylesheet import fonts_of, number_of
from agreementkit.writers.word.values.item import left_over

_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_OUR_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")


@dataclass(frozen=True, slots=True)
class Examined:
    """All that is known of a house file, whether it can be used or not.

    Attributes:
        file: Name of the file, for messages.
        dressed: Its styles and lists, complete.
        page: The page that the agreement is written on.
        places: Places found in it.
        fields: Fields it asks for.
        fonts: Fonts its styles name, the one of plain text first.
        has_title: Whether it shows the title itself.
        claimed: Whether its text is empty and becomes the agreement.
        undescribed: Where pictures stand that have no description, as people call the place.
        faults: Why it cannot be used.
        house: The house, when it can.
    """

    file: str
    dressed: Dressed
    page: Page
    places: tuple[str, ...]
    fields: tuple[str, ...]
    fonts: tuple[str, ...]
    has_title: bool
    claimed: bool
    undescribed: tuple[str, ...]
    faults: tuple[Diagnostic, ...]
    house: House | None = None


def examine(content: bytes, file: str, mapping: Mapping[Role, Asked]) -> Examined:
    """Return what is known of a house file, and the house when it can be used.

    Args:
        content: The Word file.
        file: Its name, for messages.
        mapping: Styles asked for by name.

    Raises:
        TemplateError: It is no house file at all.
    """
    package = number_drawings(settled(open_package(content, file)))
    by_kind = _by_kind(package)
    styles = package.parts.get(by_kind.get("styles", ""))
    if styles is None:
        raise refuse(file, "AK600", "The template has no styles.", "open it in Word and save it again as .docx")
    document = parse(package.parts[package.main])
    found = _leftovers(package, document, by_kind)
    helped = drop_help(document)
    ensure_section(document)
    keep_sections(document)
    mark_places(document)
    claimed = claim_empty_body(document)
    places = markers(document)
    found += _misplaced(file, places)
    found += [] if helped else [_endless_help(file)]
    styles_root = parse(styles)
    dressed = dress(styles_root, _part(package, by_kind, "numbering"), document, mapping, file)
    found += dressed.faults
    has_title = shows_title(document, dressed.styles[Role.TITLE])
    page = measure(document, _part(package, by_kind, "settings"))
    fresh = frozenset(token for token, marker in places.items() if is_fresh(marker))
    undescribed = undescribed_pictures(package, document)
    texts, asked, faults = compile_fields(package, document)
    found += faults
    examined = Examined(
        file,
        dressed,
        page,
        tuple(token for token in TOKENS if token in places),
        tuple(field for field in FIELDS if field in asked),
        fonts_of(styles_root, _part(package, by_kind, "theme")),
        has_title,
        claimed,
        undescribed,
        tuple(found),
    )
    if found:
        return examined
    package, links = _with_changes(package, by_kind, dressed)
    dropped = {"[Content_Types].xml", "_rels/.rels", _links_name(package.main), *_OUR_PROPERTIES, *texts}
    dropped |= {package.target("", link) for link in package.relationships("") if link.type.endswith("/thumbnail")}
    stores = left_over(package.parts)
    kept = {name: data for name, data in package.parts.items() if name not in dropped | stores}
    house = House(
        file=file,
        static={name: deflate(data, 9) for name, data in kept.items()},
        texts=texts,
        main=package.main,
        styles=dressed.styles,
        cast=dressed.cast,
        lists=dressed.lists,
        indents=dressed.indents,
        stops=dressed.stops,
        table_size=dressed.table_size,
        text_width=page.text_width,
        defaults=package.defaults,
        overrides={n: t for n, t in package.overrides.items() if n in kept or n in texts},
        links=tuple(link for link in links if link.external or package.target(package.main, link) not in stores),
        package_links=tuple(
            link
            for link in package.relationships("")
            if not link.type.endswith("/thumbnail") and resolve("", link.target) not in _OUR_PROPERTIES
        ),
        has_cover=COVER_TOKEN in places,
        has_contents=CONTENTS_TOKEN in places,
        has_title=has_title,
        fresh=fresh,
        last_footnote=_last_footnote(_part(package, by_kind, "footnotes")),
    )
    return replace(examined, house=house)


def _by_kind(package: Package) -> dict[str, str]:
    """Return the parts that the main part leads to, by the last word of their relationship's type."""
    return {
        link.type.rsplit("/", 1)[-1]: package.target(package.main, link)
        for link in package.relationships(package.main)
        if not link.external
    }


def _with_changes(
    package: Package, by_kind: Mapping[str, str], dressed: Dressed
) -> tuple[Package, tuple[Relationship, ...]]:
    """Return the package with the parts that were changed, and the relationships of its main part."""
    parts, overrides = dict(package.parts), dict(package.overrides)
    links = package.relationships(package.main)
    fonts = _part(package, by_kind, "fontTable")
    if fonts is not None and mend_fonts(fonts):
        parts[by_kind["fontTable"]] = _bytes(fonts)
    if dressed.styles_part is not None:
        parts[by_kind["styles"]] = _bytes(dressed.styles_part)
    if dressed.numbering_part is not None:
        name = by_kind.get("numbering")
        if name not in parts:
            name = posixpath.join(posixpath.dirname(package.main), "numbering.xml")
            overrides[name] = _NUMBERING_TYPE
            links = (*links, Relationship("rIdAkNumbering", f"{R}/numbering", "numbering.xml"))
        parts[name] = _bytes(dressed.numbering_part)
    return replace(package, parts=parts, overrides=overrides), links


def _part(package: Package, by_kind: Mapping[str, str], kind: str) -> etree._Element | None:
    content = package.parts.get(by_kind.get(kind, ""))
    return parse(content) if content else None


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _last_footnote(footnotes: etree._Element | None) -> int:
    if footnotes is None:
        return 0
    return max((number_of(one.get(w("id"))) for one in footnotes.iter(w("footnote"))), default=0)


def _links_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


# ----------------------------------------------------------------------------------------------- findings


def _misplaced(file: str, places: Mapping[str, etree._Element]) -> list[Diagnostic]:
    found = []
    if BODY_TOKEN not in places:
        found.append(
            Diagnostic(
                "AK608",
                "The template has words in its text and does not say where the agreement goes:"
                f" there is no paragraph {BODY_TOKEN}.",
                place=SourcePlace(file),
                hints=(
                    f"type {BODY_TOKEN} as a paragraph of its own where the text is to stand",
                    "or delete all words of the text, for a letterhead of header and footer only",
                ),
            )
        )
    found += [
        Diagnostic(
            "AK635",
            f"The place {token} stands in a table or a text box, where an agreement cannot stand.",
            place=SourcePlace(file),
            hints=(f"move {token} into a paragraph of its own outside of it",),
        )
        for token, marker in places.items()
        if token != COVER_TOKEN and is_boxed(marker)
    ]
    return found


def _endless_help(file: str) -> Diagnostic:
    return Diagnostic(
        "AK636",
        f"The instructions in the template begin with {HELP_START} and have no end.",
        place=SourcePlace(file),
        hints=(
            f"type {HELP_END} as a paragraph of its own after them",
            "or delete them, with the line that begins them",
        ),
    )


def _leftovers(package: Package, document: etree._Element, by_kind: Mapping[str, str]) -> list[Diagnostic]:
    """Comments and tracked changes in a house file would travel into every agreement."""
    found = []
    comments = package.parts.get(by_kind.get("comments", ""))
    if comments is not None and len(parse(comments)):
        found.append(
            Diagnostic(
                "AK611",
                "The template has comments in it, which would be sent out with every agreement.",
                place=SourcePlace(package.file),
                hints=("delete all comments in the template and save it again",),
            )
        )
    if next(document.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None) is not None:
        found.append(
            Diagnostic(
                "AK612",
                "The template has tracked changes in it.",
                place=SourcePlace(package.file),
                hints=("accept or reject all changes in the template and save it again",),
            )
        )
    return found
