"""A bank that is known again is the bank that would be read anew, and is no longer known when a byte has changed."""

from __future__ import annotations

import copy
import json
import os
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from small import SMALL

import agreementkit as ak
from agreementkit import cache as cache_module
from agreementkit.bank import index as module
from agreementkit.bank import listing
from agreementkit.bank.amend import Amendment
from agreementkit.bank.clause import ClauseSource
from agreementkit.bank.files import PackFiles
from agreementkit.bank.index import Index
from agreementkit.bank.kept import KeptClause
from agreementkit.bank.listing import Seen
from agreementkit.cache import kept
from agreementkit.errors import BankError

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "examples" / "packs"
CLAUSE = '---\nid: {0}\nversion: "1.0"\ntitle: {1}\n---\n\n1.  Words of {1}. {{#p}}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("AGREEMENTKIT_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(listing, "YOUNG", 0)
    cache_module._opened.cache_clear()
    yield tmp_path / "kept"
    cache_module._opened.cache_clear()


@pytest.fixture
def core(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "core"))


def plain(value: Any) -> Any:
    """Return a clause, and whatever is in it, as plain data: every field of it."""
    if hasattr(value, "first_line"):  # places
        told = (value.values, value.keys, value.written)
        return (value.source, value.first_line, [list(one.items()) for one in told], value.quoted)
    if isinstance(value, ClauseSource | Amendment):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value if not isinstance(value, tuple) else [plain(one) for one in value]


def everything(bank: ak.Bank) -> Any:
    """Return all that a bank says."""
    return [
        [[key, plain(one)] for key, one in (*bank.clauses.items(), *bank.terms.items())],
        [[one.outline, one.pack, plain(one.positions), len(one.amended_by)] for one in bank.precedents.values()],
        [[one.requirement, plain(one.positions), one.number] for one in bank.requirements.values()],
        [[one.withdrawal, plain(one.positions), plain(one.below)] for one in bank.withdrawn.values()],
        [bank.law.entries, bank.law.floors, bank.law.sources, bank.law.file],
        [[one.shown, one.stamp, dict(one.files)] for one in bank.contents],
        [bank.packs, bank.options, bank.houses, bank.former],
        [one.as_row() for one in (*bank, *bank.terms.values())],
    ]


def said(packs: list[Path], core: Path | None) -> Any:
    """Return all that a bank says, or all that is wrong with it."""
    cache_module._opened.cache_clear()
    try:
        return everything(ak.Bank.load(packs, core=core))
    except BankError as error:
        return error.diagnostics


def without(monkeypatch: pytest.MonkeyPatch, packs: list[Path], core: Path | None) -> Any:
    """Return the same of a bank for which nothing is kept."""
    with monkeypatch.context() as patch:
        patch.setenv("AGREEMENTKIT_CACHE", "off")
        return said(packs, core)


def unread(*_: Any, **__: Any) -> PackFiles:
    raise AssertionError("a folder was read though it is known")


def test_the_core_and_packs_over_it_are_the_same_anew_kept_and_known_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = [one for one in sorted(PACKS.iterdir()) if (one / "pack.yaml").exists()][:2]
    plain_bank = without(monkeypatch, packs, None)
    assert not isinstance(plain_bank, tuple), "the examples are sound"
    assert said(packs, None) == plain_bank
    assert said(packs, None) == plain_bank
    one_known: Any = kept()
    assert one_known.found > 1


def test_a_folder_that_did_not_change_is_not_read(folder: Path, core: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = said([], core)
    monkeypatch.setattr(module, "read_folder", unread)
    assert said([], core) == first
    assert all(type(one) is KeptClause for one in ak.Bank.load(core=core))


def test_a_clause_is_not_made_before_it_is_asked_for(folder: Path, core: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said([], core)
    monkeypatch.setattr(KeptClause, "_made", unread)
    bank = ak.Bank.load(core=core)
    assert len(bank) == len([one.id for one in bank])


@pytest.mark.parametrize("young", [0, 10**18], ids=["settled", "young"])
@pytest.mark.parametrize("back", [False, True], ids=["later", "set back"])
def test_a_change_of_one_letter_is_seen(
    folder: Path, core: Path, monkeypatch: pytest.MonkeyPatch, young: int, back: bool
) -> None:
    monkeypatch.setattr(listing, "YOUNG", young)
    file = core / "body.md"
    file.write_text(CLAUSE.format("body", "Alpha"), encoding="utf-8")
    for title in ("Gamma", "Delta"):
        said([], core)
        before = file.stat()
        file.write_text(CLAUSE.format("body", title), encoding="utf-8")
        if back:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert said([], core) == without(monkeypatch, [], core)
        assert ak.Bank.load(core=core)["body"].front.title == title


FAULTS = {
    "yaml": ("body.md", CLAUSE.format("body", "{oh").replace("version", "version: x\nversion")),
    "front matter": ("body.md", CLAUSE.format("body", "Body").replace('"1.0"', "1.0")),
    "twice": ("other.md", CLAUSE.format("body", "Other")),
    "law": ("body.md", CLAUSE.format("body", "Body").replace("title", "cites: [no-such-law]\ntitle")),
    "requires": ("body.md", CLAUSE.format("body", "Body").replace("title", "requires: [nothing]\ntitle")),
    "circle": ("body.md", CLAUSE.format("body", "Body").replace("title", "requires: [body]\ntitle")),
    "former": ("body.md", CLAUSE.format("body", "Body").replace("title", "formerly: [body]\ntitle")),
    "letters": ("body.md", CLAUSE.format("body", "Bo\u202edy")),
    "conflict": ("body.md", CLAUSE.format("body", "Body") + "\n<<<<<<< ours\n"),
    "program": ("tool.py", "print()"),
    "precedent": ("precedents/odd.yaml", "id: odd\nbody: [body, gone]\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_the_same_and_go_with_their_cause(
    folder: Path, core: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    (core / "body.md").write_text(CLAUSE.format("body", "Body"), encoding="utf-8")
    sound = said([], core)
    assert not isinstance(sound, tuple)
    name, text = FAULTS[fault]
    file = core / name
    before = file.read_bytes() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    faults = without(monkeypatch, [], core)
    assert isinstance(faults, tuple)
    assert faults
    assert said([], core) == said([], core) == faults
    if before is None:
        file.unlink()
    else:
        file.write_bytes(before)
    assert said([], core) == sound


def test_what_a_pack_does_to_the_core_is_looked_at_each_time(
    folder: Path, core: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "own"
    pack.mkdir()
    (core / "body.md").write_text(CLAUSE.format("body", "Body"), encoding="utf-8")
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "1.0"\n', encoding="utf-8")
    (pack / "body.md").write_text(CLAUSE.format("body", "Own").replace("title", 'replaces: "1.0"\ntitle'))
    assert said([pack], core) == said([pack], core) == without(monkeypatch, [pack], core)
    text = (core / "body.md").read_text(encoding="utf-8").replace("1.0", "1.1")
    (core / "body.md").write_text(text, encoding="utf-8")
    faults = said([pack], core)
    assert [one.code for one in faults] == ["AK253"]
    assert faults == without(monkeypatch, [pack], core)


def test_a_file_that_comes_goes_or_gets_another_name_is_seen(
    folder: Path, core: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said([], core)
    (core / "more").mkdir()
    (core / "more" / "body.md").write_text(CLAUSE.format("body", "Body"), encoding="utf-8")
    assert "body" in ak.Bank.load(core=core)
    (core / "more" / "body.md").rename(core / "more" / "moved.md")
    assert ak.Bank.load(core=core)["body"].file == "core/more/moved.md"
    assert said([], core) == without(monkeypatch, [], core)
    (core / "more" / "moved.md").unlink()
    assert "body" not in ak.Bank.load(core=core)


def records(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.record"), key=lambda one: -one.stat().st_size)


def test_a_record_with_a_wrong_byte_counts_as_not_there(folder: Path, core: Path) -> None:
    first = said([], core)
    (record, *_) = records(folder)
    whole = record.read_bytes()
    for at in range(0, len(whole), len(whole) // 20):
        record.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert said([], core) == first
    record.write_bytes(whole[:-1])
    assert said([], core) == first


def test_what_is_no_index_is_refused(folder: Path, core: Path) -> None:
    said([], core)
    cache: Any = kept()
    payload = cache.read_bytes(module._key(os.path.realpath(core)))
    assert Index.read(payload) is not None
    first, details, texts = payload.split(b"\n", 2)
    head = json.loads(first)
    for key in head:
        for put in (None, 7, "words", [], [[]], {"a": 1}):
            if put == [] and key in ("kinds", "replaces", "formerly"):
                continue  # such a pack there may be
            wrong = json.dumps({**head, key: put}).encode()
            index = Index.read(b"\n".join((wrong, details, texts)))
            assert index is None or key == "digest"
    for wrong in (b"", b"\n\n", b"{}\n{}\n", first, texts, first + b"\n" + details):
        assert Index.read(wrong) is None


def test_one_folder_in_two_places_and_a_link_to_it(folder: Path, core: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(core, tmp_path / "other"))
    assert said([], core)
    assert next(iter(ak.Bank.load(core=other))).file.startswith("other/")
    (tmp_path / "link").symlink_to(core)
    assert next(iter(ak.Bank.load(core=tmp_path / "link"))).file.startswith("link/")
    assert next(iter(ak.Bank.load(core=core))).file.startswith("core/")


def test_what_is_made_of_a_known_clause_is_an_ordinary_one(folder: Path, core: Path) -> None:
    said([], core)
    known = next(iter(ak.Bank.load(core=core)))
    for made in (replace(known, pack="other"), copy.copy(known), pickle.loads(pickle.dumps(replace(known)))):  # noqa: S301
        assert type(made) is ClauseSource
        assert (made.id, made.front, made.body) == (known.id, known.front, known.body)
    with pytest.raises(AttributeError):
        _ = known.nothing  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        known.pack = "other"  # type: ignore[misc]


def test_the_listing_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Seen.of(str(tmp_path / "nowhere")) is None
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_text("one")
    first = Seen.of(str(tmp_path))
    assert first is not None
    assert not first.settled
    (tmp_path / ".git").mkdir()
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "old.md").write_text("old")
    assert Seen.of(str(tmp_path)) == first, "neither is read"
    (tmp_path / "a" / "one.md").chmod(0o600)
    assert Seen.of(str(tmp_path)) != first
    monkeypatch.setattr(listing, "MAX_ENTRIES", 1)
    assert Seen.of(str(tmp_path)) is None, "whoever reads it says that there is too much in it"
