"""An organisation's own Word file as the house of every agreement: opened, checked and prepared once.

Cover, header, footer, styles and lists come from the house file; docxtpl fields in it are filled with finished
strings, in a sandbox, escaped, with unknown fields refused. docxtpl's own preprocessing runs once a template;
a document then costs one rendering of a compiled text. The text of the agreement never passes through here.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
import jinja2.meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.diagnostics import Place as SourcePlace
from agreementkit.errors import TemplateError
from agreementkit.writers.word.intake import Package, open_package, parse, refuse, resolve
from agreementkit.writers.word.markup import DECLARATION, MC, W14, W15, R, W, w
from agreementkit.writers.word.numbering import Lists, read_lists
from agreementkit.writers.word.package import Relationship, Stored, deflate
from agreementkit.writers.word.styles import NUMBERED, Role, Styles, find_styles

FIELDS = (
    "title",
    "short",
    "organisation",
    "status",
    "version",
    "reference",
    "date",
    "draft",
    "parties",
    "facts",
)
"""Names a house file may use in its fields."""

BODY_TOKEN = "AK_BODY"  # noqa: S105  a place in a template, not a secret
COVER_TOKEN = "AK_COVER"  # noqa: S105
CONTENTS_TOKEN = "AK_CONTENTS"  # noqa: S105

_SHIPPED = "word/neutral.docx"
_OUR_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml")
_TAGS = (b"{{", b"{%", b"{#")


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
    by_kind = {
        link.type.rsplit("/", 1)[-1]: package.target(package.main, link)
        for link in links
        if not link.external
    }
    styles_root = (
        parse(package.parts[by_kind["styles"]])
        if by_kind.get("styles") in package.parts
        else etree.Element("none")
    )
    numbering = package.parts.get(by_kind.get("numbering", ""))
    styles, missing = find_styles(styles_root)
    lists = read_lists(parse(numbering) if numbering else None, styles_root)
    found += _missing_styles(file, missing)
    found += _unbound_styles(file, styles, lists)
    document = parse(package.parts[package.main])
    found += _leftovers(package, document, by_kind)
    tokens = _mark_places(document)
    if BODY_TOKEN not in tokens:
        found.append(
            Diagnostic(
                "AK608",
                f"The template does not say where the agreement goes: there is no paragraph {BODY_TOKEN}.",
                place=SourcePlace(file),
                hints=(f"type {BODY_TOKEN} as a paragraph of its own where the text is to stand",),
            )
        )
    text_width = _text_width(document)
    texts, faults = _compile(package, document, by_kind)
    found += faults
    if found:
        raise TemplateError(*found)
    dropped = {"[Content_Types].xml", "_rels/.rels", _links_name(package.main), *_OUR_PROPERTIES, *texts}
    dropped |= {
        package.target("", link) for link in package.relationships("") if link.type.endswith("/thumbnail")
    }
    kept = {name: data for name, data in package.parts.items() if name not in dropped}
    return House(
        file=file,
        static={name: deflate(data, 9) for name, data in kept.items()},
        texts=texts,
        main=package.main,
        styles=styles,
        lists=lists,
        text_width=text_width,
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
            hints=(
                "copy the style from templates/word/neutral.docx with Word's Organizer, or create it under that name",
            ),
            path=role.value,
        )
        for role in missing
    ]


def _unbound_styles(file: str, styles: Styles, lists: Lists) -> list[Diagnostic]:
    return [
        Diagnostic(
            "AK610",
            f"The style {role.value!r} is not bound to a level of a list, so its paragraphs would have no number.",
            place=SourcePlace(file),
            hints=(
                f"in Word: Define New Multilevel List, level {level + 1}, link level to style {role.value!r}",
            ),
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


# ---------------------------------------------------------------------------------------------- preparing


def _mark_places(document: etree._Element) -> set[str]:
    """Put a comment in place of each paragraph that holds just a token, and return the tokens found."""
    found = set()
    for paragraph in list(document.iter(w("p"))):
        words = "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()
        parent = paragraph.getparent()
        if words in (BODY_TOKEN, COVER_TOKEN, CONTENTS_TOKEN) and words not in found and parent is not None:
            found.add(words)
            parent.replace(paragraph, etree.Comment(words))
    return found


def place_marker(token: str) -> str:
    """Return what stands in the filled main part where `token` was."""
    return f"<!--{token}-->"


def _compile(
    package: Package, document: etree._Element, by_kind: Mapping[str, str]
) -> tuple[dict[str, jinja2.Template], list[Diagnostic]]:
    """Compile every part that has fields, and the main part in any case."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    sources = {package.main: etree.tostring(_rerooted(document), encoding="unicode")}
    for link in package.relationships(package.main):
        if link.type.endswith(("/header", "/footer", "/footnotes", "/endnotes")) and not link.external:
            name = package.target(package.main, link)
            data = package.parts.get(name, b"")
            if any(tag in data for tag in _TAGS):
                sources[name] = etree.tostring(parse(data), encoding="unicode")
    texts, found = {}, []
    patch = _docxtpl_patch()
    for name, source in sources.items():
        try:
            patched = patch(source)
            unknown = jinja2.meta.find_undeclared_variables(environment.parse(patched)) - set(FIELDS)
            found += [
                Diagnostic(
                    "AK607",
                    f"The template asks for a field {word!r} in {name}, which agreementkit does not have.",
                    place=SourcePlace(package.file),
                    hints=suggest(word, FIELDS, "field"),
                    path=name,
                )
                for word in sorted(unknown)
            ]
            texts[name] = environment.from_string(DECLARATION + patched)
        except jinja2.TemplateError as fault:
            found.append(
                Diagnostic(
                    "AK606",
                    f"A field in {name} cannot be read: {fault.message}.",
                    place=SourcePlace(package.file),
                    hints=(
                        "write fields as {{ title }}, in one go and without formatting inside the braces",
                    ),
                    path=name,
                )
            )
    return texts, found


def _docxtpl_patch() -> Callable[[str], str]:
    """Return docxtpl's own repair of tags that Word has split over several runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from docxtpl import DocxTemplate
    patch: Callable[[str], str] = DocxTemplate(io.BytesIO()).patch_xml
    return patch


def _rerooted(document: etree._Element) -> etree._Element:
    """Return the main part under a root that declares what our body uses; lxml cannot add to an old root."""
    names = {**document.nsmap, "w": W, "r": R, "mc": MC, "w14": W14, "w15": W15}
    root = etree.Element(document.tag, nsmap=names)
    for key, value in document.attrib.items():
        root.set(key, value)
    ignorable = set((document.get(f"{{{MC}}}Ignorable") or "").split()) | {"w14", "w15"}
    root.set(f"{{{MC}}}Ignorable", " ".join(sorted(prefix for prefix in ignorable if prefix in names)))
    root.extend(list(document))
    return root


def _text_width(document: etree._Element) -> int:
    section = document.find(f"{w('body')}/{w('sectPr')}")
    size = section.find(w("pgSz")) if section is not None else None
    margins = section.find(w("pgMar")) if section is not None else None
    width = int((size.get(w("w")) if size is not None else None) or 11906)
    sides = [
        int((margins.get(w(side)) if margins is not None else None) or 0)
        for side in ("left", "right", "gutter")
    ]
    return width - sum(sides)
