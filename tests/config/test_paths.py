"""Paths: what an expression may name, known before there are values."""

import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel

from agreementkit.config import Config, all_paths, describe, known_names, resolve_type


@pytest.mark.parametrize(
    ("path", "unit", "is_list", "optional", "through_list", "computed"),
    [
        ("time_off.notice_days", "working days", False, False, False, False),
        ("dates.agreement", "", False, True, False, False),
        ("unions", "", True, False, False, False),
        ("unions.name", "", False, False, True, False),
        ("unions.0.name", "", False, False, False, False),
        ("unions.parents", "", True, False, True, False),
        ("unions.joint", "", False, False, True, True),
        ("partner_unions.short", "", False, False, True, False),
        ("partner_unions", "", True, False, False, True),
        ("is_nhs", "", False, False, False, True),
        ("forum.shadow.ends", "", False, True, False, False),
        ("disputes.stages.days", "working days", False, False, True, False),
        ("host_employer.name", "", False, False, False, False),
        ("values.meaning", "", False, True, True, False),
    ],
)
def test_resolve(path: str, unit: str, is_list: bool, optional: bool, through_list: bool, computed: bool) -> None:
    found = resolve_type(path.split("."))
    assert found is not None
    assert (found.unit, found.is_list, found.optional, found.through_list, found.computed) == (
        unit, is_list, optional, through_list, computed,
    )  # fmt: skip


@pytest.mark.parametrize(
    "path", ["x", "time_off.notice", "is_nhs.x", "time_off.notice_days.x", "forum.0", "unions.0.0"]
)
def test_unknown_paths(path: str) -> None:
    assert resolve_type(path.split(".")) is None


def test_choices_are_known() -> None:
    found = resolve_type(["recognition", "degree"])
    assert found is not None
    assert found.choices == ("representation", "consultation", "full-bargaining")


def test_known_names_are_for_suggestions() -> None:
    assert "notice_days" in known_names(["time_off"])
    assert {"name", "joint"} <= set(known_names(["unions"]))
    assert known_names(["time_off", "notice_days"]) == []
    assert "partner_unions" in known_names([])


def test_describe() -> None:
    found = describe("time_off.notice_days")
    assert (found.unit, found.annotation) == ("working days", int)
    assert found.description
    with pytest.raises(KeyError):
        describe("time_off.notice")


def _values(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if isinstance(value, BaseModel):
        names = [*type(value).model_fields, *type(value).model_computed_fields]
        return {path} | {p for name in names for p in _values(getattr(value, name), (*path, name))}
    if isinstance(value, tuple):
        return {path} | {p for item in value for p in _values(item, path)}
    return {path}


def test_every_path_of_a_real_configuration_resolves() -> None:
    config = Config.model_validate(
        {
            "employers": [{"name": "A"}],
            "unions": ["mip"],
            "hosting": {"host": "A"},
            "shadow": {},
            "values": ["x"],
        }
    )
    for path in _values(config) - {()}:
        assert resolve_type(path) is not None, path


def test_paths_are_listed_once() -> None:
    paths = [path for path, _ in all_paths()]
    assert len(paths) == len(set(paths))
    assert len(paths) > 250


def test_what_is_worked_out_has_a_type_before_any_configuration_is_read() -> None:
    code = (
        "from agreementkit.config import Employer, resolve_type\n"
        "print(resolve_type(['host_employer']).model is Employer)\n"
        "print(resolve_type(['employers', 'is_nhs']).annotation is bool)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
