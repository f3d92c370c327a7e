"""Agreements as Word files: native numbering, live references, notes as comments, a house file."""

from agreementkit.writers.word.options import WordOptions
from agreementkit.writers.word.writer import write_word

__all__ = ["WordOptions", "write_word"]
