"""The ways in which a good answer is corrupted. Each takes a good answer and gives a bad one, or None without occasion.

What is altered in words is drawn from ``perturb``; what is altered in marks, spans and outcomes is here.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from evals.mutate.records import Good, Kind
from evals.perturb import altered
from evals.records import ABSTENTIONS, Run
from ingest.records import digest

Record = dict[str, Any]

_LAST_WORD = re.compile(r"[A-Za-z]{4,}(?=\W*$)")
_MARK = re.compile(r"\[(\d+)\]")
_NOT_COVERED = "The corpus does not answer this question."


def _reworded(*kinds: str) -> Any:
    def corrupt(good: Good) -> Run | None:
        record = _record(good)
        for claim, _ in _shown(good, record):
            found = [pair.claim for pair in altered(claim["text"], good.pool) if pair.kind in kinds]
            if found:
                return _with(good, _rewritten(record, claim, found[0]))
        return None

    return corrupt


def _mark_moved(good: Good) -> Run | None:
    record = _record(good)
    for claim, citation in _shown(good, record):
        others = [c for c in record["citations"] if c["quote"] != citation["quote"]]
        if others:
            nearest = min(others, key=lambda c: abs(c["number"] - citation["number"]))["number"]
            before, after = f"{claim['text']} [{citation['number']}]", f"{claim['text']} [{nearest}]"
            claim["citations"] = [nearest]
            return _with(good, {**record, "text": record["text"].replace(before, after, 1)})
    return None


def _foreign(good: Good) -> Run | None:
    record = _record(good)
    for claim, _ in _shown(good, record):
        return _with(good, _rewritten(record, claim, good.rng.choice(_texts(good.donor))))
    return None


def _uncited(good: Good) -> Run | None:
    record = _record(good)
    return _with(good, {**record, "text": f"{record['text']}\n\n{good.rng.choice(_texts(good.donor))}"})


def _cut_in_a_word(good: Good) -> Run | None:
    record = _record(good)
    for claim, citation in _shown(good, record):
        found = _LAST_WORD.search(citation["quote"])
        if found and claim["text"] == citation["quote"]:
            kept = found.start() + 2
            citation.update(end=citation["start"] + kept, quote=citation["quote"][:kept])
            return _with(good, _rewritten(record, claim, citation["quote"]))
    return None


def _span_moved(good: Good) -> Run | None:
    record = _record(good)
    for _, citation in _shown(good, record):
        for other in record["citations"]:
            if other["passage_id"] == citation["passage_id"] and other["start"] != citation["start"]:
                citation.update(start=other["start"], end=other["end"])
                return _with(good, record)
    return None


def _changed_under_mark(good: Good) -> Run | None:
    """Leave a word out of what is shown, and leave the claims as they were."""
    record = _record(good)
    for claim, _ in _shown(good, record):
        words = claim["text"].split(" ")
        if len(words) > 3:
            shown = " ".join(word for place, word in enumerate(words) if place != len(words) // 2)
            return _with(good, {**record, "text": record["text"].replace(claim["text"], shown, 1)})
    return None


def _claim_changed(good: Good) -> Run | None:
    """Put a word into a claim, and leave what is shown as it was."""
    record = _record(good)
    for claim, _ in _shown(good, record):
        claim["text"] = f"Never {claim['text']}"
        return _with(good, record)
    return None


def _passage_altered(good: Good) -> Run | None:
    """Alter the record's own copy of the passage, and everything else in the record to go with it."""
    record = _record(good)
    for claim, citation in _shown(good, record):
        if claim["text"] == citation["quote"]:
            forged = f"Never {citation['quote']}"
            passage = citation["passage"]
            citation["passage"] = passage[: citation["start"]] + forged + passage[citation["end"] :]
            citation.update(end=citation["start"] + len(forged), quote=forged)
            return _with(good, _rewritten(record, claim, forged))
    return None


def _stale_id(good: Good) -> Run | None:
    record = _record(good)
    for _, citation in _shown(good, record):
        citation["passage_id"] = digest(citation["passage_id"])[:16]
        return _with(good, record)
    return None


def _number_twice(good: Good) -> Run | None:
    record = _record(good)
    found = _shown(good, record)
    for (_, one), (claim, other) in pairwise(found):
        if one["number"] != other["number"]:
            text = record["text"].replace(f"[{other['number']}]", f"[{one['number']}]")
            claim["citations"] = [one["number"]]
            other["number"] = one["number"]
            return _with(good, {**record, "text": text})
    return None


def _answered_instead(good: Good) -> Run | None:
    """Give the answer to another question, whose every word is in its sources."""
    kept = {name: good.run.answer[name] for name in ("question", "query") if name in good.run.answer}
    passages = {**(good.run.passages or {}), **(good.donor.passages or {})}
    return replace(good.run, record={**good.donor.answer, **kept}, passages=passages)


def _declined_instead(good: Good) -> Run | None:
    record = _record(good)
    return _with(good, {**record, "outcome": "not_covered", "text": _NOT_COVERED, "claims": [], "citations": []})


def _another_answer(good: Good) -> Run | None:
    return _answered_instead(good) if good.telling else None


def _points_left_out(good: Good) -> Run | None:
    """Leave out every statement that holds an expected point; where nothing else is said, there is no occasion."""
    record = _record(good)
    kept = [claim for place, claim in enumerate(record["claims"]) if place not in good.telling]
    if not good.telling or not any(not claim.get("more") for claim in kept):
        return None
    numbers = {number for claim in kept for number in claim["citations"]}
    shown = [f"{claim['text']} {_marks(claim)}" for claim in kept if not claim.get("more")]
    citations = [citation for citation in record["citations"] if citation["number"] in numbers]
    return _with(good, {**record, "text": "\n".join(shown), "claims": kept, "citations": citations})


def _lost(good: Good) -> Run | None:
    return replace(good.run, record=None, error="TimeoutError: the answer did not come")


def _in_another_order(good: Good) -> Run | None:
    record = _record(good)
    return _with(good, {**record, "citations": record["citations"][::-1]}) if len(record["citations"]) > 1 else None


def _numbered_anew(good: Good) -> Run | None:
    record = _record(good)
    for entry in record["citations"]:
        entry["number"] += 100
    for claim in record["claims"]:
        claim["citations"] = [number + 100 for number in claim["citations"]]
    return _with(good, {**record, "text": _MARK.sub(lambda mark: f"[{int(mark[1]) + 100}]", record["text"])})


def _laid_out_anew(good: Good) -> Run | None:
    record = _record(good)
    return _with(good, {**record, "text": record["text"].replace("\n- ", "\n• ").replace("\n\n", "\n\n\n")})


_ANSWERED = ("answered",)
#: Every way, the exact ones first.
KINDS: Sequence[Kind] = (
    Kind("text changed under its mark", "exact", _ANSWERED, _changed_under_mark),
    Kind("claim changed behind the text", "exact", _ANSWERED, _claim_changed),
    Kind("sentence of another document", "exact", _ANSWERED, _foreign),
    Kind("sentence without a citation", "exact", _ANSWERED, _uncited),
    Kind("citation moved to a neighbour", "exact", _ANSWERED, _mark_moved),
    Kind("citation number given twice", "exact", _ANSWERED, _number_twice),
    Kind("quote cut inside a word", "exact", _ANSWERED, _cut_in_a_word),
    Kind("span moved", "exact", _ANSWERED, _span_moved),
    Kind("passage altered", "exact", _ANSWERED, _passage_altered),
    Kind("passage id stale", "exact", _ANSWERED, _stale_id),
    Kind("answer lost", "exact", (*_ANSWERED, *ABSTENTIONS, "care"), _lost),
    Kind("care path dropped", "exact", ("care",), _answered_instead),
    Kind("not covered answered", "exact", ABSTENTIONS, _answered_instead),
    Kind("covered declined", "exact", _ANSWERED, _declined_instead),
    Kind("number swapped", "semantic", _ANSWERED, _reworded("number", "unit", "date")),
    Kind("negation added", "semantic", _ANSWERED, _reworded("negation added")),
    Kind("quantifier swapped", "semantic", _ANSWERED, _reworded("amount", "certainty")),
    Kind("meaning turned", "semantic", _ANSWERED, _reworded("opposite", "condition", "roles", "negation removed")),
    Kind("answer to another question", "semantic", _ANSWERED, _another_answer),
    Kind("expected points left out", "semantic", _ANSWERED, _points_left_out),
    Kind("citations in another order", "harmless", _ANSWERED, _in_another_order),
    Kind("citations numbered anew", "harmless", _ANSWERED, _numbered_anew),
    Kind("laid out anew", "harmless", _ANSWERED, _laid_out_anew),
)


def _record(good: Good) -> Record:
    return copy.deepcopy(dict(good.run.answer))


def _with(good: Good, record: Record) -> Run:
    return replace(good.run, record=record)


def _shown(good: Good, record: Record) -> list[tuple[Record, Record]]:
    """Return the claims that stand in the text once, each with its one citation, in an order drawn by the seed."""
    numbers = {citation["number"]: citation for citation in record["citations"]}
    found = [
        (claim, numbers[claim["citations"][0]])
        for claim in record["claims"]
        if len(claim["citations"]) == 1 and record["text"].count(f"{claim['text']} {_marks(claim)}") == 1
    ]
    good.rng.shuffle(found)
    return found


def _rewritten(record: Record, claim: Record, words: str) -> Record:
    """Return the record with a claim in other words, in the text as well."""
    marks = _marks(claim)
    text = record["text"].replace(f"{claim['text']} {marks}", f"{words} {marks}", 1)
    claim["text"] = words
    return {**record, "text": text}


def _marks(claim: Record) -> str:
    return " ".join(f"[{number}]" for number in claim["citations"])


def _texts(run: Run) -> list[str]:
    return [claim["text"] for claim in run.answer["claims"]]
