"""Hypothesis strategies for packs: sound banks of clauses, and lines that are none. A new construct joins them here."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

# True and false with every configuration the tests use.
TRUE, FALSE = "several_unions", "not several_unions"
WORDS = st.sampled_from(
    ["one", "two *three*", "**four**", "five & six", "7 < 8", "a_b", "“nine”", "{{ nation }}", "x\\@y"]
)

LIVES = st.sampled_from(
    [
        "",
        "status: draft\n",
        "status: superseded\nreview_by: 2020-01-01\n",
        "status: agreed\napproved: [{body: Joint Forum, date: 2026-05-01}]\nreview_by: 2099-01-01\n",
    ]
)
"""Keys of the lifecycle, which change no word."""


def clause_text(id_: str, body: str, *, kind: str = "clause", front: str = "") -> str:
    """Return the text of a clause file."""
    title = f"title: Title of {id_}\n" if kind in ("clause", "schedule") else ""
    return f'---\nid: {id_}\nkind: {kind}\nversion: "1.0"\n{title}{front}---\n{body}\n'


@dataclass
class Item:
    """A numbered item that was drawn."""

    id: str
    words: str
    when: str = ""
    span: str = ""
    note: str = ""
    children: list[Item] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether it is left after pruning."""
        return self.when != FALSE and (not self.children or any(child.stands for child in self.children))


@dataclass
class DrawnPack:
    """Clauses of a pack that was drawn, and what must come out of it."""

    clauses: dict[str, str]
    kinds: dict[str, str]
    standing: set[str]
    gone: set[str]


@st.composite
def items(draw: st.DrawFn, name: str, depth: int = 0) -> Item:
    """Draw an item with items below it."""
    item = Item(name, draw(WORDS), when=draw(st.sampled_from(["", "", "", TRUE, FALSE])))
    item.span = draw(st.sampled_from(["", "", TRUE, FALSE]))
    item.note = draw(st.sampled_from(["", "", "law", "employer", "staff-side", "joint", "drafter"]))
    if depth < 2:
        count = draw(st.integers(0, 3))
        item.children = [draw(items(f"{name}x{n}", depth + 1)) for n in range(count)]
    return item


def _all(item: Item) -> list[Item]:
    return [item, *(below for child in item.children for below in _all(child))]


def _left(item: Item) -> list[Item]:
    return [item, *(b for child in item.children for b in _left(child))] if item.stands else []


@st.composite
def packs(draw: st.DrawFn) -> DrawnPack:
    """Draw a sound pack: clauses, schedules and definitions, with references only to what stands."""
    shape = {f"c{n}": "clause" for n in range(draw(st.integers(1, 3)))}
    shape |= {f"s{n}": "schedule" for n in range(draw(st.integers(0, 2)))}
    outlines: dict[str, list[Item]] = {}
    for id_ in shape:
        first = Item("first", "Always here.")
        outlines[id_] = [first, *(draw(items(f"i{n}")) for n in range(draw(st.integers(0, 3))))]
    standing = {f"{id_}/{below.id}" for id_, tops in outlines.items() for top in tops for below in _left(top)}
    everything = {f"{id_}/{below.id}" for id_, tops in outlines.items() for top in tops for below in _all(top)}
    targets = st.sampled_from(sorted(standing | set(shape)))
    clauses: dict[str, str] = {}
    for id_, tops in outlines.items():
        lines: list[str] = []
        notes: list[str] = []
        for top in tops:
            _write(draw, top, 0, lines, notes, targets)
        clauses[id_] = clause_text(id_, "\n".join([*lines, "", *notes]), kind=shape[id_], front=draw(LIVES))
    meaning = "means words[^w], see @c0/first and {second}.\n\n[^w]: {voice=law} On it."
    clauses["terms"] = clause_text("terms", "1.  These:\n\n    [[definitions]]\n\n2.  {first} and {second(s)}.")
    clauses["first"] = clause_text("first", meaning, kind="definition", front="term: First\n")
    clauses["second"] = clause_text("second", "means it.", kind="definition", front="term: Second\nnumber: unions\n")
    kinds = {**shape, "terms": "clause", "first": "definition", "second": "definition"}
    return DrawnPack(clauses, kinds, standing, everything - standing)


def _write(
    draw: st.DrawFn, item: Item, depth: int, lines: list[str], notes: list[str], targets: st.SearchStrategy[str]
) -> None:
    words = f"{item.words} see @{draw(targets)}"
    if item.note:
        notes.append(f"[^n{item.id}]: {{voice={item.note}}} A note on @{draw(targets)} and {{first}}.")
        words = f"{words} [noted words][^n{item.id}]"
    if item.span:
        words = f'{words} [spanned]{{when="{item.span}"}} on'
    when = f' when="{item.when}"' if item.when else ""
    end = ":" if item.children else "."  # words that end in a colon go when everything below them goes
    lines.append(f"{' ' * 4 * depth}1.  {words}{end} {{#{item.id}{when}}}")
    for child in item.children:
        _write(draw, child, depth + 1, lines, notes, targets)


_SCRAPS = st.sampled_from(
    [
        *("1.  ", "    1.  ", "        1.  ", "   ", "# ", "## ", "### ", "#### ", "- ", "| a | b |", "| --- | --- |"),
        *("[", "]", "[^a]", "[^a]: {voice=law} ", "{", "}", "{{", "}}", "{#id}", '{when="x"}', '{each="a in b"}', "{%"),
        *(
            "*",
            "**",
            "_",
            "\\",
            "@",
            "@a/b",
            "@/x",
            "@p:q",
            "<",
            "<b>",
            "<!--",
            "|",
            "{a|b}",
            "{a(s)}",
            "[[definitions]]",
        ),
        *(
            '{caption="x"}',
            '{caption="x" widths="1,2"}',
            '"',
            "'",
            "\t",
            "\ue000",
            "word",
            " ",
            "{voice=law}",
            "2013. ",
        ),
    ]
)
bodies_of_anything = st.lists(st.lists(_SCRAPS | st.text(max_size=5), max_size=8).map("".join), max_size=12)
"""Lines that look like the body of a clause file and mostly are none."""
