"""Every precedent alone, every pair and the usual larger sets: whole agreements that refer to each other rightly."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from agreementkit import AgreementSet, Bank, Config, assemble
from agreementkit.testing import faults_of_the_bank
from agreementkit.tree.nodes import DefinitionEntry, Part
from agreementkit.tree.walk import divisions

BANK = Bank.load()
PRECEDENTS = sorted(BANK.precedents)
USUAL = [
    ("partnership", "recognition", "facilities"),
    ("partnership", "recognition", "forum-constitution"),
    ("partnership", "recognition", "lnc"),
    ("recognition", "facilities", "forum-constitution"),
    ("combined", "facilities", "forum-constitution"),
    ("partnership", "recognition", "facilities", "forum-constitution", "lnc"),
    tuple(PRECEDENTS),
]
SETS = [*((p,) for p in PRECEDENTS), *combinations(PRECEDENTS, 2), *USUAL]

COUNCIL: dict[str, Any] = {
    "employers": [{"name": "Anytown Borough Council", "short": "the Council", "kind": "council"}],
    "unions": ["unison"],
}
TRUST: dict[str, Any] = {
    "employers": [
        {
            "name": "Anyshire Hospitals NHS Foundation Trust",
            "short": "the Trust",
            "kind": "foundation-trust",
            "headcount": 9000,
            "number_of_sites": 4,
        }
    ],
    "unions": ["unison", "rcn", "rcm", "bma", "unite", "gmb", "csp", "mip"],
    "recognition": {
        "basis": "national-reference",
        "bargaining_unit": "by-group",
        "groups": [{"group": "Nurses and midwives", "unions": ["rcn", "rcm"]}],
        "ice_agreement": True,
    },
    "forum": {
        "name": "Joint Negotiating and Consultative Committee",
        "kind": "jncc",
        "seats_basis": "per-union",
        "medical_committee": "separate",
        "first_meeting": "2026-11-10",
        "strategy_meeting": True,
        "sub_groups": [{"name": "Policy group", "purpose": "to draft policies"}],
        "shadow": {"name": "Shadow Partnership Forum", "starts": "2026-07-01", "staff_side_seats": 8},
    },
    "shadow": {"starts": "2026-07-01", "ends": "2026-10-01"},
    "establishment": {"mode": "merger", "date": "2026-10-01", "sunset_months": 12},
    "predecessors": [
        {"name": "Northshire NHS Trust", "recognised": ["unison"], "note": "No facilities agreement."},
        {"name": "Southshire NHS Trust", "recognised": ["rcn"], "note": "Had a forum."},
    ],
    "principles": {"placement": "schedule", "set": "tuc"},
    "policies": {"status": "negotiated"},
    "consultation": {"two_stage": True},
    "information": {"board_papers": True},
    "change": {"harmonisation": {"enabled": True, "policies": [{"name": "Grievance"}]}},
    "representatives": {
        "kinds": ["workplace", "staff-side-chair", "staff-side-secretary", "health-and-safety", "learning", "equality"]
    },
    "time_off": {
        "basis": "release",
        "release_posts": [{"role": "Staff Side chair", "hours_a_week": 30}],
        "activities_paid_days": 5,
        "publish_yearly": True,
    },
    "facilities": {"check_off": "free"},
    "access": {"starters_names": True},
    "values": ["We are open"],
    "dates": {"agreement": "2026-06-01", "commencement": "2026-10-01", "supersedes": "all-unless-agreed"},
    "document": {"control_sheet": True, "form": "policy", "owner": "HR director"},
    "signatories": {"staff_side_chair": True, "witnesses": True},
    "notes": {"detail": "full"},
    "forms": [
        "representatives-register",
        "time-off-request",
        "refusal-record",
        "time-record",
        "course-request",
        "dispute-form",
        "meeting-calendar",
        "change-timetable",
        "predecessor-comparison",
        "legal-summary",
    ],
}
CONFIGURATIONS = {"council": COUNCIL, "trust": TRUST}


def made(name: str, precedents: tuple[str, ...]) -> AgreementSet:
    return assemble(Config.model_validate({**CONFIGURATIONS[name], "agreements": list(precedents)}), BANK)


@pytest.mark.parametrize("name", CONFIGURATIONS)
@pytest.mark.parametrize("precedents", SETS, ids="+".join)
def test_a_set_is_whole(precedents: tuple[str, ...], name: str) -> None:
    agreements = made(name, precedents)
    assert not faults_of_the_bank(agreements)
    names = {id_: BANK.precedents[id_].outline.short for id_ in PRECEDENTS}
    for agreement in agreements:
        document = agreement.document
        assert document.parties
        assert document.body
        assert document.schedules or len(agreements) > 1
        assert document.execution
        assert all(entry.children for entry in document.body if isinstance(entry, Part))
        assert all(d.blocks or d.children for d in (*document.background, *document.body, *document.schedules))
        printed = "\n".join(p.text for p in agreement)
        told = "\n".join(str(note.blocks) for note in agreement.notes)
        for id_, short in names.items():
            if id_ not in precedents and not any(short in names[other] for other in precedents):
                assert not re.search(rf"\b{short}\b", printed), f"the {agreement.title} speaks of the {short}"
                assert f"of the {short}" not in told, f"a note of the {agreement.title} refers to the {short}"


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_each_agreement_defines_the_others_that_it_names(name: str) -> None:
    agreements = made(name, tuple(PRECEDENTS))
    for agreement in agreements:
        defined = {
            block.id for d in divisions(agreement.document) for block in d.blocks if isinstance(block, DefinitionEntry)
        }
        named = {id_ for term in agreement.definitions.values() for id_ in [term.id] if term.uses}
        others = {placed.outline.definition for placed in BANK.precedents.values()} & named
        assert others <= defined


def test_the_combined_agreement_holds_all_of_both() -> None:
    both = {
        clause for id_ in ("partnership", "recognition") for clause in _everything(BANK.precedents[id_].outline)
    } - {"recognition-purpose"}  # the purpose of the combined agreement is that of the Partnership Agreement
    assert both <= set(_everything(BANK.precedents["combined"].outline))


def test_what_a_set_holds_once_is_not_repeated() -> None:
    agreements = made("trust", ("partnership", "recognition", "facilities", "forum-constitution", "lnc"))
    homes: dict[str, list[str]] = {}
    for agreement in agreements:
        for entry in (*agreement.document.schedules, *agreement.document.body):
            for division in entry.children if isinstance(entry, Part) else (entry,):
                homes.setdefault(division.id, []).append(agreement.precedent)
    once = {
        "accreditation": "facilities",
        "time-off": "facilities",
        "facilities-and-time-off": "facilities",
        "forum-constitution": "forum-constitution",
        "shadow-forum": "forum-constitution",
        "lnc-constitution": "lnc",
        "forum": "partnership",
        "recognition": "recognition",
        "legal-summary": "recognition",
    }
    assert {id_: homes[id_] for id_ in once} == {id_: [home] for id_, home in once.items()}


def _everything(outline: Any) -> list[str]:
    return [*outline.parties, *outline.background, *outline.clauses, *outline.schedules, *outline.execution]
