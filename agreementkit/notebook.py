"""For notebooks: a picker that shows what each variant of a clause would say, and how to choose it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreementkit.agreement import AgreementSet
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AssemblyError
from agreementkit.explaining import Explanation
from agreementkit.tree.nodes import Note
from agreementkit.tree.walk import note_text

if TYPE_CHECKING:
    import ipywidgets


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant of a clause in one set of agreements.

    Attributes:
        variant: Its name.
        chosen: Whether the configuration chooses it.
        condition: What has to be true for it to be chosen.
        text: What the clause says with it; empty when it cannot be made with the other settings as they are.
        fault: Why it cannot.
        notes: The notes on this wording, in every voice that the configuration prints.
    """

    variant: str
    chosen: bool
    condition: str
    text: str
    fault: str
    notes: tuple[Note, ...]

    def _repr_html_(self) -> str:
        state = "chosen" if self.chosen else f"chosen when <code>{html.escape(self.condition)}</code>"
        words = "<br>".join(html.escape(line) for line in (self.text or self.fault).split("\n"))
        notes = "".join(
            f"<blockquote><strong>{html.escape(note.author)}.</strong> {html.escape(note_text(note))}</blockquote>"
            for note in self.notes
        )
        return f'<div style="max-width:46em"><p><em>{state}</em></p><p>{words}</p>{notes}</div>'


def choices(agreements: AgreementSet, clause: str, agreement: str | None = None) -> tuple[Choice, ...]:
    """Return what each variant of a clause says with the other settings as they are, the chosen one first.

    Args:
        agreements: The set.
        clause: Id of the clause.
        agreement: In which agreement; None for the first that has the clause.

    Raises:
        AssemblyError: No agreement has the clause, or it has no variants (AK269).
    """
    (explanation, *_) = agreements.explain(clause, agreement)
    return tuple(_choices(agreements, explanation, clause))


def _choices(agreements: AgreementSet, explanation: Explanation, clause: str) -> list[Choice]:
    source = agreements.bank[clause]
    if not source.front.variants:
        hint = "agreementkit.Bank.load().table() lists the clauses with their variants"
        raise AssemblyError(Diagnostic("AK269", f"{clause!r} has one wording only", hints=(hint,)))
    origin = explanation.provision.division.origin
    chosen = origin.variant if origin else ""
    provision, variants = explanation.provision, source.front.variants
    others = [
        Choice(one.variant, False, one.reason.condition, one.text, one.fault, one.notes) for one in explanation.wordings
    ]
    return [Choice(chosen, True, variants.get(chosen, ""), provision.text, "", provision.notes), *others]


def variant_picker(agreements: AgreementSet, clause: str, agreement: str | None = None) -> ipywidgets.VBox:
    """Return a widget that shows the variants of a clause one at a time: words, condition, and notes of each voice.

    Args:
        agreements: The set.
        clause: Id of the clause.
        agreement: In which agreement; None for the first that has the clause.

    Raises:
        ModuleNotFoundError: ipywidgets is not installed; `pip install "agreementkit[notebook]"` does it.
        AssemblyError: As `choices` does.
    """
    import ipywidgets

    found = {one.variant: one for one in choices(agreements, clause, agreement)}
    names = [(f"{name} (chosen)" if one.chosen else name, name) for name, one in found.items()]
    picker = ipywidgets.Dropdown(options=names, description="Variant")
    shown = ipywidgets.HTML(value=next(iter(found.values()))._repr_html_())
    picker.observe(lambda change: setattr(shown, "value", found[change["new"]]._repr_html_()), names="value")
    return ipywidgets.VBox([picker, shown])
