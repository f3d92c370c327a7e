"""Opens somebody else's Word file for reading its words: nothing in it is run, fetched or followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError, TemplateError
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import MOST_BYTES, Package, open_package, parse
from agreementkit.writers.word.styles.numbering import Lists, read_lists
from agreementkit.writers.word.styles.stylesheet import StyleSheet

MOST_PARAGRAPHS = 20_000
"""How many paragraphs a file may have, those in tables included."""
_MOST_START = 9_999
_LOCKED_AND_OTHERS = {
    "AK601": "is locked with a password, or is an old .doc file",
    "AK602": "is too large unpacked for a Word file",
    "AK603": "holds macros",
}


@dataclass(frozen=True, slots=True, eq=False)
class WordFile:
    """A Word file, read.

    Attributes:
        name: Its name without folders.
        body: Its text.
        comments: Text of each comment by id, a paragraph each; who wrote them is not kept.
        sheet: Its styles.
        lists: Its lists.
    """

    name: str
    body: etree._Element
    comments: dict[str, tuple[str, ...]]
    sheet: StyleSheet
    lists: Lists


def open_word(path: str | Path) -> WordFile:
    """Open a Word file.

    Raises:
        SourceError: AK100 when it cannot be read, AK289 when it is no Word file, locked, too large, or has macros.
    """
    path = Path(path)
    try:
        with path.open("rb") as handle:
            content = handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hints = ("check the path and the file's permissions",)
        raise SourceError(
            Diagnostic("AK100", f"the file cannot be read: {reason}", place=Place(str(path)), hints=hints)
        ) from error
    if len(content) > MOST_BYTES:
        raise SourceError(_refused(path, f"is larger than {MOST_BYTES // 1024**2} MB"))
    try:
        package = open_package(content, str(path), outside=True)
        return _read(package, path)
    except TemplateError as error:
        first = error.diagnostics[0]
        raise SourceError(
            _refused(path, _LOCKED_AND_OTHERS.get(first.code, "is not a sound .docx file"), *first.hints)
        ) from error


def _refused(path: Path, what: str, *hints: str) -> Diagnostic:
    hints = hints or ("open it in Word and save the part with the clause as a .docx file",)
    return Diagnostic("AK289", f"{path.name} {what}", place=Place(str(path)), hints=hints)


def _read(package: Package, path: Path) -> WordFile:
    parts: dict[str, etree._Element] = {}
    for link in package.relationships(package.main):
        kind, target = link.type.rsplit("/", 1)[-1], package.target(package.main, link)
        if kind in ("styles", "numbering", "comments") and not link.external and target in package.parts:
            parts.setdefault(kind, parse(package.parts[target]))
    body = parse(package.parts[package.main]).find(w("body"))
    if body is None:
        raise SourceError(_refused(path, "has no text"))
    if sum(1 for _ in body.iter(w("p"))) > MOST_PARAGRAPHS:
        raise SourceError(_refused(path, f"has more than {MOST_PARAGRAPHS:,} paragraphs"))
    styles = parts.get("styles", etree.Element(w("styles")))
    lists = read_lists(parts.get("numbering"), styles)
    comments = {
        one.get(w("id")) or "": tuple(text for p in one.iter(w("p")) if (text := "".join(_texts(p)).strip()))
        for one in parts.get("comments", styles).findall(w("comment"))
    }
    return WordFile(path.name, body, comments, StyleSheet(styles), _bounded(lists))


def _texts(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(w("t"), w("tab"), w("br")):
        yield (element.text or "") if element.tag == w("t") else " "


def _bounded(lists: Lists) -> Lists:
    """Return lists whose labels cannot become long, whatever number a hostile file begins at."""
    levels = {
        number: {
            at: replace(level, start=min(max(level.start, 0), _MOST_START), text=level.text[:60])
            for at, level in by_level.items()
        }
        for number, by_level in lists.levels.items()
    }
    return Lists(levels, lists.family, lists.places)
