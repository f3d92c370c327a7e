"""The parts of a house file that have fields in them, compiled once: the shell the text goes into.

docxtpl's own preprocessing repairs the tags that Word has split over several runs; Jinja compiles the result
in a sandbox, escaped, with unknown names refused. The places for the text of the agreement are marked here.
"""

from __future__ import annotations

from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.writers.word.house.filling import BODY_TOKEN, CONTENTS_TOKEN, COVER_TOKEN, Filling
from agreementkit.writers.word.house.patching import patched
from agreementkit.writers.word.house.tags import Source, called, compile_source
from agreementkit.writers.word.markup import MC, W14, W15, R, W, w
from agreementkit.writers.word.package.intake import Package, parse

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


def compile_fields(package: Package, document: etree._Element) -> tuple[dict[str, Filling], set[str], list[Diagnostic]]:
    """Compile every part that has fields, and the main part in any case; return the fields asked for as well."""
    names = called(package, document)
    sources = {package.main: etree.tostring(_rerooted(document), encoding="unicode")}
    for link in package.relationships(package.main):
        if link.type.endswith(("/header", "/footer", "/footnotes", "/endnotes")) and not link.external:
            name = package.target(package.main, link)
            data = package.parts.get(name, b"")
            if any(tag in data for tag in _TAGS):
                sources[name] = etree.tostring(parse(data), encoding="unicode")
    texts: dict[str, Filling] = {}
    asked: set[str] = set()
    found: list[Diagnostic] = []
    for name, text in sources.items():
        template, fields, faults = compile_source(Source(name, names.get(name, name), patched(text)), package.file)
        asked |= fields
        found += faults
        if template is not None:
            texts[name] = template
    return texts, asked, found


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
