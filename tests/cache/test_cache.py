"""The folder of what is kept between runs: only what is exactly as it was written counts, and only from its owner."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from agreementkit import cache as module
from agreementkit.cache import Cache, kept, key_of

KEY = key_of("a test", 1)
CONTENTS: Any = ["words", {"a": [1, None, True, "é–😀"]}, ["e", ["strong"]]]
posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and permissions are POSIX's")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv("AGREEMENTKIT_CACHE", str(folder))
    return folder


def opened() -> Cache:
    """Return the folder as another run would find it."""
    module._opened.cache_clear()
    found = kept()
    assert found is not None
    return found


def record(folder: Path) -> Path:
    (only,) = inside(folder)
    return only


def inside(folder: Path) -> list[Path]:
    """Return what is in the folder, but for the mark that somebody looked for what can go."""
    return [path for path in folder.iterdir() if path.name != ".looked"]


def test_what_is_written_comes_back(folder: Path) -> None:
    cache = opened()
    assert cache.read(KEY) is None
    cache.write(KEY, CONTENTS)
    again = opened()
    assert again.read(KEY) == CONTENTS
    assert (cache.made, again.found) == (1, 1)
    assert again.read(key_of("a test", 2)) is None


@posix
def test_the_folder_and_its_records_are_the_users_alone(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert record(folder).stat().st_mode & 0o077 == 0


def test_every_byte_counts(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    path = record(folder)
    good = path.read_bytes()
    for at in range(len(good)):
        for bit in (1, 0x20, 0x80):
            path.write_bytes(good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :])
            assert opened().read(KEY) is None, f"byte {at} may be another"
    path.write_bytes(good)
    assert opened().read(KEY) == CONTENTS


def test_a_torn_or_longer_record_is_none(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    path = record(folder)
    good = path.read_bytes()
    for torn in (*(good[:end] for end in range(len(good))), good + b"\n", good + b" ", b"\n" + good, b"\x00" * 100):
        path.write_bytes(torn)
        assert opened().read(KEY) is None


def test_sound_json_with_the_checksum_of_other_words_is_none(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    path = record(folder)
    head, _, payload = path.read_bytes().partition(b"\n")
    changed = json.dumps([*json.loads(payload), "more"]).encode()
    path.write_bytes(head + b"\n" + changed)
    assert opened().read(KEY) is None


def test_a_record_under_another_key_is_none(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    other = key_of("another clause")
    record(folder).rename(folder / f"{other}.record")
    assert opened().read(other) is None


def test_json_that_is_nested_without_end_is_none(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    payload = b"[" * 200_000 + b"]" * 200_000
    record(folder).write_bytes(b"agreementkit 1 " + module._checksum(KEY, payload) + b"\n" + payload)
    assert opened().read(KEY) is None


def test_a_record_that_is_too_large_is_neither_written_nor_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened().write(KEY, CONTENTS)
    size = record(folder).stat().st_size
    monkeypatch.setattr(module, "MAX_RECORD", size - 1)
    assert opened().read(KEY) is None
    opened().write(key_of("a second"), CONTENTS)
    assert len(inside(folder)) == 1


@posix
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_to_is_not_used(folder: Path, mode: int) -> None:
    opened().write(KEY, CONTENTS)
    folder.chmod(mode)
    cache = opened()
    assert cache.read(KEY) is None
    assert cache.fault
    assert cache.fault.code == "AK790"
    assert "other users may write to it" in cache.fault.message
    cache.write(key_of("a second"), CONTENTS)
    folder.chmod(0o700)
    assert len(inside(folder)) == 1


@posix
def test_a_record_that_others_may_write_to_is_none(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    record(folder).chmod(0o666)
    assert opened().read(KEY) is None


@posix
def test_what_belongs_to_another_user_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened().write(KEY, CONTENTS)
    cache, own = opened(), os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    assert cache.read(KEY) is None, "a record of another user"
    assert "it belongs to another user" in str(opened().fault), "a folder of another user"


@posix
def test_links_and_pipes_are_not_followed(folder: Path, tmp_path: Path) -> None:
    opened().write(KEY, CONTENTS)
    path = record(folder)
    moved = path.rename(tmp_path / "elsewhere")
    path.symlink_to(moved)
    assert opened().read(KEY) is None
    path.unlink()
    os.mkfifo(path)
    assert opened().read(KEY) is None, "and it did not wait"
    path.unlink()
    moved.rename(path)
    linked = folder.rename(tmp_path / "real")
    folder.symlink_to(linked)
    assert "it is no folder" in str(opened().fault)


@posix
def test_where_nothing_can_be_written_nothing_is_kept(folder: Path, tmp_path: Path) -> None:
    folder.write_text("a file", encoding="utf-8")
    cache = opened()
    cache.write(KEY, CONTENTS)
    assert cache.read(KEY) is None
    assert folder.read_text(encoding="utf-8") == "a file"
    below = tmp_path / "kept" / "deeper"
    other = Cache(below)
    other.write(KEY, CONTENTS)
    assert "it cannot be made" in other.unusable


def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for word in ("off", "OFF", "0", "no"):
        monkeypatch.setenv("AGREEMENTKIT_CACHE", word)
        assert kept() is None
    assert not folder.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folders are other ones there")
def test_where_it_is_when_nobody_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AGREEMENTKIT_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert opened().folder == tmp_path / ".cache" / "agreementkit"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert opened().folder == tmp_path / "xdg" / "agreementkit"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert opened().folder == tmp_path / ".cache" / "agreementkit"
    assert not list(tmp_path.iterdir()), "looking makes nothing"


def test_another_version_has_keys_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    module.code_stamp.cache_clear()
    now = key_of("a test", 1)
    module.code_stamp.cache_clear()
    monkeypatch.setattr(module, "_VERSION", "99.0")
    assert key_of("a test", 1) != now
    module.code_stamp.cache_clear()
    monkeypatch.undo()
    assert key_of("a test", 1) == now


def test_it_does_not_grow_without_end(folder: Path) -> None:
    cache = opened()
    for number in range(20):
        cache.write(key_of(number), CONTENTS)
        os.utime(folder / f"{key_of(number)}.record", (1_000_000 + number,) * 2)
    abandoned = folder / ".new-left"
    abandoned.write_bytes(b"left by a run that was killed")
    os.utime(abandoned, (1_000_000, 1_000_000))
    size = (folder / f"{key_of(0)}.record").stat().st_size
    assert cache.prune(most=10**9) == 1, "what a killed run left"
    assert cache.prune(most=10 * size) > 0
    left = [number for number in range(20) if (folder / f"{key_of(number)}.record").exists()]
    assert left == list(range(20 - len(left), 20)), "those used last stay"
    assert 5 <= len(left) <= 8
    cache.prune(number=4)
    assert len(inside(folder)) == 3


def test_what_can_go_is_looked_for_now_and_then(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(Cache, "prune", lambda self: looked.append(self.folder))
    for _ in range(3):
        opened().write(KEY, CONTENTS)
    assert len(looked) == 1
    for moment in (time.time() - 700, time.time() + 10_000):  # long ago, or by a clock that was wrong
        os.utime(folder / ".looked", (moment, moment))
        opened().write(KEY, CONTENTS)
        opened().write(KEY, CONTENTS)
    assert len(looked) == 3


def test_what_is_read_stays_young(folder: Path) -> None:
    opened().write(KEY, CONTENTS)
    path = record(folder)
    os.utime(path, (1_000_000, 1_000_000))
    assert opened().read(KEY) == CONTENTS
    assert path.stat().st_mtime > time.time() - 100


WRITER = """
import sys
from agreementkit.cache import kept, key_of
cache = kept()
for turn in range(150):
    for number in range(4):
        contents = [number, "x" * (2000 * number + turn)]
        cache.write(key_of(number), contents)
        found = cache.read(key_of(number))
        assert found is not None and found[0] == number and set(found[1]) <= {"x"}, found
assert cache.made == 600, cache.unusable
"""


def test_two_programs_write_at_once(folder: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", WRITER]) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert len(inside(folder)) == 4
    for number in range(4):
        assert opened().read(key_of(number))[0] == number
