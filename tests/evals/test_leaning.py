from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.lean import read_leaning
from evals.errors import EvalError
from evals.leaning import fit_leaning, write_leaning

SUBJECTS = (
    "a mentor",
    "tail coverage",
    "a buy-in",
    "moonlighting",
    "a sponsor",
    "a site visit",
    "burnout",
    "a call clause",
)


def conversations(path: Path, count: int) -> Path:
    rows = []
    for number in range(count):
        subject, other = SUBJECTS[number % len(SUBJECTS)], SUBJECTS[(number + 3) % len(SUBJECTS)]
        first = f"what should I know about {subject}"
        second = f"what questions should a resident ask about {other}"
        turns = [(first, first), ("and how long does it take?", f"how long does {subject} take?"), (second, second)]
        for place, (question, rewrite) in enumerate(turns):
            history = [asked for asked, _ in turns[:place]]
            rows.append({"id": f"t{number}_{place}", "history": history, "question": question, "rewrite": rewrite})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_too_few_turns_are_refused_with_what_is_needed(assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="a fit needs 50 of each"):
        fit_leaning(assistant, [conversations(tmp_path / "few.jsonl", 2)], singles=[], bar=0.3)


@pytest.mark.slow
def test_a_fit_tells_pronouns_from_questions_that_stand_alone(assistant: Assistant, tmp_path: Path) -> None:
    file = conversations(tmp_path / "many.jsonl", 60)
    fit, report = fit_leaning(assistant, [file], singles=[], bar=0.3)
    leans, alone = report["leans"], report["behind another"]
    assert isinstance(leans, dict)
    assert isinstance(alone, dict)
    assert leans["searched with them"] >= 50
    assert alone["finds as decided"] >= alone["finds with the words"]
    write_leaning(fit, tmp_path / "lean.json", report=report)
    assert read_leaning(tmp_path / "lean.json") == fit
