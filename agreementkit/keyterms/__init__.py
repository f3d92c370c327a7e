"""The key terms of agreements on one page: what is agreed on each subject, and the clauses that say so."""

from agreementkit.keyterms.terms import KeyTerm, KeyTerms, Point, with_key_terms

__all__ = ["KeyTerm", "KeyTerms", "Point", "with_key_terms"]
