"""Programs that share no code with us agree with us: on words, numbers, references and comments."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built import EXAMPLES, Built, program

from agreementkit import Config, assemble
from agreementkit.tree.nodes import Clause, Document, Emphasis, Inline, Para, Phrase, Reference, Strong
from agreementkit.tree.walk import divisions, flatten, plain_text, subtree
from agreementkit.writers.word.package.archive import write_package


def pandoc(file: Path, *options: str) -> list[Any]:
    done = subprocess.run(
        [program("pandoc"), *options, "-t", "json", str(file)], capture_output=True, text=True, check=True
    )
    data = json.loads(done.stdout)
    title = data["meta"].get("title")
    return [{"t": "Para", "c": title["c"]}, *data["blocks"]] if title else data["blocks"]


def words(inlines: list[Any]) -> str:
    out = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            out.append(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out.append(" ")
        elif kind == "Code":
            out.append(content[1])
        elif kind == "Quoted":
            mark = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
            out.append(mark[0] + words(content[1]) + mark[1])
        elif kind in ("Link", "Span", "Image", "Cite"):
            if kind != "Span" or "comment-start" not in content[0][1]:
                out.append(words(content[1]))
        elif kind in ("Emph", "Strong", "Underline"):
            out.append(words(content))
    return "".join(out)


def lines(blocks: list[Any]) -> Iterator[str]:
    """Yield each paragraph, heading, item and cell; lists of contents and footnotes are left out."""
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            yield words(content)
        elif kind == "Header":
            yield words(content[2])
        elif kind == "Div":
            style = dict(content[0][2]).get("custom-style", "").lower()
            if not style.startswith(("toc", "contents")):
                yield from lines(content[1])
        elif kind == "BulletList":
            for item in content:
                yield from lines(item)
        elif kind == "OrderedList":
            for item in content[1]:
                yield from lines(item)
        elif kind == "BlockQuote":
            yield from lines(content)
        elif kind == "Table":
            for cell in cells(content[3:]):
                yield from lines(cell)


def cells(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, list):
        if len(node) == 5 and isinstance(node[1], dict) and str(node[1].get("t", "")).startswith("Align"):
            yield node[4]
        else:
            for inner in node:
                yield from cells(inner)


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def unnumbered(line: str, numbers: set[str], known: list[str]) -> str:
    """Return a line of Markdown without its number, which pandoc does not see in Word."""
    if line in known:
        return line
    first, _, rest = line.partition(" ")
    if first == "Schedule":
        number, _, rest = rest.partition(" ")
        first = f"Schedule {number}"
    return rest if first in numbers and rest else line


@pytest.mark.pandoc
def test_word_and_markdown_say_the_same_words(built: Built) -> None:
    for agreement in built.agreements:
        numbers = {d.number.own for d in divisions(agreement.document) if d.number and d.number.own}
        clean = built.folder / "clean"
        word = pandoc(clean / f"{agreement.document.stem}.docx", "-f", "docx+styles")
        markdown = pandoc(clean / f"{agreement.document.stem}.md", "-f", "gfm")
        in_word = [line for line in map(tidy, lines(word)) if line]
        in_word.remove(agreement.document.headings.contents)  # Markdown has no list of contents
        in_markdown = [unnumbered(line, numbers, in_word) for line in map(tidy, lines(markdown)) if line]
        assert in_word == in_markdown
        assert len(in_word) > 100


@pytest.mark.pandoc
def test_pandoc_sees_every_note_as_a_comment_with_author_and_date(built: Built) -> None:
    for agreement in built.agreements:
        text = json.dumps(pandoc(built.file(agreement, "docx"), "--track-changes=all"))
        found = re.findall(r'\[\["id", "(\d+)"\], \["author", "([^"]*)"\], \["date", "([^"]*)"\]\]', text)
        starts = text.count('"comment-start"')
        assert starts == len(agreement.notes) == len(found)
        assert sorted(author for _, author, _ in found) == sorted(note.author for note in agreement.notes)
        assert {date for _, _, date in found} == {f"{agreement.document.meta.date}T09:00:00Z"}


def office(file: Path, target: str, folder: Path) -> str:
    profile = folder / "profile"
    subprocess.run(
        [program("soffice", "libreoffice"), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
         target, "--outdir", str(folder), str(file)],
        capture_output=True,
        check=True,
        timeout=180,
    )  # fmt: skip
    return (folder / file.with_suffix(f".{target.split(':')[0]}").name).as_posix()


@pytest.mark.libreoffice
def test_libreoffice_prints_our_numbers(built: Built, tmp_path: Path) -> None:
    for agreement in built.agreements:
        text = Path(office(built.file(agreement, "docx"), "txt:Text (encoded):UTF8", tmp_path)).read_text("utf-8-sig")
        printed = [tidy(line) for line in text.splitlines() if line.strip()]
        at = 0
        for division in divisions(agreement.document):
            if division.number is None:
                continue
            first = division.heading or next((b.inlines for b in division.blocks if isinstance(b, Para)), ())
            wanted = tidy(f"{division.number.own} {plain_text(first)}")
            at = next((i + 1 for i in range(at, len(printed)) if printed[i] == wanted), -1)
            assert at > 0, wanted


def flow_of(document: Document, pdf: str) -> str:
    """Return the words of a PDF without spaces and running lines."""
    text = subprocess.run(
        [program("pdftotext"), "-enc", "UTF-8", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    meta = document.meta
    running = {meta.organisation, document.short, f"{meta.organisation} {document.short}", "DRAFT – not for signature"}
    kept = [
        line
        for line in text.splitlines()
        if tidy(line) not in running and not re.match(r"(Version .*|Page \d+ of \d+)\Z", tidy(line))
    ]
    return re.sub(r"\s+", "", " ".join(kept))


def referring(document: Document) -> Iterator[tuple[Inline, ...]]:
    """Yield each paragraph that refers to something in its own agreement."""
    for division in divisions(document):
        for block in division.blocks:
            if isinstance(block, Para) and any(
                isinstance(i, Reference) and not i.agreement for i in flatten(block.inlines)
            ):
                yield block.inlines


@pytest.mark.libreoffice
def test_libreoffice_computes_our_references(built: Built, tmp_path: Path) -> None:
    """In a PDF LibreOffice works out every reference anew from its own numbering."""
    for agreement in built.agreements:
        flow = flow_of(agreement.document, office(built.file(agreement, "docx"), "pdf", tmp_path))
        checked = 0
        for inlines in referring(agreement.document):
            assert re.sub(r"\s+", "", plain_text(inlines)) in flow, plain_text(inlines)
            checked += 1
        assert checked


@pytest.mark.libreoffice
@pytest.mark.parametrize("example", ["suffolk-ccgs"])
def test_a_clause_put_in_by_hand_moves_every_number_and_reference(example: str, tmp_path: Path) -> None:
    """A clause with a sub-clause is typed in before the second clause; nothing else is touched."""
    agreements = assemble(Config.load(next(path for path in EXAMPLES if path.stem == example)))
    agreements.write(tmp_path, ["docx"], notes="none", pages="off")
    for agreement in agreements:
        document = agreement.document
        clauses = [d for top in document.body for d in (top, *top.children) if isinstance(d, Clause)]
        moved = {one.id for clause in clauses[1:] for one in subtree(clause)}
        file = tmp_path / f"{document.stem}.docx"
        _type_in(file, "ak_" + re.sub(r"[^A-Za-z0-9]", "_", clauses[1].id))
        flow = flow_of(document, office(file, "pdf", tmp_path))
        assert "2.Typedinbyhand2.1Itswords." in flow
        shifted = 0
        for inlines in referring(document):
            words_ = "".join(
                _one_later(inline, moved) if isinstance(inline, Reference) else plain_text((inline,))
                for inline in flatten(inlines)
                if not isinstance(inline, Phrase | Strong | Emphasis)
            )
            shifted += words_ != plain_text(inlines)
            assert re.sub(r"\s+", "", words_) in flow, words_
        assert shifted > 3


def _type_in(file: Path, bookmark: str) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = parts["word/document.xml"].decode()
    at = main.rindex("<w:p>", 0, main.index(f'w:name="{bookmark}"'))
    typed = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words_}</w:t></w:r></w:p>'
        for style, words_ in (("AKClauseHeading", "Typed in by hand"), ("AKSubclause", "Its words."))
    )
    parts["word/document.xml"] = f"{main[:at]}{typed}{main[at:]}".encode()
    file.write_bytes(write_package(parts))


def _one_later(reference: Reference, moved: set[str]) -> str:
    if reference.agreement:
        return reference.text
    return "".join(
        re.sub(r"^\d+", lambda found: str(int(found[0]) + 1), part.text) if part.target in moved else part.text
        for part in reference.parts
    )
