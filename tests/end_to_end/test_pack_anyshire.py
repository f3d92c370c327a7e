"""The example pack of a commissioning organisation: each of its changes is in the agreements that it makes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built import ROOT

from agreementkit import Agreement, AgreementSet, Bank, Config, assemble
from agreementkit.errors import ConfigError
from agreementkit.testing import same_text
from agreementkit.tree.nodes import Note
from agreementkit.tree.walk import divisions

PACKS = ROOT / "examples" / "packs"
PACK = PACKS / "anyshire-icb"
EXAMPLE = PACKS / "anyshire-icb.yaml"
BANK = Bank.load([PACK])
CORE = Bank.load()
OURS = "anyshire-icb"
BY_HEADING = {"after", "before", "replace", "remove", "variant", "notes"}


@pytest.fixture(scope="module")
def made() -> AgreementSet:
    return assemble(Config.load(EXAMPLE))


@pytest.fixture(scope="module")
def partnership(made: AgreementSet) -> Agreement:
    return made["partnership"]


def other(bank: Bank = BANK, **changes: Any) -> AgreementSet:
    """Return both agreements of another employer, with some settings changed and no option given."""
    few = {"employers": [{"name": "Anytown Council", "kind": "council"}], "unions": ["unison", "gmb"]}
    return assemble(
        Config.model_validate(
            {**few, "agreements": ["partnership", "recognition"], "notes": {"detail": "full"}, **changes}
        ),
        bank,
    )


def with_options(**options: Any) -> Agreement:
    return other(options={OURS: options})["partnership"]


def spaced(words: str) -> str:
    """Return the words with common spaces where lines must not break."""
    return words.replace("\xa0", " ")


def pack_of(agreement: Agreement, id_: str) -> str:
    origin = agreement[id_].division.origin
    assert origin is not None
    return origin.pack


def notes_of(agreement: Agreement, clause: str) -> dict[str, Note]:
    """Return the notes of a clause by their key."""
    return {note.id.partition("~")[2]: note for note in agreement.notes if note.id.partition("~")[0] == clause}


def items(agreement: Agreement, clause: str) -> list[str]:
    return [division.id.partition("/")[2] for division in agreement[clause].division.children]


def texts() -> Iterator[Path]:
    yield from sorted(PACK.rglob("*.md"))


# ------------------------------------------------------------------------------------------------------- the changes


def test_the_drafting_has_no_error_and_no_warning(made: AgreementSet) -> None:
    assert not [one.code for one in made.report if one.severity.value in ("error", "warning")]


def test_words_after_a_sub_clause_are_numbered_and_ours(partnership: Agreement) -> None:
    ids = [f"organisational-change/{id_}" for id_ in ("scope", "change-notice", "early-notice")]
    first, second, third = (partnership[id_] for id_ in ids)
    assert [one.number.partition(".")[2] for one in (first, second, third)] == ["1", "2", "3"]
    assert f"in the form of {partnership['change-notice'].number}." in second.text
    assert pack_of(partnership, second.id) == OURS
    assert pack_of(partnership, first.id) == pack_of(partnership, third.id) == "core"


def test_words_before_a_sub_clause_stand_there_and_move_the_reference_to_it(made: AgreementSet) -> None:
    change, consultation = (items(made["partnership"], id_) for id_ in ("organisational-change", "consultation"))
    assert change[change.index("oversight") - 1] == "cluster"
    assert consultation[consultation.index("responses") - 1] == "away"
    assert pack_of(made["partnership"], "consultation/away") == OURS


def test_a_replaced_sub_clause_keeps_its_id_and_loses_the_notes_of_the_core() -> None:
    access = other(access={"open_days_a_year": 4})["recognition"]
    assert "by video or both" in access["access/open-days"].text
    assert pack_of(access, "access/open-days") == OURS
    assert pack_of(access, "access/meetings") == "core"
    kept = notes_of(access, "access")
    assert {"hybrid-e", "hybrid-s"} <= set(kept)
    assert not {"open-e", "open-s"} & set(kept)


def test_a_removed_sub_clause_is_gone_with_its_note_and_both_sides_say_why() -> None:
    partnership, core = (other(bank)["partnership"] for bank in (BANK, CORE))
    assert "figures" in items(core, "wellbeing")
    assert "figures" not in items(partnership, "wellbeing")
    kept = notes_of(partnership, "wellbeing")
    assert "figures-j" in notes_of(core, "wellbeing")
    assert "figures-j" not in kept
    assert {kept["pack-e"].voice.value, kept["pack-s"].voice.value} == {"employer", "staff-side"}


def test_without_a_pack_of_information_the_notes_warn_of_the_gap() -> None:
    kept = notes_of(other(information={"data_pack": "none"})["partnership"], "wellbeing")
    assert {"no-pack-e", "no-pack-s"} <= set(kept)
    assert not {"pack-e", "pack-s"} & set(kept)


def test_notes_come_and_go_without_a_word_of_the_text() -> None:
    ours, theirs = (other(bank)["partnership"] for bank in (BANK, CORE))
    words, same = (re.sub(r"\d+", "#", one["information-sharing"].text) for one in (ours, theirs))  # clauses moved
    assert words == same
    before, after = notes_of(theirs, "information-sharing"), notes_of(ours, "information-sharing")
    assert set(before) - set(after) == {"pack-e"}
    assert set(after) - set(before) == {"costs-e", "costs-s"}


def test_a_whole_clause_is_replaced(partnership: Agreement) -> None:
    promises = partnership["shared-values"]
    assert promises.heading == "Our promises"
    assert "Nobody learns of a change to their work from somebody else." in promises.text
    assert {note.origin.pack for note in promises.notes if note.origin} == {OURS}


def test_the_withdrawn_form_is_gone_even_when_it_is_asked_for() -> None:
    form: dict[str, Any] = {"forms": ["change-timetable"]}
    assert "change-timetable" in other(CORE, **form)["partnership"]
    assert "change-timetable" not in other(**form)["partnership"]


# --------------------------------------------------------------------------------------------- what it adds, and words


def test_its_own_clause_and_form_stand_where_the_outline_puts_them(made: AgreementSet) -> None:
    for agreement in (made["partnership"], other(agreements=["combined"])["combined"]):
        order = [one.id for one in divisions(agreement.document)]
        assert order.index("wellbeing") < order.index("hybrid-working") < order.index("learning")
        assert agreement["change-notice"].number.startswith("Schedule ")
    assert "change-notice" not in made["recognition"]


def test_house_words_are_used_throughout(made: AgreementSet) -> None:
    for agreement in made:
        assert "Partnership Leads" in agreement.definitions
        assert not any("Joint Secretar" in one.text for one in agreement)
    assert "Cluster" in made["partnership"].definitions
    assert "within the Cluster" in made["partnership"].definitions["Organisational Change"].meaning


def test_boards_of_a_cluster_bring_words_about_it_and_none_leave_none() -> None:
    alone, shared = with_options(), with_options(cluster_with=["NHS Southmere Integrated Care Board"])
    assert not any("Cluster" in one.text for one in alone)
    assert "organisational-change/cluster" not in alone
    assert "Southmere" in shared.definitions["Cluster"].meaning
    assert "organisational-change/cluster" in shared


def test_a_variant_is_chosen_by_an_option_and_the_wording_of_the_core_otherwise() -> None:
    usual, transition = with_options(), with_options(learning="transition", learning_hours=45)
    assert pack_of(usual, "learning/plans") == "core"
    assert "45 hours of paid learning" in spaced(transition["learning/transition"].text)
    origin = transition["learning/transition"].division.origin
    assert origin is not None
    assert (origin.pack, origin.variant) == (OURS, "transition")


def test_numbers_of_the_options_are_printed_and_held_to_their_bounds() -> None:
    made = with_options(answer_days=4, attendance_weeks=20)
    assert "within 4 Working Days" in spaced(made["organisational-change/change-notice"].text)
    assert "at least 20 weeks before it begins" in spaced(made["hybrid-working/days"].text)
    with pytest.raises(ConfigError, match="answer_days"):
        with_options(answer_days=11)


# --------------------------------------------------------------------------------------------- the files and the Word


def test_every_change_records_what_lies_below_and_why() -> None:
    changed = [amendment for source in BANK.clauses.values() for amendment in source.amendments]
    assert len(changed) == 6
    assert {operation.verb.value for one in changed for operation in one.operations} == BY_HEADING
    for one in changed:
        assert one.front.because
        assert CORE[one.front.amends].digest.startswith(one.front.base_hash)
        assert len(one.front.base_hash) >= 12
    for id_ in ("joint-secretaries", "organisational-change"):
        assert CORE.terms[id_].digest.startswith(BANK.terms[id_].front.base_hash or "-")
    assert CORE["shared-values"].digest.startswith(BANK["shared-values"].front.base_hash or "-")
    withdrawal = BANK.withdrawn["change-timetable"].withdrawal
    assert CORE["change-timetable"].digest.startswith(withdrawal.base_hash or "-")


def test_every_change_of_words_has_notes_of_both_sides() -> None:
    for path in texts():
        if path.name in ("README.md", "cluster.md"):
            continue
        words = path.read_text(encoding="utf-8")
        assert "{voice=employer" in words, path
        assert "{voice=staff-side" in words, path


def test_word_and_markdown_say_the_same_in_the_own_letterhead(made: AgreementSet, tmp_path: Path) -> None:
    made.write(tmp_path, ["docx", "md"], pages="off")
    for agreement in made:
        stem = agreement.document.stem
        word, markdown = tmp_path / f"{stem}.docx", (tmp_path / f"{stem}.md").read_text(encoding="utf-8")
        assert same_text(word.read_bytes(), markdown) == []
        assert b"14746C" in _part(word, "word/styles.xml")  # the green of the letterhead


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
