"""Redlines: accepting all changes gives the new version, rejecting all the old one, whoever reads them."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from built import program
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader
from redlined import both, count, words
from small import DEFAULT_CONFIG, configured, small_bank

import agreementkit as ak
from agreementkit.comparing.redlining.items import words_of
from agreementkit.comparing.redlining.merge import compared
from agreementkit.comparing.redlining.redline import redline
from agreementkit.comparing.redlining.renumber import renumbered
from agreementkit.errors import OutputError
from agreementkit.testing.redlines import faults_of
from agreementkit.testing.revisions import content_of, main_part, resolved, with_main
from agreementkit.testing.versions import edited
from agreementkit.tree.nodes import (
    Anchor,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    ExecutionBlock,
    Note,
    Para,
    Reference,
    ReferencePart,
    SignatureLine,
    SignatureLines,
    Stage,
    SubClause,
    Table,
    Text,
    Voice,
)
from agreementkit.tree.walk import map_document
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.layout.pdf import pdf_files
from agreementkit.writers.word.markup import run, w
from agreementkit.writers.word.revisions.atoms import Atom, atoms, joined
from agreementkit.writers.word.verify.verify import verify_redline


def sub(id_: str, *words: object) -> SubClause:
    inlines = tuple(one if isinstance(one, Reference) else Text(str(one)) for one in words)
    return SubClause(id=id_, blocks=(Para(inlines),))


def clause(id_: str, *children: SubClause) -> Clause:
    return Clause(id=id_, heading=(Text(id_.capitalize()),), children=children)


BARE = Document("recognition", "Recognition", "Recognition", "recognition", stage=Stage.RESOLVED)
SIGNED = ExecutionBlock(
    id="sign", blocks=(SignatureLines((Text("Signed by:"),), (SignatureLine("Name"), SignatureLine("Date"))),)
)


def agreement(*clauses: Clause) -> Document:
    """An agreement of these clauses, numbered; its references say the numbers of their targets."""
    bare = replace(BARE, body=clauses, execution=(SIGNED,))
    numbered = renumbered(bare, bare)
    labels = {one.id: one.number.label for top in numbered.body for one in (top, *top.children) if one.number}

    def said(one: object) -> object:
        if isinstance(one, Reference):
            return replace(one, parts=(ReferencePart("clause "), ReferencePart(labels[one.target], one.target)))
        return one

    def block(one: object) -> object:
        return Para(tuple(said(inline) for inline in one.inlines)) if isinstance(one, Para) else one  # type: ignore[misc]

    body = tuple(
        replace(top, children=tuple(replace(c, blocks=tuple(block(b) for b in c.blocks)) for c in top.children))  # type: ignore[misc]
        for top in numbered.body
    )
    return replace(numbered, body=body)


def to(target: str) -> Reference:
    return Reference(target, ())


ALPHA = clause("alpha", sub("alpha/one", "The first thing is said here."), sub("alpha/two", "Another thing is said."))
BETA = clause("beta", sub("beta/one", "See ", to("gamma/two"), " for more."), sub("beta/two", "Nothing else."))
GAMMA = clause("gamma", sub("gamma/one", "A third thing."), sub("gamma/two", "A fourth thing."))


@cache
def documents() -> tuple[Document, ...]:
    """The agreements of the small bank, with a table after every third sub-clause of the first."""
    first, *others = ak.assemble(ak.Config.load(DEFAULT_CONFIG), small_bank()).documents
    rows = (("Who", "What"), ("The forum", "Pay and hours"), ("The panel", "Cases"), ("The chair", "Order"))
    cells = [tuple((Text(cell),) for cell in row) for row in rows]
    turn = iter(range(1000))

    def change(one: Division) -> Division:
        if not isinstance(one, SubClause) or next(turn) % 3:
            return one
        return replace(one, blocks=(*one.blocks, Table(cells[0], tuple(cells[1:]), "Who decides")))

    return (map_document(first, change), *others)


# ---------------------------------------------------------------------------------------------- at random


@pytest.mark.parametrize("seeds", [range(at, at + 5) for at in range(0, 25, 5)], ids=lambda seeds: f"from-{seeds[0]}")
def test_random_versions_come_back_whole_both_ways(seeds: range) -> None:
    for seed in seeds:
        for document in documents():
            _, faults = both(document, edited(document, seed))
            assert not faults, f"seed {seed} of {document.precedent}:\n" + "\n".join(faults)


def test_the_random_versions_try_everything() -> None:
    found: Counter[str] = Counter()
    one = ak.Agreement(documents()[0], ak.Report)
    for seed in range(12):
        (changes,) = ak.compare(one, ak.Agreement(edited(one.document, seed), ak.Report)).agreements
        root = main_part(redline(changes, author="X"))
        for path in ("ins", "del", "moveFrom", "moveTo", "trPr/ins", "trPr/del", "pPr/rPr/del", "delInstrText"):
            found[path] += count(root, path)
    assert all(found.values()), found


def test_two_configurations_that_have_little_in_common() -> None:
    other = ak.assemble(configured(unions=["gmb"], nation="scotland", time_off={"basis": "pool"}), small_bank())
    for old, new in zip(documents(), other.documents, strict=True):
        _, faults = both(old, new)
        assert not faults, "\n".join(faults)


def test_the_reader_finds_a_redline_that_is_not_true() -> None:
    old = documents()[0]
    (changes,) = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(edited(old, 4), ak.Report)).agreements
    content = redline(changes, author="X")
    assert not faults_of(changes, content)
    for tag, way in (("del", "reject"), ("ins", "accept")):
        root = main_part(content)
        spoilt = next(one for one in root.iter(w(tag)) if len(one) and one.getparent().tag == w("p"))  # type: ignore[union-attr]
        spoilt.getparent().remove(spoilt)  # type: ignore[union-attr]
        assert [one for one in faults_of(changes, with_main(content, root)) if one.startswith(way)]


# ------------------------------------------------------------------------------------------- case by case


def test_a_changed_word_is_one_deletion_and_one_insertion_with_author_and_date() -> None:
    other = clause("alpha", sub("alpha/one", "The first thing is written here."), ALPHA.children[1])
    root, faults = both(agreement(ALPHA), agreement(other), date="2027-05-06")
    assert not faults
    assert (words(root, "del"), words(root, "ins")) == (["said "], ["written "])
    for kind in ("ins", "del"):
        (change,) = root.iter(w(kind))
        assert change.get(w("author")) == "Staff Side"
        assert (change.get(w("date")) or "").startswith("2027-05-06T")


def test_a_clause_that_goes_takes_its_heading_its_numbers_and_its_row_of_the_contents() -> None:
    root, faults = both(agreement(ALPHA, BETA, GAMMA), agreement(BETA, GAMMA))
    assert not faults
    assert words(root, "del")[:2] == ["1.Alpha", "2"]
    assert {"Alpha", "The first thing is said here.", "Another thing is said."} <= set(words(root, "del"))
    assert count(root, "pPr/rPr/del") == 4
    # The reference whose target has another number now goes as a field and comes as a field.
    assert "3.2" in words(root, "del")
    assert "2.2" in words(root, "ins")


def test_a_clause_that_moved_is_moved_and_found_by_references_in_both_versions() -> None:
    changed = clause("gamma", GAMMA.children[0], sub("gamma/two", "A fourth thing, with more."))
    root, faults = both(agreement(ALPHA, BETA, GAMMA), agreement(changed, ALPHA, BETA))
    assert not faults
    assert words(root, "moveFrom")[0] == words(root, "moveTo")[0] == "Gamma"
    assert "A third thing." in words(root, "moveTo")
    starts = [one.get(w("name")) for kind in ("moveFrom", "moveTo") for one in root.iter(w(f"{kind}RangeStart"))]
    assert starts == ["move1", "move1"]
    assert any("with more" in text for text in words(root, "ins"))
    names = [one.get(w("name")) for one in root.iter(w("bookmarkStart"))]
    assert len(set(names)) == len(names)


def test_rows_come_and_go_and_a_table_with_another_column_is_another_table() -> None:
    def table(*rows: tuple[str, ...]) -> Document:
        cells = [tuple((Text(cell),) for cell in row) for row in rows]
        block = Table(cells[0], tuple(cells[1:]), "Who decides")
        return agreement(clause("alpha", replace(ALPHA.children[0], blocks=(*ALPHA.children[0].blocks, block))))

    old = table(("Who", "What"), ("The forum", "Pay and hours"), ("The panel", "Cases"))
    root, faults = both(old, table(("Who", "What"), ("The forum", "Pay and leave"), ("The chair", "Order")))
    assert not faults
    assert (count(root, "trPr/ins"), count(root, "trPr/del"), count(root, "tbl")) == (1, 1, 2)
    assert "hours" in words(root, "del")
    root, faults = both(old, table(("Who", "What", "When"), ("The forum", "Pay and hours", "May")))
    assert not faults
    assert (count(root, "trPr/ins"), count(root, "trPr/del"), count(root, "tbl")) == (2, 3, 3)


def test_a_definition_is_known_by_what_it_defines() -> None:
    def defined(*entries: tuple[str, str]) -> Document:
        blocks = tuple(DefinitionEntry(term.lower(), term, (Text(meaning),)) for term, meaning in entries)
        first = replace(ALPHA.children[0], blocks=(Para((Text("In this agreement:"),)), *blocks))
        return agreement(replace(ALPHA, children=(first, ALPHA.children[1])))

    old = defined(("Forum", "means the joint forum."), ("Staff", "means everybody who works here."))
    new = defined(("Board", "means the board."), ("Forum", "is where we all meet."), ("Staff", "means everybody."))
    root, faults = both(old, new)
    assert not faults
    assert count(root, "pPr/rPr/ins") == 1
    assert words(root, "ins")[0] == "Board means the board."
    assert "Forum" not in "".join(words(root, "del"))


def test_notes_are_left_out_or_are_those_of_the_new_version() -> None:
    note = Note("n", Anchor("alpha/one"), Voice.JOINT, (Para((Text("Why this is so."),)),), author="Both Sides")
    old = agreement(ALPHA, BETA, GAMMA)
    new = replace(agreement(BETA, ALPHA, GAMMA), notes=(note,))
    root, faults = both(old, new)
    assert not faults
    assert count(root, "commentReference") == 0
    root, faults = both(old, new, options=WordOptions(notes="comments"))
    assert count(root, "commentReference") == 1


def test_where_the_last_paragraph_goes_an_empty_one_ends_the_file() -> None:
    old, new = (replace(agreement(*clauses), execution=()) for clauses in ((ALPHA, GAMMA), (GAMMA, ALPHA)))
    (changes,) = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(new, ak.Report)).agreements
    content = redline(changes, author="X")
    for way, document in (("accept", new), ("reject", old)):
        found = content_of(resolved(content, way))
        assert found.pop(-2)[2] == []
        assert found == content_of(main_part(write_word(document, WordOptions(notes="none"))))


def test_the_title_on_the_cover_is_tracked() -> None:
    root, faults = both(agreement(ALPHA), replace(agreement(ALPHA), title="Recognition and Partnership"))
    assert not faults
    assert (words(root, "del"), words(root, "ins")) == (["Recognition"], ["Recognition and Partnership"])


def test_the_same_versions_give_the_same_bytes_and_the_date_is_that_of_the_new_one() -> None:
    old = documents()[0]
    new = edited(old, 7)
    (changes,) = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(new, ak.Report)).agreements
    content = redline(changes, author="A & B <x>")
    assert content == redline(changes, author="A & B <x>")
    made = [one for one in main_part(content).iter(w("ins")) if one.get(w("author"))]
    assert {one.get(w("author")) for one in made} == {"A & B <x>"}
    assert {(one.get(w("date")) or "")[:10] for one in made} == {new.meta.date}


# --------------------------------------------------------------------------------------------- in pieces

_texts = st.text(st.sampled_from("ab c.,-&<>\"'\t\n\u00a0é●[]"), max_size=12)
_looks = st.sampled_from(("", "<w:b/><w:bCs/>"))


@given(st.lists(st.tuples(_texts, _looks), max_size=5), st.lists(st.tuples(_texts, _looks), max_size=5))
@settings(deadline=None, max_examples=150)
def test_two_rows_of_runs_are_found_again_in_what_was_compared(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    one, other = (atoms("".join(run(*part) for part in parts), words_of) for parts in (old, new))
    assert _letters(one) == [(letter, look) for text, look in old for letter in text]
    assert _letters(atoms(joined(one), words_of)) == _letters(one)
    merged = list(compared(one, other))
    assert _letters([atom for kind, part in merged if kind != "ins" for atom in part]) == _letters(one)
    assert _letters([atom for kind, part in merged if kind != "del" for atom in part]) == _letters(other)


def _letters(found: list[Atom]) -> list[tuple[str, str]]:
    out = []
    for atom in found:
        look = atom.look or "".join(re.findall(r"<w:rPr>(.*?)</w:rPr>", atom.xml))
        text = atom.text if atom.kind == "words" else "\t" if "<w:tab/>" in atom.xml else "\n"
        out += [(letter, look) for letter in text]
    return out


@pytest.mark.parametrize("runs", ["<w:p/>", "<w:r><w:pict/></w:r>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'])
def test_what_is_not_known_among_runs_is_refused(runs: str) -> None:
    with pytest.raises(ValueError, match=r"no run|not known|not closed"):
        atoms(runs, words_of)


def test_a_redline_that_does_not_hang_together_is_not_written() -> None:
    (changes,) = ak.compare(
        ak.Agreement(agreement(ALPHA, BETA, GAMMA), ak.Report), ak.Agreement(agreement(GAMMA, BETA), ak.Report)
    ).agreements
    content = redline(changes, author="X")

    def spoilt(old: str, new: str) -> bytes:
        text = etree.tostring(main_part(content), encoding="unicode")
        assert old in text
        return with_main(content, etree.fromstring(text.replace(old, new, 1)))

    first, second = [one.get(w("id")) for one in main_part(content).iter(w("del"))][:2]
    for old, new, said in (
        (f'<w:del w:id="{first}"', f'<w:del w:id="{second}"', "used twice"),
        ("w:delText", "w:t", "do not match"),
        ("moveFromRangeEnd", "moveToRangeEnd", "open and close"),
        ('moveToRangeStart w:id="', 'moveFromRangeStart w:id="', "a place where it was"),
    ):
        broken = spoilt(old, new) if old != "w:delText" else _retagged(content)
        with pytest.raises(OutputError, match="AK710") as caught:
            verify_redline(broken)
        assert said in str(caught.value)


def _retagged(content: bytes) -> bytes:
    root = main_part(content)
    next(root.iter(w("delText"))).tag = w("t")
    return with_main(content, root)


# ------------------------------------------------------------------------------------------------- files


def test_one_agreement_is_one_file_and_a_set_has_one_for_each(tmp_path: Path) -> None:
    old = ak.assemble(configured(), small_bank())
    new = ak.assemble(configured(agreements=["recognition", "partnership"], title="Anytown"), small_bank())
    found = ak.compare(old, new, names=("Signed", "Employer's draft")).write(tmp_path / "redline.docx")
    assert [path.name for path in found] == [
        f"redline-{one.document.stem}.docx" for one in ak.compare(old, new).agreements
    ]
    assert {(one.get(w("author"))) for path in found for one in main_part(path.read_bytes()).iter(w("ins"))} == {
        "Employer's draft"
    }
    (one,) = ak.compare(old["recognition"], new["recognition"]).write(tmp_path / "a" / "only.docx", author="Us")
    assert one == tmp_path / "a" / "only.docx"
    (page,) = ak.compare(old, new).write(tmp_path / "changes.html")
    assert "<ins>" in page.read_text(encoding="utf-8")
    (data,) = ak.compare(old, new).write(tmp_path / "changes.json")
    assert not json.loads(data.read_text(encoding="utf-8"))["same"]


def test_an_agreement_of_one_side_only_comes_or_goes_as_a_whole(tmp_path: Path) -> None:
    old, new = documents()[0], documents()
    comparison = ak.compare([ak.Agreement(old, ak.Report)], [ak.Agreement(one, ak.Report) for one in new])
    alone = next(one for one in comparison.agreements if one.old is None)
    content = redline(alone, author="X")
    assert not faults_of(alone, content)
    left = [one for one in resolved(content, "reject").iter(w("t")) if (one.text or "").strip()]
    assert len(left) < 25  # the house file's own words, and none of the agreement


@pytest.mark.parametrize(
    ("name", "choices", "code"),
    [
        ("x.odt", {}, "AK830"),
        ("x", {}, "AK830"),
        ("x.docx", {"date": "yesterday"}, "AK831"),
        ("x.docx", {"template": "no"}, "AK725"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_nothing(
    tmp_path: Path, name: str, choices: dict[str, str], code: str
) -> None:
    one = ak.Agreement(documents()[0], ak.Report)
    with pytest.raises(OutputError) as caught:
        ak.compare(one, one).write(tmp_path / "out" / name, **choices)
    assert [found.code for found in caught.value.diagnostics] == [code]
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------------------------------- other programs


@pytest.mark.pandoc
@pytest.mark.parametrize("seed", [3, 11])
def test_pandoc_reads_the_new_version_when_it_accepts_and_the_old_one_when_it_rejects(seed: int) -> None:
    old = documents()[0]
    new = edited(old, seed)
    (changes,) = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(new, ak.Report)).agreements
    content = redline(changes, author="X")
    for way, document in (("accept", new), ("reject", old)):
        assert _pandoc(content, f"--track-changes={way}") == _pandoc(write_word(document, WordOptions(notes="none")))


def _pandoc(content: bytes, *options: str) -> list[str]:
    """Return the lines of a Word file; pandoc leaves empty ones where a paragraph or a row went."""
    command = [program("pandoc"), "-f", "docx", "-t", "html", "--wrap=none", *options]
    page = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    page = re.sub(r"<caption>.*?</caption>", "", page)
    page = re.sub(r"<(?:p|li|td|th|div)\b[^>]*>", "\n", re.sub(r"<(h\d)[^>]*>", r"\n\1 ", page))
    lines = (" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in page.splitlines())
    return [line for line in lines if line and not re.fullmatch(r"h\d", line)]


@pytest.mark.libreoffice
def test_libreoffice_counts_the_same_numbers_and_references_when_all_is_accepted_or_rejected() -> None:
    program("soffice")
    old, new = agreement(ALPHA, BETA, GAMMA), agreement(GAMMA, BETA)
    (changes,) = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(new, ak.Report)).agreements
    content = redline(changes, author="X")
    files = {
        "accept": with_main(content, resolved(content, "accept")),
        "reject": with_main(content, resolved(content, "reject")),
        "new": write_word(new, WordOptions(notes="none")),
        "old": write_word(old, WordOptions(notes="none")),
    }
    said = {name: _said(pdf) for name, pdf in pdf_files(files).items()}
    assert "See clause 1.2 for more." in said["new"]
    assert "See clause 3.2 for more." in said["old"]
    assert said["accept"] == said["new"]
    assert said["reject"] == said["old"]


def _said(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_redline_is_a_sound_package() -> None:
    content = redline(
        ak.compare(
            ak.Agreement(documents()[0], ak.Report), ak.Agreement(edited(documents()[0], 2), ak.Report)
        ).agreements[0],
        author="X",
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert "word/comments.xml" not in archive.namelist()
