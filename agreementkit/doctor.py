"""Whether everything that agreementkit needs and can use is on this machine, and what to do about what is not."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from agreementkit import __version__
from agreementkit._resources import data_path
from agreementkit.errors import AgreementKitError

_OPTIONAL = {
    "distributed": "batches on a Dask cluster",
    "pandas": "tables as data frames in notebooks",
    "ipywidgets": "the variant picker in notebooks",
    "watchfiles": "`pack preview --watch`",
}
_EXTRAS = {"distributed": "'agreementkit[dask]'"}
_SECONDS = 60


class Health(StrEnum):
    """How something is."""

    GOOD = "good"
    ABSENT = "absent"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: Its name.
        health: How it is; `absent` is no fault.
        detail: Version, path or reason.
        advice: What to do; empty when it is good.
    """

    what: str
    health: Health
    detail: str
    advice: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return asdict(self)


def examine() -> Iterator[Finding]:
    """Look at everything, one thing after the other; each takes up to some seconds."""
    yield Finding("agreementkit", Health.GOOD, f"{__version__}, Python {platform.python_version()}")
    yield from _libraries()
    yield _bank()
    yield from _house_styles()
    yield _libreoffice()
    yield _kept()
    yield from _packs()
    for name, use in _OPTIONAL.items():
        try:
            yield Finding(name, Health.GOOD, f"{version(name)}, for {use}")
        except PackageNotFoundError:
            yield Finding(name, Health.ABSENT, f"for {use}", f"pip install {_EXTRAS.get(name, name)}, if you want it")


def _libraries() -> Iterator[Finding]:
    names = [line.split(";")[0] for line in requires("agreementkit") or () if "extra ==" not in line]
    for name in sorted(name.strip().split("<")[0].split(">")[0].split("=")[0].split("[")[0] for name in names):
        try:
            yield Finding(name, Health.GOOD, version(name))
        except PackageNotFoundError:
            yield Finding(name, Health.BROKEN, "not installed", "install agreementkit again, with what it needs")


def _bank() -> Finding:
    from agreementkit.bank import Bank

    try:
        bank = Bank.load()
    except AgreementKitError as error:
        return Finding("clause bank", Health.BROKEN, str(error.diagnostics[0]), "install agreementkit again")
    return Finding("clause bank", Health.GOOD, f"{bank.version}: {len(bank)} clauses, {len(bank.terms)} definitions")


def _house_styles() -> Iterator[Finding]:
    from agreementkit.writers.word.house.check import check_house

    for path in sorted((data_path("templates") / "house-styles").glob("*.yaml")):
        what = f"house style {path.stem}"
        try:
            usable = check_house(path).usable
        except AgreementKitError as error:
            yield Finding(what, Health.BROKEN, str(error.diagnostics[0]), "install agreementkit again")
        else:
            broken = "" if usable else "install agreementkit again"
            yield Finding(what, Health.GOOD if usable else Health.BROKEN, "usable" if usable else "unusable", broken)


def _libreoffice() -> Finding:
    from agreementkit.writers.word.layout.libreoffice import find_libreoffice

    program = find_libreoffice()
    if program is None:
        use = "it gives page numbers in contents, and PDF"
        return Finding("LibreOffice", Health.ABSENT, use, "install LibreOffice Writer, if you want them")
    try:
        said = subprocess.run(  # noqa: S603 - the program was found on the path
            [program, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Finding("LibreOffice", Health.BROKEN, f"{program} does not run: {error}", "install it again")
    return Finding("LibreOffice", Health.GOOD, f"{' '.join(said.stdout.split()[:2])}, {program}")


def _kept() -> Finding:
    from agreementkit.cache import VARIABLE, kept

    what = "compiled clauses"
    cache = kept()
    if cache is None:
        return Finding(what, Health.ABSENT, f"not kept: {VARIABLE} is off", f"unset {VARIABLE}, for quicker starts")
    if cache.fault is not None:
        return Finding(what, Health.BROKEN, f"{cache.folder}: {cache.fault.message}", cache.fault.hints[0])
    records = cache.records()
    size = sum(size for _, size, _ in records) / 1_000_000
    return Finding(what, Health.GOOD, f"{len(records):,} kept, {size:.1f} MB, in {cache.folder}")


def _packs() -> Iterator[Finding]:
    from agreementkit.bank import Bank
    from agreementkit.bank.places import INSTALLED, installed_packs

    for name in sorted(installed_packs()):
        try:
            bank = Bank.load([f"{INSTALLED}{name}"])
        except AgreementKitError as error:
            advice = f"ask its makers, or uninstall it; agreementkit pack show installed:{name} says all"
            yield Finding(f"pack {name}", Health.BROKEN, str(error.diagnostics[0]).split("\n")[0], advice)
        else:
            yield Finding(f"pack {name}", Health.GOOD, bank.packs[-1].version)
