"""Trees to plain data and back: exact, and strict about what is read."""

from __future__ import annotations

import copy
import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from agreementkit.diagnostics import Place
from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.codec import KINDS, TAG, from_data, to_data

UNRESOLVED = n.Document(
    "p",
    "T",
    "S",
    "t",
    opening=(n.DefinitionsHere(Place("a.md", 3)),),
    body=(
        n.Clause(
            id="c",
            number=n.Number((7, 2), "7.2", "7.2"),
            blocks=(
                n.Para(
                    (
                        n.Field("a.b", Place("a.md", 1, 2, 3, "source")),
                        n.TermUse("staff", "Staff", by_number=True),
                        n.CrossReference("x/y"),
                    )
                ),
            ),
            origin=n.Origin("core", "c", "1.0"),
        ),
    ),
    stage=n.Stage.IDENTIFIED,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_round_trip_is_exact(document: n.Document) -> None:
    data = to_data(document)
    assert from_data(data) == document
    assert from_data(json.loads(json.dumps(data))) == document


def test_stand_ins_and_places_make_the_round_trip() -> None:
    assert from_data(json.loads(json.dumps(to_data(UNRESOLVED)))) == UNRESOLVED


def test_the_kinds_stay_the_kinds() -> None:
    made = from_data(json.loads(json.dumps(to_data(UNRESOLVED))))
    assert made.stage is n.Stage.IDENTIFIED
    assert isinstance(made.body, tuple)
    assert isinstance(made.body[0].number, n.Number)
    assert made.body[0].number.path == (7, 2)


def test_every_node_kind_has_a_tag() -> None:
    declared = {name for name, kind in vars(n).items() if isinstance(kind, type) and is_dataclass(kind)}
    assert set(KINDS) == declared - {"Division"} | {"Place"}


def test_type_and_fields_in_the_order_of_declaration() -> None:
    clause = to_data(UNRESOLVED)["body"][0]
    assert list(clause) == ["type", *(one.name for one in fields(n.Clause))]
    assert clause["type"] == "Clause"
    assert clause["blocks"][0]["inlines"][2] == {"type": "CrossReference", "target": "x/y", "place": None}


def test_a_field_added_later_takes_its_default() -> None:
    data = to_data(UNRESOLVED)
    del data["meta"], data["body"][0]["origin"]
    assert from_data(data) == replace(UNRESOLVED, body=(replace(UNRESOLVED.body[0], origin=None),))


def changed(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    data = copy.deepcopy(to_data(UNRESOLVED))
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return data


CLAUSE = ("body", 0)
FIRST = (*CLAUSE, "blocks", 0, "inlines", 0)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("type",), "Clause", "document: Clause cannot stand here"),
        ((*CLAUSE, "type"), "Claus", r"document.body\[0\]: unknown type 'Claus'"),
        ((*CLAUSE, "type"), "Division", r"unknown type 'Division'"),
        ((*CLAUSE, "type"), ["x"], r"unknown type \['x'\]"),
        ((*CLAUSE, "type"), "SubClause", r"document.body\[0\]: SubClause cannot stand here"),
        ((*CLAUSE, "colour"), "red", r"document.body\[0\]: Clause has no field 'colour'"),
        ((*CLAUSE, "id"), 7, r"document.body\[0\].id: expected str, found int"),
        ((*CLAUSE, "id"), None, "expected str, found nothing"),
        ((*CLAUSE, "blocks"), "text", r"body\[0\].blocks: expected list, found str"),
        ((*CLAUSE, "number", "path"), [True], r"number.path\[0\]: expected int, found bool"),
        ((*CLAUSE, "number"), "7", r"number: expected a node, found str"),
        (FIRST, {"type": "Text"}, r"inlines\[0\]: Text lacks the field 'text'"),
        (FIRST, {"type": "Para", "inlines": []}, r"inlines\[0\]: Para cannot stand here"),
        (("stage",), "done", "document.stage: expected one of filled, .*, found 'done'"),
        (("stage",), None, "document.stage: expected one of"),
        (("headings",), None, "document.headings: expected a node, found nothing"),
    ],
)
def test_strict_reading(path: tuple[Any, ...], value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        from_data(changed(path, value))


def test_choices_are_checked() -> None:
    note = n.Note("n", n.Anchor("c"), n.Voice.LAW, ())
    data = to_data(replace(UNRESOLVED, notes=(note,)))
    data["notes"][0]["purpose"] = "amuses"
    with pytest.raises(ValueError, match=r"notes\[0\].purpose: expected one of explains, warns"):
        from_data(data)


def test_what_is_no_node_is_refused() -> None:
    with pytest.raises(TypeError, match="Fake is no node"):
        to_data(replace(UNRESOLVED, opening=(Fake(),)))  # type: ignore[arg-type]


class Fake:
    pass


def test_a_field_that_is_not_known_is_told_before_a_fault_further_in() -> None:
    data = changed(("body", 0, "number", "label"), 7)
    data["body"][0]["odd"] = 1
    with pytest.raises(ValueError, match=r"^document\.body\[0\]: Clause has no field 'odd'$"):
        from_data(data)


def test_as_many_fields_as_there_should_be_and_one_of_them_unknown() -> None:
    data = changed(("body", 0, "odd"), 1)
    del data["body"][0]["origin"]  # which has a default
    with pytest.raises(ValueError, match=r"Clause has no field 'odd'"):
        from_data(data)


def test_no_field_may_have_the_name_of_the_tag() -> None:
    assert not [name for name, kind in KINDS.items() if TAG in {one.name for one in fields(kind)}]
