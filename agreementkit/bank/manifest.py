"""`pack.yaml`: who a pack is."""

from __future__ import annotations

from pydantic import ConfigDict, Field, ValidationError

from agreementkit.bank.faults import model_faults
from agreementkit.bank.files import PackFiles
from agreementkit.bank.index import text_in
from agreementkit.bank.lifecycle import LifecycleKeys
from agreementkit.bank.opening import Identifier
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, load_yaml

NAME = "pack.yaml"


class Manifest(LifecycleKeys):
    """`pack.yaml`: who the pack is, and how far its texts have come where they do not say it themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: Identifier = Field(description="Permanent id of the pack")
    title: str = Field(min_length=1, description="What the pack is, in words")
    version: str = Field(pattern=r"^\d+(\.\d+){1,2}$", description="Version of the pack, quoted")
    licence: str = Field(default="", description="Licence of the texts")
    publisher: str = Field(default="", description="Which body publishes the pack")


def read_manifest(files: PackFiles, found: list[Diagnostic]) -> tuple[Manifest, Positions] | None:
    """Read the `pack.yaml` of a pack.

    Args:
        files: The files of the pack.
        found: Takes every fault (AK204, and those of reading).

    Returns:
        The manifest and the places of its values; None when it cannot be used.
    """
    if NAME not in files.files:
        if not files.refused & {"", NAME}:  # else it was said already why there is none
            found.append(
                Diagnostic(
                    "AK204",
                    f"{files.where} is not a pack: it has no pack.yaml",
                    place=Place(files.shown),
                    hints=("name the folder that holds pack.yaml; in a zip file, put it at the root or in one folder",),
                )
            )
        return None
    try:
        values, positions = load_yaml(text_in(files, NAME))
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return None
    try:
        return Manifest.model_validate(values if values is not None else {}), positions
    except ValidationError as error:
        found.extend(model_faults(error, positions, "AK204", Manifest, page="packs.md"))
        return None
