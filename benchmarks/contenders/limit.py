"""The limit: the finished parts, as trees in memory, serialised by lxml and deflated through `zipfile` at level 6."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from agreementkit.writers.word.package.intake import parse
from benchmarks.contenders.finished import pack, read_parts


def limit(files: Sequence[bytes]) -> Callable[[], list[bytes]]:
    """Return what does the least that any program has to do that saves these files."""
    trees = [{name: parse(part) for name, part in read_parts(one).items()} for one in files]

    def save() -> list[bytes]:
        return [
            pack({name: etree.tostring(root, xml_declaration=True, encoding="UTF-8") for name, root in parts.items()})
            for parts in trees
        ]

    return save
