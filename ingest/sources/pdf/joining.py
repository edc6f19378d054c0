"""The lines of a paragraph or cell -> one line of text, with words whole that were broken at the end of a line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_HYPHENS = "-‐\xad"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐\xad]$")
_FIRST = re.compile(r"^[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_SUSPENDED = re.compile(r"(?:and|or)\b(?!-)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/.=?&_#%-]$|\S@\S*[.@-]$")
#: Compounds that are written with a hyphen wherever they stand, so that a line's end says nothing against it.
_COMPOUND = re.compile(
    r"(?:self-(?!(?:ish|less)\b)\w+|well-being|(?:part|full|real)-times?|(?:follow|check|catch)-ups?|hand-offs?|buy-ins?"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third)-\w+|(?:long|short)-term|on-call)$",
    re.IGNORECASE,
)
#: A document that breaks words at all does so in one line of twenty and more; in one that does not, a hyphen at the end
#: of a line belongs to a compound. Where fewer lines can tell, the parts do: most of them are no words, or are.
_LINES, _BREAKS_PER_LINE = 60, 0.025
_FEW_ENDS, _BREAKING = 3, 0.4
#: Letters in each part of a compound of two words of the document.
_LONG_PART = 4


class Vocabulary:
    """The words that a document writes within its lines, by which a word is told from a compound."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        ends: list[tuple[str, str]] = []
        before, count = "", 0
        for line in lines:
            count += 1
            broken = _breaks(before, line)
            if broken:
                ends.append(broken)
            words = _WORD.findall(_plain(line))
            # the two parts of a broken word are no words
            self._words.update(words[bool(broken) : len(words) - (line[-1:] in _HYPHENS)])
            before = line
        self._breaks_words = self._tell(ends, count)

    def _tell(self, ends: Sequence[tuple[str, str]], lines: int) -> bool:
        """Return whether the document breaks words, from the parts at the ends of its lines."""
        if lines >= _LINES and len(ends) < _BREAKS_PER_LINE * lines:
            return False
        clear = sum(self.has(first + second) or not (self.has(first) and self.has(second)) for first, second in ends)
        return len(ends) < _FEW_ENDS or clear > _BREAKING * len(ends)

    def has(self, word: str) -> bool:
        """Return whether the document writes a word, in whatever case."""
        return _plain(word) in self._words

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Return whether two parts that a hyphen at the end of a line joins are a compound."""
        if any(hyphen in first + second for hyphen in "-‐"):
            return True  # part of one, such as one-to-one
        whole, compound = self.has(first + second), self.has(f"{first}-{second}")
        if whole != compound:
            return compound
        if _COMPOUND.match(f"{first}-{second}") or not self._breaks_words:
            return True
        words = self.has(first) and self.has(second)
        return words and min(len(first), len(second)) >= _LONG_PART


def join_lines(lines: Sequence[str], *, vocabulary: Vocabulary) -> str:
    """Return the lines as one text."""
    text = ""
    for line in lines:
        text = _joined(text, line, vocabulary) if text else line
    return text


def _joined(text: str, line: str, vocabulary: Vocabulary) -> str:
    if text[-1] == "\xad":
        return text[:-1] + line
    if text[-1] in _HYPHENS and _SUSPENDED.match(line):
        return f"{text} {line}"  # pre- and post-operative
    broken = _breaks(text, line)
    if broken:
        return (text if _ADDRESS.search(text) or vocabulary.keeps_hyphen(*broken) else text[:-1]) + line
    hyphen = text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalnum() and line[0].isalnum()
    dash = text[-1] in "—/" and len(text) > 1 and not text[-2].isspace()
    span = text[-1] == "–" and len(text) > 1 and text[-2].isdigit() and line[0].isdigit()
    address = _ADDRESS.search(text) and not line[0].isupper()
    return text + ("" if hyphen or dash or span or address else " ") + line


def _breaks(text: str, line: str) -> tuple[str, str] | None:
    """Return the parts of the word that the end of a line breaks, or None where it breaks none."""
    first, second = _LAST.search(text), _FIRST.match(line)
    return (first[1], second[0]) if first and second and line[0].islower() else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("‐", "-")
