"""Values as content controls: a title a person understands, a tag a program understands, one change for all.

A control stands on the runs of one value. Its tag is the configuration path, so that a file that comes back
can be read again (`read_values`); all places that print a value alike are bound together (`store`). Only drafts
have controls: what is signed is plain text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from agreementkit.tree.nodes import Blank, Value
from agreementkit.tree.walk import BLANK
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import escape, run, w
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse, read_relationships, refuse, resolve, unpack
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.values.store import BLOCK, Store, blank_look

MARK = "ak:"
"""How the tags of our controls begin."""

LONGEST = 64
"""Characters that Word keeps of a tag or a title."""

_ENTRY = re.compile(r"\[(\d+)\]")
_CAPITALS = {"hr": "HR", "lnc": "LNC", "nhs": "NHS", "acas": "Acas"}
_KEY = re.compile(r"@key='(\w+)'")
_PROPERTIES = (w("tag"), w("placeholder"), w("dataBinding"))
_TEXT = w("t")
_SHOWN = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}


@lru_cache(maxsize=1024)
def tag(path: str) -> str:
    """Return the tag of a configuration path; a short hash takes the end of one that is longer than Word keeps."""
    whole = MARK + path
    if len(whole) <= LONGEST:
        return whole
    mark = hashlib.blake2s(path.encode(), digest_size=4).hexdigest()
    return f"{whole[: LONGEST - len(mark) - 1]}~{mark}"


@lru_cache(maxsize=1024)
def title(path: str) -> str:
    """Return a configuration path in words: `unions[3].name` is "Unions 4: name"."""
    steps = [_ENTRY.sub(lambda found: f" {int(found[1]) + 1}", step) for step in path.split(".")]
    words = [" ".join(_CAPITALS.get(word, word) for word in step.replace("_", " ").split()) for step in steps]
    said = f"{words[0]}: {', '.join(words[1:])}" if len(words) > 1 else words[0]
    return _short(said[:1].upper() + said[1:])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


@dataclass(slots=True)
class Controls:
    """Writes the content controls of one document.

    Attributes:
        styles: Styles of the house file.
        allocator: Ids of the document.
        store: What the controls are bound to.
    """

    styles: Styles
    allocator: Allocator
    store: Store
    _made: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def value(self, value: Value, look: str) -> str:
        """Return a filled-in value as a control on its run."""
        runs = run(value.text, look)
        if not runs or not value.path:
            return runs
        made = self._made.get((value.path, value.text))
        if made is None:
            kind = '<w:text w:multiLine="1"/>' if "\n" in value.text else "<w:text/>"
            made = self._made[value.path, value.text] = (
                _names(title(value.path), tag(value.path)),
                self.store.binding(value.path, value.text) + kind,
            )
        return self._control(made, look, runs)

    def blank(self, blank: Blank, look: str) -> str:
        """Return a value not yet given as a control that shows its placeholder.

        What is typed into it takes the look of the control, not that of the placeholder.
        """
        self.store.blanks = True
        names, bound = _names(_short(blank.label) or "Not yet given", ""), ""
        if blank.path:  # without one, nothing says that two blanks are the same, and each is filled on its own
            names = _names(_short(blank.label) or title(blank.path), tag(blank.path))
            bound = self.store.binding(blank.path, "")
        shows = f'<w:placeholder><w:docPart w:val="{BLOCK}"/></w:placeholder><w:showingPlcHdr/>'
        made = names, f"{shows}{bound}<w:text/>"
        return self._control(made, look, run(BLANK, blank_look(self.styles[Role.PLACEHOLDER], look)))

    def _control(self, made: tuple[str, str], look: str, runs: str) -> str:
        names, kind = made
        typed = f"<w:rPr>{look}</w:rPr>" if look else ""
        return (
            f'<w:sdt><w:sdtPr>{typed}{names}<w:id w:val="{self.allocator.control()}"/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{runs}</w:sdtContent></w:sdt>"
        )


def _names(shown: str, mark: str) -> str:
    tagged = f'<w:tag w:val="{escape(mark)}"/>' if mark else ""
    return f'<w:alias w:val="{escape(shown)}"/>{tagged}'


# ------------------------------------------------------------------------------------------- reading back


@dataclass(frozen=True, slots=True)
class Control:
    """A content control of ours as it stands in a file.

    Attributes:
        tag: Its tag; "" for a blank that has no path.
        text: The words it shows.
        block: Name of the building block it shows, while nothing has been filled in.
        key: Key of the element of the store it is bound to, if it is bound.
        item: Identity of that store.
    """

    tag: str
    text: str
    block: str = ""
    key: str = ""
    item: str = ""


def controls(root: etree._Element) -> Iterator[Control]:
    """Yield the content controls of ours in a part."""
    moved = next(root.iter(w("moveFrom")), None) is not None  # asked once: hardly a file has any
    for element in root.iter(w("sdt")):
        properties = element.find(w("sdtPr"))
        said = {} if properties is None else {one.tag: one for one in reversed(properties)}  # the first of each counts
        tagged, holder, bound = (said.get(name) for name in _PROPERTIES)
        block = holder.find(w("docPart")) if holder is not None else None
        name = tagged.get(w("val"), "") if tagged is not None else ""
        shown = block.get(w("val"), "") if block is not None else ""
        if name.startswith(MARK) or shown == BLOCK:
            key = _KEY.search(bound.get(w("xpath"), "")) if bound is not None else None
            waits = w("showingPlcHdr") in said
            item = bound.get(w("storeItemID"), "") if bound is not None else ""
            text = "".join(_words(element, moved=moved))
            yield Control(name, text, shown if waits else "", key[1] if key else "", item)


def read_values(content: bytes, file: str = "the file") -> Mapping[str, tuple[str, ...]]:
    """Return what the controls of a Word file say: the different texts of each path, in the order they stand.

    A path that Word could not keep whole is named by its shortened tag (see `tag`). A blank reads `[●]`.
    Words that are struck out as tracked changes do not count, words that are put in do.

    Raises:
        TemplateError: The file cannot be read, is locked, or is far too large unpacked.
    """
    parts = unpack(content, file)
    try:
        links = read_relationships(parts["_rels/.rels"])
        main = next(resolve("", link.target) for link in links if link.type.endswith("/officeDocument"))
        root = parse(parts[main])
    except (KeyError, StopIteration, UnsoundXmlError) as fault:
        raise refuse(file, "AK600", "The file is not a sound Word file.", "save it again as .docx") from fault
    found: dict[str, dict[str, None]] = {}
    for control in controls(root):
        if control.tag:
            found.setdefault(control.tag.removeprefix(MARK), {}).setdefault(control.text)
    return {path: tuple(texts) for path, texts in found.items()}


def _words(control: etree._Element, *, moved: bool) -> Iterator[str]:
    for content in control.iterchildren(w("sdtContent")):
        for one in content.iter(_TEXT, *_SHOWN):
            if not moved or next(one.iterancestors(w("moveFrom")), None) is None:
                yield (one.text or "") if one.tag == _TEXT else _SHOWN[one.tag]
