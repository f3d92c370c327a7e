"""What somebody named to be compared: a configuration, agreements in JSON, or a pack; and how it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from agreementkit.agreement import Agreement, AgreementSet, assemble
from agreementkit.bank import Bank
from agreementkit.bank.places import INSTALLED, Named
from agreementkit.comparing.banks import BankComparison
from agreementkit.comparing.comparison import Comparison
from agreementkit.comparing.position import Positions
from agreementkit.comparing.talks import positions
from agreementkit.comparing.versions import compare
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AssemblyError

CORE = "core"
"""Names the core without any pack, where no file or folder of that name is there."""


class SourceKind(StrEnum):
    """What can be compared."""

    CONFIG = "a configuration"
    JSON = "agreements in JSON"
    PACK = "a pack"
    WORD = "a Word file that came back"


def kind_of(name: str) -> SourceKind:
    """Return what a name stands for, by what is there and by its ending.

    Raises:
        AssemblyError: AK772 where it is nothing of the kind.
    """
    path = Path(name)
    ending = path.suffix.lower()
    if name.startswith(INSTALLED) or (path / "pack.yaml").is_file() or ending == ".zip":
        return SourceKind.PACK
    if path.is_dir() and any(path.glob("*.json")):
        return SourceKind.JSON
    if ending in (".yaml", ".yml"):
        return SourceKind.CONFIG
    if ending == ".json":
        return SourceKind.JSON
    if ending == ".docx":
        return SourceKind.WORD
    if not path.exists() and not ending and path.name == name:
        return SourceKind.PACK  # the core, or an installed pack
    raise AssemblyError(
        Diagnostic(
            "AK772",
            f"{name} is nothing that can be compared",
            place=Place(name),
            hints=(
                "name a configuration (.yaml), an agreement that was built as .json or a folder of them, or a pack",
                "check the path",
            ),
        )
    )


def compare_named(
    names: tuple[str, str],
    *,
    packs: Sequence[str] = (),
    config: Path | None = None,
    agreement: str | None = None,
    notes: bool = False,
) -> Comparison | BankComparison:
    """Compare two things by their names.

    Args:
        names: Two configurations, two packs, or agreements in JSON; a configuration may stand beside JSON. Or what was
            sent, and a Word file of it that came back.
        packs: Packs laid over those that the configurations name, or under the packs that are compared.
        config: With two packs: the configuration whose agreements are made under each of them.
        agreement: Only this agreement, by its precedent id.
        notes: Whether notes are compared, too.

    Raises:
        AssemblyError: AK772 where the two cannot be compared.
        AgreementKitError: One of the two cannot be read or made.
    """
    kinds = [kind_of(name) for name in names]
    shown = _shown(names)
    if SourceKind.WORD in kinds:
        return _returned(names, kinds, shown)
    if SourceKind.PACK in kinds and kinds[0] is not kinds[1]:
        raise AssemblyError(
            Diagnostic(
                "AK772",
                f"{names[0]} is {kinds[0].value}, and {names[1]} is {kinds[1].value}",
                hints=("compare two packs, with `-c CONFIG` for the agreements they make",),
            )
        )
    if SourceKind.PACK in kinds:
        one, other = (Bank.load([*packs, *(() if name == CORE else (name,))]) for name in names)
        if config is None:
            return compare(one, other, notes=notes, names=shown)
        made = Config.load(config)
        return compare(*_only(agreement, assemble(made, one), assemble(made, other)), notes=notes, names=shown)
    opened = [_open(name, kind, packs) for name, kind in zip(names, kinds, strict=True)]
    return compare(*_only(agreement, *opened), notes=notes, names=shown)


def _returned(names: tuple[str, str], kinds: Sequence[SourceKind], shown: tuple[str, str]) -> Comparison:
    """Compare what was sent with a Word file of it that came back."""
    from agreementkit.returned import sent_agreement
    from agreementkit.returned.against import compare_returned

    if (
        kinds[1] is not SourceKind.WORD
        or kinds[0] not in (SourceKind.JSON, SourceKind.CONFIG)
        or Path(names[0]).is_dir()
    ):
        raise AssemblyError(
            Diagnostic(
                "AK772",
                f"{names[0]} is {kinds[0].value}, and {names[1]} is {kinds[1].value}",
                hints=(
                    "name the agreement as it was sent first, as .json or as its configuration, then the Word file",
                ),
            )
        )
    return compare_returned(sent_agreement(names[1], names[0]), names[1], names=shown)


Side = AgreementSet | Agreement | tuple[Agreement, ...]


def positions_named(names: Sequence[str], *, packs: Sequence[str] = ()) -> Positions:
    """Return the positions of configurations by their names: the employer's, the staff side's, and what is agreed.

    Args:
        names: Two or three configurations. Everything on which the sides do not differ is taken from the third, or from
            the employer's where there is none.
        packs: Packs laid over those that the configurations name.

    Raises:
        AgreementKitError: One of them cannot be read or made.
    """
    configs = [Config.load(Path(name)) for name in names]
    agreed = configs[2] if len(configs) > 2 else None
    base = agreed or configs[0]
    bank = _bank(base, packs) if packs else None
    return positions(base, configs[0], configs[1], agreed, bank=bank)


def _open(name: str, kind: SourceKind, packs: Sequence[str]) -> Side:
    path = Path(name)
    if kind is SourceKind.JSON:
        if path.is_dir():
            return tuple(Agreement.load(file) for file in sorted(path.glob("*.json")))
        return Agreement.load(path)
    config = Config.load(path)
    return assemble(config, _bank(config, packs))


def _bank(config: Config, packs: Sequence[str]) -> Bank:
    own = [Named(pack, config.folder, config.place(f"packs[{at}]")) for at, pack in enumerate(config.packs)]
    return Bank.load([*own, *packs])


def _only(agreement: str | None, one: Side, other: Side) -> tuple[Side, Side]:
    """Return both sides, or only the agreement that was asked for of each."""
    return (one, other) if agreement is None else (_chosen(agreement, one), _chosen(agreement, other))


def _chosen(agreement: str, side: Side) -> tuple[Agreement, ...]:
    return tuple(one for one in ((side,) if isinstance(side, Agreement) else side) if one.precedent == agreement)


def _shown(names: tuple[str, str]) -> tuple[str, str]:
    """Return short names for both: those of the files, or the whole paths where these are the same."""
    one, other = (Path(name).stem or name for name in names)
    return (one, other) if one != other else names
