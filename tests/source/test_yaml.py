"""YAML: what words mean, where things stand, and what is not allowed."""

import pytest
import yaml as pyyaml

import agreementkit.source.yaml as reader
from agreementkit.errors import SourceError
from agreementkit.source import MAX_DEPTH, SourceText, load_yaml, parse_yaml


@pytest.fixture(autouse=True, params=["C", "Python"])
def _both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.setattr(reader, "_LOADER", pyyaml.SafeLoader)


def value_of(text: str) -> object:
    return load_yaml(text)[0]


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(SourceError) as caught:
        load_yaml(SourceText.of(text, "f"))
    return [(d.code, str(d.place)) for d in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("n", "n"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRue", "tRue"),
        ("'true'", "true"),
        ('"5"', "5"),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        (".", "."),
        ("2013-04-01", "2013-04-01"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("=", "="),
        ("-", [None]),
        ("0x", "0x"),
    ],
)
def test_plain_words(written: str, meant: object) -> None:
    found = value_of(f"a: {written}" if meant != [None] else "a:\n  -")
    assert found == {"a": meant}
    assert type(found["a"]) is type(meant)  # type: ignore[index]


def test_keys_stay_text() -> None:
    assert value_of("no: 1\n1: 2\ntrue: 3\n") == {"no": 1, "1": 2, "true": 3}


def test_positions_of_keys_and_values() -> None:
    value, positions = load_yaml(SourceText.of("a:\n  b: [1, é, 'x y']\n", "f"))
    assert value == {"a": {"b": [1, "é", "x y"]}}
    assert str(positions.place(("a", "b", 2))) == "f:2:13"
    assert positions.place(("a", "b", 2)).length == 5
    assert str(positions.place(("a", "b"), of="key")) == "f:2:3"
    assert positions.written[("a", "b", 0)] == "1"
    assert positions.quoted == {("a", "b", 2)}


def test_a_section_is_placed_at_its_name() -> None:
    _, positions = load_yaml(SourceText.of("x: 1\nsection:\n\n  b: 2\n", "f"))
    assert str(positions.place(("section",))) == "f:2:1"


def test_unknown_path_falls_back_to_its_nearest_ancestor() -> None:
    _, positions = load_yaml(SourceText.of("a:\n  - b: 1\n", "f"))
    assert str(positions.place(("a", 0, "missing"))) == "f:2:5"
    assert str(positions.place(("nothing", "here"))) == "f:1:1"
    _, nothing = load_yaml(SourceText.of("", "f"))
    assert str(nothing.place(("a",))) == "f"


def test_front_matter_lines_are_those_of_the_whole_file() -> None:
    _, positions = load_yaml(SourceText.of("id: x\ntitle: y\n", "clause.md"), first_line=2)
    place = positions.place(("title",))
    assert (place.line, place.column, place.source) == (3, 8, "title: y")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: !!str x", [("AK105", "f:1:4")]),
        ("a: !!python/object/apply:os.system [x]", [("AK105", "f:1:4")]),
        ("a: &x 1\nb: *x", [("AK106", "f:1:4"), ("AK106", "f:2:4")]),
        ("<<: {a: 1}", [("AK106", "f:1:1")]),
        ("a: 1\nb: 2\na: 3", [("AK108", "f:3:1")]),
        ("s:\n  a: 1\n  'a': 2", [("AK108", "f:3:3")]),
        ("? [a, b]\n: 1", [("AK109", "f:1:3")]),
        ("? {a: b}\n: 1", [("AK109", "f:1:3")]),
        ("~: 1", [("AK109", "f:1:1")]),
        ("a:\n\tb: 1", [("AK110", "f:2:1")]),
        ("a: 1234567890123456789", [("AK111", "f:1:4")]),
        ("a: 1.234567890123456789", [("AK111", "f:1:4")]),
        ("a: 1\n---\nb: 2", [("AK113", "f:2:1")]),
        ("a: [1\nb: 2", [("AK104", "f:2:2")]),
        ("a: b: c", [("AK104", "f:1:5")]),
    ],
)
def test_what_is_not_allowed(text: str, faults: list[tuple[str, str]]) -> None:
    assert faults_of(text) == faults


def test_faults_are_reported_together_and_the_rest_is_read() -> None:
    parsed = parse_yaml("a: 1\na: {x: 2}\nb: !t 3\nc: 4\n")
    assert [d.code for d in parsed.diagnostics] == ["AK108", "AK105"]
    assert parsed.value == {"a": 1, "b": 3, "c": 4}
    assert parsed.complete


def test_a_refused_key_does_not_hide_what_stands_below_it() -> None:
    parsed = parse_yaml("a: {x: 1}\na: {x: 2, x: 3}\n")
    assert [d.code for d in parsed.diagnostics] == ["AK108", "AK108"]
    assert parsed.positions.place(("a", "x")).line == 1


def test_broken_text_is_not_complete() -> None:
    assert not parse_yaml("a: [1").complete


def test_depth_is_bounded() -> None:
    assert value_of("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert faults_of("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [("AK107", f"f:1:{MAX_DEPTH + 1}")]
    assert [code for code, _ in faults_of("[" * 100_000)] == ["AK107"]  # some parsers look far ahead


def test_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_VALUES", 10)
    assert faults_of("\n".join("- 1" for _ in range(10))) == [("AK114", "f:10:3")]


def test_aliases_cannot_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(3))
    assert {code for code, _ in faults_of(bomb)} == {"AK106"}
    assert faults_of("a: *nowhere") == [("AK106", "f:1:4")]
    assert faults_of("*a : 1") == [("AK106", "f:1:1")]
