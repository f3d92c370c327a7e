"""Runs and paragraphs: words, values, references and fields."""
