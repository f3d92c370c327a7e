"""What `explain` says of a provision: its origin, its conditions, its links, and what else the clause could say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small import SMALL, configured

import agreementkit as ak
from agreementkit.cli.app import run

AMENDMENT = """---
amends: time-off
version: "2.5"
base: "1.0"
because: Managers asked for the form.
---
## after #duties

1.  The request is made on the form under @disputes. {#form when="forum.meetings_a_year > 2"}
"""


@pytest.fixture(scope="module")
def agreements(tmp_path_factory: pytest.TempPathFactory) -> ak.AgreementSet:
    pack = tmp_path_factory.mktemp("packs") / "anytown"
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: anytown\ntitle: Anytown\nversion: "1.0"\n', encoding="utf-8")
    (pack / "time-off.md").write_text(AMENDMENT, encoding="utf-8")
    config = configured(
        time_off={"basis": "reasonable"}, recognition={"scope": {"bank_staff": True}}, forum={"meetings_a_year": 6}
    )
    return ak.assemble(config, ak.Bank.load([pack], core=SMALL))


def test_the_trail_names_every_file_and_marks_whose_words_they_are(agreements: ak.AgreementSet) -> None:
    (clause,) = agreements.explain("time-off")
    assert [(step.pack, step.version, step.here) for step in clause.trail] == [
        ("small", "1.0", True),
        ("anytown", "2.5", False),
    ]
    (form,) = agreements.explain("time-off/form")
    assert [step.here for step in form.trail] == [False, True]
    step = form.trail[1]
    assert step.because == "Managers asked for the form."
    assert step.place is not None
    assert (step.place.file, step.place.line) == ("anytown/time-off.md", 9)


def test_conditions_come_with_the_values_that_made_them_true(agreements: ak.AgreementSet) -> None:
    (form,) = agreements.explain("time-off/form")
    assert [(reason.of, dict(reason.values)) for reason in form.reasons] == [
        ("clause", {"recognition.degree": agreements.config.recognition.degree}),
        ("variant reasonable", {"time_off.basis": "reasonable"}),
        ("paragraph", {"forum.meetings_a_year": "6"}),
    ]


def test_a_number_finds_what_an_id_finds(agreements: ak.AgreementSet) -> None:
    (by_id,) = agreements.explain("time-off/form")
    (by_number,) = agreements.explain(by_id.provision.number, "recognition")
    assert by_number.provision.id == "time-off/form"


def test_references_in_and_out_are_the_same_seen_from_both_ends(agreements: ak.AgreementSet) -> None:
    (form,) = agreements.explain("time-off/form")
    assert [link.id for link in form.refers_to] == ["disputes"]
    (disputes,) = agreements.explain("disputes")
    assert "time-off/form" in [link.id for link in disputes.referred_to_by]
    for agreement in agreements:
        for provision in agreement:
            for one in agreements.explain(provision.id, agreement.precedent):
                assert all(link.id in agreements[_of(agreements, link.agreement)] for link in one.refers_to)


def _of(agreements: ak.AgreementSet, title: str) -> str:
    return next(one.precedent for one in agreements if one.title == title)


def test_other_variants_say_what_the_agreement_says_when_they_are_chosen(agreements: ak.AgreementSet) -> None:
    (clause,) = agreements.explain("time-off")
    (pool,) = clause.wordings
    other = agreements.config.model_copy(
        update={"time_off": agreements.config.time_off.model_copy(update={"basis": "pool"})}
    )
    assert pool.variant == "pool"
    assert pool.text == ak.assemble(other, agreements.bank)["recognition"]["time-off"].text
    assert pool.text != clause.provision.text


def test_law_says_who_cites_it(agreements: ak.AgreementSet) -> None:
    (clause,) = agreements.explain("time-off")
    (law,) = clause.law
    assert law.id == "paid-time-act"
    assert "the clause" in law.by
    assert "a note of" in law.by


def test_nothing_of_that_name(agreements: ak.AgreementSet) -> None:
    with pytest.raises(ak.AssemblyError) as caught:
        agreements.explain("time-of")
    (fault,) = caught.value.diagnostics
    assert fault.code == "AK404"
    assert any("time-off" in hint for hint in fault.hints)


def test_what_is_shown_is_escaped_in_a_notebook_and_whole_in_print(agreements: ak.AgreementSet) -> None:
    (form,) = agreements.explain("time-off/form")
    assert "&gt; 2" in form._repr_html_()
    text = str(form)
    for words in ("Comes from", "Stands because", "forum.meetings_a_year is 6", "anytown/time-off.md:9"):
        assert words in text


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "agreement.yaml"
    config.write_text(
        "employers: [{name: Anytown Integrated Care Board, short: the ICB, kind: icb}]\nunions: [unison, rcn]\n",
        encoding="utf-8",
    )
    assert run(["explain", "time-off", "-c", str(config), "--json"]) == 0
    (data,) = json.loads(capsys.readouterr().out)
    assert data["trail"][0]["file"] == "core/body/time-off/time-off.md"
    assert {one["variant"] for one in data["variants"]} == set(ak.Bank.load()["time-off"].front.variants) - {
        "reasonable"
    }
    assert run(["explain", "time-off", "-c", str(config)]) == 0
    assert "Stands because" in capsys.readouterr().out


def test_the_trail_says_how_far_each_text_has_come(agreements: ak.AgreementSet) -> None:
    (form,) = agreements.explain("time-off/form")
    assert [step["status"] for step in form.as_data()["trail"]] == ["draft", "draft"]
    assert str(form).count("  [draft]") == 2
