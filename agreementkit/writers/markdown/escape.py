r"""Characters as Markdown that gives back exactly these characters, whoever reads it.

Three readers with different ideas must agree: GitHub's Markdown, pandoc's own with all its extensions, and
python-markdown. A character that means something to any of them is written so that it means nothing to all:

- with a backslash where all three know the escape: ``* _ [ ] { } # + - . ! ( )``;
- as a character reference where python-markdown does not: ``< > & " ' \ ` ~ ^ $ @ | : =``;
- and only where it would be taken for markup, so that plain prose stays plain prose.

White space is text too. A single space between words stays; any other (at an end, doubled, no-break, tab) is a
character reference, `&#32;` or `&nbsp;`, which every reader turns back into the same character. Characters that
HTML cannot carry are refused, since any output here would change them.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError

BREAK, OPEN, CLOSE = "\n", "\x01", "\x02"
"""Stand in the plain words for a line break and for the two ends of a link. No text can hold the last two."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = {
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "\\": "&#92;",
    "`": "&#96;",
    "~": "&#126;",
    "^": "&#94;",
    "$": "&#36;",
    "@": "&#64;",
    "|": "&#124;",
    "\xa0": "&nbsp;",
}
_BACKSLASH = frozenset("*_[]{}#")
_STARTERS = frozenset("+-.()")

# Characters that can mean something somewhere: for all others, in any context, `Escaping` has nothing to do. Those
# that mean something only beside certain others are found only there, and a space, a bracket, a plus or an equals sign
# is not found at all: `Escaping` knows where they count.
_ORDINARY = r"A-Za-z0-9 ,;?%/()+=\xa1-\u02ff\u2010-\u2027\u20ac\u25cf"
_SUSPECT = re.compile(
    rf"[^{_ORDINARY}](?:(?<![-.:])"
    r"|(?<=\.)(?:(?=\.)|(?<=\.\.)|(?<=[wW]\.)|(?=\s)(?<![A-Za-z]{6}\.))"
    r"|(?<=-)(?:(?=-)|(?<=--))"
    r"|(?<=:)(?:(?=[A-Za-z0-9_+/-])|(?<=[oOpP\n]:)))"
)
_UNLIKE_ASCII = re.compile(rf"[^\x00-\x7f{_ORDINARY}]")
_EVERY_SUSPECT = re.compile(r"[^A-Za-z0-9 ,;?%/]")
_OUTER_SPACE = re.compile(r"(?<![^\s\x01]) | (?![^\s\x02])")

# What begins a list, a quotation, a heading, a table or a definition at the start of a line. Pandoc counts with
# letters and Roman numerals too: a line that begins with "mix. " would be its item 1009. Only a capital with a dot
# needs two spaces or the end of the line to count, so that "J. Smith" is nobody's item.
_LINE_START = re.compile(
    r"^(?:(?P<sign>[-+:=])"
    r"|(?P<open>\()(?:[0-9]+|[A-Za-z]+)\)"
    r"|(?:[0-9]+|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})(?P<mark>[.)])(?=\s|$|[\x01\x02])"
    r"|[A-Z](?P<capital>\)(?=\s|$|[\x01\x02])|\.(?=\n|$|[\x01\x02])))",
    re.MULTILINE,
)
_REACH = 8
"""How far before a dot an abbreviation is looked for."""
_BEFORE_MARKUP = ("&", "!")
_SHORTCODE = re.compile(r":[A-Za-z0-9_+-]+:")
_SCHEME = re.compile(r"(?:mailto|xmpp)$", re.IGNORECASE)
# Pandoc puts a no-break space after these (its data file `abbreviations`).
_ABBREVIATIONS = frozenset({
    "aet", "aetat", "al", "Apr", "Aug", "bk", "Bros", "c", "Capt", "cf", "ch", "chap", "chs", "Co", "col", "Corp",
    "cp", "d", "Dec", "Dr", "e.g", "ed", "eds", "esp", "f", "fasc", "Feb", "ff", "fig", "fl", "fol", "fols", "Fr",
    "Gen", "Gov", "Hon", "i.e", "ill", "Inc", "incl", "Jan", "Jr", "Jul", "Jun", "Ltd", "M.A", "M.D", "Mar", "Mr",
    "Mrs", "Ms", "n", "n.b", "nn", "No", "Nov", "Oct", "p", "Ph.D", "pp", "Pres", "Prof", "pt", "q.v", "Rep", "Rev",
    "s.v", "s.vv", "saec", "sec", "Sen", "Sep", "Sept", "Sgt", "Sr", "St", "univ", "viz", "vol", "vs",
})  # fmt: skip
_OF_ABBREVIATIONS = string.ascii_letters + "."


def require_fit(text: str, where: str) -> None:
    """Refuse text with a character that no output can carry unchanged.

    Raises:
        OutputError: AK700, naming the character.
    """
    unfit = _UNFIT.search(text)
    if unfit:
        raise OutputError(
            Diagnostic(
                "AK700",
                f"The text {text[:60]!r} holds the control character U+{ord(unfit.group()):04X}, "
                f"which {where} cannot carry.",
                hints=("remove the character from the value or the clause it comes from",),
            )
        )


class Escaping:
    """The words of one paragraph, heading, item or cell, and how each of its characters is written.

    Args:
        plain: All the words, with `BREAK`, `OPEN` and `CLOSE` in their places.
        heading: Whether they stand in a heading, where no block can begin.

    Attributes:
        plain: All the words.
        odd: Whether there is anything among them that has no ink, but for the space: a line feed, a sign, other white
            space, a character that no output can carry.
        written: What is written for each character that is not written as itself where no markup is near. A line
            feed is not among them.
    """

    __slots__ = ("_composed", "_starts", "odd", "plain", "written")

    def __init__(self, plain: str, *, heading: bool = False) -> None:
        self.plain = plain
        self._starts = frozenset() if heading else _line_starts(plain)
        # Pandoc composes accents (NFC) in plain characters, though not in character references. Ordinary characters
        # are never composed, and to look for others is much quicker than to ask.
        self._composed = plain.isascii() or not _UNLIKE_ASCII.search(plain) or unicodedata.is_normalized("NFC", plain)
        self.odd = not plain.isprintable()
        last = len(plain) - 1
        self.written: dict[int, str] = {}
        for at in self._suspects():
            text = self.escape(at, seam=0, touches=at == last, after_mark=False)
            if text != plain[at] != BREAK:
                self.written[at] = text

    def _suspects(self) -> list[int]:
        """Return the places, in order, at which `escape` might not return the character itself.

        Few characters of prose are among them, so that only these are looked at one by one.
        """
        plain = self.plain
        found = [one.start() for one in (_SUSPECT if self._composed else _EVERY_SUSPECT).finditer(plain)]
        # Most words have single spaces between them, and then no space needs a look.
        if not self.odd and "  " not in plain and plain[:1] != " " and plain[-1:] != " ":
            return sorted(self._starts.union(found)) if self._starts else found
        return sorted(self._starts.union(found, [one.start() for one in _OUTER_SPACE.finditer(plain)]))

    def beside(self, places: Iterable[int]) -> list[int]:
        """Return where markup might make a difference to how a character is written.

        Args:
            places: Where markup stands: before which character.
        """
        plain, found = self.plain, []
        for at in places:
            if plain[at - 1 : at] in _BEFORE_MARKUP:
                found.append(at - 1)
            if plain.startswith("(", at):
                found.append(at)
            dot = plain.find(".", at, at + _REACH)
            while dot >= 0:
                found.append(dot)
                dot = plain.find(".", dot + 1, at + _REACH)
        return found

    def escape(self, at: int, *, seam: int, touches: bool, after_mark: bool) -> str:
        """Return the character at `at`, escaped if it needs to be.

        Args:
            at: Which character; not one of `BREAK`, `OPEN` and `CLOSE`.
            seam: Place of the first character after the last markup.
            touches: Whether markup, a place for a footnote mark or the end follows directly.
            after_mark: Whether a place for a footnote mark stands directly before.
        """
        char = self.plain[at]
        if char == ".":  # first, for most that are asked about are dots
            return "\\." if at in self._starts or _dot(self.plain, at, seam) else char
        if char in _REFERENCE:
            return _REFERENCE[char]
        if char in _BACKSLASH or (char in _STARTERS and at in self._starts):
            return f"\\{char}"
        if char.isspace() and char != " ":
            return f"&#{ord(char)};"
        if not (self._composed or char.isascii() or self._stays(at)):
            return f"&#{ord(char)};"
        return self._in_context(char, at, touches=touches, after_mark=after_mark)

    def _in_context(self, char: str, at: int, *, touches: bool, after_mark: bool) -> str:
        plain = self.plain
        before, after = plain[at - 1 : at] if at else "", plain[at + 1 : at + 2]
        match char:
            case " ":
                return "&#32;" if _outer(before, after) else char
            case "&":
                return "&amp;" if touches or after == "#" or after.isalnum() else char
            case ":" | "=":
                needed = at in self._starts or (char == ":" and _colon(plain, at))
                return f"&#{ord(char)};" if needed else char
            case "!":
                needed = touches
            case "(":
                needed = after_mark
            case "-":
                needed = "-" in (before, after)
            case _:
                needed = False
        return f"\\{char}" if needed else char

    def _stays(self, at: int) -> bool:
        """Return whether a character, with the one before it, is the same when accents are composed."""
        pair = self.plain[max(0, at - 1) : at + 1]
        return unicodedata.is_normalized("NFC", pair) and not unicodedata.combining(pair[-1])


@lru_cache(maxsize=4_096)  # of a page that holds no value, every word is the bank's and the same in every agreement
def escaping(plain: str, heading: bool) -> Escaping:
    """Return how the characters of some words are written; see `Escaping`."""
    return Escaping(plain, heading=heading)


def _line_starts(plain: str) -> frozenset[int]:
    """Return the places in the plain words where a character would begin a block of some kind."""
    found = [_LINE_START.match(plain)]
    at = plain.find(BREAK)
    while at >= 0:  # going from line to line is quicker than to try at each character
        found.append(_LINE_START.match(plain, at + 1))
        at = plain.find(BREAK, at + 1)
    return frozenset([one.start(one.lastgroup) for one in found if one and one.lastgroup])


def _outer(before: str, after: str) -> bool:
    """Return whether a space between these would be lost: at an end, in a link's too, or beside another."""
    return not before or not after or before.isspace() or after.isspace() or before == OPEN or after == CLOSE


def _dot(plain: str, at: int, seam: int) -> bool:
    """Return whether a dot is part of an ellipsis, of `www.` or of an abbreviation that pandoc would act on."""
    if "..." in plain[max(0, at - 2) : at + 3] or plain[max(0, at - 3) : at].lower() == "www":
        return True
    if not plain[at + 1 : at + 2].isspace():
        return False
    before = plain[max(seam, at - _REACH) : at].removesuffix(BREAK)
    return before[len(before.rstrip(_OF_ABBREVIATIONS)) :] in _ABBREVIATIONS


def _colon(plain: str, at: int) -> bool:
    """Return whether a colon makes a web address or an emoji."""
    if plain.startswith("//", at + 1) or _SHORTCODE.match(plain, at):
        return True
    return bool(_SCHEME.search(plain, max(0, at - 6), at))
