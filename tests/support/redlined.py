"""Redlines of two trees, and what is in them."""

from __future__ import annotations

from typing import Any

from lxml import etree

import agreementkit as ak
from agreementkit.comparing.redlining.redline import redline
from agreementkit.testing.redlines import faults_of
from agreementkit.testing.revisions import main_part
from agreementkit.tree.nodes import Document
from agreementkit.writers.word.markup import w


def both(old: Document, new: Document, **choices: Any) -> tuple[etree._Element, list[str]]:
    """Return the main part of a redline of two versions, and how it is not what it says."""
    (changes,) = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(new, ak.Report)).agreements
    content = redline(changes, author="Staff Side", **choices)
    return main_part(content), faults_of(changes, content)


def words(root: etree._Element, kind: str) -> list[str]:
    """Return the words of each change of a kind, in order; those of fields and of ends of paragraphs are left out."""
    found = ("".join(t.text or "" for t in one.iter(w("t"), w("delText"))) for one in root.iter(w(kind)))
    return [text for text in found if text.strip()]


def count(root: etree._Element, path: str) -> int:
    """Return how many elements there are: `tr/trPr/ins`."""
    return len(root.findall(".//" + "/".join(w(step) for step in path.split("/"))))
