from __future__ import annotations

from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records import Block, Document, Mark, Passage, SectionKind, embedded_text
from ingest.sentences import sentence_spans
from ingest.settings import SplitSettings
from ingest.split import guess_kind, split
from tests.fakes import HashEncoder, make_document

ENOUGH = 10**6
count_tokens = HashEncoder().count_tokens

_words = st.lists(
    st.sampled_from(["mentor", "Dr.", "e.g.", "vs.", "3.5", "No.", "(PD)", "“buy-in”", "Yes", "漢字", "🙂", "é—a"]),
    min_size=1,
    max_size=14,
).map(" ".join)
_sentence = st.builds(str.__add__, _words, st.sampled_from([".", "?", "!", "…", ".”", ":", ""]))
_paragraph = st.lists(_sentence, min_size=1, max_size=5).map(lambda parts: Block("paragraph", "\n".join(parts)))
_item = st.builds(lambda text, prefix: Block("item", text, 1, prefix), _sentence, st.sampled_from(["- ", "12. "]))
_row = _sentence.map(lambda text: Block("row", text))
_heading = st.builds(lambda text, level: Block("heading", text, level), _words, st.integers(1, 4))


def _numbered(blocks: list[Block]) -> Document:
    """Begin every sentence and heading with a word that stands nowhere else; it is the sentence's reference too."""
    number, made = count(), []
    for block in blocks:
        text, marks = "", []
        for part in block.text.split("\n"):
            name = f"{'§' if block.kind == 'heading' else 'S'}{next(number)}"
            text += f" {name}" if text else name
            marks.append(Mark(len(text), name))
            text += f" {part}"
        made.append(replace(block, text=text, marks=() if block.kind == "heading" else tuple(marks)))
    return make_document(*made)


documents = st.lists(_paragraph | _item | _row | _heading, min_size=1, max_size=14).map(_numbered)
limits = st.builds(
    SplitSettings, min_words=st.integers(0, 70), max_words=st.integers(160, 240), max_tokens=st.just(ENOUGH)
)
many = settings(deadline=None, max_examples=100)


def passages_of(*blocks: Block, limits: SplitSettings | None = None) -> list[Passage]:
    return split(make_document(*blocks), limits or SplitSettings(), count_tokens=count_tokens)


def packed(text: str) -> str:
    return "".join(text.split())


@many
@given(documents, limits)
def test_every_passage_is_a_slice_of_the_document_in_order(document: Document, limits: SplitSettings) -> None:
    position = 0
    for passage in split(document, limits, count_tokens=count_tokens):
        assert passage.text == document.text[passage.start : passage.end]
        assert position <= passage.start < passage.end
        position = passage.end


@many
@given(documents, limits)
def test_every_sentence_is_a_slice_of_its_passage_in_order_without_overlap(
    document: Document, limits: SplitSettings
) -> None:
    for passage in split(document, limits, count_tokens=count_tokens):
        position = 0
        for sentence in passage.sentences:
            quote = passage.quote(sentence)
            assert position <= sentence.start < sentence.end <= len(passage.text)
            assert quote
            assert quote == quote.strip()
            position = sentence.end


@many
@given(documents, limits)
def test_every_sentence_of_the_document_can_be_quoted_and_nothing_else(
    document: Document, limits: SplitSettings
) -> None:
    expected = set()
    for block in document.blocks:
        if block.kind == "paragraph":
            expected |= {block.text[start:end] for start, end in sentence_spans(block.text)}
        elif block.kind != "heading":
            expected.add(block.text)
    passages = split(document, limits, count_tokens=count_tokens)
    assert {passage.quote(sentence) for passage in passages for sentence in passage.sentences} == expected


@many
@given(documents, limits)
def test_every_passage_has_the_headings_above_it_and_crosses_none(document: Document, limits: SplitSettings) -> None:
    above: list[Block] = []
    expected: dict[str, tuple[str, ...]] = {}
    for block in document.blocks:
        if block.kind == "heading":
            above = [*(heading for heading in above if heading.level < block.level), block]
        expected |= {mark.reference: tuple(heading.text for heading in above) for mark in block.marks}
    for passage in split(document, limits, count_tokens=count_tokens):
        names = [word for word in passage.text.split() if word in expected]
        assert {expected[name] for name in names} <= {passage.heading_path}
        assert "§" not in passage.text


@many
@given(documents, limits)
def test_a_passage_is_neither_too_long_nor_too_short_unless_its_section_is(
    document: Document, limits: SplitSettings
) -> None:
    passages = split(document, limits, count_tokens=count_tokens)
    lengths = [sum(len(passage.quote(sentence).split()) for sentence in passage.sentences) for passage in passages]
    for number, (length, passage) in enumerate(zip(lengths, passages, strict=True)):
        assert length <= limits.max_words
        neighbours = passages[max(0, number - 1) : number] + passages[number + 1 : number + 2]
        alone = all(other.heading_path != passage.heading_path for other in neighbours)
        assert length >= limits.min_words or alone


@many
@given(documents, st.integers(24, 60))
def test_a_passage_fits_the_encoder_with_what_is_embedded_beside_it(document: Document, most: int) -> None:
    limits = SplitSettings(min_words=5, max_words=80, max_tokens=most)
    for passage in split(document, limits, count_tokens=count_tokens):
        assert count_tokens(embedded_text("", passage)) <= max(most, len(" ".join(passage.heading_path).split()) * 2)


@many
@given(documents, st.builds(SplitSettings, max_words=st.just(60), max_tokens=st.integers(10, 60)))
def test_no_passage_with_its_headings_has_too_many_tokens_unless_one_sentence_has(
    document: Document, limits: SplitSettings
) -> None:
    for passage in split(document, limits, count_tokens=count_tokens):
        tokens = count_tokens(embedded_text(document.title, passage))
        assert tokens <= limits.max_tokens or len(passage.sentences) == 1


@many
@given(documents, limits)
def test_ids_are_unique_and_the_same_on_every_run(document: Document, limits: SplitSettings) -> None:
    passages = split(document, limits, count_tokens=count_tokens)
    assert len({passage.id for passage in passages}) == len(passages)
    assert split(document, limits, count_tokens=count_tokens) == passages


@many
@given(documents, limits)
def test_every_reference_stays_with_the_sentence_that_names_it(document: Document, limits: SplitSettings) -> None:
    passages = split(document, limits, count_tokens=count_tokens)
    quoted = [(passage.quote(s), s.references) for passage in passages for s in passage.sentences]
    assert all(name in quote.split() for quote, names in quoted for name in names)
    assert [name for _, names in quoted for name in names] == [m.reference for b in document.blocks for m in b.marks]


@many
@given(st.text(st.sampled_from("aB1 .!?:…”“’()\t\u00a0🙂漢No")))
def test_the_sentences_of_any_text_leave_out_white_space_only(text: str) -> None:
    spans = sentence_spans(text)
    assert packed("".join(text[start:end] for start, end in spans)) == packed(text)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. Lee met Dr. Roe.", "They spoke."],
        ["Ask Prof. Roe or Mrs. Poe.", "Then decide."],
        ["She met Ms. Roe today.", "They spoke."],
        ["Ask about extra pay, e.g. Sunday call.", "Then sign."],
        ["Ask your director, i.e. Dr. Lee.", "Then sign."],
        ["Compare academic vs. Private practice.", "Then choose."],
        ["Orientation takes approx. 3 hours.", "Then work begins."],
        ["The median rose 3.5 percent to 4.25 dollars.", "Ask why."],
        ["The U.S. Department of Labor decides.", "Ask there."],
        ["She has an M.D. degree.", "He has a Ph.D. degree."],
        ["See Fig. 3 in Smith et al. 2020.", "Then read on."],
        ["Yes and no.", "You'll see."],
        ["Yes and no.", "You’ll see."],
        ["Room No. 5 is free.", "Go there."],
        ["Ask your PD.", "Then ask the GME.", "Both know."],
        ["Stay home when you are ill.", "Tell your chief."],
        ["“Is it safe to ask?” she said.", "It is."],
        ["Wait… then ask.", "Is that all?", "Yes!"],
        ["🙂 “Ünïcode” counts characters.", "漢字 too."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_a_list_stays_with_the_sentence_that_introduces_it() -> None:
    lead, items = Block("paragraph", "Ask these:"), [Block("item", f"Who is {n}?", 1, "- ") for n in range(3)]
    (passage,) = passages_of(lead, *items)
    assert passage.text == "Ask these:\n- Who is 0?\n- Who is 1?\n- Who is 2?"
    assert [sentence.role for sentence in passage.sentences] == ["lead-in", "item", "item", "item"]
    assert [sentence.paragraph for sentence in passage.sentences] == [0, 1, 2, 3]


def test_the_later_part_of_a_long_list_remembers_what_introduces_it() -> None:
    items = [Block("item", f"Item {n} has five words.", 1, "- ") for n in range(8)]
    first, *later = passages_of(
        Block("paragraph", "Before that. Ask these:"), *items, limits=SplitSettings(min_words=1, max_words=24)
    )
    assert first.lead_in == ""
    assert later
    assert {passage.lead_in for passage in later} == {"Ask these:"}
    assert all(passage.text.startswith("- Item") for passage in later)


def test_a_list_item_longer_than_a_passage_is_cut_where_it_pauses() -> None:
    clause = "the practice pays " + "word " * 48 + "word; "
    item = Block("item", (clause * 6).strip(), 1, "- ")
    first, *later = passages_of(Block("paragraph", "Ask these:"), item)
    assert {passage.lead_in for passage in later} == {"Ask these:"}
    quotes = [passage.quote(sentence) for passage in (first, *later) for sentence in passage.sentences][1:]
    assert all(quote.startswith("the practice pays") and quote.endswith(";") for quote in quotes)
    assert " ".join(quotes) == item.text


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    limits = SplitSettings(max_tokens=40)
    text = "".join(chr(0x4E00 + n) for n in range(500))
    document = make_document(Block("paragraph", text))
    passages = split(document, limits, count_tokens=lambda text: len(text.replace(" ", "")) + 2)
    assert "".join(passage.text for passage in passages) == text
    assert all(len(passage.text) <= 38 for passage in passages)


def test_a_question_stays_with_its_answer() -> None:
    answer = " ".join(["word"] * 60) + "."
    pairs = [(f"Who signs form {n}?", f"Office {n} signs. {answer}") for n in range(4)]
    blocks = [Block("paragraph", text) for pair in pairs for text in pair]
    for passage in passages_of(*blocks):
        asked = [line for line in passage.text.split("\n") if line.endswith("?")]
        assert asked
        assert all(f"Office {line[-2]} signs." in passage.text for line in asked)


def test_a_colon_introduces_nothing_where_no_list_follows() -> None:
    (passage,) = passages_of(
        Block("paragraph", "Ask this: why?"), Block("paragraph", "A tip:"), Block("paragraph", "Go.")
    )
    assert "lead-in" not in [sentence.role for sentence in passage.sentences]


def test_a_short_paragraph_joins_its_neighbour_in_the_same_section() -> None:
    long, short = Block("paragraph", "word " * 29 + "end."), Block("paragraph", "Three words here.")
    limits = SplitSettings(min_words=10, max_words=60)
    assert len(passages_of(long, short, limits=limits)) == 1
    assert len(passages_of(long, Block("heading", "Other", 2), short, limits=limits)) == 2


def test_a_section_that_is_too_long_is_cut_between_its_paragraphs() -> None:
    paragraphs = [Block("paragraph", " ".join(["word"] * 29) + f" {n}.") for n in range(4)]
    passages = passages_of(*paragraphs, limits=SplitSettings(min_words=10, max_words=70))
    assert [passage.text.count("\n") for passage in passages] == [1, 1]  # 60 words and 60 words


def test_a_section_has_the_kind_that_its_nearest_heading_declares() -> None:
    passages = passages_of(
        Block("heading", "Questions to ask", 2, section_kind="evidence"),
        Block("heading", "How to begin", 3),
        Block("paragraph", "Declared above."),
        Block("heading", "How to begin", 2),
        Block("paragraph", "Declared nowhere, and nothing is guessed where kinds are declared."),
    )
    assert [passage.kind for passage in passages] == ["evidence", "guidance"]


def test_a_kind_is_guessed_where_none_is_declared() -> None:
    (passage,) = passages_of(Block("heading", "How to begin", 2), Block("paragraph", "Guessed."))
    assert passage.kind == "steps"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Questions to ask about tail coverage", "questions-to-ask"),
        ("What to ask before signing", "questions-to-ask"),
        ("Red flags in a contract", "warning-signs"),
        ("What if mentoring isn’t working", "warning-signs"),
        ("Steps before a site visit", "steps"),
        ("How to approach a mentor", "steps"),
        ("Mentorship in action: an example", "example"),
        ("Key takeaways", "summary"),
        ("Types of mentorship", "guidance"),
        ("Taskforces and stepping stones", "guidance"),
    ],
)
def test_a_heading_that_declares_no_kind_is_judged_by_its_words(heading: str, kind: SectionKind) -> None:
    assert guess_kind(heading) == kind


def test_equal_texts_under_equal_headings_are_one_passage() -> None:
    heading, text = Block("heading", "Tip", 2), Block("paragraph", "Ask early.")
    assert len(passages_of(heading, text, heading, text)) == 1
    assert len(passages_of(heading, text, Block("heading", "Hint", 2), text)) == 2
