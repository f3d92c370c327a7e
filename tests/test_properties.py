"""Properties that hold for every bank, every configuration and every text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from plainly import agreement_text, document_lines
from pydantic import ValidationError
from small import LEAST, clause_text, configured, one_clause, small_bank, write_bank

import agreementkit as ak
from agreementkit.assemble.compile import check_source, template_text
from agreementkit.diagnostics import Place
from agreementkit.errors import SourceError
from agreementkit.reader import read_body
from agreementkit.source import SourceText
from agreementkit.testing.configurations import lines_of_text, odd_inputs
from agreementkit.testing.packs import DrawnPack, bodies_of_anything, packs
from agreementkit.tree.nodes import Clause, Division, Document, Part, Reference, SchedulePart, Stage, Value
from agreementkit.tree.walk import division_inlines, divisions, note_inlines, plain_text

many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SMALL_BANK = small_bank()
READER_CODES = re.compile(r"AK21\d\Z")


def assembled(drawn: DrawnPack, **changes: Any) -> Document:
    """Return the one agreement of a drawn bank."""
    with tempfile.TemporaryDirectory() as folder:
        core = write_bank(
            Path(folder) / "bank", drawn.clauses, **{k.replace("-", "_"): v for k, v in drawn.kinds.items()}
        )
        bank = ak.Bank.load(core=core)
    return ak.assemble(configured(agreements=["only"], **changes), bank)["only"].document


def families(document: Document) -> Iterator[list[Division]]:
    """Yield the divisions that are counted together."""

    def opened(tops: tuple[Division, ...]) -> Iterator[Division]:
        for top in tops:
            yield from opened(top.children) if isinstance(top, Part | SchedulePart) else (top,)

    tops = [document.parties, document.background, tuple(opened(document.body)), document.schedules]
    for family in tops:
        yield list(family)
    for division in divisions(document):
        if not isinstance(division, Part | SchedulePart):
            yield list(opened(division.children))


def check_numbers(document: Document) -> None:
    for family in families(document):
        numbers = [division.number for division in family]
        assert all(numbers), "a division has no number"
        assert [number.path[-1] for number in numbers if number] == list(range(1, len(family) + 1))
    clauses = [d for top in document.body for d in ((top,) if isinstance(top, Clause) else top.children)]
    assert [c.number.label for c in clauses if c.number] == [str(n) for n in range(1, len(clauses) + 1)]
    ids = [division.id for division in divisions(document)]
    assert len(ids) == len(set(ids))
    notes = [note.id for note in document.notes]
    assert len(notes) == len(set(notes))


def references(document: Document) -> Iterator[Reference]:
    for division in divisions(document):
        for inline in division_inlines(division):
            if isinstance(inline, Reference):
                yield inline
    for note in document.notes:
        yield from (inline for inline in note_inlines(note) if isinstance(inline, Reference))


def check_references(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for reference in references(document):
            target = documents[reference.agreement] if reference.agreement else document
            numbered = {d.id: d.number for d in divisions(target) if d.number}
            assert reference.target in numbered
            for part in reference.parts:
                assert not part.target or numbered[part.target].label == part.text


@many
@given(packs())
def test_a_sound_bank_gives_numbers_without_gaps_and_references_that_resolve(drawn: DrawnPack) -> None:
    document = assembled(drawn)
    assert document.stage is Stage.RESOLVED
    check_numbers(document)
    check_references({"only": document})
    ids = {division.id for division in divisions(document)}
    assert drawn.standing <= ids
    assert not drawn.gone & ids


def without_notes(text: str) -> str:
    """Return a clause file as if nobody had ever written a note."""
    text = re.sub(r"(?m)^\[\^.*\n?", "", text)
    return re.sub(r"\[\^\w+\]", "", text).replace("[noted words]", "noted words")


@many
@given(packs())
def test_dropping_notes_changes_no_word_and_no_number(drawn: DrawnPack) -> None:
    with_notes, without = assembled(drawn), assembled(drawn, notes={"voices": []})
    assert not without.notes
    assert list(document_lines(with_notes)) == list(document_lines(without))
    bare = {id_: without_notes(text) for id_, text in drawn.clauses.items()}
    never_written = assembled(DrawnPack(bare, drawn.kinds, drawn.standing, drawn.gone))
    assert list(document_lines(with_notes, phrases=False)) == list(document_lines(never_written, phrases=False))


@many
@given(packs())
def test_the_same_input_gives_the_same_agreement(drawn: DrawnPack) -> None:
    assert agreement_text(assembled(drawn)) == agreement_text(assembled(drawn))


@settings(many, max_examples=120)
@given(odd_inputs())
def test_every_valid_configuration_makes_whole_agreements_of_the_small_bank(data: dict[str, Any]) -> None:
    try:
        config = ak.Config.model_validate(data)
    except ValidationError:
        assume(False)
    agreements = ak.assemble(config, SMALL_BANK)
    documents = {agreement.precedent: agreement.document for agreement in agreements}
    for document in documents.values():
        check_numbers(document)
        agreement_text(document)
    check_references(documents)


@settings(many, max_examples=300)
@given(bodies_of_anything)
def test_the_reader_takes_any_lines(lines: list[str]) -> None:
    lines = [part for line in lines for part in line.split("\n")]
    found: list[ak.Diagnostic] = []
    read_body("x.md", lines, 5, ("a", "b"), found)
    for diagnostic in found:
        assert READER_CODES.match(diagnostic.code)
        assert diagnostic.hints
        assert diagnostic.place is not None
        assert 1 <= diagnostic.place.line <= 5 + len(lines)


@settings(many, max_examples=200)
@given(st.text(max_size=200))
def test_a_bank_with_any_text_in_a_file_is_read_or_refused_with_codes(text: str) -> None:
    try:
        SourceText.of(text)
    except (SourceError, UnicodeEncodeError):
        assume(False)
    found: list[ak.Diagnostic] = []
    template_text(text, Place("x.md", 2, 8, 1, text), found)
    assert all(READER_CODES.match(diagnostic.code) for diagnostic in found)
    with tempfile.TemporaryDirectory() as folder:
        core = write_bank(Path(folder) / "bank", {"x": clause_text("x", text)})
        for diagnostic in faults_of(core):
            assert re.fullmatch(r"AK\d{3}", diagnostic.code)
            assert diagnostic.hints


def faults_of(core: Path) -> tuple[ak.Diagnostic, ...]:
    """Return what stops the agreement of a bank from being made; nothing when it can be made."""
    try:
        ak.assemble(configured(agreements=["only"]), ak.Bank.load(core=core))
    except ak.AgreementKitError as error:
        return error.diagnostics
    return ()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(sign * 3000, id=f"{sign!r}")
        for sign in (
            "[",
            "]",
            "{",
            "}",
            "{{",
            "}}",
            "*",
            "**",
            "* ",
            "_",
            "`",
            "|",
            "@a/",
            "@",
            "\\",
            "[^",
            "[]",
            "[x][^a]",
            '"',
        )
    ]
    + [
        pytest.param("{{ title }}" * 7000, id="more marks than can be held"),
        pytest.param("1.  x\n" * 5000, id="items"),
    ],
)
def test_long_runs_of_signs_end_in_text_or_a_coded_finding(body: str) -> None:
    found: list[ak.Diagnostic] = []
    read_body("x.md", body.split("\n"), 1, (), found)
    assert all(READER_CODES.match(diagnostic.code) for diagnostic in found)
    if "title" in body:
        assert [d.code for d in found] == ["AK211"]


@many
@given(lines_of_text, lines_of_text)
def test_a_value_survives_exactly(title: str, name: str) -> None:
    try:
        config = ak.Config.model_validate({**LEAST, "agreements": ["only"], "title": title, "values": [name]})
    except ValidationError:
        assume(False)
    with tempfile.TemporaryDirectory() as folder:
        body = (
            "1.  Before{{ title }}after, *{{ title }}*, **[{{ title }}][^n]**.\n"
            '2.  List:\n\n    1.  {{ value.name }}; {each="value in values"}\n\n'
            '3.  Table:\n\n    | A |\n    | --- |\n    | {{ title }} |\n    {caption="c"}\n\n    - {{ title }}\n\n'
            "[^n]: {voice=law} {{ title }}"
        )
        document = one_clause(Path(folder) / "bank", body, config).document
    expected = [config.title] * 3 + [config.values[0].name] + [config.title] * 2
    found = [i.text for d in divisions(document) for i in division_inlines(d) if isinstance(i, Value)]
    assert found == expected
    assert [i.text for i in note_inlines(document.notes[0]) if isinstance(i, Value)] == [config.title]
    first = document.body[0].children[0]
    words = plain_text(first.blocks[0].inlines)  # type: ignore[union-attr]
    assert words == f"Before{config.title}after, {config.title}, {config.title}."


ATTACKS = [
    "cycler.__init__.__globals__",
    "cycler",
    "joiner",
    "namespace",
    "config.__class__",
    "config",
    "().__class__",
    "''.__class__.__mro__",
    "range(10**9)",
    "lipsum",
    "lipsum()",
    "self",
    "self.__init__",
    "loop",
    "caller",
    "varargs",
    "title | attr('__class__')",
    "title | map('upper')",
    "title.__class__",
    "title['__class__']",
    "unions.__class__",
    "(unions | first).__class__",
    "(unions | first).model_dump",
    "unions | map(attribute='__class__') | first",
    "unions | map(attribute='name.__class__') | first",
    "unions | map('attr', '__class__') | first",
    "unions | selectattr('__class__') | length",
    "unions | map(*['attr', '__class__']) | first",
    "unions | map(**{'attribute': '__class__'}) | first",
    "title.format(1)",
    "'{0.__class__}'.format(title)",
    "'%s' % title",
    "title ~ title",
    "9**9**9**9",
    "'a' * 10**10",
    "[0] * 10**10",
    "title is defined",
    "_chosen",
    "_chosen | length",
    "title | tojson",
    "title | xmlattr",
    "dict(a=1)",
    "[x for x in unions]",
    "lambda: 1",
    "title if title else",
    "import os",
    "{% for x in unions %}",
    "{% include 'x' %}",
    "title }} {{ title.__class__",
    "(" * 200 + "title" + ")" * 200,
    "not " * 120 + "title",
    "-" * 400 + "1",
    "title" + ".title" * 90,
    "title" + "|lower" * 80,
    " or ".join(["title"] * 80),
    "title " * 5000,
    "{" * 400,
    "'" + "x" * 600 + "'",
    "title |",
    "",
    " ",
    "#",
    "\\",
    "0x",
    "1_000_000.__class__",
]


@pytest.mark.parametrize(
    ("where", "attack"),
    [
        pytest.param(where, attack, id=f"{where}: {attack[:40]!r}")
        for where in ("text", "when", "each", "front")
        for attack in ATTACKS
        if where == "text" or not set(attack) & set('"}')  # an attribute ends at a quotation mark
    ],
)
def test_an_attack_is_refused_with_a_code_and_runs_nothing(where: str, attack: str, tmp_path: Path) -> None:
    attack_in_yaml = f'when: "{attack}"\n'.replace("\\", "\\\\")
    body, front = {
        "text": (f"1.  {{{{ {attack} }}}} here.", ""),
        "when": (f'1.  [Here]{{when="{attack}"}} it is.', ""),
        "each": (f'1.  Here. {{each="x in {attack}"}}', ""),
        "front": ("1.  Here.", attack_in_yaml),
    }[where]
    core = write_bank(tmp_path / "bank", {"x": clause_text("x", body, front=front)})
    with pytest.raises(ak.AgreementKitError) as caught:
        ak.assemble(configured(agreements=["only"]), ak.Bank.load(core=core))
    codes = {diagnostic.code for diagnostic in caught.value.diagnostics}
    assert codes <= {"AK202", "AK210", "AK211", "AK214", "AK301", "AK302", "AK303"}, codes


@settings(many, max_examples=300)
@given(st.text(st.sampled_from("()[]{}|.,'\"+-*/%~=!<>: _ainotrfselm019"), max_size=60))
def test_any_expression_is_checked_without_a_crash(text: str) -> None:
    from agreementkit.assemble.scope import Scope

    found: list[ak.Diagnostic] = []
    Scope().check(text, Place("x.md", 1), found)
    assert all(re.fullmatch(r"AK30[123]", diagnostic.code) and diagnostic.hints for diagnostic in found)


def test_checking_a_source_finds_the_same_as_assembling(tmp_path: Path) -> None:
    core = write_bank(tmp_path / "bank", {"x": clause_text("x", "1.  {{ titel }}.")})
    bank = ak.Bank.load(core=core)
    with pytest.raises(ak.AssemblyError) as caught:
        ak.assemble(configured(agreements=["only"]), bank)
    assert caught.value.diagnostics == check_source(bank["x"])
    assert [d.code for d in check_source(bank["x"])] == ["AK302"]
