"""Values that nobody has given yet."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.scene import Scene
from agreementkit.config.paths import in_file
from agreementkit.diagnostics import Severity
from agreementkit.tree.nodes import Blank

_WORKED_OUT = {"signing_employers[": "signatories.employer[", "signing_unions[": "signatories.staff_side["}


def blanks(scene: Scene) -> Iterator[Found]:
    """Yield each configuration path that is still blank, once for each agreement.

    A blank is fine in a draft, so it only informs; a final copy is refused while one is left.
    """
    for document in scene.documents:
        seen: set[str] = set()
        for division, inline in scene.given[document.precedent]:
            if isinstance(inline, Blank) and inline.path not in seen:
                seen.add(inline.path)
                what = inline.label or "a value"
                where = scene.labels.get((document.precedent, division), "the cover")
                yield Found(
                    f"{where} of the {document.title} has a blank: {what[:1].lower() + what[1:]}",
                    (f"set `{_setting(inline.path)}` in the configuration",) if inline.path else (),
                    agreement=document.precedent,
                    division=division,
                    path=inline.path,
                )


def _setting(path: str) -> str:
    """Return the path to set for a value that the configuration works out from it."""
    for computed, given in _WORKED_OUT.items():
        if path.startswith(computed):
            return given + path.removeprefix(computed)
    return in_file(path)


CHECKS = (
    Check(
        "AK501",
        "a value that nobody has given yet",
        "A blank is fine in a draft and refused in a final copy: nobody signs a gap.",
        Family.DRAFTING,
        Severity.INFO,
        blanks,
    ),
)
