"""Key terms: what they say is what the agreement says, at the clause they name, and they are no part of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from built import EXAMPLES

import agreementkit as ak
from agreementkit.keyterms.terms import CAVEAT
from agreementkit.testing.configurations import random_configuration
from agreementkit.testing.same_text import same_text, word_lines
from agreementkit.tree.nodes import Blank, Document, Inline, Reference, Table, Value
from agreementkit.tree.walk import block_inlines, division_inlines, flatten, subtree
from agreementkit.writers import WRITERS, WriteOptions

ROOT = Path(__file__).parents[2]
FACTS = {"Employer", "Employers", "Union", "Unions"}


@pytest.fixture(scope="module")
def bank() -> ak.Bank:
    return ak.Bank.load()


@pytest.fixture(scope="module")
def ccgs(bank: ak.Bank) -> ak.AgreementSet:
    return ak.assemble(ak.Config.load(ROOT / "examples" / "suffolk-ccgs.yaml"), bank)


def check(agreements: ak.AgreementSet) -> int:
    """Hold every statement against the division it names; return how many there were."""
    count = 0
    for term in agreements.key_terms:
        for point in term.points:
            for precedent, reference in point.where.items():
                provision = agreements[precedent][reference.target]
                printed = {
                    (one.path, one.text if isinstance(one, Value) else "")
                    for division in subtree(provision.division)
                    for one in division_inlines(division)
                    if isinstance(one, Value | Blank)
                }
                said = {
                    (one.path, one.text if isinstance(one, Value) else "")
                    for one in point.statement.inlines
                    if isinstance(one, Value | Blank)
                }
                if said:
                    assert said & printed, f"{term.subject}: {point.text!r} is not said at {reference.text}"
                    paths = {path for path, _ in printed}
                    wrong = {one for one in said if one[0] in paths} - printed
                    assert not wrong, f"{term.subject}: {reference.text} says other values than {wrong}"
                count += 1
    return count


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_statement_stands_at_the_clause_it_names(path: Path, bank: ak.Bank) -> None:
    config = ak.Config.load(path)
    assert check(ak.assemble(config, bank if not config.packs else None)) > 10


@pytest.mark.parametrize("seed", range(12))
def test_so_it_does_in_any_configuration(seed: int, bank: ak.Bank) -> None:
    check(ak.assemble(random_configuration(seed, bank), bank))


def test_the_subjects_of_an_ordinary_set_are_there(ccgs: ak.AgreementSet) -> None:
    terms = ccgs.key_terms
    assert [term.subject for term in terms] == [
        "Employers", "Unions", "Recognition", "Forum", "Seats", "Chair", "Quorum", "Meetings", "Consultation",
        "Time off", "Facilities", "Disputes", "Status quo", "Start", "Review", "Changes", "Ending",
    ]  # fmt: skip
    assert terms["Ending"].text == "Notice: 6 months\nTalks before notice: 6 weeks"
    assert terms.places(terms["Ending"].points[0]) == (
        "clause 28.1 of the Partnership Agreement; clause 36.1 of the Recognition Agreement"
    )


def test_what_no_agreement_says_is_not_there(bank: ak.Bank) -> None:
    config = ak.Config.load(ROOT / "examples" / "minimal.yaml")
    ended = config.model_copy(update={"termination": config.termination.model_copy(update={"included": False})})
    subjects = [term.subject for term in ak.assemble(ended, bank).key_terms]
    assert "Ending" not in subjects
    assert "Committee of doctors and dentists" not in subjects


def test_a_value_that_is_not_given_is_a_blank(bank: ak.Bank) -> None:
    terms = ak.assemble(ak.Config.load(ROOT / "examples" / "minimal.yaml"), bank).key_terms
    assert terms["Start"].text == "[●]"
    assert terms.as_dict()[[t.subject for t in terms].index("Start")]["points"][0]["values"] == {
        "dates.commencement": None
    }


# --------------------------------------------------------------------------------------------- the page


def pages(agreements: ak.AgreementSet) -> ak.AgreementSet:
    return agreements.with_key_terms()


def printed(document: Document) -> list[Inline]:
    return [i for block in document.summary for run in block_inlines(block) for i in flatten(run)]


def test_the_page_is_made_when_the_configuration_asks_for_it(ccgs: ak.AgreementSet, bank: ak.Bank) -> None:
    assert all(not document.summary for document in ccgs.documents)
    document = ccgs.config.document.model_copy(update={"key_terms": True})
    asked = ak.assemble(ccgs.config.model_copy(update={"document": document}), bank)
    assert [one.summary for one in asked.documents] == [one.summary for one in pages(ccgs).documents]
    assert all(one.summary for one in asked.documents)


def test_the_page_says_only_what_its_own_agreement_says(ccgs: ak.AgreementSet) -> None:
    for agreement in pages(ccgs):
        table = agreement.document.summary[0]
        assert isinstance(table, Table)
        references = [one for one in printed(agreement.document) if isinstance(one, Reference)]
        assert len(references) > 4
        assert all(one.target in agreement and not one.agreement for one in references)


def test_the_page_changes_nothing_else(ccgs: ak.AgreementSet) -> None:
    assert ak.compare(ccgs, pages(ccgs)).same
    assert [d.render() for d in pages(ccgs).report] == [d.render() for d in ccgs.report]


@pytest.mark.parametrize("notes", ["comments", "footnotes", "inline", "none"])
def test_word_and_markdown_say_the_same_page(notes: str, ccgs: ak.AgreementSet) -> None:
    document = pages(ccgs)["recognition"].document
    word = WRITERS["docx"].write(document, WriteOptions(notes=notes))  # type: ignore[arg-type]
    markdown = WRITERS["md"].write(document, WriteOptions(notes="none")).decode()
    if notes in ("comments", "none"):
        assert same_text(word, markdown) == []
    lines = word_lines(word)
    assert lines.count("Key terms") == 1
    assert CAVEAT in lines
    assert lines.index("Key terms") < lines.index(CAVEAT) < lines.index("Parties")


def test_word_has_live_references_and_a_bookmark(ccgs: ak.AgreementSet) -> None:
    import io
    import zipfile

    word = WRITERS["docx"].write(pages(ccgs)["recognition"].document, WriteOptions())
    main = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    page, found, rest = main.partition("Table of Contents")
    assert found
    assert 'w:name="ak__summary"' in page
    fields = re.findall(r"REF (\w+) ", page)
    assert len(fields) > 4
    assert all(f'w:name="{name}"' in rest for name in fields)
    assert "TOC" in rest
    assert "Key terms" not in rest.partition("</w:sdt>")[0], "the page stands before the contents, which do not list it"


def test_a_final_copy_may_have_the_page(bank: ak.Bank, tmp_path: Path) -> None:
    full = ak.assemble(ak.Config.load(ROOT / "examples" / "small-company.yaml"), bank)
    written = full.write(tmp_path, ["docx", "md"], final=True, key_terms=True, pages="off")
    assert CAVEAT in (written[1].path.read_text("utf-8"))
    assert written[0].path.read_bytes()[:2] == b"PK"


def test_json_and_html_have_the_page(ccgs: ak.AgreementSet) -> None:
    document = pages(ccgs)["partnership"].document
    data = json.loads(WRITERS["json"].write(document, WriteOptions()))
    assert data["summary"][0]["type"] == "Table"
    page = WRITERS["html"].write(document, WriteOptions()).decode()
    article = page[page.index("<article") :]
    assert article.index("Key terms</h2>") < article.index("Parties</h2>")


def test_the_ways_to_look_agree(ccgs: ak.AgreementSet) -> None:
    terms = ccgs.key_terms
    assert len(terms.table()) == sum(len(term.points) for term in terms)
    assert "| Ending | Notice: 6 months |" in terms.markdown()
    assert "<td>Notice: 6 months</td>" in terms.html()
    assert terms.as_dict()[-1]["points"][0]["values"] == {"termination.notice_months": "6 months"}
    assert "Notice: 6 months (clause 28.1 of the Partnership Agreement" in str(terms)
    with pytest.raises(StopIteration):
        terms["Parking"]
