"""What the browser sends -> a question for the assistant, and an answer -> what the browser keeps.

A conversation lives in the reader's browser alone: it sends the earlier turns with each question, and nothing of them
stays here. So whatever comes in is checked for its form and cut to size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.chain import Ask
from assistant.prefer import SETTINGS, STAGES, Preference
from assistant.question import MOST_CHARACTERS
from assistant.records import Answer, Turn
from page.export import answer_markdown
from page.render import answer_html

Sent = Mapping[str, object]

#: Turns that are read, the newest; older ones bear on no follow-up.
_MOST_TURNS = 12
_MOST_CLAIMS = 60
#: Characters of a claim; sentences of a corpus are far shorter.
_LONGEST_CLAIM = 2000


def read_ask(question: str, *, turns: Sequence[object], facets: Sent) -> Ask:
    """Return the question with its conversation; what has not the form of a turn or a facet is left out."""
    only = facets.get("only")
    libraries = only if isinstance(only, list) else []
    return Ask(
        question,
        tuple(_turn(turn) for turn in turns[-_MOST_TURNS:] if isinstance(turn, Mapping)),
        only=tuple(str(name) for name in libraries if name),
        preference=Preference(stage=_choice(facets, "stage", STAGES), setting=_choice(facets, "setting", SETTINGS)),
    )


def audience(ask: Ask) -> str:
    """Return whom an answer is for: "fellow · academic", or an empty text."""
    facets = (ask.preference.stage, ask.preference.setting)
    return " · ".join([*(facet.replace("-", " ") for facet in facets if facet), *ask.only])


def growing(answer: Answer, name: str, *, audience: str) -> dict[str, object]:
    """Return what the browser shows of an answer that still grows."""
    return {"html": answer_html(answer, name, audience=audience, done=False)}


def whole(answer: Answer, name: str, *, audience: str) -> dict[str, object]:
    """Return what the browser shows and keeps of an answer: with it, a later visit needs nothing from here."""
    turn = answer.as_turn()
    return {
        "html": answer_html(answer, name, audience=audience),
        "done": True,
        "outcome": answer.outcome,
        "turn": {"question": turn.question, "claims": list(turn.claims)},
        "markdown": answer_markdown(answer),
        "record": answer.as_record(),
        "said": _announcement(answer),
    }


def _announcement(answer: Answer) -> str:
    """Return what a screen reader is told when the answer is there."""
    if answer.outcome != "answered":
        return " ".join(f"{answer.care} {answer.text}".split())
    sentences, documents = len(answer.claims), len({citation.document for citation in answer.citations})
    return (
        (" ".join(answer.care.split()) + " " if answer.care else "")
        + f"Answered with {sentences} sentence{'s' if sentences > 1 else ''} from {documents} "
        f"document{'s' if documents > 1 else ''}."
    )


def _turn(sent: Sent) -> Turn:
    claims = sent.get("claims")
    shown = claims[:_MOST_CLAIMS] if isinstance(claims, list) else []
    return Turn(
        str(sent.get("question") or "")[:MOST_CHARACTERS], tuple(str(claim)[:_LONGEST_CLAIM] for claim in shown)
    )


def _choice(facets: Sent, name: str, known: Sequence[str]) -> str:
    chosen = str(facets.get(name) or "")
    return chosen if chosen in known else ""
