"""Writes a set of agreements to files: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import AUDIENCES, Document, Voice

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet, NotesAs
    from agreementkit.writers import NotesAs as PrintedAs
    from agreementkit.writers import WriteOptions


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Attributes:
        path: Where it is.
        precedent: Which agreement it holds.
        format: In which format.
        size: Its size in bytes.
    """

    path: Path
    precedent: str
    format: str
    size: int


def publish(
    agreements: AgreementSet,
    folder: Path,
    formats: Sequence[str],
    *,
    notes: NotesAs | None,
    voices: Collection[str] | None,
    audiences: Collection[str] | None,
    with_findings: bool,
    final: bool,
    template: str | Path | None,
    pages: Literal["auto", "off"],
) -> tuple[Written, ...]:
    """Write every agreement in every format; see `AgreementSet.write`."""
    from agreementkit.reporting import with_findings as add_findings
    from agreementkit.writers import WRITERS, WriteOptions
    from agreementkit.writers.guide import guide

    _refuse_unknown(formats, voices, audiences)
    if final:
        _refuse_unfinished(agreements, notes)
    documents = [_with_notes(agreement.document, voices, audiences) for agreement in agreements]
    if with_findings and not final:
        documents = [add_findings(document, agreements.report) for document in documents]
    guides = [guide(document) for document in documents] if notes == "companion" else []
    if final:
        documents, guides = [as_final(document) for document in documents], [as_final(one) for one in guides]
    house = house_template(agreements, template)
    shown: PrintedAs | None = "none" if final or notes == "companion" else notes
    made: list[tuple[Document, str, bytes]] = []
    for name in dict.fromkeys(formats):
        suffix = WRITERS[name].suffix
        options = WriteOptions(
            notes=shown,
            final=final,
            files={document.precedent: f"{document.stem}{suffix}" for document in documents},
            template=house,
        )
        made.extend((d, name, content) for d, content in _render([*documents, *guides], name, options, pages))
    return _write_all(folder, [(f"{d.stem}{WRITERS[n].suffix}", d.precedent, n, content) for d, n, content in made])


def as_final(document: Document) -> Document:
    """Return the document as a final copy. Its notes stay with it: what is written is searched for them."""
    return replace(document, meta=replace(document.meta, status="Final"))


def _with_notes(document: Document, voices: Collection[str] | None, audiences: Collection[str] | None) -> Document:
    """Return the document with the notes to print; a note for everyone is for each audience."""
    kept = tuple(
        note
        for note in document.notes
        if (voices is None or note.voice in voices)
        and (audiences is None or note.audience == "everyone" or note.audience in audiences)
    )
    return replace(document, notes=kept)


def _refuse_unknown(
    formats: Collection[str], voices: Collection[str] | None, audiences: Collection[str] | None
) -> None:
    from agreementkit.writers import WRITERS

    asked = (
        ("format", formats, tuple(WRITERS)),
        ("voice", voices or (), tuple(Voice)),
        ("audience", audiences or (), AUDIENCES),
    )
    found = [
        Diagnostic("AK721", f"there is no {kind} {name!r}", hints=suggest(name, known, kind))
        for kind, names, known in asked
        for name in names
        if name not in known
    ]
    if found:
        raise OutputError(*found)


def house_template(agreements: AgreementSet, template: str | Path | None) -> Path | None:
    """Return the house template to use: the one given, else the one the configuration names.

    Raises:
        OutputError: AK725 when it names neither a shipped house style nor a file of a kind that can be one.
    """
    if template is not None:
        return find_house(str(template))
    config = agreements.config
    name = config.house_style.template
    # a file is named relative to the configuration that names it, as packs are
    return find_house(str(config.folder / name) if Path(name).suffix and config.folder else name)


def find_house(name: str) -> Path:
    """Return the file behind the name of a shipped house style, or the path given.

    Raises:
        OutputError: AK725 when it is neither.
    """
    from agreementkit._resources import data_path

    if name.lower().endswith((".docx", ".dotx", ".yaml", ".yml")):
        return Path(name)
    shipped = {path.stem: path for path in (data_path("templates") / "house-styles").glob("*.yaml")}
    if name not in shipped:
        raise OutputError(
            Diagnostic(
                "AK725",
                f"there is no house template {name!r}",
                path="house_style.template",
                hints=(
                    *suggest(name, shipped, "template"),
                    "or give the path of a .docx or .dotx file, or of a house style (.yaml)",
                ),
            )
        )
    return shipped[name]


def _refuse_unfinished(agreements: AgreementSet, notes: NotesAs | None) -> None:
    found = [*agreements.report.errors]
    found += [
        Diagnostic("AK720", f"a final copy may have no blank: {d.message}", path=d.path, hints=d.hints)
        for d in agreements.report
        if d.code == "AK501"
    ]
    if notes not in (None, "none", "companion"):
        found.append(
            Diagnostic(
                "AK722",
                "a final copy has no notes",
                hints=("leave `notes` out, make a draft, or ask for a `companion`",),
            )
        )
    if found:
        raise OutputError(*found)


def _render(
    documents: Sequence[Document], name: str, options: WriteOptions, pages: Literal["auto", "off"]
) -> list[tuple[Document, bytes]]:
    """Return each document in one format; what needs LibreOffice is done for all of them at once."""
    from agreementkit.writers import WRITERS

    if name not in ("docx", "pdf"):
        return [(document, WRITERS[name].write(document, options)) for document in documents]
    from agreementkit.writers.word.layout.paginate import page_numbers
    from agreementkit.writers.word.layout.pdf import pdf_files

    write = WRITERS["docx"].write
    if name == "pdf":
        options = replace(options, notes=options.notes or "footnotes")
    shelf = {document.precedent: document for document in documents}
    made = {precedent: write(document, options) for precedent, document in shelf.items()}
    if pages == "auto":
        for precedent, numbers in page_numbers(made, shelf).items():
            made[precedent] = write(shelf[precedent], replace(options, pages=numbers))
    if name == "pdf":
        made = pdf_files(made, notes=options.notes == "comments")
    return [(document, made[document.precedent]) for document in documents]


def _put_back(old: Path, path: Path) -> None:
    with contextlib.suppress(OSError):
        old.rename(path)


def write_starter(path: Path, like: str) -> Written:
    """Write a house file to start from, like the shipped house style of that name.

    Raises:
        OutputError: AK725 for an unknown style, AK728 for a file that is there already or no Word file, AK723 where
            it cannot be written.
    """
    from agreementkit.writers.word.house.mapping import read_house_style
    from agreementkit.writers.word.starter import starter

    if path.suffix.lower() != ".docx":
        raise OutputError(
            Diagnostic("AK728", f"{path.name} is no name of a Word file", hints=(f"write {path.stem}.docx",))
        )
    if path.exists():
        raise OutputError(
            Diagnostic("AK728", f"{path} is there already", hints=("choose another name, or move it away first",))
        )
    content = starter(read_house_style(find_house(like)).template)
    return _write_all(path.parent, [(path.name, "", "docx", content)])[0]


def write_file(path: Path, content: bytes) -> Written:
    """Write one file, whole or not at all.

    Raises:
        OutputError: AK723 where it cannot be written.
    """
    return _write_all(path.parent, [(path.name, "", path.suffix.removeprefix("."), content)])[0]


def _write_all(folder: Path, files: Sequence[tuple[str, str, str, bytes]]) -> tuple[Written, ...]:
    """Write all files under temporary names, then give each its name; if that fails, put back what was there."""
    waiting: list[tuple[str, Path, Written]] = []
    undo = contextlib.ExitStack()
    was_there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, precedent, format_, content in files:
            path = folder / file
            if path.is_dir():
                raise IsADirectoryError(21, "a folder of that name is in the way", str(path))
            handle, temporary = tempfile.mkstemp(prefix=f".{file}.", dir=folder)
            waiting.append((temporary, path, Written(path, precedent, format_, len(content))))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(temporary).chmod(0o644)
        for temporary, path, _ in waiting:
            if path.exists():
                old = Path(f"{temporary}.old")
                path.replace(old)
                undo.callback(_put_back, old, path)
            else:
                undo.callback(path.unlink, missing_ok=True)
            Path(temporary).replace(path)
        undo.pop_all()
    except OSError as error:
        undo.close()
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            Diagnostic(
                "AK723",
                f"cannot write to {folder}: {reason}",
                place=Place(str(error.filename or folder)),
                hints=("choose a folder you may write to with `-o`, or make room",),
            )
        ) from error
    finally:
        for temporary, _, _ in waiting:
            for left in (Path(temporary), Path(f"{temporary}.old")):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)
        if not was_there:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only when it is empty
    return tuple(written for _, _, written in waiting)
