"""What somebody typed -> a question that can be worked with, or a plain sentence saying why not. The first step."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import QuestionError

#: A long question is two or three hundred characters; this leaves room for a whole situation.
MOST_CHARACTERS = 2_000

_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def read_question(text: str) -> str:
    """Return the question on one line, without control characters.

    Raises QuestionError, with a sentence for the asker, where it is empty, longer than ``MOST_CHARACTERS``, without a
    word, or in a script that the corpus is not written in.
    """
    normal = unicodedata.normalize("NFC", text)
    visible = "".join(_visible(character) for character in normal)
    question = _SPACE.sub(" ", visible).strip()
    if not question:
        raise QuestionError("There is no question yet. Type one, such as “What should I ask about buy-in terms?”")
    if len(question) > MOST_CHARACTERS:
        raise QuestionError(
            f"That question has {len(question):,} characters; the most is {MOST_CHARACTERS:,}. "
            f"Ask the main point first and add details as follow-ups."
        )
    letters = _LETTER.findall(question)
    if not letters:
        raise QuestionError(
            "There is no word in that question. Ask it in a few words, such as “How do I find a mentor?”"
        )
    if sum(1 for letter in letters if _LATIN.match(letter)) < len(letters) / 2:
        raise QuestionError("The guidance here is written in English. Please ask the question in English.")
    return question


def _visible(character: str) -> str:
    """Return a character, a space for a control character, and nothing for an invisible mark inside a word."""
    category = unicodedata.category(character)
    # Cf: soft hyphens, joiners, direction marks; the others: controls, surrogates, private use, separators
    return "" if category == "Cf" else " " if category in ("Cc", "Co", "Cs", "Zl", "Zp") else character
