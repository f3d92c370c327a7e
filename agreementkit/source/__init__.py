"""Source files: text read safely, and YAML with the place of every value.

Files come from strangers, so reading is bounded in size, depth and number of values. Nothing here knows what
the values mean.
"""

from agreementkit.source.positions import Loc, Positions, Span
from agreementkit.source.text import MAX_BYTES, SourceText, read_text
from agreementkit.source.yaml import MAX_DEPTH, MAX_VALUES, Parsed, load_yaml, parse_yaml

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_VALUES",
    "Loc",
    "Parsed",
    "Positions",
    "SourceText",
    "Span",
    "load_yaml",
    "parse_yaml",
    "read_text",
]
