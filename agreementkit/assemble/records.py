"""Records of compiled clauses: two lines of JSON, of which the second is read only when somebody looks into the clause.

The first holds the expressions of the clause. They are asked while clauses are chosen, most of which are then left out.
"""

from __future__ import annotations

import json
from typing import Any

from agreementkit.assemble.kept import NotKept, Parts, from_data, to_data
from agreementkit.bank.clause import ClauseSource


def to_record(parts: Parts, source: ClauseSource) -> bytes:
    """Return a compiled clause as two lines of JSON: its expressions, which are asked first, and the rest.

    Raises:
        NotKept: It has something in it that records do not know.
    """
    *rest, asked = to_data(parts, source)
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (asked, rest))
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def expressions_in(record: bytes) -> dict[str, Any]:
    """Return the expressions of a record, each with what `expressions.learn` takes.

    Raises:
        NotKept: It is none.
    """
    asked = _json(record.partition(b"\n")[0])
    if not isinstance(asked, dict):
        raise NotKept("the expressions are missing")
    return asked


def from_record(record: bytes, source: ClauseSource) -> Parts:
    """Return the compiled clause that `to_record` made into `record`.

    Args:
        record: The record.
        source: The clause file that it was made of.

    Raises:
        NotKept: It is none.
    """
    rest = _json(record.partition(b"\n")[2])
    if not isinstance(rest, list):
        raise NotKept("this is no compiled clause")
    return from_data([*rest, expressions_in(record)], source)[0]


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotKept("this is no compiled clause") from error
