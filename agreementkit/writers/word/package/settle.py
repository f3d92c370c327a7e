"""The parts of a house file under the names that parts usually have.

Nothing in the format asks for `word/document.xml`; Word in the browser writes `word/document2.xml` at times. What
is written here has one name a part, so that whoever reads it, our own verification first, finds it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from agreementkit.writers.word.package.archive import relationships_xml
from agreementkit.writers.word.package.intake import Package, read_relationships, refuse, resolve

FOLDER = "word"
_USUAL = {
    "officeDocument": "document.xml",
    "styles": "styles.xml",
    "numbering": "numbering.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "footnotes": "footnotes.xml",
    "endnotes": "endnotes.xml",
}


def settled(package: Package) -> Package:
    """Return a package whose main part and those it leads to have their usual names.

    Raises:
        TemplateError: The main part stands in another folder, so that all it leads to would have to move.
    """
    if posixpath.dirname(package.main) != FOLDER:
        raise refuse(
            package.file,
            "AK600",
            f"The main part of the template is {package.main}, which no copy of Word writes.",
            "open it in Word and save it again as .docx",
        )
    wanted: dict[str, str] = {}
    for source in ("", package.main):
        for link in package.relationships(source):
            usual = _USUAL.get(link.type.rsplit("/", 1)[-1])
            if usual and not link.external:
                wanted[package.target(source, link)] = f"{FOLDER}/{usual}"
    names = {old: new for old, new in wanted.items() if old != new and old in package.parts}
    if not names:
        return package
    for new in [new for new in names.values() if new in package.parts and new not in names]:
        names[new] = _free(new, {*package.parts, *names.values()})  # something else that has the name makes room
    names |= {_links_of(old): _links_of(new) for old, new in names.items() if _links_of(old) in package.parts}
    parts = {names.get(name, name): _relinked(name, data, names) for name, data in package.parts.items()}
    return replace(
        package,
        parts=parts,
        overrides={names.get(name, name): kind for name, kind in package.overrides.items()},
        main=names.get(package.main, package.main),
    )


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number = 2
    while f"{stem}{number}{dot}{ending}" in taken:
        number += 1
    return f"{stem}{number}{dot}{ending}"


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relinked(name: str, data: bytes, names: Mapping[str, str]) -> bytes:
    """Return a relationships part that leads to the new names; anything else as it is."""
    if not name.endswith(".rels"):
        return data
    folder, file = posixpath.split(name)
    source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
    links = read_relationships(data)
    changed = tuple(
        replace(link, target=f"/{names[target]}")
        if not link.external and (target := resolve(source, link.target)) in names
        else link
        for link in links
    )
    return relationships_xml(changed) if changed != links else data
