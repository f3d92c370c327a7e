"""Findings as SARIF, as annotations, as a table in a notebook, and as comments in the draft."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from built import ROOT
from small import configured

import agreementkit as ak
from agreementkit.diagnostics import Diagnostic, Place, Report, Severity
from agreementkit.reporting import github_lines, sarif, with_findings
from agreementkit.tree.walk import divisions

FOUND = Diagnostic(
    "AK560",
    "clause 7 gives 5 days, 100% too few",
    Severity.ERROR,
    place=Place("a,b:c.yaml", 3, 5, 4, "  days: 5"),
    hints=("set it to 10",),
    path="time_off.days",
    agreement="recognition",
    division="time-off/notice",
    cites=("An Act, section 1 [act-s1]",),
)
BARE = Diagnostic("AK501", "a blank", Severity.INFO)


def test_sarif() -> None:
    log = sarif([FOUND, BARE, FOUND])
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["AK501", "AK560"]
    assert rules[1]["fullDescription"]["text"]
    first, second, _ = run["results"]
    assert (first["ruleIndex"], first["level"], second["level"]) == (1, "error", "note")
    assert first["message"]["text"] == (
        "clause 7 gives 5 days, 100% too few. Law: An Act, section 1 [act-s1]. Next: set it to 10"
    )
    (location,) = first["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 9}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "recognition:time-off/notice"}]
    assert "locations" not in second


def test_annotations_of_github() -> None:
    """A comma or a colon in a property, and a per cent sign or a new line in the text, would end them early."""
    first, second = github_lines([FOUND, BARE])
    assert first == (
        "::error file=a%2Cb%3Ac.yaml,line=3,col=5,title=AK560::clause 7 gives 5 days, 100%25 too few"
        "%0Alaw: An Act, section 1 [act-s1]%0Ahint: set it to 10"
    )
    assert second == "::notice title=AK501::a blank"


def test_in_a_notebook() -> None:
    html = Report([Diagnostic("AK502", "the term <i>X</i>", hints=("a & b",)), FOUND])._repr_html_()
    assert "the term &lt;i&gt;X&lt;/i&gt;" in html
    assert "a &amp; b" in html
    assert "<i>" not in html
    assert "Law: An Act" in html
    assert Report([])._repr_html_() == "<p>Nothing was found.</p>"


@pytest.fixture(scope="module")
def draft() -> ak.AgreementSet:
    return ak.assemble(configured(time_off={"basis": "pool", "pool_hours": 100}), ak.Bank.load())


def _finding(**about: str) -> Diagnostic:
    return Diagnostic("AK515", "two figures differ", Severity.WARNING, hints=("choose one",), **about)  # type: ignore[arg-type]


def test_a_finding_stands_on_the_clause_it_is_about(draft: ak.AgreementSet) -> None:
    document = draft["recognition"].document
    found = with_findings(document, [_finding(agreement="recognition", division="time-off/duties")])
    (note,) = [note for note in found.notes if note.id.startswith("finding-")]
    assert note.anchor.division == "time-off/duties"
    assert len(found.notes) == len(document.notes) + 1
    assert found.body == document.body


def test_a_finding_about_a_setting_stands_where_it_is_printed(draft: ak.AgreementSet) -> None:
    document = draft["recognition"].document
    found = with_findings(document, [_finding(path="time_off.pool_hours"), _finding(path="nowhere.printed")])
    first, second = [note.anchor.division for note in found.notes if note.id.startswith("finding-")]
    assert first == next(d.id for d in divisions(document))
    assert "100" in draft["recognition"][second].text


def test_a_finding_about_another_agreement_and_a_blank_stay_out(draft: ak.AgreementSet) -> None:
    document = draft["recognition"].document
    assert with_findings(document, [_finding(agreement="partnership"), BARE]) == document


def test_findings_are_comments_in_word(tmp_path: Path) -> None:
    """The draft that goes to the other side with what the checks say: a comment each, by an author of their own."""
    config = ak.Config.load(ROOT / "examples" / "trust.yaml")
    agreements = ak.assemble(config)
    about = [d for d in agreements.report if d.code != "AK501" and d.agreement in ("", "partnership")]
    assert about
    agreements.write(tmp_path, ["docx"], with_findings=True, pages="off")
    with zipfile.ZipFile(next(tmp_path.glob("*partnership*.docx"))) as package:
        comments = package.read("word/comments.xml").decode()
    assert len(re.findall(r'<w:comment [^>]*w:author="Check"', comments)) == len(about)
    for one in about:
        assert one.code in comments


def test_a_clean_copy_has_no_findings(tmp_path: Path) -> None:
    agreements = ak.assemble(ak.Config.load(ROOT / "examples" / "suffolk-ccgs.yaml"))
    agreements.write(tmp_path, ["docx"], with_findings=True, final=True, pages="off")
    for path in tmp_path.glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            assert "word/comments.xml" not in package.namelist()
