"""What is built and written: agreements of an example, or of a made-up bank, once and again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agreementkit import Bank, Config, assemble
from agreementkit.tree.nodes import Document
from agreementkit.writers import WRITERS, WriteOptions


@dataclass(frozen=True, slots=True)
class Finished:
    """Agreements that were made and written once.

    Attributes:
        documents: The resolved documents.
        word: Their Word files.
        clean: Their Word files without notes.
        markdown: Their Markdown files.
    """

    documents: Sequence[Document] = field(repr=False)
    word: Sequence[bytes] = field(repr=False)
    clean: Sequence[bytes] = field(repr=False)
    markdown: Sequence[bytes] = field(repr=False)

    @classmethod
    def of(cls, config: Config, bank: Bank) -> Finished:
        """Make and write the agreements of a configuration."""
        documents = assemble(config, bank).documents
        clean = WriteOptions(notes="none")
        return cls(documents, write(documents, "docx"), write(documents, "docx", clean), write(documents, "md"))


def write(documents: Sequence[Document], name: str, options: WriteOptions | None = None) -> list[bytes]:
    """Return documents in a format."""
    return [WRITERS[name].write(one, options or WriteOptions()) for one in documents]


def renamed(config: Config, number: int) -> Config:
    """Return the configuration of another organisation: the same settings, other names and another title."""
    names = {name for one in config.employers for name in (one.name, one.short) if name}
    said = "|".join(re.escape(json.dumps(name)[1:-1]) for name in sorted(names, key=len, reverse=True))
    data = config.model_dump_json(round_trip=True, exclude_unset=True)
    other: dict[str, object] = json.loads(re.sub(f'"(?:{said})"', lambda found: f'{found[0][:-1]} {number}"', data))
    return Config.model_validate({**other, "title": f"{config.title} {number}"})


def build(config: Config, bank: Bank, *, checks: bool = False) -> list[bytes]:
    """Assemble and write Word and Markdown, all in memory.

    Args:
        config: The configuration.
        bank: The bank, read before.
        checks: Whether every check is run besides.
    """
    made = assemble(config, bank)
    if checks:
        list(made.report)
    return [*write(made.documents, "docx"), *write(made.documents, "md")]
