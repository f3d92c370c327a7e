"""Options of packs in the configuration: values that are refused, what a schema says, what expressions see."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from optioned import optioned_bank
from small import LEAST, configured

import agreementkit as ak
from agreementkit.config.options import option_faults, option_values, with_options
from agreementkit.config.paths import in_file, resolve_type


@pytest.fixture
def bank(tmp_path: Path) -> ak.Bank:
    return optioned_bank(tmp_path)


def loaded(options: str) -> ak.Config:
    return ak.Config.from_yaml(f"employers: [{{name: Anytown}}]\nunions: [unison]\nagreements: [own]\n{options}")


@pytest.mark.parametrize(
    ("line", "said", "hint", "columns"),
    [
        ("balot_days: 6", "there is no setting 'balot_days' in options.anytown-icb", "'ballot_days'", (5, 10)),
        ("ballot_days: 40", "options.anytown-icb.ballot_days is 40; it must be at most 30 days", "at most 30", (18, 2)),
        ("ballot_days: 4", "options.anytown-icb.ballot_days is 4; it must be at least 5 days", "at least 5", (18, 1)),
        ("ballot_days: ten", "options.anytown-icb.ballot_days must be a whole number, not ten", "of days", (18, 3)),
        ("ballot_days: null", "options.anytown-icb.ballot_days must be a whole number", "whole number", (18, 4)),
        ("room: 5", "options.anytown-icb.room must be text, but YAML reads 5 as a number", "quotes", (11, 1)),
        ("basis: poll", "options.anytown-icb.basis cannot be 'poll'", "did you mean 'pool'?", (12, 4)),
        ("from_day: 2026", "options.anytown-icb.from_day is not a date: 2026", "year-month-day", (15, 4)),
        ("where: north", "options.anytown-icb.where must be a list", "line of its own", (12, 5)),
        ("where: [west]", "options.anytown-icb.where[0] cannot be 'west'", "north, south", (13, 4)),
        ("paid: yes", "options.anytown-icb.paid must be true or false, not yes", "write true", (11, 3)),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_place(
    bank: ak.Bank, line: str, said: str, hint: str, columns: tuple[int, int]
) -> None:
    config = loaded(f"options:\n  anytown-icb:\n    {line}\n")
    [fault] = option_faults(config, bank.options)
    assert fault.code == "AK242"
    assert fault.message.startswith(said)
    assert any(hint in one for one in fault.hints), fault.hints
    assert fault.place is not None
    assert (fault.place.line, fault.place.column, fault.place.length) == (6, *columns)


def test_all_faults_come_at_once_and_before_anything_else(bank: ak.Bank) -> None:
    config = loaded("options:\n  anytown: {a: 1}\n  anytown-icb: {room: 5, basis: poll}\n")
    with pytest.raises(ak.ConfigError) as raised:
        ak.assemble(config, bank)
    assert [one.code for one in raised.value.diagnostics] == ["AK242"] * 3
    assert raised.value.diagnostics[0].hints == ("did you mean 'anytown-icb'?",)
    assert [one.place.line for one in raised.value.diagnostics if one.place] == [5, 6, 6]


def test_a_bank_whose_packs_declare_nothing_takes_no_options(tmp_path: Path) -> None:
    [fault] = option_faults(configured(options={"anytown-icb": {}}), {})
    assert fault.message == "no pack 'anytown-icb' declares options"
    assert fault.hints


def test_faults_of_a_configuration_from_no_file_have_a_path(bank: ak.Bank) -> None:
    [fault] = option_faults(configured(options={"anytown-icb": {"ballot_days": 4}}), bank.options)
    assert (fault.place, fault.path) == (None, "options.anytown-icb.ballot_days")


@pytest.mark.parametrize("options", ["options: 5\n", "options: {anytown-icb: 5}\n"])
def test_options_must_be_settings_below_packs(options: str) -> None:
    with pytest.raises(ak.ConfigError) as raised:
        loaded(options)
    assert [one.code for one in raised.value.diagnostics] == ["AK125"]


def test_expressions_see_given_values_defaults_and_nothing(bank: ak.Bank) -> None:
    config = loaded("options:\n  anytown-icb: {ballot_days: 14, from_day: 2026-04-01, where: [north, south]}\n")
    values: Any = option_values(config, bank.options)
    seen = values.anytown_icb
    assert (seen.ballot_days, seen.basis, seen.room) == (14, "pool", None)
    assert (seen.from_day, seen.where, seen.paid) == (dt.date(2026, 4, 1), ("north", "south"), True)
    assert option_values(configured(), {}) is not None


def test_types_are_those_of_other_settings(bank: ak.Bank) -> None:
    model = with_options(bank.options)
    assert with_options(bank.options) is model
    assert with_options({}) is ak.Config
    days = resolve_type(["options", "anytown_icb", "ballot_days"], model)
    assert days is not None
    assert (days.annotation, days.unit, days.default, days.optional) == (int, "days", 10, False)
    assert days.question == "How many days' notice of a local ballot?"
    room = resolve_type(["options", "anytown_icb", "room"], model)
    assert room is not None
    assert room.optional
    where = resolve_type(["options", "anytown_icb", "where"], model)
    assert where is not None
    assert (where.is_list, where.choices) == (True, ("north", "south"))
    assert resolve_type(["options", "anytown_icb", "ballot"], model) is None


def test_a_path_is_written_as_the_file_has_it() -> None:
    assert in_file("options.anytown_icb.ballot_days") == "options.anytown-icb.ballot_days"
    assert in_file("time_off.notice_days") == "time_off.notice_days"
    config = loaded("options:\n  anytown-icb:\n    room: Main hall\n")
    place = config.place("options.anytown_icb.room")
    assert place is not None
    assert place.line == 6


def test_the_schema_says_what_the_packs_declare(bank: ak.Bank) -> None:
    schema = ak.Config.json_schema(bank)
    packs = schema["$defs"][schema["properties"]["options"]["$ref"].rpartition("/")[2]]
    assert packs["additionalProperties"] is False
    own = schema["$defs"][packs["properties"]["anytown-icb"]["$ref"].rpartition("/")[2]]
    assert own["properties"]["ballot_days"] == {
        "type": "integer",
        "default": 10,
        "minimum": 5,
        "maximum": 30,
        "unit": "days",
        "title": "How many days' notice of a local ballot?",
        "description": "Branches need the time to book a room.",
    }
    assert own["properties"]["basis"]["enum"] == ["pool", "release"]
    assert own["properties"]["where"]["items"]["enum"] == ["north", "south"]
    assert {"type": "null"} in own["properties"]["from_day"]["anyOf"]
    assert own["properties"]["paid"]["type"] == "boolean"


def test_without_packs_the_schema_takes_any_options() -> None:
    options = ak.Config.json_schema()["properties"]["options"]
    assert (options["type"], options["additionalProperties"]["type"]) == ("object", "object")


def test_options_survive_as_input() -> None:
    config = ak.Config.model_validate({**LEAST, "options": {"anytown-icb": {"where": ["north"], "paid": True}}})
    assert ak.Config.model_validate(config.as_input()) == config
