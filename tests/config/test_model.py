"""The models: defaults, resolved unions, computed values, and what cannot be true together."""

from typing import Any

import pytest
from pydantic import ValidationError

from agreementkit.config import Config, all_paths, shipped_unions

Data = dict[str, Any]


def fault_types(data: Data) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        Config.model_validate(data)
    return {error["type"] for error in caught.value.errors()}


def test_ten_lines_make_a_complete_configuration(least: Data) -> None:
    config = Config.model_validate(least)
    assert config.agreements == ("partnership", "recognition")
    assert config.dates.agreement is None
    assert config.employers[0].short == "Anytown ICB"
    assert config.employers[0].address is None
    assert [s.role for s in config.signatories.employer] == ["Chief Executive"]
    assert [(s.union, s.name) for s in config.signatories.staff_side] == [("unison", None), ("mip", None)]


def test_unions_are_resolved_from_the_shipped_list(least: Data) -> None:
    least["unions"] = ["mip", {"id": "rcn", "short": "the College", "members": 12}, {"name": "unison"}]
    mip, rcn, unison = Config.model_validate(least).unions
    assert (mip.name, mip.parents, mip.joint, mip.parent_names) == (
        "Managers in Partnership",
        ("fda", "unison"),
        True,
        ("the FDA", "UNISON"),
    )
    assert (rcn.name, rcn.short, rcn.members, rcn.joint) == (
        "Royal College of Nursing",
        "the College",
        12,
        False,
    )
    assert unison.id == "unison"


def test_a_union_that_is_not_shipped_keeps_its_odd_name(least: Data) -> None:
    name = 'A*B & C <Ltd> "x"'
    least["unions"] = [
        {"name": name},
        {"name": "9 to 5"},
        {"name": "🤝"},
        {"id": "own", "name": "Own", "short": "O"},
    ]
    unions = Config.model_validate(least).unions
    assert [u.id for u in unions] == ["a-b-c-ltd-x", "union-9-to-5", "union", "own"]
    assert (unions[0].name, unions[0].short) == (name, name)


def test_shipped_list_is_sound() -> None:
    shipped = shipped_unions()
    assert {"bda-dietetic", "bda-dental", "mip", "bma", "fda", "unison"} <= set(shipped)
    assert sum(u.staff_council for u in shipped.values()) == 15
    for union in shipped.values():
        assert set(union.parents) <= set(shipped)
        assert union.independence.fact.endswith(".")


def test_two_unions_called_bda_stay_apart(least: Data) -> None:
    least["unions"] = ["bda-dietetic", "bda-dental"]
    assert len({u.name for u in Config.model_validate(least).unions}) == 2


def test_partner_unions_are_those_marked_or_all(least: Data) -> None:
    assert [u.id for u in Config.model_validate(least).partner_unions] == ["unison", "mip"]
    least["unions"] = ["unison", {"id": "mip", "partner": True, "local_representatives": False}]
    config = Config.model_validate(least)
    assert [u.id for u in config.partner_unions] == ["mip"]
    assert [u.id for u in config.unions_without_representatives] == ["mip"]
    assert [u.id for u in config.joint_unions] == ["mip"]


def test_computed_values(least: Data) -> None:
    config = Config.model_validate(least)
    assert config.is_nhs
    assert config.board == "Board"
    least["employers"] = [
        {"name": "A", "kind": "council", "headcount": 10},
        {"name": "B", "nhs": True, "headcount": 5, "governing_body": "Senate"},
    ]
    least["hosting"] = {"host": "B"}
    several = Config.model_validate(least)
    assert (several.several_employers, several.total_headcount) == (
        True,
        15,
    )
    assert (several.is_nhs, several.board, several.employers[1].board) == (True, "Council", "Senate")
    assert several.host_employer is several.employers[1]
    assert Config.model_validate(least | {"headcount": 14}).total_headcount == 14
    assert config.total_headcount is None
    assert config.host_employer is None


def test_every_number_has_a_unit_and_bounds_and_every_field_a_description() -> None:
    for path, found in all_paths():
        assert len(found.description) > 3, path
        assert found.annotation is not int or found.unit or found.computed, path


def test_plain_data_makes_an_equal_configuration_again(least: Data) -> None:
    least["unions"] = ["mip", {"name": "Own & Co", "partner": True}]
    least["values"] = ["openness", {"name": "care", "meaning": "We look after each other."}]
    least["dates"] = {"agreement": "2026-04-06"}
    config = Config.model_validate(least)
    assert Config.model_validate(config.as_input()) == config
    assert config.values[0].name == "openness"


def test_configuration_cannot_be_changed(least: Data) -> None:
    config = Config.model_validate(least)
    with pytest.raises(ValidationError):
        config.nation = "wales"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"hosting": {"host": "Elsewhere"}}, "unknown_party"),
        ({"unions": ["unison", "unison"]}, "repeated_union"),
        ({"employers": [{"name": "A"}, {"name": "A"}]}, "repeated_employer"),
        ({"unions": ["unsion"]}, "unknown_union"),
        ({"unions": [{"partner": True}]}, "union_unnamed"),
        ({"signatories": {"employer": [{"employer": "X"}]}}, "unknown_party"),
        ({"signatories": {"staff_side": [{"union": "rcn"}]}}, "unknown_party"),
        (
            {"time_off": {"release_posts": [{"role": "Chair", "hours_a_week": 9, "union": "rcn"}]}},
            "unknown_party",
        ),
        ({"recognition": {"groups": [{"group": "Doctors", "unions": ["bma"]}]}}, "unknown_party"),
        ({"forum": {"quorum_employer": 5}}, "quorum_over_seats"),
        ({"forum": {"quorum_staff_side": 5}}, "quorum_over_seats"),
        ({"forum": {"seats_basis": "per-union", "quorum_staff_side": 3}}, "quorum_over_seats"),
        ({"forum": {"quorum_basis": "total", "quorum_total": 9}}, "quorum_over_seats"),
        ({"forum": {"quorum_basis": "total", "quorum_total": 7, "seats_basis": "per-union"}}, "quorum_over_seats"),
        ({"lnc": {"unions": ["rcn"]}}, "unknown_party"),
        ({"lnc": {"quorum_elected": 8}}, "quorum_over_seats"),
        ({"lnc": {"employer_seats": 1, "quorum_employer": 2}}, "quorum_over_seats"),
        ({"lnc": {"meetings_a_year": 9, "meetings_most": 8}}, "meetings_over_most"),
        ({"shadow": {"starts": "2018-04-01", "ends": "2017-10-01"}}, "date_order"),
        ({"forum": {"shadow": {"starts": "2018-04-01", "ends": "2018-04-01"}}}, "date_order"),
        ({"shadow": {"starts": "2018-04-01"}, "forum": {"shadow": {"ends": "2018-01-01"}}}, "date_order"),
        ({"dates": {"agreement": "2018-04-01", "approved": "2018-05-01"}}, "date_order"),
        (
            {
                "shadow": {"ends": "2018-04-01"},
                "dates": {"commencement": "2018-01-01", "commencement_mode": "vesting"},
            },
            "date_order",
        ),
        (
            {
                "change": {
                    "harmonisation": {
                        "policies": [{"name": "x", "stage_one_ends": "2013-05-01", "stage_two_ends": "2013-04-01"}]
                    }
                }
            },
            "date_order",
        ),
        ({"dates": {"agreement": 2013}}, "date_expected"),
        ({"dates": {"agreement": "20130401"}}, "date_expected"),
        ({"title": "two\nlines"}, "line_break"),
        ({"title": "a\u2028b"}, "unprintable"),
        ({"headcount": True}, "int_type"),
        ({"headcount": "5"}, "int_type"),
        ({"document": {"cover_sheet": True}}, "extra_forbidden"),
        ({"time_off": {"preparation": "yes"}}, "bool_type"),
    ],
)
def test_what_is_impossible_is_refused(least: Data, change: Data, kind: str) -> None:
    # A list of which no entry is left counts as too short as well; the loader leaves that out.
    assert fault_types(least | change) - {"too_short"} == {kind}


def test_a_default_quorum_gives_way_to_a_small_side(least: Data) -> None:
    small = Config.model_validate(least | {"forum": {"employer_seats": 1}})
    assert (small.forum.quorum_employer, small.forum.quorum_staff_side) == (1, 2)
    single = Config.model_validate({**least, "unions": ["mip"], "forum": {"seats_basis": "per-union"}})
    assert single.forum.quorum_staff_side == 1
    assert "quorum_staff_side" not in single.forum.model_fields_set


def test_default_totals_and_the_doctors_committee_give_way_to_small_sides(least: Data) -> None:
    equal = Config.model_validate(least | {"forum": {"quorum_basis": "total", "employer_seats": 1}})
    single = Config.model_validate({**least, "unions": ["mip"], "forum": {"seats_basis": "per-union"}})
    assert (equal.forum.quorum_total, single.forum.quorum_total) == (5, 5)
    lnc = Config.model_validate(
        least | {"lnc": {"seats": [{"group": "Dentists"}], "employer_seats": 1, "meetings_a_year": 9}}
    ).lnc
    assert (lnc.quorum_elected, lnc.quorum_employer, lnc.meetings_most) == (1, 1, 9)


def test_given_signatories_are_kept_and_completed(least: Data) -> None:
    least["signatories"] = {"staff_side": [{"union": "mip", "role": "National Officer"}]}
    signatories = Config.model_validate(least).signatories
    assert [(s.union, s.role) for s in signatories.staff_side] == [
        ("mip", "National Officer"),
        ("unison", "Full-time Officer"),
    ]


def test_json_schema_takes_what_the_models_take() -> None:
    schema = Config.json_schema()
    assert schema["required"] == ["employers", "unions"]
    assert schema["$defs"]["Employer"]["required"] == ["name"]
    assert schema["$defs"]["TimeOff"]["properties"]["notice_days"]["unit"] == "working days"
    assert {"type": "string", "description": "Id of a shipped union."} in schema["$defs"]["Union"]["anyOf"]
    assert schema["additionalProperties"] is False


def test_unions_are_called_as_running_text_calls_them() -> None:
    bma, unison, pcs, own = Config.model_validate(
        {"employers": [{"name": "A"}], "unions": ["bma", "unison", "pcs", {"name": "Own Union", "short": "OU"}]}
    ).unions
    assert (bma.named, bma.called) == ("the British Medical Association", "the BMA")
    assert (unison.named, unison.called) == ("UNISON", "UNISON")
    assert (pcs.named, pcs.called) == ("the Public and Commercial Services Union", "PCS")
    assert (own.named, own.called) == ("Own Union", "OU")


def test_the_parents_of_a_joint_union_are_called_so_too() -> None:
    (mip,) = Config.model_validate({"employers": [{"name": "A"}], "unions": ["mip"]}).unions
    assert mip.parent_names == ("the FDA", "UNISON")


def test_own_principles_have_to_be_given(least: Data) -> None:
    least["principles"] = {"set": "own"}
    with pytest.raises(ValidationError, match="there is none"):
        Config.model_validate(least)
    least["principles"]["own"] = ["Candour"]
    assert Config.model_validate(least).principles.own[0].name == "Candour"
