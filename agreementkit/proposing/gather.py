"""Makes proposals of edits: by paragraph, values first, then the words that are left; and tries each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agreementkit.agreement import AgreementSet
from agreementkit.asking.change import current
from agreementkit.diagnostics import Diagnostic
from agreementkit.proposing.changes import Change, Moved, Reworded
from agreementkit.proposing.overwriting import Over, over_and_back
from agreementkit.proposing.places import CELL, Cell, Places, values_in, with_words
from agreementkit.proposing.proposal import (
    Given,
    Left,
    Proposal,
    ValueProposal,
    WordingProposal,
    authors,
    id_of,
    reasons,
)
from agreementkit.proposing.rewording import reword
from agreementkit.proposing.settling import merged, tried
from agreementkit.proposing.trying import Key, Paragraph, Trial, Wanted
from agreementkit.proposing.values import Fit, NoFit, fit
from agreementkit.proposing.writing import readable
from agreementkit.tree.nodes import Division, Text
from agreementkit.tree.walk import plain_text

_FORMAT = "only its look was changed"
_NOWHERE = "it could not be placed in the agreement"
_NOT_THERE = "the agreement has no such paragraph any more"
_NO_FILE = "the words are put together from several places, so no clause file can be changed to read so"
_OTHERWISE = "the paragraph reads otherwise now than when the file was sent"
_NO_PLACE = "a new paragraph cannot stand there: it belongs behind a numbered paragraph"
_STAYS = "what stands below the paragraph would go with it, and it was not taken out"
_WHOLE = "it is the whole clause: a pack does without a clause by an entry in withdrawn.yaml"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was made of edits."""

    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...]


def gather(given: Sequence[Given], agreements: AgreementSet) -> Gathered:
    """Return the proposals that edits make, in the order of the agreements."""
    return _Gatherer(agreements).gather(given)


class _Gatherer:
    def __init__(self, agreements: AgreementSet) -> None:
        self.agreements = agreements
        self.places = {one.precedent: Places(agreements, one.precedent) for one in agreements}
        self.left: list[Left] = []
        self.made: dict[int, Places] = {}  # each holds on to its agreements, so no id comes twice
        self.fits: dict[tuple[str, str, Key, str], Fit | NoFit] = {}

    def gather(self, given: Sequence[Given]) -> Gathered:
        """Return the proposals."""
        made: list[Proposal] = []
        for (precedent, _), own in _grouped(given, lambda one: (one.precedent, one.file)).items():
            places = self.places.get(precedent)
            if places is None:
                why = f"the configuration makes no agreement {precedent!r}"
                self.left += [Left(one, why) for one in own]
            else:
                made += _OneFile(self, places).proposals(own)
        results = tried(merged(made), Trial(self.agreements))
        order = {
            (precedent, one.division.id): number
            for precedent, places in self.places.items()
            for number, one in enumerate(places.paragraphs)
        }
        results.sort(key=lambda one: order.get((one.precedent, one.place.id), len(order)))
        return Gathered(tuple(results), tuple(self.left))


def _grouped(given: Iterable[Given], key: Any) -> dict[Any, list[Given]]:
    out: dict[Any, list[Given]] = {}
    for one in given:
        out.setdefault(key(one), []).append(one)
    return out


class _OneFile:
    """The edits of one file."""

    def __init__(self, gatherer: _Gatherer, places: Places) -> None:
        self.gatherer = gatherer
        self.places = places

    def proposals(self, given: Sequence[Given]) -> list[Proposal]:
        """Return the proposals that the edits make; what makes none is left."""
        out: list[Proposal] = []
        gone: dict[Key, list[Given]] = {}
        changed: dict[Key, list[Given]] = {}
        for one in given:
            edit = one.edit
            paragraph = self.places.find(edit.place) if edit.place.placed else None
            if edit.kind == "formatted":
                self._leave(one, _FORMAT)
            elif paragraph is None:
                self._leave(one, _NOT_THERE if edit.place.placed else _NOWHERE)
            elif edit.kind == "moved" and edit.whole:
                out.append(self._moved(one, paragraph))
            elif edit.kind in ("inserted", "moved") and (edit.whole or not edit.old) and edit.new:
                out.append(self._added(one, paragraph))
            elif (edit.whole or not edit.new) and edit.kind in ("deleted", "replaced", "merged"):
                gone.setdefault(paragraph.key, []).append(one)
            else:
                changed.setdefault(paragraph.key, []).append(one)
        out += self._removed(gone)
        for key, own in changed.items():
            out += self._changed(self.places.by_key[key], own)
        return out

    def _leave(self, given: Given, why: str) -> None:
        self.gatherer.left.append(Left(given, why))

    def _wording(
        self, own: Sequence[Given], paragraph: Paragraph, wanted: Wanted | None, why: str = "", **rest: Any
    ) -> WordingProposal:
        kind, old, new = rest["kind"], rest["old"], rest["new"]
        return WordingProposal(
            id=id_of("w", self.places.precedent, paragraph.key, kind, old, new),
            precedent=self.places.precedent,
            place=own[0].edit.place,
            author=authors(own),
            when=max(one.edit.when for one in own),
            reason=reasons(own),
            given=tuple(own),
            wanted=wanted,
            why=why,
            **rest,
        )

    # ------------------------------------------------------------------------------------- whole paragraphs

    def _added(self, one: Given, paragraph: Paragraph) -> WordingProposal:
        new = readable(one.edit.new)
        found = self.places.behind(paragraph)
        if found is None:
            return self._wording([one], paragraph, None, _NO_PLACE, kind="added", old="", new=new)
        change = replace(found[1], inlines=(Text(new),))
        wanted = Wanted((change,), self.places.precedent, paragraph.key, "new", new)
        return self._wording([one], paragraph, wanted, kind="added", old="", new=new)

    def _moved(self, one: Given, paragraph: Paragraph) -> WordingProposal:
        target = self.places.find(one.edit.to) if one.edit.to else None
        rest: dict[str, Any] = {"kind": "moved", "old": paragraph.text, "new": paragraph.text}
        found = self.places.behind(target) if target else None
        own = self.places.removal(paragraph.division, paragraph.clause)
        if target is None or found is None or own is None or target.clause != paragraph.clause:
            why = "a paragraph can be moved only within its clause, behind a numbered paragraph"
            return self._wording([one], paragraph, None, why, **rest)
        change = Moved(paragraph.clause, own.path, found[1].where, found[1].path)
        gone = tuple(self.places.below(paragraph.division))
        wanted = Wanted((change,), self.places.precedent, paragraph.key, "moved", "", gone, target.key)
        return self._wording([one], paragraph, wanted, **rest)

    def _removed(self, gone: Mapping[Key, list[Given]]) -> Iterator[WordingProposal]:
        """Yield what takes paragraphs out; those that go together with what is below them are one proposal."""
        done: set[Key] = set()
        for key, own in gone.items():
            if key in done:
                continue
            paragraph = self.places.by_key[key]
            division = self._whole(paragraph.division, gone)
            rest: dict[str, Any] = {"kind": "removed", "old": paragraph.text, "new": ""}
            if division is not None:
                keys = tuple(self.places.below(division))
                done.update(keys)
                given = [one for at in keys for one in gone[at]]
                first = self.places.by_key[keys[0]]
                removal = self.places.removal(division, paragraph.clause)
                rest["old"] = first.text
                wanted = Wanted((removal,), self.places.precedent, first.key, "gone", "", keys) if removal else None
                yield self._wording(given, first, wanted, "" if removal else _WHOLE, **rest)
                continue
            if all(one.key in gone for one in self.places.own[paragraph.division.id]):
                yield self._wording(own, paragraph, None, _STAYS, **rest)
                continue
            changes = self.places.taking_out(paragraph)
            wanted = Wanted(changes, self.places.precedent, key, "gone", "", (key,)) if changes else None
            yield self._wording(own, paragraph, wanted, "" if changes else _NO_FILE, **rest)

    def _whole(self, division: Division, gone: Mapping[Key, list[Given]]) -> Division | None:
        """Return the topmost division around another that goes with everything below it, if there is one."""
        found: Division | None = None
        id_ = division.id
        while (current_ := self.places.division(id_)) is not None:
            if all(key in gone for key in self.places.below(current_)):
                found = current_
            above = id_.rpartition("/")[0]
            parents = [one for one in (self.places.division(above),) if one is not None]
            parent = next((one for one in self._parents(current_)), None) or (parents[0] if parents else None)
            if parent is None or parent.id == id_:
                break
            id_ = parent.id
        return found

    def _parents(self, division: Division) -> Iterator[Division]:
        for one in self.places.paragraphs:
            if any(child is division for child in one.division.children):
                yield one.division
                return

    # ----------------------------------------------------------------------------------------- other words

    def _changed(self, paragraph: Paragraph, own: Sequence[Given]) -> Iterator[Proposal]:
        """Yield what changes the words of a paragraph: its values, then what is left."""
        new = _new(paragraph, own)
        if any(one.edit.kind in ("split", "merged") for one in own):
            yield self._cut_or_joined(paragraph, own)
            return
        if paragraph.reads(new):
            yield self._wording(own, paragraph, None, kind="changed", old=paragraph.text, new=paragraph.text, done=True)
            return
        olds = (paragraph.text, *(plain_text(cell) for cell in paragraph.unit.cells))
        stale = not any(paragraph.reads(one.edit.old) or one.edit.old in olds for one in own)
        cells = self.places.cells(paragraph)
        values: list[Over] = []
        also: list[str] = []
        words = [one for one in own if one.edit.kind != "value"]
        for one in own:
            if one.edit.kind != "value" or not one.edit.path:
                continue
            proposal, fitted = self._value(paragraph, one)
            if proposal is not None:
                yield proposal
            if fitted:
                values.append(self._over(paragraph, one))
            else:
                words.append(one)
                also.append(f"{one.edit.path}: {proposal.why if proposal else self._no_fit(paragraph, one)}")
        yield from self._words(paragraph, own, cells, new, values, tuple(also), stale=stale, only_values=not words)

    def _cut_or_joined(self, paragraph: Paragraph, own: Sequence[Given]) -> WordingProposal:
        """Return what cuts a paragraph in two, or joins it with the next."""
        edit = next(one.edit for one in own if one.edit.kind in ("split", "merged"))
        news = [readable(line) for line in edit.new.split("\n") if line.strip()]
        rest: dict[str, Any] = {"kind": "changed", "old": paragraph.text, "new": "\n".join(news)}
        cells, found = self.places.cells(paragraph), self.places.behind(paragraph)
        if not cells or len(cells) != 1 or cells[0].before or not news:
            return self._wording(own, paragraph, None, _NO_FILE, **rest)
        reworded = Reworded(cells[0].run.address, reword(cells[0].laid, news[0]))
        precedent = self.places.precedent
        if edit.kind == "split":
            if found is None:
                return self._wording(own, paragraph, None, _NO_PLACE, **rest)
            added = tuple(replace(found[1], inlines=(Text(line),)) for line in news[1:])
            wanted = Wanted((reworded, *added), precedent, paragraph.key, "words", news[0], more=tuple(news[1:]))
            return self._wording(own, paragraph, wanted, **rest)
        at = self.places.paragraphs.index(paragraph)
        after = self.places.paragraphs[at + 1] if at + 1 < len(self.places.paragraphs) else None
        removal = self.places.removal(after.division, after.clause) if after else None
        if after is None or removal is None or after.clause != paragraph.clause:
            return self._wording(own, paragraph, None, _NO_FILE, **rest)
        keys = tuple(self.places.below(after.division))
        wanted = Wanted((reworded, removal), precedent, paragraph.key, "words", news[0], keys)
        return self._wording(own, paragraph, wanted, **{**rest, "old": f"{paragraph.text}\n{after.text}"})

    def _words(
        self,
        paragraph: Paragraph,
        own: Sequence[Given],
        cells: list[Cell] | None,
        new: str,
        values: Sequence[Over],
        also: tuple[str, ...],
        *,
        stale: bool,
        only_values: bool,
    ) -> Iterator[WordingProposal]:
        rest: dict[str, Any] = {"kind": "changed", "old": paragraph.text, "also": also}
        parts = _parts(paragraph, cells, new) if cells else None
        if stale or parts is None or cells is None:
            if not only_values:
                why = _OTHERWISE if stale else _NO_FILE
                yield self._wording(own, paragraph, None, why, new=readable(new), **rest)
            return
        changes: list[Change] = []
        texts: list[str] = []
        for number, (cell, part) in enumerate(zip(cells, parts, strict=True)):
            laid, back = over_and_back(cell.laid, values, number)
            text = back(readable(part))
            texts.append(cell.before + text)
            if text != cell.laid.text:
                changes.append(Reworded(cell.run.address, reword(laid, readable(part))))
        wanted_text = CELL.join(texts)
        if not changes or paragraph.reads(wanted_text):
            return
        given = [one for one in own if one.edit.kind != "value" or one.edit.path not in {over.path for over in values}]
        wanted = Wanted(tuple(changes), self.places.precedent, paragraph.key, "words", wanted_text)
        yield self._wording(given or own, paragraph, wanted, new=wanted_text, **rest)

    def _value(self, paragraph: Paragraph, one: Given) -> tuple[ValueProposal | None, bool]:
        """Return what a value that was written over makes, and whether a value prints the words."""
        edit = one.edit
        found = self._fit(paragraph, one)
        if isinstance(found, NoFit) and not found.faults:
            return None, False
        places = self.places
        before = _plain(current(self.gatherer.agreements.config, edit.path))
        after = found.value if isinstance(found, Fit) else None
        findings: tuple[Diagnostic, ...] = ()
        if isinstance(found, Fit):
            known = {_finding(other) for other in self.gatherer.agreements.report}
            report = replace(found.agreements, day=self.gatherer.agreements.day).report
            findings = tuple(other for other in report if _finding(other) not in known)
        proposal = ValueProposal(
            id=id_of("v", edit.path, repr(after) if isinstance(found, Fit) else edit.after),
            precedent=places.precedent,
            place=edit.place,
            author=edit.author,
            when=edit.when,
            reason=one.reason,
            given=(one,),
            path=edit.path,
            before=before,
            after=after,
            words=edit.after,
            places=max(1, places.printing(edit.path)),
            findings=findings,
            reads=self._otherwise(paragraph, one, found),
            why=found.why if isinstance(found, NoFit) else "",
        )
        return proposal, isinstance(found, Fit)

    def _otherwise(self, paragraph: Paragraph, one: Given, found: Fit | NoFit) -> str:
        """Return what a paragraph says with a value, where other words change with it."""
        if isinstance(found, NoFit):
            return ""
        edit = one.edit
        now = self._places(found.agreements).by_key.get(paragraph.key)
        expected = with_words(paragraph, edit.path, edit.before, edit.after)
        return now.text if now and not now.reads(expected) and not now.reads(edit.new) else ""

    def _over(self, paragraph: Paragraph, one: Given) -> Over:
        """Return the words that a value prints once it is what was written."""
        found = self._fit(paragraph, one)
        cells: list[Cell] | None = None
        if isinstance(found, Fit):
            places = self._places(found.agreements)
            now = places.by_key.get(paragraph.key)
            cells = places.cells(now) if now else None
        return Over(one.edit.path, one.edit.before, one.edit.after, tuple(cells or ()))

    def _places(self, agreements: AgreementSet) -> Places:
        """Return the paragraphs of agreements that were made to try a value."""
        known = self.gatherer.made
        if id(agreements) not in known:
            known[id(agreements)] = Places(agreements, self.places.precedent)
        return known[id(agreements)]

    def _no_fit(self, paragraph: Paragraph, one: Given) -> str:
        found = self._fit(paragraph, one)
        return found.why if isinstance(found, NoFit) else ""

    def _fit(self, paragraph: Paragraph, one: Given) -> Fit | NoFit:
        edit = one.edit
        key = (self.places.precedent, edit.path, paragraph.key, edit.after)
        if key not in self.gatherer.fits:
            expected = with_words(paragraph, edit.path, edit.before, edit.after)
            was = values_in(paragraph, edit.path)
            wanted = [edit.after if text == edit.before else text for text in was]

            def prints(made: AgreementSet) -> bool:
                now = self._places(made).by_key.get(paragraph.key)
                if now is None:
                    return False
                said = edit.before in was and values_in(now, edit.path) == wanted
                return said or now.reads(expected) or now.reads(edit.new)

            self.gatherer.fits[key] = fit(self.gatherer.agreements, edit.path, edit.after, prints)
        return self.gatherer.fits[key]


def _new(paragraph: Paragraph, own: Sequence[Given]) -> str:
    """Return the new words of a paragraph; the cells of a row come one by one."""
    if paragraph.unit.kind != "row":
        return own[-1].edit.new
    cells = [plain_text(cell) for cell in paragraph.unit.cells]
    for one in own:
        if one.edit.old in cells:
            cells[cells.index(one.edit.old)] = one.edit.new
        elif paragraph.reads(one.edit.old):
            return one.edit.new
    return CELL.join(cells)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _finding(one: Diagnostic) -> tuple[str, str, str]:
    return one.code, one.message, one.division


def _parts(paragraph: Paragraph, cells: Sequence[Cell], new: str) -> list[str] | None:
    """Return new words by cell, without what stands in front of them; None where they cannot be told apart."""
    if paragraph.unit.kind == "row":
        parts = [part.strip() for part in new.split(CELL.strip())]
        return parts if len(parts) == len(cells) else None
    before = cells[0].before
    if before and not new.startswith(before.rstrip()):
        return None
    return [new[len(before.rstrip()) :].lstrip() if before else new.rstrip()]


# -------------------------------------------------------------------------------------------------- trying
