"""The lifecycle of the texts a set is made of: overdue, superseded, agreed in other words, or not agreed at all.

The first three are checks like all others. That a text is not agreed is no fault of a draft, so it is looked for only
where somebody asks for agreed texts only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agreementkit.bank import ClauseSource
from agreementkit.bank.lifecycle import Life, Status
from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.law.words import day, some
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import once
from agreementkit.diagnostics import Diagnostic, Place, Severity
from agreementkit.tree.nodes import DefinitionEntry
from agreementkit.tree.walk import divisions


@dataclass(frozen=True, slots=True)
class UsedText:
    """A text of the bank whose words stand in the set.

    Attributes:
        what: What it is: `clause 'disputes' of core`, `the change that 'anytown' makes to clause 'disputes'`.
        pack: Id of its pack.
        version: Its version.
        life: How far it has come.
        place: Where it is written.
        agreement: Precedent id of the first agreement that has it.
        division: Id of its first division there; empty for a definition.
    """

    what: str
    pack: str
    version: str
    life: Life
    place: Place
    agreement: str
    division: str


@once
def used_texts(scene: Scene) -> tuple[UsedText, ...]:
    """Return every clause file, definition and change of words that stands in the set, once, in printing order."""
    return tuple(text for used in used_sources(scene) for text in _texts(*used))


@once
def used_sources(scene: Scene) -> tuple[tuple[ClauseSource, str, str], ...]:
    """Return the clause files and definitions whose words stand in the set, with the first agreement and division."""
    return tuple(_used_sources(scene))


def _used_sources(scene: Scene) -> Iterator[tuple[ClauseSource, str, str]]:
    seen: set[tuple[str, str]] = set()
    for document in scene.documents:
        for division in divisions(document):
            clause = division.origin.clause if division.origin else ""
            if clause in scene.bank.clauses and ("", clause) not in seen:
                seen.add(("", clause))
                yield scene.bank.clauses[clause], document.precedent, division.id
            for block in division.blocks:
                if isinstance(block, DefinitionEntry) and block.id in scene.bank.terms and ("t", block.id) not in seen:
                    seen.add(("t", block.id))
                    yield scene.bank.terms[block.id], document.precedent, ""


def _texts(source: ClauseSource, agreement: str, division: str) -> Iterator[UsedText]:
    front = source.written or source.front
    what = f"{front.kind.value} {front.id!r}"
    yield UsedText(
        f"{what} of {source.pack}", source.pack, front.version, source.life, source.place("id"), agreement, division
    )
    for change in source.amendments:
        if change.changes_words:
            words = f"the change that {change.pack!r} makes to {what}"
            place = change.place("amends")
            yield UsedText(words, change.pack, change.front.version, change.life, place, agreement, division)


def not_agreed(scene: Scene) -> Iterator[Diagnostic]:
    """Yield an error (AK272) for every text in the set that no body has agreed, or that is superseded."""
    bodies = some(scene.config.document.approved_by) or _bodies(scene) or "the bodies of both sides that decide on it"
    core = scene.bank.packs[0].id
    for text in used_texts(scene):
        life = text.life
        if life.is_agreed:
            continue
        message = f"{text.what}, version {text.version}, is {_STATUS[life.status]}"
        own = f"once {bodies} agreed it, write `status: agreed` and `approved:` into its front matter or its pack.yaml"
        adopt = f"once {bodies} agreed it as it is, record that with `agreementkit pack adopt`"
        hints = (adopt,) if text.pack == core else (own, adopt)
        if life.lapsed:
            message = f"{message}; other words were, in version {life.lapsed.base} ({_who(life.lapsed.approved)})"
        elif life.status is Status.SUPERSEDED:
            hints = ("use the text that took its place, or amend or replace this one in a pack of your own",)
        yield Diagnostic(
            "AK272",
            message,
            place=life.lapsed.place if life.lapsed else text.place,
            hints=hints,
            agreement=text.agreement,
            division=text.division,
        )


_STATUS = {Status.DRAFT: "a draft that nobody has agreed", Status.SUPERSEDED: "superseded"}


def _bodies(scene: Scene) -> str:
    """Return the bodies that have agreed other texts of the set."""
    return some(list(dict.fromkeys(one.body for text in used_texts(scene) for one in text.life.approved)))


def _who(approved: tuple[object, ...]) -> str:
    return some([str(one) for one in approved])


def overdue(scene: Scene) -> Iterator[Found]:
    """Yield the texts whose day of review has passed (AK273), those of one pack and one day in one finding."""
    groups: dict[tuple[str, str], list[UsedText]] = {}
    for text in used_texts(scene):
        if text.life.review_by and text.life.review_by < scene.today:
            groups.setdefault((text.pack, text.life.review_by.isoformat()), []).append(text)
    for texts in groups.values():
        first = texts[0]
        assert first.life.review_by is not None  # noqa: S101 - told to the type checker; the group has one date
        are = "were" if len(texts) > 1 else "was"
        yield Found(
            f"{some([one.what for one in texts])} {are} to be looked at again by {day(first.life.review_by)}",
            ("look at the wording with those who agreed it, then set a new `review_by`",),
            agreement=first.agreement,
            division=first.division,
            place=first.place,
        )


def superseded(scene: Scene) -> Iterator[Found]:
    """Yield the texts in the set that are superseded (AK274)."""
    for text in used_texts(scene):
        if text.life.status is Status.SUPERSEDED:
            yield Found(
                f"{text.what} is superseded",
                (f"see what {text.pack} has in its place, or change `status` if the text still stands",),
                agreement=text.agreement,
                division=text.division,
                place=text.place,
            )


def lapsed(scene: Scene) -> Iterator[Found]:
    """Yield the texts whose adoption is about other words (AK271)."""
    for text in used_texts(scene):
        adoption = text.life.lapsed
        if adoption:
            yield Found(
                f"{text.what}, version {text.version}, reads otherwise than what was agreed of it, "
                f"version {adoption.base} ({_who(adoption.approved)})",
                (
                    "have the words of today agreed and record that with `agreementkit pack adopt`",
                    f"or take the entry out of adopted.yaml of {adoption.pack}",
                ),
                agreement=text.agreement,
                division=text.division,
                place=adoption.place,
            )


CHECKS = (
    Check(
        "AK271",
        "an adoption of other words than stand there now",
        "A body agreed exact words; when the pack below changes them, nobody has agreed what is printed.",
        Family.DRAFTING,
        Severity.WARNING,
        lapsed,
    ),
    Check(
        "AK273",
        "a text whose day of review has passed",
        "Whoever agreed the text asked for it to be looked at again; since then nobody has said that it still fits.",
        Family.DRAFTING,
        Severity.WARNING,
        overdue,
    ),
    Check(
        "AK274",
        "a superseded text",
        "Its publisher has put another in its place; the old one stays only so that old sets can be made again.",
        Family.DRAFTING,
        Severity.WARNING,
        superseded,
    ),
)
