"""Search over the bank: clauses, definitions and notes by word, phrase, topic, law, setting, kind, pack and voice."""

from agreementkit.searching.result import Hit, SearchResult
from agreementkit.searching.search import search

__all__ = ["Hit", "SearchResult", "search"]
