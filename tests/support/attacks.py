"""The table of attacks: what a hostile pack can hold, and what it has to get. See `test_attacks.py`."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hostile as made
from hostile import ELF, Packs, body, entry, front, in_folder, pack, zipped
from small import SMALL


@dataclass(frozen=True)
class Attack:
    """One row of the table.

    Attributes:
        group: Heading under which the page lists it.
        name: What is tried, in words.
        code: Code of the first fault.
        says: Words of its message.
        make: Makes it below a folder; returns the packs to lay over the small bank, or the core when it is one.
        sized: Whether it is an attack by size, so that memory is measured.
    """

    group: str
    name: str
    code: str
    says: str
    make: Callable[[Path], Packs | Path]
    sized: bool = False


EACH = (
    '1.  {{ a.name }}: {each="a in unions"}\n\n    1.  {{ b.name }}: {each="b in unions"}\n\n'
    '        1.  {{ c.name }} {each="c in unions"}\n'
)


def expressions() -> Iterator[Attack]:
    for name, text, code, says in (
        ("An attribute of Python", "title.__class__", "AK302", "no configuration path"),
        ("An attribute by a filter", "title | attr('__class__')", "AK303", "no filter"),
        ("An attribute by `map`", "unions | map(attribute='__class__') | and_list", "AK302", "have no '__class__'"),
        ("An index", "title['__class__']", "AK303", "an index is not allowed"),
        ("A call", "title.upper()", "AK303", "a call is not allowed"),
        ("An import", "import os", "AK301", "cannot be read"),
        ("Names of the engine", "self.__init__.__globals__", "AK302", "no configuration path"),
        ("A long loop", "range(10**9) | length", "AK303", "is not allowed"),
        ("A long text", "'a' * 10**9", "AK303", "is not allowed"),
        ("A long list", "[0] * 10**9", "AK303", "is not allowed"),
        ("A large power", "9**9**9**9", "AK303", "is not allowed"),
        ("A large product", "999999999 * 999999999", "AK303", "is not allowed"),
        ("Brackets in brackets", "(" * 200 + "title" + ")" * 200, "AK301", "nested too deeply"),
        ("A long argument of a filter", f"unions | plural('{'x' * 100_000}', 'y')", "AK211", "characters"),
        ("An argument just below that", f"unions | plural('{'x' * 15_000}', 'y')", "AK301", "longer than 500"),
        ("A number of 400 digits in a filter", f"{'9' * 400} | ordinal | date", "AK305", "fails"),
        ("A statement", "x }}{% for x in unions %}{{ x", "AK211", "brace"),
    ):
        yield Attack("Expressions", name, code, says, body(f"1.  {{{{ {text} }}}} here."))
    call = "title.upper() == ''"
    for where, attack in (
        ("in `when` of words", body(f'1.  [Here]{{when="{call}"}} it is.')),
        ("in `each`", body('1.  Here. {each="x in title.upper()"}')),
        ("in the front matter", body("1.  Here.", front=f'when: "{call}"\n')),
    ):
        code = "AK214" if "each" in where else "AK303"
        yield Attack("Expressions", f"A call {where}", code, "each" if "each" in where else "a call", attack)


# What is large is made when the attack is, so that the table itself stays small.
def rows(group: str, *table: tuple[object, ...]) -> tuple[Attack, ...]:
    """Return the attacks of a group."""
    return tuple(Attack(group, *row) for row in table)  # type: ignore[arg-type]


ATTACKS = (
    *rows(
        "Files",
        ("A Python file", "AK204", "programs", pack(tool_py="print(1)")),
        ("A Python file in a folder", "AK204", "programs", pack(body__setup_PY="print(1)")),
        ("A native library", "AK204", "programs", pack(fast_so=ELF)),
        ("A program called a picture", "AK204", "programs", pack(logo_png=ELF)),
        (
            "A script without an ending",
            "AK204",
            "programs",
            in_folder(lambda p: (p / "run").write_text("#!/bin/sh")),
        ),
        ("A Word file with macros", "AK204", "programs", pack(house_docm=b"PK")),
        (
            "A link to a file",
            "AK204",
            "symbolic links",
            in_folder(lambda p: (p / "x.md").symlink_to("/etc/passwd")),
        ),
        ("A link to a folder", "AK204", "symbolic links", in_folder(lambda p: (p / "x").symlink_to("/etc"))),
        ("A link in a circle", "AK204", "symbolic links", in_folder(lambda p: (p / "x").symlink_to(p))),
        ("`pack.yaml` as a link", "AK204", "symbolic links", in_folder(made.linked_manifest)),
        ("A pipe", "AK204", "neither a file nor a folder", in_folder(lambda p: os.mkfifo(p / "x.md"))),
        (
            "Control characters in a file name",
            "AK204",
            "name",
            in_folder(lambda p: (p / "\x1b[2J.md").touch()),
        ),
        (
            "Bytes in a file name that are no text",
            "AK204",
            "name",
            in_folder(lambda p: (p / "\udcff.md").touch()),
        ),
        (
            "File names that differ in case only",
            "AK204",
            "how its letters are written",
            in_folder(made.same_case),
        ),
        ("A Markdown file of 201 kB", "AK101", "larger than 200 kB", pack(x_md=b"x" * 201_000), True),
        ("A YAML file of 6 MB", "AK101", "larger than 2,000 kB", pack(x_yaml=b"#" * 6_000_000), True),
        ("Texts of 5.6 MB in sum", "AK248", "more than 5 MB in sum", in_folder(made.in_sum), True),
        (
            "A house template of 6 MB",
            "AK101",
            "larger than 5,000 kB",
            pack(**{"house-style__x_docx": b"x" * 6_000_000}),
            True,
        ),
        (
            "House templates of 24 MB in sum",
            "AK248",
            "more than 20 MB in sum",
            pack(**{f"house-style__x{n}_docx": b"x" * 4_800_000 for n in range(5)}),
            True,
        ),
        ("5,001 files", "AK248", "more than 5,000 files", in_folder(made.many), True),
        ("25 folders in one another", "AK248", "more than 20 deep", in_folder(made.deep)),
    ),
    *rows(
        "Zip files",
        ("A name with `..`", "AK247", "leads out", zipped(entry("../x.md"))),
        ("A name with `..` in its middle", "AK247", "leads out", zipped(entry("a/../../x.md"))),
        ("An absolute name", "AK247", "leads out", zipped(entry("/etc/x.md"))),
        ("A name with backslashes", "AK247", "leads out", zipped(entry("..\\x.md"))),
        ("A name with a drive", "AK247", "leads out", zipped(entry("C:x.md"))),
        ("A name with a NUL", "AK247", "no plain name", zipped(entry("x.md\0.png"))),
        (
            "Two entries of one name",
            "AK247",
            "two files of this name",
            zipped(made.doubled, lambda d: d.replace(b"two.md", b"one.md")),
        ),
        (
            "Names that differ in case only",
            "AK204",
            "how its letters",
            zipped(lambda z: (entry("a.md")(z), entry("A.md")(z))),
        ),
        (
            "A link",
            "AK204",
            "symbolic links",
            zipped(entry("x.md", "/etc/passwd", external_attr=0o120777 << 16)),
        ),
        (
            "A device",
            "AK204",
            "neither a file nor a folder",
            zipped(entry("x.md", "", external_attr=0o020666 << 16)),
        ),
        ("A Python file", "AK204", "programs", zipped(entry("tool.py"))),
        (
            "An encrypted entry",
            "AK247",
            "encrypted",
            zipped(entry("x.md"), lambda d: d.replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\x01")),
        ),
        (
            "An unusual compression",
            "AK247",
            "unusual way",
            zipped(entry("x.md", compress_type=zipfile.ZIP_LZMA)),
        ),
        (
            "A bomb: 100 MB in one entry",
            "AK247",
            "times its size",
            zipped(lambda z: entry("x.md", b"\0" * 100_000_000)(z)),
            True,
        ),
        (
            "A bomb that lies about its size",
            "AK247",
            "damaged",
            zipped(lambda z: entry("x.md", b"\0" * 100_000_000)(z), made.lying),
            True,
        ),
        (
            "A file just too large",
            "AK101",
            "larger than 200 kB",
            zipped(lambda z: entry("x.md", os.urandom(201_000))(z)),
            True,
        ),
        (
            "Texts of 5.6 MB in sum",
            "AK248",
            "more than 5 MB in sum",
            zipped(lambda z: [entry(f"{n}.yaml", os.urandom(1_400_000))(z) for n in range(4)]),
            True,
        ),
        (
            "5,001 entries",
            "AK248",
            "more than 5,000 files",
            zipped(lambda z: [z.writestr(f"{n}.txt", "") for n in range(5_001)]),
            True,
        ),
        (
            "A file of 21 MB",
            "AK248",
            "larger than 20 MB",
            zipped(lambda z: entry("x.bin", os.urandom(21_000_000))(z)),
            True,
        ),
        (
            "A zip file behind a program",
            "AK247",
            "not a zip file",
            zipped(lambda _: None, lambda d: b"MZ" + d),
        ),
        ("A zip file cut in two", "AK247", "damaged", zipped(entry("x.md"), lambda d: d[:-40])),
        (
            "Two top folders",
            "AK204",
            "no pack.yaml",
            zipped(entry("c/x.md"), root="a/"),
        ),
    ),
    *rows(
        "YAML and front matter",
        (
            "A tag that makes an object",
            "AK105",
            "tag",
            pack(law_yaml="a: !!python/object/apply:os.system [ls]"),
        ),
        ("A tag in a front matter", "AK105", "tag", front("title: !!str x")),
        ("A billion laughs", "AK106", "anchor", pack(law_yaml=made.laughs()), True),
        ("An alias that holds itself", "AK106", "anchor", pack(law_yaml="a: &a [*a]")),
        ("A merge key", "AK106", "merge key", front("<<: {version: '1.0'}")),
        ("A key given twice", "AK108", "given twice", front("id: y")),
        ("100,000 brackets in one another", "AK107", "deep", pack(law_yaml="[" * 100_000), True),
        (
            "Indentation 500 deep",
            "AK107",
            "deep",
            pack(law_yaml="\n".join(" " * n + "a:" for n in range(500))),
            True,
        ),
        ("900,000 values", "AK114", "more than 100000 values", pack(law_yaml="a: [" + "1," * 900_000 + "]"), True),
        ("A number of 100,000 digits", "AK111", "too long", pack(law_yaml="a: " + "9" * 100_000), True),
        ("A second document", "AK113", "second document", pack(law_yaml="a: 1\n---\nb: 1\n")),
        ("100,000 faults in one file", "AK105", "tag", pack(law_yaml="- !x\n" * 100_000), True),
        (
            "15,000 unknown keys",
            "AK202",
            "unknown key",
            front('version: "1.0"\ntitle: X\n' + "\n".join(f"k{n}: 1" for n in range(15_000))),
            True,
        ),
        (
            "300 files with a fault each",
            "AK201",
            "front matter",
            in_folder(lambda p: [(p / f"{n}.md").write_text("x") for n in range(300)]),
            True,
        ),
        ("A front matter that never ends", "AK201", "never closed", pack(x_md="---\nid: x\n")),
        ("Ids that differ in case only", "AK202", "not written as it must be", made.shouting),
    ),
    *rows(
        "Characters",
        ("Bytes that are not UTF-8", "AK102", "not UTF-8", pack(x_md=b"---\nid: \xff\n---\n")),
        ("UTF-16", "AK102", "not UTF-8", pack(x_md="---\nid: x\n---\n".encode("utf-16"))),
        ("A NUL", "AK103", "U+0000", pack(x_md="---\nid: x\0\n---\n")),
        ("Colour codes for the terminal", "AK103", "U+001B", pack(x_md="---\nid: \x1b[31mx\n---\n")),
        ("The same by an escape of YAML", "AK103", "U+001B", front('title: "\\x1b[31mx"\nversion: "1.0"')),
        ("A byte order mark inside a text", "AK103", "U+FEFF", pack(x_md="---\nid: x\ufeff\n---\n")),
        ("Text that runs backwards", "AK103", "U+202E", body("1.  They will \u202enot\u202c agree.")),
        ("A million control characters", "AK103", "U+0001", pack(law_yaml="\x01" * 1_000_000), True),
    ),
    *rows(
        "Packs over packs",
        ("A pack named twice", "AK246", "named twice", made.twice),
        ("A pack named twice, once through a link", "AK246", "named twice", made.through_a_link),
        ("The core as a pack over itself", "AK246", "the core itself", lambda _: [SMALL]),
        ("A pack as folder and as zip file", "AK246", "both have the id", made.as_folder_and_zip),
        ("A pack that is not there", "AK245", "is not there", lambda folder: [folder / "nothing"]),
        ("A name outside, with a NUL", "AK245", "is not there", lambda _: ["../\0"]),
        ("A device in place of a pack", "AK245", "is not there", lambda _: ["/dev/zero"]),
        ("Clauses that require each other in a circle", "AK207", "circle", made.circle),
    ),
    *expressions(),
    *rows(
        "Clauses",
        ("`each` in `each` in `each`", "AK249", "beyond measure", body(EACH), True),
        ("190,000 open brackets", "AK211", "characters", body("1.  " + "[" * 190_000), True),
        ("25 brackets in one another", "AK211", "in one another", body("1.  " + "[" * 25 + "a" + "]" * 25)),
        ("190,000 stars", "AK211", "characters", body("1.  " + "**a*b" * 38_000), True),
        (
            "A word of 190,000 letters with a note",
            "AK211",
            "characters",
            body("1.  " + "w" * 190_000 + "[^a]"),
            True,
        ),
        ("5,000 unknown terms in a paragraph", "AK401", "no definition", body("1.  " + "{a} " * 4_900), True),
        ("HTML", "AK211", "HTML", body("1.  <script>x</script>")),
        ("A script as a link", "AK211", "brackets", body("1.  [x](javascript:x)")),
    ),
)
