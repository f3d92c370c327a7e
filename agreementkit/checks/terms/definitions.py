"""Checks of the definitions themselves: used by nothing, used once, given twice, explained in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from agreementkit.bank import ClauseSource
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Scene
from agreementkit.checks.terms.bank_text import bank_text
from agreementkit.checks.terms.script import Entry, Script, defines, key_of, scripts
from agreementkit.diagnostics import Severity
from agreementkit.tree.nodes import Blank, Inline, Reference, Term, Value
from agreementkit.tree.walk import flatten, plain_text

_SHORT = 30
"""Words that can still stand in a sentence in place of a term."""

_PATH = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)+)")
_AGAIN = re.compile(r"\((?:the |each, an? |an? )?“([^”]+)”\)|“([^”]+)” means\b")
_NAMED = re.compile(r"means(?: \w+){0,3} ?")


def unused(scene: Scene) -> Iterator[Found]:
    """Yield each definition of the bank that no clause can come to use, and each printed one without a use."""
    for source in bank_text(scene.bank).unreached:
        yield Found(
            f"no clause uses the definition of “{_told(source)}”, so that no agreement prints it",
            (
                f"mark the places that mean it as `{{{source.id.replace('-', ' ')}}}`",
                f"or remove the definition {source.id!r}",
            ),
            place=source.place("term"),
        )
    named = {placed.outline.definition or "" for placed in scene.bank.precedents.values()}
    for script in scripts(scene):
        if defines(scene):
            yield from _printed_unused(script, named)


def _printed_unused(script: Script, named: set[str]) -> Iterator[Found]:
    for entry in script.entries:
        if entry.id not in named and all(use.passage is entry.passage for use in script.uses.get(entry.id, ())):
            yield at(
                entry.passage,
                f"explains “{entry.term}”, but nothing in the agreement uses these words",
                "take the definition out, or use the term where it is meant",
            )


def used_once(scene: Scene) -> Iterator[Found]:
    """Yield each short definition that the whole bank uses in one place only.

    A term that is used once because of what this configuration chose is left alone, and so are terms of the law
    (definitions that cite it), names of agreements, and terms that are listed for use in papers.
    """
    if not defines(scene):
        return
    text = bank_text(scene.bank)
    named = {placed.outline.definition for placed in scene.bank.precedents.values()}
    for script in scripts(scene):
        for entry in script.entries:
            source = scene.bank.terms.get(entry.id)
            if source is None or source.front.cites or entry.id in named:
                continue
            uses = [use for use in script.uses.get(entry.id, ()) if use.passage is not entry.passage]
            meaning = plain_text(entry.meaning)
            if len(uses) != 1 or uses[0].bare or len(meaning.split()) > _SHORT:
                continue
            if text.used_once(entry.id):  # asked last, for the whole bank may have to be read
                yield at(
                    uses[0].passage,
                    f"is the only place that uses the defined term “{uses[0].text}”",
                    f"write its meaning here (“{meaning.removeprefix('means ').rstrip('.')}”) and drop the definition",
                    "keep it if papers and records made under the agreement use the term",
                )


def given_twice(scene: Scene) -> Iterator[Found]:
    """Yield terms with two definitions in one agreement, and terms that mean different things in two of the set."""
    first: dict[str, tuple[Script, Entry]] = {}
    named = {placed.outline.definition for placed in scene.bank.precedents.values()}
    told: set[str] = set()
    for script in scripts(scene):
        here: dict[str, list[Entry]] = {}
        for entry in script.entries:
            here.setdefault(key_of(entry.term), []).append(entry)
        for key, (entry, *twins) in here.items():
            for twin in twins:
                found = _twice(scene, entry, twin)
                if found.path not in told:
                    told.update({found.path} - {""})  # a setting words the term in every agreement
                    yield found
            if twins or entry.id in named:
                continue
            other, elsewhere = first.setdefault(key, (script, entry))
            if _meaning(elsewhere) != _meaning(entry):
                found = at(
                    entry.passage,
                    f"gives “{entry.term}” another meaning than the {other.document.short}, which says that it "
                    f"“{plain_text(elsewhere.meaning).rstrip('.')}”",
                    "give the term one meaning in both agreements, or use two terms",
                )
                yield replace(found, severity=Severity.WARNING)
        yield from _inside_text(script, {key: entries[0] for key, entries in here.items()})


def _twice(scene: Scene, one: Entry, other: Entry) -> Found:
    settings = [path for entry in (one, other) if (path := setting_of(scene.bank.terms.get(entry.id)))]
    hints = [f"change `{path}`, from which the words come" for path in settings]
    terms = one.term if one.term == other.term else f"{one.term}” and “{other.term}"
    return at(
        other.passage,
        f"is the second definition of the same words (“{terms}”) in this agreement; the first says that it "
        f"“{plain_text(one.meaning).rstrip('.')}”",
        *(hints or [f"keep one of the definitions {one.id!r} and {other.id!r}, or give one of them another name"]),
        path=settings[-1] if settings else "",
    )


def _inside_text(script: Script, printed: Mapping[str, Entry]) -> Iterator[Found]:
    """Yield terms that have a definition and are defined again in the text, as in (the “Forum”)."""
    for passage in script.passages:
        if "“" not in passage.words or passage.kind == "heading":
            continue
        for match in _AGAIN.finditer(passage.words):
            words = match[1] or match[2]
            entry = printed.get(key_of(words))
            if entry and key_of(passage.term) != key_of(words) and words[:1].isupper():
                found = at(
                    passage,
                    f"defines “{words}” a second time; the list of definitions has it already",
                    "leave the words in quotation marks out here, or take the definition out of the list",
                )
                yield replace(found, severity=Severity.WARNING)


def circles(scene: Scene) -> Iterator[Found]:
    """Yield definitions that explain each other. One that begins with a name explains itself and closes no circle."""
    for script in scripts(scene):
        graph = {
            entry.id: [
                inline.id
                for inline in flatten(entry.meaning)
                if isinstance(inline, Term) and inline.id != entry.id and inline.id in script.printed
            ]
            for entry in script.entries
            if not _names(entry.meaning)
        }
        told: set[str] = set()
        for id_ in graph:
            circle = _circle(graph, id_)
            if circle and not told.intersection(circle):
                told.update(circle)
                terms = [script.printed[one].term for one in circle]
                says = ", which is explained by ".join(f"“{term}”" for term in (*terms[1:], terms[0]))
                yield at(
                    script.printed[id_].passage,
                    f"explains the term by {says} again",
                    f"write what “{terms[0]}” means without using “{terms[-1]}”, or the other way round",
                )


def _circle(graph: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """Return the shortest way from a definition back to itself; nothing when there is none."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        for to in graph.get(way[-1], ()):
            if to == start and len(way) > 1:
                return way
            if to not in seen:
                seen.add(to)
                ways.append([*way, to])
    return []


def _names(meaning: Iterable[Inline]) -> bool:
    """Whether a meaning begins with a name from the configuration: "means NHS Anytown, which …"."""
    words = ""
    for inline in flatten(meaning):
        if isinstance(inline, Value | Blank):
            return _NAMED.fullmatch(words) is not None
        text = getattr(inline, "text", None)
        words += text if isinstance(text, str) else ""
    return False


def _meaning(entry: Entry) -> str:
    """Return a meaning as words that can be compared: where a reference leads may differ between agreements."""
    parts = ("§" if isinstance(one, Reference) else getattr(one, "text", "") for one in flatten(entry.meaning))
    return " ".join("".join(parts).casefold().split())


def setting_of(source: ClauseSource | None) -> str:
    """Return the setting that words the term of a definition, or nothing."""
    found = _PATH.search(source.front.term) if source else None
    return found[1] if found else ""


def _told(source: ClauseSource) -> str:
    return source.front.term if "{{" not in source.front.term else source.id.replace("-", " ")
