"""Are the terms taken over from the conversation those that a person would take over?

Of the cases with earlier turns and a person's stand-alone version. A term is a stem that the earlier questions have and
the last one has not; the system's are those of its ``query``, a person's those of ``standalone``.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.records import Case, Run, Score, Value
from evals.score.each import of_each
from ingest.words import words


def followup_f1(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the mean F1 of the terms taken over: 2 |both| / (|the system's| + |the person's|).

    0 to 1, higher is better. A turn that stands alone and was left alone has nothing to find and no value; one that
    stands alone and was given terms has 0. A record without a query is unscored.
    """

    def value(case: Case, run: Run) -> Value:
        query = run.answer.get("query")
        if not isinstance(query, str):
            return "unscored"
        asked = set(words(case.turns[-1]))
        before = {stem for turn in case.turns[:-1] for stem in words(turn)} - asked
        own, wanted = set(words(query)) & before, set(words(case.standalone)) & before
        if not own and not wanted:
            return "nothing to find"
        return 2 * len(own & wanted) / (len(own) + len(wanted))

    wanted = [case for case in cases if case.standalone and len(case.turns) > 1]
    return of_each("follow-up term F1", value, cases=wanted, runs=runs)
