"""Options that packs declare: what is read, what is refused, and which clauses may ask for which."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small import small_bank, write_bank

import agreementkit as ak
from agreementkit.bank.option import MAX_OPTIONS, Option, in_sight, read_options
from agreementkit.diagnostics import Diagnostic
from agreementkit.source import SourceText
from agreementkit.testing.packs import clause_text


def read(text: str, pack: str = "anytown") -> tuple[dict[str, Option], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_options(SourceText.of(text, "anytown/options.yaml"), pack, found), found


def messages(text: str, pack: str = "anytown") -> list[str]:
    _, found = read(text, pack)
    assert all(one.code == "AK240" and one.place and one.place.line and one.hints for one in found)
    return [one.message for one in found]


def test_every_key_is_read() -> None:
    options, found = read("""options:
  - name: ballot_days
    type: integer
    default: 10
    minimum: 5
    maximum: 30
    unit: days
    question: How many days' notice?
    help: Branches need the time.
  - {name: where, type: list, choices: [north, south], default: [north]}
  - {name: from_day, type: date, default: 2026-04-01}
""")
    assert not found
    days, where, day = options.values()
    assert (days.default, days.bounds, days.unit) == (10, (5, 30), "days")
    assert (days.question, days.help) == ("How many days' notice?", "Branches need the time.")
    assert where.default == ("north",)
    assert day.default == dt.date(2026, 4, 1)
    assert where.bounds is None


def test_bounds_may_be_left_out() -> None:
    options, _ = read("options:\n  - {name: a, type: integer}\n  - {name: b, type: integer, minimum: 5}\n")
    assert [option.bounds for option in options.values()] == [(0, 1_000_000), (5, 1_000_000)]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("type: integer, default: true", "the default is not a whole number from 0 to 1,000,000"),
        ("type: integer, maximum: 3, default: 4", "the default is not a whole number from 0 to 3"),
        ("type: text, default: 5", "the default is not a text on one line"),
        ("type: yes-no, default: 1", "the default is not true or false"),
        ("type: choice, choices: [a, b], default: c", "the default is not one of a, b"),
        ("type: list, default: a", "the default is not a list of texts"),
        ("type: list, choices: [a, b], default: [c]", "the default is not a list of a, b"),
        ("type: date, default: 1 April 2026", "the default is not a date, written year-month-day"),
        ("type: date, default: 2026-02-30", "the default is not a date, written year-month-day"),
        ("type: choice, choices: [a]", "an option of the type choice needs `choices`, two or more"),
        ("type: text, choices: [a, b]", "`choices` belongs to options of the types choice and list only"),
        ("type: date, unit: days", "`unit` belongs to options of the type integer only"),
        ("type: integer, minimum: 9, maximum: 8, default: 1", "the maximum 8 is below the minimum 9"),
    ],
)
def test_what_does_not_fit_is_said_once(rest: str, said: str) -> None:
    assert messages(f"options:\n  - {{name: a, {rest}}}\n") == [said]


@pytest.mark.parametrize("name", ["A", "a-b", "_a", "a__b", "2a", "copy", "model_dump", "__class__"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    assert len(messages(f"options:\n  - {{name: {name}, type: text}}\n")) == 1


def test_a_pack_whose_id_the_program_needs_has_no_options() -> None:
    assert messages("options:\n  - {name: a, type: text}\n", "copy") == [
        "a pack with the id 'copy' cannot have options"
    ]


def test_too_many_options_are_refused() -> None:
    many = "".join(f"  - {{name: a{number}, type: text}}\n" for number in range(MAX_OPTIONS + 1))
    assert messages(f"options:\n{many}") == [f"the file declares more than {MAX_OPTIONS} options"]


def test_a_clause_may_ask_for_options_of_its_packs_and_those_below() -> None:
    options = {pack: {"a": Option(name="a", type="text")} for pack in ("low", "high")}  # type: ignore[arg-type]
    order = ["core", "low", "middle", "high"]
    assert list(in_sight(options, order, ["core"])) == []
    assert list(in_sight(options, order, ["low"])) == ["low"]
    assert list(in_sight(options, order, ["core", "middle"])) == ["low"]
    assert list(in_sight(options, order, ["low", "high"])) == ["low", "high"]


def test_the_bank_and_its_clauses_carry_the_options(tmp_path: Path) -> None:
    core = write_bank(tmp_path / "bank", {"x": clause_text("x", "1.  Words.\n2.  More.")})
    packs = [tmp_path / "low", tmp_path / "high"]
    for pack in packs:
        pack.mkdir()
        (pack / "pack.yaml").write_text(f'id: {pack.name}\ntitle: T\nversion: "1.0"\n', encoding="utf-8")
        (pack / "options.yaml").write_text("options:\n  - {name: a, type: text}\n", encoding="utf-8")
    (packs[0] / "y.md").write_text(clause_text("y", "1.  Words.\n2.  More."), encoding="utf-8")
    (packs[1] / "x.md").write_text(
        clause_text("x", "1.  Words.\n2.  More.", front='replaces: "1.0"\n'), encoding="utf-8"
    )
    bank = ak.Bank.load(packs, core=core)
    assert {pack: list(options) for pack, options in bank.options.items()} == {"low": ["a"], "high": ["a"]}
    assert list(bank["y"].options) == ["low"]
    assert list(bank["x"].options) == ["low", "high"]
    assert bank["x"].below is not None
    assert list(bank["x"].below.options) == []


def test_a_bank_without_options_has_none() -> None:
    bank = small_bank()
    assert not bank.options
    assert not any(source.options for source in bank)
