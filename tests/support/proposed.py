"""Edits made by hand, as a returned file would give them, and the founding case to make them on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from built import ROOT

import agreementkit as ak
from agreementkit.proposing.trying import Paragraph, paragraphs
from agreementkit.returned import Edit, Location

CASE = ROOT / "examples" / "suffolk-ccgs.yaml"


@cache
def agreements() -> ak.AgreementSet:
    """Return the recognition agreement of the founding case."""
    return ak.assemble(ak.Config.from_yaml(_alone(CASE.read_text(encoding="utf-8"))))


def _alone(text: str) -> str:
    return text.replace("[partnership, recognition]", "[recognition]")


def from_text(folder: Path) -> ak.AgreementSet:
    """Write the founding case to a folder, and return its recognition agreement."""
    file = folder / "agreement.yaml"
    file.write_text(_alone(CASE.read_text(encoding="utf-8")), encoding="utf-8")
    return ak.assemble(ak.Config.load(file))


@cache
def all_paragraphs() -> tuple[Paragraph, ...]:
    """Return the paragraphs of the founding case's recognition agreement."""
    return tuple(paragraphs(agreements().documents[0]))


def paragraph(division: str, term: str = "") -> Paragraph:
    """Return the first paragraph of a division that is no heading, or a definition."""
    return next(
        one
        for one in all_paragraphs()
        if (one.unit.key == term if term else one.division.id == division and one.unit.kind != "heading")
    )


def place(one: Paragraph) -> Location:
    """Return the place of a paragraph."""
    number = one.division.number.label if one.division.number else ""
    return Location(
        one.division.id, one.top.id, number, "", one.unit.key, one.unit.block, one.unit.row, "bookmark", 1.0
    )


def reworded(one: Paragraph, new: str, author: str = "Union officer") -> Edit:
    """Return the edit that gives a paragraph other words."""
    when = "2026-05-01T10:00:00Z"
    return Edit(f"e-{one.key}-{new[:9]}", "replaced", True, author, when, place(one), old=one.text, new=new)


def added(one: Paragraph, new: str, author: str = "Union officer") -> Edit:
    """Return the edit that puts a paragraph behind another."""
    return Edit(f"a-{one.key}", "inserted", True, author, "", place(one), after=new, new=new, whole=True)


def removed(one: Paragraph, author: str = "Union officer") -> Edit:
    """Return the edit that takes out a paragraph."""
    return Edit(f"r-{one.key}", "deleted", True, author, "", place(one), before=one.text, old=one.text, whole=True)


def value(one: Paragraph, path: str, before: str, after: str, author: str = "Union officer") -> Edit:
    """Return the edit that writes over a value."""
    new = one.text.replace(before, after, 1)
    return Edit(
        f"v-{one.key}-{after}", "value", True, author, "", place(one), before=before, after=after, old=one.text,
        new=new, path=path,
    )  # fmt: skip
