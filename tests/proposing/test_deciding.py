"""Decisions: taken, kept in a file, read back from a file that nobody trusts; and the command line."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from built import ROOT
from edited import edited, mark, plain_run, put_in, strike
from edited import paragraph as word_paragraph
from lxml import etree
from proposed import added, agreements, paragraph, removed, reworded

import agreementkit as ak
from agreementkit.cli.app import run
from agreementkit.proposing import Given, Proposals, proposals_of, read_decisions
from agreementkit.returned import Edit, Location
from agreementkit.writers.word.markup import w

EXAMPLE = ROOT / "examples" / "returned" / "round-1.yaml"
VALUE, WORDS, NEW = "v-a4a5a659", "w-03f7929b", "w-69fe2f6a"


@cache
def company() -> ak.AgreementSet:
    return ak.assemble(ak.Config.load(ROOT / "examples" / "small-company.yaml"))


@cache
def example() -> Proposals:
    return read_decisions(EXAMPLE, company())


def test_decisions_leave_the_old_proposals_as_they_are() -> None:
    made = example().decide([VALUE, WORDS], "accepted", by="Joint Forum", note="Agreed.", on="2026-05-20")
    assert [one.status for one in example()] == ["open"] * 3
    assert {one.id for one in made.accepted} == {VALUE, WORDS}
    assert made[VALUE].decision.by == "Joint Forum"
    assert made.decide(VALUE, "open")[VALUE].decision.by == ""


@pytest.mark.parametrize("name", ["round.json", "round.yaml"])
def test_a_file_of_decisions_gives_the_same_proposals(name: str, tmp_path: Path) -> None:
    made = example().decide(VALUE, "deferred", by="Joint Forum").decide(NEW, "rejected", note="No: “not” needed")
    again = read_decisions(made.save(tmp_path / name), company())
    assert again.as_dict() == made.as_dict()


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(ak.ProposalError, match=r"AK812[\s\S]*did you mean 'v-a4a5a659'"):
        example().decide("v-a4a5a65", "accepted")


def test_two_wordings_of_one_paragraph_cannot_both_be_accepted() -> None:
    one = paragraph("disputes/settlement")
    edits = [
        Given("recognition", reworded(one, one.text.replace("write down", word), author), f"{author}.docx")
        for author, word in (("First", "note"), ("Second", "record"))
    ]
    made = proposals_of(edits, agreements())
    assert [it.why for it in made] == ["", ""]
    with pytest.raises(ak.ProposalError, match="AK813"):
        made.decide([it.id for it in made], "accepted")


def test_two_reviewers_who_want_the_same_make_one_proposal() -> None:
    one = paragraph("disputes/settlement")
    new = one.text.replace("write down", "note")
    edits = [Given("recognition", reworded(one, new, name), f"{name}.docx", f"Says {name}.") for name in ("A", "B")]
    (made,) = proposals_of(edits, agreements())
    assert made.author == "A, B"
    assert made.reason == "Says A. Says B."


def test_what_makes_no_proposal_is_listed() -> None:
    one = paragraph("disputes/settlement")
    lost = Edit("e1", "inserted", True, "A", "", Location(), after="somewhere", new="somewhere", whole=True)
    look = Edit("e2", "formatted", True, "A", "", Location(one.division.id, block=0), before="x", after="x", detail="b")
    made = proposals_of([lost, look], agreements())
    assert len(made) == 0
    assert [it.code for it in made.report] == ["AK810", "AK810"]
    assert "could not be placed" in made.left[0].why


def test_proposals_show_themselves() -> None:
    made = proposals_of([removed(paragraph("disputes/settlement"))], agreements())
    assert "disputes" not in made.table().columns
    assert made.table()[0]["proposal"].startswith("[-")
    assert "<table" in made._repr_html_()
    one = paragraph("disputes/settlement")
    script = proposals_of([added(one, "<script>alert(1)</script> *and* more.")], agreements())
    assert "<script>" not in script._repr_html_()
    assert "<script>" not in script.write("md").replace("\\<", "")
    assert json.loads(script.write("json"))["proposals"][0]["new"].startswith("<script>")
    with pytest.raises(ValueError, match="no form"):
        script.write("xml")


HOSTILE = {
    "nothing": "",
    "no yaml": "a: [",
    "another file": "title: x\n",
    "another form": "format: agreementkit-decisions/2\n",
    "a wrong kind": "format: agreementkit-decisions/1\nedits: [{id: e1, kind: exploded}]\n",
    "a wrong status": "format: agreementkit-decisions/1\ndecisions: {v-1: {status: signed}}\n",
    "an unknown key": "format: agreementkit-decisions/1\nrun: rm\n",
    "long words": f"format: agreementkit-decisions/1\nedits: [{{id: e1, kind: value, old: {'x' * 30_000}}}]\n",
    "aliases": "format: &a agreementkit-decisions/1\nedits: [*a]\n",
    "deep": "format: agreementkit-decisions/1\nedits: " + "[" * 200,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_from_a_stranger_gets_a_clear_answer(name: str, tmp_path: Path) -> None:
    file = tmp_path / "round.yaml"
    file.write_text(HOSTILE[name], encoding="utf-8")
    with pytest.raises(ak.SourceError) as caught:
        read_decisions(file, company())
    assert caught.value.diagnostics
    assert all(one.hints for one in caught.value.diagnostics)


def test_an_accepted_proposal_that_does_not_fit_is_refused_when_it_is_written(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("3 months", "300 months")
    (tmp_path / "round.yaml").write_text(text, encoding="utf-8")
    made = read_decisions(tmp_path / "round.yaml", company())
    (bad,) = made.values
    assert "at most" in bad.why
    forged = text.replace("decisions: {}", f"decisions: {{{bad.id}: {{status: accepted}}}}")
    (tmp_path / "round.yaml").write_text(forged, encoding="utf-8")
    with pytest.raises(ak.ProposalError, match="AK811"):
        read_decisions(tmp_path / "round.yaml", company()).write_config(tmp_path / "x.yaml")
    assert not (tmp_path / "x.yaml").exists()


def test_from_the_list_to_the_next_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "small-company.yaml", "agreement.yaml")
    shutil.copy(EXAMPLE, "round.yaml")
    rest = ["--decisions", "round.yaml", "-c", "agreement.yaml"]
    assert run(["proposals", "accept", VALUE, WORDS, NEW, *rest, "--by", "Joint Forum"]) == 0
    assert run(["proposals", "accept", "w-none", *rest]) == 1
    assert "AK812" in capsys.readouterr().err
    before = Path("agreement.yaml").read_text(encoding="utf-8")
    assert run(["proposals", "apply", *rest]) == 2, "a wording needs a pack"
    (tmp_path / "busy").mkdir()
    (tmp_path / "busy" / "letter.txt").write_text("hello")
    assert run(["proposals", "apply", *rest, "--into", "busy"]) == 1
    assert "AK816" in capsys.readouterr().err
    assert Path("agreement.yaml").read_text(encoding="utf-8") == before
    assert run(["proposals", "apply", *rest, "--into", "packs/agreed"]) == 0
    after = ak.assemble(ak.Config.load("agreement.yaml"))["framework"]
    assert "3 months" in after["framework-agreement/termination"].text
    assert "the same agenda and papers" in after["forum-constitution/failure"].text
    assert any(one.text.endswith("The notice says why.") for one in after if one.id.startswith("framework-agreement/"))
    capsys.readouterr()
    assert run(["proposals", "list", *rest, "--json"]) == 0
    assert {one["done"] for one in json.loads(capsys.readouterr().out)["proposals"]} <= {True, False}


def test_a_returned_word_file_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "small-company.yaml", "agreement.yaml")
    company().write("out", formats=("docx",), pages="off")
    file = Path("out/framework-agreement.docx")

    def change(root: etree._Element) -> None:
        one = word_paragraph(root, "Without a quorum")
        put_in(one, "the same agenda", " and papers", "Branch secretary")
        end = word_paragraph(root, "Any party may end it")
        strike(end, "6 months", "Branch secretary")
        box = mark("ins", "Branch secretary")
        box.append(plain_run("3 months"))
        next(one for one in end.iter(w("del"))).addnext(box)

    Path("back.docx").write_bytes(edited(file.read_bytes(), change))
    assert run(["proposals", "list", "back.docx", "-c", "agreement.yaml", "--decisions", "round.yaml", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)["proposals"]
    assert {one["id"] for one in made} == {VALUE, WORDS}
    assert {one["author"] for one in made} == {"Branch secretary"}
    assert run(["proposals", "list", "--decisions", "round.yaml"]) == 0, "the file knows its configuration"
    assert "termination.notice_months: 6 → 3" in capsys.readouterr().out
    other = ["proposals", "list", "back.docx", "-c", str(ROOT / "examples" / "university.yaml")]
    assert run(other) == 1
    assert "AK815" in capsys.readouterr().err
