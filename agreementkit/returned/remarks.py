"""What has to be known about a returned file before its edits are read: is it the right one, is it whole, is it safe.

Nothing here changes what was found. A file of another agreement is said to be one, once, so that a thousand edits do
not have to say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agreementkit.agreement import Agreement
from agreementkit.diagnostics import Diagnostic, Place, Report, Severity
from agreementkit.returned.edit import Edit, Location
from agreementkit.returned.parts import Parts
from agreementkit.returned.scene import Scene
from agreementkit.writers.identity import Identity, identity_of, named

LEAST_KNOWN = 0.3
"""Share of our paragraphs that a file must have, for it to be of the agreement."""

_SHOWN = 60


def remarks(
    parts: Parts,
    scene: Scene,
    identity: Identity | None,
    agreement: Agreement | None,
    edits: Sequence[Edit],
    comments: Sequence[Location],
    strange: Sequence[str],
) -> Report:
    """Return the findings about a file.

    Args:
        parts: Its parts.
        scene: Its words beside the agreement.
        identity: Which agreement it says it is of.
        agreement: The agreement that it is read against.
        edits: What was done to it.
        comments: The places of the comments of others.
        strange: Lines of its cover that the agreement does not know.
    """
    report = Report()
    report.extend(_dangers(parts))
    place = Place(parts.file)
    if agreement is None:
        report.add(
            Diagnostic(
                "AK809",
                "the agreement as it was sent is neither at hand nor in the file: places are bookmarks, and only what"
                " was tracked is seen",
                Severity.WARNING,
                place,
                ("give the configuration it was built from, or the .json that was built beside it",),
            )
        )
    else:
        report.extend(_which(place, scene, identity, agreement))
        report.extend(_marks(place, scene))
    lost = sum(not one.place.placed for one in edits), sum(not one.placed for one in comments)
    if any(lost):
        message = f"{_many(lost[0], 'edit')} and {_many(lost[1], 'comment')} have no place in the agreement"
        hint = "they are listed as not placed, with what they stand in; read them in the file"
        report.add(Diagnostic("AK807", message, Severity.WARNING, place, (hint,)))
    if strange:
        first = strange[0] if len(strange[0]) <= _SHOWN else f"{strange[0][:_SHOWN]} …"
        message = f"{_many(len(strange), 'line')} of the cover, the first {first!r}, are not the agreement's own words"
        hint = "they may come from the house template; compare them with the cover as it was sent"
        report.add(Diagnostic("AK808", message, Severity.INFO, place, (hint,)))
    return report


def _dangers(parts: Parts) -> Iterator[Diagnostic]:
    place = Place(parts.file)
    active = sorted({kind for name in parts.parts if (kind := _active(name))})
    if active:
        message = f"the file holds {' and '.join(active)}; nothing of it was run"
        hint = "do not open the file in Word before somebody has looked at it; ask for it as a plain .docx"
        yield Diagnostic("AK800", message, Severity.WARNING, place, (hint,))
    outside = parts.outside()
    if outside:
        said = ", ".join(f"{kind} {target[:_SHOWN]!r}" for kind, target in outside[:3])
        more = f" and {len(outside) - 3} more" if len(outside) > 3 else ""
        message = f"Word would fetch something from outside for this file: {said}{more}; nothing was fetched"
        hint = "opening the file in Word tells somebody that it was opened; ask for it without such links"
        yield Diagnostic("AK801", message, Severity.WARNING, place, (hint,))
    odd = [name for name in parts.parts if name.startswith("/") or ".." in name.split("/") or "\\" in name]
    if odd:
        message = (
            f"{_many(len(odd), 'part')} of the file, the first {odd[0][:_SHOWN]!r}, have names that lead elsewhere"
        )
        hint = "they were not read, and nothing is ever unpacked onto the disk; ask where the file comes from"
        yield Diagnostic("AK802", message, Severity.WARNING, place, (hint,))


def _active(name: str) -> str:
    low = name.lower()
    if "vbaproject" in low or "vbadata" in low:
        return "macros"
    if "/activex/" in low:
        return "ActiveX controls"
    return "embedded objects" if "/embeddings/" in low else ""


def _which(place: Place, scene: Scene, identity: Identity | None, agreement: Agreement) -> Iterator[Diagnostic]:
    """Say whether the file is of the agreement at all, and of this version of it."""
    own = [at for at, one in enumerate(scene.sent) if not one.optional and one.text.strip()]
    mates = {group.sent for group in scene.groups}
    share = sum(at in mates for at in own) / len(own) if own else 1.0
    other = identity is not None and identity.precedent != agreement.precedent
    if identity is not None and other:
        message = (
            f"the file says it is of an agreement {identity.precedent!r}, and is read against the {agreement.title}"
        )
        hint = "give the agreement it is of; the edits listed are the differences between two agreements"
        yield Diagnostic("AK803", message, Severity.ERROR, place, (hint,), agreement=agreement.precedent)
    elif identity is not None and identity.differs((identity_of if identity.words else named)(agreement.document)):
        message = f"the file was built from another version of the {agreement.title}"
        hint = "give the version that was sent: what has changed since is listed as if the reader had changed it"
        yield Diagnostic("AK804", message, Severity.WARNING, place, (hint,), agreement=agreement.precedent)
    if share < LEAST_KNOWN:
        message = f"only {share:.0%} of the paragraphs of the {agreement.title} are in the file"
        hint = "it is another document, or nearly everything was taken out: look at it before you use the edits"
        yield Diagnostic("AK805", message, Severity.ERROR, place, (hint,), agreement=agreement.precedent)


def _marks(place: Place, scene: Scene) -> Iterator[Diagnostic]:
    """Say how many bookmarks were lost, and what became of their provisions."""
    there = {name for group in scene.groups for name in group.bookmarks}
    mates = {group.sent for group in scene.groups}
    lost = [at for at, one in enumerate(scene.sent) if one.bookmark and one.bookmark not in there]
    found = sum(at in mates for at in lost)
    if found:
        message = f"{_many(found, 'bookmark')} of provisions were lost; the provisions were found by their words"
        hint = (
            "look at the places that say how sure they are; a program that is not Word may have dropped the bookmarks"
        )
        yield Diagnostic("AK806", message, Severity.WARNING, place, (hint,))


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
