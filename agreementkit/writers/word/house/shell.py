"""The parts of a house file that have fields in them, compiled once: the shell the text goes into.

docxtpl's own preprocessing repairs the tags that Word has split over several runs; Jinja compiles the result
in a sandbox, escaped, with unknown names refused. The places for the text of the agreement are marked here.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable

import jinja2
import jinja2.meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.writers.word.markup import DECLARATION, MC, W14, W15, R, W, w
from agreementkit.writers.word.package.intake import Package, parse

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

_TAGS = (b"{{", b"{%", b"{#")


def mark_places(document: etree._Element) -> set[str]:
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


def compile_fields(package: Package, document: etree._Element) -> tuple[dict[str, jinja2.Template], list[Diagnostic]]:
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
                    place=Place(package.file),
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
                    place=Place(package.file),
                    hints=("write fields as {{ title }}, in one go and without formatting inside the braces",),
                    path=name,
                )
            )
    return texts, found


def _docxtpl_patch() -> Callable[[str], str]:
    """Return docxtpl's own repair of tags that Word has split over several runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from docxtpl.template import DocxTemplate
    patch: Callable[[str], str] = DocxTemplate(io.BytesIO()).patch_xml
    return patch


def _rerooted(document: etree._Element) -> etree._Element:
    """Return the main part under a root that declares what our body uses; lxml cannot add to an old root."""
    own = {prefix: uri for prefix, uri in document.nsmap.items() if prefix}
    names = {**own, "w": W, "r": R, "mc": MC, "w14": W14, "w15": W15}
    root = etree.Element(document.tag, nsmap=names)
    for key, value in document.attrib.items():
        root.set(key, value)
    ignorable = set((document.get(f"{{{MC}}}Ignorable") or "").split()) | {"w14", "w15"}
    root.set(f"{{{MC}}}Ignorable", " ".join(sorted(prefix for prefix in ignorable if prefix in names)))
    root.extend(list(document))
    return root


def text_width(document: etree._Element) -> int:
    """Return the width between the margins of the last section, in twips."""
    section = document.find(f"{w('body')}/{w('sectPr')}")
    size = section.find(w("pgSz")) if section is not None else None
    margins = section.find(w("pgMar")) if section is not None else None
    width = int((size.get(w("w")) if size is not None else None) or 11906)
    sides = [int((margins.get(w(side)) if margins is not None else None) or 0) for side in ("left", "right", "gutter")]
    return width - sum(sides)
