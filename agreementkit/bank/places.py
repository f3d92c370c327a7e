"""Where packs come from: a folder, a zip file, a git checkout, or an installed distribution.

An installed distribution offers a pack through an entry point of the group `agreementkit.packs` whose value names a
package, such as `anytown_pack.clauses`. The package is never imported, so no code of it runs. Its folder is looked up
in the list of files that the installer recorded (`importlib.metadata`). Where that list does not have it, as in an
editable installation, `importlib.util.find_spec` is asked for the first part of the name only: Python then looks
where that package is and runs nothing of it. The other parts of the name are folders below.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from agreementkit.bank.archive import read_archive
from agreementkit.bank.files import PackFiles
from agreementkit.bank.index import read_indexed
from agreementkit.diagnostics import Diagnostic, Place, suggest

GROUP = "agreementkit.packs"
INSTALLED = "installed:"
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PACKAGE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_MANIFEST = "pack.yaml"
_NEIGHBOURS = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A pack as somebody named it.

    Attributes:
        name: A path, `installed:NAME`, or the bare name of an installed pack.
        base: Folder to which a path is relative; None for the one the program runs in.
        place: Where it was named.
    """

    name: str | Path
    base: Path | None = None
    place: Place | None = None


def open_places(core: Path, packs: Sequence[str | Path | Named], found: list[Diagnostic]) -> list[PackFiles]:
    """Open the core and the packs.

    Args:
        core: Folder of the core.
        packs: The packs in the order in which they are laid.
        found: Takes every fault: AK245 for a pack that is not there, AK246 for one that is named twice, and those of
            reading.

    Returns:
        Those that could be opened, the core first.
    """
    opened = [read_indexed(core, core.name, found)]
    for pack in packs:
        named = pack if isinstance(pack, Named) else Named(pack)
        files = open_place(named, found)
        if files is None:
            continue
        same = next((other for other in opened if other.where == files.where), None)
        if same is None:
            opened.append(files)
            continue
        is_core = same is opened[0]
        found.append(
            Diagnostic(
                "AK246",
                f"the pack {str(named.name)!r} is the core itself" if is_core else f"{same.shown} is named twice",
                place=named.place or Place(files.shown),
                hints=("the core lies under every pack without being named" if is_core else "name it once",),
            )
        )
    return opened


def open_place(named: Named, found: list[Diagnostic]) -> PackFiles | None:
    """Open one pack.

    A path that is there comes first; only a bare name that is no path is looked for among installed packs.

    Args:
        named: The pack.
        found: Takes every fault: AK245 for a pack that is not there, and those of reading.

    Returns:
        Its files, or None when it is not there or is refused as a whole.
    """
    name = str(named.name)
    path = (named.base or Path()) / name
    shown = os.path.basename(os.path.abspath(path))  # noqa: PTH100, PTH119 - links stay
    if name.startswith(INSTALLED):
        return _open_installed(name.removeprefix(INSTALLED), named, found)
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path, it says no to a name that cannot be one
        return read_indexed(path, shown, found)
    if os.path.isfile(path):  # noqa: PTH113
        if path.suffix.lower() == ".zip":
            return read_archive(path, shown, found)
        found.append(
            _missing(named, "is a file and no pack", "name the folder that holds pack.yaml, or a .zip file of it")
        )
    elif _BARE.fullmatch(name) and not name.lower().endswith(".zip"):
        return _open_installed(name, named, found)
    else:
        where = f"there is no such folder or zip file in {str(path.parent)!r}" if named.base else "check the path"
        found.append(_missing(named, "is not there", *_near(path), where))
    return None


def installed_packs() -> dict[str, list[EntryPoint]]:
    """Return the entry points of installed packs by name; more than one for a name that two distributions offer."""
    offers: dict[str, list[EntryPoint]] = {}
    for entry in entry_points(group=GROUP):
        offers.setdefault(entry.name, []).append(entry)
    return offers


def _open_installed(name: str, named: Named, found: list[Diagnostic]) -> PackFiles | None:
    offers = installed_packs()
    entries = offers.get(name, [])
    if not entries:
        near = suggest(name, offers, "installed pack")
        path = (named.base or Path()) / name
        hints = near if str(named.name).startswith(INSTALLED) else (*_near(path), *near, "check the path")
        found.append(_missing(named, "is neither a path nor an installed pack", *hints))
        return None
    if len(entries) > 1:
        offering = " and ".join(sorted(_distribution(entry) for entry in entries))
        found.append(_missing(named, f"is offered by {offering}", "uninstall one of them, or name a path"))
        return None
    (entry,) = entries
    if not _PACKAGE.fullmatch(entry.value):
        message = f"names {entry.value!r} in its entry point, which is no package"
        found.append(_missing(named, message, f"the entry point in {_distribution(entry)} has to name a package"))
        return None
    folder = _folder(entry)
    if folder is None:
        message = f"names the package {entry.value!r}, in which there is no {_MANIFEST}"
        found.append(_missing(named, message, f"install {_distribution(entry)} again; ask its makers for the files"))
        return None
    return read_indexed(folder, f"{INSTALLED}{name}", found)


def _folder(entry: EntryPoint) -> Path | None:
    """Return the folder of the package that an entry point names; see the top of the file for how it is found."""
    parts = entry.value.split(".")
    recorded = "/".join((*parts, _MANIFEST))
    for file in (entry.dist.files if entry.dist else None) or ():
        if file.as_posix() == recorded:
            folder = Path(os.fspath(file.locate())).parent
            if (folder / _MANIFEST).is_file():
                return folder
    try:
        spec = find_spec(parts[0])
    except (ImportError, ValueError):
        return None
    for top in (spec.submodule_search_locations if spec else None) or ():
        folder = Path(top, *parts[1:])
        if (folder / _MANIFEST).is_file():
            return folder
    return None


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value


def _missing(named: Named, message: str, *hints: str) -> Diagnostic:
    return Diagnostic("AK245", f"the pack {str(named.name)!r} {message}", place=named.place, hints=hints)


def _near(path: Path) -> tuple[str, ...]:
    """Return a hint with the nearest name in the folder in which the pack was looked for, if one is near."""
    hints = suggest(path.name, islice(_neighbours(path.parent), _NEIGHBOURS), "pack")
    return hints if hints and hints[0].startswith("did you mean") else ()


def _neighbours(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as listing:
            for entry in listing:
                if entry.is_dir() or entry.name.lower().endswith(".zip"):
                    yield entry.name
    except (OSError, ValueError):
        return
