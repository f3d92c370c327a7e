"""Compiled clauses that were kept are the clauses that would be compiled anew, places and all."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from small import SMALL, configured

import agreementkit as ak
from agreementkit import cache as cache_module
from agreementkit.assemble import compile as compiling
from agreementkit.assemble import expressions
from agreementkit.assemble.compile import check_source, compile_clause
from agreementkit.assemble.kept import NotKept, Parts, from_data, to_data
from agreementkit.bank.clause import ClauseSource
from agreementkit.cache import Cache, kept
from agreementkit.proof.expressions import expressions as asked

ROOT = Path(__file__).parents[2]
PACK = ROOT / "examples" / "packs" / "anyshire-icb"
BANK = ak.Bank.load([PACK])
SOURCES = (*BANK, *BANK.terms.values())


def forget() -> None:
    """Forget what this run knows, so that it is as a new one."""
    compiling._BY_KEY.clear()
    compiling._BY_SOURCE.clear()
    expressions._READ.clear()
    expressions._LEARNT.clear()
    cache_module._opened.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("AGREEMENTKIT_CACHE", str(tmp_path / "kept"))
    forget()
    yield tmp_path / "kept"
    forget()


def cache() -> Cache:
    found = kept()
    assert found is not None
    return found


def compile_all(bank: ak.Bank) -> tuple[int, int]:
    """Compile a bank as a new run would; return how many clauses were found, and how many were made."""
    forget()
    for source in (*bank, *bank.terms.values()):
        compile_clause(source)
    return cache().found, cache().made


def fresh(source: ClauseSource) -> Parts:
    parts, faults = compiling._fresh(source)
    assert not faults
    return parts


def test_every_clause_is_the_same_with_and_without(folder: Path) -> None:
    sources = SOURCES[::3]
    assert any(source.amendments for source in sources)
    assert any(source.options for source in sources)
    for source in sources:
        parts = fresh(source)
        back, _ = from_data(json.loads(json.dumps(to_data(parts, source))), source)
        assert back == parts, source.id
    for source in sources[:30]:
        compile_clause(source)
    forget()
    assert [compile_clause(source).body for source in sources[:30]] == [fresh(source).body for source in sources[:30]]
    assert cache().found == 30


def test_expressions_come_back_without_being_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = BANK["time-off"]
    texts = {one.text for one in asked(compile_clause(source))}
    read = {text: expressions.parse(text) for text in texts}
    forget()
    compile_clause(source)
    monkeypatch.setattr(expressions, "_read", lambda text: pytest.fail(f"{text} was read again"))
    assert {text: expressions.parse(text) for text in texts} == read


def test_one_changed_clause_costs_one_clause(folder: Path, tmp_path: Path) -> None:
    core = tmp_path / "core"
    shutil.copytree(SMALL, core)
    bank = ak.Bank.load(core=core)
    number = len(bank) + len(bank.terms)
    assert compile_all(bank) == (0, number)
    assert compile_all(ak.Bank.load(core=core)) == (number, 0)
    file = next(path for path in core.rglob("*.md") if "kind: " not in path.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert compile_all(ak.Bank.load(core=core)) == (number - 1, 1)


def test_a_pack_over_the_core_costs_what_it_changes(folder: Path) -> None:
    core = ak.Bank.load()
    compile_all(core)
    found, made = compile_all(BANK)
    changed = {source.id for source in SOURCES if source.amendments or source.pack != "core"}
    assert made >= len(changed) > 0
    assert compile_all(BANK) == (found + made, 0)
    assert compile_all(core) == (len(core) + len(core.terms), 0), "the core's own are still there"


def test_another_name_of_the_file_is_no_other_clause(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        shutil.copytree(SMALL, tmp_path / name)
    compile_all(ak.Bank.load(core=tmp_path / "one"))
    other = ak.Bank.load(core=tmp_path / "other")
    assert compile_all(other)[1] == 0
    for source in other:
        for section in compile_clause(source).body.sections:
            assert all(item.place.file == source.file for item in section.items)


def test_another_version_keeps_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = ak.Bank.load(core=SMALL)
    number = compile_all(bank)[1]
    monkeypatch.setattr(cache_module, "code_stamp", lambda: "another version")
    assert compile_all(bank) == (0, number)


def test_clauses_with_faults_are_not_kept(folder: Path, tmp_path: Path) -> None:
    core = tmp_path / "core"
    shutil.copytree(SMALL, core)
    file = next(path for path in core.rglob("*.md") if "kind: " not in path.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8") + "\n1.  Text {{ nothing.of_that_name }}.\n", encoding="utf-8")

    def said() -> list[str]:
        forget()
        bank = ak.Bank.load(core=core)
        cache().made = 0  # what reading it keeps is another matter
        return [fault.render() for source in bank for fault in check_source(source)]

    first = said()
    assert any("AK302" in one and "nothing.of_that_name" in one for one in first)
    assert said() == first
    assert cache().made == 0


def test_builds_are_the_same_on_and_off(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def built(name: str) -> dict[str, bytes]:
        forget()
        made = ak.assemble(configured(agreements=["framework"]))
        files = made.write(tmp_path / name, ("md", "json", "docx"), pages="off")
        return {one.path.name: one.path.read_bytes() for one in files}

    first, second = built("first"), built("second")
    assert cache().found > 20
    monkeypatch.setenv("AGREEMENTKIT_CACHE", "off")
    assert built("off") == first == second


def test_in_the_same_run_a_bank_that_is_read_again_is_not_compiled_again(folder: Path) -> None:
    first, again = ak.Bank.load()["time-off"], ak.Bank.load()["time-off"]
    cache().found = cache().made = 0  # what reading it finds and keeps is another matter
    compile_clause(first)
    compile_clause(again)
    assert (cache().found, cache().made) == (0, 1)


@pytest.mark.parametrize("record", [b"", b"[]\n[]", b"{}\n{}", b"{}\n[1, 2]", b"{}\n[[], [], [], null, [], 7]"])
def test_a_record_that_is_none_is_made_anew_whenever_that_shows(folder: Path, record: bytes) -> None:
    source = next(iter(ak.Bank.load(core=SMALL)))
    cache().write_bytes(compiling._key(source), record)
    assert check_source(source) == ()
    clause, anew = compile_clause(source), fresh(source)
    assert (clause.body, clause.title, clause.each) == (anew.body, anew.title, anew.each)
    assert (clause.mentions, clause.gone, clause.marked) == (anew.mentions, anew.gone, anew.marked)


def test_a_known_clause_has_the_key_of_the_file_as_it_was_read(folder: Path) -> None:
    anew, known = ak.Bank.load(core=SMALL), ak.Bank.load(core=SMALL)
    for first, again in ((anew.clauses, known.clauses), (anew.terms, known.terms)):
        for id_, source in first.items():
            assert compiling._key(again[id_]) == compiling._key(source)


def test_memory_has_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "MAX_MADE", 10)
    for source in SOURCES[:40]:
        compile_clause(source)
    assert len(compiling._BY_KEY) <= 10
    bank = ak.Bank.load(core=SMALL)
    for source in bank:
        compile_clause(source)
    held = len(compiling._BY_SOURCE)
    del bank, source
    assert len(compiling._BY_SOURCE) < held, "the clauses of a bank go with the bank"


def test_several_threads_compile_one_bank(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "MAX_MADE", 5)
    sources = [*ak.Bank.load(core=SMALL)] * 20
    with ThreadPoolExecutor(4) as pool:
        bodies = list(pool.map(lambda source: compile_clause(source).body, sources))
    assert bodies == [fresh(source).body for source in sources]


# What a record with a sound checksum could say, if somebody with the user's rights had written it.

SOURCE = BANK["time-off"]
GOOD: Any = json.loads(json.dumps(to_data(fresh(SOURCE), SOURCE)))


def every_path(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(data, list | dict):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from every_path(data[key], (*at, key))


@pytest.mark.parametrize("put", [None, 7, "../../etc/passwd", [], {}, ["f", "9**9**9", [1, 1, 1]]], ids=str)
def test_whatever_else_stands_anywhere_in_a_record_is_refused_or_harmless(put: Any) -> None:
    start = time.perf_counter()
    refused = 0
    paths = [path for path in every_path(GOOD) if path]
    for path in paths[:: max(1, len(paths) // 50)]:
        data = json.loads(json.dumps(GOOD))
        inner = data
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = put
        try:
            parts, learnt = from_data(data, SOURCE)
        except NotKept:
            refused += 1
            continue
        files = {item.place.file for section in parts.body.sections for item in section.items}
        assert files <= {SOURCE.file, *(one.file for one in SOURCE.amendments)}
        for text, read in learnt.items():
            try:
                expressions.Expression.from_data(text, read)
            except (ValueError, TypeError):
                refused += 1
    assert refused > 10
    assert time.perf_counter() - start < 60


def test_an_expression_that_is_none_is_read_again(folder: Path) -> None:
    text = "dates.agreement"
    for wrong in (
        None,
        [],
        "words",
        [["dates"], True, [], ["call", "os.system"]],
        [[1], False, [], None],
        [1, 2, 3, 4],
    ):
        forget()
        expressions.learn({text: wrong})
        read = expressions.parse(text)
        assert isinstance(read, expressions.Expression)
        assert read.plan == ("attr", ("name", "dates"), "agreement")
