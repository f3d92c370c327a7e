"""Every provision seen in real agreements has a home in the bank that can say it, or a refusal with its reason."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from agreementkit import Bank, Config
from agreementkit.assemble.compile import compile_clause
from agreementkit.bank import ClauseSource
from agreementkit.config.paths import Resolved, resolve_type
from agreementkit.reader.visit import items_in

sys.path.insert(0, str(Path(__file__).parent.parent / "docs"))
import coverage_map

# Provisions of each agreement, A01 to A57.
COUNTS = [
    7, 9, 6, 15, 5, 6, 8, 3, 6, 10, 11, 7, 5, 7, 5, 18, 4, 4, 5, 23, 4, 7, 8, 4, 11, 33, 6, 4, 9, 6, 10, 5, 6, 10, 6,
    10, 8, 4, 11, 6, 8, 5, 7, 11, 5, 7, 11, 16, 3, 15, 6, 8, 3, 5, 9, 8, 29,
]  # fmt: skip
EXPECTED = [f"A{i:02d}/{n}" for i, count in enumerate(COUNTS, 1) for n in range(1, count + 1)]
PROVISIONS = coverage_map.provisions()
WORD = re.compile(r"[\w’'-]+")
Home = Mapping[str, Any]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.load()


def _name(provision: Mapping[str, Any]) -> str:
    return f"{provision['agreement']}/{provision['provision']}"


def test_every_provision_is_there_once_and_in_order() -> None:
    assert sum(COUNTS) == 488
    assert [_name(p) for p in PROVISIONS] == EXPECTED


@pytest.mark.parametrize("agreement", [f"A{i:02d}" for i in range(1, len(COUNTS) + 1)])
def test_every_provision_has_a_home_or_a_refusal(agreement: str, bank: Bank) -> None:
    faults = [
        f"{_name(provision)}: {fault}"
        for provision in PROVISIONS
        if provision["agreement"] == agreement
        for fault in _faults(bank, provision)
    ]
    assert not faults


def test_what_a_provision_says_is_said_in_few_words() -> None:
    assert not [_name(p) for p in PROVISIONS if not 0 < len(WORD.findall(p["says"])) <= 12]


def test_refusals_are_few() -> None:
    kinds = Counter("refused" if "refused" in p else "mapped" for p in PROVISIONS)
    assert kinds["refused"] <= 15


def _faults(bank: Bank, provision: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one provision of the map."""
    yield from (f"no such key {key!r}" for key in provision.keys() - {
        "agreement", "provision", "says", "homes", "refused", "pack",
    })  # fmt: skip
    homes, refused = provision.get("homes"), provision.get("refused")
    if bool(homes) == bool(refused):
        yield "needs homes or a refusal, and not both"
    if "refused" in provision and not (len(WORD.findall(str(refused))) >= 3 and provision.get("pack")):
        yield "a refusal needs a reason and what a pack adds"
    if "pack" in provision and not refused:
        yield "what a pack adds belongs to a refusal"
    for home in homes or ():
        yield from coverage_map.faults(bank, home)
        yield from _home_faults(bank, home)


def _home_faults(bank: Bank, home: Home) -> Iterator[str]:
    """Yield why the setting of a home does not reach what the home names."""
    kinds = [key for key in ("clause", "definition", "precedent") if key in home]
    if len(kinds) != 1:
        yield f"names {len(kinds)} of clause, definition, precedent: {dict(home)}"
        return
    source = {"clause": bank.clauses, "definition": bank.terms, "precedent": {}}[kinds[0]].get(home[kinds[0]])
    if isinstance(source, ClauseSource):
        yield from _variant_faults(source, home)
    if "path" not in home:
        return
    resolved = resolve_type(str(home["path"]).split("."))
    if resolved is None:
        return
    if resolved.computed:
        yield f"{home['path']} cannot be set"
    if "value" in home and (fault := _value_fault(home, resolved)):
        yield fault
    if isinstance(source, ClauseSource) and not _uses(source, str(home["path"]), resolved):
        yield f"{home[kinds[0]]} does not use {home['path']}"


def _variant_faults(source: ClauseSource, home: Home) -> Iterator[str]:
    """Yield a fault when the item is in other variants than the one that is named, or in variants and none is named."""
    if "item" not in home:
        return
    sections = {
        section.variant
        for section in compile_clause(source).body.sections
        if home["item"] in {item.id for item in items_in(section.items)}
    }
    if sections and "" not in sections and home.get("variant") not in sections:
        yield f"{source.id}/{home['item']} is not in variant {home.get('variant')!r} but in {sorted(sections)}"
    if "" in sections and "variant" in home and home["variant"] not in sections:
        yield f"{source.id}/{home['item']} is in every variant"


def _value_fault(home: Home, resolved: Resolved) -> str:
    value = home["value"]
    if resolved.choices or resolved.model is not None:
        return ""
    model, field = Config, None
    *parents, last = str(home["path"]).split(".")
    for name in parents:
        found = resolve_type([name], model)
        assert found is not None
        assert found.model is not None
        model = found.model
    field = model.model_fields[last]
    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation)
    given = [value] if resolved.is_list else value
    try:
        adapter.validate_python(given)
        for bound in field.metadata:
            adapter = TypeAdapter(_annotated(field.annotation, bound))
            adapter.validate_python(given)
    except ValidationError as error:
        return f"{home['path']} may not be {value!r}: {error.errors()[0]['msg']}"
    return ""


def _annotated(annotation: Any, bound: Any) -> Any:
    from typing import Annotated

    return Annotated[annotation, bound]


def _uses(source: ClauseSource, path: str, resolved: Resolved) -> bool:
    """Return whether the file of a clause uses a setting, by its path or by its name in a loop."""
    text = "\n".join((source.front.model_dump_json(), *source.body))
    if re.search(rf"(?<![\w.]){re.escape(path)}(?!\w)", text):
        return True
    return resolved.through_list and bool(re.search(rf"\b[a-z]+\.{re.escape(path.rsplit('.', 1)[1])}(?!\w)", text))
