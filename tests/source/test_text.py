"""Text files from strangers: what is refused, and where the complaint points."""

from pathlib import Path

import pytest

from agreementkit.errors import SourceError
from agreementkit.source import MAX_BYTES, SourceText, read_text


def refused(call, *arguments):
    with pytest.raises(SourceError) as caught:
        call(*arguments)
    return caught.value.diagnostics


def test_text_is_read_with_newlines_as_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: é\r\nb: 2\r\n".encode())
    source = read_text(path, "shown.yaml")
    assert source == SourceText("shown.yaml", "a: é\nb: 2\n", ("a: é", "b: 2", ""))
    assert str(source.place(2, 4)) == "shown.yaml:2:4"
    assert source.place(2, 4).source == "b: 2"


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    (missing,) = refused(read_text, tmp_path / "none.yaml")
    assert missing.code == "AK100"
    assert "none.yaml" in str(missing.place)
    (folder,) = refused(read_text, tmp_path)
    assert folder.hints == ("give a file, not a folder",)


def test_path_with_a_null_character_is_a_diagnostic_too() -> None:
    (found,) = refused(read_text, "a\0b")
    assert found.code == "AK100"


def test_size_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    read_text(path)
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert refused(read_text, path)[0].code == "AK101"


def test_other_encodings_are_refused_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: 1\nname: caf\xe9\n")
    (found,) = refused(read_text, path)
    assert found.code == "AK102"
    assert "byte 15 (0xe9), in line 2" in found.message
    assert found.place is not None
    assert found.place.line == 2


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\ud800", "\r"])
def test_unprintable_characters_are_refused(character: str) -> None:
    (found,) = refused(SourceText.of, f"a: 1\nb: x{character}y", "f.yaml")
    assert found.code == "AK103"
    assert str(found.place) == "f.yaml:2:5"
    assert f"U+{ord(character):04X}" in found.message
    assert character not in found.render()


def test_every_unprintable_character_is_reported() -> None:
    assert len(refused(SourceText.of, "\0\n\0\n\0")) == 3


def test_odd_but_printable_text_passes() -> None:
    text = "tab\t emoji 🤝 right-to-left שלום non-breaking\u00a0space"
    assert SourceText.of(text).text == text
