"""The JSON Schemas of the files of a pack: sound, explained, and of one mind with the models that read the files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from agreementkit._resources import data_path
from agreementkit.bank.amend import AmendmentFront
from agreementkit.bank.clause import FrontMatter, Kind
from agreementkit.bank.law.reading import KEYS
from agreementkit.bank.option import Option, OptionType
from agreementkit.bank.precedent import PrecedentAmendment
from agreementkit.bank.requirement import Requirement
from agreementkit.bank.schemas import NAMES, json_schema
from agreementkit.source import SourceText, load_yaml

CORE = data_path("clauses") / "core"
PACKS = CORE.parents[1] / "examples" / "packs"
CLAUSES = sorted(path for path in CORE.rglob("*.md") if path.name != "README.md")


def faults(name: str, data: object) -> list[str]:
    """Return what an editor would say of a file."""
    return [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(json_schema(name)).iter_errors(data)
    ]


def read(path: Path) -> Any:
    """Return a YAML file, or the front matter of a clause file, as the bank reads it."""
    text = path.read_text(encoding="utf-8")
    return load_yaml(SourceText.of(text.split("\n---\n")[0].removeprefix("---\n") if path.suffix == ".md" else text))[0]


def properties(schema: object, at: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property that a schema declares, with where it is."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "allOf":
                continue  # rules about properties that are declared elsewhere
            if key == "properties":
                yield from ((f"{at}.{name}", one) for name, one in value.items())
            yield from properties(value, f"{at}.{key}")
    elif isinstance(schema, list):
        for number, one in enumerate(schema):
            yield from properties(one, f"{at}[{number}]")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_sound_and_explains_every_property(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"]
    declared = dict(properties(schema))
    assert len(declared) > 3
    assert [where for where, one in declared.items() if not one.get("description", "").strip()] == []
    assert all("Attributes:" not in one["description"] for one in declared.values())


@pytest.mark.parametrize("path", CLAUSES, ids=lambda path: path.stem)
def test_every_clause_of_the_core_is_valid(path: Path) -> None:
    assert faults("clause", read(path)) == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("pack", "pack.yaml"),
        ("law", "law.yaml"),
        ("requirements", "requirements.yaml"),
        *(("precedent", f"precedents/{path.name}") for path in sorted((CORE / "precedents").glob("*.yaml"))),
    ],
)
def test_every_other_file_of_the_core_is_valid(name: str, file: str) -> None:
    assert faults(name, read(CORE / file)) == []


def schema_of(path: Path) -> str:
    """Return the name of the schema of a file of a pack; nothing for a file that has none, such as a house style."""
    if path.suffix == ".md":
        return "" if path.stem == "README" else "clause"
    return "precedent" if path.parent.name == "precedents" else path.stem if path.stem in NAMES else ""


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(PACKS.glob("*/**/*")) if path.suffix in (".md", ".yaml") and schema_of(path)],
    ids=lambda path: path.relative_to(PACKS).as_posix(),
)
def test_every_file_of_the_example_packs_is_valid(path: Path) -> None:
    assert faults(schema_of(path), read(path)) == []


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("pack", "id: own\ntitle: Own\nversion: 1.0\n", "$.version"),
        ("pack", "id: Own Pack\ntitle: Own\nversion: '1.0'\n", "$.id"),
        ("pack", "id: own\ntitle: Own\nversion: '1.0'\nlicense: none\n", "$"),
        ("clause", "id: x\nversion: '1.0'\n", "$"),
        ("clause", "id: x\nversion: '1.0'\ntitle: X\nkind: clauses\n", "$.kind"),
        ("clause", "id: x\nversion: '1.0'\ntitle: X\nvariants: {Not an id: 'true'}\n", "$.variants"),
        ("clause", "id: x\nversion: '1.0'\ntitle: X\nterm: Thing\n", "$.term"),
        ("clause", "id: x\nversion: '1.0'\nkind: definition\n", "$"),
        ("clause", "id: x\nversion: '1.0'\ntitle: X\naccepts: [{code: AK520}]\n", "$.accepts[0]"),
        ("precedent", "id: x\nversion: '1.0'\ntitle: X\nshort: X\nstem: x\nbody: [{part: One}]\n", "$.body[0]"),
        ("law", "version: 1\nchecked: 2026-11-21\nentries: [{id: x}]\n", "$.entries[0]"),
        ("law", "version: 1\nchecked: 2026-11-21\n", "$"),
        (
            "requirements",
            "requirements: [{id: x, requires: X, kind: law, cites: [y], agreements: [z]}]\n",
            "$.requirements",
        ),
    ],
)
def test_what_is_wrong_is_found_where_it_is(name: str, text: str, where: str) -> None:
    found = faults(name, load_yaml(text)[0])
    assert any(fault.startswith(where) for fault in found), found


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("clause", "amends: x\nversion: '1.0'\nbase: 1.0\n", "$.base"),
        ("clause", "amends: x\nversion: '1.0'\nbase: '1.0'\nid: x\n", "$"),
        ("clause", "amends: x\nversion: '1.0'\nbase: '1.0'\nvariants: {core: 'true'}\n", "$.variants"),
        ("precedent", "amends: x\nbase: '1.0'\ninsert: [{after: a, before: b, ids: [c]}]\n", "$.insert[0]"),
        ("withdrawn", "withdrawn: [{clause: x, base: '1.0'}]\n", "$.withdrawn[0]"),
        ("options", "options: [{name: x-y, type: yes-no}]\n", "$.options[0].name"),
        ("options", "options: [{name: x, type: choice, choices: [one]}]\n", "$.options[0].choices"),
    ],
)
def test_changes_to_what_lies_below_have_schemas_too(name: str, text: str, where: str) -> None:
    found = faults(name, load_yaml(text)[0])
    assert any(fault.startswith(where) for fault in found), found


def takes(model: type[BaseModel], data: dict[str, Any]) -> bool:
    try:
        model.model_validate(data)
    except ValidationError:
        return False
    return True


def combinations(choices: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Yield every mapping in which each key has one of its values, or is left out for `...`."""
    for values in itertools.product(*choices.values()):
        yield {key: value for key, value in zip(choices, values, strict=True) if value is not ...}


def test_the_schema_of_front_matter_takes_what_the_model_takes() -> None:
    choices: dict[str, tuple[Any, ...]] = {
        "kind": (..., *(kind.value for kind in Kind)),
        "title": (..., "", "X"),
        "term": (..., "", "Thing"),
        "plural": (..., "Things"),
        "number": (..., None, "unions"),
        "also": (..., [], ["item"]),
        "each": (..., None, "union in unions"),
    }
    check = Draft202012Validator(json_schema("clause"))
    answers = set()
    for more in combinations(choices):
        data = {"id": "x", "version": "1.0", **more}
        answers.add(takes(FrontMatter, data))
        assert check.is_valid(data) is takes(FrontMatter, data), data
    assert answers == {True, False}


def test_the_schema_of_a_requirement_takes_what_the_model_takes() -> None:
    least = {"id": "x", "requires": "X", "kind": "law", "cites": ["y"], "agreements": ["z"]}
    check = Draft202012Validator(json_schema("requirements"))
    for more in combinations({"met_by": (..., [], ["x/y"]), "met_when": (..., None, "unions")}):
        data = {**least, **more}
        assert check.is_valid({"requirements": [data]}) is takes(Requirement, data), data


def test_the_schema_of_an_option_takes_what_the_model_takes() -> None:
    choices: dict[str, tuple[Any, ...]] = {
        "type": tuple(kind.value for kind in OptionType),
        "name": ("ballot_days", "Ballot", "ballot-days"),
        "minimum": (..., None, 2),
        "unit": (..., "days"),
        "choices": (..., [], ["one"], ["one", "two"], ["one", "one"]),
    }
    check = Draft202012Validator(json_schema("options"))
    for data in combinations(choices):
        assert check.is_valid({"options": [data]}) is takes(Option, data), data


def test_the_schemas_of_changes_take_what_the_models_take() -> None:
    check = Draft202012Validator(json_schema("clause"))
    least: dict[str, Any] = {"amends": "x", "base": "1.0"}
    for more in combinations({"version": (..., "1.0", "1"), "variants": (..., {}, {"core": "a"}, {"local": "a"})}):
        assert check.is_valid(least | more) is takes(AmendmentFront, least | more), more
    check = Draft202012Validator(json_schema("precedent"))
    places: dict[str, tuple[Any, ...]] = {
        "after": (..., None, "a"),
        "before": (..., None, "b"),
        "end": (..., None, "body", "everything"),
    }
    for more in combinations(places):
        data = {**least, "insert": [{**more, "ids": ["c"]}]}
        assert check.is_valid(data) is takes(PrecedentAmendment, data), data


def test_the_parts_of_a_law_register_are_those_that_are_read() -> None:
    assert set(json_schema("law")["properties"]) == set(KEYS)


def test_an_unknown_schema_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        json_schema("unions")


def test_the_schemas_are_plain_data() -> None:
    for name in NAMES:
        assert yaml.safe_load(yaml.safe_dump(json_schema(name))) == json_schema(name)
