"""Makes hostile packs, for the table in `attacks.py`."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from small import clause_text, write_bank

MANIFEST = 'id: evil\ntitle: Evil\nversion: "1.0"\n'
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 40
Packs = list[str | Path]


def pack(**files: str | bytes) -> Callable[[Path], Packs]:
    """Return what makes a pack; `__` in a name is a slash, and a last `_` and what follows is the ending."""
    return lambda folder: [folder_pack(folder, {_name(key): text for key, text in files.items()})]


def _name(key: str) -> str:
    stem, _, ending = key.replace("__", "/").rpartition("_")
    return f"{stem}.{ending}"


def folder_pack(folder: Path, files: dict[str, str | bytes], name: str = "evil") -> Path:
    """Write a pack as a folder."""
    made = folder / name
    for path, content in {"pack.yaml": MANIFEST, **files}.items():
        target = made / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return made


def in_folder(change: Callable[[Path], object]) -> Callable[[Path], Packs]:
    """Return what makes a sound pack and then changes its folder."""

    def make(folder: Path) -> Packs:
        made = folder_pack(folder, {})
        change(made)
        return [made]

    return make


def zipped(
    change: Callable[[zipfile.ZipFile], object], after: Callable[[bytes], bytes] = bytes, root: str = ""
) -> Callable[[Path], Packs]:
    """Return what makes a pack as a zip file, adds entries, and then changes its bytes."""

    def make(folder: Path) -> Packs:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{root}pack.yaml", MANIFEST)
            change(archive)
        (folder / "evil.zip").write_bytes(after(data.getvalue()))
        return [folder / "evil.zip"]

    return make


def entry(name: str, text: str | bytes = "Words.", **attributes: int) -> Callable[[zipfile.ZipFile], object]:
    """Return what adds one entry with a name taken as it is."""

    def add(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("x")
        info.filename = name
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in attributes.items():
            setattr(info, key, value)
        archive.writestr(info, text)

    return add


def body(text: str, front: str = "") -> Callable[[Path], Path]:
    """Return what makes a bank whose one clause has this body."""
    return lambda folder: write_bank(folder / "evil", {"x": clause_text("x", text, front=front)})


def front(text: str) -> Callable[[Path], Packs]:
    """Return what makes a pack with a clause file that has this front matter besides its id."""
    return pack(x_md=f"---\nid: x\n{text}\n---\n\nWords.\n")


def deep(made: Path) -> None:
    (made / Path(*["d"] * 25)).mkdir(parents=True)


def many(made: Path) -> None:
    for number in range(5_001):
        (made / f"{number}.txt").touch()


def in_sum(made: Path) -> None:
    for number in range(4):
        (made / f"{number}.yaml").write_bytes(b"#" * 1_400_000)


def same_case(made: Path) -> None:
    (made / "Notice.md").write_text(clause_text("a", "Words."))
    (made / "notice.md").write_text(clause_text("b", "Words."))


def linked_manifest(made: Path) -> None:
    (made / "pack.yaml").rename(made.parent / "elsewhere.yaml")
    (made / "pack.yaml").symlink_to(made.parent / "elsewhere.yaml")


def lying(data: bytes) -> bytes:
    """Say in both headers of the last entry that it unpacks to ten bytes."""
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rfind(signature) + offset
        data = data[:at] + struct.pack("<I", 10) + data[at + 4 :]
    return data


def doubled(archive: zipfile.ZipFile) -> None:
    for name in ("one.md", "two.md"):
        archive.writestr(name, "Words.")


def twice(folder: Path) -> Packs:
    made = folder_pack(folder, {})
    return [made, folder / "." / "evil"]


def through_a_link(folder: Path) -> Packs:
    made = folder_pack(folder, {})
    (folder / "other").symlink_to(made, target_is_directory=True)
    return [made, folder / "other"]


def as_folder_and_zip(folder: Path) -> Packs:
    return [folder_pack(folder, {}), *zipped(lambda _: None)(folder)]


def laughs() -> str:
    lines = ["a0: &a0 ha"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines)


def circle(folder: Path) -> Path:
    ring = {
        "x": clause_text("x", "Words.", front="requires: [y]\n"),
        "y": clause_text("y", "Words.", front="requires: [x]\n"),
    }
    return write_bank(folder / "evil", ring)


def shouting(folder: Path) -> Packs:
    return [folder_pack(folder, {"x.md": clause_text("x", "Words.").replace("id: x", "id: X")})]
