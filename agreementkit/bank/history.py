"""The wordings that a pack keeps: what others may have been written against, though newer ones have taken their place.

`history/published.yaml` lists every wording that was published with its hash; `history/<shelf>/<id>/<version>` holds
those that are no longer the present one. `agreementkit pack revise` and `pack publish` write both. Nothing in
`history/` is part of a bank; it is read for upgrades only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreementkit.bank.archive import read_archive
from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.entries import read_entries
from agreementkit.bank.faults import model_faults
from agreementkit.bank.files import HISTORY, PackFiles, read_folder
from agreementkit.bank.opening import Identifier, content_hash
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.source import SourceText

PUBLISHED = f"{HISTORY}/published.yaml"


class Shelf(StrEnum):
    """Where an id is looked for: clauses and definitions may have the same ids."""

    CLAUSES = "clauses"
    DEFINITIONS = "definitions"
    PRECEDENTS = "precedents"


Key = tuple[Shelf, str, str]
"""A wording: shelf, id, version."""


class Publication(BaseModel):
    """One wording that was published."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    shelf: Shelf = Field(description="What it is")
    id: Identifier = Field(description="Its id")
    version: str = Field(pattern=r"^\d+\.\d+$", description="Its version, quoted")
    hash: str = Field(pattern=r"^[0-9a-f]{32}$", description="Its content hash")

    @property
    def key(self) -> Key:
        """The wording."""
        return (self.shelf, self.id, self.version)


@dataclass(frozen=True, slots=True)
class History:
    """What a pack has kept.

    Attributes:
        published: Hash of every wording that was published.
        files: The files in `history/`, by name.
    """

    published: Mapping[Key, str]
    files: PackFiles

    def wording(self, key: Key, beginning: str = "") -> SourceText | None:
        """Return a kept wording, or None when it was not kept, or its hash does not begin so."""
        name = kept_as(key)
        data = self.files.files.get(name)
        if data is None:
            return None
        try:
            text = SourceText.decode(data, self.files.place(name).file)
        except AgreementKitError:
            return None
        return text if content_hash(text.text).startswith(beginning) else None


def shelf_of(source: ClauseSource) -> Shelf:
    """Return the shelf of a clause or a definition."""
    return Shelf.DEFINITIONS if source.front.kind is Kind.DEFINITION else Shelf.CLAUSES


def kept_as(key: Key) -> str:
    """Return the name of the file in which a wording is kept."""
    shelf, id_, version = key
    return f"{HISTORY}/{shelf}/{id_}/{version}.{'yaml' if shelf is Shelf.PRECEDENTS else 'md'}"


def read_history(files: PackFiles, found: list[Diagnostic]) -> History:
    """Read what a pack has kept.

    Args:
        files: The files of the pack.
        found: Takes every fault of reading, and AK261 for a broken list.
    """
    where = files.where
    read = (
        read_folder(where, files.shown, found, history=True)
        if where.is_dir()
        else read_archive(where, files.shown, found, history=True)
    )
    kept = read or PackFiles(files.shown, where, {})
    published: dict[Key, str] = {}
    data = kept.files.get(PUBLISHED)
    if data is not None:
        try:
            source = SourceText.decode(data, kept.place(PUBLISHED).file)
        except AgreementKitError as error:
            found.extend(error.diagnostics)
            return History(published, kept)
        items, positions = read_entries(source, "published", "AK261", "a wording, `- shelf: …`", found)
        for number, item in enumerate(items if positions else ()):
            try:
                one = Publication.model_validate(item)
            except ValidationError as error:
                assert positions  # noqa: S101 - there are items
                found.extend(
                    model_faults(error, positions, "AK261", Publication, under=("published", number), page="packs.md")
                )
            else:
                published[one.key] = one.hash
    return History(published, kept)
