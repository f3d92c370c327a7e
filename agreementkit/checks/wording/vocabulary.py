"""Words to avoid, each with what to write instead.

The wording tests of the bank and the checks of agreements use the same lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class Vocabulary:
    """Words and phrases to avoid.

    Attributes:
        plain: As given.
        keys: Single words, one of which is in every text with any of the words to avoid.

    Args:
        plain: What to write instead, by word or phrase in small letters: nothing, or words with `|` between choices.
        names: Words that are left alone when they begin with a capital, for they may be a name.
        unless: Pattern of words that may stand behind one of the words and make it a name.
    """

    def __init__(self, plain: Mapping[str, str], *, names: frozenset[str] = frozenset(), unless: str = "(?!)") -> None:
        self.plain = plain
        self._names = names
        # Most passages have none of the words; a look at the longest word of each phrase says so at once.
        self.keys = frozenset(max(re.findall(r"[a-z]+", phrase), key=len) for phrase in plain)
        longest_first = sorted(plain, key=len, reverse=True)
        self.pattern = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w| (?:{unless}))", re.IGNORECASE
        )

    def found(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each word of the list that a text uses, as it stands there, and a hint what to write; each once."""
        seen: set[str] = set()
        for match in self.pattern.finditer(text):
            word = match[0].lower()
            if word in seen or (word in self._names and match[0][0].isupper()):
                continue
            seen.add(word)
            instead = " or ".join(f"“{one}”" for one in self.plain[word].split("|"))
            yield (
                match[0],
                f"instead of “{match[0]}” write {instead}" if self.plain[word] else f"leave out “{match[0]}”",
            )


def _people(ending: str, **plain: str) -> dict[str, str]:
    """Return words that end in "man" or "men" with their plain form in singular and plural."""
    out: dict[str, str] = {}
    for word, instead in plain.items():
        singular, _, plural = instead.partition("/")
        out |= {f"{word}man": singular, f"{word}men": plural or f"{singular}s"}
        if ending:
            out |= {f"{word}{ending}man": singular, f"{word}{ending}men": plural or f"{singular}s"}
    return out


GENDERED = Vocabulary(
    {
        "he": "they", "she": "they", "him": "them", "his": "their", "her": "their", "hers": "theirs",
        "himself": "themselves", "herself": "themselves", "s/he": "they", "(s)he": "they",
        "he/she": "they", "she/he": "they", "he or she": "they", "she or he": "they",
        "him/her": "them", "her/him": "them", "him or her": "them", "her or him": "them",
        "his/her": "their", "her/his": "their", "his or her": "their", "her or his": "their",
        "his/hers": "theirs", "himself/herself": "themselves", "himself or herself": "themselves",
        **_people("wo", chair="chair", spokes="spokesperson/spokespeople", business="business person/business people",
                  police="police officer", crafts="craftsperson/craftspeople", trades="tradesperson/tradespeople",
                  sales="salesperson/salespeople"),
        **_people("", work="worker", fore="supervisor", lay="lay person/lay people", fire="firefighter",
                  middle="go-between"),
        "chairmanship": "chair|chairing", "vice-chairman": "vice-chair", "vice-chairmen": "vice-chairs",
        "manpower": "staff|workforce", "man-hours": "hours of work", "man-days": "days of work",
        "manned": "staffed", "unmanned": "unstaffed", "manning": "staffing",
        "mankind": "people", "gentlemen": "people",
    },
    names=frozenset({"workman", "foreman", "layman", "manning", "middleman", "tradesman", "craftsman"}),
    unless="Majesty|Royal|Honour|Excellency|Grace|Worship|Lordship|Ladyship",
)  # fmt: skip
"""Words that speak of men or of women where everybody is meant."""

LEGALISTIC = Vocabulary(
    {
        "hereby": "", "herein": "in this agreement", "hereinafter": "", "hereinbefore": "above",
        "hereto": "to this agreement", "hereof": "of this agreement", "hereunder": "under this agreement",
        "herewith": "with this", "heretofore": "until now", "hereunto": "to this", "hereafter": "after this",
        "henceforth": "from now on", "hitherto": "until now",
        "thereof": "of it", "therein": "in it", "thereto": "to it", "thereunder": "under it", "therefrom": "from it",
        "therewith": "with it", "thereupon": "then", "thereafter": "after that", "thereby": "by this",
        "thereon": "on it",
        "whereas": "while", "whereof": "of which", "wherein": "in which", "whereupon": "and then",
        "whereby": "by which", "wheresoever": "wherever",
        "in witness whereof": "the parties sign below", "witnesseth": "", "know all men by these presents": "",
        "notwithstanding": "despite|even if", "forthwith": "at once", "pursuant to": "under",
        "in pursuance of": "under", "aforesaid": "this|that", "aforementioned": "this|that",
        "abovementioned": "this|that", "above-mentioned": "this|that", "undermentioned": "this|these",
        "the said": "the|this", "such party": "that party", "such parties": "those parties",
        "inter alia": "among other things", "mutatis mutandis": "with the changes that are needed",
        "ipso facto": "by that alone", "prima facie": "at first sight", "ab initio": "from the beginning",
        "bona fide": "genuine", "sine die": "without a date", "vis-à-vis": "towards", "viz": "namely",
        "howsoever": "however", "whatsoever": "whatever", "whomsoever": "whoever", "whosoever": "whoever",
        "save that": "except that", "provided always that": "but", "for the avoidance of doubt": "",
        "null and void": "of no effect", "prior to": "before", "subsequent to": "after", "in the event that": "if",
        "by and between": "between", "cease and determine": "end", "party of the first part": "the name of the party",
    }
)  # fmt: skip
"""Words that only lawyers use, and that no lawyer needs."""
