"""The parts of a written file as the checks see them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

Parts = Mapping[str, bytes]
Trees = Mapping[str, etree._Element]

MAIN = "word/document.xml"
STORY = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
"""Parts that hold text a reader sees."""
