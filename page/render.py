"""Answer -> HTML for the conversation. Every text is escaped in ``page.text``; nothing read or typed becomes markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from assistant.cite import not_covered_part, removed_sentences
from assistant.records import Answer, CareSource, Claim, Hit, Message
from page.sources import mark, reader, sources
from page.text import BULLET, attribute, link, paragraphs, text

_LONG_WORD = 18
#: Items of a notice that are never folded away.
_OPEN_ITEMS = 2


def message_html(told: str) -> str:
    """Return a plain sentence from the page itself."""
    return f'<div class="cb-answer cb-note cb-done"><p>{text(told)}</p></div>'


def answer_html(answer: Answer, name: str, *, audience: str = "", done: bool = True) -> str:
    """Return an answer with its citations. ``name`` is unique in the page and ties the marks to their sources.

    ``audience`` says whom it is for, in the reader's words; ``done`` is False while the answer still grows.
    """
    marks = {citation.number: mark(citation, name) for citation in answer.citations}
    care = answer.outcome == "care"
    parts = [
        f'<div class="cb-answer cb-{answer.outcome.replace("_", "-")}{" cb-done" if done else ""}">',
        "" if care else _about(answer, audience),
        _care(answer),
        f'<p class="cb-note cb-notice">{text(answer.notice)}</p>' if answer.notice else "",
        _claims(answer.claims, marks) if answer.claims else paragraphs(answer.text, phones=care),
        "".join(f'<p class="cb-note">{text(not_covered_part(part))}</p>' for part in answer.uncovered),
        _care_sources(answer.care_sources) if care else "",
        _removed(answer.removed),
        sources(answer.citations, name),
        _sent(answer.sent) if done else "",
        _related(answer.related) if answer.outcome == "not_covered" or answer.uncovered else "",
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def _care(answer: Answer) -> str:
    """Return what stands above an ordinary answer: whom to reach, whom to tell."""
    if not answer.care:
        return ""
    opens, more = _folded(answer.care)
    said = paragraphs(opens, phones=True)
    if more:
        rest = paragraphs(more, phones=True)
        said += f'<details class="cb-more"><summary>Show who else to tell</summary>{rest}</details>'
    return f'<aside class="cb-care-above" aria-label="Help">{said}{_care_sources(answer.care_sources)}</aside>'


def _folded(care: str) -> tuple[str, str]:
    """Return what of a notice stands open, danger and whom to tell first, and what a reader may unfold: on a phone a
    whole one would fill two screens before the answer begins."""
    lines = care.split("\n")
    items = [place for place, line in enumerate(lines) if line.startswith(BULLET)]
    if len(items) <= _OPEN_ITEMS + 1:
        return care, ""
    cut = items[_OPEN_ITEMS]
    return "\n".join(lines[:cut]), "\n".join(lines[cut:])


def _care_sources(given: Sequence[CareSource]) -> str:
    if not given:
        return ""
    listed = "".join(f"<li>{link(s.url, s.title)}, {text(s.publisher)}</li>" for s in given)
    return f'<details class="cb-care-sources"><summary>Where this comes from</summary><ul>{listed}</ul></details>'


def _about(answer: Answer, audience: str) -> str:
    """Return how the question was understood, where that is not as it was asked, and whom the answer is for."""
    query = attribute(answer.query)
    understood = answer.claims and answer.query != answer.question
    lines = (
        f'<span class="cb-understood">Understood as: {text(answer.query)} '
        f'<button type="button" class="cb-edit" data-query="{query}">Edit</button></span>'
        if understood
        else "",
        f'<span class="cb-for">For: {text(audience)}</span>' if audience else "",
    )
    shown = " ".join(line for line in lines if line)
    return f'<p class="cb-about">{shown}</p>' if shown else ""


def _claims(claims: Sequence[Claim], marks: Mapping[int, str]) -> str:
    shown = "\n".join(
        _columns(list(run), marks) if compared else _sections(run, marks)
        for compared, run in groupby((c for c in claims if not c.more), key=lambda claim: bool(claim.column))
    )
    more = _sections((claim for claim in claims if claim.more), marks)
    return f'{shown}\n<details class="cb-more"><summary>Show more</summary>{more}</details>' if more else shown


def _columns(claims: Sequence[Claim], marks: Mapping[int, str]) -> str:
    """Return the sides of a comparison, beside each other where there is room."""
    sides = []
    for column, run in groupby(claims, key=lambda claim: claim.column):
        items = "".join(f"<li>{_claim(claim, marks)}</li>" for claim in run)
        sides.append(f'<div class="cb-side"><h3>{text(column[:1].upper() + column[1:])}</h3><ul>{items}</ul></div>')
    return f'<div class="cb-sides">{"".join(sides)}</div>'


def _sections(claims: Iterable[Claim], marks: Mapping[int, str]) -> str:
    lines = []
    for _, section in groupby(claims, key=lambda claim: claim.section):
        for is_list, run in groupby(section, key=lambda claim: claim.role == "item"):
            marked = [_claim(claim, marks) for claim in run]
            if is_list:
                lines.append("<ul>" + "".join(f"<li>{claim}</li>" for claim in marked) + "</ul>")
            else:
                lines.append(f"<p>{' '.join(marked)}</p>")
    return "\n".join(lines)


def _claim(claim: Claim, marks: Mapping[int, str]) -> str:
    # the last word and the marks stay on one line, unless the word is one of those that are longer than a line
    before, space, last = text(claim.text).rpartition(" ")
    end = f"{last}&nbsp;{''.join(marks.get(number, '') for number in claim.citations)}"
    return f'{before}{space}<span class="cb-end">{end}</span>' if len(last) <= _LONG_WORD else f"{before}{space}{end}"


def _removed(count: int) -> str:
    return f'<p class="cb-aside">{text(removed_sentences(count))}</p>' if count else ""


def _sent(messages: Sequence[Message]) -> str:
    """Return what was sent to a chat model, to the letter, behind a closed disclosure."""
    if not messages:
        return ""
    # a line break of the HTML, because Markdown ends an HTML block at a blank line
    shown = "".join(
        f"<dt>{text(message.role)}</dt><dd>{'<br>'.join(map(text, message.text.split(chr(10))))}</dd>"
        for message in messages
    )
    return f'<details class="cb-sent"><summary>What was sent to the model</summary><dl>{shown}</dl></details>'


def _related(hits: Sequence[Hit]) -> str:
    if not hits:
        return ""
    items = "".join(
        f'<li><a href="{reader(hit.document.id, hit.document.library, passage_id=hit.passage.id)}">'
        f"{text(' › '.join((hit.document.title, *hit.passage.heading_path)))}</a></li>"
        for hit in hits
    )
    return f'<p class="cb-aside">Related, not an answer:</p><ul class="cb-related">{items}</ul>'
