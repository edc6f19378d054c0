from __future__ import annotations

from assistant.chain import Assistant
from assistant.verify.claims import BuiltInVerifier
from evals.public.perturbation import evaluate_perturbation, sources_of


def quiet(done: int, total: int) -> None:
    assert done <= total


def test_altered_sentences_of_the_corpus_are_caught_and_true_ones_are_not_refused(assistant: Assistant) -> None:
    found = evaluate_perturbation(assistant.build, BuiltInVerifier(assistant.build.encoder), most=7, advance=quiet)
    values = {score.name: score.value for score in found.scores}
    altered, true = values["altered, caught"], values["true, not refused"]
    assert altered is not None
    assert true is not None
    # the aim is .95 over 2,000 pairs (curbside eval perturbation); about 90 here leave room for one kind's bad luck
    assert altered >= 0.95
    assert true >= 0.95
    kinds = found.facts["kinds"]
    assert isinstance(kinds, int)
    assert kinds >= 17


def test_sentences_come_in_the_same_order_each_time(assistant: Assistant) -> None:
    first, again = (sources_of(assistant.build)[:20] for _ in range(2))
    assert first == again
    assert all(8 <= len(source.sentence.split()) <= 40 for source in first)
