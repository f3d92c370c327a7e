"""The law register: complete, consistent, and right about what was law when and where."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from agreementkit.bank.law import NATIONS, LawRegister, Standing
from agreementkit.errors import BankError

FILE = Path(__file__).parents[2] / "clauses" / "core" / "law.yaml"
DATA: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
GB = ("england", "scotland", "wales")
TODAY = dt.date(2026, 11, 21)

_FACTS = """
    ACAS-001 ACAS-002 ACAS-003 ACAS-004 ACC-2018 DPA-009 EQA-078 EQA-149 ERA25-001 ERA25-010 ERA25-011
    ERA25-012 ERA25-013 ERA25-014 ERA25-015 ERA25-020 ERA25-021 ERA25-030 ERA25-031 ERA25-040 ERA25-041
    ERA25-042 ERA25-043 ERA25-050 ERA25-051 ERA25-060 ERA25-070 ERA25-080 ERA25-090 ERA25-091 ERA25-A41
    ERA96-061 ERA96-138 ERELA-010 ERELA-011 FOI-001 GOV-PLAIN HSCE-003 HSW-002 ICE-003 NHS-010 NHS-011
    NHS-012 NHS-013 NHS-014 NHS-015 NHS-016 NHS-020 NHS-030 NHS-031 NHS-032 NHS-033 NHS-034 NHS-040
    NHS-041 NHS-042 NHS-050 NHS-060 NHS-070 NHS-071 NHS-072 SCOT-STAFF SRSC-003 SRSC-004 SRSC-005
    SRSC-009 SRSC-04A TUL-001 TUL-010 TUL-011 TUL-012 TUL-013 TUL-014 TUL-015 TUL-016 TUL-020 TUL-021
    TUL-022 TUL-023 TUL-024 TUL-025 TUL-026 TUL-027 TUL-030 TUL-031 TUL-032 TUL-033 TUL-034 TUL-035
    TUL-036 TUL-037 TUL-038 TUL-040 TUL-041 TUL-042 TUL-043 TUL-044 TUL-050 TUL-051 TUL-052 TUL-053
    TUL-054 TUL-060 TUPE-003 TUPE-005 TUPE-006 TUPE-011 TUPE-013 TUPE-014 TUPE-13A TUPE-900 WALES-SPP
"""

_FLOORS = """
    fl_cr_trigger fl_cr_window fl_cr_days_20_99 fl_cr_days_100 fl_cr_hr1_20_99 fl_cr_hr1_100
    fl_cr_subjects fl_cr_info fl_cr_rep_facilities fl_cr_union_is_rep fl_cr_award_cap_new
    fl_cr_award_cap_old fl_cr_orgwide fl_trial_period fl_tupe_eli_days fl_tupe_eli_age fl_tupe_direct
    fl_tupe_inform fl_tupe_cap fl_acc_postpone fl_acc_companions fl_acc_cap fl_to_duties_paid
    fl_to_training_paid fl_to_ulr_paid fl_to_equality_paid fl_to_activities fl_to_reasonable
    fl_train_notice fl_facilities_request fl_hs_time fl_hs_inspect fl_hs_comm_request fl_hs_comm_setup
    fl_hs_service fl_disc_on_request fl_legal_status fl_access_not_binding fl_peace_terms
    fl_checkoff_auth fl_checkoff_charge fl_facility_report fl_ice_size fl_ice_request fl_ice_pea
    fl_ice_pea_ballot fl_ia_notice fl_ia_mandate fl_rec_size fl_rec_members fl_access_size
    fl_access_respond fl_access_negotiate fl_et_limit fl_foi_days fl_spf_meetings fl_spf_first_agreement
    fl_spf_open fl_spf_hs fl_afc_jcc fl_afc_red_service fl_party_ccg fl_wcag fl_reading_age fl_sentence
"""


FACTS, FLOORS = _FACTS.split(), _FLOORS.split()


@pytest.fixture(scope="module")
def register() -> LawRegister:
    return LawRegister.from_data(DATA, "law.yaml")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def codes(data: object) -> list[str]:
    with pytest.raises(BankError) as caught:
        LawRegister.from_data(data, "x.yaml")
    return [d.code for d in caught.value.diagnostics]


def entry(**changes: object) -> dict[str, object]:
    return {
        "id": "act-1992-s1",
        "fact": "X-1",
        "cite": "Act 1992, section 1",
        "short": "Act s.1",
        "kind": "law",
        "status": "confirmed",
        "extent": ["england"],
        "from": None,
        "to": None,
        "summary": "It says something.",
        "sources": ["L"],
        "checked": TODAY,
    } | changes


def floor(**changes: object) -> dict[str, object]:
    return {
        "id": "fl_x",
        "entry": "act-1992-s1",
        "quantity": "days",
        "comparator": ">=",
        "value": 30,
        "unit": "days",
        "applies_when": "always",
        "kind": "law",
        "status": "in_force",
        "from": None,
        "to": None,
    } | changes


def whole(*entries: object, floors: tuple[object, ...] = (), **changes: object) -> dict[str, object]:
    return {
        "version": 1,
        "checked": TODAY,
        "entries": list(entries),
        "floors": list(floors),
        "sources": {"L": {"address": "example.org", "dated": "undated"}},
    } | changes


def test_every_fact_has_an_entry_and_no_entry_has_an_invented_fact(register: LawRegister) -> None:
    assert len(FACTS) == len(set(FACTS)) == 112
    assert {e.fact for e in register} == set(FACTS)


def test_ids_are_unique() -> None:
    ids = [e["id"] for e in DATA["entries"]] + [f["id"] for f in DATA["floors"]]
    assert len(ids) == len(set(ids))


def test_every_floor_is_there(register: LawRegister) -> None:
    assert len(FLOORS) == 65
    assert set(FLOORS) <= set(register.floors)
    # Beyond those, only former figures and the equality-representative half of a shared row.
    extra = set(register.floors) - set(FLOORS)
    assert all(i.endswith("_old") or i == "fl_train_notice_equality" for i in extra), extra


def test_every_source_is_used_and_every_confirmed_entry_names_one(register: LawRegister) -> None:
    assert {key for e in register for key in e.sources} == set(register.sources)
    assert not [e.id for e in register if e.status == "confirmed" and not e.sources]


@pytest.mark.parametrize(
    ("entry_id", "status"),
    [
        ("tulrca-1992-s168", "confirmed"),
        ("tulrca-1992-s168-3a", "pending"),
        ("tulrca-1992-s168b", "pending"),
        ("tulrca-1992-s136a", "pending"),
        ("tulrca-1992-s70za", "pending"),
        ("tulrca-1992-s172a", "repealed"),
        ("tulrca-1992-s116b", "repealed"),
        ("tulrca-1992-s68", "general-knowledge"),
        ("srsc-1977-reg4a", "general-knowledge"),
        ("foia-2000-s10", "general-knowledge"),
        ("acas-code-3", "confirmed"),
        ("acas-code-3-draft-2026", "pending"),
        ("era-2025-s64", "pending"),
        ("era-2025-s68", "pending"),
        ("era-2025-s66", "confirmed"),
        ("health-bill-2026", "pending"),
        ("icb-mergers-2026", "pending"),
    ],
)
def test_status(register: LawRegister, entry_id: str, status: str) -> None:
    assert register[entry_id].status == status


@pytest.mark.parametrize(
    ("entry_id", "on", "nation", "standing"),
    [
        ("tulrca-1992-s172a", "2017-03-31", "england", Standing.NOT_YET),
        ("tulrca-1992-s172a", "2018-06-01", "england", Standing.IN_FORCE),
        ("tulrca-1992-s172a", "2026-02-17", "england", Standing.IN_FORCE),
        ("tulrca-1992-s172a", "2026-02-18", "england", Standing.ENDED),
        ("tulrca-1992-s116b", "2013-04-01", "england", Standing.UNKNOWN),
        ("tulrca-1992-s116b", "2026-02-18", "england", Standing.ENDED),
        ("tulrca-1992-s189", "2026-04-05", "england", Standing.NOT_YET),
        ("tulrca-1992-s189", "2026-04-06", "england", Standing.IN_FORCE),
        ("tulrca-1992-s189-pre-2026-04", "2013-04-01", "england", Standing.IN_FORCE),
        ("tulrca-1992-s189-pre-2026-04", "2026-04-06", "england", Standing.ENDED),
        ("tulrca-1992-s168b", "2026-11-21", "england", Standing.PENDING),
        ("tulrca-1992-s168b", "2030-01-01", "england", Standing.PENDING),
        ("tulrca-1992-s188", "2026-11-21", "northern-ireland", Standing.ELSEWHERE),
        ("tupe-2006-reg5", "2026-11-21", "northern-ireland", Standing.IN_FORCE),
        ("tupe-2006-reg13a", "2026-11-21", "northern-ireland", Standing.ELSEWHERE),
        ("foia-2000-s10", "2026-11-21", "scotland", Standing.ELSEWHERE),
        ("social-partnership-wales-2023", "2026-11-21", "england", Standing.ELSEWHERE),
        ("accessibility-regs-2018", "2013-04-01", "england", Standing.UNKNOWN),
        ("uk-gdpr-art9", "2013-04-01", "england", Standing.UNKNOWN),
        ("spf-icb-principles-2022", "2018-01-01", "england", Standing.NOT_YET),
        ("ccgs-2013", "2013-04-01", "england", Standing.IN_FORCE),
        ("ccgs-2013", "2022-07-01", "england", Standing.ENDED),
        ("acas-code-3", "2013-04-01", "wales", Standing.IN_FORCE),
        ("tulrca-1992-s168", "2013-04-01", "wales", Standing.IN_FORCE),
    ],
)
def test_standing(register: LawRegister, entry_id: str, on: str, nation: str, standing: Standing) -> None:
    assert register.status_on(entry_id, day(on), nation) is standing
    assert register.in_force(entry_id, day(on), nation) is (standing is Standing.IN_FORCE)


def test_old_and_new_text_meet_without_gap_or_overlap(register: LawRegister) -> None:
    pairs = [(e, re.sub(r"-pre-.*", "", e.id)) for e in register if "-pre-" in e.id]
    assert len(pairs) == 6
    for old, stem in pairs:
        new = register[stem] if register[stem].start else register[f"{stem}-2026"]
        assert old.end == new.start, old.id


def test_what_has_ended_says_what_took_its_place_where_that_is_known(register: LawRegister) -> None:
    new = {e.id: [r.id for r in register.replaced_by(e.id)] for e in register if e.status == "repealed"}
    assert new["tulrca-1992-s172a"] == ["era-2025-s66"]
    assert new["tulrca-1992-s189-pre-2026-04"] == ["tulrca-1992-s189"]
    assert all(new.values()), "every entry that has ended is in the `changes` of another"
    assert register.replaced_by("tulrca-1992-s168") == ()


def test_changes_are_named_by_what_is_newer(register: LawRegister) -> None:
    for e in register:
        for old in (register[id_] for id_ in e.changes):
            assert e.status == "pending" or (e.start and (old.end is None or old.end <= e.start)), e.id


def test_pending_is_a_plan_and_never_stated_as_law(register: LawRegister) -> None:
    pending = [e for e in register if e.status == "pending"]
    assert len(pending) > 15
    for e in pending:
        assert e.start is None, e.id
        assert e.end is None, e.id
        assert not re.search(r"\b(must|shall|(is|are) required|has to|have to)\b", e.summary), e.id
        assert re.search(r"\b(would|planned)\b", e.summary), e.id
        assert e.note, e.id
        for nation in NATIONS:
            assert not register.in_force(e.id, dt.date(2100, 1, 1), nation)


def test_nothing_is_checked_or_started_after_the_register_was_checked(register: LawRegister) -> None:
    assert register.checked == TODAY
    for e in register:
        assert e.checked <= TODAY
        assert all(d is None or d <= TODAY for d in (e.start, e.end, e.known_from)), e.id


def values(register: LawRegister, on: str, nation: str = "england") -> dict[str, object]:
    return {f.id: f.value for f in register.floors_for(day(on), nation)}


@pytest.mark.parametrize("nation", GB)
def test_floors_by_date(register: LawRegister, nation: str) -> None:
    old, new = values(register, "2013-04-01", nation), values(register, "2026-11-21", nation)
    assert (old["fl_cr_days_100"], new["fl_cr_days_100"]) == (45, 45)
    assert (old["fl_cr_award_cap_old"], new["fl_cr_award_cap_new"]) == (90, 180)
    assert "fl_cr_award_cap_new" not in old
    assert "fl_cr_award_cap_old" not in new
    assert (old["fl_ice_request_old"], new["fl_ice_request"]) == (10, 2)
    assert "fl_checkoff_charge" not in old
    assert new["fl_checkoff_charge"] is False
    assert new["fl_facility_report"] is False
    assert "fl_facility_report" not in values(register, "2026-02-17", nation)
    # 14 days and six months came to be at some day this register does not know.
    assert "fl_ia_notice_old" not in old
    assert values(register, "2026-02-17", nation)["fl_ia_notice_old"] == 14
    assert new["fl_ia_notice"] == 10


def test_pending_floors_never_apply(register: LawRegister) -> None:
    pending = {f.id for f in register.floors.values() if f.status == "pending"}
    assert {"fl_to_equality_paid", "fl_facilities_request", "fl_access_respond", "fl_cr_orgwide"} <= pending
    for nation in NATIONS:
        assert not pending & set(values(register, "2100-01-01", nation))


def test_great_britain_floors_are_off_in_northern_ireland(register: LawRegister) -> None:
    there = values(register, "2026-11-21", "northern-ireland")
    assert not [i for i in there if i.startswith(("fl_cr_", "fl_to_", "fl_hs_", "fl_acc_", "fl_spf_"))]
    assert there["fl_tupe_eli_days"] == 14
    assert "fl_party_ccg" not in there


@pytest.mark.parametrize(
    ("floor_id", "comparator", "value", "unit", "kind"),
    [
        ("fl_cr_days_20_99", ">=", 30, "days", "law"),
        ("fl_cr_days_100", ">=", 45, "days", "law"),
        ("fl_cr_window", ">=", 90, "days", "law"),
        ("fl_trial_period", ">=", 4, "weeks", "law"),
        ("fl_acc_postpone", ">=", 5, "working days", "law"),
        ("fl_tupe_inform", "==", None, "none", "info"),
        ("fl_to_duties_paid", "==", True, "bool", "law"),
        ("fl_hs_inspect", "<=", 3, "months", "law"),
        ("fl_spf_meetings", ">=", 4, "per year", "policy"),
        ("fl_sentence", "<=", 25, "words", "guidance"),
        ("fl_wcag", ">=", 2.2, "WCAG level AA", "info"),
    ],
)
def test_floor_values(
    register: LawRegister, floor_id: str, comparator: str, value: object, unit: str, kind: str
) -> None:
    f = register.floor(floor_id)
    assert (f.comparator, f.value, f.unit, f.kind) == (comparator, value, unit, kind)
    assert type(f.value) is type(value)


def test_set_floors_list_all_items(register: LawRegister) -> None:
    sizes = {f.id: len(f.value) for f in register.floors.values() if isinstance(f.value, tuple)}
    assert sizes == {
        "fl_cr_subjects": 3,
        "fl_cr_info": 9,
        "fl_acc_companions": 3,
        "fl_peace_terms": 4,
        "fl_ice_pea": 4,
        "fl_afc_jcc": 5,
    }
    assert {f.id for f in register.floors.values() if f.comparator == "includes_all"} == set(sizes)


def test_award_cap_goes_by_the_date_of_dismissal(register: LawRegister) -> None:
    assert register.floor("fl_cr_award_cap_new").basis == "dismissal"
    assert register.floor("fl_cr_award_cap_old").basis == "dismissal"


def test_unknown_ids_and_nations_suggest_the_nearest(register: LawRegister) -> None:
    with pytest.raises(BankError) as caught:
        register["tulrca-1992-s168c"]
    (found,) = caught.value.diagnostics
    assert found.code == "AK235"
    assert found.hints[0].startswith("did you mean 'tulrca-1992-s168")
    with pytest.raises(BankError, match="did you mean 'fl_cr_window'"):
        register.floor("fl_cr_windows")
    with pytest.raises(BankError, match=r"AK236.*\n.*did you mean 'scotland'"):
        register.in_force("tulrca-1992-s168", TODAY, "scottland")
    assert "tulrca-1992-s168" in register
    assert "nothing" not in register


def test_entries_cannot_be_changed(register: LawRegister) -> None:
    with pytest.raises(ValueError, match="frozen"):
        register["tulrca-1992-s168"].summary = "x"  # type: ignore[misc]


def test_dates_may_be_text() -> None:
    made = LawRegister.from_data(whole(entry(**{"from": "2020-01-02"}), checked="2026-11-21"))
    assert made["act-1992-s1"].start == dt.date(2020, 1, 2)
    assert made.checked == TODAY


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], ["AK230"]),
        ({}, ["AK230", "AK230", "AK230"]),
        (whole(entry(), entires=[]), ["AK230"]),
        (whole(entry(), checked="soon"), ["AK230"]),
        (whole(entry(), version=True), ["AK230"]),
        (whole(entry(sources=[]), sources=[]), ["AK230"]),
        (whole(entry(sumary="x")), ["AK231"]),
        (whole(entry(extent=["england", "narnia"])), ["AK231"]),
        (whole("text"), ["AK231"]),
        (whole(entry(), entry()), ["AK232"]),
        (whole(entry(), floors=(floor(entry="act-1992-s2"),)), ["AK233"]),
        (whole(entry(changes=["act-1992-s2"])), ["AK233"]),
        (whole(entry(changes=["act-1992-s1"])), ["AK233"]),
        (whole(entry(extent=[]), floors=(floor(),)), ["AK231"]),
        (whole(entry(), floors=(floor(agreed=""),)), ["AK231"]),
        (whole(entry(status="repealed", **{"from": day("2020-01-01"), "to": day("2020-01-01")})), ["AK234"]),
        (whole(entry(known_from=day("2020-01-01"), **{"from": day("2019-01-01")})), ["AK234"]),
        (
            whole(entry(), floors=(floor(**{"from": day("2020-01-01"), "to": day("2019-01-01")}),)),
            ["AK234"],
        ),
        (whole(entry(status="pending", **{"from": day("2027-01-01")})), ["AK237"]),
        (whole(entry(status="repealed")), ["AK237"]),
        (whole(entry(to=day("2027-01-01"))), ["AK237"]),
        (whole(entry(), floors=(floor(status="pending"),)), ["AK237"]),
        (whole(entry(sources=["M"])), ["AK238"]),
        (whole(entry(kind="rumour"), entry(id="act-1992-s2", sources=["M"])), ["AK231", "AK238"]),
    ],
)
def test_faults_are_found_together(data: object, expected: list[str]) -> None:
    assert codes(data) == expected


def test_a_fault_names_the_file_the_entry_and_the_key() -> None:
    with pytest.raises(BankError) as caught:
        LawRegister.from_data(whole(entry(sumary="x")), "pack/law.yaml")
    (found,) = caught.value.diagnostics
    assert str(found.place) == "pack/law.yaml"
    assert found.path == "act-1992-s1"
    assert found.hints == ("did you mean 'summary'?",)


def test_merging_lays_one_register_over_another(register: LawRegister) -> None:
    assert len(LawRegister.empty()) == 0
    base = LawRegister.empty().merged(register)
    assert (base.checked, base.version, len(base)) == (TODAY, 1, len(register))
    over = LawRegister.from_data(
        whole(
            entry(),
            entry(id="tulrca-1992-s168b", **{"from": day("2026-12-01")}),
            checked=day("2026-01-01"),
        )
    )
    both = base.merged(over)
    assert len(both) == len(register) + 1
    assert both.in_force("tulrca-1992-s168b", day("2026-12-01"), "england")
    assert not register.in_force("tulrca-1992-s168b", day("2026-12-01"), "england")
    assert both.checked == day("2026-01-01")


def test_a_replaced_entry_takes_its_floor_with_it(register: LawRegister) -> None:
    over = LawRegister.from_data(whole(entry(id="tulrca-1992-s188", status="pending")))
    floors = {f.id for f in register.merged(over).floors_for(TODAY, "england")}
    assert "fl_cr_days_100" not in floors
    assert "fl_cr_info" in floors
