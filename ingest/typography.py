"""Text as it is shown -> text as it is compared and embedded. A leaf.

Files spell the same word in many ways: with ligatures, typographic quotes, soft hyphens, spaces that do not break. What
is shown keeps its spelling; what is matched is brought to one.
"""

from __future__ import annotations

import unicodedata

#: Marks without a width that stand inside words: soft hyphen, joiners, direction marks, byte order mark.
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒⁃﹣－", "-"),
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″", '"'),
    }
)


def matching(text: str) -> str:
    """Return a text in the one spelling that texts are compared in: NFKC, plain hyphens and quotes, nothing invisible.

    Case, words and line breaks stay; the result can be shorter or longer than the text.
    """
    if text.isascii():
        return text  # nothing of it is spelt otherwise, and most texts are such
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE).translate(_SAME)).translate(_SAME)
