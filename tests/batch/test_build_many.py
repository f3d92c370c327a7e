"""Many configurations in one run: each for itself, the same bytes whoever does it, and nothing done twice."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from small import SMALL
from working import die_at

import agreementkit as ak
from agreementkit.bank.bank import core_folder
from agreementkit.batch import BatchReport, State, hands, records, tasks, worker
from agreementkit.batch.outcome import MOST_FAULTS
from agreementkit.lock import Lock
from agreementkit.publish import write_starter

NAMES = ("anytown", "elsewhere", "thirdly")
TEXT = """# {name}
employers:
  - {{name: {name} Council, short: the Council, kind: council}}
unions: [unison]
agreements: [partnership]
"""
PACK = """id: local
title: Local wording
version: "{version}"
"""


@pytest.fixture(scope="module", autouse=True)
def _small_bank() -> Iterator[None]:
    """Lay the small bank in the place of the core, in this process and in those that it forks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agreementkit.bank.bank.core_folder", lambda: SMALL)
        yield


@pytest.fixture(scope="module")
def folder(_small_bank: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of configurations and, in `out`, what was made of them. Copy it before changing anything."""
    folder = tmp_path_factory.mktemp("batch")
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(TEXT.format(name=name.capitalize()), encoding="utf-8")
    (folder / "bad.yaml").write_text("employers: []\nunison: [rcn]\n", encoding="utf-8")
    report = built(folder)
    assert report.ok
    assert len(report.built) == 3
    return folder


@pytest.fixture
def again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that folder, which is also the one that the program runs in."""
    shutil.copytree(folder, tmp_path / "batch")
    monkeypatch.chdir(tmp_path / "batch")
    return Path()


def built(folder: Path, names: tuple[str, ...] = NAMES, **options: Any) -> BatchReport:
    """Build configurations of a folder as Markdown into its folder `out`."""
    options = {"formats": ("md",), "out": folder / "out", **options}
    return ak.build_many([folder / f"{name}.yaml" for name in names], **options)


def states(report: BatchReport) -> dict[str, str]:
    return {one.name: one.state.value for one in report}


# ---------------------------------------------------------------------------------------------- who does the work


@pytest.fixture(params=["threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    threads = request.param == "threads"
    with ThreadPoolExecutor(3) if threads else ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        yield pool


def test_processes_of_our_own_give_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreementkit.bank.bank.core_folder", core_folder)  # they start from nothing
    files = [tmp_path / f"{name}.yaml" for name in NAMES[:2]]
    for name, file in zip(NAMES, files, strict=False):
        file.write_text(TEXT.format(name=name).replace("[partnership]", "[framework]"), encoding="utf-8")
    here, there = (ak.build_many(files, tmp_path / str(count), ("md",), executor=count) for count in (None, 2))
    assert here.hashes == there.hashes
    assert len(here.hashes) == 2
    assert not there.remarks


def test_the_bytes_are_the_same_whoever_does_the_work(folder: Path, tmp_path: Path, executor: Executor) -> None:
    report = built(folder, NAMES[::-1], executor=executor, out=tmp_path)
    assert [one.name for one in report] == list(NAMES[::-1]), "the report is in the order given"
    assert {one.state for one in report} == {State.BUILT}
    assert report.hashes == built(folder).hashes
    for name, digest in report.hashes.items():
        assert records.BatchFile.of(tmp_path / name, "", "").sha256 == digest
    assert not report.remarks


def test_configurations_that_come_from_no_file_give_the_same(folder: Path, tmp_path: Path) -> None:
    configs = {name: ak.Config.load(folder / f"{name}.yaml") for name in NAMES}
    assert ak.build_many(configs, tmp_path, ("md",)).hashes == built(folder).hashes
    loose = ak.Config.from_yaml(TEXT.format(name="Über &  Sons"))
    (one,) = ak.build_many([loose], tmp_path, ("md",))
    assert one.name == "über-sons-council"
    assert one.configuration == "agreement.yaml", "as messages call it"
    (one,) = ak.build_many(ak.Config.model_validate(loose.as_input()), tmp_path / "o", ("md",))
    assert (one.configuration, one.state) == ("", State.BUILT)
    assert BatchReport(tmp_path, (one,)).summary == "1 configuration: 1 built"


def test_a_worker_that_is_killed_loses_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fork = get_context("fork")
    monkeypatch.setattr(hands.multiprocessing, "get_context", lambda _: fork)  # so that ours know the small bank
    with ProcessPoolExecutor(2, mp_context=fork, initializer=die_at, initargs=("elsewhere",)) as pool:
        report = built(folder, executor=pool, out=tmp_path)
    assert report.ok
    assert report.hashes == built(folder).hashes
    assert report["elsewhere"].attempts == 2
    assert [one.code for one in report.remarks] == ["AK787"]
    assert "broke" in report._repr_html_()


# ---------------------------------------------------------------------------------------------- what is not done twice


def test_a_second_run_does_nothing(again: Path) -> None:
    before = (again / "out/anytown/partnership-agreement.md").stat().st_mtime_ns
    report = built(again)
    assert {one.state for one in report} == {State.KEPT}
    assert (again / "out/anytown/partnership-agreement.md").stat().st_mtime_ns == before
    assert report.ok
    assert "3 kept" in report.summary
    assert {one.state for one in built(again, resume=False)} == {State.BUILT}


@pytest.mark.parametrize(
    "what",
    ["file gone", "file changed", "configuration", "a comment of it", "version", "record gone", "record torn"],
)
def test_only_what_is_not_right_any_more_is_done(again: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made, config = again / "out/anytown/partnership-agreement.md", again / "anytown.yaml"
    record = again / "out" / records.FOLDER / "anytown.json"
    whole = made.read_bytes()
    if what == "file gone":
        made.unlink()
    elif what == "file changed":
        made.write_bytes(whole.replace(b"a", b"e", 1))
    elif what == "configuration":
        config.write_text(config.read_text(encoding="utf-8") + "headcount: 12\n", encoding="utf-8")
    elif what == "a comment of it":
        config.write_text("# moved down\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    elif what == "version":
        monkeypatch.setattr(worker, "__version__", "9.9")
        monkeypatch.setattr(tasks, "__version__", "9.9")
    elif what == "record gone":
        record.unlink()
    else:
        record.write_bytes(record.read_bytes()[:-20])
    report = built(again)
    other = "built" if what == "version" else "kept"
    assert states(report) == {"anytown": "built", "elsewhere": other, "thirdly": other}
    if what != "configuration":
        assert made.read_bytes() == whole
    assert ("AK784" in {one.code for one in report["anytown"].findings}) == (what == "record torn")
    assert {one.state for one in built(again)} == {State.KEPT}


@pytest.mark.parametrize(
    "change",
    [
        {"key": "0" * 64},
        {"format": 2},
        {"more": 1},
        {"files": [{"name": "pipe", "agreement": "", "format": "md", "size": 0, "sha256": "0" * 64}]},
        {"files": [{"name": "../anytown.yaml", "agreement": "", "format": "md", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"name": "a.md", "agreement": "", "format": "md", "size": -1, "sha256": "0" * 64}]},
        {"findings": [{"code": "<b>"}]},
        {"findings": None},
    ],
)
def test_a_record_that_says_something_else_is_not_believed(again: Path, change: dict[str, Any]) -> None:
    record = again / "out" / records.FOLDER / "anytown.json"
    data = {**json.loads(record.read_text(encoding="utf-8")), **change}
    record.write_text(json.dumps(data), encoding="utf-8")
    os.mkfifo(again / "out/anytown/pipe")
    report = built(again)
    assert states(report)["anytown"] == "built"
    assert built(again)["anytown"].state is State.KEPT


def test_a_worker_of_another_version_is_refused(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "__version__", "9.9")
    report = built(again)
    assert {one.faults[0].code for one in report} == {"AK788"}
    assert "9.9" in report["anytown"].faults[0].message


def test_other_options_are_another_thing(again: Path) -> None:
    assert {one.state for one in built(again, notes="inline")} == {State.BUILT}
    assert {one.state for one in built(again, notes="inline")} == {State.KEPT}
    assert {one.state for one in built(again, notes="inline", key_terms=True)} == {State.BUILT}


def test_a_pack_and_a_house_template_that_change_are_seen(again: Path) -> None:
    (again / "pack").mkdir()
    (again / "pack/pack.yaml").write_text(PACK.format(version="1.0"), encoding="utf-8")
    config = again / "anytown.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "packs: [pack]\n", encoding="utf-8")
    first = built(again, ("anytown",))
    assert states(first) == {"anytown": "built"}, first["anytown"].faults
    assert states(built(again, ("anytown",))) == {"anytown": "kept"}
    (again / "pack/pack.yaml").write_text(PACK.format(version="1.1"), encoding="utf-8")
    assert states(built(again, ("anytown",))) == {"anytown": "built"}
    write_starter(again / "house.docx", "nhs")
    housed = {"names": ("anytown",), "template": "house.docx"}
    assert [states(built(again, **housed))["anytown"] for _ in range(2)] == ["built", "kept"]
    with zipfile.ZipFile(again / "house.docx", "a") as package:
        package.comment = b"changed"
    assert states(built(again, **housed)) == {"anytown": "built"}


def test_a_file_that_is_not_made_any_more_is_named(again: Path) -> None:
    config = again / "anytown.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("[partnership]", "[recognition]"), encoding="utf-8")
    (found,) = [one for one in built(again, ("anytown",))["anytown"].findings if one.code == "AK786"]
    assert found.place is not None
    assert Path(found.place.file).name == "partnership-agreement.md"
    assert Path(found.place.file).is_file()


def test_a_run_that_is_stopped_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    def stop(_: str, done: int, of: int) -> None:
        assert of == 3
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(folder, out=tmp_path, progress=stop)
    report = built(folder, out=tmp_path)
    assert states(report) == {"anytown": "kept", "elsewhere": "kept", "thirdly": "built"}


# ---------------------------------------------------------------------------------------------- what goes wrong


def test_one_that_fails_does_not_concern_the_others(again: Path) -> None:
    shutil.rmtree(again / "out")
    report = built(again, ("anytown", "bad", "nowhere", "thirdly"))
    assert states(report) == {"anytown": "built", "bad": "failed", "nowhere": "failed", "thirdly": "built"}
    assert not report.ok
    bad = report["bad"]
    assert len(bad.faults) > 1, "all faults at once"
    assert str(bad.faults[0].place) == "bad.yaml:1:1"
    assert [one.code for one in report["nowhere"].faults] == ["AK100"]
    assert list(bad.findings) == list(bad.faults)
    assert sorted(path.name for path in (again / "out").iterdir()) == [records.FOLDER, "anytown", "thirdly"]
    assert "2 failed: bad, nowhere" in report.summary


def test_faults_of_a_configuration_that_was_loaded_have_their_places(again: Path) -> None:
    text = TEXT.format(name="Anytown") + "house_style: {template: nowhere}\n"
    (again / "styled.yaml").write_text(text, encoding="utf-8")
    (one,) = ak.build_many([ak.Config.load(again / "styled.yaml")], again / "out", ("docx",))
    assert [(fault.code, str(fault.place)) for fault in one.faults] == [("AK725", "styled.yaml:6:25")]
    assert one.configuration == "styled.yaml"


def test_a_final_copy_with_blanks_is_refused_and_leaves_what_is_there(again: Path) -> None:
    report = built(again, ("anytown",), final=True)
    assert "AK720" in {one.code for one in report["anytown"].faults}
    assert states(built(again, ("anytown",))) == {"anytown": "kept"}


def test_a_lock_is_heeded(again: Path) -> None:
    assert {one.faults[0].code for one in built(again, locked=True)} == {"AK275"}
    config = ak.Config.load(again / "anytown.yaml")
    Lock.of(config).write(Lock.path_of(config))
    assert states(built(again, ("anytown",), locked=True)) == {"anytown": "built"}
    assert [one.state for one in ak.build_many([config], again / "o", ("md",), locked=True)] == [State.BUILT]
    config = ak.Config.load(again / "elsewhere.yaml")
    assert ak.build_many([config], again / "o", ("md",), locked=True)["elsewhere"].faults[0].code == "AK275"
    (again / "anytown.yaml").write_text(TEXT.format(name="Other"), encoding="utf-8")
    assert built(again, ("anytown",), locked=True)["anytown"].faults[0].code == "AK276"


def test_a_crash_is_reported_and_bounded(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RecursionError("too deep " * 1000)

    monkeypatch.setattr(worker, "assemble", crash)
    (fault,) = built(again, ("anytown",), resume=False)["anytown"].faults
    assert fault.code == "AK783"
    assert len(fault.message) < 700


def test_a_thousand_faults_are_cut_and_counted(again: Path) -> None:
    lines = "".join(f"wrong{number}: 1\n" for number in range(1000))
    (again / "bad.yaml").write_text(lines, encoding="utf-8")
    faults = built(again, ("bad",))["bad"].faults
    assert len(faults) == MOST_FAULTS + 1
    assert (faults[-1].code, faults[-1].hints != ()) == ("AK789", True)


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ([], "AK781", "no configuration"),
        (["a/one.yaml", "b/ONE.yml"], "AK780", "a/one.yaml and b/ONE.yml"),
        ([ak.Config.from_yaml(TEXT.format(name="Same")) for _ in range(2)], "AK780", "2 configurations of that name"),
        (["a/one.yaml", "a/one.yaml"], "AK780", "named 2 times"),
        (["a/con.yaml"], "AK781", "'con'"),
        ({"../up": "a.yaml"}, "AK781", "'../up'"),
        ({"": "a.yaml"}, "AK781", "''"),
        ({".agreementkit-batch": "a.yaml"}, "AK781", "'.agreementkit-batch'"),
        (["odd\udcff.yaml"], "AK781", "odd"),
        ({"x" * 200: "a.yaml"}, "AK781", "xxx"),
    ],
)
def test_names_that_cannot_be_are_refused_before_anything_is_written(
    tmp_path: Path, given: Any, code: str, said: str
) -> None:
    with pytest.raises(ak.OutputError) as caught:
        ak.build_many(given, tmp_path / "out")
    (fault,) = caught.value.diagnostics
    assert (fault.code, said in fault.message) == (code, True)
    assert fault.hints
    assert not (tmp_path / "out").exists()


def test_what_is_no_executor_is_a_mistake_of_the_caller(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="get_executor"):
        built(folder, executor="client", out=tmp_path / "out")


def test_names_that_are_no_utf8_do_no_harm(again: Path) -> None:
    odd = Path(os.fsdecode(b"odd\xff.yaml"))
    shutil.copy(again / "anytown.yaml", odd)
    report = ak.build_many({"odd": odd}, again / "out", ("md",))
    assert report.ok
    assert "\\udcff" in report.write(again / "report.json").read_text(encoding="utf-8")


def test_what_is_wrong_for_all_is_said_once(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ak.OutputError, match="AK721"):
        built(folder, formats=("docs",), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------------------------------------- the report


def test_the_report_says_all(again: Path) -> None:
    report = built(again, (*NAMES, "bad"))
    path = report.write(again / "report.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data == json.loads(json.dumps(report.as_dict()))
    assert (data["kept"], data["failed"], data["ok"]) == (3, 1, False)
    one = data["configurations"][0]
    assert one["files"][0]["sha256"] in report.hashes.values()
    assert {"AK501"} <= {finding["code"] for finding in one["findings"]}
    assert len(one["findings"]) == len(report["anytown"].findings) == report["anytown"].infos + one_of(report)
    assert data["configurations"][3]["faults"]
    assert [row["state"] for row in report.table()] == ["kept", "kept", "kept", "failed"]
    assert list(report.table().frame()["name"]) == [*NAMES, "bad"]
    assert len(report.files()) == 3
    assert "bad" in report._repr_html_()
    assert repr(report).startswith("<BatchReport: 4 configurations: 3 kept")
    with pytest.raises(KeyError, match="did you mean 'anytown'"):
        report["anyton"]


def one_of(report: BatchReport) -> int:
    return report["anytown"].warnings + report["anytown"].errors


def test_findings_of_a_run_that_was_overtaken_are_not_made_up(again: Path) -> None:
    report = built(again)
    built(again, notes="inline")
    with pytest.raises(ak.SourceError, match="AK784"):
        _ = report["anytown"].findings
