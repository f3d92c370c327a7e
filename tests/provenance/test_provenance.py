"""What a file was made from can be read back from it, also after LibreOffice, and hostile files are refused."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small import SMALL

import agreementkit as ak
from agreementkit.cli.app import run
from agreementkit.provenance.reading import MAX_PART, MAX_PARTS
from agreementkit.testing.packs import clause_text
from agreementkit.tree.nodes import Document, PackStamp
from agreementkit.writers.stamp import stamp

CONFIG = """employers: [{name: Anytown Integrated Care Board, short: the ICB, kind: icb}]
unions: [unison, rcn]
agreements: [recognition]
packs: [anytown]
"""
PROPERTIES = "docProps/custom.xml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a configuration, a pack, and the agreement in every format."""
    core = tmp_path / "clauses" / "core"
    shutil.copytree(SMALL, core)
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda _: core.parent)
    (tmp_path / "agreement.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "anytown").mkdir()
    (tmp_path / "anytown" / "pack.yaml").write_text('id: anytown\ntitle: Anytown\nversion: "1.0"\n', encoding="utf-8")
    (tmp_path / "anytown" / "new.md").write_text(clause_text("new", "1.  Words."), encoding="utf-8")
    ak.assemble(load(tmp_path)).write(tmp_path / "out", ["docx", "json", "html", "md"], pages="off")
    return tmp_path


def load(folder: Path) -> ak.Config:
    return ak.Config.load(folder / "agreement.yaml")


def word(folder: Path) -> Path:
    return folder / "out" / "recognition-agreement.docx"


def data(folder: Path) -> Path:
    return folder / "out" / "recognition-agreement.json"


@pytest.mark.parametrize("file", [word, data])
def test_a_file_says_what_it_was_made_from(folder: Path, file: Callable[[Path], Path]) -> None:
    made = ak.Provenance.read(file(folder))
    config = load(folder)
    assert (made.precedent, made.agreementkit) == ("recognition", ak.__version__)
    assert made.configuration == config.digest
    assert [(one.id, one.version) for one in made.packs] == [("small", "0.1.0"), ("anytown", "1.0")]
    assert made == replace(ak.Provenance.here(config), precedent="recognition")
    assert all(one.same for one in made.compare(ak.Provenance.here(config)))


def test_html_says_the_same_and_markdown_says_nothing(folder: Path) -> None:
    made = ak.Provenance.read(word(folder))
    html = word(folder).with_suffix(".html").read_text(encoding="utf-8")
    assert f'<meta name="agreementkit.configuration" content="{made.configuration}">' in html
    assert f'<meta name="agreementkit.pack.2" content="anytown 1.0 {made.packs[1].digest}">' in html
    assert made.configuration not in word(folder).with_suffix(".md").read_text(encoding="utf-8")


def test_the_configuration_itself_does_not_travel(folder: Path) -> None:
    with zipfile.ZipFile(word(folder)) as archive:
        said = archive.read(PROPERTIES).decode()
    assert "Anytown Integrated" not in said
    assert "unison" not in said


def test_what_differs_is_named(folder: Path) -> None:
    made = ak.Provenance.read(word(folder))
    (folder / "anytown" / "pack.yaml").write_text('id: anytown\ntitle: Anytown\nversion: "1.1"\n', encoding="utf-8")
    (folder / "agreement.yaml").write_text(CONFIG + "house_style: {template: nhs}\n", encoding="utf-8")
    differing = {one.what: str(one) for one in made.compare(ak.Provenance.here(load(folder))) if not one.same}
    assert set(differing) == {"configuration", "house template", "pack anytown"}
    assert "the file has 1.0 " in differing["pack anytown"]
    assert "here has 1.1 " in differing["pack anytown"]


def test_packs_more_and_less_and_their_order_are_named() -> None:
    one, two = PackStamp("one", "1.0", "1" * 64), PackStamp("two", "1.0", "2" * 64)
    first = ak.Provenance("p", "0.1.0", "0" * 32, (one, two))
    assert [str(c) for c in first.compare(replace(first, packs=(one,))) if not c.same] == [
        f"pack two: the file has 1.0 {'2' * 12}, here has none"
    ]
    assert [c.what for c in first.compare(replace(first, packs=(two, one))) if not c.same] == ["order of packs"]


def test_a_property_is_short_enough_for_word() -> None:
    long = Document("p" * 60, "T", "S", "t")
    packs = tuple(PackStamp("x" * 60, "1000.1000.1000", "0" * 64) for _ in range(21))
    bank = " + ".join(f"{one.id} {one.version}" for one in packs)
    meta = replace(long.meta, bank=bank, packs=packs, made_by="0.1.0", digest="0" * 32, house="0" * 64)
    facts = stamp(replace(long, meta=meta))
    assert len(facts) == 28
    assert all(len(fact) <= 255 for fact in facts.values())


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_a_file_saved_by_libreoffice_says_it_still(folder: Path) -> None:
    made = ak.Provenance.read(word(folder))
    saved = word(folder)
    for number in (1, 2):  # what the first save keeps, the second may lose
        target = folder / f"saved-{number}"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(target), str(saved)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        saved = target / saved.name
        assert ak.Provenance.read(saved) == made


# ---------------------------------------------------------------------------------------------- hostile files


def changed(path: Path, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return a Word file with one part changed, or left out for None."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            content = change(old.read(one)) if one == name else old.read(one)
            if content is not None:
                new.writestr(one, content)
    return out.getvalue()


def with_property(name: str, value: str) -> Callable[[Path], bytes]:
    def make(path: Path) -> bytes:
        def change(content: bytes) -> bytes:
            start = content.index(f'name="{name}"><vt:lpwstr>'.encode()) + len(f'name="{name}"><vt:lpwstr>')
            return content[:start] + value.encode() + content[content.index(b"</vt:lpwstr>", start) :]

        return changed(path, PROPERTIES, change)

    return make


def with_entity(path: Path) -> bytes:
    """Return a Word file whose property is an entity that names a file of this machine."""
    secret = path.parent / "secret.txt"
    secret.write_text("0" * 32, encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(content: bytes) -> bytes:
        head, _, rest = content.partition(b"?>")
        return head + b"?>" + doctype + rest.replace(b"<vt:lpwstr>recognition", b"<vt:lpwstr>&secret;")

    return changed(path, PROPERTIES, change)


def bomb(path: Path) -> bytes:
    return changed(path, PROPERTIES, lambda content: content + b" " * 300_000_000)


def billion_laughs(path: Path) -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'.encode()
    return changed(path, PROPERTIES, lambda content: content.replace(b"?>", b"?>" + doctype, 1))


def many_parts(path: Path) -> bytes:
    out = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(MAX_PARTS + 1):
            archive.writestr(f"x/{number}", b"")
    return out.getvalue()


def encrypted(path: Path) -> bytes:
    """Return a Word file whose entries are marked as encrypted."""
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def link_to(target: str) -> Callable[[Path], bytes]:
    return lambda path: changed(
        path, "_rels/.rels", lambda content: content.replace(PROPERTIES.encode(), target.encode())
    )


def of_json(change: Callable[[str], str]) -> Callable[[Path], bytes]:
    return lambda path: change(path.with_suffix(".json").read_text(encoding="utf-8")).encode()


def in_meta(key: str, value: object) -> Callable[[Path], bytes]:
    def make(path: Path) -> bytes:
        document = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        document["meta"][key] = value
        return json.dumps(document).encode()

    return make


ESCAPE = "0.1.0\x1b]0;pwned\x07"
ATTACKS: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "empty": (lambda _: b"", "neither a Word file nor JSON"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n", "neither a Word file nor JSON"),
    "locked": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "locked with a password"),
    "cut off": (lambda path: path.read_bytes()[:-100], "damaged"),
    "zip of nothing": (lambda _: b"PK\x05\x06" + b"\0" * 18, "no Word file"),
    "encrypted": (encrypted, "damaged"),
    "no relationships": (lambda path: changed(path, "_rels/.rels", lambda _: None), "no Word file"),
    "no properties": (lambda path: changed(path, PROPERTIES, lambda _: None), "does not say that agreementkit made it"),
    "properties elsewhere": (link_to("../../etc/passwd"), "does not say that agreementkit made it"),
    "properties that are the document": (link_to("word/document.xml"), "does not say that agreementkit made it"),
    "broken xml": (lambda path: changed(path, PROPERTIES, lambda content: content[:-20]), "not sound XML"),
    "an entity": (with_entity, "document type is not allowed"),
    "entities in entities": (billion_laughs, "not sound XML"),
    "a bomb": (bomb, f"larger than {MAX_PART // 1_000_000} MB"),
    "many parts": (many_parts, "parts"),
    "a newer form": (with_property("agreementkit.provenance", "2"), "newer form"),
    "no hash": (with_property("agreementkit.configuration", "see overleaf"), "agreementkit.configuration is not"),
    "a short pack": (with_property("agreementkit.pack.2", "anytown 1.0"), "agreementkit.pack.2 is not"),
    "a pack too many": (
        lambda path: changed(path, PROPERTIES, lambda c: c.replace(b"kit.pack.2", b"kit.pack.9")),
        "not numbered",
    ),
    "not json": (lambda _: b'{"format": ', "not sound JSON"),
    "deep json": (lambda _: b'{"a": ' + b"[" * 200_000, "not sound JSON"),
    "long number": (lambda _: b'{"a": ' + b"9" * 10_000 + b"}", "not sound JSON"),
    "latin json": (lambda _: b'{"a": "\xe9"}', "not sound JSON"),
    "other json": (lambda _: b'{"a": 1}', "not an agreement in the format"),
    "format of another kind": (lambda _: b'{"format": {"a": 1}}', "not an agreement in the format"),
    "meta of another kind": (of_json(lambda text: text.replace('"meta": {', '"meta": [], "more": {')), "does not say"),
    "version with a terminal sequence": (in_meta("made_by", ESCAPE), "agreementkit.version is not"),
    "version of another kind": (in_meta("made_by", {"a": 1}), "agreementkit.version is not"),
    "house of another kind": (in_meta("house", "../x"), "agreementkit.house is not"),
    "packs of another kind": (in_meta("packs", "core"), "not numbered"),
    "packs in packs": (in_meta("packs", [[["core"]]]), "agreementkit.pack.1 is not"),
    "a thousand packs": (in_meta("packs", [{"id": "a", "version": "1", "digest": "0" * 64}] * 1000), "not numbered"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_or_foreign_file_is_refused_with_a_next_step(folder: Path, attack: str) -> None:
    make, says = ATTACKS[attack]
    path = folder / "hostile.docx"
    path.write_bytes(make(word(folder)))
    with pytest.raises(ak.ProvenanceError) as caught:
        ak.Provenance.read(path)
    assert any(says in one.message for one in caught.value.diagnostics), caught.value
    for one in caught.value.diagnostics:
        assert one.code == "AK278"
        assert one.hints
        assert one.message.isprintable(), "what a stranger wrote does not reach the terminal as it is"
        assert one.place
        assert one.place.file == str(path)


def test_all_faults_of_the_properties_come_at_once(folder: Path) -> None:
    path = folder / "hostile.docx"
    path.write_bytes(with_property("agreementkit.configuration", "x")(word(folder)))
    path.write_bytes(with_property("agreementkit.house", "x")(path))
    path.write_bytes(with_property("agreementkit.pack.1", "x")(path))
    with pytest.raises(ak.ProvenanceError) as caught:
        ak.Provenance.read(path)
    assert len(caught.value.diagnostics) == 3


def test_a_file_that_is_not_there_or_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ak.ProvenanceError, match="cannot be read"):
        ak.Provenance.read(folder / "none.docx")
    with pytest.raises(ak.ProvenanceError, match="cannot be read"):
        ak.Provenance.read(folder)
    monkeypatch.setattr("agreementkit.provenance.reading.MAX_BYTES", 1000)
    with pytest.raises(ak.ProvenanceError, match="is larger than"):
        ak.Provenance.read(word(folder))


# ------------------------------------------------------------------------------------------------ the command


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(folder / "agreement.yaml")
    assert run(["show", "--from", str(word(folder))]) == 0
    assert "pack            anytown 1.0  " in capsys.readouterr().out
    assert run(["show", "--from", str(data(folder)), "-c", config]) == 0
    assert "pack anytown: the same" in capsys.readouterr().out
    (folder / "anytown" / "new.md").write_text(clause_text("new", "1.  Other."), encoding="utf-8")
    assert run(["show", "--from", str(word(folder)), "-c", config, "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["precedent"] == "recognition"
    assert shown["same"] is False
    assert [one["what"] for one in shown["compared"] if one["file"] != one["here"]] == ["pack anytown"]
    assert run(["show", "--from", str(folder / "agreement.yaml")]) == 1
    assert "AK278" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["x", "--from", "y"], ["--from", "y", "--agreement", "z"], ["x", "--json"]])
def test_a_clause_or_a_file(arguments: list[str]) -> None:
    assert run(["show", *arguments]) == 2
