"""Records that a body has agreed the texts of a set: writes the adoptions of a pack, with version and hash of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from agreementkit.agreement import AgreementSet
from agreementkit.bank import ClauseSource, Kind
from agreementkit.bank.adopt import NAME, SHORT, read_adoptions
from agreementkit.bank.lifecycle import Approval, Status
from agreementkit.bank.manifest import read_manifest
from agreementkit.bank.places import Named, open_place
from agreementkit.checks.lifecycle import used_sources
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import BankError, OutputError
from agreementkit.saving import save_all
from agreementkit.source import SourceText


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was recorded.

    Attributes:
        path: The file; not written when there was nothing to record.
        clauses: Ids of the clauses.
        definitions: Ids of the definitions.
        left: Ids of texts that stay as they are: those of the pack itself or of packs over it, and superseded ones.
    """

    path: Path
    clauses: tuple[str, ...]
    definitions: tuple[str, ...]
    left: tuple[str, ...]


def adopt(
    agreements: AgreementSet,
    folder: str | Path,
    *,
    body: str,
    date: dt.date,
    reference: str | None = None,
    review_by: dt.date | None = None,
    only: Collection[str] = (),
) -> Adopted:
    """Record that a body has agreed the texts of a set that lie below a pack and are not agreed yet.

    Args:
        agreements: The set whose texts are meant.
        folder: Folder of the pack, one of those that the configuration names.
        body: The body, such as `Joint Forum`.
        date: Day of its decision.
        reference: Where the decision is recorded.
        review_by: Day by which the texts are to be looked at again.
        only: Only these clauses and definitions, by id; all when empty.

    Returns:
        What was recorded. An entry is added at the end of `adopted.yaml`; nothing is taken out of it.

    Raises:
        BankError: The folder is no pack.
        OutputError: AK279 when the set does not use the pack or one of the ids, the body is no name, or the file is
            written so that nothing can be added; AK723 where it cannot be written.
    """
    folder = Path(folder)
    position = _position(agreements, folder)
    try:
        approval = Approval(body=body, date=date, reference=reference)
    except ValidationError as error:
        what = f"the name of the body and the reference have to be short texts on one line: {body!r}, {reference!r}"
        raise OutputError(Diagnostic("AK279", what, hints=("write them as they stand in the minutes",))) from error
    used = list(dict.fromkeys(source for source, _, _ in used_sources(agreements.scene)))
    unknown = [id_ for id_ in only if id_ not in {source.id for source in used}]
    if unknown:
        known = [source.id for source in used]
        found = (Diagnostic("AK279", f"the set has no text {id_!r}", hints=suggest(id_, known)) for id_ in unknown)
        raise OutputError(*found)
    order = {manifest.id: number for number, manifest in enumerate(agreements.bank.packs)}
    taken: dict[str, ClauseSource] = {}
    terms: dict[str, ClauseSource] = {}
    left: list[str] = []
    for source in used:
        if only and source.id not in only:
            continue
        below = tuple(one for one in source.amendments if order[one.pack] < position)
        lives = [source.life, *(one.life for one in below if one.changes_words)]
        if all(life.is_agreed for life in lives):
            continue
        if order[source.pack] >= position or any(life.status is Status.SUPERSEDED for life in lives):
            left.append(source.id)
        else:
            shelf = terms if source.front.kind is Kind.DEFINITION else taken
            shelf[source.id] = replace(source, amendments=below)
    path = folder / NAME
    if taken or terms:
        _add(path, "".join(_entry(approval, review_by, taken, terms)), agreements.bank.packs[position].id)
    return Adopted(path, tuple(taken), tuple(terms), tuple(left))


def _position(agreements: AgreementSet, folder: Path) -> int:
    """Return where in the order of packs the pack of a folder lies."""
    found: list[Diagnostic] = []
    files = open_place(Named(folder), found)
    read = read_manifest(files, found) if files else None
    if read is None or found:
        raise BankError(*found)
    ids = [manifest.id for manifest in agreements.bank.packs]
    if read[0].id not in ids[1:] or not folder.is_dir():
        what = f"the configuration does not use the pack {read[0].id!r} as a folder"
        hint = "name the folder of the pack under `packs:` in the configuration"
        raise OutputError(Diagnostic("AK279", what, place=Place(str(folder)), hints=(hint,)))
    return ids.index(read[0].id)


def _entry(
    approval: Approval,
    review_by: dt.date | None,
    clauses: Mapping[str, ClauseSource],
    terms: Mapping[str, ClauseSource],
) -> Iterator[str]:
    yield f"  - approved:\n      - body: {_quoted(approval.body)}\n        date: {approval.date.isoformat()}\n"
    if approval.reference:
        yield f"        reference: {_quoted(approval.reference)}\n"
    if review_by:
        yield f"    review_by: {review_by.isoformat()}\n"
    for key, texts in (("clauses", clauses), ("definitions", terms)):
        if texts:
            yield f"    {key}:\n"
        for id_, source in texts.items():
            yield f'      {id_}: {{base: "{source.front.version}", base_hash: "{source.wording[:SHORT]}"}}\n'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _add(path: Path, entry: str, pack: str) -> None:
    """Add an entry at the end of the file, and see that it reads as it is meant, before it is written."""
    old = path.read_text(encoding="utf-8") if path.is_file() else "adopted:\n"
    before = read_adoptions(SourceText.of(old, str(path)), pack, []) if path.is_file() else []
    new = f"{old.rstrip()}\n{entry}"
    faults: list[Diagnostic] = []
    after = read_adoptions(SourceText.of(new, str(path)), pack, faults)
    if faults or len(after) != len(before) + 1:
        what = f"{path.name} is written so that nothing can be added at its end"
        hint = f"write its list in lines, each entry indented by two spaces, or add this by hand:\n{entry.rstrip()}"
        raise OutputError(Diagnostic("AK279", what, place=Place(str(path)), hints=(hint,)))
    save_all(path.parent, [(path.name, new.encode())])
