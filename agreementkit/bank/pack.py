"""A pack: a folder of clause files, precedents and, in the core, the law register and the requirements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agreementkit.bank.clause import ClauseSource, read_clause
from agreementkit.bank.law import LawRegister
from agreementkit.bank.manifest import Manifest, read_manifest
from agreementkit.bank.precedent import PlacedPrecedent, read_precedent
from agreementkit.bank.requirement import PlacedRequirement, read_requirements
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError
from agreementkit.source import load_yaml, read_text

MAX_FILES = 5_000
_NOT_CLAUSES = frozenset({"README.md", "CHANGELOG.md", "LICENSE.md"})


@dataclass(slots=True)
class Pack:
    """A pack that was read."""

    manifest: Manifest
    folder: Path
    clauses: list[ClauseSource] = field(default_factory=list)
    precedents: list[PlacedPrecedent] = field(default_factory=list)
    law: LawRegister | None = None
    requirements: list[PlacedRequirement] = field(default_factory=list)


def read_pack(folder: Path, found: list[Diagnostic]) -> Pack | None:
    """Read every file of the pack in `folder`.

    Packs are untrusted: symbolic links and Python files are refused (AK204), files are read as text with a
    size limit, and nothing in them runs.

    Args:
        folder: The pack's folder; must hold `pack.yaml`.
        found: Takes every fault.

    Returns:
        The pack, or None when it has no usable `pack.yaml`.
    """
    manifest = read_manifest(folder, found)
    if manifest is None:
        return None
    pack = Pack(manifest, folder)
    for path in _files(folder, found):
        name = path.relative_to(folder).as_posix()
        try:
            source = read_text(path, f"{folder.name}/{name}")
        except AgreementKitError as error:
            found.extend(error.diagnostics)
            continue
        if path.suffix == ".md" and path.name not in _NOT_CLAUSES:
            clause = read_clause(source, manifest.id, found)
            if clause:
                pack.clauses.append(clause)
        elif path.suffix == ".yaml" and name.startswith("precedents/"):
            precedent = read_precedent(source, manifest.id, found)
            if precedent:
                pack.precedents.append(precedent)
        elif name == "law.yaml":
            try:
                data, _ = load_yaml(source)
                pack.law = LawRegister.from_data(data, source.file)
            except AgreementKitError as error:
                found.extend(error.diagnostics)
        elif name == "requirements.yaml":
            pack.requirements = read_requirements(source, manifest.id, found)
    return pack


def _files(folder: Path, found: list[Diagnostic]) -> Iterator[Path]:
    count = 0
    for path in sorted(folder.rglob("*")):
        shown = Place(f"{folder.name}/{path.relative_to(folder).as_posix()}")
        if path.is_symlink():
            found.append(
                Diagnostic(
                    "AK204",
                    "a pack may not hold symbolic links",
                    place=shown,
                    hints=("put the file itself into the pack",),
                )
            )
            continue
        if path.suffix in (".py", ".pyc", ".pyd", ".so"):
            found.append(
                Diagnostic(
                    "AK204",
                    "a pack may not hold programs",
                    place=shown,
                    hints=("remove it; a pack is clauses and data only",),
                )
            )
            continue
        if not path.is_file() or path.suffix not in (".md", ".yaml"):
            continue
        count += 1
        if count > MAX_FILES:
            found.append(
                Diagnostic(
                    "AK204",
                    f"the pack holds more than {MAX_FILES} files",
                    place=Place(folder.name),
                    hints=("split it into several packs",),
                )
            )
            return
        yield path
