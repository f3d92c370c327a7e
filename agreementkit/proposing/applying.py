"""Writes what was accepted: wordings into a pack, values into the configuration; all of it or nothing.

Before a file is written, the pack is read as it will be, the agreements are assembled with it, and they have to say
exactly what was accepted.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from agreementkit.agreement import AgreementSet, assemble, packs_of
from agreementkit.bank import Bank
from agreementkit.bank.bank import core_folder
from agreementkit.bank.files import PackFiles, read_folder
from agreementkit.bank.manifest import NAME as MANIFEST
from agreementkit.bank.opening import ID_PATTERN
from agreementkit.bank.pack import read_packs
from agreementkit.bank.places import open_places
from agreementkit.config import Config
from agreementkit.config.fields import FOLDER
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError, ProposalError
from agreementkit.proposing.amending import CannotBeWritten, PackText, pack_texts
from agreementkit.proposing.changes import source_of
from agreementkit.proposing.proposal import ValueProposal, WordingProposal
from agreementkit.proposing.proposals import Proposals
from agreementkit.proposing.settings import is_as_its_file, text_of, with_values
from agreementkit.proposing.trying import Trial
from agreementkit.saving import save_all

_README = "Wordings that were agreed in negotiation, each in a file of its own. `agreementkit pack show` lists them.\n"


def apply(
    proposals: Proposals, *, pack: Path | None = None, config: Path | None = None, pack_id: str = "", title: str = ""
) -> tuple[Path, ...]:  # fmt: skip
    """Write accepted proposals.

    Args:
        proposals: The proposals.
        pack: Folder for the wordings; None to leave them.
        config: File for the values; None to leave them.
        pack_id: Id of a new pack; "" for the name of its folder.
        title: Title of a new pack.

    Returns:
        What was written.

    Raises:
        ProposalError: AK811 for what cannot be accepted, AK813 for what cannot be together, AK816 and AK817.
        OutputError: A folder cannot be written to.
    """
    agreements = proposals.agreements
    faults = [*_unfit(proposals), *proposals.conflicts]
    if faults:
        raise ProposalError(*faults)
    wordings = [one for one in proposals.accepted if isinstance(one, WordingProposal) and pack is not None]
    values = [one for one in proposals.accepted if isinstance(one, ValueProposal) and config is not None]
    if config is not None and (values or wordings) and not is_as_its_file(agreements.config):
        hint = "load it from the file that is to be written, and change that file"
        raise ProposalError(Diagnostic("AK817", "the configuration is not as its file has it", hints=(hint,)))
    files: dict[Path, str] = {}
    bank = agreements.bank
    if pack is not None and wordings:
        new, bank = _pack(agreements, wordings, pack, pack_id, title)
        files |= {pack / name: text for name, text in new.items()}
    text = _config_text(agreements, {one.path: one.after for one in values})
    if pack is not None and wordings and config is not None:
        text = _naming(agreements, pack, config, text)
    made = _config(agreements, text)
    _compared(agreements, made, bank, wordings, values)
    if config is not None and (values or (wordings and pack is not None)):
        files[config] = text
    return _save(files)


def _unfit(proposals: Proposals) -> list[Diagnostic]:
    """Return a fault for each proposal that is accepted in the file of decisions and cannot be."""
    hint = "reject or defer it, or change the clause or the configuration by hand"
    return [
        Diagnostic("AK811", f"{one.id} ({one.where}) cannot be accepted: {one.why}", path=one.place.id, hints=(hint,))
        for one in proposals.accepted
        if one.why
    ]


def _save(files: Mapping[Path, str]) -> tuple[Path, ...]:
    if not files:
        return ()
    whole = {path.absolute(): text for path, text in files.items()}
    folder = Path(os.path.commonpath([str(path.parent) for path in whole]))
    names = [(path.relative_to(folder).as_posix(), text.encode()) for path, text in whole.items()]
    save_all(folder, names)
    return tuple(files)


# ------------------------------------------------------------------------------------------------ the pack


def _pack(
    agreements: AgreementSet, wordings: Sequence[WordingProposal], folder: Path, id_: str, title: str
) -> tuple[dict[str, str], Bank]:
    """Return the new files of a pack by name, and the bank with the pack over it."""
    found: list[Diagnostic] = []
    there = folder.is_dir() and any(folder.iterdir())
    files = read_folder(folder, str(folder), found) if there else PackFiles(str(folder), folder, {})
    if found:
        raise ProposalError(*found)
    if there and MANIFEST not in files.files:
        raise ProposalError(_refused(folder, "it holds something and is no pack", "name a pack, or a new folder"))
    new: dict[str, str] = {}
    if not there:
        id_ = id_ or re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")
        if not re.match(ID_PATTERN, id_):
            hint = "use lower-case letters, digits and hyphens, beginning with a letter; `--id` names one"
            raise ProposalError(_refused(folder, f"{id_!r} cannot be the id of a pack", hint))
        shown = json.dumps(title or "Agreed changes", ensure_ascii=False)
        new |= {MANIFEST: f'id: {id_}\ntitle: {shown}\nversion: "0.1"\n', "README.md": f"# {title or id_}\n\n{_README}"}
    for text in _texts(agreements, wordings, folder):
        new[_free(text, {*files.files, *new})] = text.text
    return new, _bank(agreements, files, new, folder)


def _texts(agreements: AgreementSet, wordings: Sequence[WordingProposal], folder: Path) -> tuple[PackText, ...]:
    changes = [change for one in wordings if one.wanted for change in one.wanted.changes]
    reasons: dict[tuple[bool, str], list[str]] = {}
    for one in wordings:
        for change in one.wanted.changes if one.wanted else ():
            by = f"Proposed by {one.author}" if one.author else "Proposed in a returned file"
            said = f"{by}: {one.reason}" if one.reason else f"{by}."
            reasons.setdefault(source_of(change), []).append(said)
    try:
        return pack_texts(agreements.bank, changes, reasons)
    except CannotBeWritten as error:
        hint = "take one of the accepted proposals back, or change the clause by hand"
        raise ProposalError(_refused(folder, str(error), hint)) from error


def _free(text: PackText, taken: set[str]) -> str:
    """Return a name for a file that no other has."""
    stem = f"{'definitions' if text.definition else 'clauses'}/{text.source}"
    number, name = 1, f"{stem}.md"
    while name in taken:
        number += 1
        name = f"{stem}-{number}.md"
    return name


def _bank(agreements: AgreementSet, files: PackFiles, new: Mapping[str, str], folder: Path) -> Bank:
    """Return the bank with a pack as it will be over the packs of the configuration, or in its place among them."""
    found: list[Diagnostic] = []
    opened = open_places(core_folder(), packs_of(agreements.config), found)
    together = {**files.files, **{name: text.encode() for name, text in new.items()}}
    whole = replace(files, files=dict(sorted(together.items())))
    where = folder.resolve()
    if any(one.where.resolve() == where for one in opened):
        opened = [whole if one.where.resolve() == where else one for one in opened]
    else:
        opened.append(whole)
    bank = Bank.of_packs(read_packs(opened, found), found)
    if found:
        hint = "write into a new pack over this one, or mend what the messages below name"
        raise ProposalError(_refused(folder, "the pack would not be sound with what was accepted", hint), *found)
    return bank


def _refused(folder: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic("AK816", message, place=Place(str(folder)), hints=(hint,))


# --------------------------------------------------------------------------------------- the configuration


def _config_text(agreements: AgreementSet, values: Mapping[str, Any]) -> str:
    text = with_values(agreements.config, values)
    if text is None:
        hint = "change these settings by hand"
        raise ProposalError(
            Diagnostic("AK817", f"{', '.join(values)} cannot be written into the configuration", hints=(hint,))
        )
    return text


def _naming(agreements: AgreementSet, pack: Path, config: Path, text: str) -> str:
    """Return the text of a configuration that names a pack."""
    here = agreements.config.folder or config.absolute().parent
    known = {(here / name).resolve() for name in agreements.config.packs}
    if pack.resolve() in known:
        return text
    name = Path(os.path.relpath(pack.absolute(), config.absolute().parent)).as_posix()
    named = with_values(agreements.config, {"packs": [*agreements.config.packs, name]}, text)
    return named if named is not None else text


def _config(agreements: AgreementSet, text: str) -> Config:
    if text == text_of(agreements.config):
        return agreements.config
    positions = agreements.config.positions
    try:
        made = Config.from_yaml(text, positions.source.file if positions else "agreement.yaml")
    except AgreementKitError as error:
        hint = "take one of the accepted values back"
        fault = Diagnostic("AK817", "the configuration would not be sound with what was accepted", hints=(hint,))
        raise ProposalError(fault, *error.diagnostics) from error
    made.__dict__[FOLDER] = agreements.config.folder
    return made


def _compared(
    agreements: AgreementSet,
    config: Config,
    bank: Bank,
    wordings: Sequence[WordingProposal],
    values: Sequence[ValueProposal],
) -> None:
    """See that the agreements say what was accepted: the words with the values as they are, then all of it."""
    hint = "accept fewer at once, and apply them one after the other"
    wanted = [one.wanted for one in wordings if one.wanted]
    try:
        made = assemble(agreements.config, bank)
        if values:
            assemble(config, bank)
    except AgreementKitError as error:
        fault = Diagnostic("AK813", "the agreement cannot be made with what was accepted", hints=(hint,))
        raise ProposalError(fault, *error.diagnostics) from error
    why = Trial(agreements).compared(replace(made, day=agreements.day), wanted).reason
    if why:
        message = f"together, what was accepted does not give what it says: {why}"
        raise ProposalError(Diagnostic("AK813", message, hints=(hint,)))
