"""The parts of a house file that have fields in them, compiled once: the shell the text goes into.

docxtpl's own preprocessing repairs the tags that Word has split over several runs; Jinja compiles the result
in a sandbox, escaped, with unknown names refused. The places for the text of the agreement are marked here.
"""

from __future__ import annotations

import importlib.util
import io
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jinja2
from lxml import etree

from agreementkit.cache import kept, key_of
from agreementkit.diagnostics import Diagnostic
from agreementkit.writers.word.house.tags import Source, called, compile_source
from agreementkit.writers.word.markup import MC, W14, W15, R, W, w
from agreementkit.writers.word.package.intake import Package, parse

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


def compile_fields(
    package: Package, document: etree._Element
) -> tuple[dict[str, jinja2.Template], set[str], list[Diagnostic]]:
    """Compile every part that has fields, and the main part in any case; return the fields asked for as well."""
    names = called(package, document)
    sources = {package.main: etree.tostring(_rerooted(document), encoding="unicode")}
    for link in package.relationships(package.main):
        if link.type.endswith(("/header", "/footer", "/footnotes", "/endnotes")) and not link.external:
            name = package.target(package.main, link)
            data = package.parts.get(name, b"")
            if any(tag in data for tag in _TAGS):
                sources[name] = etree.tostring(parse(data), encoding="unicode")
    texts: dict[str, jinja2.Template] = {}
    asked: set[str] = set()
    found: list[Diagnostic] = []
    for name, text in sources.items():
        template, fields, faults = compile_source(Source(name, names.get(name, name), _patched(text)), package.file)
        asked |= fields
        found += faults
        if template is not None:
            texts[name] = template
    return texts, asked, found


def _patched(text: str) -> str:
    """Return a part after docxtpl's own repair of tags that Word has split over several runs.

    What docxtpl gave is kept between runs, for loading it takes longer than all else that a house file needs.
    """
    spec = importlib.util.find_spec("docxtpl")
    made_by = Path(spec.origin).with_name("template.py").stat() if spec and spec.origin else None
    found = kept() if made_by else None
    key = key_of("house part", text, made_by.st_size, made_by.st_mtime_ns) if made_by else ""
    patched = found.read(key) if found else None
    if not isinstance(patched, str):
        patched = _docxtpl_patch()(text)
        if found:
            found.write(key, patched)
    return patched


@cache
def _docxtpl_patch() -> Callable[[str], str]:
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
