"""Programs that share no code with us agree with us: on words, numbers, references and comments."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built import Built, program

from agreementkit.tree.nodes import Para, Reference
from agreementkit.tree.walk import block_inlines, divisions, flatten, plain_text


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


@pytest.mark.libreoffice
def test_libreoffice_computes_our_references(built: Built, tmp_path: Path) -> None:
    """In a PDF LibreOffice works out every reference anew from its own numbering."""
    reader = program("pdftotext")
    for agreement in built.agreements:
        pdf = office(built.file(agreement, "docx"), "pdf", tmp_path)
        text = subprocess.run([reader, "-enc", "UTF-8", pdf, "-"], capture_output=True, text=True, check=True).stdout
        meta = agreement.document.meta
        running = {meta.organisation, agreement.document.short, f"{meta.organisation} {agreement.document.short}"}
        running.add("DRAFT – not for signature")
        kept = [
            line
            for line in text.splitlines()
            if tidy(line) not in running and not re.match(r"(Version .*|Page \d+ of \d+)\Z", tidy(line))
        ]
        flow = re.sub(r"\s+", "", " ".join(kept))
        checked = 0
        for division in divisions(agreement.document):
            for block in division.blocks:
                if isinstance(block, Para):
                    for run in block_inlines(block):
                        if any(isinstance(i, Reference) and not i.agreement for i in flatten(run)):
                            assert re.sub(r"\s+", "", plain_text(run)) in flow, plain_text(run)
                            checked += 1
        assert checked
