"""Writes a set of agreements to files: all of them, or none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agreementkit.bank.files import listing_digest
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import OutputError
from agreementkit.saving import save_all
from agreementkit.tree.nodes import AUDIENCES, Document, Voice

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet, NotesAs
    from agreementkit.config import Config
    from agreementkit.negotiating.model import Negotiation
    from agreementkit.writers import NotesAs as PrintedAs
    from agreementkit.writers import WriteOptions
    from agreementkit.writers.threads import Thread
    from agreementkit.writers.word.house.mapping import HouseStyle

_PACKED = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z0-9][A-Za-z0-9_-]*")


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
    agreed_only: bool,
    template: str | Path | None,
    pages: Literal["auto", "off"],
    replies: Negotiation | None = None,
) -> tuple[Written, ...]:
    """Write every agreement in every format; see `AgreementSet.write`."""
    from agreementkit.writers import WRITERS, WriteOptions

    refuse_unknown(formats, voices, audiences)
    houses = agreements.bank.houses
    house = find_house(str(template), houses) if template is not None else house_of(agreements.config, houses)
    if agreements.lock:
        agreements.lock.require_house(house)
        agreements = replace(agreements, day=agreements.lock.day)  # what is found depends on the day
    if agreed_only:
        _refuse_not_agreed(agreements)
    if final:
        _refuse_unfinished(agreements, notes, replies)
    threads = _threads(agreements, replies)
    documents = [_with_notes(agreement.document, voices, audiences) for agreement in agreements]
    if with_findings and not final:
        from agreementkit.reporting.layer import with_findings as add_findings

        documents = [add_findings(document, agreements.report) for document in documents]
    guides = _guides(documents) if notes == "companion" else []
    if final:
        documents, guides = [as_final(document) for document in documents], [as_final(one) for one in guides]
    stamped = house_digest(house)
    documents, guides = [[_in_house(one, stamped) for one in made] for made in (documents, guides)]
    shown: PrintedAs | None = "none" if final or notes == "companion" else notes
    made: list[tuple[Document, str, bytes]] = []
    for name in dict.fromkeys(formats):
        suffix = WRITERS[name].suffix
        options = WriteOptions(
            notes=shown,
            final=final,
            files={document.precedent: f"{document.stem}{suffix}" for document in documents},
            template=house,
            threads=threads,
        )
        made.extend((d, name, content) for d, content in _render([*documents, *guides], name, options, pages))
    files = [(f"{document.stem}{WRITERS[name].suffix}", content) for document, name, content in made]
    if agreements.lock:
        agreements.lock.require_outputs(dict(files))
    paths = save_all(folder, files)
    return tuple(Written(path, d.precedent, n, len(content)) for path, (d, n, content) in zip(paths, made, strict=True))


def _guides(documents: Sequence[Document]) -> list[Document]:
    from agreementkit.writers.guide import guide

    return [guide(document) for document in documents]


def as_final(document: Document) -> Document:
    """Return the document as a final copy. Its notes stay with it: what is written is searched for them."""
    return replace(document, meta=replace(document.meta, status="Final"))


def house_digest(house: Path | HouseStyle) -> str:
    """Return the hash of a house; nothing for one that cannot be used, which whoever writes Word with it hears."""
    from agreementkit.writers.word.house.contents import house_files_or_none

    files = house_files_or_none(house)
    return listing_digest(files) if files else ""


def _in_house(document: Document, digest: str) -> Document:
    """Return the document with the hash of its house, whatever the format: the files of a set say the same."""
    return replace(document, meta=replace(document.meta, house=digest))


def _with_notes(document: Document, voices: Collection[str] | None, audiences: Collection[str] | None) -> Document:
    """Return the document with the notes to print; a note for everyone is for each audience."""
    kept = tuple(
        note
        for note in document.notes
        if (voices is None or note.voice in voices)
        and (audiences is None or note.audience == "everyone" or note.audience in audiences)
    )
    return replace(document, notes=kept)


def refuse_unknown(formats: Collection[str], voices: Collection[str] | None, audiences: Collection[str] | None) -> None:
    """Refuse a format, a voice or an audience that there is not.

    Raises:
        OutputError: AK721, with every such name.
    """
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


Houses = Mapping[str, Mapping[str, bytes]]
"""House styles that packs bring, and their Word files, by id of the pack and by name; see `Bank.houses`."""


def house_of(config: Config, houses: Houses) -> Path | HouseStyle:
    """Return the house template that a configuration names.

    Raises:
        OutputError: AK725 when it names neither a shipped house style, one of a pack, nor a file that can be one.
        TemplateError: The house style of a pack has faults.
    """
    name = config.house_style.template
    if config.folder and not is_packed(name) and Path(name).suffix:
        name = str(config.folder / name)  # a file is named relative to the configuration that names it, as packs are
    try:
        return find_house(name, houses)
    except OutputError as error:
        place = config.place("house_style.template")
        raise OutputError(*(one.at(place) for one in error.diagnostics)) from error


def is_packed(name: str) -> bool:
    """Return whether a house template is named as one of a pack: `pack-id:style`."""
    return _PACKED.fullmatch(name) is not None


def find_house(name: str, houses: Houses | None = None) -> Path | HouseStyle:
    """Return the file behind the name of a shipped house style, the house style of a pack, or the path given.

    Args:
        name: A shipped name, `pack-id:style`, or a path.
        houses: What the packs of the bank bring; see `Bank.houses`.

    Raises:
        OutputError: AK725 when there is no such template.
        TemplateError: The house style of a pack has faults.
    """
    from agreementkit._resources import data_path

    if is_packed(name):
        return _packed(name, houses or {})
    if name.lower().endswith((".docx", ".dotx", ".yaml", ".yml")):
        return Path(name)
    shipped = {path.stem: path for path in (data_path("templates") / "house-styles").glob("*.yaml")}
    if name not in shipped:
        brought = [f"{pack}:{style}" for pack, files in (houses or {}).items() for style in _styles_in(files)]
        raise OutputError(
            Diagnostic(
                "AK725",
                f"there is no house template {name!r}",
                path="house_style.template",
                hints=(
                    *suggest(name, (*shipped, *brought), "template"),
                    "or give the path of a .docx or .dotx file, or of a house style (.yaml)",
                ),
            )
        )
    return shipped[name]


def _refuse_not_agreed(agreements: AgreementSet) -> None:
    if agreements.not_agreed:
        raise OutputError(*agreements.not_agreed)


def _packed(name: str, houses: Houses) -> HouseStyle:
    from agreementkit.writers.word.house.mapping import packed_house_style

    pack, _, style = name.partition(":")
    files = houses.get(pack, {})
    found = packed_house_style(style, files, f"{pack}/house-style")
    if found is not None:
        return found
    if pack not in houses:
        message = f"no pack {pack!r} with house styles is laid"
        hints = (*(suggest(pack, houses, "pack") if houses else ()), "name the pack under `packs:`")
    else:
        message = f"the pack {pack!r} has no house style {style!r}"
        hints = suggest(style, _styles_in(files), "house style")
    raise OutputError(Diagnostic("AK725", message, path="house_style.template", hints=hints))


def _styles_in(files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the house styles of a pack."""
    return list(dict.fromkeys(file.rpartition(".")[0] for file in files if "/" not in file and file.count(".") == 1))


def _threads(agreements: AgreementSet, replies: Negotiation | None) -> Mapping[str, tuple[Thread, ...]]:
    if replies is None:
        return {}
    from agreementkit.negotiating.replies import threads_of

    return threads_of(replies, agreements)


def _refuse_unfinished(agreements: AgreementSet, notes: NotesAs | None, replies: Negotiation | None) -> None:
    found = [*agreements.report.errors]
    if replies is not None:
        hint = "leave `replies` out, or make a draft"
        found.append(Diagnostic("AK829", "a final copy has no comments of reviewers", hints=(hint,)))
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
    write = WRITERS["docx"].write
    if name == "pdf":
        options = replace(options, notes=options.notes or "footnotes")
    shelf = {document.precedent: document for document in documents}
    made = {precedent: write(document, options) for precedent, document in shelf.items()}
    if pages == "auto":
        from agreementkit.writers.word.layout.paginate import page_numbers

        for precedent, numbers in page_numbers(made, shelf).items():
            made[precedent] = write(shelf[precedent], replace(options, pages=numbers))
    if name == "pdf":
        from agreementkit.writers.word.layout.pdf import pdf_files

        made = pdf_files(made, notes=options.notes == "comments")
    return [(document, made[document.precedent]) for document in documents]


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
    found = find_house(like)
    style = read_house_style(found) if isinstance(found, Path) else found
    content = starter(style.template)
    (saved,) = save_all(path.parent, [(path.name, content)])
    return Written(saved, "", "docx", len(content))
