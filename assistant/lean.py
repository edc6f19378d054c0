"""Two searches for a follow-up -> whether the one that took over words of the conversation is the one to trust.

After ``retrieve``, before ``rank``. ``carry`` reads only the words of the conversation, and words alone do not tell
"how do I register as a doctor in Australia?" behind a talk about buy-ins, which stands alone, from "how do I get it in
writing?". What the corpus has for the question, with the words taken over and without, tells more. A logistic
regression weighs both; ``curbside eval fit-leaning`` fits it on conversations with stand-alone versions, on their
turns put behind other conversations, and on single questions put behind them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.carry import Features, Regression, question_features
from assistant.errors import SettingError
from assistant.measure import WordWeights, measure
from assistant.records import Hit, Query, Turn
from ingest.embed import Vectors

#: The fit that is shipped.
LEANING = Path(__file__).parent / "lean.json"

#: What is seen of the question. Whether it ends in a question mark, or names a name, says who wrote it.
_OF_QUESTION = (
    "content", "length", "personal", "pointing", "pronoun_first", "pronoun_second", "opening", "definite",
    "first_person",
)  # fmt: skip
_FIRST, _MOST_TERMS, _LEAST_CHANCE = 5, 8, 1e-4


class Found(Protocol):
    """What a search found."""

    @property
    def hits(self) -> Sequence[Hit]:
        """Return passages, best first."""

    @property
    def vector(self) -> Vectors:
        """Return the vector of what was searched for, shape (d,)."""


def read_leaning(path: Path = LEANING) -> Regression:
    """Return a fit. Raises SettingError where the file is not one."""
    try:
        entry = json.loads(path.read_text("utf-8"))
        weights = {str(name): float(weight) for name, weight in entry["weights"].items()}
        return Regression(weights, float(entry["intercept"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            f"{path}: not a fit of leaning ({error}); make one with curbside eval fit-leaning"
        ) from error


def leaning(
    query: Query, turns: Sequence[Turn], *, found: tuple[Found, Found], weights: WordWeights, model: Regression
) -> float:
    """Return how likely it is, 0 to 1, that a question leans on the turns whose words it took over.

    ``found`` is what its own words find, and what they find with the words taken over.
    """
    if query.need == 1.0 or not found[0].hits:
        return 1.0  # it names an item of the last answer, or says nothing by itself
    if not found[1].hits:
        return 0.0
    return model.probability(signs_of(query, turns, found=found, weights=weights))


def signs_of(query: Query, turns: Sequence[Turn], *, found: tuple[Found, Found], weights: WordWeights) -> Features:
    """Return what is seen of such a question; both searches have hits."""
    own = query.text.removesuffix(" ".join(["", *query.carried]))
    asked = question_features(own, turns)
    chance = min(max(query.need, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    alone, joined = (
        measure(text, search.hits, weights=weights) for text, search in zip((own, query.text), found, strict=True)
    )
    first = [{hit.passage.id for hit in search.hits[:_FIRST]} for search in found]
    return {
        **{name: asked[name] for name in _OF_QUESTION},
        "need": math.log(chance / (1 - chance)),
        "terms": min(len(query.carried), _MOST_TERMS) / _MOST_TERMS,
        "score_alone": alone.score,
        "score_gained": joined.score - alone.score,
        "lead_alone": alone.lead,
        "unexplained_alone": alone.unexplained,
        "unexplained_joined": joined.unexplained,
        "same_passages": len(first[0] & first[1]) / _FIRST,
        "cosine": float(found[0].vector @ found[1].vector),
    }
