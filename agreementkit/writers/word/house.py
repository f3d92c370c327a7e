"""An organisation's own Word file as the house of every agreement: opened, checked and prepared once.

Cover, header, footer, styles and lists come from the house file; docxtpl fields in it are filled with
finished strings. A house file is prepared once; a document then costs one rendering of a compiled text. The
text of the agreement itself never passes through here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.diagnostics import Place as SourcePlace
from agreementkit.errors import TemplateError
from agreementkit.writers.word.intake import Package, open_package, parse, refuse, resolve
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.numbering import Lists, read_lists
from agreementkit.writers.word.package import Relationship, Stored, deflate
from agreementkit.writers.word.shell import (
    BODY_TOKEN,
    CONTENTS_TOKEN,
    COVER_TOKEN,
    FIELDS,
    compile_fields,
    mark_places,
    text_width,
)
from agreementkit.writers.word.styles import NUMBERED, Role, Styles, find_styles

_SHIPPED = "word/neutral.docx"
_OUR_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml")


@dataclass(frozen=True, slots=True)
class House:
    """A house file ready to be filled.

    Attributes:
        file: Where it came from, for messages.
        static: Parts that are the same in every document, deflated.
        texts: Parts with fields, compiled.
        main: Name of the main part.
        styles: Style ids by role.
        lists: Its numbering.
        text_width: Width between the margins, in twips.
        defaults: Content types by file ending.
        overrides: Content types by part.
        links: Relationships of the main part.
        package_links: Relationships of the package.
        has_cover: Whether the file says where the lines of the cover go.
        has_contents: Whether the file says where the contents go.
    """

    file: str
    static: Mapping[str, Stored]
    texts: Mapping[str, jinja2.Template]
    main: str
    styles: Styles
    lists: Lists
    text_width: int
    defaults: Mapping[str, str]
    overrides: Mapping[str, str]
    links: tuple[Relationship, ...]
    package_links: tuple[Relationship, ...]
    has_cover: bool = False
    has_contents: bool = False

    def fill(self, values: Mapping[str, object]) -> dict[str, str]:
        """Return the text of every part that has fields, filled with `values`."""
        filled = {}
        for name, template in self.texts.items():
            try:
                filled[name] = template.render(values)
            except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as fault:
                raise refuse(
                    self.file,
                    "AK606",
                    f"A field in {name} cannot be filled: {fault}.",
                    f"fields may use: {', '.join(FIELDS)}",
                ) from fault
        return filled


def shipped_template() -> Path:
    """Return the path of the neutral house template that ships with the package."""
    here = Path(__file__).resolve()
    packaged = here.parents[2] / "_data" / "templates" / _SHIPPED
    return packaged if packaged.is_file() else here.parents[3] / "templates" / _SHIPPED


def load_house(path: Path | None = None) -> House:
    """Return the house file at `path`, or the shipped neutral one.

    Raises:
        TemplateError: The file cannot be read or cannot be used; every fault found is named.
    """
    where = path or shipped_template()
    try:
        content = where.read_bytes()
    except OSError as fault:
        raise refuse(
            str(where),
            "AK605",
            f"The template cannot be read: {fault.strerror}.",
            "check the path of the template",
        ) from fault
    digest = hashlib.sha256(content).digest()
    house = _PREPARED.get(digest)
    if house is None:
        if len(_PREPARED) >= _MOST_PREPARED:
            _PREPARED.clear()
        house = _PREPARED[digest] = _prepare(content, str(where))
    return house


_PREPARED: dict[bytes, House] = {}
_MOST_PREPARED = 16


def _prepare(content: bytes, file: str) -> House:
    package = open_package(content, file)
    found: list[Diagnostic] = []
    links = package.relationships(package.main)
    by_kind = {link.type.rsplit("/", 1)[-1]: package.target(package.main, link) for link in links if not link.external}
    styles_root = (
        parse(package.parts[by_kind["styles"]]) if by_kind.get("styles") in package.parts else etree.Element("none")
    )
    numbering = package.parts.get(by_kind.get("numbering", ""))
    styles, missing = find_styles(styles_root)
    lists = read_lists(parse(numbering) if numbering else None, styles_root)
    found += _missing_styles(file, missing)
    found += _unbound_styles(file, styles, lists)
    document = parse(package.parts[package.main])
    found += _leftovers(package, document, by_kind)
    tokens = mark_places(document)
    if BODY_TOKEN not in tokens:
        found.append(
            Diagnostic(
                "AK608",
                f"The template does not say where the agreement goes: there is no paragraph {BODY_TOKEN}.",
                place=SourcePlace(file),
                hints=(f"type {BODY_TOKEN} as a paragraph of its own where the text is to stand",),
            )
        )
    width = text_width(document)
    texts, faults = compile_fields(package, document)
    found += faults
    if found:
        raise TemplateError(*found)
    dropped = {"[Content_Types].xml", "_rels/.rels", _links_name(package.main), *_OUR_PROPERTIES, *texts}
    dropped |= {package.target("", link) for link in package.relationships("") if link.type.endswith("/thumbnail")}
    kept = {name: data for name, data in package.parts.items() if name not in dropped}
    return House(
        file=file,
        static={name: deflate(data, 9) for name, data in kept.items()},
        texts=texts,
        main=package.main,
        styles=styles,
        lists=lists,
        text_width=width,
        defaults=package.defaults,
        overrides={n: t for n, t in package.overrides.items() if n in kept or n in texts},
        links=links,
        package_links=tuple(
            link
            for link in package.relationships("")
            if not link.type.endswith("/thumbnail") and resolve("", link.target) not in _OUR_PROPERTIES
        ),
        has_cover=COVER_TOKEN in tokens,
        has_contents=CONTENTS_TOKEN in tokens,
    )


def _links_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


# ----------------------------------------------------------------------------------------------- findings


def _missing_styles(file: str, missing: tuple[Role, ...]) -> list[Diagnostic]:
    return [
        Diagnostic(
            "AK609",
            f"The template has no style named {role.value!r}.",
            place=SourcePlace(file),
            hints=("copy the style from the neutral template with Word's Organizer, or create it",),
            path=role.value,
        )
        for role in missing
    ]


def _unbound_styles(file: str, styles: Styles, lists: Lists) -> list[Diagnostic]:
    return [
        Diagnostic(
            "AK610",
            f"The style {role.value!r} is not bound to a level of a list; its paragraphs would have no number.",
            place=SourcePlace(file),
            hints=(f"in Word: Define New Multilevel List, level {level + 1}, link level to style {role.value!r}",),
            path=role.value,
        )
        for role, (_, level, _, _) in NUMBERED.items()
        if role in styles.ids and styles[role] not in lists.places
    ]


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
