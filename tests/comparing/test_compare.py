"""Two versions of agreements: what became of each provision, and that nothing that differs is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html

import agreementkit as ak
from agreementkit.testing.configurations import random_configuration
from agreementkit.testing.trees import documents
from agreementkit.tree.nodes import (
    Anchor,
    Clause,
    Document,
    Meta,
    Note,
    Number,
    Para,
    Reference,
    ReferencePart,
    Stage,
    SubClause,
    Text,
    Value,
    Voice,
)
from agreementkit.writers.json import write_json
from agreementkit.writers.outline import text_lines


def agreement(*clauses: Clause, **more: Any) -> ak.Agreement:
    """An agreement of these clauses, numbered from 1."""
    body = tuple(_numbered(clause, at) for at, clause in enumerate(clauses, 1))
    made = Document("recognition", "Recognition", "Recognition", "recognition", body=body, stage=Stage.RESOLVED, **more)
    return ak.Agreement(made, ak.Report)


def _numbered(clause: Clause, at: int) -> Clause:
    below = tuple(
        replace(child, number=Number((at, n), f"{at}.{n}", f"{at}.{n}")) for n, child in enumerate(clause.children, 1)
    )
    return replace(clause, number=Number((at,), str(at), f"{at}."), children=below)


def clause(id_: str, *paragraphs: str) -> Clause:
    """A clause with a sub-clause for each paragraph; `name: words` gives it an id of its own."""
    children = []
    for at, words in enumerate(paragraphs, 1):
        name, found, rest = words.rpartition(": ")
        children.append(SubClause(id=f"{id_}/{name if found else f'~{at}'}", blocks=(Para((Text(rest),)),)))
    return Clause(id=id_, heading=(Text(id_.capitalize()),), children=tuple(children))


def told(comparison: ak.Comparison) -> dict[str, tuple[str, ...]]:
    return {change.id: change.how for change in comparison.changes}


A, B, C = clause("alpha", "One thing."), clause("beta", "Another thing."), clause("gamma", "A third thing.")


def test_an_agreement_and_itself_are_the_same() -> None:
    comparison = ak.compare(agreement(A, B), agreement(A, B))
    assert comparison.same
    assert comparison.summary == "Nothing differs."
    assert not comparison.table()
    assert "Nothing differs." in comparison.text()


def test_what_stands_behind_a_removed_clause_is_renumbered_and_not_changed() -> None:
    link = Clause(id="beta", children=(SubClause(id="beta/see", blocks=(Para((Text("See "), _to("gamma", "3"))),)),))
    later = replace(link, children=(replace(link.children[0], blocks=(Para((Text("See "), _to("gamma", "2"))),)),))
    comparison = ak.compare(agreement(A, link, C), agreement(later, C))
    assert told(comparison) == {"alpha": ("removed",), "beta": ("renumbered",), "gamma": ("renumbered",)}
    assert "Other numbers: clauses 1 to 2 were 2 to 3." in comparison.text()
    assert "1.1" not in comparison.text().replace("1.1 [-One thing.-]", "")


def _to(target: str, number: str) -> Reference:
    return Reference(target, (ReferencePart("clause "), ReferencePart(number, target)))


def test_a_clause_that_changed_places_is_moved_and_no_other() -> None:
    comparison = ak.compare(agreement(A, B, C), agreement(B, C, A))
    assert told(comparison) == {
        "alpha": ("moved", "renumbered"),
        "beta": ("renumbered",),
        "gamma": ("renumbered",),
    }
    assert "3 (was 1) Alpha (moved)" in comparison.text()


def test_added_removed_and_changed_paragraphs() -> None:
    old = agreement(clause("time", "ask: Ask ten days before.", "pay: Time off is paid.", "end: It ends."))
    new = agreement(clause("time", "ask: Ask five days before.", "form: There is a form.", "end: It ends."))
    comparison = ak.compare(old, new)
    assert told(comparison) == {"time/ask": ("changed",), "time/pay": ("removed",), "time/form": ("added",)}
    assert "1.1 (changed) Ask [-ten-] {+five+} days before." in comparison.text()
    assert comparison.changes[0].clause == "Time"


def test_paragraphs_without_a_name_are_known_by_their_words() -> None:
    old = agreement(clause("time", "Ask ten days before it.", "Time off is paid as if at work."))
    new = agreement(
        clause("time", "There is a new form.", "Ask five days before it.", "Time off is paid as if at work.")
    )
    comparison = ak.compare(old, new)
    assert [(c.old_number, c.new_number, c.how) for c in comparison.changes] == [
        ("", "1.1", ("added",)),
        ("1.1", "1.2", ("renumbered", "changed")),
        ("1.2", "1.3", ("renumbered",)),
    ]


def test_only_what_was_added_as_a_whole_counts_once_and_is_shown_in_full() -> None:
    comparison = ak.compare(agreement(A), agreement(A, clause("new", "First.", "Second.")))
    assert told(comparison) == {"new": ("added",)}
    assert [change.id for change in comparison.agreements[0].all if change.whole] == ["new/~1", "new/~2"]
    assert "2 New (added)" in comparison.text()
    assert "{+Second.+}" in comparison.text()


def test_notes_are_compared_when_asked_for() -> None:
    def noted(words: str) -> ak.Agreement:
        note = Note("alpha~why", Anchor("alpha"), Voice.EMPLOYER, (Para((Text(words),)),), author="Employer")
        return agreement(A, notes=(note,))

    assert ak.compare(noted("It is cheap."), noted("It is fair.")).same
    comparison = ak.compare(noted("It is cheap."), noted("It is fair."), notes=True)
    assert told(comparison) == {"alpha": ("notes",)}
    assert "(note) Employer: It is [-cheap-]{+fair+}." in comparison.text()


def test_values_that_differ_say_where_they_stand() -> None:
    def dated(text: str) -> ak.Agreement:
        words = (Text("From "), Value("dates.commencement", text))
        return agreement(Clause(id="start", children=(SubClause(id="start/day", blocks=(Para(words),)),)))

    (change,) = ak.compare(dated("1 May 2027"), dated("1 June 2027")).settings
    assert (change.path, change.old, change.new) == ("dates.commencement", "1 May 2027", "1 June 2027")
    assert [str(spot) for spot in change.where] == ["Recognition, 1.1"]


def test_a_cover_that_changed_is_told() -> None:
    comparison = ak.compare(agreement(A), agreement(A, subtitle=((Text("of Anytown"),),)))
    assert not comparison.same
    assert comparison.summary == "1 cover changed."
    assert "{+of Anytown+}" in comparison.text()


# ------------------------------------------------------------------------------------------ any agreement


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), documents())
def test_everything_of_both_versions_is_there_once(old: Document, new: Document) -> None:
    compared = ak.compare(ak.Agreement(old, ak.Report), ak.Agreement(new, ak.Report)).agreements[0]
    assert ["".join(lines) for lines in _texts(compared, "new")] == list(_whole(new))
    assert sorted("".join(lines) for lines in _texts(compared, "old")) == sorted(_whole(old))


def _texts(compared: Any, side: str) -> Iterator[list[str]]:
    """Yield the text of each division as the pieces give it back."""
    for change in compared.all:
        if getattr(change, side):
            yield [getattr(piece, side) for line in change.lines if getattr(line, side) for piece in line.pieces]


def _whole(document: Document) -> Iterator[str]:
    from agreementkit.comparing.units import units
    from agreementkit.tree.walk import divisions

    for division in divisions(document):
        yield "".join(unit.text for unit in units(division))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_agreement_and_itself_are_the_same(document: Document) -> None:
    one = ak.Agreement(document, ak.Report)
    assert ak.compare(one, one, notes=True).same


@pytest.mark.parametrize("seed", range(4))
def test_the_other_way_round_added_and_removed_change_places(seed: int) -> None:
    bank = ak.Bank.load()
    one, other = (_made(number, bank) for number in (2 * seed, 2 * seed + 1))
    there, back = ak.compare(one, other), ak.compare(other, one)
    for name, other_way in (("added", "removed"), ("removed", "added"), ("changed", "changed")):
        assert _named(there, name) == _named(back, other_way)
    assert {s.path: (s.old, s.new) for s in there.settings} == {s.path: (s.new, s.old) for s in back.settings}


def _named(comparison: ak.Comparison, how: str) -> set[tuple[str, bool]]:
    """The divisions of which something became, but for those whose ids only count."""
    found = {(c.id, c.whole) for a in comparison.agreements for c in a.all if how in c.how}
    return {(id_, whole) for id_, whole in found if not re.search(r"~|-\d+$|^part-", id_)}


def _made(seed: int, bank: ak.Bank) -> ak.AgreementSet:
    made = random_configuration(seed, bank)
    return ak.assemble(made.model_copy(update={"agreements": ("partnership", "recognition")}), bank)


# ------------------------------------------------------------------------------------------- ways to look


def test_html_stands_alone_and_says_in_words_what_colours_say() -> None:
    old, new = agreement(clause("time", "ask: Ask ten days before.")), agreement(clause("time", "ask: Ask <b>six</b>."))
    page = ak.compare(old, new).html()
    root = html.document_fromstring(page)
    assert [element.text_content() for element in root.iter("del")]
    for element in (*root.iter("del"), *root.iter("ins")):
        signs = [span.text for span in element.iter("span")]
        assert signs in (["[-", "-]"], ["{+", "+}"])
    assert "<b>" not in page
    assert not list(root.iter("script", "link", "img"))
    etree.fromstring(page.replace("<!DOCTYPE html>\n", "").replace('<meta charset="utf-8">', "").replace(
        '<meta name="viewport" content="width=device-width, initial-scale=1">', ""))  # fmt: skip


def test_markdown_marks_what_went_and_what_came() -> None:
    old, new = (
        agreement(clause("time", "ask: Ask ten days before.")),
        agreement(clause("time", "ask: Ask * days before.")),
    )
    assert "Ask <del>ten</del> <ins>\\*</ins> days before." in ak.compare(old, new).markdown()


def test_data_hold_both_texts() -> None:
    old, new = (
        agreement(clause("time", "ask: Ask ten days before.")),
        agreement(clause("time", "ask: Ask six days before.")),
    )
    data = json.loads(json.dumps(ak.compare(old, new).as_dict()))
    (change,) = data["agreements"][0]["changes"]
    pieces = change["lines"][0]["pieces"]
    assert "".join(piece["old"] for piece in pieces) == "Ask ten days before."
    assert "".join(piece["new"] for piece in pieces) == "Ask six days before."
    (row,) = ak.compare(old, new).table()
    assert row["how"] == "changed"
    assert row["text"] == "Ask [-ten-] {+six+} days before."


# ------------------------------------------------------------------------------------------------- files


def test_an_agreement_that_was_written_is_the_same_when_it_is_read(tmp_path: Path) -> None:
    made = ak.assemble(ak.Config.load(Path(__file__).parents[2] / "examples" / "minimal.yaml"))
    made.write(tmp_path, formats=["json"])
    loaded = ak.Agreement.load(tmp_path / "recognition-agreement.json")
    document = made["recognition"].document
    meta = replace(document.meta, house=loaded.document.meta.house)  # which house a file is in shows when it is written
    assert loaded.document == replace(document, meta=meta)
    assert ak.compare(made, loaded).same
    assert list(text_lines(loaded["time-off"].division)) == list(text_lines(made["recognition"]["time-off"].division))


def _written() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(write_json(agreement(A).document))
    return data


def _nested(levels: int) -> list[Any]:
    out: list[Any] = []
    for _ in range(levels - 1):
        out = [out]
    return out


HOSTILE: dict[str, tuple[object, str, str]] = {
    "no JSON": ("{", "AK770", "this is no JSON"),
    "no text": (b"\xff\xfe{}", "AK770", "this is no JSON that can be read"),
    "nested too deep": ("[" * 100_000 + "]" * 100_000, "AK770", "this is no JSON that can be read"),
    "an endless number": ('{"format": ' + "9" * 5000 + "}", "AK770", "this is no JSON that can be read"),
    "NaN": ('{"format": NaN}', "AK770", "NaN is no number"),
    "something else": ("[1, 2]", "AK771", "no agreement in the format agreementkit/1"),
    "another format": ({"format": "agreementkit/9"}, "AK771", "no agreement in the format agreementkit/1"),
    "an unknown field": ({**_written(), "macro": "x"}, "AK771", "Document has no field 'macro'"),
    "an unfinished one": ({**_written(), "stage": "filled"}, "AK771", "is filled, not resolved"),
    "a control character": ({**_written(), "title": "a\x1b[31mb"}, "AK771", "control character U+001B"),
    "one with a short escape": ({**_written(), "title": "a\bb"}, "AK771", "control character U+0008"),
    "one of the second set": ({**_written(), "title": "a\x85b"}, "AK771", "control character U+0085"),
    "half a character": ({**_written(), "title": "a\ud800b"}, "AK771", "control character U+D800"),
    "no character": ({**_written(), "title": "a\uffffb"}, "AK771", "control character U+FFFF"),
    "what lies too deep": ({**_written(), "title": _nested(100)}, "AK771", "nested more than 100 levels deep"),
    "what lies deep": ({**_written(), "title": _nested(99)}, "AK771", "document.title: expected str, found list"),
    "a fault deep within": (
        {**_written(), "opening": [{"type": "Para", "inlines": [{"type": "Text", "text": 1}]}]},
        "AK771", "document.opening[0].inlines[0].text: expected str, found int",
    ),
    "two of one id": (
        {**_written(), "body": [*_written()["body"]] * 2}, "AK771", "two divisions have the id 'alpha'",
    ),
    "a document within": ({**_written(), "body": [_written()]}, "AK771", "Document cannot stand here"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_agreement_is_refused(name: str, tmp_path: Path) -> None:
    content, code, words = HOSTILE[name]
    file = tmp_path / "agreement.json"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ak.SourceError) as error:
        ak.Agreement.load(file)
    (found,) = error.value.diagnostics
    assert found.code == code
    assert words in found.message
    assert found.place
    assert found.place.file == str(file)
    assert found.hints


def test_levels_beyond_any_agreement_are_refused(tmp_path: Path) -> None:
    division: dict[str, Any] = {"type": "SubParagraph", "id": "x"}
    for at in range(120):
        division = {"type": "SubParagraph", "id": f"x{at}", "children": [division]}
    file = tmp_path / "agreement.json"
    file.write_text(json.dumps({**_written(), "body": [{"type": "Clause", "id": "c", "children": [division]}]}))
    with pytest.raises(ak.SourceError, match="nested more than 100 levels deep"):
        ak.Agreement.load(file)


def test_a_file_of_absurd_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "agreement.json"
    file.write_text(write_json(agreement(A).document))
    monkeypatch.setattr("agreementkit.writers.json.MAX_BYTES", 100)
    with pytest.raises(ak.SourceError, match="AK770"):
        ak.Agreement.load(file)
    with pytest.raises(ak.SourceError, match="AK770"):
        ak.Agreement.load(tmp_path / "missing.json")


def test_what_has_nothing_in_common_is_refused() -> None:
    other = ak.Agreement(replace(agreement(A).document, precedent="partnership"), ak.Report)
    with pytest.raises(ak.AssemblyError, match="AK772"):
        ak.compare(agreement(A), other)
    with pytest.raises(ak.AssemblyError, match="AK772"):
        ak.compare(ak.Bank.load(), agreement(A))  # type: ignore[call-overload]


def test_the_document_facts_do_not_count() -> None:
    assert ak.compare(agreement(A), agreement(A, meta=Meta(date="2027-01-01", digest="abc"))).same
