"""Tracked changes as edits: what was put in, struck out, replaced, moved, split, merged, and what it looks like now.

Words that stand side by side and were struck out and put in by one person are one replacement. Words in the content
control of a value, or words that were such a value when it was sent, are a value that was written over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from agreementkit.returned.edit import Edit, EditKind, Location
from agreementkit.returned.known import squeezed
from agreementkit.returned.moves import Moved, paired
from agreementkit.returned.scene import Scene
from agreementkit.returned.story import Mark, Paragraph, Piece
from agreementkit.returned.values import path_of, written_over

_LEAST_MOVED = 12
"""Letters that a paragraph must have to be known again where it was struck out in one place and put in in another."""

Found = tuple[int, Edit]
"""An edit, and the paragraph of the file at which it stands."""


def tracked_edits(scene: Scene) -> list[Found]:
    """Return every tracked change of a story."""
    return _Tracker(scene).run()


@dataclass(slots=True)
class _Hunk:
    """Neighbouring pieces that were changed, in one paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    start: int = 0
    end: int = 0


class _Tracker:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.out: list[Found] = []
        self.gone: defaultdict[str, list[Moved]] = defaultdict(list)
        self.come: defaultdict[str, list[Moved]] = defaultdict(list)

    def run(self) -> list[Found]:
        paragraphs = self.scene.story.paragraphs
        number = 0
        while number < len(paragraphs):
            one = paragraphs[number]
            if one.note == "-" or one.contents:
                number += 1
                continue
            row = self._row(number)
            if row > number:
                number = row
                continue
            if one.touched or one.ins or one.gone or one.look:
                self._paragraph(number, one)
            number += 1
        self._moves()
        return self.out

    def _say(
        self, number: int, kind: EditKind, mark: Mark, place: Location, *, before: str = "", after: str = "",
        old: str | None = None, new: str | None = None, whole: bool = False, to: Location | None = None,
        path: str = "", detail: str = "",
    ) -> None:  # fmt: skip
        old = self.scene.old(number) if old is None else old
        new = self.scene.new(number) if new is None else new
        edit = Edit("", kind, True, *mark, place, before, after, old, new, whole, to, path, detail)
        self.out.append((number, edit))

    # ------------------------------------------------------------------------------------------- whole rows

    def _row(self, number: int) -> int:
        """Say that a row was put in or taken out; return the paragraph after it, or the same where it was not."""
        one = self.scene.story.paragraphs[number]
        mark = one.row_ins or one.row_gone
        if mark is None or one.cell is None:
            return number
        end = number
        paragraphs = self.scene.story.paragraphs
        while end < len(paragraphs) and paragraphs[end].cell is not None:
            if (paragraphs[end].cell or ())[:2] != one.cell[:2] or not (
                paragraphs[end].row_ins or paragraphs[end].row_gone
            ):
                break
            end += 1
        cells = paragraphs[number:end]
        if one.row_ins:
            words = " | ".join("".join(piece.text for piece in cell.pieces) for cell in cells)
            self._say(number, "inserted", mark, self.scene.behind(number), after=words, old="", new=words, whole=True)
            struck = [piece for cell in cells for piece in cell.pieces if piece.gone]
            for piece in struck:
                self._say(number, "deleted", piece.gone or mark, self.scene.behind(number), before=piece.text, old="")
        else:
            words = " | ".join(cell.text("original") for cell in cells)
            old = " | ".join(self.scene.old(at) for at in range(number, end))
            place = self.scene.places[number]
            self._say(number, "deleted", mark, place, before=words, old=old, new="", whole=True)
            for cell in cells:
                for piece in cell.pieces:
                    if piece.ins:
                        self._say(number, "inserted", piece.ins, place, after=piece.text, old=old, new="")
        for at in range(number, end):
            self._looks(at, paragraphs[at])
        return end

    # ------------------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, number: int, one: Paragraph) -> None:
        paragraphs = self.scene.story.paragraphs
        before = paragraphs[number - 1] if number else None
        spoken = [piece for piece in one.pieces if piece.text.strip()]
        beside = before is not None and (before.cell, before.box) == (one.cell, one.box)
        put_in = one.ins or (before.ins if before is not None and beside else None)
        if spoken and put_in and all(piece.ins for piece in spoken):
            self._whole(number, one, put_in, "inserted")
        elif spoken and all(piece.gone and not piece.ins for piece in spoken):
            self._whole(number, one, one.gone or spoken[0].gone or Mark("", ""), "deleted")
        else:
            self._inside(number, one)
            self._ends(number, one)
        self._looks(number, one)

    def _whole(self, number: int, one: Paragraph, mark: Mark, kind: EditKind) -> None:
        """A paragraph all of whose words were put in, or struck out, with what others did to them."""
        place = self.scene.behind(number) if kind == "inserted" else self.scene.places[number]
        makers: dict[Mark, list[str]] = {}
        strikers: dict[Mark, list[str]] = {}
        for name, pieces in groupby(one.pieces, lambda piece: piece.move):
            several = list(pieces)
            text = "".join(piece.text for piece in several)
            if name and text.strip():
                who = (several[0].ins if kind == "inserted" else several[0].gone) or mark
                spoken = [piece for piece in one.pieces if piece.text.strip()]
                side = self.come if kind == "inserted" else self.gone
                side[name].append(Moved(number, text, who, all(piece.move for piece in spoken)))
                several = [piece for piece in several if piece.ins and piece.gone]
                for piece in several:
                    strikers.setdefault(piece.gone or mark, []).append(piece.text)
                continue
            for piece in several:
                who = (piece.ins if kind == "inserted" else piece.gone) or mark
                makers.setdefault(who, []).append(piece.text)
                if kind == "inserted" and piece.gone:
                    strikers.setdefault(piece.gone, []).append(piece.text)
        authors: dict[str, tuple[Mark, list[str]]] = {}
        for who, texts in makers.items():
            authors.setdefault(who.author, (who, []))[1].extend(texts)
        for at, (who, texts) in enumerate(authors.values()):
            words = "".join(texts).strip()
            if not words:
                continue
            if kind == "inserted":
                self._say(number, kind, who, place, after=words, old="", whole=at == 0)
            else:
                self._say(number, kind, who, place, before=words, new="", whole=at == 0)
        for who, texts in strikers.items():
            if words := "".join(texts).strip():
                self._say(number, "deleted", who, place, before=words, old="")

    def _ends(self, number: int, one: Paragraph) -> None:
        """Say that a paragraph was split at its end, or put together with the next."""
        paragraphs = self.scene.story.paragraphs
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if after is None or (after.cell, after.box) != (one.cell, one.box) or not (one.ins or one.gone):
            return
        stays = any(not piece.ins and piece.text.strip() for piece in after.pieces)
        if one.ins and one.gone is None and stays and _kept(one, "original"):
            group = self.scene.group_of.get(number)
            several = self.scene.groups[group].numbers if group is not None else [number, number + 1]
            new = "\n".join(dict.fromkeys(words for at in several if (words := self.scene.new(at))))
            self._say(number, "split", one.ins, self.scene.places[number], new=new)
        elif one.gone and one.ins is None and _kept(one, "final") and _kept(after, "final"):
            old = "\n".join(words for at in (number, number + 1) if (words := self.scene.old(at)))
            self._say(number, "merged", one.gone, self.scene.places[number], old=old)

    def _looks(self, number: int, one: Paragraph) -> None:
        place = self.scene.places[number]
        if one.look is not None:
            mark, said = one.look
            words = one.text("final").strip()
            self._say(number, "formatted", mark, place, before=words, after=words, detail=said)
        changed = [(piece, (piece.look, piece.looked)) for piece in one.pieces if piece.look]
        for (look, mark_), pieces in groupby(changed, lambda it: it[1]):
            words = "".join(piece.text for piece, _ in pieces)
            self._say(number, "formatted", mark_ or Mark("", ""), place, before=words, after=words, detail=look)

    # ---------------------------------------------------------------------------------------------- words

    def _inside(self, number: int, one: Paragraph) -> None:
        controlled = self._controls(number, one)
        start = self._offset(number)
        for hunk in _hunks(one.pieces, controlled, start):
            self._hunk(number, hunk)

    def _offset(self, number: int) -> int:
        """Return where a paragraph of the file begins in the words of its group."""
        at = self.scene.group_of.get(number)
        if at is None:
            return 0
        before = (self.scene.story.paragraphs[it] for it in self.scene.groups[at].numbers if it < number)
        return sum(len(it.text("original")) for it in before)

    def _controls(self, number: int, one: Paragraph) -> set[int]:
        """Say which values were written over in their controls; return those controls."""
        done: set[int] = set()
        pieces: defaultdict[int, list[Piece]] = defaultdict(list)
        for piece in one.pieces:
            if piece.control and piece.tag.startswith("ak:"):
                pieces[piece.control].append(piece)
        for control, several in pieces.items():
            touched = [piece for piece in several if piece.ins or piece.gone]
            after = "".join(piece.text for piece in several if piece.seen("final"))
            if not touched or not after.strip() or any(piece.move for piece in several):
                continue
            before = "".join(piece.text for piece in several if piece.seen("original"))
            for who in dict.fromkeys((it.ins or it.gone or Mark("", "")) for it in touched):
                path = path_of(several[0].tag, self.scene.known)
                place = replace(self.scene.places[number], by="control", confidence=1.0)
                place = place if place.id else self.scene.places[number]
                self._say(number, "value", who, place, before=before, after=after, path=path)
                break
            for piece in touched:
                if piece.ins and piece.gone:
                    self._say(number, "deleted", piece.gone, self.scene.places[number], before=piece.text)
                    self._say(number, "inserted", piece.ins, self.scene.places[number], after=piece.text)
            done.add(control)
        return done

    def _hunk(self, number: int, hunk: _Hunk) -> None:
        place = self.scene.places[number]
        plain: list[Piece] = []
        for name, pieces in groupby(hunk.pieces, lambda piece: piece.move):
            several = list(pieces)
            if not name:
                plain += several
                continue
            text = "".join(piece.text for piece in several)
            gone = several[0].gone is not None and several[0].ins is None
            mark = (several[0].gone if gone else several[0].ins) or Mark("", "")
            (self.gone if gone else self.come)[name].append(Moved(number, text, mark, False))
            for piece in several:
                if piece.ins and piece.gone:
                    self._say(number, "deleted", piece.gone, place, before=piece.text)
        authors: dict[str, tuple[Mark, list[str], list[str]]] = {}
        for piece in plain:
            if piece.gone and not piece.ins:
                authors.setdefault(piece.gone.author, (piece.gone, [], []))[1].append(piece.text)
            elif piece.ins:
                authors.setdefault(piece.ins.author, (piece.ins, [], []))[2].append(piece.text)
        for mark, gone_words, new_words in authors.values():
            before, after = "".join(gone_words), "".join(new_words)
            kind: EditKind = "replaced" if before and after else "deleted" if before else "inserted"
            value = written_over(self.scene, number, hunk.start, before, after) if len(authors) == 1 else None
            if value and value.within:
                self._say(number, "value", mark, place, before=value.before, after=value.after, path=value.path)
            else:
                path = value.path if value else ""
                self._say(number, kind, mark, place, before=before, after=after, path=path)
        for piece in plain:
            if piece.gone and piece.ins:
                self._say(number, "deleted", piece.gone, place, before=piece.text)

    # ---------------------------------------------------------------------------------------------- moves

    def _moves(self) -> None:
        pairs, gone, come = paired(self.gone, self.come)
        for one, other in pairs:
            to = self.scene.behind(other.number) if other.whole else self.scene.places[other.number]
            place = self.scene.places[one.number]
            whole = one.whole and other.whole
            new = self.scene.new(other.number)
            self._say(
                one.number, "moved", one.mark, place, before=one.text.strip(), after=other.text.strip(), to=to,
                whole=whole, new=new,
            )  # fmt: skip
        for one in gone:
            place = self.scene.places[one.number]
            left = "" if one.whole else None
            self._say(one.number, "deleted", one.mark, place, before=one.text, new=left, whole=one.whole)
        for one in come:
            place = self.scene.behind(one.number) if one.whole else self.scene.places[one.number]
            old = "" if one.whole else None
            self._say(one.number, "inserted", one.mark, place, after=one.text, old=old, whole=one.whole)
        self._struck_and_put_in()

    def _struck_and_put_in(self) -> None:
        """Make a move of a paragraph that was struck out in one place and put in in another by one person."""
        added: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for at, (_, edit) in enumerate(self.out):
            if edit.kind == "inserted" and edit.whole and len(words := squeezed(edit.after)) >= _LEAST_MOVED:
                added[edit.author, words].append(at)
        dead: set[int] = set()
        for at, (number, edit) in enumerate(self.out):
            if edit.kind != "deleted" or not edit.whole:
                continue
            found = added.get((edit.author, squeezed(edit.before)))
            if found:
                other = found.pop(0)
                dead.add(other)
                come = self.out[other][1]
                moved = replace(edit, kind="moved", after=come.after, to=come.place, new=come.new)
                self.out[at] = (number, moved)
        self.out = [one for at, one in enumerate(self.out) if at not in dead]


def _kept(one: Paragraph, view: str) -> bool:
    return any(piece.text.strip() for piece in one.pieces if piece.seen("original" if view == "original" else "final"))


def _hunks(pieces: Iterable[Piece], controlled: set[int], start: int) -> Iterator[_Hunk]:
    """Yield the changed stretches of a paragraph; controls that were dealt with part them."""
    at = start
    hunk = _Hunk()
    for piece in pieces:
        changed = (piece.ins or piece.gone) and piece.control not in controlled
        if changed:
            if not hunk.pieces:
                hunk.start = at
            hunk.pieces.append(piece)
        if piece.seen("original"):
            at += len(piece.text)
        if hunk.pieces and not changed:
            hunk.end = at
            yield hunk
            hunk = _Hunk()
    if hunk.pieces:
        hunk.end = at
        yield hunk
