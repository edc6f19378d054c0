"""A question with slips of the keyboard -> the same question in words that the corpus knows. After ``safety``.

Only words that no passage holds and that the encoder does not know as words are looked at, and only a word of the
corpus that begins alike and is one slip away (two in long words) takes their place. In a short one no letter stands
for another: "chole" is no "chose". The reader sees the result as
"Understood as: …". Distances are rapidfuzz's optimal string alignment: one insertion, deletion, replacement or swap of
neighbours counts one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.trade import trade_words
from ingest.words import STOP_WORDS, words

_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
_SHORTEST = 4
#: Shorter words are real ones of a trade as often as they are slips.
_SHORT = 6
_LONG = 9
#: A word that stands in fewer passages is too rare to be what was meant.
_FEWEST = 2


def correct(
    question: str, passages_with: Mapping[str, int], *, is_word: Callable[[str], bool] = lambda _: False
) -> str:
    """Return the question with its misspelt words mended.

    ``passages_with`` gives, for each word of the corpus in lower case, the number of passages that hold it; ``is_word``
    says of a word in lower case whether it is one all the same.
    """

    def mended(found: re.Match[str]) -> str:
        return found[0] if is_word(found[0].casefold()) else _mended(found[0], passages_with)

    return _WORD.sub(mended, question)


def _mended(word: str, passages_with: Mapping[str, int]) -> str:
    plain = word.casefold()
    # capitals are names and short forms, and an apostrophe is a contraction: neither is a slip
    special = not word[1:].islower() or not word.isalpha()
    if special or len(plain) < _SHORTEST or plain in passages_with or plain in STOP_WORDS or plain in trade_words():
        return word
    slips = 2 if len(plain) >= _LONG else 1
    near = [known for known in passages_with if known[0] == plain[0] and abs(len(known) - len(plain)) <= slips]
    if len(plain) < _SHORT:
        near = [known for known in near if len(known) != len(plain) or sorted(known) == sorted(plain)]
    near = [known for known in near if plain != f"{known}r"]  # "ruder" is more than rude
    found = process.extract(plain, near, scorer=OSA.distance, score_cutoff=slips, limit=10)
    likely = [(distance, -passages_with[known], known) for known, distance, _ in found]
    stems = words(plain)
    if any(words(known) == stems for _, _, known in likely):
        return word  # "doctor" is no slip of "doctors", nor "interventional" of "intervention"
    meant = min((entry for entry in likely if -entry[1] >= _FEWEST), default=None)
    return meant[2] if meant else word
