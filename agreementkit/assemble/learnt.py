"""Expressions of a bank that do not stand in its clauses: read once, and kept between runs.

Those of a clause are kept with the clause. Without this, each run would have Jinja read a few dozen others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreementkit.assemble.expressions import Expression, is_known, learn, parse
from agreementkit.cache import kept, key_of
from agreementkit.reader.template import SpanTemplate, TemplateInline
from agreementkit.reader.visit import inlines_in
from agreementkit.tree.nodes import Field


def make_known(texts: Iterable[str]) -> None:
    """Take in expressions as an earlier run has read them; where none has, read and keep them.

    Args:
        texts: The expressions; there may be faults in them.
    """
    asked = {text for text in texts if not is_known(text)}
    cache = kept() if asked else None
    if cache is None:
        return
    unread = sorted(asked)
    key = key_of("expressions", unread)
    found = cache.read(key)
    if isinstance(found, dict):
        learn({text: found[text] for text in unread if text in found})
        return
    readable = [one for one in map(parse, unread) if isinstance(one, Expression) and one.plan is not None]
    cache.write(key, {one.text: one.as_data() for one in readable})  # faults are worded anew each time


def expressions_of(line: Iterable[TemplateInline]) -> Iterator[str]:
    """Yield the expressions in running text, those of conditions as well.

    Args:
        line: The text, as it was read.
    """
    for inline in inlines_in(line):
        if isinstance(inline, Field):
            yield inline.expression
        elif isinstance(inline, SpanTemplate) and inline.when:
            yield inline.when.expression
