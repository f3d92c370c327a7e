"""Saves files to the disk: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import OutputError


def save_all(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write files under temporary names beside their own, then give each its name; if that fails, put all back.

    Args:
        folder: Where they go; made if it is not there.
        files: Names below the folder, with `/` between folders, and contents. A file that is there is replaced.

    Returns:
        Their paths, in order.

    Raises:
        OutputError: The folder cannot be written to (AK723). Everything is then as it was.
    """
    waiting: list[tuple[Path, Path]] = []
    made: list[Path] = []
    undo = contextlib.ExitStack()
    done = False
    try:
        for name, content in files:
            path = folder / name
            made += _make(path.parent)
            if path.is_dir():
                raise IsADirectoryError(21, "a folder of that name is in the way", str(path))
            handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting.append((Path(temporary), path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(temporary).chmod(0o644)
        for temporary_path, path in waiting:
            if path.exists():
                old = _old(temporary_path)
                path.replace(old)
                undo.callback(_put_back, old, path)
            else:
                undo.callback(path.unlink, missing_ok=True)
            temporary_path.replace(path)
        undo.pop_all()
        done = True
    except OSError as error:
        undo.close()
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            Diagnostic(
                "AK723",
                f"cannot write to {folder}: {reason}",
                place=Place(str(error.filename or folder)),
                hints=("choose a folder you may write to, with `-o` where there is one, or make room",),
            )
        ) from error
    finally:
        for temporary_path, _ in waiting:
            for left in (temporary_path, _old(temporary_path)):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)
        if not done:
            _unmake(made)
    return tuple(path for _, path in waiting)


def _old(temporary: Path) -> Path:
    return Path(f"{temporary}.old")


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the ones that were not there, the outermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _unmake(folders: Iterable[Path]) -> None:
    for folder in sorted(folders, key=lambda one: -len(one.parts)):
        with contextlib.suppress(OSError):
            folder.rmdir()  # only when it is empty


def _put_back(old: Path, path: Path) -> None:
    with contextlib.suppress(OSError):
        old.rename(path)
