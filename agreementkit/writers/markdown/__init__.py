"""Agreements as Markdown: one file that reads the same on GitHub, through pandoc and through python-markdown."""

from agreementkit.writers.markdown.options import MarkdownOptions
from agreementkit.writers.markdown.writer import write_markdown

__all__ = ["MarkdownOptions", "write_markdown"]
