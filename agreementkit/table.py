"""Tables for people who work in notebooks: rows of plain data that show themselves and become a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


class Table(list[Row]):
    """Rows of plain data, each with the same keys. It is a list, so `pandas.DataFrame(table)` works too.

    Args:
        rows: The rows.
        caption: What it is a table of.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]] = (), caption: str = "") -> None:
        super().__init__(dict(row) for row in rows)
        self.caption = caption

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys, in the order in which they first come."""
        return tuple(dict.fromkeys(key for row in self for key in row))

    def frame(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame.

        Raises:
            ModuleNotFoundError: pandas is not installed; `pip install pandas` does it.
        """
        import pandas

        return pandas.DataFrame(list(self), columns=list(self.columns))

    def markdown(self) -> str:
        """Return the rows as a Markdown table."""
        lines = ["| " + " | ".join(self.columns) + " |", "| " + " | ".join("---" for _ in self.columns) + " |"]
        for row in self:
            cells = (_said(row.get(key)).replace("|", "\\|").replace("\n", " ") for key in self.columns)
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        if not self:
            return f"<table>{caption}<tr><td>nothing</td></tr></table>"
        style = ' style="text-align:left;vertical-align:top;white-space:pre-wrap"'
        head = "".join(f'<th scope="col"{style}>{escape(key)}</th>' for key in self.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td{style}>{escape(_said(row.get(key)))}</td>" for key in self.columns) + "</tr>"
            for row in self
        )
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_said(one) for one in value)
    return str(value)
