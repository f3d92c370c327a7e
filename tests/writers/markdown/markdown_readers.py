"""Independent readers of Markdown: pandoc in two dialects, and python-markdown. Each gives back lines of text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import markdown
from lxml import html

PANDOC = shutil.which("pandoc")
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th"}


def pandoc(text: str, dialect: str) -> list[Any]:
    assert PANDOC
    # Without its list of abbreviations pandoc puts no space of its own choosing after "Mr.".
    command = [PANDOC, f"--abbreviations={os.devnull}", "-f", dialect, "-t", "json"]
    made = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    blocks: list[Any] = json.loads(made.stdout)["blocks"]
    return blocks


def pandoc_lines(text: str, dialect: str) -> list[str]:
    """Return each paragraph, heading, item and cell as pandoc reads it. Footnotes are left out."""
    return list(filter(None, _lines(pandoc(text, dialect))))


def _lines(node: Any) -> list[str]:
    if isinstance(node, list):
        return [line for one in node for line in _lines(one)]
    if not isinstance(node, dict):
        return []
    match node.get("t"):
        case "Para" | "Plain":
            return [words(node["c"])]
        case "Header":
            return [words(node["c"][2])]
        case "BulletList" | "Table" | "BlockQuote":
            return _lines(node["c"])
        case "AlignDefault" | "ColWidthDefault" | "ColWidth" | "RawBlock":
            return []
        case other:
            raise AssertionError(f"{other}: {node}")


def words(inlines: list[Any]) -> str:
    out = ""
    for one in inlines:
        content = one.get("c")
        match one["t"]:
            case "Str":
                out += content
            case "Space":
                out += " "
            case "LineBreak":
                out += "\n"
            case "Emph" | "Strong":
                out += words(content)
            case "Quoted":
                left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
                out += left + words(content[1]) + right
            case "Link":
                out += words(content[1])
            case "RawInline" | "Note":
                pass
            case other:
                raise AssertionError(f"{other}: {one}")
    return out


def python_markdown_lines(text: str) -> list[str]:
    """Return each paragraph, heading, item and cell as python-markdown reads it."""
    made = markdown.markdown(text, extensions=["extra", "sane_lists"])
    if not made:
        return []
    root = html.fragment_fromstring(made, create_parent="div")
    for mark in root.xpath("//sup | //div[@class='footnote']"):
        mark.drop_tree()
    for line in root.iter("br"):
        line.tail = "\n" + (line.tail or "").removeprefix("\n")
    leaves = [one for one in root.iter(*_BLOCKS) if not any(True for _ in one.iterdescendants(*_BLOCKS))]
    return list(filter(None, (str(one.text_content()) for one in leaves)))


READERS: dict[str, Callable[[str], list[str]]] = {"python-markdown": python_markdown_lines}
if PANDOC:
    READERS |= {
        "gfm": lambda text: pandoc_lines(text, "gfm"),
        "markdown": lambda text: pandoc_lines(text, "markdown"),
    }
