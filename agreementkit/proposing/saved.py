"""The file of decisions: the edits that proposals are made of, and what was decided about each; JSON or YAML.

Such a file goes from hand to hand, so it is read as what it is: text from somebody else, bounded and typed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreementkit.agreement import AgreementSet
from agreementkit.bank.faults import model_faults
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError, SourceError
from agreementkit.proposing.proposal import Decision, Given, Status
from agreementkit.proposing.proposals import Proposals, proposals_of
from agreementkit.returned.edit import By, Edit, EditKind, Location
from agreementkit.saving import save_all
from agreementkit.source import load_yaml, read_text

FORMAT = "agreementkit-decisions/1"
_HEAD = (
    "# Proposals from returned files, and what was decided about them. `agreementkit proposals` reads and writes it.\n"
)
_MOST = 5_000
_WORDS = 20_000
_SHORT = 300


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Place(_Part):
    id: str = Field("", max_length=_SHORT)
    clause: str = Field("", max_length=_SHORT)
    number: str = Field("", max_length=_SHORT)
    heading: str = Field("", max_length=_SHORT * 4)
    term: str = Field("", max_length=_SHORT)
    block: int = Field(-1, ge=-10, le=100_000)
    row: int = Field(0, ge=-10, le=100_000)
    by: By = ""
    confidence: float = Field(0.0, ge=0, le=1)


class _Edit(_Part):
    id: str = Field(max_length=_SHORT)
    kind: EditKind
    tracked: bool = False
    author: str = Field("", max_length=_SHORT)
    when: str = Field("", max_length=_SHORT)
    place: _Place = _Place()
    before: str = Field("", max_length=_WORDS)
    after: str = Field("", max_length=_WORDS)
    old: str = Field("", max_length=_WORDS)
    new: str = Field("", max_length=_WORDS)
    whole: bool = False
    to: _Place | None = None
    path: str = Field("", max_length=_SHORT)
    detail: str = Field("", max_length=_SHORT)
    agreement: str = Field("", max_length=_SHORT)
    file: str = Field("", max_length=_SHORT * 4)
    reason: str = Field("", max_length=_WORDS)


class _Decision(_Part):
    status: Status
    by: str = Field("", max_length=_SHORT)
    note: str = Field("", max_length=_WORDS)
    on: str = Field("", max_length=20)


class _File(_Part):
    format: Literal["agreementkit-decisions/1"]
    configuration: str = Field("", max_length=_SHORT * 4)
    edits: tuple[_Edit, ...] = Field((), max_length=_MOST)
    decisions: dict[str, _Decision] = Field(default_factory=dict, max_length=_MOST)


def save_decisions(proposals: Proposals, path: Path) -> Path:
    """Write the edits and decisions of proposals to a file; `.json` as JSON, all else as YAML."""
    given = dict.fromkeys(one for proposal in proposals for one in proposal.given)
    given |= dict.fromkeys(one.given for one in proposals.left)
    decided = {one.id: one.decision for one in proposals if one.decision.status != "open"}
    data = {
        "format": FORMAT,
        "configuration": _configuration(proposals, path),
        "decisions": {id_: _bare(asdict(one)) for id_, one in {**proposals.lost, **decided}.items()},
        "edits": [_bare(_as_dict(one)) for one in given],
    }
    if path.suffix.lower() == ".json":
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    else:
        text = _HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return save_all(path.parent, [(path.name, text.encode())])[0]


def _configuration(proposals: Proposals, path: Path) -> str:
    """Return the file of the configuration as seen from the file of decisions; "" where there is none."""
    config = proposals.agreements.config
    if config.positions is None or config.folder is None:
        return ""
    file = config.folder / Path(config.positions.source.file).name
    try:
        return Path(os.path.relpath(file, path.absolute().parent)).as_posix()
    except ValueError:  # on another drive
        return ""


def _as_dict(one: Given) -> dict[str, Any]:
    edit = asdict(one.edit)
    edit["place"] = _bare(edit["place"])
    if edit["to"]:
        edit["to"] = _bare(edit["to"])
    return {**edit, "agreement": one.precedent, "file": one.file[: _SHORT * 4], "reason": one.reason}


def _bare(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data without what is empty or false; a number stays, for a block may be the first one."""
    return {key: value for key, value in data.items() if value not in ("", None) and value is not False}


def read_decisions(path: str | Path, agreements: AgreementSet) -> Proposals:
    """Return the proposals of a file of decisions, made and tried anew with the agreements as they are.

    Args:
        path: The file.
        agreements: The agreements.

    Raises:
        SourceError: AK814, it is no file of decisions; with every fault.
    """
    given, decisions, _ = read_file(path)
    return proposals_of(given, agreements, decisions=decisions)


def read_file(path: str | Path) -> tuple[list[Given], dict[str, Decision], Path | None]:
    """Return the edits and decisions of a file, and the configuration that they were listed with, if it names one.

    Raises:
        SourceError: AK814, it is no file of decisions; with every fault.
    """
    try:
        source = read_text(Path(path))
        values, positions = load_yaml(source)
    except AgreementKitError as error:
        raise SourceError(*error.diagnostics) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        hint = "give the file that `agreementkit proposals list --decisions FILE` wrote"
        message = f"this is no file of decisions of the form {FORMAT}"
        raise SourceError(Diagnostic("AK814", message, place=Place(str(path)), hints=(hint,)))
    try:
        file = _File.model_validate(values)
    except ValidationError as error:
        hints = ("give the file that `agreementkit proposals list --decisions FILE` wrote",)
        faults = model_faults(error, positions, "AK814", _File)
        raise SourceError(*(replace(one, hints=one.hints or hints) for one in faults)) from error
    given = []
    for one in file.edits:
        data = one.model_dump(exclude={"agreement", "file", "reason", "place", "to"})
        place = Location(**one.place.model_dump())
        to = Location(**one.to.model_dump()) if one.to else None
        given.append(Given(one.agreement, Edit(**data, place=place, to=to), one.file, one.reason))
    config = Path(path).parent / file.configuration if file.configuration else None
    return given, {id_: Decision(**one.model_dump()) for id_, one in file.decisions.items()}, config
