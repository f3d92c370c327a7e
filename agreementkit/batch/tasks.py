"""The tasks of a batch: what each configuration is called, and what a worker has to be told about it.

A task is plain data of a few hundred bytes, or the settings of a configuration that came from no file. Each
configuration gets a folder of its own; two that would share one are refused before anything is written.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from agreementkit import __version__
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import LockError, OutputError
from agreementkit.lock import Lock

Given: TypeAlias = "str | os.PathLike[str] | Config"
"""A configuration, or the path of its file."""

_MOST = 100
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|^\.|[. ]$|^\s')
_TAKEN = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker has to know to build one configuration.

    Attributes:
        name: Name of the configuration and of its folder.
        shown: Its file as it was named; empty for one that came from no file.
        out: Output folder of the batch, absolute.
        run: The run it belongs to; a worker keeps what it has read for one run.
        options: Options of `AgreementSet.write`, and `locked`.
        file: Absolute path of the file; empty for one that is handed over as data.
        data: The settings of one that is handed over as data.
        folder: Folder to which its paths are relative; empty for none.
        lock: Its lock file, where one is asked for and it is handed over as data.
        again: Build it even when nothing has changed.
        attempt: Which attempt this is. Dask knows a task by what is handed over; an equal one is answered as before.
        version: Version of agreementkit that handed it over.
    """

    name: str
    shown: str
    out: str
    run: str
    options: Mapping[str, Any]
    file: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""
    lock: str = ""
    again: bool = False
    attempt: int = 1
    version: str = field(default_factory=lambda: __version__)


def named(configurations: Iterable[Given] | Mapping[str, Given]) -> dict[str, Given]:
    """Return each configuration by its name, in order.

    Args:
        configurations: By name; or without names, which then come from the files, or from title or first employer.

    Raises:
        OutputError: AK780 for two that would write the same files, AK781 for none at all, and for a name that cannot be
            that of a folder; with every such fault.
    """
    if isinstance(configurations, Mapping):
        given = list(configurations.items())
    else:
        single = isinstance(configurations, str | os.PathLike | Config)
        listed: Iterable[Given] = [configurations] if single else configurations  # type: ignore[list-item]
        given = [(_name_of(one), one) for one in listed]
    if not given:
        raise OutputError(Diagnostic("AK781", "there is no configuration to build", hints=("name at least one",)))
    faults = [fault for name, one in given if (fault := _unfit(name, one))]
    folders: dict[str, list[tuple[str, Given]]] = {}
    for name, one in given:
        folders.setdefault(unicodedata.normalize("NFC", name).casefold(), []).append((name, one))
    faults += [_same(both) for both in folders.values() if len(both) > 1]
    if faults:
        raise OutputError(*faults)
    return dict(given)


def task_of(name: str, one: Given, out: Path, options: Mapping[str, Any], *, run: str, again: bool) -> Task:
    """Return the task of one configuration."""
    if not isinstance(one, Config):
        path = Path(one)
        return Task(name, str(path), str(out), run, options, file=str(path.absolute()), again=again)
    lock = ""
    if options.get("locked"):
        with contextlib.suppress(LockError):  # the worker, who finds no lock either, says so
            lock = str(Lock.path_of(one).absolute())
    return Task(
        name,
        _shown(one),
        str(out),
        run,
        options,
        data=one.as_input(),
        folder=str(one.folder or ""),
        lock=lock,
        again=again,
    )


def _name_of(one: Given) -> str:
    if not isinstance(one, Config):
        return Path(one).stem
    if one.positions is not None and one.folder is not None:
        return Path(one.positions.source.file).stem
    return _WORDS.sub("-", (one.title or one.employers[0].name).lower()).strip("-")[:_MOST].strip("-")


def _shown(one: Given) -> str:
    if isinstance(one, Config):
        return one.positions.source.file if one.positions is not None else ""
    return str(Path(one))


def _unfit(name: str, one: Given) -> Diagnostic | None:
    """Return what is wrong with a name as that of a folder, on any system."""
    fits = isinstance(name, str) and 0 < len(name) <= _MOST and name.isprintable()
    if fits and not _FORBIDDEN.search(name) and not _TAKEN.fullmatch(name):
        return None
    shown = _shown(one)
    what = f"{str(name)[:_MOST]!r} cannot be the name of a folder"
    hints = ("give the file a plain name of letters, digits and hyphens", "or name it yourself: build_many({name: …})")
    return Diagnostic("AK781", what, place=Place(shown) if shown else None, hints=hints)


def _same(both: Sequence[tuple[str, Given]]) -> Diagnostic:
    """Return what is said of configurations that would share a folder."""
    files = {_shown(one): None for _, one in both if not isinstance(one, Config) or one.folder is not None}
    if len(files) == 1 and all(not isinstance(one, Config) for _, one in both):
        return Diagnostic("AK780", f"{next(iter(files))} is named {len(both)} times", hints=("name it once",))
    who = " and ".join(files) if len(files) > 1 else f"{len(both)} configurations of that name"
    what = f"{who} would all write into the folder {both[0][0]!r}"
    hint = "give the files different names, build them into different folders, or name them: build_many({name: …})"
    return Diagnostic("AK780", what, hints=(hint,))
