"""An agreement as HTML: a light fragment for notebooks, and a whole page for people who review it."""

from agreementkit.writers.html.fragment import COLOURS, write_html_fragment, write_html_fragments
from agreementkit.writers.html.page import write_html_page

__all__ = ["COLOURS", "write_html_fragment", "write_html_fragments", "write_html_page"]
