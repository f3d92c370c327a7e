"""Doing something again whenever a file changes: what is watched, and the loop, apart from each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from agreementkit.bank import Bank, ClauseSource
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError, OutputError

T = TypeVar("T")


def again(make: Callable[[], T], changes: Iterable[object]) -> Iterator[T | AgreementKitError]:
    """Yield what `make` returns now, and again after each change; a fault is yielded and does not end the watch.

    Args:
        make: Makes it afresh from the files.
        changes: One entry each time that something changed.
    """
    yield _outcome(make)
    for _ in changes:
        yield _outcome(make)


def _outcome(make: Callable[[], T]) -> T | AgreementKitError:
    try:
        return make()
    except AgreementKitError as error:
        return error


def reloaded(bank: Bank, before: Bank | None) -> Bank:
    """Return a bank that was read again, with the clauses of before where nothing about them has changed.

    What was worked out for a clause once is kept as long as the clause is; one changed file then costs one clause.
    """
    if before is None:
        return bank
    return replace(bank, clauses=_kept(bank.clauses, before.clauses), terms=_kept(bank.terms, before.terms))


def _kept(now: Mapping[str, ClauseSource], before: Mapping[str, ClauseSource]) -> dict[str, ClauseSource]:
    return {id_: before[id_] if id_ in before and _same(source, before[id_]) else source for id_, source in now.items()}


def _same(one: ClauseSource, other: ClauseSource) -> bool:
    below = one.below is None and other.below is None
    if one.below is not None and other.below is not None:
        below = _same(one.below, other.below)
    same = (one.options, one.former) == (other.options, other.former)
    return below and same and _files(one) == _files(other)


def _files(source: ClauseSource) -> list[tuple[str, str, str]]:
    changes = [(change.pack, change.file, change.digest) for change in source.amendments]
    return [(source.pack, source.file, source.digest), *changes]


def file_changes(paths: Sequence[Path]) -> Iterator[object]:
    """Yield once for each time that files change, until the user stops it.

    Args:
        paths: Files and folders; what lies in folders is watched too. A file is watched through its folder, for
            editors put a new file in the place of the old one.

    Returns:
        The changes, which end when the user interrupts.

    Raises:
        OutputError: AK288, the library for it is not installed, or there is nothing to watch.
    """
    try:
        from watchfiles import watch
    except ImportError:
        hint = "install it with `pip install 'agreementkit[watch]'`"
        raise OutputError(Diagnostic("AK288", "--watch needs the library watchfiles", hints=(hint,))) from None
    files = {path.resolve() for path in paths if path.is_file()}
    folders = {path.resolve() for path in paths if path.is_dir()}
    if not files and not folders:
        hint = "name a pack's folder with `--pack`, or a configuration with `-c`"
        raise OutputError(Diagnostic("AK288", "there is no file to watch", hints=(hint,)))

    def meant(_: object, changed: str) -> bool:
        path = Path(changed)
        hidden = any(part.startswith(".") for folder in folders if folder in path.parents
                     for part in path.relative_to(folder).parts)  # fmt: skip
        return path in files or (any(folder in path.parents for folder in folders) and not hidden)

    roots = {*folders, *(file.parent for file in files)}
    return watch(*sorted(roots), watch_filter=meant, raise_interrupt=False)
