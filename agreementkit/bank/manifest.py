"""`pack.yaml`: who a pack is."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreementkit.bank.clause import Identifier
from agreementkit.bank.faults import model_faults
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError
from agreementkit.source import load_yaml, read_text


class Manifest(BaseModel):
    """`pack.yaml`: who the pack is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier = Field(description="Permanent id of the pack")
    title: str = Field(min_length=1, description="What the pack is, in words")
    version: str = Field(pattern=r"^\d+(\.\d+){1,2}$", description="Version of the pack, quoted")
    licence: str = Field(default="", description="Licence of the texts")
    publisher: str = Field(default="", description="Which body publishes the pack")


def read_manifest(folder: Path, found: list[Diagnostic]) -> Manifest | None:
    """Read the `pack.yaml` of a folder; None, with faults (AK204) in `found`, when it cannot be used."""
    path = folder / "pack.yaml"
    shown = f"{folder.name}/pack.yaml"
    if not path.is_file():
        found.append(
            Diagnostic(
                "AK204",
                f"{folder} is not a pack: it has no pack.yaml",
                place=Place(str(folder)),
                hints=("name the folder that holds pack.yaml",),
            )
        )
        return None
    try:
        source = read_text(path, shown)
        data, positions = load_yaml(source)
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return None
    try:
        return Manifest.model_validate(data if data is not None else {})
    except ValidationError as error:
        found.extend(model_faults(error, positions, "AK204", Manifest))
        return None
