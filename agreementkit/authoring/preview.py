"""`pack preview`: one clause alone, as an agreement prints it, with example values and its notes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agreementkit.agreement import AgreementSet, assemble
from agreementkit.assemble.compile import compile_clause
from agreementkit.assemble.values import Names
from agreementkit.authoring.example import Stage, find_example, stage
from agreementkit.authoring.excerpt import cut, is_there
from agreementkit.bank import Bank, ClauseSource, Kind
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import AssemblyError
from agreementkit.explaining.trail import values
from agreementkit.reader import ItemTemplate
from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import divisions

_YES, _NO = "1 == 1", "1 == 2"


@dataclass(frozen=True, slots=True, eq=False)
class Excerpt:
    """A clause as one agreement prints it.

    Attributes:
        variant: The variant; empty when the clause has none.
        agreement: Title of the agreement.
        configuration: The configuration that was used, as a file; empty when it was given.
        remarks: What is to be known about it, a sentence each: values, and what was left out.
        document: The clause with its notes, cut out of the resolved agreement.
    """

    variant: str
    agreement: str
    configuration: str
    remarks: tuple[str, ...]
    document: Document


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A clause in one variant, or in each of them in turn.

    Attributes:
        clause: Id of the clause.
        excerpts: One for each variant that could be shown.
        missing: Why the others could not be; empty when all could.
    """

    clause: str
    excerpts: tuple[Excerpt, ...]
    missing: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """The preview as plain text, wrapped, with its notes below what they explain."""
        from agreementkit.authoring.terminal import plain

        return plain(self)

    @property
    def markdown(self) -> str:
        """The preview as Markdown, with its notes as quotations."""
        from agreementkit.writers.markdown import MarkdownOptions, write_markdown

        options = MarkdownOptions(notes="inline")
        return "\n".join(write_markdown(one.document, options) for one in self.excerpts)

    @property
    def html(self) -> str:
        """The preview as a whole page of HTML that fetches nothing."""
        from agreementkit.writers.html import write_html_fragments

        return write_html_fragments(f"Preview of {self.clause}", [one.document for one in self.excerpts])

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from agreementkit.writers.html import write_html_fragment

        return "\n".join(write_html_fragment(one.document) for one in self.excerpts)


def preview(clause: str, bank: Bank, *, config: Config | None = None, variant: str | None = None) -> Preview:
    """Show one clause, schedule, definition, party, recital or execution block alone.

    The whole agreement is made and the clause is cut out of it, so that its numbers and references are real. A clause
    that no precedent holds yet is put at the end of one for the preview.

    Args:
        clause: Its id.
        bank: The bank, with the packs over it.
        config: Values to show it with; None for a small example that makes it stand, with example values in its blanks.
        variant: The variant to show, also where the configuration would choose another; None for the one that the
            configuration chooses, and without a configuration for each in turn.

    Raises:
        BankError: The bank has no such clause (AK205), or its file has faults; all of them, with their places.
        AssemblyError: No variant of that name (AK286), the configuration leaves the clause out (AK287), or the
            agreement cannot be made; with every fault.
    """
    source = bank.source(clause)
    compile_clause(source)
    names = tuple(source.front.variants)
    if variant is not None and variant not in names:
        raise AssemblyError(_no_variant(source, variant))
    here = stage(bank, source)
    if config is not None:
        return Preview(source.id, (_with_config(here, config, variant),))
    excerpts: list[Excerpt] = []
    missing: list[Diagnostic] = []
    for name in (variant,) if variant is not None else names or ("",):
        try:
            example = find_example(here, name)
        except AssemblyError as error:
            missing += error.diagnostics
            continue
        said = "; ".join(f"{path}: {_in_yaml(value)}" for path, value in example.values.items())
        remark = f"Example values: {said}." if said else "Example values: the defaults."
        excerpts.append(
            _excerpt(here, example.agreements, example.precedent, name, remark, configuration=example.configuration)
        )
    if not excerpts:
        raise AssemblyError(*dict.fromkeys(missing))
    return Preview(source.id, tuple(excerpts), tuple(dict.fromkeys(missing)))


def _with_config(here: Stage, config: Config, variant: str | None) -> Excerpt:
    source = here.source
    precedents = [id_ for id_ in config.agreements if id_ in here.homes]
    if not precedents:
        homes = ", ".join(here.homes)
        raise AssemblyError(
            Diagnostic(
                "AK287",
                f"{source.id!r} is in none of the agreements that the configuration asks for",
                path=source.id,
                place=config.place("agreements"),
                hints=(f"it stands in: {homes}", "leave `-c` out to see it with example values"),
            )
        )
    for precedent in precedents:
        bank = here.bank_for(precedent)
        agreements = assemble(config, _forced(bank, source, variant) if variant is not None else bank)
        if is_there(agreements[precedent].document, source):
            place = config.place("agreements")
            said = f"Values: those of {place.file if place else 'the configuration'}."
            return _excerpt(here, agreements, precedent, variant, said)
    names = Names.of(config, precedents[0], here.bank.options)
    found = "; ".join(f"{path} is {value}" for path, value in values(names, source.front.when or ""))
    raise AssemblyError(
        Diagnostic(
            "AK287",
            f"the configuration leaves {source.id!r} out" + (f": {found}" if found else ""),
            path=source.id,
            place=source.place("when"),
            hints=("leave `-c` out to see it with example values",),
        )
    )


def _forced(bank: Bank, source: ClauseSource, variant: str) -> Bank:
    """Return the bank with a variant that is chosen whatever is configured."""
    conditions = {name: _YES if name == variant else _NO for name in source.front.variants}
    forced = replace(source, front=source.front.model_copy(update={"variants": conditions}))
    if source.front.kind is Kind.DEFINITION:
        return replace(bank, terms={**bank.terms, source.id: forced})
    return replace(bank, clauses={**bank.clauses, source.id: forced})


def _excerpt(
    here: Stage, agreements: AgreementSet, precedent: str, variant: str | None, values_: str, *, configuration: str = ""
) -> Excerpt:
    agreement = agreements[precedent]
    source = here.source
    bare = cut(agreement.document, source)
    origins = [one.origin for one in divisions(bare) if one.origin]
    if variant is None:
        variant = next((one.variant for one in origins if one.clause == source.id), "")
    title = f"{source.id}, variant {variant}" if variant else source.id
    remarks = [f"As in the {agreement.title}."]
    if here.guest is source:
        remarks = [f"No precedent holds it yet; it is shown at the end of the {agreement.title}."]
    if variant and source.front.variants:
        remarks.append(f"Chosen when {source.front.variants[variant]}.")
    remarks.append(values_)
    standing = {(one.place.file, one.place.line) for one in origins if one.place}
    left = list(_left_out(source, variant, standing))
    if left:
        remarks.append(f"Left out with these values: {'; '.join(left)}.")
    document = cut(agreement.document, source, title=title, lines=remarks, name=variant)
    return Excerpt(variant, agreement.title, configuration, tuple(remarks), document)


def _left_out(source: ClauseSource, variant: str, standing: set[tuple[str, int]]) -> Iterator[str]:
    """Yield the paragraphs whose condition is false, each with that condition."""
    for section in compile_clause(source).body.sections:
        if section.variant in ("", variant):
            yield from _pruned(section.items, standing)


def _pruned(items: tuple[ItemTemplate, ...], standing: set[tuple[str, int]]) -> Iterator[str]:
    for item in items:
        if item.when and (item.place.file, item.place.line) not in standing:
            yield f"{f'#{item.id}' if item.id else f'line {item.place.line}'} (when {item.when.expression})"
        else:
            yield from _pruned(item.children, standing)


def _no_variant(source: ClauseSource, variant: str) -> Diagnostic:
    names = tuple(source.front.variants)
    hints = suggest(variant, names, "variant") if names else ("leave `--variant` out: it has one wording only",)
    what = f"{source.id!r} has no variant {variant!r}"
    return Diagnostic("AK286", what, place=source.place("variants"), hints=hints, path=source.id)


def _in_yaml(value: Any) -> str:
    """Return a value as a configuration file has it, on one line."""
    return str(value) if isinstance(value, str | date) else json.dumps(value, ensure_ascii=False, default=str)
