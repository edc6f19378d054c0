from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.carry import CarryModel, Regression, read_model
from assistant.settings import RetrieveSettings
from evals.errors import EvalError
from evals.public.abstention import evaluate_abstention
from evals.public.followup import evaluate_followup, fit_followup, read_rewritten, write_model
from evals.public.retrieval import AskedAs, Retriever, Tools, evaluate_retrieval
from evals.public.selection import evaluate_selection
from evals.public.tables import Measured, show, write
from evals.records import Score
from evals.statistics import bootstrap, wilson
from ingest.embed import Spans, Vectors
from ingest.passages.cache import EmbeddingCache
from tests.fakes import HashEncoder

ASKED, OTHER, THIRD = "zebra quokka apple river", "violin copper meadow lantern", "walnut harbor pencil glacier"
#: Needs its history whenever it points back, and takes over all that was asked.
ALL_ASKED = CarryModel(Regression({"personal": 40.0}, -20.0), Regression({"asked": 40.0}, -20.0), 0.5)
NOTHING = CarryModel(Regression({}, -20.0), Regression({}, -20.0), 0.5)
NOUNS = (
    "malpractice", "disability", "dental", "vision", "travel", "umbrella", "pension", "flood", "rental", "marine",
    "burial", "unemployment",
)  # fmt: skip


class PartsEncoder(HashEncoder):
    """Encodes every part alone, and remembers the texts that it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Spans]) -> list[Vectors]:
        """Return for each text its own vector and those of its parts."""
        self.given += texts
        return [
            np.stack([self._vector(text), *(self._vector(text[start:end]) for start, end in own)])
            for text, own in zip(texts, parts, strict=True)
        ]


def nobody(done: int, total: int) -> None:
    pass


def lines(path: Path, rows: Sequence[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def found(measured: Measured) -> dict[str, tuple[float | None, float | None, float | None]]:
    return {score.name: (score.value, score.low, score.high) for score in measured.scores}


def values(measured: Measured) -> dict[str, float | None]:
    return {score.name: score.value for score in measured.scores}


def fails(message: str) -> Any:
    return pytest.raises(EvalError, match=re.escape(message))


def selected(path: Path, *rows: tuple[Sequence[str], Sequence[Any]]) -> Measured:
    """What selection makes of rows of sentences and gold, all with the same question."""
    written = [{"question": f"{ASKED}?", "sentences": own, "gold": gold, "id": "x"} for own, gold in rows]
    return evaluate_selection(lines(path / "rows.jsonl", written), PartsEncoder(), advance=nobody)


def test_a_sentence_with_all_words_of_the_question_is_first(tmp_path: Path) -> None:
    measured = selected(tmp_path, ([OTHER, ASKED, THIRD], [1]), ([ASKED, OTHER], [0]))
    assert found(measured) == dict.fromkeys(("MAP", "MRR", "P@1"), (1.0, *wilson(2, 2)))
    assert measured.scores[0].cases == {"1:x": 1.0, "2:x": 1.0}


def test_sentences_are_scored_by_the_rank_of_the_gold(tmp_path: Path) -> None:
    # in the second row the gold is the last of two
    measured = selected(tmp_path, ([ASKED, OTHER], [0]), ([ASKED, OTHER], [1]))
    assert found(measured) == {
        "MAP": ((1 / 1 + 1 / 2) / 2, *bootstrap([1, 1 / 2])),
        "MRR": ((1 / 1 + 1 / 2) / 2, *bootstrap([1, 1 / 2])),
        "P@1": (1 / 2, *wilson(1, 2)),
    }
    # all that is there is gold
    assert values(selected(tmp_path, ([ASKED, OTHER], [0, 1]))) == {"MAP": 1.0, "MRR": 1.0, "P@1": 1.0}


def test_a_row_without_an_answering_sentence_is_not_scored(tmp_path: Path) -> None:
    measured = selected(tmp_path, ([ASKED, OTHER], []), ([ASKED, OTHER], [0]))
    assert [(score.value, set(score.cases), score.unscored) for score in measured.scores] == [(1.0, {"2:x"}, 1)] * 3
    assert measured.facts == {"rows without an answering sentence, not scored": 1}
    nothing = selected(tmp_path, ([ASKED, OTHER], []))
    assert [(score.value, score.low, score.high) for score in nothing.scores] == [(None, None, None)] * 3


def test_sentences_are_read_together_up_to_150_words_and_each_keeps_its_place(tmp_path: Path) -> None:
    encoder, told = PartsEncoder(), list[tuple[int, int]]()
    long = " ".join(["meadow"] * 145)
    row = {"question": ASKED, "sentences": [long, OTHER, ASKED], "gold": [2]}
    path = lines(tmp_path / "rows.jsonl", [row, row])
    measured = evaluate_selection(path, encoder, advance=lambda *done: told.append(done))
    assert encoder.given == [f"{long} {OTHER}", ASKED] * 2  # 145 and 4 words are together, 4 more are not
    assert values(measured) == {"MAP": 1.0, "MRR": 1.0, "P@1": 1.0}
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("sentences", "gold", "message"),
    [
        ([], [], 'row 2: "sentences" is empty; each row has at least one'),
        ([ASKED], [1], 'row 2: "gold" is [1]; it holds places of sentences, counted from 0'),
        ([ASKED], [-1], 'row 2: "gold" is [-1]; it holds'),
        ([ASKED], [ASKED], 'row 2: "gold" is [\'zebra'),
    ],
)
def test_a_row_of_selection_that_cannot_be_scored_is_named(
    tmp_path: Path, sentences: list[str], gold: list[Any], message: str
) -> None:
    with fails(f"{tmp_path / 'rows.jsonl'}, {message}"):
        selected(tmp_path, ([ASKED], [0]), (sentences, gold))


def abstained(path: Path, *rows: tuple[Sequence[str], int]) -> Measured:
    """What abstention makes of rows of passages and label, all with the same question."""
    written = [{"question": f"{ASKED}?", "passages": own, "label": label} for own, label in rows]
    return evaluate_abstention(
        lines(path / "rows.jsonl", written), PartsEncoder(), settings=RetrieveSettings(), advance=nobody
    )


def test_passages_that_answer_are_told_from_those_that_do_not(tmp_path: Path) -> None:
    measured = abstained(tmp_path, *[([OTHER, ASKED], 1)] * 12, *[([OTHER], 0)] * 4)
    # one bar for the 12, with nothing wrong, and one for all 16, with 4 wrong
    risk = 0 / 12 * 12 / 16 + 4 / 16 * 4 / 16  # each bar counts with the coverage that it adds
    assert values(measured) == pytest.approx(
        {"AUROC": 1.0, "area under risk-coverage (lower is better)": risk, "coverage at 5% wrong": 12 / 16}
    )
    assert found(measured)["AUROC"] == (1.0, 1.0, 1.0)
    assert all(low <= value <= high for value, low, high in found(measured).values() if low and value and high)
    assert measured.facts == {"answered by their passages": 12, "not answered": 4}


def test_passages_that_are_alike_are_told_apart_by_chance(tmp_path: Path) -> None:
    measured = abstained(tmp_path, *[([ASKED], 1), ([ASKED], 0)] * 4)
    assert list(values(measured).values()) == [0.5, 4 / 8, 0.0]


def test_passages_that_mislead_are_worse_than_chance(tmp_path: Path) -> None:
    assert values(abstained(tmp_path, ([OTHER], 1), ([ASKED], 0)))["AUROC"] == 0.0


def test_a_question_without_passages_or_with_blank_ones_has_the_least_evidence(tmp_path: Path) -> None:
    measured = abstained(tmp_path, ([ASKED], 1), ([], 0), ([" "], 0))
    assert values(measured)["AUROC"] == 1.0


def test_the_curve_has_each_of_its_few_points_once(tmp_path: Path) -> None:
    points = abstained(tmp_path, *[([ASKED], 1)] * 3, ([OTHER], 0)).points
    assert [(point["coverage"], point["risk"]) for point in points] == [(3 / 4, 0 / 3), (4 / 4, 1 / 4)]


@pytest.mark.parametrize("labels", [(1, 1), (0, 0), (1, 2), (0, -1)])
def test_labels_must_be_both_and_nothing_else(tmp_path: Path, labels: tuple[int, int]) -> None:
    with fails(f'{tmp_path / "rows.jsonl"}: "label" must be 1 where the passages answer and 0 elsewhere, and both'):
        abstained(tmp_path, *(([ASKED], label) for label in labels))


def test_a_label_that_is_no_number_is_named_with_its_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "rows.jsonl", [{"question": ASKED, "passages": [], "label": "yes"}])
    with fails(f"{path}:1: \"label\" is 'yes', not a whole number"):
        evaluate_abstention(path, PartsEncoder(), settings=RetrieveSettings(), advance=nobody)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    opened = EmbeddingCache(tmp_path / "cache.sqlite", "hash", dimension=HashEncoder.dimension)
    yield opened
    opened.close()


@pytest.fixture
def encoder() -> PartsEncoder:
    return PartsEncoder()


@pytest.fixture
def tools(encoder: PartsEncoder, cache: EmbeddingCache) -> Tools:
    return Tools(encoder, RetrieveSettings(), cache, nobody)


def beir(folder: Path, *, documents: Sequence[Any] = (), queries: Sequence[Any] = (), qrels: str = "") -> Path:
    texts = {"d1": ASKED, "d2": OTHER, "d3": THIRD}
    own = [{"_id": name, "title": "", "text": f"{text}."} for name, text in texts.items()]
    asked = [{"_id": "q1", "text": ASKED}, {"_id": "q2", "text": OTHER}]
    lines(folder / "corpus.jsonl", documents or own)
    lines(folder / "queries.jsonl", queries or asked)
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels or "query\tdocument\tscore\nq1\td1\t1\nq2\td2\t1\n", "utf-8")
    return folder


@pytest.mark.parametrize("retriever", ["system", "dense", "lexical"])
def test_every_retriever_finds_the_document_with_the_words_of_the_query(
    tmp_path: Path, tools: Tools, retriever: Retriever
) -> None:
    measured = evaluate_retrieval(beir(tmp_path), tools, retriever=retriever, asked_as="system")
    assert found(measured) == dict.fromkeys(("nDCG@10", "R@5", "R@10", "MRR@10"), (1.0, *wilson(2, 2)))
    assert measured.facts == {
        "retriever": retriever, "asked as": "system", "documents": 3, "queries with a history": 0,
    }  # fmt: skip


def test_a_relevant_document_that_comes_second_is_scored_as_such(tmp_path: Path, tools: Tools) -> None:
    documents = [{"_id": "a", "text": ASKED}, {"_id": "b", "text": "zebra quokka"}, {"_id": "c", "text": OTHER}]
    folder = beir(tmp_path, documents=documents, queries=[{"_id": "q", "text": ASKED}], qrels="q\tb\t1\nq\tgone\t1\n")
    measured = evaluate_retrieval(folder, tools, retriever="lexical", asked_as="last-turn")
    # b is second, and a judged document that is not in the corpus is never found
    at_2 = 1 / np.log2(3)
    expected = {"nDCG@10": at_2 / (1 + at_2), "R@5": 1 / 2, "R@10": 1 / 2, "MRR@10": 1 / 2}
    assert values(measured) == pytest.approx(expected)


@pytest.mark.parametrize("retriever", ["system", "dense", "lexical"])
def test_documents_may_be_blank_and_have_titles(tmp_path: Path, tools: Tools, retriever: Retriever) -> None:
    documents = [{"_id": "d0", "text": ""}, {"_id": "d1", "title": ASKED, "text": ""}, {"_id": "d2", "text": OTHER}]
    measured = evaluate_retrieval(beir(tmp_path, documents=documents), tools, retriever=retriever, asked_as="system")
    assert set(values(measured).values()) == {1.0}


@pytest.mark.parametrize("retriever", ["system", "dense", "lexical"])
def test_a_query_without_a_known_word_still_has_a_ranking(tmp_path: Path, tools: Tools, retriever: Retriever) -> None:
    folder = beir(tmp_path, queries=[{"_id": "q1", "text": "unheard"}])
    measured = evaluate_retrieval(folder, tools, retriever=retriever, asked_as="last-turn")
    assert values(measured)["R@5"] == 1.0  # there are three documents


@pytest.mark.parametrize(("asked_as", "expected"), [("rewrite", 1.0), ("last-turn", 1 / 2)])
def test_a_query_with_a_history_is_asked_in_its_own_words_or_a_persons(
    tmp_path: Path, tools: Tools, asked_as: AskedAs, expected: float
) -> None:
    documents = [{"_id": "d1", "text": f"{ASKED} {OTHER}"}, {"_id": "d2", "text": OTHER}]
    query = {"_id": "q1", "text": OTHER, "metadata": {"history": ["zebra?"], "rewrite": ASKED}}
    folder = beir(tmp_path, documents=documents, queries=[query])
    measured = evaluate_retrieval(folder, tools, retriever="lexical", asked_as=asked_as)
    assert values(measured)["MRR@10"] == expected
    assert measured.facts["queries with a history"] == 1


def test_a_query_with_a_history_and_no_rewrite_cannot_be_asked_as_one(tmp_path: Path, tools: Tools) -> None:
    first = {"_id": "q1", "text": ASKED}
    folder = beir(tmp_path, queries=[first, {"_id": "q2", "text": "It?", "metadata": {"history": [OTHER]}}])
    with fails("query q2 has a history and no metadata.rewrite; use --as system or last-turn"):
        evaluate_retrieval(folder, tools, retriever="lexical", asked_as="rewrite")
    assert evaluate_retrieval(folder, tools, retriever="lexical", asked_as="last-turn").scores


def test_documents_that_were_embedded_once_are_not_embedded_again(
    tmp_path: Path, tools: Tools, encoder: PartsEncoder
) -> None:
    first = evaluate_retrieval(beir(tmp_path), tools, retriever="system", asked_as="system")
    assert encoder.given == [f"{ASKED}.", f"{OTHER}.", f"{THIRD}."]
    assert evaluate_retrieval(tmp_path, tools, retriever="system", asked_as="system") == first
    assert len(encoder.given) == 3


def test_many_documents_are_embedded_128_at_a_time_and_keep_their_sentences(
    tmp_path: Path, encoder: PartsEncoder, cache: EmbeddingCache
) -> None:
    # 0, 1 or 2 sentences ahead of the one that names the document
    texts = [f"{'Violin copper meadow. ' * (number % 3)}Only w{number} w{number}x here." for number in range(130)]
    documents = [{"_id": f"d{number}", "text": text} for number, text in enumerate(texts)]
    wanted = (0, 2, 127, 128, 129)
    queries = [{"_id": f"q{number}", "text": f"Only w{number} w{number}x here"} for number in wanted]
    folder = beir(
        tmp_path, documents=documents, queries=queries, qrels="".join(f"q{number}\td{number}\t1\n" for number in wanted)
    )
    told: list[tuple[int, int]] = []
    closest = RetrieveSettings(closest_weight=1, lexical_weight=0)
    tools = Tools(encoder, closest, cache, lambda *done: told.append(done))
    measured = evaluate_retrieval(folder, tools, retriever="system", asked_as="system")
    assert values(measured)["MRR@10"] == 1.0
    assert told == [(128, 130), (130, 130)]


FIRST = {"id": "c1_1", "history": [], "question": "How is malpractice priced?", "rewrite": "How is malpractice priced?"}
LEANING = {"id": "c1_2", "history": ["How is malpractice insurance priced?"], "question": "Who covers it?"}
ALONE = {"id": "c2_2", "history": ["Is a visa needed?"], "question": "How do residents match?"}


def follow_ups(path: Path, *rows: dict[str, Any]) -> Path:
    return lines(path / "turns.jsonl", [{"rewrite": row["question"], **row} for row in rows])


def test_the_gold_of_a_turn_is_what_a_person_took_over_from_its_history(tmp_path: Path) -> None:
    rewrite = "Who covers malpractice insurance in Ohio?"  # Ohio is not from the history
    (first, turn) = read_rewritten(follow_ups(tmp_path, FIRST, {**LEANING, "rewrite": rewrite}))
    assert (first.conversation, turn.conversation) == ("turns.jsonl:c1", "turns.jsonl:c1")
    assert (first.turns, first.gold) == ((), frozenset())
    assert [asked.question for asked in turn.turns] == LEANING["history"]
    assert turn.gold == {"malpractic", "insur"}


def test_turns_without_an_id_are_conversations_of_their_own(tmp_path: Path) -> None:
    rows = [{name: value for name, value in row.items() if name != "id"} for row in (LEANING, ALONE)]
    names = [turn.conversation for turn in read_rewritten(follow_ups(tmp_path, *rows))]
    assert names == ["turns.jsonl:0", "turns.jsonl:1"]


def test_added_terms_are_counted_over_all_turns_together(tmp_path: Path) -> None:
    rewrite = "Who covers malpractice insurance?"
    measured = evaluate_followup(follow_ups(tmp_path, FIRST, {**LEANING, "rewrite": rewrite}, ALONE), ALL_ASKED)
    # added are malpractice, insurance and price, of which a person has two; nothing is added to the second
    assert values(measured) == pytest.approx(
        {
            "precision": 2 / 3,
            "recall": 2 / 2,
            "F1": 2 * 2 / (3 + 2),
            "exactly the person's terms": 1 / 2,
            "stand-alone turns left alone": 1 / 1,
        }
    )
    assert found(measured)["exactly the person's terms"] == (0.5, *wilson(1, 2))
    assert found(measured)["recall"] == (1.0, 1.0, 1.0)
    assert measured.facts == {"turns with a history": 2, "of them stand alone": 1, "threshold": 0.5}


def test_where_nothing_is_added_there_is_no_precision_and_recall_is_0(tmp_path: Path) -> None:
    path = follow_ups(tmp_path, {**LEANING, "rewrite": "Who covers malpractice insurance?"})
    scores = {score.name: score for score in evaluate_followup(path, NOTHING).scores}
    assert scores["precision"] == Score("precision", None, None, None, {}, 1)
    assert (scores["recall"].value, scores["F1"].value) == (0.0, 0.0)
    assert scores["stand-alone turns left alone"].value is None


def test_a_turn_without_its_rewrite_is_named_with_its_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "turns.jsonl", [{"history": [], "question": "Who?", "rewrite": "Who?"}, LEANING])
    with fails(f'{path}:2: "rewrite" is None, not a text'):
        evaluate_followup(path, ALL_ASKED)


def test_a_file_of_first_turns_alone_has_no_scores(tmp_path: Path) -> None:
    measured = evaluate_followup(follow_ups(tmp_path, FIRST), ALL_ASKED)
    assert set(values(measured).values()) == {None}
    assert measured.facts["turns with a history"] == 0


def conversations() -> list[dict[str, Any]]:
    """Twelve conversations whose second turn leans on the first, and whose third stands alone."""
    rows: list[dict[str, Any]] = []
    for number, noun in enumerate(NOUNS):
        first, second = f"How is {noun} insurance priced?", "Who covers it?"
        third = "How do residents prepare letters before a match interview?"
        rows += [
            {"id": f"c{number}_1", "history": [], "question": first, "rewrite": first},
            {"id": f"c{number}_2", "history": [first], "question": second, "rewrite": f"Who covers {noun} insurance?"},
            {"id": f"c{number}_3", "history": [first, second], "question": third, "rewrite": third},
        ]
    return rows


def test_a_fitted_model_takes_over_what_people_did_and_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = lines(tmp_path / "turns.jsonl", conversations())
    model, report = fit_followup([path], threshold=0.5)
    # conversations are alike but for a noun, so what holds for those that were seen holds for the others
    assert report == {"turns.jsonl": {"precision": 1.0, "recall": 1.0, "F1": 1.0, "stand-alone turns left alone": 1.0}}
    assert values(evaluate_followup(path, model)) == dict.fromkeys(
        ("precision", "recall", "F1", "exactly the person's terms", "stand-alone turns left alone"), 1.0
    )
    assert model.threshold == 0.5
    assert model.need.weights["personal"] > 0 > model.need.weights["content"]
    write_model(model, tmp_path / "fit.json", report=report)
    assert read_model(tmp_path / "fit.json") == model
    assert json.loads((tmp_path / "fit.json").read_text("utf-8"))["report"] == report


def test_fitting_twice_gives_the_same_model(tmp_path: Path) -> None:
    path = lines(tmp_path / "turns.jsonl", conversations())
    assert fit_followup([path], threshold=0.5) == fit_followup([path], threshold=0.5)


MEASURED = Measured(
    "a-task",
    "data/é.jsonl",
    [Score("F1", 0.5, 0.25, 0.75, {"a": 0.5}, 1), Score("AUROC", None, None, None, {}, 2)],
    {"[threshold]": 0.3},
    [{"bar": 0.5, "coverage": 1.0, "risk": 0.0}],
)


def test_what_was_measured_is_written_with_its_intervals(tmp_path: Path) -> None:
    path = write(MEASURED, tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / "a-task.json"
    plain = {"left_out": {}, "better": "higher", "is_mean": True}
    assert json.loads(path.read_text("utf-8")) == {
        "task": "a-task",
        "data": "data/é.jsonl",
        "scores": [
            {"name": "F1", "value": 0.5, "low": 0.25, "high": 0.75, "cases": {"a": 0.5}, "unscored": 1, **plain},
            {"name": "AUROC", "value": None, "low": None, "high": None, "cases": {}, "unscored": 2, **plain},
        ],
        "facts": {"[threshold]": 0.3},
        "points": [{"bar": 0.5, "coverage": 1.0, "risk": 0.0}],
    }


def test_every_task_can_be_written_and_read(tmp_path: Path, tools: Tools) -> None:
    tasks = {
        "selection": selected(tmp_path, ([ASKED, OTHER], [0]), ([ASKED, OTHER], [1])),
        "abstention": abstained(tmp_path, ([ASKED], 1), ([OTHER], 0)),
        "retrieval": evaluate_retrieval(beir(tmp_path), tools, retriever="system", asked_as="system"),
        "followup": evaluate_followup(follow_ups(tmp_path, LEANING, ALONE), ALL_ASKED),
    }
    for name, measured in tasks.items():
        read = json.loads(write(measured, tmp_path).read_text("utf-8"))
        assert (read["task"], write(measured, tmp_path).name) == (name, f"{name}.json")
        assert {s["name"]: (s["value"], s["low"], s["high"]) for s in read["scores"]} == found(measured)


def test_the_table_shows_each_score_with_its_interval_and_the_facts(capsys: pytest.CaptureFixture[str]) -> None:
    show(MEASURED)
    shown = [line.split() for line in capsys.readouterr().out.replace("│", " ").splitlines()]
    assert ["F1", "0.5000", "0.2500", "to", "0.7500", "1", "1"] in shown
    assert ["AUROC", "no", "value", "0", "2"] in shown
    assert shown[-1] == ["[threshold]:", "0.3"]
