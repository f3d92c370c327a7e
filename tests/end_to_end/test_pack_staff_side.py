"""The example pack of a union's regional office: its wording and its advice in the agreements, and who reads what."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from built import ROOT

from agreementkit import Agreement, AgreementSet, Bank, Config, assemble
from agreementkit.testing import same_text
from agreementkit.tree.nodes import Note, Voice
from agreementkit.tree.walk import plain_text

PACKS = ROOT / "examples" / "packs"
PACK = PACKS / "staff-side"
EXAMPLE = PACKS / "staff-side.yaml"
BANK = Bank.load([PACK])
CORE = Bank.load()
AMENDMENTS = sorted([*(PACK / "wording").glob("*.md"), *(PACK / "notes").glob("*.md")])
PREFERENCES = (
    "hold_status_quo",
    "time_without_cap",
    "digital_access",
    "record_alternatives",
    "conciliation_first",
)
ADVICE = "The order in which to give way"  # of the note that an employer must never see
ANSWER = "An objection that costs one e-mail could be sent to everything."  # an employer's note of the pack


@pytest.fixture(scope="module")
def made() -> AgreementSet:
    return assemble(Config.load(EXAMPLE), BANK)


@pytest.fixture(scope="module")
def recognition(made: AgreementSet) -> Agreement:
    return made["recognition"]


def other(bank: Bank = BANK, **changes: Any) -> AgreementSet:
    """Return a combined agreement of another employer, with some settings changed."""
    few = {"employers": [{"name": "Anytown Council", "kind": "council"}], "unions": ["unison", "gmb"]}
    return assemble(Config.model_validate({**few, "agreements": ["combined"], **changes}), bank)


def spaced(words: str) -> str:
    """Return the words with common spaces where lines must not break."""
    return words.replace("\xa0", " ")


def of_the_pack(agreement: Agreement) -> list[Note]:
    return [note for note in agreement.notes if note.origin and note.origin.pack == "staff-side"]


def clause_of(note: Note) -> str:
    return note.id.split("/")[0].split("~")[0]


# ------------------------------------------------------------------------------------------------------ the wording


def test_the_drafting_has_no_error_and_no_warning(made: AgreementSet) -> None:
    assert not made.report.errors
    assert not [one.code for one in made.report if one.severity.value == "warning"]


def test_the_status_quo_holds_from_the_first_objection(recognition: Agreement) -> None:
    clause = recognition["status-quo"]
    assert "from the day on which the Staff Side tells the chief people officer in writing" in clause.text
    assert "within 5 Working Days of that notice, the objection has no further effect" in clause.text.replace(
        "\xa0", " "
    )
    assert "ends 10 Working Days after it was made" in spaced(clause.text)
    assert [p.number for p in map(recognition.__getitem__, ("status-quo/from-notice", "status-quo/only"))] == [
        f"{clause.number}.1",
        f"{clause.number}.9",
    ]
    assert clause.division.children[0].origin is not None
    assert clause.division.children[0].origin.pack == "staff-side"
    last = recognition["status-quo/only"].division.origin
    assert last is not None
    assert last.pack == "core"


def test_time_off_has_a_floor_and_no_cap(recognition: Agreement) -> None:
    clause = recognition["time-off"]
    assert "at least 4 hours a week" in spaced(clause.text)
    assert "is not a limit" in recognition["time-off/no-ceiling"].text
    assert int(recognition["time-off/guaranteed"].number.split(".")[1]) == 4


def test_access_reaches_new_starters_and_people_online(recognition: Agreement) -> None:
    ids = [child.id for child in recognition["access"].division.children]
    at = ids.index("access/channels")
    assert ids[at + 1 : at + 4] == ["access/online-meetings", "access/online-private", "access/front-page"]
    assert ids[ids.index("access/welcome-pack") + 1] == "access/starter-meeting"
    assert "once in working time within 4 weeks of starting" in spaced(recognition["access/starter-meeting"].text)


def test_alternatives_are_written_down(made: AgreementSet) -> None:
    partnership = made["partnership"]
    ids = [child.id for child in partnership["consultation"].division.children]
    at = ids.index("consultation/hold")
    assert ids[at + 1 : at + 4] == [
        "consultation/alternatives",
        "consultation/alternatives-meeting",
        "consultation/alternatives-decision",
    ]


@pytest.mark.parametrize("precedent", ["recognition", "combined"])
def test_conciliation_comes_after_help_from_outside(precedent: str) -> None:
    agreement = other(agreements=[precedent])[precedent]
    assert int(agreement["conciliation-first"].number) == int(agreement["external-help"].number) + 1
    origin = agreement["conciliation-first"].division.origin
    assert origin is not None
    assert (origin.pack, origin.version) == ("staff-side", "1.0")
    assert f"clause {agreement['status-quo'].number}" in agreement["conciliation-first/longer"].text


def test_what_is_traded_away_reads_as_the_core_has_it() -> None:
    off = dict.fromkeys(PREFERENCES, False)
    plain = other(CORE)["combined"]
    traded = other(options={"staff-side": off})["combined"]
    assert [p.text for p in traded] == [p.text for p in plain]
    assert [p.id for p in other()["combined"]] != [p.id for p in plain]


@pytest.mark.parametrize("status_quo", ["time-limited", "by-consent", "none"])
def test_a_weaker_status_quo_stays_weak_and_conciliation_stands_beside_it(status_quo: str) -> None:
    agreement = other(disputes={"status_quo": status_quo})["combined"]
    assert "status-quo/from-notice" not in agreement
    assert "conciliation-first" in agreement


@pytest.mark.parametrize("basis", ["pool", "release", "allowance"])
def test_other_bases_of_time_off_are_left_alone(basis: str) -> None:
    assert "time-off/guaranteed" not in other(time_off={"basis": basis})["combined"]


def test_a_cap_and_no_cap_never_stand_together() -> None:
    capped = other(time_off={"basis": "reasonable", "cap_percent": 50})["combined"]
    assert "time-off/cap" in capped
    assert "time-off/no-ceiling" not in capped


# -------------------------------------------------------------------------------------------------------- the notes


def test_every_amendment_has_its_notes_in_the_agreements(made: AgreementSet) -> None:
    annotated = {clause_of(note) for agreement in made for note in of_the_pack(agreement)}
    assert {path.stem for path in AMENDMENTS} | {"conciliation-first"} <= annotated
    assert len(AMENDMENTS) >= 10


def test_the_notes_speak_for_the_union_and_fairly_for_the_others(made: AgreementSet) -> None:
    notes = [note for agreement in made for note in of_the_pack(agreement)]
    advice = [note for note in notes if note.audience == "staff-side"]
    assert len(advice) >= 20
    assert {note.voice for note in advice} == {Voice.STAFF_SIDE}
    answers = [note for note in notes if note.voice in (Voice.EMPLOYER, Voice.JOINT)]
    assert len(answers) >= 10
    assert {note.audience for note in answers} == {"everyone"}


def test_no_note_of_the_pack_says_what_a_note_of_the_core_says(made: AgreementSet) -> None:
    def sentences(note: Note) -> set[str]:
        words = " ".join(plain_text(getattr(block, "inlines", ())) for block in note.blocks)
        return {one for one in re.split(r"(?<=[.?!:]) ", words.lower()) if len(one) > 30}

    for agreement in made:
        core = [note for note in agreement.notes if note.origin and note.origin.pack == "core"]
        said = set().union(*map(sentences, core))
        new = set().union(*map(sentences, of_the_pack(agreement)))
        assert said
        assert new
        assert not said & new


@pytest.mark.parametrize("format_", ["docx", "md", "json", "html"])
def test_advice_for_officers_is_not_in_the_employers_copy(made: AgreementSet, tmp_path: Path, format_: str) -> None:
    made.write(tmp_path / "officers", [format_], audiences=["staff-side"], pages="off")
    made.write(tmp_path / "employer", [format_], audiences=["employer"], pages="off")
    name = f"recognition-agreement.{format_}"
    officers, employer = _words(tmp_path / "officers" / name), _words(tmp_path / "employer" / name)
    assert ADVICE in officers
    assert ADVICE not in employer
    assert ANSWER in officers
    assert ANSWER in employer


def _words(path: Path) -> str:
    """Return all that a file says; of a Word file its document and its comments."""
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


# -------------------------------------------------------------------------------------------------------- the files


def test_word_and_markdown_say_the_same(made: AgreementSet, tmp_path: Path) -> None:
    made.write(tmp_path, ["docx", "md"], pages="off")
    for agreement in made:
        stem = agreement.document.stem
        assert not same_text(
            (tmp_path / f"{stem}.docx").read_bytes(), (tmp_path / f"{stem}.md").read_text(encoding="utf-8")
        )


def test_it_lies_over_the_other_example() -> None:
    names = ("anyshire-icb", "staff-side")
    both = Bank.load([PACKS / name for name in names])
    agreements = other(both, agreements=["partnership", "recognition"])
    packs = {n.origin.pack for agreement in agreements for n in agreement.notes if n.origin}
    assert packs == {"core", *names}
    assert "conciliation-first" in agreements["recognition"]
    assert "conciliation-first" in other(both)["combined"]


@pytest.mark.parametrize("path", AMENDMENTS, ids=lambda path: path.stem)
def test_every_file_records_what_lies_below_and_why(path: Path) -> None:
    front = path.read_text(encoding="utf-8").split("---")[1]
    said = dict(line.split(": ", 1) for line in front.strip().splitlines() if ": " in line and not line.startswith(" "))
    below = CORE[said["amends"]]
    assert said["amends"] == path.stem
    assert said["base"].strip('"') == below.front.version
    assert below.digest.startswith(said["base_hash"].strip('"'))
    assert len(said["base_hash"].strip('"')) >= 12
    assert said["because"].endswith(".")


def test_every_preference_is_explained_to_people() -> None:
    readme = (PACK / "README.md").read_text(encoding="utf-8")
    declared = re.findall(r"^  - name: (\w+)$", (PACK / "options.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert declared
    assert not [name for name in declared if name not in readme]
    assert not [path.stem for path in AMENDMENTS if f"`{path.stem}`" not in readme]
